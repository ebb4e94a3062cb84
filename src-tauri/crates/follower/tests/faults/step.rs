//! The steps of a flow, and what moves it on from each.

use std::time::Duration;

use login_flow::{Answer, Reply, Stage, View};

/// How long the service takes for what it does by itself.
pub(crate) const PACE: Duration = Duration::from_millis(150);
/// The same where that is what is hurt.
pub(crate) const SLOW_PACE: Duration = Duration::from_millis(2200);

/// Where a flow is when it is hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    FindingOut,
    Form,
    Choice,
    Code,
    Push,
    Human,
    Submitting,
    /// At a form, and then it is canceled.
    End,
}

/// What moves a flow on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// An answer of the person.
    Answer,
    /// Something that is done elsewhere: a hook of the sandbox.
    Hook(&'static str),
    /// The service goes on by itself.
    Itself,
}

impl Step {
    pub(crate) const ALL: [Self; 8] = [
        Self::FindingOut,
        Self::Form,
        Self::Choice,
        Self::Code,
        Self::Push,
        Self::Human,
        Self::Submitting,
        Self::End,
    ];

    pub(crate) fn scenario(self) -> &'static str {
        match self {
            Self::Form | Self::Submitting | Self::End => "password",
            Self::FindingOut => "slow",
            Self::Choice => "accounts",
            Self::Code => "sms",
            Self::Push => "push-patient",
            Self::Human => "human",
        }
    }

    pub(crate) fn turn(self) -> Turn {
        match self {
            Self::Form | Self::Choice | Self::Code => Turn::Answer,
            Self::Push | Self::Human => Turn::Hook("approve"),
            Self::End => Turn::Hook("cancel"),
            Self::FindingOut | Self::Submitting => Turn::Itself,
        }
    }

    /// How long the service stays at a step that goes on by itself, after the step before.
    pub(crate) fn lasts(self) -> Option<Duration> {
        match self {
            // Of the scenario `slow`.
            Self::FindingOut => Some(PACE * 40),
            Self::Submitting => Some(SLOW_PACE),
            _ => None,
        }
    }

    /// The service's word for a step that goes on by itself.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::FindingOut => Some("DISCOVERING"),
            Self::Submitting => Some("SUBMITTING"),
            _ => None,
        }
    }

    /// The pace that the service needs, so that there is time to be hurt.
    pub(crate) fn is_slow(self) -> bool {
        self == Self::Submitting
    }

    /// Whether a view is at this step.
    pub(crate) fn is_at(self, view: &View) -> bool {
        let asks = |what: fn(&View) -> bool| view.stage == Stage::Asking && what(view);
        match self {
            Self::FindingOut => view.stage == Stage::FindingOut,
            Self::Form | Self::End => asks(|view| fields(view) == 2),
            Self::Choice => asks(|view| fields(view) == 0),
            Self::Code => asks(|view| fields(view) == 1),
            Self::Push => view.stage == Stage::WaitingElsewhere,
            Self::Human => view.stage == Stage::NeedsAPerson,
            Self::Submitting => view.step == Some(login_flow::Step::Submitting),
        }
    }
}

fn fields(view: &View) -> usize {
    view.prompt.as_ref().map_or(0, |prompt| prompt.fields.len())
}

/// The right answer to what a view asks, if it may be given now.
pub(crate) fn right_answer(view: &View) -> Option<Answer> {
    use login_flow::FieldKind;
    let prompt = view.prompt.as_ref().filter(|prompt| prompt.open)?;
    let reply = if prompt.fields.is_empty() {
        Reply::Choice(prompt.choices.last()?.id.clone())
    } else {
        let value = |kind: &FieldKind| match kind {
            FieldKind::Password => "correct horse",
            FieldKind::Code => "123456",
            _ => "ada@example.com",
        };
        let values = prompt
            .fields
            .iter()
            .map(|field| (field.id.clone(), value(&field.kind).into()));
        Reply::Fields(values.collect())
    };
    Some(Answer {
        interaction_id: prompt.interaction_id.clone(),
        reply,
    })
}
