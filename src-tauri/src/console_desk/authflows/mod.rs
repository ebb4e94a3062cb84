//! Prefactor's authflows beside Kernel's connections: looked up by id, and read again until they
//! end.
//!
//! The rules of the watch are those of [`authflow::Watch`]; here are its reads, its key, and what
//! of it is open.

mod door;
mod drawing;
mod key;
mod orders;
mod reads;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Duration,
};

use authflow::{AuthflowId, IdProblem, State, Summary, Watch};
use follower::Gate;
use managed_auth::Journal;
use support::{Roster, Subject};
use tokio::{sync::Mutex, task::JoinHandle, time::Instant};

use super::news::Messenger;
use crate::{
    api_key::KeyStore,
    environment::{AuthflowEndpoint, Environment},
};
use key::{Key, KeyNews};

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
    /// Counts the changes of the key, so that what comes for an older one is known for that.
    key_number: u64,
    /// One call to the keychain at a time: what was asked first is done first.
    keychain: Arc<Mutex<()>>,
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
    /// Of the key of this number.
    Key { number: u64, what: KeyNews },
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
        let name = environment.name.clone();
        let endpoint = environment.authflow.clone();
        let mut authflows = Self::without_key(name, endpoint, keys.of_prefactor(), messenger);
        if environment.is_sandbox {
            authflows.take_sandbox_key();
        } else if authflows.endpoint.is_some() {
            authflows.ask_keychain();
        }
        authflows
    }

    fn without_key(
        environment: String,
        endpoint: Option<AuthflowEndpoint>,
        keys: KeyStore,
        messenger: Messenger,
    ) -> Self {
        Self {
            environment,
            endpoint,
            journal: Journal::default(),
            messenger,
            keys,
            key: Key::Wanted,
            key_number: 0,
            keychain: Arc::default(),
            watched: HashMap::new(),
            open: None,
            gate: Gate::new(ON_THEIR_WAY, APART),
            begun: Instant::now(),
        }
    }

    /// Takes the authflows out of a world that ends.
    pub(super) fn leave(&mut self) -> Self {
        let (name, keys) = (self.environment.clone(), self.keys.clone());
        let nothing = Self::without_key(name, None, keys, self.messenger.clone());
        std::mem::replace(self, nothing)
    }

    /// Brings what is watched, with its key, into another world of the same environment. `None` if
    /// the service is another one there.
    pub(super) fn go_over(
        mut self,
        environment: &Environment,
        messenger: Messenger,
    ) -> Option<Self> {
        if self.environment != environment.name || self.endpoint != environment.authflow {
            return None;
        }
        self.messenger = messenger;
        self.open = None;
        // What was on its way was for the world before.
        self.next_key();
        self.ask_keychain_once_more();
        Some(self)
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
        let id = AuthflowId::parse_any(text)?;
        // Of one that is watched somebody has said that it is one.
        if !(insist || id.is_usual() || self.watched.contains_key(&id)) {
            return Err(IdProblem::Unusual);
        }
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

    fn draw_row(&self, id: &AuthflowId, roster: &mut Roster) -> bool {
        self.watched
            .get(id)
            .is_some_and(|watched| roster.watch(id, &watched.watch, self.key.client().is_some()))
    }

    fn draw_rows(&self, roster: &mut Roster) -> bool {
        let has_key = self.key.client().is_some();
        let mut changed = false;
        for (id, watched) in &self.watched {
            changed |= roster.watch(id, &watched.watch, has_key);
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
