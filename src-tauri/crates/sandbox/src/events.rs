//! The event stream (kernel-api.md 6).

use std::{convert::Infallible, time::Duration};

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::json;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until},
};

use crate::{
    clock,
    connection::{Connection, News},
    faults::Stream,
    world::Shared,
};

/// Breaks off inside a frame, with bytes that no encoding allows.
const GARBAGE: &[u8] =
    b"event: managed_auth_state\ndata: {\"event\":\"managed_auth_st\xff\xfe\n\n\x00\xc3<html>garbage\n\n";

/// One open stream.
struct Follow {
    shared: Shared,
    news: Receiver<News>,
    /// Said before anything that is heard, last one first.
    first: Vec<News>,
    heartbeat: Duration,
    over: bool,
}

/// The stream of a connection; `fault` is what it does wrong after its beginning.
pub(crate) fn open(
    shared: &Shared,
    connection: &mut Connection,
    fault: Option<Stream>,
) -> Response {
    let settings = shared.settings();
    let present = connection.event().filter(|_| settings.present_state);
    let last = connection.live_flow().is_none();
    let present = present.map(|data| News::State { data, last });
    let fault = fault.map(|fault| match fault {
        Stream::Garbage => News::Garbage,
        Stream::Drop => News::Close,
    });
    let follow = Follow {
        shared: shared.clone(),
        news: connection.subscribe(),
        first: fault.into_iter().chain(present).collect(),
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
            Heard::News(News::Garbage) => {
                self.over = true;
                GARBAGE.to_vec()
            }
            Heard::News(News::Close) => return None,
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

enum Heard {
    News(News),
    Silence,
}

fn frame(event: &str, data: &str) -> Vec<u8> {
    format!("event: {event}\ndata: {data}\n\n").into_bytes()
}
