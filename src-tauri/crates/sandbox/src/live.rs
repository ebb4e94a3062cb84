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
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{
    connection::Connection,
    flow::Flow,
    hooks,
    html::{Page, escape},
    pages::instead,
    picture,
    refusal::Refusal,
    world::Shared,
};

const VIEW_ONLY: &str = "View only: nothing you do here reaches the remote browser";

/// The query of all that belongs to one view.
#[derive(Debug, Deserialize)]
pub(crate) struct View {
    #[serde(default, rename = "readOnly")]
    read_only: Option<String>,
}

impl View {
    fn is_read_only(&self) -> bool {
        self.read_only.as_deref() == Some("true")
    }
}

/// What the page says.
#[derive(Debug, Deserialize)]
struct Input {
    /// Somebody did by hand what the page wants.
    done: bool,
}

pub(crate) async fn open(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    Query(view): Query<View>,
) -> Response {
    let shown = shared
        .world()
        .of_live_token(&token)
        .map(|it| (it.id.clone(), it.pages.live_view));
    let (id, manner) = match shown {
        Ok(shown) => shown,
        Err(refusal) => return over(&shared, &refusal),
    };
    if let Some(other) = instead(&shared, manner, &id).await {
        return other;
    }
    let mut world = shared.world();
    match world.of_live_token(&token) {
        Ok(connection) => page(&shared, connection, &token, view.is_read_only()),
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
    Query(view): Query<View>,
    socket: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    let moved = match shared.world().of_live_token(&token) {
        Ok(connection) => connection.moved.subscribe(),
        // A page that comes back too late is told so, as a script cannot read a status here.
        Err(refusal) if refusal.status() == StatusCode::GONE => watch::Sender::new(()).subscribe(),
        Err(refusal) => return Err(refusal),
    };
    let follow = Follow {
        read_only: view.is_read_only(),
        shared,
        token,
        moved,
    };
    Ok(socket.on_upgrade(|socket| follow.push(socket)))
}

/// Somebody did by hand what the page wants.
pub(crate) async fn done(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    Query(view): Query<View>,
) -> Result<Response, Response> {
    if view.is_read_only() {
        let refusal = Refusal::new(StatusCode::FORBIDDEN, "forbidden", VIEW_ONLY);
        return Err(over(&shared, &refusal));
    }
    let mut world = shared.world();
    let connection = world
        .of_live_token(&token)
        .map_err(|refusal| over(&shared, &refusal))?;
    // A second click comes too late, which needs no telling: the picture has moved on.
    let _ = hooks::act(connection);
    Ok(page(&shared, connection, &token, false))
}

/// A page that follows the remote browser.
struct Follow {
    shared: Shared,
    token: String,
    read_only: bool,
    moved: watch::Receiver<()>,
}

impl Follow {
    async fn push(mut self, mut socket: WebSocket) {
        loop {
            self.moved.mark_unchanged();
            let (picture, over) = self.look();
            if !send(&mut socket, &picture).await || over {
                return;
            }
            loop {
                tokio::select! {
                    // An error means that the connection was deleted: the next look finds nothing.
                    _ = self.moved.changed() => break,
                    () = self.shared.stopped() => return,
                    heard = socket.recv() => {
                        let Some(Ok(message)) = heard else { return };
                        let Some(refusal) = self.take(&message) else { continue };
                        if !send(&mut socket, &refusal).await {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// What the remote browser shows now, and whether it is gone.
    fn look(&self) -> (Value, bool) {
        match self.shared.world().of_live_token(&self.token) {
            Ok(it) => (json!({"picture": drawn(it), "can_act": can_act(it)}), false),
            Err(_) => (json!({"over": true}), true),
        }
    }

    /// Does what the page says; tells it why not, if that is not allowed.
    fn take(&self, message: &Message) -> Option<Value> {
        let input: Input = serde_json::from_str(message.to_text().ok()?).ok()?;
        if self.read_only {
            return Some(json!({"refused": VIEW_ONLY}));
        }
        if input.done {
            let mut world = self.shared.world();
            // A second click comes too late, which needs no telling: the picture has moved on.
            let _ = world.of_live_token(&self.token).and_then(hooks::act);
        }
        None
    }
}

/// Says whether it went out.
async fn send(socket: &mut WebSocket, message: &Value) -> bool {
    let message = Message::text(message.to_string());
    socket.send(message).await.is_ok()
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
    let (banner, query) = if read_only {
        (
            format!("<p class=\"banner\">{VIEW_ONLY}.</p>\n"),
            "?readOnly=true",
        )
    } else {
        (String::new(), "")
    };
    let act = if read_only {
        String::new()
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
            "{banner}<p id=\"state\" class=\"note\" role=\"status\" hidden></p>\n\
             <img id=\"screen\" src=\"/live/{token}/screen.svg\" width=\"960\" height=\"640\" \
             alt=\"The remote browser’s window\">\n{act}"
        ),
        body: &format!("class=\"live\" data-follow=\"{socket}/live/{token}/follow{query}\""),
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
