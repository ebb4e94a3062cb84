//! What happened on a connection so far (`kernel-api.md` 3.5).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{lenient, open_enum::open_enum};

open_enum! {
    /// What kind of thing happened.
    pub enum TimelineKind {
        /// A login that somebody asked for.
        Login = "login",
        /// A login by Kernel itself.
        Reauth = "reauth",
        /// A check whether the profile is still logged in.
        HealthCheck = "health_check",
    }
}

open_enum! {
    /// How it went: the first five for logins of both kinds, the other two for checks.
    pub enum TimelineStatus {
        /// Running.
        InProgress = "IN_PROGRESS",
        /// Logged in.
        Success = "SUCCESS",
        /// Out of time.
        Expired = "EXPIRED",
        /// Replaced or given up.
        Canceled = "CANCELED",
        /// Not logged in.
        Failed = "FAILED",
        /// Still logged in.
        Authenticated = "AUTHENTICATED",
        /// No longer logged in.
        NeedsAuth = "NEEDS_AUTH",
    }
}

open_enum! {
    /// How far a login has come: two words more than a flow's step.
    pub enum TimelineStep {
        /// Not begun yet.
        Initialized = "INITIALIZED",
        /// Reading the site's login page.
        Discovering = "DISCOVERING",
        /// Waiting for an answer.
        AwaitingInput = "AWAITING_INPUT",
        /// Waiting for something on another device.
        AwaitingExternalAction = "AWAITING_EXTERNAL_ACTION",
        /// Waiting for a person to act in the remote browser.
        AwaitingHumanIntervention = "AWAITING_HUMAN_INTERVENTION",
        /// Typing the answer into the site.
        Submitting = "SUBMITTING",
        /// Over; the status tells how.
        Completed = "COMPLETED",
        /// Out of time.
        Expired = "EXPIRED",
    }
}

/// One thing that happened. Its id is the only stable identity of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TimelineEvent {
    /// Opaque.
    pub id: String,
    /// What kind of thing.
    #[serde(rename = "type")]
    pub kind: TimelineKind,
    /// How it went.
    pub status: TimelineStatus,
    /// When.
    #[serde(default, deserialize_with = "lenient::time")]
    pub timestamp: Option<Timestamp>,
    /// How far a login came.
    #[serde(default)]
    pub step: Option<TimelineStep>,
    /// Why it failed, as an open word.
    #[serde(default)]
    pub error_code: Option<String>,
    /// Why it failed, for support.
    #[serde(default)]
    pub error_message: Option<String>,
    /// What the site itself said went wrong.
    #[serde(default)]
    pub website_error: Option<String>,
    /// How the check before went.
    #[serde(default)]
    pub previous_status: Option<TimelineStatus>,
    /// The recording, if one was made.
    #[serde(default)]
    pub replay_id: Option<String>,
    /// Whether telemetry was captured.
    #[serde(default)]
    pub telemetry_captured: Option<bool>,
    /// The remote browser.
    #[serde(default)]
    pub browser_session_id: Option<String>,
    /// When it ended for the first time. Absent while running, for checks and for old logins.
    #[serde(default, deserialize_with = "lenient::time")]
    pub completed_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default, deserialize_with = "lenient::time")]
    pub updated_at: Option<Timestamp>,
}
