//! What a form holds, and the requests that it becomes (`kernel-api.md` 3.1, 3.3, 3.4).
//!
//! A draft is text as it was typed. It becomes a request or a list of problems, each at its
//! field; nothing in between.

mod check;
mod host;
mod problem;
mod reading;
mod request;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use problem::{DraftField, DraftProblem, ProblemKind};

/// A connection as a form holds it. An empty text and null mean: as the service has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConnectionDraft {
    /// The site. Can't be changed later.
    pub domain: String,
    /// The browser profile. Can't be changed later.
    pub profile: String,
    /// Where the login starts.
    pub login_url: String,
    /// Where credentials may be typed besides the site, one to a line. None means anywhere.
    pub allowed_domains: String,
    /// The stored credential.
    pub credential: CredentialDraft,
    /// Whether what is typed is kept for the next login.
    pub save_credentials: Option<bool>,
    /// Whether the remote browser is recorded.
    pub record_session: Option<bool>,
    /// Whether Kernel checks the login from time to time.
    pub health_checks: Option<bool>,
    /// Whether Kernel may log in again by itself.
    pub auto_reauth: Option<bool>,
    /// Seconds between checks.
    pub health_check_interval: String,
    /// From which address sites see the remote browser come.
    pub proxy: ProxyDraft,
    /// Where the remote browser runs.
    pub region: String,
    /// Whether the remote browser hides that it is automated.
    pub stealth: Option<bool>,
    /// What is recorded about the remote browser.
    pub telemetry: TelemetryDraft,
}

/// A stored credential as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CredentialDraft {
    /// None.
    #[default]
    None,
    /// One that Kernel keeps.
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
    /// Whatever an external provider has for the site.
    Search {
        /// The provider.
        provider: String,
    },
}

/// A proxy as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ProxyDraft {
    /// As the service has it.
    #[default]
    Unset,
    /// A proxy, by its id.
    Id {
        /// The id.
        id: String,
    },
    /// A proxy, by its name.
    Name {
        /// The name, which has to match exactly one of the project.
        name: String,
    },
    /// No proxy.
    Direct,
    /// Kernel's own if stealth is on, else none.
    Default,
}

/// Telemetry as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TelemetryDraft {
    /// Whether anything is recorded.
    pub enabled: Option<bool>,
    /// Category, e.g. `network`, to whether it is recorded.
    pub categories: BTreeMap<String, bool>,
    /// Where it is sent.
    pub export: ExportDraft,
    /// Whether Kernel keeps it.
    pub storage: Option<bool>,
}

/// Where telemetry is sent, as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ExportDraft {
    /// As the service has it.
    #[default]
    Unset,
    /// Nowhere.
    Off,
    /// To the project's own OpenTelemetry receiver.
    On,
    /// To a receiver, by its id.
    Id {
        /// The id.
        id: String,
    },
    /// To a receiver, by its name.
    Name {
        /// The name.
        name: String,
    },
}

/// What is different for one login only, as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct LoginDraft {
    /// Whether the remote browser is recorded.
    pub record_session: Option<bool>,
    /// Whether the login uses what Kernel has learned about the site. Off lasts, for automatic
    /// logins too, until a later login turns it on.
    pub use_skills: Option<bool>,
    /// From which address sites see the remote browser come.
    pub proxy: ProxyDraft,
    /// Where the remote browser runs.
    pub region: String,
    /// Whether the remote browser hides that it is automated.
    pub stealth: Option<bool>,
    /// What is recorded about the remote browser.
    pub telemetry: TelemetryDraft,
}
