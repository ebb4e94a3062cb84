//! Support's world: one environment, worked in with a key that is accepted.

use std::{collections::HashMap, time::Duration};

use follower::Gate;
use jiff::{SignedDuration, Timestamp};
use login_flow::{Text, Trouble};
use managed_auth::{Client, Connection, Error, Journal, Read};
use secrecy::SecretString;
use support::{Filter, Roster, Subject, Window, at, trouble_of};

use super::{
    authflows::Authflows,
    followed::Followed,
    news::{Messenger, What},
    opened::Opened,
    pages::WaysBack,
    search::Search,
    walk::Walk,
};
use crate::{
    console_window::{Look, Reading},
    environment::Environment,
    handoff::Handoff,
    login_window::KeychainUse,
};

/// Reads and streams that may be on their way at once.
const ON_THEIR_WAY: usize = 8;
/// One begins at most this often: below 40 in a second.
const APART: Duration = Duration::from_millis(28);

/// Support's world. When it is dropped, everything in it stops.
pub(super) struct World {
    pub(super) environment: Environment,
    pub(super) client: Client,
    /// The key, to keep it once there is a keychain.
    pub(super) key: SecretString,
    pub(super) kept: KeychainUse,
    pub(super) organization: Option<Text>,
    /// What was tried.
    pub(super) journal: Journal,
    pub(super) messenger: Messenger,
    pub(super) roster: Roster,
    pub(super) flows: HashMap<String, Followed>,
    /// The connection that is open. While one is, no authflow is.
    pub(super) open: Option<Opened>,
    pub(super) authflows: Authflows,
    pub(super) look: Look,
    pub(super) search: Search,
    pub(super) reading: Reading,
    pub(super) in_control: Option<String>,
    pub(super) not_found: Option<Text>,
    pub(super) gate: Gate,
    /// This computer's clock minus the service's.
    clock_ahead: SignedDuration,
    /// The links of the logins that were started here.
    pub(super) handoffs: HashMap<String, Handoff>,
    pub(super) ways_back: WaysBack,
    _walk: Walk,
}

impl World {
    pub(super) fn begin(
        environment: Environment,
        client: Client,
        key: SecretString,
        kept: KeychainUse,
        messenger: Messenger,
        journal: Journal,
        authflows: Authflows,
    ) -> Self {
        let walk = Walk::begin(client.clone(), messenger.clone());
        let mut roster = Roster::default();
        roster.begin_walk();
        Self {
            environment,
            client,
            key,
            kept,
            organization: None,
            journal,
            messenger,
            roster,
            flows: HashMap::new(),
            open: None,
            authflows,
            look: Look {
                filter: Filter::All,
                query: String::new(),
                first: 0,
                count: 100,
            },
            search: Search::default(),
            reading: Reading::First { known: 0 },
            in_control: None,
            not_found: None,
            gate: Gate::new(ON_THEIR_WAY, APART),
            clock_ahead: SignedDuration::ZERO,
            handoffs: HashMap::new(),
            ways_back: WaysBack::default(),
            _walk: walk,
        }
    }

    /// Looks at another part of the list.
    pub(super) fn look(&mut self, look: Look) {
        self.search.set(&look.query, &self.client, &self.messenger);
        self.look = look;
    }

    /// The part of the list that is looked at.
    pub(super) fn window<'a>(&'a self, open: Option<&'a Subject>) -> Window<'a> {
        Window {
            filter: self.look.filter,
            query: &self.look.query,
            found: self.search.found.as_ref(),
            first: usize::try_from(self.look.first).unwrap_or(usize::MAX),
            count: usize::try_from(self.look.count.min(200)).unwrap_or(200),
            open,
        }
    }

    pub(super) fn open_id(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.id.as_str())
    }

    /// Opens a connection, or none.
    pub(super) async fn open(&mut self, id: Option<String>, by_link: bool) {
        self.authflows.close();
        let Some(id) = id else {
            return self.close_connection();
        };
        if self.in_control.as_ref() != Some(&id) {
            self.in_control = None;
        }
        self.not_found = None;
        if self.open_id() != Some(&id) {
            self.open = Some(Opened::new(id.clone(), by_link));
            self.let_go_of_ended();
        }
        self.refresh_open().await;
        self.read(id);
    }

    /// No connection is open any more.
    pub(super) fn close_connection(&mut self) {
        self.in_control = None;
        self.not_found = None;
        self.open = None;
        self.let_go_of_ended();
    }

    /// Reads a connection by itself.
    pub(super) fn read(&self, id: String) {
        let (client, messenger) = (self.client.clone(), self.messenger.clone());
        tokio::spawn(async move {
            let outcome = client.get(&id).await.map(Box::new);
            messenger.tell(What::Read { id, outcome }).await;
        });
    }

    /// The person wants to know how a connection stands now.
    pub(super) async fn check(&mut self, id: String) {
        if let Some(followed) = self.flows.get(&id) {
            followed.follower.check_again().await;
        }
        self.read(id);
    }

    pub(super) fn listed(&mut self, connections: &[Connection], service_time: Option<Timestamp>) {
        self.learn_time(service_time);
        let now = at(self.service_now());
        for connection in connections {
            self.roster.read(connection, now);
        }
        if let Reading::First { known } = &mut self.reading {
            *known = u32::try_from(self.roster.len()).unwrap_or(u32::MAX);
        }
        self.follow_running();
    }

    pub(super) fn walk_over(&mut self, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) => {
                self.reading = Reading::Complete;
                for gone in self.roster.end_walk() {
                    self.flows.remove(&gone);
                }
            }
            Err(error) => {
                self.reading = Reading::Failed {
                    trouble: trouble_of(&error),
                    shown_before: !self.roster.is_empty(),
                };
            }
        }
        self.roster.begin_walk();
    }

    pub(super) fn found(&mut self, query: &str, connections: Result<Vec<Connection>, Error>) {
        // What can't be had is not waited for: the rows that are known here stand.
        let connections = connections.unwrap_or_default();
        self.listed(&connections, None);
        let ids = connections.into_iter().map(|connection| connection.id);
        self.search.answered(query, ids.collect());
    }

    pub(super) fn was_read(&mut self, id: &str, outcome: Result<Box<Read<Connection>>, Error>) {
        match outcome {
            Ok(read) => {
                self.learn_time(read.server_time);
                let connection = Box::new(read.value);
                self.roster.read(&connection, at(self.service_now()));
                if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
                    open.connection = Some(connection);
                    open.trouble = None;
                }
                self.follow_running();
            }
            Err(error @ (Error::NotFound(_) | Error::Gone(_))) => {
                self.is_gone(id, trouble_of(&error));
            }
            Err(error) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
                    open.trouble = Some(trouble_of(&error));
                }
            }
        }
    }

    /// A connection does not exist, or no longer.
    pub(super) fn is_gone(&mut self, id: &str, trouble: Trouble) {
        let was_known = self.roster.knows(id);
        self.roster.remove(id);
        self.flows.remove(id);
        self.handoffs.remove(id);
        if self.in_control.as_deref() == Some(id) {
            self.in_control = None;
        }
        let Some(open) = self.open.as_mut().filter(|open| open.id == id) else {
            return;
        };
        if open.by_link && !was_known {
            self.not_found = Some(Text::or_dash(id));
            self.open = None;
        } else {
            open.trouble = Some(trouble);
        }
    }

    /// The service's clock, which its times are by. This computer's may be wrong.
    pub(super) fn service_now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_sub(self.clock_ahead).unwrap_or(now)
    }

    fn learn_time(&mut self, service_time: Option<Timestamp>) {
        if let Some(time) = service_time {
            self.clock_ahead = Timestamp::now().duration_since(time);
        }
    }
}
