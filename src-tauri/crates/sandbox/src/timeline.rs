//! The history of a connection (kernel-api.md 3.5).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{connection::Standing, random, scenario::Status};

/// What kind of thing happened; also the filter of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Login,
    Reauth,
    HealthCheck,
}

/// One entry.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    pub(crate) status: EntryStatus,
    pub(crate) timestamp: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) website_error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) previous_status: Option<Standing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) browser_session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) replay_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) updated_at: Timestamp,
}

/// Attempts and health checks have statuses of their own.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum EntryStatus {
    Attempt(Status),
    Check(Standing),
}

impl Entry {
    pub(crate) fn is_successful_attempt(&self) -> bool {
        matches!(self.status, EntryStatus::Attempt(Status::Success))
    }

    /// A health check that found `now` where `before` was known.
    pub(crate) fn health_check(before: Standing, now: Standing, timestamp: Timestamp) -> Self {
        Self {
            id: random::id("mae_", 16),
            kind: Kind::HealthCheck,
            status: EntryStatus::Check(now),
            timestamp,
            step: None,
            error_code: None,
            error_message: None,
            website_error: None,
            previous_status: Some(before),
            browser_session_id: None,
            replay_id: None,
            completed_at: None,
            updated_at: timestamp,
        }
    }
}
