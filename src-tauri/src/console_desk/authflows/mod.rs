//! Prefactor's authflows beside Kernel's connections: looked up by id, and read again until they
//! end.
//!
//! The rules of the watch are those of [`authflow::Watch`]; here are its reads, its key, and what
//! of it is open.

mod door;
mod drawing;
mod key;
mod orders;

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use authflow::{AuthflowId, IdProblem, State, Summary, Watch};
use follower::Gate;
use jiff::Timestamp;
use managed_auth::Journal;
use support::{Roster, Subject};
use tokio::{task::JoinHandle, time::Instant};

use super::news::{Messenger, What};
use crate::{
    api_key::KeyStore,
    environment::{AuthflowEndpoint, Environment},
};
use key::Key;

pub(super) use orders::AuthflowOrder;

/// So many authflows are watched; a new one takes the place of one that has ended, else of the one
/// that was looked up first.
const MOST_WATCHED: usize = 50;
/// Reads that may be on their way at once.
const ON_THEIR_WAY: usize = 4;
/// One begins at most this often. Nothing is known of a limit (`authflow-api.md` 10, 9).
const APART: Duration = Duration::from_millis(100);

/// The authflows of one environment.
pub(super) struct Authflows {
    /// The name of the environment, under which the key is kept.
    environment: String,
    endpoint: Option<AuthflowEndpoint>,
    pub(super) journal: Journal,
    messenger: Messenger,
    keys: KeyStore,
    key: Key,
    /// Counts the keys, so that what an older one brings is known for that.
    key_number: u64,
    watched: HashMap<AuthflowId, Watched>,
    open: Option<Opened>,
    gate: Gate,
    begun: Instant,
}

/// What is open.
enum Opened {
    /// The environment has no Prefactor service.
    NoService(String),
    /// It was not taken for an id.
    NotTaken { text: String, problem: IdProblem },
    /// It is watched.
    Watched(AuthflowId),
}

/// One that is watched.
struct Watched {
    watch: Watch,
    looked_up: Instant,
    reading: Option<Reading>,
}

/// A read that is on its way. It ends when this is dropped.
struct Reading(JoinHandle<()>);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What came by itself.
#[derive(Debug)]
pub(super) enum AuthflowNews {
    /// The keychain has answered.
    KeyFound(Result<Option<secrecy::SecretString>, keychain::KeychainTrouble>),
    /// The keychain has taken a key, or not.
    KeyKept(Result<(), keychain::KeychainTrouble>),
    /// An authflow was read with the key of this number.
    Read {
        id: AuthflowId,
        key_number: u64,
        outcome: Box<Result<Summary, authflow::Error>>,
    },
}

impl Authflows {
    /// Begins to look for the key, where there is a service that needs one.
    pub(super) fn begin(environment: &Environment, keys: &KeyStore, messenger: Messenger) -> Self {
        let mut authflows = Self {
            environment: environment.name.clone(),
            endpoint: environment.authflow.clone(),
            journal: Journal::default(),
            messenger,
            keys: keys.of_prefactor(),
            key: Key::Wanted,
            key_number: 0,
            watched: HashMap::new(),
            open: None,
            gate: Gate::new(ON_THEIR_WAY, APART),
            begun: Instant::now(),
        };
        if environment.is_sandbox {
            authflows.use_sandbox_key();
        } else if authflows.endpoint.is_some() {
            authflows.ask_keychain();
        }
        authflows
    }

    /// What is open.
    pub(super) fn subject(&self) -> Option<Subject> {
        let id = match self.open.as_ref()? {
            Opened::NoService(text) | Opened::NotTaken { text, .. } => text.as_str(),
            Opened::Watched(id) => id.as_str(),
        };
        Some(Subject::Authflow(id.to_owned()))
    }

    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Looks an authflow up: opens it, and watches it if it can be. Why not, if its id is not taken
    /// for one; somebody who insists is believed where it may be one all the same.
    fn look_up(
        &mut self,
        text: &str,
        insist: bool,
        roster: &mut Roster,
    ) -> Result<AuthflowId, IdProblem> {
        let read = if insist {
            AuthflowId::parse_any(text)
        } else {
            AuthflowId::parse(text)
        };
        let id = read?;
        let Some(endpoint) = &self.endpoint else {
            self.open = Some(Opened::NoService(id.as_str().to_owned()));
            return Ok(id);
        };
        let (meaning, limit) = (endpoint.meaning.clone(), endpoint.watch_for);
        let now = self.now();
        if let Some(watched) = self.watched.get_mut(&id) {
            watched.again(now);
        } else {
            self.make_room(roster);
            let watched = Watched {
                // Those that are looked up together are read apart.
                watch: Watch::new(meaning, limit, RandomState::new().hash_one(&id), now),
                looked_up: Instant::now(),
                reading: None,
            };
            self.watched.insert(id.clone(), watched);
        }
        self.open = Some(Opened::Watched(id.clone()));
        self.read_due(roster);
        self.draw_row(&id, roster);
        Ok(id)
    }

    /// A link names an authflow. What can't be one is shown with why.
    pub(super) fn look_up_by_link(&mut self, text: String, roster: &mut Roster) {
        if let Err(problem) = self.look_up(&text, false, roster) {
            self.open = Some(Opened::NotTaken { text, problem });
        }
    }

    fn make_room(&mut self, roster: &mut Roster) {
        if self.watched.len() < MOST_WATCHED {
            return;
        }
        let first = self
            .watched
            .iter()
            .min_by_key(|(_, watched)| {
                (watched.watch.state() == State::Watching, watched.looked_up)
            })
            .map(|(id, _)| id.clone());
        if let Some(id) = first {
            self.forget(&id, roster);
        }
    }

    /// Opens one that is in the list.
    fn open(&mut self, id: &str) {
        let known = self.watched.keys().find(|known| known.as_str() == id);
        if let Some(known) = known {
            self.open = Some(Opened::Watched(known.clone()));
        }
    }

    /// Reads it now, and watches it again.
    fn check(&mut self, id: &str, roster: &mut Roster) {
        let now = self.now();
        let known = self
            .watched
            .iter_mut()
            .find(|(known, _)| known.as_str() == id);
        let Some((id, watched)) = known else { return };
        watched.again(now);
        let id = id.clone();
        self.read_due(roster);
        self.draw_row(&id, roster);
    }

    /// Watches it no longer.
    fn forget(&mut self, id: &AuthflowId, roster: &mut Roster) {
        self.watched.remove(id);
        roster.forget_authflow(id);
        if matches!(&self.open, Some(Opened::Watched(open)) if open == id) {
            self.open = None;
        }
    }

    /// When something is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.key.client()?;
        let due = self
            .watched
            .values()
            .filter_map(|watched| watched.watch.due());
        Some(self.begun + due.min()?)
    }

    /// Reads what is due. Whether a row has changed.
    pub(super) fn read_due(&mut self, roster: &mut Roster) -> bool {
        let Some(client) = self.key.client().cloned() else {
            return false;
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
            changed |= roster.watch(id, &watched.watch);
        }
        changed
    }

    /// Takes in what came. Whether a row has changed.
    pub(super) fn hear(&mut self, news: AuthflowNews, roster: &mut Roster) -> bool {
        match news {
            AuthflowNews::KeyFound(found) => {
                self.key_found(found);
                self.read_due(roster)
            }
            AuthflowNews::KeyKept(outcome) => {
                self.key_kept(outcome);
                false
            }
            AuthflowNews::Read {
                id,
                key_number,
                outcome,
            } => key_number == self.key_number && self.was_read(&id, *outcome, roster),
        }
    }

    fn was_read(
        &mut self,
        id: &AuthflowId,
        outcome: Result<Summary, authflow::Error>,
        roster: &mut Roster,
    ) -> bool {
        self.judge_key(&outcome);
        let now = self.now();
        let Some(watched) = self.watched.get_mut(id) else {
            return false;
        };
        watched.reading = None;
        match outcome {
            Ok(summary) => watched.watch.read(summary, now, Timestamp::now()),
            Err(error) if key::is_about_key(&error) => {
                // It is about all of them.
                self.halt(&error);
                return self.draw_rows(roster);
            }
            Err(error) => watched.watch.failed(error, now),
        }
        self.draw_row(id, roster)
    }

    /// Nothing can be read, as the key is refused or gone: all stop, and go on with another.
    fn halt(&mut self, error: &authflow::Error) {
        let now = self.now();
        for watched in self.watched.values_mut() {
            if watched.watch.state() == State::Watching {
                watched.reading = None;
                watched.watch.failed(error.clone(), now);
            }
        }
    }

    /// There is another key: what the last one stopped goes on.
    fn go_on(&mut self) {
        let now = self.now();
        for watched in self.watched.values_mut() {
            let waits_for_key = watched.watch.trouble().is_some_and(key::is_about_key);
            if waits_for_key || watched.reading.take().is_some() {
                watched.watch.again(now);
            }
        }
    }

    fn draw_row(&self, id: &AuthflowId, roster: &mut Roster) -> bool {
        self.watched
            .get(id)
            .is_some_and(|watched| roster.watch(id, &watched.watch))
    }

    fn draw_rows(&self, roster: &mut Roster) -> bool {
        let mut changed = false;
        for (id, watched) in &self.watched {
            changed |= roster.watch(id, &watched.watch);
        }
        changed
    }

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }
}

impl Watched {
    /// Reads it now, unless that is on its way, and watches it again.
    fn again(&mut self, now: Duration) {
        self.reading = None;
        self.watch.again(now);
    }
}
