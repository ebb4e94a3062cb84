//! What becomes of the API key: it may stop being accepted, or be good for reading alone.

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    middleware::Next,
    response::Response,
};
use serde::Deserialize;
use tokio::sync::watch;

use crate::{API_KEY, body::read, caller::bearer, refusal::Refusal, world::Shared};

/// How the service stands to the key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    accepted: bool,
    /// Whether it may do more than read.
    allowed: bool,
}

impl Default for Key {
    fn default() -> Self {
        Self {
            accepted: true,
            allowed: true,
        }
    }
}

/// The body of `POST /sandbox/key`; what is not named stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    accepted: Option<bool>,
    allowed: Option<bool>,
}

pub(crate) async fn change(
    State(shared): State<Shared>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let change: Change = read(&body)?;
    if change.accepted.is_none() && change.allowed.is_none() {
        return Err(Refusal::invalid("accepted or allowed is required"));
    }
    shared.key().send_modify(|key| {
        key.accepted = change.accepted.unwrap_or(key.accepted);
        key.allowed = change.allowed.unwrap_or(key.allowed);
    });
    Ok(StatusCode::NO_CONTENT)
}

/// Stops the calls that the key is not good for.
pub(crate) async fn gate(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    check(&shared, request.method(), request.headers())?;
    Ok(next.run(request).await)
}

/// Whether the key is good for this, if it is the key that was sent.
pub(crate) fn check(shared: &Shared, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if bearer(headers) != Some(API_KEY) {
        return Ok(());
    }
    let key = *shared.key().borrow();
    if !key.accepted {
        return Err(Refusal::unauthorized());
    }
    if !key.allowed && method != Method::GET {
        let message = "This API key does not permit this call";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "forbidden", message));
    }
    Ok(())
}

/// Resolves when the key is no longer accepted.
pub(crate) async fn until_refused(key: &mut watch::Receiver<Key>) {
    let _ = key.wait_for(|key| !key.accepted).await;
}
