//! The endpoints of kernel-api.md 2, except the event stream's own workings.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{
    answer,
    body::read,
    caller::{require_access, require_key},
    clock,
    config::{Config, Create, LoginBody},
    connection::Connection,
    events,
    flow::Flow,
    key,
    paging::Window,
    random,
    refusal::Refusal,
    settings::LiveFlow,
    timeline::{Entry, Kind},
    world::{Shared, World},
};

/// The query of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    domain: Option<String>,
    profile_name: Option<String>,
    query: Option<String>,
    limit: Option<String>,
    offset: Option<String>,
}

/// The query of the timeline.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct TimelineQuery {
    #[serde(rename = "type")]
    kind: Option<String>,
    limit: Option<String>,
    offset: Option<String>,
}

/// The body of the exchange.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExchangeBody {
    code: String,
}

pub(crate) async fn create(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    require_key(&headers, &world)?;
    let (domain, profile, config) = read::<Create>(&body)?.checked()?;
    let same = |it: &&Connection| it.domain == domain && it.profile == profile;
    if let Some(existing) = world.connections.newest_first().find(same) {
        return Err(Refusal::already_exists(&existing.id));
    }
    let plan = shared.scenarios().of_domain(&domain);
    let connection = Connection::new(domain, profile, config, plan, shared.origin());
    let full = connection.full();
    world.connections.add(connection);
    Ok((StatusCode::CREATED, Json(full)).into_response())
}

/// Newest first.
pub(crate) async fn list(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> Result<Response, Refusal> {
    let world = shared.world();
    require_key(&headers, &world)?;
    let window = Window::new(query.limit.as_deref(), query.offset.as_deref())?;
    let found = world
        .connections
        .newest_first()
        .filter(|it| query.matches(it));
    Ok(window.page(found, Connection::full))
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let world = shared.world();
    require_access(&headers, &world, &id)?;
    Ok(Json(world.connection(&id)?.full()))
}

pub(crate) async fn update(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let mut world = shared.world();
    require_key(&headers, &world)?;
    let connection = world.connection_mut(&id)?;
    connection.config = connection.config.patched(read::<Config>(&body)?)?;
    Ok(Json(connection.full()))
}

pub(crate) async fn delete(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal> {
    let mut world = shared.world();
    require_key(&headers, &world)?;
    let connection = world.connection_mut(&id)?;
    cancel_flow(connection);
    world.connections.remove(&id);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn login(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let mut world = shared.world();
    require_key(&headers, &world)?;
    world.connection(&id)?;
    let body = if body.is_empty() {
        LoginBody::default()
    } else {
        read::<LoginBody>(&body)?.checked()?
    };
    make_room(&shared, &mut world, &id)?;
    begin(&shared, &mut world, &id, &body).map(Json)
}

pub(crate) async fn submit(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    require_access(&headers, &world, &id)?;
    world.connection(&id)?;
    let answer = read::<answer::Body>(&body)?.answer()?;
    let mode = answer.given.mode();
    let outcome = submit_answer(&mut world, &id, &answer);
    let accepted = || (StatusCode::ACCEPTED, Json(json!({"accepted": true}))).into_response();
    let mut response = outcome.map_or_else(Refusal::into_response, |()| accepted());
    response.extensions_mut().insert(mode);
    Ok(response)
}

pub(crate) async fn follow(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let caller = require_access(&headers, &world, &id)?;
    world.connection(&id)?;
    let fault = world
        .faults
        .get_mut(&id)
        .and_then(crate::faults::Faults::take_stream);
    Ok(events::open(
        &shared,
        world.connection_mut(&id)?,
        caller,
        fault,
    ))
}

/// The only call without a token.
pub(crate) async fn exchange(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let mut world = shared.world();
    world.connection(&id)?;
    let code = read::<ExchangeBody>(&body)?.code;
    world.spend(&id, &code)?;
    let life = shared.settings().token_life;
    let invocation = random::id("mainv_", 16);
    let jwt = random::jwt(&id, &invocation, clock::after(clock::now(), life));
    world.issue(&id, &jwt, Instant::now() + life);
    Ok(Json(json!({"invocation_id": invocation, "jwt": jwt})))
}

pub(crate) async fn timeline(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(query): Query<TimelineQuery>,
) -> Result<Response, Refusal> {
    let world = shared.world();
    require_key(&headers, &world)?;
    let connection = world.connection(&id)?;
    let window = Window::new(query.limit.as_deref(), query.offset.as_deref())?;
    let kind = query.kind()?;
    let wanted = |entry: &&Entry| kind.is_none_or(|kind| entry.kind == kind);
    Ok(window.page(connection.timeline().filter(wanted), |entry| entry))
}

/// The cheap check of a credential (kernel-api.md 1.1).
pub(crate) async fn context(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if !shared.world().has_context {
        return Err(no_such_path().await);
    }
    key::check(&shared, &Method::GET, &headers)?;
    require_key(&headers, &shared.world())?;
    Ok(Json(json!({
        "authentication": {
            "method": "api_key", "source": "api_key", "credential_id": "key_sandbox",
        },
        "authorization": {
            "credential_scope": { "project_id": null },
            "effective_scope": { "project_id": null },
        },
        "organization": { "id": "org_sandbox" },
        "principal": { "id": "key_sandbox", "type": "api_key" },
    })))
}

pub(crate) async fn no_such_path() -> Refusal {
    Refusal::not_found("No such path")
}

pub(crate) async fn no_such_method() -> Refusal {
    let message = "This path does not take this method";
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        message,
    )
}

/// Gives an answer to the flow of a connection; the hosted page comes this way as well.
pub(crate) fn submit_answer(
    world: &mut World,
    id: &str,
    answer: &answer::Answer,
) -> Result<(), Refusal> {
    let connection = world.connection_mut(id)?;
    let no_flow = || Refusal::bad_request("no_active_flow", "No login flow is in progress");
    connection
        .flow
        .as_mut()
        .ok_or_else(no_flow)?
        .submit(answer, Instant::now())?;
    connection.publish();
    Ok(())
}

/// Cancels the running flow, if there is one.
pub(crate) fn cancel_flow(connection: &mut Connection) {
    if let Some(flow) = connection.flow.as_mut().filter(|flow| flow.is_live()) {
        flow.cancel();
        connection.publish();
    }
}

/// Sees to it that a flow may begin.
fn make_room(shared: &Shared, world: &mut World, id: &str) -> Result<(), Refusal> {
    let connection = world.connection_mut(id)?;
    if connection.live_flow().is_some() {
        match shared.settings().live_flow {
            LiveFlow::Refuse => {
                let message = "Login flow already in progress";
                return Err(Refusal::conflict("login_in_progress", message));
            }
            LiveFlow::Replace => cancel_flow(connection),
        }
    }
    if world.pending() >= shared.settings().max_pending {
        let message = "Too many login sessions are pending";
        return Err(Refusal::conflict("too_many_pending_sessions", message));
    }
    Ok(())
}

fn begin(shared: &Shared, world: &mut World, id: &str, body: &LoginBody) -> Result<Value, Refusal> {
    let connection = world.connection(id)?;
    let mut flow = Flow::begin(connection.next_kind(), &connection.plan, shared.settings());
    if body.is_recorded(&connection.config) {
        flow.record();
    }
    let answer = json!({
        "id": id,
        "flow_type": flow.kind,
        "hosted_url": connection.hosted_url(&flow),
        "flow_expires_at": flow.expires_at,
        "handoff_code": flow.handoff_code,
        "live_view_url": connection.live_view_url(&flow),
    });
    world.begin(shared, id, flow)?;
    Ok(answer)
}

impl ListQuery {
    fn matches(&self, connection: &Connection) -> bool {
        let is = |wanted: &Option<String>, value: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == value)
        };
        let contains = |part: &String| {
            let part = part.to_lowercase();
            [&connection.id, &connection.domain, &connection.profile]
                .iter()
                .any(|text| text.to_lowercase().contains(&part))
        };
        is(&self.domain, &connection.domain)
            && is(&self.profile_name, &connection.profile)
            && self.query.as_ref().is_none_or(contains)
    }
}

impl TimelineQuery {
    fn kind(&self) -> Result<Option<Kind>, Refusal> {
        let Some(kind) = &self.kind else {
            return Ok(None);
        };
        serde_json::from_value(json!(kind))
            .map(Some)
            .map_err(|_| Refusal::invalid("type must be login, reauth or health_check"))
    }
}
