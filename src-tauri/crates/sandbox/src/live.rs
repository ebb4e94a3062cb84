//! The live view: pictures of the remote browser, drawn here and pushed over a WebSocket, so that
//! it works without WebRTC (kernel-api.md 10).

use axum::{
    extract::{
        Path, Query, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;

use crate::{
    connection::Connection,
    flow::Flow,
    hooks,
    html::{Page, escape},
    picture,
    refusal::Refusal,
    world::Shared,
};

/// The query of the page.
#[derive(Debug, Deserialize)]
pub(crate) struct View {
    #[serde(default, rename = "readOnly")]
    read_only: Option<String>,
}

pub(crate) async fn open(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    Query(view): Query<View>,
) -> Response {
    let read_only = view.read_only.as_deref() == Some("true");
    let mut world = shared.world();
    match world.of_live_token(&token) {
        Ok(connection) => page(&shared, connection, &token, read_only),
        Err(refusal) => over(&shared, &refusal),
    }
}

/// The present picture, for the page's first sight and for whoever has no script.
pub(crate) async fn screen(
    State(shared): State<Shared>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let mut world = shared.world();
    let connection = world.of_live_token(&token)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, drawn(connection)).into_response())
}

pub(crate) async fn follow(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    socket: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    let moved = shared.world().of_live_token(&token)?.moved.subscribe();
    Ok(socket.on_upgrade(move |socket| push(shared, token, socket, moved)))
}

/// Somebody did by hand what the page wants.
pub(crate) async fn done(
    State(shared): State<Shared>,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let mut world = shared.world();
    let connection = world
        .of_live_token(&token)
        .map_err(|refusal| over(&shared, &refusal))?;
    // A second click comes too late, which needs no telling: the picture has moved on.
    let _ = hooks::act(connection);
    Ok(page(&shared, connection, &token, false))
}

async fn push(
    shared: Shared,
    token: String,
    mut socket: WebSocket,
    mut moved: watch::Receiver<()>,
) {
    loop {
        moved.mark_unchanged();
        let (message, over) = {
            let mut world = shared.world();
            match world.of_live_token(&token) {
                Ok(it) => (json!({"picture": drawn(it), "can_act": can_act(it)}), false),
                Err(_) => (json!({"over": true}), true),
            }
        };
        if socket
            .send(Message::text(message.to_string()))
            .await
            .is_err()
            || over
        {
            return;
        }
        tokio::select! {
            // An error means that the connection was deleted: the next look finds nothing.
            _ = moved.changed() => {}
            () = shared.stopped() => return,
            // Nobody says anything here; what comes is the end, or a ping that is answered for us.
            heard = socket.recv() => if !matches!(heard, Some(Ok(_))) { return },
        }
    }
}

fn drawn(connection: &Connection) -> String {
    connection
        .flow
        .as_ref()
        .map_or_else(String::new, |flow| picture::draw(&connection.domain, flow))
}

fn can_act(connection: &Connection) -> bool {
    connection.live_flow().is_some_and(Flow::waits_for_hands)
}

fn page(shared: &Shared, connection: &Connection, token: &str, read_only: bool) -> Response {
    let token = escape(token);
    let hidden = if can_act(connection) { "" } else { "hidden" };
    let act = if read_only {
        "<p class=\"note\">View only</p>".to_owned()
    } else {
        format!(
            "<form method=\"post\" action=\"/live/{token}/done\" id=\"act\" {hidden}>\
             <button class=\"main\">I’ve done it</button></form>"
        )
    };
    let socket = shared.origin().replacen("http", "ws", 1);
    Page {
        status: StatusCode::OK,
        title: "Live view",
        main: &format!(
            "<img id=\"screen\" src=\"/live/{token}/screen.svg\" width=\"960\" height=\"640\" \
             alt=\"The remote browser’s window\">\n{act}"
        ),
        body: &format!("class=\"live\" data-follow=\"{socket}/live/{token}/follow\""),
        refresh: None,
        script: true,
        origin: &shared.origin(),
    }
    .respond()
}

fn over(shared: &Shared, refusal: &Refusal) -> Response {
    Page {
        status: refusal.status(),
        title: "Live view",
        main: &format!("<p class=\"over\">{}.</p>", escape(refusal.message())),
        body: "class=\"live\"",
        refresh: None,
        script: false,
        origin: &shared.origin(),
    }
    .respond()
}
