//! What was tried lately, for whoever has to find out what is wrong.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;

/// So many calls are remembered; the oldest are forgotten.
const MOST_CALLS: usize = 20;

/// The headers that name a request, the most telling first.
const REQUEST_ID: [&str; 5] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-trace-id",
    "cf-ray",
];

/// The most characters of a request's id that are kept. A UUID has 36.
const LONGEST_ID: usize = 80;

/// What was tried lately: at most twenty calls. Cheap to clone; clones share what they hold.
///
/// By its types it can hold no secret: of a request it keeps a name of ours, and of an answer the
/// status and the id that the service gave it.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    calls: VecDeque<Call>,
    clock_ahead: Option<SignedDuration>,
}

/// One call that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// When it was begun, by this computer's clock.
    pub at: Timestamp,
    /// What it was for, in a word or two of ours.
    pub what: &'static str,
    /// How long it took until it was answered or failed.
    pub took: Duration,
    /// How it ended.
    pub outcome: Outcome,
    /// What the service calls it.
    pub request_id: Option<RequestId>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The service answered with this HTTP status.
    Answered(u16),
    /// There was no answer, for this reason in words of ours.
    Failed(String),
}

/// What a service calls a request: at most 80 letters, digits and the signs `-_.:=+/;`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// Reads it out of an answer's headers. An id with other signs in it is none.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        REQUEST_ID
            .iter()
            .filter_map(|name| headers.get(*name)?.to_str().ok())
            .find_map(Self::parse)
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-_.:=+/;".contains(sign);
        let fits = (1..=LONGEST_ID).contains(&text.len()) && text.chars().all(is_plain);
        fits.then(|| Self(text.to_owned()))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Journal {
    /// The calls, the oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.kept().calls.iter().cloned().collect()
    }

    /// This computer's clock minus the service's, when the service last told its time.
    #[must_use]
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.kept().clock_ahead
    }

    pub(crate) fn note(&self, call: Call) {
        let mut kept = self.kept();
        if kept.calls.len() == MOST_CALLS {
            kept.calls.pop_front();
        }
        kept.calls.push_back(call);
    }

    pub(crate) fn note_clock(&self, ahead: SignedDuration) {
        self.kept().clock_ahead = Some(ahead);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered(status) => write!(f, "{status}"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(status: u16) -> Call {
        Call {
            at: Timestamp::UNIX_EPOCH,
            what: "read",
            took: Duration::ZERO,
            outcome: Outcome::Answered(status),
            request_id: None,
        }
    }

    #[test]
    fn only_the_latest_calls_are_remembered() {
        let journal = Journal::default();
        for status in 0..30 {
            journal.clone().note(call(status));
        }
        let calls = journal.calls();
        assert_eq!(calls.len(), MOST_CALLS);
        assert_eq!(calls.first(), Some(&call(10)));
        assert_eq!(calls.last(), Some(&call(29)));
    }

    #[test]
    fn a_request_is_named_by_the_first_header_that_names_it_plainly() {
        let id = |pairs: &[(&'static str, &'static str)]| {
            let headers: HeaderMap = pairs
                .iter()
                .map(|(name, value)| {
                    let name: reqwest::header::HeaderName = name.parse().expect("a name");
                    (name, value.parse().expect("a value"))
                })
                .collect();
            RequestId::of(&headers).map(|id| id.as_str().to_owned())
        };
        assert_eq!(id(&[]), None);
        assert_eq!(id(&[("cf-ray", "8f1-FRA")]).as_deref(), Some("8f1-FRA"));
        assert_eq!(
            id(&[("cf-ray", "later"), ("x-request-id", " req_1 ")]).as_deref(),
            Some("req_1")
        );
        let long: &'static str = "x".repeat(LONGEST_ID + 1).leak();
        for odd in ["", "two words", "Bearer abc", "{\"a\":1}", long] {
            assert_eq!(id(&[("x-request-id", odd)]), None, "{odd}");
        }
    }
}
