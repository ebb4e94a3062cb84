//! The start of a login (`kernel-api.md` 3.4).

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::{connection::FlowType, lenient, request::BrowserSettings};

/// What is different for this login only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StartLogin {
    /// Settings of the remote browser; what is left out is as in the connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<BrowserSettings>,
    /// Whether the remote browser is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_session: Option<bool>,
    /// Whether the login reads and writes what Kernel has learned about the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill_mode: Option<SkillMode>,
}

/// Whether a login uses what Kernel has learned about the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SkillMode {
    /// It does; the service's default.
    Enabled,
    /// It does not, nor do later automatic logins until it is enabled again.
    Disabled,
}

/// A login that has been started. There is no flow id (`kernel-api.md` 3.4).
#[derive(Clone, Debug, Deserialize)]
pub struct LoginStarted {
    /// The connection.
    pub id: String,
    /// Why the flow runs.
    #[serde(default)]
    pub flow_type: Option<FlowType>,
    /// Kernel's own page for the flow. It contains the handoff code: a secret.
    #[serde(default)]
    pub hosted_url: Option<SecretString>,
    /// When the flow ends by itself. Not in events, so keep it.
    #[serde(default, deserialize_with = "lenient::time")]
    pub flow_expires_at: Option<Timestamp>,
    /// What a guest exchanges for access, once.
    #[serde(default)]
    pub handoff_code: Option<SecretString>,
    /// A view of the remote browser. Whoever has it can type: a secret.
    #[serde(default)]
    pub live_view_url: Option<SecretString>,
}
