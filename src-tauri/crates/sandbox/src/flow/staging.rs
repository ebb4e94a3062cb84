//! Bringing a login to where a populated world has it, without waiting for it to get there.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::{Flow, Next};
use crate::{clock, scenario::End};

impl Flow {
    /// The remote browser is done with what it is doing, however long that takes.
    pub(crate) fn hurry(&mut self) {
        while matches!(self.state.as_str(), "DISCOVERING" | "SUBMITTING") && self.is_live() {
            let Some((at, _)) = &self.next else { return };
            let at = *at;
            self.tick(at);
        }
    }

    /// The form takes this long to find, from now.
    pub(crate) fn look_for(&mut self, time: Duration) {
        if self.state == "DISCOVERING" {
            self.next = Some((Instant::now() + time, Next::Enter(0)));
        }
    }

    /// As if it had begun so long ago that this much of its time is left; at most all of it.
    pub(crate) fn leave(&mut self, left: Duration) {
        let all = self.expires.saturating_duration_since(Instant::now());
        let gone = all.saturating_sub(left);
        self.expires = self.expires.checked_sub(gone).unwrap_or(self.expires);
        self.started = clock::before(self.started, gone);
        self.expires_at = clock::before(self.expires_at, gone);
    }

    /// It ends in this step, like this.
    pub(crate) fn end_in(&mut self, step: &str, end: &End) {
        step.clone_into(&mut self.state);
        self.finish(end);
    }

    /// As if it had begun then and taken this long, now that it is over.
    pub(crate) fn set_in_the_past(&mut self, started: Timestamp, took: Duration) {
        self.started = started;
        self.updated = clock::after(started, took);
        self.completed = Some(self.updated);
        self.expires_at = clock::after(started, self.settings.flow_limit);
    }
}
