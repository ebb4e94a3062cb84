//! What was called, so that a test can assert "exchanged exactly once". No values, no secrets.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{answer::Mode, clock};

/// The calls that one connection received.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Log {
    /// How often each was called, whatever the answer.
    counts: BTreeMap<&'static str, usize>,
    /// All of them, oldest first.
    calls: Vec<Entry>,
}

#[derive(Clone, Debug, Serialize)]
struct Entry {
    at: Timestamp,
    call: &'static str,
    status: u16,
    /// How a submit answered, if its body could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
}

/// The calls of the API on one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Get,
    Patch,
    Delete,
    Login,
    Submit,
    Events,
    Exchange,
    Timeline,
}

impl Call {
    /// The call that a method and the end of a path stand for.
    pub(crate) fn of(method: &str, path: &str) -> Option<Self> {
        Some(match (method, path.rsplit('/').next()?) {
            ("POST", "login") => Self::Login,
            ("POST", "submit") => Self::Submit,
            ("POST", "exchange") => Self::Exchange,
            ("GET", "events") => Self::Events,
            ("GET", "timeline") => Self::Timeline,
            ("GET", _) => Self::Get,
            ("PATCH", _) => Self::Patch,
            ("DELETE", _) => Self::Delete,
            _ => return None,
        })
    }

    /// Its name in the log and in the faults.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Login => "login",
            Self::Submit => "submit",
            Self::Events => "events",
            Self::Exchange => "exchange",
            Self::Timeline => "timeline",
        }
    }
}

impl Log {
    pub(crate) fn note(&mut self, call: Call, status: u16, mode: Option<Mode>) {
        *self.counts.entry(call.name()).or_default() += 1;
        let mode = mode.map(|mode| mode.0);
        self.calls.push(Entry {
            at: clock::now(),
            call: call.name(),
            status,
            mode,
        });
    }
}
