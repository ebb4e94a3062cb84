//! The event stream: what it says, and what its loss means.

use std::time::Duration;

use managed_auth::{Error, ErrorBody, FlowEvent, StateEvent};

use crate::{
    clock::Moment,
    ending::{End, stream_ending},
    flow::{Effect, Flow},
    link::lost_by,
    merge::merge,
    text::Text,
    trouble::{Ending, is_upgrade},
    view::{Lost, Notice},
};

/// So many `error` events without a state between them end the following (`kernel-api.md` 16, 8).
const MOST_ERROR_EVENTS: u32 = 3;
/// So many refusals to stream a live flow end the following.
const MOST_REFUSALS: u32 = 5;

impl Flow {
    pub(crate) fn stream_opened(&mut self, now: Moment) {
        self.link.opened(now);
        self.pulse.restart();
        // The state may have moved between the last read and this moment. The stream's first event
        // may overtake this read.
        self.untold_backoff.reset();
        self.want_read();
    }

    pub(crate) fn event(&mut self, event: FlowEvent, now: Moment) {
        self.link.alive(now);
        match event {
            // It would show a step that was left. A read tells, should the times be wrong.
            FlowEvent::State(state) if self.is_overtaken(&state) => self.missed_something(now),
            FlowEvent::State(state) => {
                self.newest_event = state.timestamp.or(self.newest_event);
                self.events_seen += 1;
                if matches!(self.notice, Some(Notice::ServiceTrouble { .. })) {
                    self.notice = None;
                }
                self.error_events = 0;
                self.refusals = 0;
                self.last_news = now.steady;
                // An event is opened on a read, so something is known; without it there is
                // nothing to merge onto, and the read that is under way tells.
                let Some(known) = &mut self.known else { return };
                let told_at = state.timestamp;
                merge(known, *state);
                self.take_state(now);
                self.note_live(told_at);
            }
            FlowEvent::Heartbeat => self.pulse.beat(now.steady),
            FlowEvent::Error(body) => self.error_event(&body, now),
            FlowEvent::Malformed => self.missed_something(now),
            FlowEvent::Unknown => {}
        }
    }

    /// Whether an event was written before one that is known already.
    fn is_overtaken(&self, state: &StateEvent) -> bool {
        let written = state.timestamp.zip(self.newest_event);
        written.is_some_and(|(written, newest)| written < newest)
    }

    pub(crate) fn error_event(&mut self, body: &ErrorBody, now: Moment) {
        self.error_events += 1;
        let message = body.message.as_deref().and_then(Text::new);
        if is_upgrade(body.code.as_deref()) {
            return self.finish(End::of(Ending::ClientTooOld));
        }
        if self.error_events >= MOST_ERROR_EVENTS {
            return self.finish(End::Stopped(Ending::NoStream, message));
        }
        self.notice = Some(Notice::ServiceTrouble { message });
        self.effects.push(Effect::CloseStream);
        self.stream_lost(Lost::ServiceTrouble, None, now);
        self.want_read();
    }

    /// An event could not be read: it may have been a state.
    pub(crate) fn missed_something(&mut self, now: Moment) {
        self.link.alive(now);
        if self.reading.is_none() {
            self.read_later(now, None);
        }
    }

    pub(crate) fn stream_lost(&mut self, cause: Lost, asked: Option<Duration>, now: Moment) {
        let delay = self.stream_backoff.failed(self.link.lived(now), asked);
        self.link.lose(cause, now.steady + delay, now);
    }

    /// There is no stream for what may be a live flow: a read decides (`kernel-api.md` 16, 2).
    pub(crate) fn stream_refused(&mut self, now: Moment) {
        self.refusals += 1;
        if self.refusals >= MOST_REFUSALS {
            return self.finish(End::of(Ending::NoStream));
        }
        self.stream_lost(Lost::Ended, None, now);
        self.want_read();
    }

    pub(crate) fn stream_failed(&mut self, error: &Error, now: Moment) {
        if matches!(error, Error::NotFound(_)) {
            return self.stream_refused(now);
        }
        if let Some(ending) = stream_ending(error, self.following.audience) {
            return self.finish(ending.with(error));
        }
        let (cause, asked) = lost_by(error);
        self.stream_lost(cause, asked, now);
    }

    pub(crate) fn open_stream(&mut self) {
        self.effects.push(Effect::OpenStream);
        // Where the stream can't be had for a while, reads keep the flow moving.
        if self.stream_backoff.failures() >= 2 {
            self.want_read();
        }
        self.link.opening();
    }
}
