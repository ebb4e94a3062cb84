//! What is recorded about a remote browser (`kernel-api.md` 3.1).

use std::collections::BTreeMap;

use serde::Serialize;

/// What is recorded, and where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TelemetrySettings {
    /// Whether anything is. `false` can't be combined with categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Category, e.g. `network`, to whether it is recorded. The words are open.
    #[serde(rename = "browser", skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, Switch>,
    /// Where it is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export: Option<Export>,
    /// Whether Kernel keeps it. Off needs an export, and can't be changed later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<Switch>,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// On.
    pub enabled: bool,
}

/// Where telemetry is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Export {
    /// To an OpenTelemetry receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otlp: Option<Otlp>,
}

/// Sending to an OpenTelemetry receiver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Otlp {
    /// Whether. A destination implies it, and `false` with a destination is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Which receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<OtlpDestination>,
}

/// A receiver: exactly one way to name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OtlpDestination {
    /// By its id.
    Id(String),
    /// By its name.
    Name(String),
}
