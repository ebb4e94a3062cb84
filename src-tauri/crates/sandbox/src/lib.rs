//! Kernel in a box: a Managed Auth server on loopback, written from the contract (`kernel-api.md`)
//! with types of its own, so that it can contradict a client that misread it.
//!
//! What a login asks is told by the connection's domain: `<scenario>.example` plays the scenario of
//! that name, `<scenario>.legacy.example` plays it for a server that only knows the legacy prompt.

mod answer;
mod api;
mod assets;
mod authflow;
mod body;
mod browser;
mod bulk;
mod caller;
mod calls;
mod clock;
mod config;
mod connection;
mod connections;
mod demo;
mod events;
mod faults;
mod flow;
mod hooks;
mod hosted;
mod hostile;
mod html;
mod key;
mod live;
mod pages;
mod paging;
mod past;
mod picture;
mod planted;
mod prompt;
mod random;
mod rate;
mod reauth;
mod refusal;
mod routes;
mod scenario;
mod settings;
mod site;
mod ticker;
mod timeline;
mod world;

use std::{io, net::SocketAddr, time::Duration};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle, time::timeout};

pub use authflow::{AUTHFLOW_TOKEN, authflow_id};
pub use settings::{LiveFlow, Settings, World};

use world::Shared;

/// The one API key that the sandbox accepts; any other is answered with 401.
pub const API_KEY: &str = "sk_sandbox";

/// How long [`Sandbox::stop`] waits for connections that are being answered.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a sandbox could not be started.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is reachable from other machines. The sandbox has no secrets worth the name and
    /// hooks without a key, so it listens on loopback only.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    /// The address could not be bound.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The file of a populated world is broken: a bug as well.
    #[error("world {name}: {message}")]
    World {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// A scenario file of this crate is broken: a bug, and the tests look for it.
    #[error("scenario {name}: {message}")]
    Scenario {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        message: String,
    },
}

/// A running sandbox. It stops when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox on the current tokio runtime; it answers when this returns.
    pub async fn start(settings: Settings) -> Result<Self, Error> {
        let wanted = settings.listen;
        if !wanted.ip().is_loopback() {
            return Err(Error::NotLoopback(wanted));
        }
        let listen = |cause| Error::Listen {
            address: wanted,
            cause,
        };
        let listener = TcpListener::bind(wanted).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let (stop, stopped) = watch::channel(false);
        let authflows = authflow::router(authflow::Authflows::new(settings.pace));
        let shared = Shared::new(settings, address, stopped.clone())?;
        let router = routes::router(shared).merge(authflows);
        let answering =
            axum::serve(listener, router).with_graceful_shutdown(world::until_stopped(stopped));
        let server = tokio::spawn(async move {
            // Serving on an open listener ends by the signal only; axum retries failed accepts.
            let _ = answering.await;
        });
        Ok(Self {
            address,
            stop,
            server,
        })
    }

    /// Where it listens: the address asked for, with the port that the system chose for port 0.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL of its API, e.g. `http://127.0.0.1:41234`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends streams and flows, closes the listener and waits until answers under way are out.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if timeout(PATIENCE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}
