//! Prefactor's authflows: one looked up by its id, watched, and read in plain words.
//!
//! `authflow-api.md` in the comments names the contract: what is known of the endpoint, and what is
//! only guessed. Of its vendor's words nothing is defined, so this crate shows more than it decides.

mod client;
mod envelope;
mod error;
mod id;
mod status;
mod summary;
mod watch;
mod words;

pub use client::{Client, Settings, TokenHeader, TokenHeaderError};
pub use envelope::read;
pub use error::{Code, Error};
pub use id::{AuthflowId, IdProblem};
pub use status::{Meaning, NoSuccess, Phase, Status};
pub use summary::{ReturnUrl, Sighting, Summary};
pub use watch::{Change, DEADLINE, State, Watch};
// What a client is made with and what it fails with, so that its users need one name for it.
pub use wire::{ApiBase, ApiBaseError, Journal, NetworkProblem, Proxy};
pub use words::{Words, of_error, of_id_problem};
