//! The service: streams that are made, ordered about and closed over HTTP.

mod outbox;
mod protocol;
mod request;
mod stream;

use std::{
    collections::HashMap,
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header::LOCATION},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{Notify, mpsc},
    task::AbortHandle,
};

use outbox::Outbox;
use protocol::{Command, CreateStream};
use request::StreamRequest;
use stream::Stream;

/// What the client can do beyond the core of the suite. `comments` is not among it, as the decoder
/// drops them unseen, nor are listeners for a type, as every event is given.
const CAPABILITIES: &[&str] = &[
    "bom",
    "headers",
    "last-event-id",
    "payload-size-stress-testable",
    "post",
    "read-timeout",
    "report",
    "restart",
];

/// Serves until somebody says `DELETE /`. An event with a field over `max_event` bytes is dropped.
pub(crate) async fn serve(listener: TcpListener, max_event: usize) -> io::Result<()> {
    let service = Arc::new(Service {
        max_event,
        last_number: AtomicU64::new(0),
        streams: Mutex::default(),
        over: Notify::new(),
    });
    let router = Router::new()
        .route("/", get(status).post(create).delete(end))
        .route("/streams/{number}", post(command).delete(close))
        .with_state(Arc::clone(&service));
    tokio::select! {
        outcome = axum::serve(listener, router) => outcome,
        () = service.over.notified() => Ok(()),
    }
}

struct Service {
    max_event: usize,
    last_number: AtomicU64,
    streams: Mutex<HashMap<u64, Running>>,
    over: Notify,
}

impl Service {
    fn streams(&self) -> MutexGuard<'_, HashMap<u64, Running>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that somebody has made. It stops when this is dropped.
struct Running {
    restarts: mpsc::Sender<()>,
    task: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn status() -> Json<Value> {
    Json(json!({
        "name": "usher",
        "clientVersion": env!("CARGO_PKG_VERSION"),
        "capabilities": CAPABILITIES,
    }))
}

async fn create(
    State(service): State<Arc<Service>>,
    body: Bytes,
) -> Result<(StatusCode, [(HeaderName, String); 1]), (StatusCode, String)> {
    let wanted: CreateStream =
        serde_json::from_slice(&body).map_err(|error| bad_request(error.to_string()))?;
    let number = service.last_number.fetch_add(1, Ordering::Relaxed) + 1;
    let request = StreamRequest::new(&wanted).map_err(|problem| bad_request(problem.to_owned()))?;
    let outbox =
        Outbox::new(&wanted.callback_url).map_err(|problem| bad_request(problem.to_owned()))?;
    let (restarts, inbox) = mpsc::channel(1);
    let stream = Stream::new(request, outbox, number, service.max_event);
    let task = tokio::spawn(stream.run(inbox, wanted.initial_delay_ms));
    let running = Running {
        restarts,
        task: task.abort_handle(),
    };
    service.streams().insert(number, running);
    Ok((
        StatusCode::CREATED,
        [(LOCATION, format!("/streams/{number}"))],
    ))
}

async fn command(
    State(service): State<Arc<Service>>,
    Path(number): Path<u64>,
    body: Bytes,
) -> Result<StatusCode, (StatusCode, String)> {
    let command: Command =
        serde_json::from_slice(&body).map_err(|error| bad_request(error.to_string()))?;
    let restarts = service
        .streams()
        .get(&number)
        .map(|running| running.restarts.clone())
        .ok_or((StatusCode::NOT_FOUND, "no such stream".to_owned()))?;
    match command {
        // Events of every type are given without being asked for.
        Command::Listen => {}
        Command::Restart => {
            // A stream that can't be told any more has ended for good; there is nobody to tell.
            let _ = restarts.send(()).await;
        }
    }
    Ok(StatusCode::ACCEPTED)
}

async fn close(State(service): State<Arc<Service>>, Path(number): Path<u64>) -> StatusCode {
    let closed = service.streams().remove(&number);
    closed.map_or(StatusCode::NOT_FOUND, |_| StatusCode::NO_CONTENT)
}

async fn end(State(service): State<Arc<Service>>) -> StatusCode {
    service.streams().clear();
    service.over.notify_one();
    StatusCode::NO_CONTENT
}

fn bad_request(problem: String) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, problem)
}
