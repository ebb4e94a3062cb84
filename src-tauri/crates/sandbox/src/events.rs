//! The event stream (kernel-api.md 6).

use std::{convert::Infallible, future::pending, time::Duration};

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::json;
use tokio::{
    sync::{
        broadcast::{Receiver, error::RecvError},
        watch,
    },
    time::{Instant, sleep_until},
};

use crate::{
    caller::Caller,
    clock,
    connection::{Connection, News},
    faults::Stream,
    flow::Flow,
    key::{self, Key},
    world::Shared,
};

/// Breaks off inside a frame, with bytes that no encoding allows.
const GARBAGE: &[u8] =
    b"event: managed_auth_state\ndata: {\"event\":\"managed_auth_st\xff\xfe\n\n\x00\xc3<html>garbage\n\n";

/// One open stream.
struct Follow {
    shared: Shared,
    news: Receiver<News>,
    /// How the service stands to the key, if it was opened with the key.
    key: Option<watch::Receiver<Key>>,
    /// Said before anything that is heard, last one first.
    first: Vec<News>,
    heartbeat: Duration,
    over: bool,
}

/// The stream of a connection; `fault` is what it does wrong after its beginning.
pub(crate) fn open(
    shared: &Shared,
    connection: &mut Connection,
    caller: Caller,
    fault: Option<Stream>,
) -> Response {
    let settings = shared.settings();
    let is_told =
        settings.present_state && !connection.flow.as_ref().is_some_and(Flow::is_forgotten);
    let present = connection.event().filter(|_| is_told);
    let last = connection.live_flow().is_none();
    let present = present.map(|data| News::State { data, last });
    let follow = Follow {
        shared: shared.clone(),
        news: connection.subscribe(),
        key: (caller == Caller::Key).then(|| shared.key().subscribe()),
        first: fault.map(News::Fault).into_iter().chain(present).collect(),
        heartbeat: settings.heartbeat,
        over: false,
    };
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/event-stream"),
        (header::CACHE_CONTROL.as_str(), "no-cache, no-transform"),
        (header::CONTENT_ENCODING.as_str(), "identity"),
        ("x-accel-buffering", "no"),
        ("x-sse-content-type", "application/json"),
    ];
    (
        headers,
        Body::from_stream(stream::unfold(follow, Follow::next)),
    )
        .into_response()
}

impl Follow {
    /// The next piece of the stream; none at its end.
    async fn next(mut self) -> Option<(Result<Vec<u8>, Infallible>, Self)> {
        if self.over {
            return None;
        }
        let bytes = match self.hear().await? {
            Heard::News(News::State { data, last }) => {
                self.over = last;
                frame("managed_auth_state", &data)
            }
            Heard::News(News::Fault(Stream::Garbage)) => {
                self.over = true;
                GARBAGE.to_vec()
            }
            Heard::News(News::Fault(Stream::Error)) => error(),
            Heard::News(News::Fault(Stream::ErrorEnd)) => {
                self.over = true;
                error()
            }
            Heard::News(News::Fault(Stream::Drop)) => return None,
            Heard::Silence => {
                let beat = json!({"event": "sse_heartbeat", "timestamp": clock::now()});
                frame("sse_heartbeat", &beat.to_string())
            }
        };
        Some((Ok(bytes), self))
    }

    /// What there is to say next; none when nothing will ever be.
    async fn hear(&mut self) -> Option<Heard> {
        if let Some(first) = self.first.pop() {
            return Some(Heard::News(first));
        }
        let beat = Instant::now() + self.heartbeat;
        loop {
            let news = tokio::select! {
                news = self.news.recv() => news,
                () = sleep_until(beat) => return Some(Heard::Silence),
                () = until_refused(self.key.as_mut()) => return None,
                () = self.shared.stopped() => return None,
            };
            match news {
                Ok(news) => return Some(Heard::News(news)),
                // A reader this slow has missed states; the next one tells what counts.
                Err(RecvError::Lagged(_)) => {}
                // The connection was deleted.
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

/// Resolves when the key that the stream was opened with is no longer accepted.
async fn until_refused(key: Option<&mut watch::Receiver<Key>>) {
    match key {
        Some(key) => key::until_refused(key).await,
        None => pending().await,
    }
}

enum Heard {
    News(News),
    Silence,
}

/// An event that tells of trouble (kernel-api.md 6.2).
fn error() -> Vec<u8> {
    let event = json!({
        "event": "error",
        "timestamp": clock::now(),
        "error": {
            "code": "internal_error",
            "message": "An error that was asked for",
            "details": [{"code": "asked_for", "message": "By a hook of the sandbox"}],
        },
    });
    frame("error", &event.to_string())
}

fn frame(event: &str, data: &str) -> Vec<u8> {
    format!("event: {event}\ndata: {data}\n\n").into_bytes()
}
