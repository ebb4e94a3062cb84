//! The question that stands, and whether it may be answered now.

use std::time::Duration;

use jiff::Timestamp;

use crate::{clock::Moment, prompt::Asked};

/// How long an accepted answer may go without news before the question may be answered again
/// (`kernel-api.md` 8.3).
pub(crate) const UNANSWERED_AFTER: Duration = Duration::from_secs(15);

/// The question that stands, if any, and what is happening to its answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    standing: Option<Standing>,
    /// Names legacy prompts, which the service gives no name.
    legacy_prompts: u64,
    /// The last question that was answered, until it is known whether it is asked again.
    answered: Option<Asked>,
    /// How often in a row the same question came back after an answer.
    rounds: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// What the screen calls it, and an answer brings back.
    pub(crate) shown_id: String,
    pub(crate) asked: Asked,
    /// When it was first seen, by the service's clock.
    pub(crate) since: Timestamp,
    pub(crate) lock: Lock,
}

/// Why a question can't be answered right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// It can.
    Open,
    /// The answer is on its way.
    Sending,
    /// The answer was accepted at this time; the result comes as state.
    Accepted(Duration),
    /// The answer may or may not have arrived, or was for an older question: a read decides.
    Unknown,
    /// The service asked to wait until this time.
    Waiting(Duration),
}

impl Question {
    pub(crate) fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    pub(crate) fn rounds(&self) -> u32 {
        self.rounds
    }

    /// Takes the question out of a new state. A question that stands already keeps its lock: a
    /// late state after an answer must not unlock the form, nor wipe what was typed
    /// (`kernel-api.md` 14, 14).
    ///
    /// Whether a different question stands now.
    pub(crate) fn follow(&mut self, asked: Option<Asked>, service_time: Timestamp) -> bool {
        let Some(asked) = asked else {
            self.standing = None;
            return false;
        };
        if let Some(standing) = self
            .standing
            .as_mut()
            .filter(|standing| is_same(&standing.asked, &asked))
        {
            standing.asked = asked;
            return false;
        }
        self.rounds = match self.answered.take() {
            Some(answered) if answered.same_question(&asked) => self.rounds + 1,
            _ => 0,
        };
        let shown_id = self.name(&asked);
        self.standing = Some(Standing {
            shown_id,
            asked,
            since: service_time,
            lock: Lock::Open,
        });
        true
    }

    fn name(&mut self, asked: &Asked) -> String {
        if let Some(id) = &asked.wire_id {
            return id.clone();
        }
        self.legacy_prompts += 1;
        format!("legacy-{}", self.legacy_prompts)
    }

    /// Sets the lock of the question that is called `shown_id`, if it still stands.
    pub(crate) fn lock(&mut self, shown_id: &str, lock: Lock) {
        if let Some(standing) = self
            .standing
            .as_mut()
            .filter(|standing| standing.shown_id == shown_id)
        {
            standing.lock = lock;
        }
    }

    /// The answer to the question called `shown_id` was accepted.
    pub(crate) fn accepted(&mut self, shown_id: &str, asked: Asked, now: Moment) {
        self.answered = Some(asked);
        self.lock(shown_id, Lock::Accepted(now.steady));
    }

    /// Whether only a read can say if the question may be answered.
    pub(crate) fn waits_for_read(&self) -> bool {
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| standing.lock == Lock::Unknown)
    }

    /// A full read shows that the question still stands: unlocks it where the read is what was
    /// waited for. Whether an accepted answer has come to nothing.
    pub(crate) fn confirmed_by_read(&mut self, now: Moment) -> bool {
        let Some(standing) = &mut self.standing else {
            return false;
        };
        match standing.lock {
            Lock::Unknown => {
                standing.lock = Lock::Open;
                false
            }
            Lock::Accepted(at) if now.steady >= at + UNANSWERED_AFTER => {
                standing.lock = Lock::Open;
                true
            }
            Lock::Accepted(_) | Lock::Open | Lock::Sending | Lock::Waiting(_) => false,
        }
    }

    /// Lets a question be answered whose pause is over.
    pub(crate) fn time_passed(&mut self, now: Moment) -> bool {
        match &mut self.standing {
            Some(Standing {
                lock: lock @ Lock::Waiting(_),
                ..
            }) => {
                let over = matches!(lock, Lock::Waiting(until) if now.steady >= *until);
                if over {
                    *lock = Lock::Open;
                }
                over
            }
            _ => false,
        }
    }

    /// When time will change something here.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        match self.standing.as_ref()?.lock {
            Lock::Waiting(until) => Some(until),
            Lock::Open | Lock::Sending | Lock::Accepted(_) | Lock::Unknown => None,
        }
    }
}

/// Named prompts are the same by their name. Legacy ones have none, so their content decides.
fn is_same(standing: &Asked, asked: &Asked) -> bool {
    match (&standing.wire_id, &asked.wire_id) {
        (Some(one), Some(other)) => one == other,
        (None, None) => standing == asked,
        _ => false,
    }
}
