//! Everything the sandbox knows, behind one lock, and the tasks that keep the flows' time.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    sync::watch,
    task::AbortHandle,
    time::{Instant, sleep_until},
};

use crate::{
    Error, Settings, calls::Log, connection::Connection, connections::Connections, demo,
    faults::Faults, flow::Flow, hosted::Visit, hostile::Report, key::Key, rate::Rate,
    refusal::Refusal, scenario::Scenarios, settings,
};

/// What all handlers share.
#[derive(Clone, Debug)]
pub(crate) struct Shared(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: Settings,
    scenarios: Scenarios,
    origin: Arc<str>,
    stopped: watch::Receiver<bool>,
    key: watch::Sender<Key>,
    world: Mutex<World>,
}

/// The state.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) connections: Connections,
    /// Whether there is a `GET /auth/context`.
    pub(crate) has_context: bool,
    /// How many calls are let pass; without it, all.
    pub(crate) rate: Option<Rate>,
    /// How many connections were ever made by the hundred, for their names.
    numbered: usize,
    /// What makes logins speak.
    pub(crate) tickers: Vec<AbortHandle>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) tokens: HashMap<String, Token>,
    /// Cookie sessions of the hosted page, by their secret.
    pub(crate) visits: HashMap<String, Visit>,
    /// Outlives the connection, so that a test can ask afterwards.
    pub(crate) logs: HashMap<String, Log>,
    pub(crate) faults: HashMap<String, Faults>,
    /// What the hostile page of a connection reported.
    pub(crate) reports: HashMap<String, Vec<Report>>,
    /// The connection of every secret of a live view ever given: those of ended flows are gone,
    /// not unknown.
    pub(crate) live_views: HashMap<String, String>,
}

/// A handoff code.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) connection: String,
    pub(crate) flow: String,
    pub(crate) used: bool,
}

/// A guest's token.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) connection: String,
    pub(crate) expires: Instant,
}

impl Shared {
    pub(crate) fn new(
        settings: Settings,
        address: SocketAddr,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, Error> {
        let populated = settings.world;
        let world = World {
            has_context: settings.has_context,
            rate: settings.rate_limit.map(Rate::new),
            ..World::default()
        };
        let shared = Self(Arc::new(Inner {
            settings,
            scenarios: match populated {
                settings::World::Empty => Scenarios::load()?,
                settings::World::Demo => Scenarios::load()?.telling(),
            },
            origin: format!("http://{address}").into(),
            stopped,
            key: watch::Sender::default(),
            world: Mutex::new(world),
        }));
        match populated {
            settings::World::Empty => {}
            settings::World::Demo => demo::populate(&shared, &mut shared.world())?,
        }
        Ok(shared)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn scenarios(&self) -> &Scenarios {
        &self.0.scenarios
    }

    /// Scheme, host and port of this server.
    pub(crate) fn origin(&self) -> Arc<str> {
        Arc::clone(&self.0.origin)
    }

    /// How the service stands to the API key.
    pub(crate) fn key(&self) -> &watch::Sender<Key> {
        &self.0.key
    }

    /// Resolves when the sandbox stops.
    pub(crate) async fn stopped(&self) {
        until_stopped(self.0.stopped.clone()).await;
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A handler that panicked left no half-made change that another could not live with.
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the time of the flow that a connection has now, until it is over or replaced.
    pub(crate) fn keep_time(&self, connection: &Connection) {
        let Some(flow) = &connection.flow else { return };
        let (id, flow) = (connection.id.clone(), flow.id.clone());
        let wake = Arc::clone(&connection.wake);
        let shared = self.clone();
        tokio::spawn(async move {
            loop {
                let Some(due) = shared.world().tick(&id, &flow, Instant::now()) else {
                    return;
                };
                tokio::select! {
                    () = sleep_until(due) => {}
                    () = wake.notified() => {}
                    () = shared.stopped() => return,
                }
            }
        });
    }
}

/// Resolves when the flag is up, or nobody is left to raise it.
pub(crate) async fn until_stopped(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

impl World {
    pub(crate) fn connection(&self, id: &str) -> Result<&Connection, Refusal> {
        self.connections.get(id).ok_or_else(Refusal::no_connection)
    }

    pub(crate) fn connection_mut(&mut self, id: &str) -> Result<&mut Connection, Refusal> {
        self.connections
            .get_mut(id)
            .ok_or_else(Refusal::no_connection)
    }

    /// The connection whose live view has this secret.
    pub(crate) fn of_live_token(&mut self, token: &str) -> Result<&mut Connection, Refusal> {
        let Some(id) = self.live_views.get(token) else {
            return Err(Refusal::not_found("There is no such live view"));
        };
        self.connections
            .get_mut(id)
            .filter(|it| it.live_flow().is_some_and(|flow| flow.live_token == token))
            .ok_or_else(|| Refusal::gone("This live view has ended"))
    }

    /// Spends a handoff code on behalf of `connection`; once, and while its flow lives.
    pub(crate) fn spend(&mut self, connection: &str, code: &str) -> Result<(), Refusal> {
        let flow = self
            .connection(connection)?
            .live_flow()
            .map(|flow| flow.id.clone());
        let known = self
            .codes
            .get_mut(code)
            .filter(|known| known.connection == connection);
        let Some(known) = known else {
            return Err(Refusal::bad_request("invalid_code", "Invalid handoff code"));
        };
        if known.used || flow.as_ref() != Some(&known.flow) {
            return Err(Refusal::gone(
                "This handoff code has been used or has expired",
            ));
        }
        known.used = true;
        Ok(())
    }

    /// A token for a guest of `connection`.
    pub(crate) fn issue(&mut self, connection: &str, jwt: &str, expires: Instant) {
        let token = Token {
            connection: connection.to_owned(),
            expires,
        };
        self.tokens.insert(jwt.to_owned(), token);
    }

    /// A number that no connection was named by yet.
    pub(crate) fn next_number(&mut self) -> usize {
        self.numbered += 1;
        self.numbered
    }

    /// Gives a connection the flow that is its latest now, and whatever opens it from outside.
    pub(crate) fn begin(&mut self, shared: &Shared, id: &str, flow: Flow) -> Result<(), Refusal> {
        let connection = self.connection_mut(id)?;
        let code = Code {
            connection: id.to_owned(),
            flow: flow.id.clone(),
            used: false,
        };
        let (secret, live_token) = (flow.handoff_code.clone(), flow.live_token.clone());
        connection.flow = Some(flow);
        connection.publish();
        shared.keep_time(connection);
        self.codes.insert(secret, code);
        self.live_views.insert(live_token, id.to_owned());
        Ok(())
    }

    /// How many flows are running.
    pub(crate) fn pending(&self) -> usize {
        self.connections
            .newest_first()
            .filter(|it| it.live_flow().is_some())
            .count()
    }

    /// Moves a flow on; says when to look again, or none if it is over or no longer this one.
    fn tick(&mut self, id: &str, flow: &str, now: Instant) -> Option<Instant> {
        let connection = self.connections.get_mut(id)?;
        let current = connection.flow.as_mut().filter(|it| it.id == flow)?;
        if current.tick(now) {
            connection.publish();
        }
        connection.flow.as_ref().and_then(Flow::due)
    }
}
