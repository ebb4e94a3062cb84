//! Hooks under `/sandbox`, for tests and for people who try things. They need no key: loopback only.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{
    api::cancel_flow,
    body::read,
    calls::Log,
    clock,
    connection::{Connection, News, Standing},
    faults::{Faults, Stream},
    refusal::Refusal,
    scenario::Scenario,
    world::Shared,
};

/// The body of a health check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    found: Standing,
}

pub(crate) async fn scenarios(State(shared): State<Shared>) -> Json<Vec<Value>> {
    Json(shared.scenarios().iter().map(Scenario::listing).collect())
}

/// What the logins of this connection play, which its domain need not say.
pub(crate) async fn scenario(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let world = shared.world();
    let plan = &world.connection(&id)?.plan;
    Ok(Json(
        json!({"scenario": plan.scenario.name, "legacy": plan.legacy}),
    ))
}

/// The calls of the API that this connection received, also after it was deleted.
pub(crate) async fn log(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Log>, Refusal> {
    let world = shared.world();
    match world.logs.get(&id) {
        Some(log) => Ok(Json(log.clone())),
        None => world.connection(&id).map(|_| Json(Log::default())),
    }
}

/// How many event streams of a connection are open.
pub(crate) async fn streams(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let world = shared.world();
    let open = world.connection(&id)?.readers();
    Ok(Json(json!({ "open": open })))
}

/// The body of `POST /sandbox/context`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Presence {
    there: bool,
}

/// Whether there is a `GET /auth/context` from now on.
pub(crate) async fn context(
    State(shared): State<Shared>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let presence: Presence = read(&body)?;
    shared.world().has_context = presence.there;
    Ok(StatusCode::NO_CONTENT)
}

/// As if somebody approved on the phone, or did by hand what the page wants.
pub(crate) async fn approve(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let mut world = shared.world();
    act(world.connection_mut(&id)?)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn cancel(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let mut world = shared.world();
    cancel_flow(world.connection_mut(&id)?);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn expire(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let mut world = shared.world();
    let connection = world.connection_mut(&id)?;
    if let Some(flow) = connection.flow.as_mut().filter(|flow| flow.is_live()) {
        flow.expire();
        connection.publish();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the tokens that were issued for this connection.
pub(crate) async fn expire_tokens(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let mut world = shared.world();
    world.connection(&id)?;
    for token in world
        .tokens
        .values_mut()
        .filter(|token| token.connection == id)
    {
        token.expires = Instant::now();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the open event streams, without a terminal state.
pub(crate) async fn close_streams(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let world = shared.world();
    world.connection(&id)?.tell(News::Fault(Stream::Drop));
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn health_check(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let check: Check = read(&body)?;
    let mut world = shared.world();
    world
        .connection_mut(&id)?
        .checked(check.found, clock::now());
    Ok(StatusCode::NO_CONTENT)
}

/// Replaces the connection's faults. A fault of the stream strikes the open ones at once, and
/// waits for the next one only if none is open.
pub(crate) async fn faults(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let mut faults: Faults = read(&body)?;
    let mut world = shared.world();
    let connection = world.connection(&id)?;
    if faults
        .stream()
        .is_some_and(|stream| connection.tell(News::Fault(stream)))
    {
        faults.take_stream();
    }
    world.faults.insert(id, faults);
    Ok(StatusCode::NO_CONTENT)
}

/// Does what the flow of a connection waits for; the live view comes this way as well.
pub(crate) fn act(connection: &mut Connection) -> Result<(), Refusal> {
    let no_flow = || Refusal::conflict("not_waiting", "No login flow is in progress");
    connection
        .flow
        .as_mut()
        .ok_or_else(no_flow)?
        .act(Instant::now())?;
    connection.publish();
    Ok(())
}
