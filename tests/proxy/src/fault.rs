//! What can go wrong on the way.

use std::time::Duration;

use super::bend::Bend;

/// One kind of call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// A connection's event stream.
    Events,
    /// An answer.
    Submit,
    /// A full read.
    Read,
    /// Anything else.
    Other,
}

impl Call {
    /// The call of a request line's method and path, and the connection of the API it is about.
    pub(super) fn of(method: &str, path: &str) -> (Self, String) {
        let path = path.split('?').next().unwrap_or_default();
        let tail = path.strip_prefix("/auth/connections/").unwrap_or_default();
        let (id, rest) = tail.split_once('/').unwrap_or((tail, ""));
        let call = match (method, rest) {
            ("GET", "events") => Self::Events,
            ("POST", "submit") => Self::Submit,
            ("GET", "") if !id.is_empty() => Self::Read,
            _ => Self::Other,
        };
        (call, id.to_owned())
    }
}

/// Which calls are hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Every call.
    All,
    /// Event streams.
    Events,
    /// Answers.
    Submit,
    /// Full reads.
    Reads,
}

impl Target {
    /// Whether it is meant.
    #[must_use]
    pub fn hits(self, call: Call) -> bool {
        match self {
            Self::All => true,
            Self::Events => call == Call::Events,
            Self::Submit => call == Call::Submit,
            Self::Reads => call == Call::Read,
        }
    }
}

/// Whether the service gets to see a request that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The request is lost.
    Request,
    /// The service has acted; its answer is lost.
    Answer,
}

/// One way to hurt.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Every piece of an answer comes this much later.
    Latency(Duration),
    /// Answers come in pieces of so many bytes, with a pause after each.
    Drip {
        /// At most so many at once.
        bytes: usize,
        /// Between two pieces.
        pause: Duration,
    },
    /// Connections are reset.
    Reset(Moment),
    /// The answer's side of connections is closed after so many bytes; streams at once.
    HalfClose {
        /// Bytes of the answer, its head included.
        after: usize,
    },
    /// Connections stay and say nothing, for ever.
    HalfOpen(Moment),
    /// Answers end after so many bytes.
    Truncate {
        /// Bytes of the answer, its head included.
        after: usize,
    },
    /// Nothing passes until the fault is over; then all does.
    Blackhole,
    /// Nobody listens; connections are reset.
    Refuse,
    /// The head of an answer comes a byte at a time.
    SlowHeaders {
        /// Between two bytes.
        pause: Duration,
    },
    /// Another answer in place of the service's.
    Answer(Canned, Moment),
    /// Answers are said to be of this type.
    ContentType(&'static str),
    /// What event streams say is bent.
    Stream(Bend),
}

/// An answer that the proxy makes up.
#[derive(Clone, Debug)]
pub struct Canned {
    /// Its HTTP status.
    pub status: u16,
    /// Each with its line end.
    pub headers: String,
    /// All of it.
    pub body: &'static str,
}

impl Canned {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let Self {
            status,
            headers,
            body,
        } = self;
        let length = body.len();
        format!("HTTP/1.1 {status} Canned\r\n{headers}content-length: {length}\r\n\r\n{body}")
            .into_bytes()
    }
}
