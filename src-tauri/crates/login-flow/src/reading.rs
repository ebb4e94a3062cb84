//! Full reads: what they tell, and when one is wanted.

use std::time::Duration;

use jiff::Timestamp;
use managed_auth::{Connection, Error, FlowStatus};

use crate::{
    clock::{ClockGap, Moment},
    ending::{End, read_ending},
    flow::{Effect, Flow},
    link::{Link, lost_by},
    merge::take_what_events_lack,
    trouble::{Audience, Ending},
    view::Notice,
};

/// After the flow's time is over, the service gets this long to say so itself.
const GRACE: Duration = Duration::from_secs(2);
/// While a form is locked until a read tells what became of its answer, somebody sits before it:
/// no two reads are further apart, unless the service asks for it.
const LOCKED_FORM_WAITS: Duration = Duration::from_secs(5);
/// So many failed reads after the flow's time is over mean that nobody will tell how it ended.
const MOST_READS_AFTER_EXPIRY: u32 = 3;

impl Flow {
    pub(crate) fn read(
        &mut self,
        connection: Connection,
        service_time: Option<Timestamp>,
        now: Moment,
    ) {
        let events_before = self.reading.take();
        // The service answers: what failed before does not put off what is read next.
        self.read_backoff.reset();
        self.reads_after_expiry = 0;
        if let Some(time) = service_time {
            self.clock = ClockGap::measure(now, time);
            self.over_at = None;
        }
        // Nobody can say which is newer: this read, or an event that came while it was on its
        // way (`kernel-api.md` 7.1, 5).
        let overtaken = events_before.is_some_and(|before| before != self.events_seen);
        if overtaken && let Some(known) = &mut self.known {
            take_what_events_lack(known, connection);
            self.learn_expiry(now);
            // A form does not wait longer each time.
            if self.question.waits_for_read() {
                self.untold_backoff.reset();
            }
            self.read_untold(now);
        } else if self.describes_an_older_flow(&connection) {
            self.expect_own_flow(connection, now);
        } else {
            self.untold_backoff.reset();
            self.apply_read(connection, now);
            self.note_live(service_time);
        }
    }

    fn apply_read(&mut self, connection: Connection, now: Moment) {
        self.known = Some(connection);
        self.learn_expiry(now);
        self.take_state(now);
        if self.end.is_some() {
            return;
        }
        if self
            .known
            .as_ref()
            .is_some_and(|known| known.flow_status.is_none())
        {
            return match (self.seen_live, self.following.audience) {
                (false, Audience::Support) => self.finish(End::of(Ending::NotRunning)),
                // A guest's link belongs to a flow, so one that is not there any more has ended.
                (true, _) | (_, Audience::Guest) => self.was_forgotten(now),
            };
        }
        if self.is_past_its_time(now) {
            return self.finish(End::of(Ending::Expired));
        }
        if self.question.confirmed_by_read(now) {
            self.notice = Some(Notice::StillAsked);
        }
        self.open_first_stream();
    }

    fn open_first_stream(&mut self) {
        if matches!(self.link, Link::Off | Link::OutOfReach { .. }) {
            self.open_stream();
        }
    }

    /// Until a read shows the flow that we started, a finished flow in it is an older one.
    fn describes_an_older_flow(&self, connection: &Connection) -> bool {
        let Some(started_until) = self.following.started_until else {
            return false;
        };
        let over = connection
            .flow_status
            .as_ref()
            .is_none_or(FlowStatus::is_terminal);
        over && !self.seen_live && connection.flow_expires_at != Some(started_until)
    }

    /// Shows the flow that was started in place of the older one that was read, which may take the
    /// service's reads more than a moment to forget.
    fn expect_own_flow(&mut self, older: Connection, now: Moment) {
        self.known = Some(Connection {
            flow_status: Some(FlowStatus::InProgress),
            flow_step: None,
            flow_expires_at: self.following.started_until,
            prompt: managed_auth::Prompt::default(),
            hosted_url: None,
            live_view_url: None,
            ..older
        });
        self.learn_expiry(now);
        if self.is_past_its_time(now) {
            return self.finish(End::of(Ending::Unconfirmed));
        }
        self.read_untold(now);
        self.open_first_stream();
    }

    pub(crate) fn read_failed(&mut self, error: &Error, now: Moment) {
        self.reading = None;
        if let Some(ending) = read_ending(error, self.following.audience) {
            return self.finish(ending.with(error));
        }
        if self.is_past_its_time(now) {
            self.reads_after_expiry += 1;
            if self.reads_after_expiry >= MOST_READS_AFTER_EXPIRY {
                return self.finish(End::of(Ending::Unconfirmed));
            }
        }
        let (cause, asked) = lost_by(error);
        self.read_later(now, asked);
        if !self.link.is_up() {
            self.link.note_trouble(cause, now);
        }
    }

    /// Reads as soon as may be: not beside another read, and not while an answer is on its way.
    pub(crate) fn want_read(&mut self) {
        if self.inquiry.is_some() {
            return;
        }
        if self.in_flight.is_some() || self.reading.is_some() {
            self.read_again_at = self.read_again_at.or(Some(Duration::ZERO));
            return;
        }
        self.read_again_at = None;
        self.reading = Some(self.events_seen);
        self.effects.push(Effect::Read);
    }

    pub(crate) fn read_later(&mut self, now: Moment, asked: Option<Duration>) {
        let mut delay = self.read_backoff.failed(Duration::ZERO, asked);
        if self.question.waits_for_read() {
            delay = delay.min(asked.unwrap_or_default().max(LOCKED_FORM_WAITS));
        }
        self.read_again(now.steady + delay);
    }

    /// Reads again after a read that does not tell how the flow stands. The delays grow, as a flow
    /// that speaks all the time would else be read all the time.
    fn read_untold(&mut self, now: Moment) {
        let delay = self.untold_backoff.failed(Duration::ZERO, None);
        self.read_again(now.steady + delay);
    }

    fn read_again(&mut self, at: Duration) {
        self.read_again_at = Some(self.read_again_at.map_or(at, |planned| planned.min(at)));
    }

    /// Puts the end of the flow's time onto the steady clock, where a changed wall clock can't
    /// move it.
    pub(crate) fn learn_expiry(&mut self, now: Moment) {
        let Some(expires_at) = self.known.as_ref().and_then(|known| known.flow_expires_at) else {
            self.over_at = None;
            return;
        };
        if self.over_at.is_none() {
            let over = expires_at.checked_add(GRACE).unwrap_or(expires_at);
            self.over_at = Some(now.steady.saturating_add(self.clock.until(over, now)));
        }
    }

    pub(crate) fn is_past_its_time(&self, now: Moment) -> bool {
        self.over_at.is_some_and(|at| now.steady >= at)
    }
}
