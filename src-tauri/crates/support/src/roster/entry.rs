//! One connection of the roster: what is known of it, and where it stands.

use std::sync::Arc;

use authflow::{AuthflowId, Watch};
use jiff::Timestamp;
use login_flow::{Moment, Stage, View};
use managed_auth::{Connection, FlowStatus};

use super::{
    drawing::{Seen, apply, at_rest, blank, look, words},
    question::Question,
};
use crate::{
    authflow::AuthflowWatch,
    list::{Row, RowState, Standing},
    need::Need,
};

/// One connection, and how its flow stands.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) row: Row,
    pub(super) place: Place,
    /// For the search, in lower case.
    pub(super) words: String,
    /// Whether a flow runs, as far as is known.
    pub(super) run: Run,
    /// What is known from following, which is newer than what was listed.
    view: Option<Arc<View>>,
    /// The question that was told last, so that each is told once.
    told: Option<Question>,
    /// The question that the last read showed.
    seen: Option<Seen>,
    /// The walk that met it last.
    pub(super) met: u32,
    /// How many walks in a row have not met it.
    pub(super) missed: u32,
}

/// Whether a flow runs, as far as is known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Run {
    /// None does.
    Over,
    /// Until this time, by the service's clock.
    Until(Timestamp),
    /// For as long as it likes.
    Unbounded,
}

/// Where an entry stands: by need, then by the time that is left, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    rank: u8,
    until: Option<Timestamp>,
    domain: String,
    profile: String,
}

impl Entry {
    /// What a read says, with what was known before.
    pub(super) fn read(
        connection: &Connection,
        former: Option<Self>,
        now: Moment,
        walk: u32,
    ) -> Self {
        let run = Run::of(connection);
        let runs = run.is_on(now.wall);
        let (view, told, seen) = match former {
            Some(former) if former.is_newer_than(connection, runs) => {
                return Self {
                    met: walk,
                    missed: 0,
                    ..former
                };
            }
            Some(former) => (former.view, former.told, former.seen),
            None => (None, None, None),
        };
        let view = view.filter(|view| stands_after(view, connection, runs));
        let mut row = blank(connection);
        let seen = match &view {
            Some(view) => {
                apply(&mut row, view);
                seen
            }
            None => look(&mut row, connection, seen, now),
        };
        Self {
            words: words(&row),
            place: Place::of(&row),
            row,
            run,
            view,
            told,
            seen,
            met: walk,
            missed: 0,
        }
    }

    /// An authflow. No walk over Kernel's list meets it.
    pub(super) fn of_authflow(id: &AuthflowId, watch: &Watch, has_key: bool) -> Self {
        let row = Row::of_authflow(id, watch, has_key);
        Self {
            words: words(&row),
            place: Place::of(&row),
            row,
            run: Run::Over,
            view: None,
            told: None,
            seen: None,
            met: 0,
            missed: 0,
        }
    }

    /// Takes in how the followed flow stands. What it wants of a person, if that is news.
    pub(super) fn follow(&mut self, view: Arc<View>) -> Option<Need> {
        apply(&mut self.row, &view);
        if view.stage == Stage::LoggedIn {
            self.row.standing = Standing::LoggedIn;
            self.row.state = at_rest(&self.row.standing);
        }
        self.place = Place::of(&self.row);
        self.run = match (view.stage.is_end(), view.expires_at) {
            (true, _) => Run::Over,
            (false, Some(until)) => Run::Until(until),
            (false, None) => Run::Unbounded,
        };
        let need = self.tell(&view);
        self.view = Some(view);
        need
    }

    /// The flow is followed no longer. What is known of one that ended is kept.
    pub(super) fn let_go(&mut self) {
        self.view = self.view.take().filter(|view| view.stage.is_end());
    }

    fn tell(&mut self, view: &View) -> Option<Need> {
        let Some(asked) = Question::of(view) else {
            if self.told.as_ref().is_some_and(|told| told.is_over(view)) {
                self.told = None;
            }
            return None;
        };
        let need = asked.need;
        let is_news = !self.told.as_ref().is_some_and(|told| told.is(&asked));
        self.told = Some(asked);
        is_news.then_some(need)
    }

    /// Whether a read is of the time before the end that is known: a flow that ended does not run
    /// again, but a page of the list may have been long on its way.
    fn is_newer_than(&self, connection: &Connection, runs: bool) -> bool {
        self.view.as_ref().is_some_and(|view| {
            matches!(
                view.stage,
                Stage::LoggedIn | Stage::Failed | Stage::Canceled
            ) && runs
                && view.expires_at.is_some()
                && view.expires_at == connection.flow_expires_at
        })
    }
}

/// Whether a followed view says more than a read. While its flow runs it does: it is newer than
/// any read of ours. After its end it stands until there is another flow.
fn stands_after(view: &View, connection: &Connection, runs: bool) -> bool {
    let has_newer_flow = view
        .expires_at
        .zip(connection.flow_expires_at)
        .is_some_and(|(known, read)| read > known);
    !view.stage.is_end() || !(runs || has_newer_flow)
}

impl Run {
    /// Whether a flow runs (`kernel-api.md` 4.3).
    fn of(connection: &Connection) -> Self {
        let begun = matches!(
            connection.flow_status,
            Some(FlowStatus::InProgress | FlowStatus::Pending | FlowStatus::Unknown(_))
        );
        match (begun, connection.flow_expires_at) {
            (false, _) => Self::Over,
            (true, Some(until)) => Self::Until(until),
            (true, None) => Self::Unbounded,
        }
    }

    pub(super) fn is_on(self, now: Timestamp) -> bool {
        match self {
            Self::Over => false,
            Self::Until(until) => until > now,
            Self::Unbounded => true,
        }
    }
}

const WAITING: u8 = 0;
const RUNNING: u8 = 1;

impl Place {
    fn of(row: &Row) -> Self {
        let rank = match row.state {
            RowState::NeedsAPerson { .. } => WAITING,
            RowState::InProgress { .. }
            | RowState::Authflow {
                watch: AuthflowWatch::Watching,
                ..
            } => RUNNING,
            // Somebody asked for it a moment ago: it is not lost among thousands.
            RowState::Failed { .. } | RowState::Authflow { .. } | RowState::AuthflowWithoutKey => 2,
            RowState::NeedsLogin => 3,
            RowState::Unknown => 4,
            RowState::LoggedIn => 5,
        };
        let until = [row.answer_by, row.expires_at].into_iter().flatten().min();
        Self {
            rank,
            // Without a known end it comes after those that have one.
            until: (rank <= RUNNING).then_some(until.unwrap_or(Timestamp::MAX)),
            domain: row.domain.as_str().to_lowercase(),
            profile: row.profile.as_str().to_lowercase(),
        }
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.rank == WAITING
    }

    pub(super) fn is_running(&self) -> bool {
        self.rank <= RUNNING
    }
}
