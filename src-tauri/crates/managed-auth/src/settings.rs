//! How patient a client is, and which way it goes.

use std::time::Duration;

use wire::{Journal, Proxy};

use crate::stream::DEFAULT_MAX_EVENT;

/// Time limits, bounds and the way of a client. The defaults are those of `kernel-api.md` 7.2 and 1.4.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long reaching the server may take: 5 s.
    pub connect_timeout: Duration,
    /// How long a whole request may take, the body of its answer included: 30 s.
    pub request_timeout: Duration,
    /// How long the headers of an event stream may take: 15 s. The stream itself has no limit;
    /// whoever reads it counts the time since the last sign of life.
    pub stream_headers_timeout: Duration,
    /// The wait before a read is tried for the second time: 250 ms. It is doubled before the
    /// third time.
    pub first_retry_wait: Duration,
    /// The longest `Retry-After` that a read waits for by itself: 5 s. A longer one is given to
    /// the caller as an error, with its wait.
    pub longest_retry_after: Duration,
    /// The bound of the fields of one event, in bytes: 1 MiB (see [`crate::Decoder`]).
    pub max_event: usize,
    /// The project to work in, by its id, if a key is for more than one (`kernel-api.md` 1.1).
    /// It is not sent with a guest's token.
    pub project: Option<String>,
    /// Which way leads out to the service.
    pub proxy: Proxy,
    /// Where each try is noted. Clients that share one are told about together.
    pub journal: Journal,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(30),
            stream_headers_timeout: Duration::from_secs(15),
            first_retry_wait: Duration::from_millis(250),
            longest_retry_after: Duration::from_secs(5),
            max_event: DEFAULT_MAX_EVENT,
            project: None,
            proxy: Proxy::default(),
            journal: Journal::default(),
        }
    }
}
