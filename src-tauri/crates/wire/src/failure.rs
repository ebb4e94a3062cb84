//! How a request can go without an answer.

use thiserror::Error;

use crate::network_problem::NetworkProblem;

/// Why there is no answer. It holds no address, token or body, so it may be printed anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// The server could not be reached, or the connection broke.
    #[error("the service could not be reached: {0}")]
    Network(NetworkProblem),
    /// No answer in time.
    #[error("the service did not answer in time")]
    Timeout,
    /// The answer is larger than any of this service can be.
    #[error("the answer is too large (status {status})")]
    TooLarge {
        /// Its HTTP status.
        status: u16,
    },
    /// The request could not be written.
    #[error("the request is not possible: {0}")]
    Impossible(&'static str),
}
