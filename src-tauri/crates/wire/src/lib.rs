//! The ground that the clients of all services stand on: where a service is, which way leads there,
//! what kept a request from being answered, and what was tried.
//!
//! It knows HTTP and no service: paths, credentials and the meaning of answers are its users'.

mod answer;
mod api_base;
mod failure;
mod journal;
mod network_problem;
mod problem;
mod proxy;
mod retry_after;
mod route;
mod secret_bytes;
mod way;

pub use answer::Answer;
pub use api_base::{ApiBase, ApiBaseError};
pub use failure::Failure;
pub use journal::{Call, Journal, Outcome, RequestId};
pub use network_problem::{ClockError, NetworkProblem, ProxyProblem, TlsProblem};
pub use problem::from_reqwest;
pub use proxy::{Proxy, ProxyAddress, ProxyAddressError};
pub use secret_bytes::{SecretBytes, json_length};
pub use way::{Begun, Way};
