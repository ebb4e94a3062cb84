//! The rules of a login flow, without I/O: what is true now, what may be answered, when to try
//! again and when to stop.
//!
//! A [`Flow`] is told what happened ([`Input`]) and when ([`Moment`]), and says what to do
//! ([`Effect`]). What may be shown is its [`View`]. It never reads a clock and never opens a
//! socket, so that years of bad network run in a millisecond of test.

mod answer;
mod clock;
mod ending;
mod exchange;
mod flow;
mod glance;
mod link;
mod merge;
mod obstacle;
mod present;
mod prompt;
mod question;
mod reading;
mod reconnect;
mod redact;
mod streaming;
mod submitting;
mod text;
mod trouble;
#[cfg(feature = "types")]
pub mod typescript;
mod view;
mod witness;

pub use answer::{Answer, AnswerProblem, Reply};
pub use clock::Moment;
pub use exchange::exchange_trouble;
pub use flow::{Effect, Flow, Following, Input};
pub use glance::glance;
pub use obstacle::{Obstacle, span};
pub use reconnect::{Backoff, Pulse};
pub use redact::{redact, without_secrets};
pub use text::Text;
pub use trouble::{Audience, failure};
pub use view::{
    Autocomplete, ChoiceKind, ChoiceView, ConnectionView, FieldKind, FieldView, Keyboard, Lost,
    Method, Notice, Page, PromptView, Reason, Stage, Status, Step, StreamState, Trouble, View, Way,
};
