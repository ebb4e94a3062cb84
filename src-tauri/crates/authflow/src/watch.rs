//! Watching an authflow by reading it again: there is no stream (`authflow-api.md` 3.4 and 4.1).
//!
//! A state machine without I/O. Time is a steady clock's, from any beginning.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    error::Error,
    status::{Meaning, Phase, Status},
    summary::Summary,
};

/// After something has moved it is read this soon again, then at twice the interval each time.
const SOON: Duration = Duration::from_secs(2);
/// However long nothing moves.
const SELDOM: Duration = Duration::from_secs(15);
/// The longest wait that a service may ask for.
const LONGEST_ASKED: Duration = Duration::from_mins(5);
/// How long an authflow is watched unless something else is set. Prefactor knows neither failure
/// nor expiry, so somebody who has gone away would be waited for for ever.
pub const DEADLINE: Duration = Duration::from_mins(20);
/// Most changes that are remembered.
const MOST_CHANGES: usize = 50;

/// An authflow that is watched.
#[derive(Clone, Debug)]
pub struct Watch {
    meaning: Meaning,
    limit: Duration,
    dice: fastrand::Rng,
    state: State,
    latest: Option<Summary>,
    read_at: Option<Timestamp>,
    history: Vec<Change>,
    /// The interval before the next read, before jitter.
    interval: Duration,
    /// When the watch ends by itself.
    until: Duration,
    next: Option<Duration>,
    trouble: Option<Error>,
}

/// How a watch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Read again and again.
    Watching,
    /// The authflow has ended.
    Ended,
    /// The deadline has passed, and the authflow has not ended.
    GivenUp,
    /// It can't be read, and trying again by itself would not help.
    Stopped,
}

/// A status that was seen, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// By this computer's clock.
    pub at: Timestamp,
    /// Which; `None` if the service named none.
    pub status: Option<Status>,
}

impl Watch {
    /// Begins to watch; the first read is due at once. `seed` sets the jitter, so that many
    /// watches don't ask in step.
    #[must_use]
    pub fn new(meaning: Meaning, limit: Duration, seed: u64, now: Duration) -> Self {
        Self {
            meaning,
            limit,
            dice: fastrand::Rng::with_seed(seed),
            state: State::Watching,
            latest: None,
            read_at: None,
            history: Vec::new(),
            interval: SOON,
            until: now.saturating_add(limit),
            next: Some(now),
            trouble: None,
        }
    }

    /// It was read.
    pub fn read(&mut self, summary: Summary, now: Duration, wall: Timestamp) {
        let moved = self.latest.as_ref().is_none_or(|known| {
            known.status != summary.status
                || known.last_seen.as_ref().map(|seen| seen.at)
                    != summary.last_seen.as_ref().map(|seen| seen.at)
        });
        let is_news = self.history.last().map(|change| &change.status) != Some(&summary.status);
        if is_news {
            self.note(Change {
                at: wall,
                status: summary.status.clone(),
            });
        }
        self.interval = if moved { SOON } else { doubled(self.interval) };
        self.latest = Some(summary);
        self.read_at = Some(wall);
        self.trouble = None;
        match self.phase() {
            Phase::Success | Phase::Cancelled => self.stop(State::Ended),
            // A word of another time may stand for something on the way.
            Phase::Waiting | Phase::Unknown => self.wait(Duration::ZERO, now),
        }
    }

    /// It could not be read.
    pub fn failed(&mut self, error: Error, now: Duration) {
        if error.may_pass() {
            self.interval = doubled(self.interval);
            let asked = error.retry_after().unwrap_or_default().min(LONGEST_ASKED);
            self.trouble = Some(error);
            self.wait(asked, now);
        } else {
            self.trouble = Some(error);
            self.stop(State::Stopped);
        }
    }

    /// The person wants to go on, or to look again now.
    pub fn again(&mut self, now: Duration) {
        self.state = State::Watching;
        self.until = now.saturating_add(self.limit);
        self.interval = SOON;
        self.next = Some(now);
    }

    /// The time has passed at which something was due. Whether to read now.
    pub fn tick(&mut self, now: Duration) -> bool {
        if self.state != State::Watching {
            return false;
        }
        if now >= self.until {
            self.stop(State::GivenUp);
            return false;
        }
        let is_due = self.next.is_some_and(|next| now >= next);
        if is_due {
            // One read at a time; what comes of it sets the next.
            self.next = None;
        }
        is_due
    }

    /// When something is due next: a read, or the end of patience.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        (self.state == State::Watching)
            .then(|| self.next.map_or(self.until, |next| next.min(self.until)))
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// What the latest status means. Of something that was never read nobody knows.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let latest = self.latest.as_ref();
        self.meaning
            .of(latest.and_then(|latest| latest.status.as_ref()))
    }

    /// What was read last.
    #[must_use]
    pub fn latest(&self) -> Option<&Summary> {
        self.latest.as_ref()
    }

    /// When it was read last, by this computer's clock.
    #[must_use]
    pub fn read_at(&self) -> Option<Timestamp> {
        self.read_at
    }

    /// Why the last read failed, if it did.
    #[must_use]
    pub fn trouble(&self) -> Option<&Error> {
        self.trouble.as_ref()
    }

    /// The statuses seen, the oldest first.
    #[must_use]
    pub fn history(&self) -> &[Change] {
        &self.history
    }

    /// How long it is watched at most.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    fn note(&mut self, change: Change) {
        if self.history.len() == MOST_CHANGES {
            self.history.remove(0);
        }
        self.history.push(change);
    }

    /// Between half and all of the interval, and no less than what was asked for.
    fn wait(&mut self, asked: Duration, now: Duration) {
        let jittered = self.interval.mul_f64(0.5 + self.dice.f64() / 2.0);
        if self.state == State::Watching {
            self.next = Some(now.saturating_add(jittered.max(asked)));
        }
    }

    fn stop(&mut self, state: State) {
        self.state = state;
        self.next = None;
    }
}

fn doubled(interval: Duration) -> Duration {
    (interval * 2).min(SELDOM)
}
