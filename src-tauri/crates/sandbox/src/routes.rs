//! Which path leads where, and what happens to every call of the API on its way.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{get, post},
};

use crate::{
    answer::Mode, api, assets, bulk, calls::Call, hooks, hosted, hostile, key, live, pages, rate,
    ticker, world::Shared,
};

/// The whole server.
pub(crate) fn router(shared: Shared) -> Router {
    let one = Router::new()
        .route("/", get(api::get).patch(api::update).delete(api::delete))
        .route("/login", post(api::login))
        .route("/submit", post(api::submit))
        .route("/events", get(api::follow))
        .route("/exchange", post(api::exchange))
        .route("/timeline", get(api::timeline))
        .route_layer(from_fn_with_state(shared.clone(), key::gate))
        .route_layer(from_fn_with_state(shared.clone(), strike))
        .route_layer(from_fn_with_state(shared.clone(), rate::meter))
        .route_layer(from_fn_with_state(shared.clone(), witness));
    let all = Router::new()
        .route("/connections", get(api::list).post(api::create))
        .route_layer(from_fn_with_state(shared.clone(), key::gate))
        // Whether it is there at all comes before the question of who asks.
        .route("/context", get(api::context))
        .route_layer(from_fn_with_state(shared.clone(), rate::meter));
    let hooks = Router::new()
        .route("/log", get(hooks::log))
        .route("/streams", get(hooks::streams))
        .route("/scenario", get(hooks::scenario))
        .route("/approve", post(hooks::approve))
        .route("/cancel", post(hooks::cancel))
        .route("/expire", post(hooks::expire))
        .route("/expire-tokens", post(hooks::expire_tokens))
        .route("/close-streams", post(hooks::close_streams))
        .route("/health-check", post(hooks::health_check))
        .route("/faults", post(hooks::faults))
        .route("/pages", post(pages::change));
    let hostile = Router::new()
        .route("/report", get(hostile::report).post(hostile::report))
        .route("/reports", get(hostile::reports).delete(hostile::forget))
        .route("/file", get(hostile::file));
    Router::new()
        .nest("/auth", all)
        .nest("/auth/connections/{id}", one)
        .route("/sandbox/scenarios", get(hooks::scenarios))
        .route("/sandbox/key", post(key::change))
        .route("/sandbox/context", post(hooks::context))
        .route("/sandbox/rate-limit", post(rate::change))
        .route("/sandbox/populate", post(bulk::populate))
        .route("/sandbox/ticker", post(ticker::start))
        .route("/sandbox/ticker/stop", post(ticker::stop))
        .nest("/sandbox/connections/{id}", hooks)
        .nest("/sandbox/hostile/{id}", hostile)
        .route("/sandbox/assets/{name}", get(assets::get))
        .route("/hosted/{id}", get(hosted::open).post(hosted::answer))
        .route("/live/{token}", get(live::open))
        .route("/live/{token}/screen.svg", get(live::screen))
        .route("/live/{token}/follow", get(live::follow))
        .route("/live/{token}/done", post(live::done))
        .fallback(api::no_such_path)
        .method_not_allowed_fallback(api::no_such_method)
        .with_state(shared)
}

/// Strikes with the faults that were asked for.
async fn strike(
    State(shared): State<Shared>,
    Path(path): Path<HashMap<String, String>>,
    request: Request,
    next: Next,
) -> Response {
    let call = Call::of(request.method().as_str(), request.uri().path());
    let fault = path.get("id").zip(call).and_then(|(id, call)| {
        let mut world = shared.world();
        world.faults.get_mut(id)?.strike(call)
    });
    match fault {
        Some(fault) => fault,
        None => next.run(request).await,
    }
}

/// Notes the call and its answer.
async fn witness(
    State(shared): State<Shared>,
    Path(path): Path<HashMap<String, String>>,
    request: Request,
    next: Next,
) -> Response {
    let call = Call::of(request.method().as_str(), request.uri().path());
    let (Some(id), Some(call)) = (path.get("id"), call) else {
        return next.run(request).await;
    };
    let response = next.run(request).await;
    let mode = response.extensions().get::<Mode>().copied();
    let status = response.status().as_u16();
    shared
        .world()
        .logs
        .entry(id.clone())
        .or_default()
        .note(call, status, mode);
    response
}
