//! A connection: one (profile, domain) pair that Kernel keeps logged in, and the state of its
//! latest flow (`kernel-api.md` 4.1).

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::{lenient, open_enum::open_enum, prompt::Prompt};

open_enum! {
    /// Whether the profile was last known to be logged in. Not the result of a flow.
    pub enum ConnectionStatus {
        /// Logged in when last checked.
        Authenticated = "AUTHENTICATED",
        /// Not logged in.
        NeedsAuth = "NEEDS_AUTH",
    }
}

open_enum! {
    /// Where a flow stands.
    pub enum FlowStatus {
        /// Not begun yet; seen only in the React component's types. Treated as in progress.
        Pending = "PENDING",
        /// Running, if it has not expired.
        InProgress = "IN_PROGRESS",
        /// Ended: logged in.
        Success = "SUCCESS",
        /// Ended: not logged in.
        Failed = "FAILED",
        /// Ended: out of time.
        Expired = "EXPIRED",
        /// Ended: replaced or given up.
        Canceled = "CANCELED",
    }
}

impl FlowStatus {
    /// Whether a flow with this status is over for good (`kernel-api.md` 6.4).
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(
            self,
            Self::Success | Self::Failed | Self::Expired | Self::Canceled
        )
    }
}

open_enum! {
    /// What a flow is doing.
    pub enum FlowStep {
        /// Opening the site's login page and reading it.
        Discovering = "DISCOVERING",
        /// Waiting for an answer.
        AwaitingInput = "AWAITING_INPUT",
        /// Waiting for something on another device; answers may be possible as ways out.
        AwaitingExternalAction = "AWAITING_EXTERNAL_ACTION",
        /// Waiting for a person to act in the remote browser itself.
        AwaitingHumanIntervention = "AWAITING_HUMAN_INTERVENTION",
        /// Typing the answer into the site.
        Submitting = "SUBMITTING",
        /// Over; the status tells how.
        Completed = "COMPLETED",
    }
}

open_enum! {
    /// Why a flow was started.
    pub enum FlowType {
        /// Somebody asked for it.
        Login = "LOGIN",
        /// Kernel renews an old login.
        Reauth = "REAUTH",
    }
}

/// A connection with the state of its latest flow, as `GET /auth/connections/{id}` answers it.
///
/// Everything but the id may be absent or null (`kernel-api.md` 4.1).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Connection {
    /// Opaque, e.g. `ma_abc123xyz`.
    pub id: String,
    /// The site, e.g. `netflix.com`.
    pub domain: Option<String>,
    /// The browser profile that is to be logged in.
    pub profile_name: Option<String>,
    /// Last known; not the result of the running flow.
    pub status: Option<ConnectionStatus>,
    /// Whether what is typed is kept for the next login.
    pub save_credentials: Option<bool>,
    /// Whether the remote browser is recorded.
    pub record_session: Option<bool>,
    /// Whether Kernel may log in again by itself.
    pub auto_reauth: Option<bool>,
    /// Whether Kernel checks the login from time to time.
    pub health_checks: Option<bool>,
    /// Why the checks can prove nothing, e.g. `no_auth_check_url`.
    pub health_check_unavailable_reason: Option<String>,
    /// Seconds between checks, 300 to 86400.
    pub health_check_interval: Option<u64>,
    /// Time of the latest check, whatever its outcome.
    #[serde(deserialize_with = "lenient::time")]
    pub last_auth_check_at: Option<Timestamp>,
    /// Roots of the hosts where credentials may be typed; empty means any.
    pub allowed_domains: Option<Vec<String>>,
    /// Whether an unattended login may be tried. Not a forecast.
    pub can_reauth: Option<bool>,
    /// Why, as an open word (`kernel-api.md` 4.2).
    pub can_reauth_reason: Option<String>,
    /// A reference to a stored credential.
    pub credential: Option<Value>,
    /// Where the login starts.
    pub login_url: Option<String>,
    /// Where the browser landed after a login; may carry private parameters.
    pub post_login_url: Option<SecretString>,
    /// Settings of the remote browser.
    pub browser: Option<Value>,

    /// Where the latest flow stands, or `None` without one.
    pub flow_status: Option<FlowStatus>,
    /// What the latest flow is doing.
    pub flow_step: Option<FlowStep>,
    /// Why the latest flow was started.
    pub flow_type: Option<FlowType>,
    /// When the flow ends by itself. Not in events, so keep it.
    #[serde(deserialize_with = "lenient::time")]
    pub flow_expires_at: Option<Timestamp>,
    /// What the flow asks for.
    #[serde(flatten)]
    pub prompt: Prompt,
    /// The provider in use or recommended, e.g. `google`.
    pub sso_provider: Option<String>,
    /// Kernel's own page for the flow. It contains the handoff code: a secret.
    pub hosted_url: Option<SecretString>,
    /// A view of the remote browser. Whoever has it can type: a secret.
    pub live_view_url: Option<SecretString>,
    /// The remote browser.
    pub browser_session_id: Option<String>,
}
