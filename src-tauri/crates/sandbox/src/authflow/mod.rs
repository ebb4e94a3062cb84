//! Prefactor in the same box: `GET /api/v1/authflow/{authflow_id}` (authflow-api.md), with types of
//! its own. Each authflow plays something, by its id, until it is told to play something else.

mod id;
mod play;
mod service;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    routing::{get, post},
};
use tokio::time::Instant;

use play::Play;

/// The one token that the service accepts.
pub const AUTHFLOW_TOKEN: &str = "pf_sandbox";

/// The id of the authflow that is there from the beginning and plays this, e.g. `moving`.
#[must_use]
pub fn authflow_id(plays: &str) -> String {
    service::id_of(plays)
}

/// What the handlers share.
#[derive(Clone, Debug)]
pub(crate) struct Authflows(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// How long a flow that moves stays at each status, in steps of this.
    pace: Duration,
    world: Mutex<World>,
}

#[derive(Debug, Default)]
struct World {
    /// What ids play that were told to.
    played: HashMap<String, Play>,
    /// When an authflow was first asked for.
    first_asked: HashMap<String, Instant>,
    /// How often each id was asked for.
    asked: HashMap<String, u32>,
    /// The header in which the token has to come bare; without it, `Authorization: Bearer`.
    header: Option<String>,
    refuses_token: bool,
}

impl Authflows {
    pub(crate) fn new(pace: Duration) -> Self {
        Self(Arc::new(Inner {
            pace,
            world: Mutex::default(),
        }))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        // A handler that panicked left a world that can still be told of.
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The API, and the hooks under `/sandbox/authflows`.
pub(crate) fn router(authflows: Authflows) -> Router {
    Router::new()
        .route("/api/v1/authflow/{id}", get(service::fetch))
        .route("/sandbox/authflows", get(service::list))
        .route("/sandbox/authflows/token", post(service::token))
        .route(
            "/sandbox/authflows/{id}",
            post(service::play).get(service::asked),
        )
        .with_state(authflows)
}
