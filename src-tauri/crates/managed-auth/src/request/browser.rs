//! Settings of the remote browser (`kernel-api.md` 3.1).

use serde::Serialize;

use super::{Change, TelemetrySettings};

/// Settings of the remote browser. In an update they merge with those that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BrowserSettings {
    /// From which address sites see the browser come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<ProxyChoice>,
    /// Where the browser runs, e.g. `us-east`. An open word, as the sources disagree on the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Whether the browser hides that it is automated; without it no CAPTCHA is solved either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stealth: Option<bool>,
    /// What is recorded about the browser.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub telemetry: Change<TelemetrySettings>,
}

/// A proxy: exactly one way to name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProxyChoice {
    /// By its id.
    Id(String),
    /// By its name, which has to match exactly one of the project.
    Name(String),
    /// One of the built-in ways.
    Mode(ProxyMode),
}

/// A way without a proxy of one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProxyMode {
    /// No proxy.
    Direct,
    /// Kernel's own if stealth is on, else none.
    Default,
}
