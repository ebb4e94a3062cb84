//! Kernel's Managed Auth API, typed: requests, the event stream, errors.
//!
//! The contract is Kernel's own; comments name the part of it that a rule comes from. This crate
//! knows every quirk of the wire and nothing of when to reconnect or what a screen is.

mod connection;
mod error;
mod event;
mod open_enum;
mod prompt;
mod submission;

pub use connection::{Connection, ConnectionStatus, FlowStatus, FlowStep, FlowType};
pub use error::{Error, ErrorBody, NetworkProblem};
pub use event::{FlowEvent, StateEvent};
pub use prompt::{
    Choice, ChoiceType, DiscoveredField, Field, FieldReason, FieldType, InputMode, MfaOption,
    MfaType, Prompt, SignInOption, SsoButton,
};
pub use submission::{FieldValues, Submission};
