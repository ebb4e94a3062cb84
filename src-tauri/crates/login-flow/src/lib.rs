//! The rules of a login flow, without I/O.

mod text;
#[cfg(feature = "types")]
pub mod typescript;
mod view;

pub use text::Text;
pub use view::{
    Autocomplete, ChoiceKind, ChoiceView, ConnectionView, FieldKind, FieldView, Keyboard, Lost,
    Method, Notice, Page, PromptView, Reason, Stage, Status, Step, StreamState, Trouble, View, Way,
};
