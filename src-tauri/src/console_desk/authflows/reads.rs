//! The reads of the authflows: when one is due it is made, and what comes of it is taken in.

use authflow::{AuthflowId, State, Summary};
use jiff::Timestamp;
use support::Roster;
use tokio::time::Instant;

use super::{AuthflowNews, Authflows, Reading};
use crate::console_desk::news::What;

impl Authflows {
    /// When something is due.
    pub(in crate::console_desk) fn due(&self) -> Option<Instant> {
        self.key.client()?;
        let due = self
            .watched
            .values()
            .filter_map(|watched| watched.watch.due());
        Some(self.begun + due.min()?)
    }

    /// Reads what is due. Whether a row has changed.
    pub(in crate::console_desk) fn read_due(&mut self, roster: &mut Roster) -> bool {
        let Some(client) = self.key.client().cloned() else {
            return self.draw_rows(roster);
        };
        let now = self.now();
        let mut changed = false;
        for (id, watched) in &mut self.watched {
            if watched.watch.tick(now) {
                let (id, client, gate) = (id.clone(), client.clone(), self.gate.clone());
                let (messenger, key_number) = (self.messenger.clone(), self.key_number);
                watched.reading = Some(Reading(tokio::spawn(async move {
                    let outcome = {
                        let _turn = gate.pass().await;
                        Box::new(client.fetch(&id).await)
                    };
                    let news = AuthflowNews::Read {
                        id,
                        key_number,
                        outcome,
                    };
                    messenger.tell(What::Authflow(news)).await;
                })));
            }
            changed |= roster.watch(id, &watched.watch, true);
        }
        changed
    }

    /// Takes in what came. Whether a row has changed.
    pub(in crate::console_desk) fn hear(
        &mut self,
        news: AuthflowNews,
        roster: &mut Roster,
    ) -> bool {
        match news {
            AuthflowNews::Key { number, what } if number == self.key_number => {
                self.hear_of_key(what, roster)
            }
            AuthflowNews::Read {
                id,
                key_number,
                outcome,
            } if key_number == self.key_number => self.was_read(&id, *outcome, roster),
            // Of a key that is not used any more.
            AuthflowNews::Key { .. } | AuthflowNews::Read { .. } => false,
        }
    }

    fn was_read(
        &mut self,
        id: &AuthflowId,
        outcome: Result<Summary, authflow::Error>,
        roster: &mut Roster,
    ) -> bool {
        let outcome = outcome.map_err(|error| self.key.taken_out_of(error));
        if !self.key_passes(&outcome) {
            // That is about all of them: they wait for another key.
            return self.draw_rows(roster);
        }
        let now = self.now();
        let Some(watched) = self.watched.get_mut(id) else {
            return false;
        };
        watched.reading = None;
        match outcome {
            Ok(summary) => watched.watch.read(summary, now, Timestamp::now()),
            Err(error) => watched.watch.failed(error, now),
        }
        self.draw_row(id, roster)
    }

    /// From now on another key counts, or none: what the last one was asked for is for nobody.
    pub(super) fn next_key(&mut self) {
        self.key_number += 1;
        for watched in self.watched.values_mut() {
            watched.reading = None;
        }
    }

    /// There is a key: what has not ended is read with it, with all its time before it. Also what
    /// could not be read, as another key may see more.
    pub(in crate::console_desk) fn go_on(&mut self, roster: &mut Roster) -> bool {
        let now = self.now();
        for watched in self.watched.values_mut() {
            if matches!(watched.watch.state(), State::Watching | State::Stopped) {
                watched.watch.again(now);
            }
        }
        self.read_due(roster)
    }
}
