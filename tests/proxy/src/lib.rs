#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test whose proxy can't be set up has failed, and says where"
)]

//! A proxy on loopback that hurts what goes through it, as it is told, at any time.
//!
//! It knows as much of HTTP as it takes to hurt one call and leave the others alone. Behind it
//! the service is spoken to in HTTP/1.0, one connection each, so that an answer comes unchunked
//! and ends with its connection; towards the client connections are kept, as they are in life.

mod bend;
mod fault;
mod head;
mod line;
mod log;
mod port;

use std::{
    collections::HashSet,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
};

pub use bend::Bend;
pub use fault::{Call, Canned, Fault, Moment, Target};
use log::Log;
use port::Port;

/// A running proxy. It stops, and all that goes through it ends, when this is dropped.
pub struct Proxy {
    /// Where clients are to go instead of to the service.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// What all connections through a proxy have in common.
struct Shared {
    upstream: SocketAddr,
    rules: watch::Sender<Rules>,
    log: Mutex<Log>,
}

/// What the proxy does wrong now.
#[derive(Clone, Debug, Default)]
struct Rules {
    strike: Option<Strike>,
    /// How often open event streams were cut.
    cuts: u64,
}

#[derive(Clone, Debug)]
struct Strike {
    target: Target,
    fault: Fault,
    /// The connections of the API that are hurt; without it, all of them.
    only: Option<Arc<HashSet<String>>>,
}

impl Proxy {
    /// Starts a proxy in front of a service. To be called inside a tokio runtime.
    #[must_use]
    pub fn start(upstream: SocketAddr) -> Self {
        let mut port = Port::take();
        let address = port.address;
        let shared = Arc::new(Shared {
            upstream,
            rules: watch::Sender::default(),
            log: Mutex::default(),
        });
        // Listening before anybody can know the address.
        let listener = port.listen();
        let task = tokio::spawn(serve(port, listener, Arc::clone(&shared)));
        Self {
            address,
            shared,
            task,
        }
    }

    /// Begins to do this wrong, in place of what was wrong before.
    pub fn strike(&self, target: Target, fault: Fault) {
        self.strike_some(target, fault, None);
    }

    /// The same for these connections of the API only.
    pub fn strike_only(&self, target: Target, fault: Fault, ids: HashSet<String>) {
        self.strike_some(target, fault, Some(Arc::new(ids)));
    }

    fn strike_some(&self, target: Target, fault: Fault, only: Option<Arc<HashSet<String>>>) {
        let strike = Strike {
            target,
            fault,
            only,
        };
        let set = |rules: &mut Rules| rules.strike = Some(strike);
        self.shared.rules.send_modify(set);
    }

    /// Ends the event streams that are open, in the middle of their answer.
    pub fn cut(&self) {
        self.shared.rules.send_modify(|rules| rules.cuts += 1);
    }

    /// Does nothing wrong any more. What was hurt for good stays hurt.
    pub fn calm(&self) {
        self.shared.rules.send_modify(|rules| rules.strike = None);
    }

    /// What went through so far. Nothing goes through while it is held.
    pub fn log(&self) -> MutexGuard<'_, Log> {
        self.shared.log()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().expect("nobody panics while noting")
    }
}

impl Rules {
    fn refuse(&self) -> bool {
        let strike = self.strike.as_ref();
        strike.is_some_and(|strike| matches!(strike.fault, Fault::Refuse))
    }

    /// What goes wrong with this call on this connection of the API.
    fn on(&self, call: Call, id: &str) -> Option<&Fault> {
        let strike = self.strike.as_ref()?;
        let is_meant = strike.only.as_ref().is_none_or(|only| only.contains(id));
        (is_meant && strike.target.hits(call)).then_some(&strike.fault)
    }

    /// What goes wrong with a connection on which nothing is asked at the moment.
    fn idle(&self) -> Option<&Fault> {
        let strike = self.strike.as_ref()?;
        (strike.target == Target::All && strike.only.is_none()).then_some(&strike.fault)
    }
}

async fn serve(mut port: Port, first: tokio::net::TcpListener, shared: Arc<Shared>) {
    let mut lines = JoinSet::new();
    let mut rules = shared.rules.subscribe();
    let mut listener = Some(first);
    loop {
        let open = listener.take().unwrap_or_else(|| port.listen());
        loop {
            tokio::select! {
                accepted = open.accept() => if let Ok((client, _)) = accepted {
                    shared.log().accepted();
                    lines.spawn(line::serve(client, Arc::clone(&shared)));
                    while lines.try_join_next().is_some() {}
                },
                refused = rules.wait_for(Rules::refuse) => match refused {
                    Ok(_) => break,
                    Err(_) => return,
                },
            }
        }
        drop(open);
        if rules.wait_for(|rules| !rules.refuse()).await.is_err() {
            return;
        }
    }
}
