//! What support sees, without I/O: every connection and every authflow that is watched in the order
//! of need, their facts in words, their history, and what may be asked of them.
//!
//! The [`Roster`] is told what was read and what is followed, and says what to show ([`ListView`]),
//! whom to follow, and who has just begun to wait. It never reads a clock and opens no socket.

mod authflow;
mod draft;
mod facts;
mod history;
mod list;
mod need;
mod reauth;
mod roster;
mod trouble;
#[cfg(feature = "types")]
pub mod typescript;

pub use authflow::{
    AuthflowFacts, AuthflowPhase, AuthflowStatus, AuthflowView, AuthflowWatch, ReturnAddress,
    SeenStatus, SightingFacts, return_address, trouble_of_authflow, trouble_of_id,
};
pub use draft::{
    ConnectionDraft, CredentialDraft, DraftField, DraftProblem, ExportDraft, LoginDraft,
    ProblemKind, ProxyDraft, TelemetryDraft,
};
pub use facts::{CredentialFact, Facts, HealthFacts, ProxyFact, RenewalFacts};
pub use history::{Happening, HappeningKind, History, Outcome};
pub use list::{Counts, Filter, ListView, Row, RowKind, RowState, Standing};
pub use need::Need;
pub use reauth::ReauthReason;
pub use roster::{NewNeed, Roster, Subject, Window, at};
pub use trouble::trouble_of;
