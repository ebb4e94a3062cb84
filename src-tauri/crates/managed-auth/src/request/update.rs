//! A change of a connection (`kernel-api.md` 3.3).

use serde::{Serialize, Serializer};

use super::{BrowserSettings, Change, CredentialRef};

/// What to change. What is not set stays as it is. The domain and the profile can't change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UpdateConnection {
    /// Where the login starts. It is cleared by an empty text, not by null.
    #[serde(
        skip_serializing_if = "Change::is_keep",
        serialize_with = "empty_if_clear"
    )]
    pub login_url: Change<String>,
    /// Replaces the list. Empty means any host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_domains: Option<Vec<String>>,
    /// A stored credential. Reported to be unreliable here; link it when creating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<CredentialRef>,
    /// Whether what is typed is kept for the next login.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub save_credentials: Option<bool>,
    /// Whether the remote browser is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_session: Option<bool>,
    /// Whether Kernel checks the login from time to time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_checks: Option<bool>,
    /// Whether Kernel may log in again by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_reauth: Option<bool>,
    /// Seconds between checks, at most 86400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check_interval: Option<u32>,
    /// Settings of the remote browser, merged with those that are there. Its telemetry can be
    /// cleared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<BrowserSettings>,
}

fn empty_if_clear<S: Serializer>(
    login_url: &Change<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match login_url {
        Change::Keep | Change::Clear => serializer.serialize_str(""),
        Change::Set(url) => serializer.serialize_str(url),
    }
}
