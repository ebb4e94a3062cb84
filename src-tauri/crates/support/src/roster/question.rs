//! What is asked of a person, and whether it is the same as before.

use jiff::Timestamp;
use login_flow::{Stage, View};

use crate::need::Need;

/// What is asked of a person, to know it again.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// The flow, which is known by its end: it has no id (`kernel-api.md` 14, 3).
    flow: Option<Timestamp>,
    /// The prompt's name; `None` if nothing is to be entered. A prompt that the service gave no
    /// name is named anew whenever its flow is followed anew, so a name alone proves nothing.
    prompt: Option<String>,
    pub(super) need: Need,
}

impl Question {
    pub(super) fn of(view: &View) -> Option<Self> {
        Some(Self {
            flow: view.expires_at,
            prompt: view
                .prompt
                .as_ref()
                .map(|prompt| prompt.interaction_id.clone()),
            need: Need::of(view)?,
        })
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        let may_be_one_flow = match (self.flow, other.flow) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        may_be_one_flow && self.prompt == other.prompt && self.need == other.need
    }

    /// Whether a view that asks nothing means that this question will not be asked again.
    pub(super) fn is_over(&self, view: &View) -> bool {
        match view.stage {
            Stage::LoggedIn
            | Stage::Failed
            | Stage::Expired
            | Stage::Canceled
            | Stage::Gone
            | Stage::Unconfirmed
            | Stage::NotRunning => true,
            // What has no name is another one when it comes again. What has one may come back
            // with it, as when an answer was refused.
            Stage::FindingOut | Stage::Sending => self.prompt.is_none(),
            // The flow may go on without us, or has not been read yet, or asks.
            Stage::AccessEnded
            | Stage::Refused
            | Stage::CannotFollow
            | Stage::Opening
            | Stage::Asking
            | Stage::WaitingElsewhere
            | Stage::NeedsAPerson
            | Stage::Unfamiliar => false,
        }
    }
}
