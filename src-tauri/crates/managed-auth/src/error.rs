//! How a request can end other than well (`kernel-api.md` 1.2, 11.2).

use std::time::Duration;

use serde_json::Value;
use thiserror::Error;

use wire::{Failure, NetworkProblem};

/// The most characters of a code that are kept: the known ones have less than 30.
const LONGEST_CODE: usize = 100;

/// The most characters of a message that are kept.
const LONGEST_MESSAGE: usize = 1000;

/// The service's own description of a problem. Hostile text until cleaned for display.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// An open word.
    pub code: Option<String>,
    /// For a person.
    pub message: Option<String>,
}

impl ErrorBody {
    /// Reads what can be read from an `Error` or a `ManagedAuthError`; `details` is left out, as
    /// it is for debugging and has two shapes (`kernel-api.md` 1.2).
    #[must_use]
    pub fn from_json(value: &Value) -> Self {
        let text = |key: &str, most| {
            value
                .get(key)
                .and_then(Value::as_str)
                .map(|text| shortened(text, most))
        };
        Self {
            code: text("code", LONGEST_CODE),
            message: text("message", LONGEST_MESSAGE),
        }
    }

    /// What a service says that doesn't speak JSON.
    pub(crate) fn from_text(text: &str) -> Self {
        Self {
            code: None,
            message: Some(shortened(text, LONGEST_MESSAGE)).filter(|text| !text.is_empty()),
        }
    }
}

/// The first characters of a text. They are counted, not bytes, so that none is cut in two.
fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Why a request to Kernel did not give what was asked for. Callers branch on it.
///
/// No variant holds a URL, a token or a body: an error may be printed anywhere.
#[derive(Clone, Debug, Error)]
pub enum Error {
    /// 401: the key was refused, or the guest's access is over.
    #[error("the service did not accept the credential")]
    Unauthorised(ErrorBody),
    /// 403: the key may not do that.
    #[error("the credential does not allow this")]
    Forbidden(ErrorBody),
    /// 404.
    #[error("the service does not know this connection")]
    NotFound(ErrorBody),
    /// 410: the handoff code was used, or the guest's access is over.
    #[error("this is over")]
    Gone(ErrorBody),
    /// 409.
    #[error("this conflicts with what is there already")]
    Conflict {
        /// The connection that is there already, when creating one.
        existing_id: Option<String>,
        /// What the service says.
        body: ErrorBody,
    },
    /// 400 `stale_interaction`: the answer's question is gone.
    #[error("the question has changed meanwhile")]
    StaleInteraction(ErrorBody),
    /// 429.
    #[error("the service asks to wait")]
    RateLimited {
        /// How long, if it said so.
        retry_after: Option<Duration>,
        /// What the service says.
        body: ErrorBody,
    },
    /// Any other refusal, with its status.
    #[error("the service refused the request (status {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// `Retry-After`, if it came.
        retry_after: Option<Duration>,
        /// What the service says.
        body: ErrorBody,
    },
    /// An answer that is not what the contract describes: HTML, broken JSON, a wrong content
    /// type, a redirect.
    #[error("this address does not answer like Kernel's API (status {status})")]
    NotTheApi {
        /// The HTTP status.
        status: u16,
    },
    /// The server could not be reached, or the connection broke.
    #[error("the service could not be reached: {0}")]
    Network(NetworkProblem),
    /// No answer in time.
    #[error("the service did not answer in time")]
    Timeout,
    /// The request could not be written: an id that would leave its path, an empty answer.
    #[error("the request is not possible: {0}")]
    Impossible(&'static str),
}

impl Error {
    /// The service's own words, if it said any.
    #[must_use]
    pub fn body(&self) -> Option<&ErrorBody> {
        match self {
            Self::Unauthorised(body)
            | Self::Forbidden(body)
            | Self::NotFound(body)
            | Self::Gone(body)
            | Self::StaleInteraction(body)
            | Self::Conflict { body, .. }
            | Self::RateLimited { body, .. }
            | Self::Refused { body, .. } => Some(body),
            Self::NotTheApi { .. } | Self::Network(_) | Self::Timeout | Self::Impossible(_) => None,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Network(problem) => Self::Network(problem),
            Failure::Timeout => Self::Timeout,
            Failure::TooLarge { status } => Self::NotTheApi { status },
            Failure::Impossible(why) => Self::Impossible(why),
        }
    }
}
