//! An authflow of Prefactor's that is watched, ready to be shown (`authflow-api.md`).

mod facts;
mod row;
mod trouble;

use authflow::{AuthflowId, Change, Phase, State, Status, Watch};
use jiff::Timestamp;
use login_flow::{Text, Trouble};
use serde::Serialize;

pub use facts::{AuthflowFacts, ReturnAddress, SightingFacts, return_address};
pub use trouble::{trouble_of_authflow, trouble_of_id};

/// The longest status that is shown, in characters. Prefactor's have ten.
const LONGEST_STATUS: usize = 60;

/// An authflow that is watched.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AuthflowView {
    /// About when it was created: its id begins with that time. Null if the id is unusual.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub created_at: Option<Timestamp>,
    /// How the watch stands.
    pub watch: AuthflowWatch,
    /// What its status means.
    pub phase: AuthflowPhase,
    /// How it stands, in Prefactor's word; null if the service named none, or was not read yet.
    pub status: Option<AuthflowStatus>,
    /// All else that is known of it; null before the first read. It stays when later reads fail.
    pub facts: Option<AuthflowFacts>,
    /// The statuses seen, the oldest first.
    pub history: Vec<SeenStatus>,
    /// Why the last read failed, if it did.
    pub trouble: Option<Trouble>,
    /// When it was read last, by this computer's clock.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub read_at: Option<Timestamp>,
    /// For how many minutes it is watched at most.
    pub minutes: u32,
}

/// How the watch of an authflow stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AuthflowWatch {
    /// It is read again and again.
    Watching,
    /// The authflow has ended.
    Ended,
    /// The deadline has passed, and the authflow has not ended: Prefactor knows no failure.
    GivenUp,
    /// It can't be read, and trying again by itself would not help.
    Stopped,
}

/// What a status means for somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AuthflowPhase {
    /// It goes on.
    Waiting,
    /// It ended well. That is what Prefactor says of it, and no proof of a login.
    Success,
    /// It ended otherwise.
    Cancelled,
    /// Nobody knows.
    Unknown,
}

/// The life of an authflow, in Prefactor's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AuthflowStatus {
    /// Created; nobody has acted.
    New,
    /// Somebody is on the way through it.
    Pending,
    /// The steps are done. Whether that is the end is not known.
    Finished,
    /// The normal end.
    Complete,
    /// Ended early.
    Cancelled,
    /// A word this version does not know.
    Unknown(Text),
}

/// A status that was seen, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SeenStatus {
    /// By this computer's clock.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Timestamp,
    /// Which; null if the service named none.
    pub status: Option<AuthflowStatus>,
}

impl AuthflowView {
    /// Draws what is known.
    #[must_use]
    pub fn of(id: &AuthflowId, watch: &Watch) -> Self {
        let latest = watch.latest();
        Self {
            created_at: id.created_at(),
            watch: AuthflowWatch::of(watch.state()),
            phase: AuthflowPhase::of(watch.phase()),
            status: latest
                .and_then(|latest| latest.status.as_ref())
                .map(AuthflowStatus::of),
            facts: latest.map(AuthflowFacts::of),
            history: watch.history().iter().map(SeenStatus::of).collect(),
            trouble: watch.trouble().map(trouble_of_authflow),
            read_at: watch.read_at(),
            minutes: u32::try_from(watch.limit().as_secs().div_ceil(60)).unwrap_or(u32::MAX),
        }
    }
}

impl AuthflowWatch {
    fn of(state: State) -> Self {
        match state {
            State::Watching => Self::Watching,
            State::Ended => Self::Ended,
            State::GivenUp => Self::GivenUp,
            State::Stopped => Self::Stopped,
        }
    }
}

impl AuthflowPhase {
    fn of(phase: Phase) -> Self {
        match phase {
            Phase::Waiting => Self::Waiting,
            Phase::Success => Self::Success,
            Phase::Cancelled => Self::Cancelled,
            Phase::Unknown => Self::Unknown,
        }
    }
}

impl AuthflowStatus {
    fn of(status: &Status) -> Self {
        match status {
            Status::New => Self::New,
            Status::Pending => Self::Pending,
            Status::Finished => Self::Finished,
            Status::Complete => Self::Complete,
            Status::Cancelled => Self::Cancelled,
            Status::Unknown(word) => Self::Unknown(
                Text::bounded(word, LONGEST_STATUS).unwrap_or_else(|| Text::or_dash("")),
            ),
        }
    }
}

impl SeenStatus {
    fn of(change: &Change) -> Self {
        Self {
            at: change.at,
            status: change.status.as_ref().map(AuthflowStatus::of),
        }
    }
}
