//! A new connection (`kernel-api.md` 3.1).

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::BrowserSettings;

/// A connection to create. There is one for each profile and domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CreateConnection {
    /// The site, e.g. `netflix.com`.
    pub domain: String,
    /// The browser profile that is to be logged in; created if missing.
    pub profile_name: String,
    /// Where the login starts; spares the search for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_url: Option<String>,
    /// Roots of the hosts where credentials may be typed. Absent or empty means any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_domains: Option<Vec<String>>,
    /// A stored credential to log in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<CredentialRef>,
    /// Whether what is typed is kept for the next login. One-time codes never are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub save_credentials: Option<bool>,
    /// Whether the remote browser is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_session: Option<bool>,
    /// Whether Kernel checks the login from time to time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_checks: Option<bool>,
    /// Whether Kernel may log in again by itself. Without health checks it never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_reauth: Option<bool>,
    /// Seconds between checks, at most 86400; the least depends on the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check_interval: Option<u32>,
    /// Settings of the remote browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<BrowserSettings>,
}

/// A stored credential: exactly one way to name it. A provider alone would do nothing, so it
/// can't be written here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialRef {
    /// One that Kernel keeps, by its name.
    Kernel {
        /// Its name.
        name: String,
    },
    /// An item of an external provider.
    Item {
        /// The provider.
        provider: String,
        /// The item, e.g. `VaultName/ItemName`.
        path: String,
    },
    /// Whatever an external provider has for the domain.
    Search {
        /// The provider.
        provider: String,
    },
}

impl Serialize for CredentialRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Kernel { name } => map.serialize_entry("name", name)?,
            Self::Item { provider, path } => {
                map.serialize_entry("provider", provider)?;
                map.serialize_entry("path", path)?;
            }
            Self::Search { provider } => {
                map.serialize_entry("provider", provider)?;
                map.serialize_entry("auto", &true)?;
            }
        }
        map.end()
    }
}
