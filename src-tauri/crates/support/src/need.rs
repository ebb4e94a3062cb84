//! What a flow wants of a person, in a word.

use login_flow::{ChoiceKind, FieldKind, Stage, View};
use serde::Serialize;

/// What a flow wants of a person. None of them can be done by the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A one-time code.
    Code,
    /// A password, or a user name and a password.
    SignIn,
    /// Some other detail.
    Details,
    /// One of several accounts.
    Account,
    /// One of several ways to go on.
    Choice,
    /// Something on another device.
    Elsewhere,
    /// Somebody who acts in the remote browser itself.
    Person,
    /// Something that this version does not know.
    Unfamiliar,
}

impl Need {
    /// What a followed flow wants now; `None` while it wants nothing.
    #[must_use]
    pub fn of(view: &View) -> Option<Self> {
        match view.stage {
            Stage::Asking => Some(asked(view)),
            Stage::WaitingElsewhere => Some(Self::Elsewhere),
            Stage::NeedsAPerson => Some(Self::Person),
            Stage::Unfamiliar => Some(Self::Unfamiliar),
            Stage::Opening
            | Stage::FindingOut
            | Stage::Sending
            | Stage::LoggedIn
            | Stage::Failed
            | Stage::Expired
            | Stage::Canceled
            | Stage::AccessEnded
            | Stage::Refused
            | Stage::Gone
            | Stage::Unconfirmed
            | Stage::NotRunning
            | Stage::CannotFollow => None,
        }
    }
}

fn asked(view: &View) -> Need {
    let Some(prompt) = &view.prompt else {
        return Need::Unfamiliar;
    };
    let has = |kinds: &[FieldKind]| {
        prompt
            .fields
            .iter()
            .any(|field| kinds.contains(&field.kind))
    };
    if has(&[FieldKind::Code, FieldKind::TotpCode]) {
        Need::Code
    } else if has(&[FieldKind::Password, FieldKind::Identifier]) {
        Need::SignIn
    } else if !prompt.fields.is_empty() {
        Need::Details
    } else if prompt
        .choices
        .iter()
        .any(|choice| choice.kind == ChoiceKind::Account)
    {
        Need::Account
    } else {
        Need::Choice
    }
}
