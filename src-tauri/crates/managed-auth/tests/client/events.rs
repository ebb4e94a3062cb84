//! The event stream over HTTP.

use std::{io, time::Duration};

use axum::body::Body;
use futures_util::{StreamExt, stream};
use managed_auth::{
    Client, Error, EventStream, Events, FlowEvent, FlowStatus, NetworkProblem, Settings, StreamItem,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::server::{Reply, Server, key, reply, settings};

fn streaming(body: impl Into<Body>) -> Reply {
    reply(200, body).with("content-type", "text/event-stream; charset=utf-8")
}

async fn open(server: &Server) -> EventStream {
    match server.client().events("ma_1").await.expect("an answer") {
        Events::Open(stream) => stream,
        Events::Nothing => panic!("there is a stream"),
    }
}

#[tokio::test]
async fn events_come_until_the_server_ends() {
    let text = "event: managed_auth_state\ndata: {\"event\":\"managed_auth_state\",\"flow_status\":\"SUCCESS\"}\n\n\
                retry: 2000\n\ndata: {\"event\":\"sse_heartbeat\"}\n\nevent: error\ndata: {\"error\":{\"code\":\"c\"}}\n\n\
                data: {\n\nevent: new\ndata: {}\n\ndata: {\"event\":\"sse_heartbeat\"}\n";
    let server = Server::answering([streaming(text)]).await;

    let items: Vec<_> = open(&server)
        .await
        .map(|item| item.expect("no trouble"))
        .collect()
        .await;

    let [state, retry, heartbeat, error, malformed, unknown] = &items[..] else {
        panic!("{items:?}")
    };
    assert!(
        matches!(state, StreamItem::Event(FlowEvent::State(state)) if state.flow_status == FlowStatus::Success)
    );
    assert!(matches!(retry, StreamItem::Retry(pause) if *pause == Duration::from_secs(2)));
    assert!(matches!(heartbeat, StreamItem::Event(FlowEvent::Heartbeat)));
    assert!(
        matches!(error, StreamItem::Event(FlowEvent::Error(body)) if body.code.as_deref() == Some("c"))
    );
    assert!(matches!(malformed, StreamItem::Event(FlowEvent::Malformed)));
    assert!(matches!(unknown, StreamItem::Event(FlowEvent::Unknown)));
    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "GET /auth/connections/ma_1/events");
    assert_eq!(seen.header("accept"), Some("text/event-stream"));
    assert_eq!(seen.header("cache-control"), Some("no-cache"));
    assert_eq!(seen.header("authorization"), Some("Bearer sk_test"));
    assert_eq!(seen.header("last-event-id"), None);
}

#[tokio::test]
async fn every_sign_of_life_shows_while_the_stream_is_open() {
    let (chunks, server) = stepwise().await;
    let mut events = open(&server).await;
    let mut next = async |chunk| {
        chunks.send(Ok(chunk)).expect("the server runs");
        events
            .next()
            .await
            .expect("the stream is open")
            .expect("no trouble")
    };

    assert!(matches!(next(": hello\n\n").await, StreamItem::Alive));
    assert!(matches!(next("data: {\"event\":").await, StreamItem::Alive));
    assert!(matches!(
        next("\"sse_heartbeat\"}\r").await,
        StreamItem::Alive
    ));
    assert!(matches!(
        next("\r").await,
        StreamItem::Event(FlowEvent::Heartbeat)
    ));
    assert!(matches!(next("\n").await, StreamItem::Alive));
}

#[tokio::test]
async fn a_stream_that_breaks_says_so_once() {
    let (chunks, server) = stepwise().await;
    let mut events = open(&server).await;
    chunks
        .send(Ok("data: {\"event\":\"sse_heartbeat\"}\n\n"))
        .expect("the server runs");
    assert!(matches!(
        events.next().await,
        Some(Ok(StreamItem::Event(FlowEvent::Heartbeat)))
    ));

    chunks
        .send(Err(io::Error::other("gone")))
        .expect("the server runs");

    assert!(matches!(
        events.next().await,
        Some(Err(Error::Network(NetworkProblem::Broken)))
    ));
    assert!(events.next().await.is_none());
}

/// A server with a stream that stays open, and sends each chunk when it is given here.
async fn stepwise() -> (UnboundedSender<io::Result<&'static str>>, Server) {
    let (chunks, receiver) = unbounded_channel();
    let body = stream::unfold(receiver, async |mut receiver: UnboundedReceiver<_>| {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    });
    (
        chunks,
        Server::answering([streaming(Body::from_stream(body))]).await,
    )
}

#[tokio::test]
async fn an_event_over_the_bound_is_lost_alone() {
    let text = format!(
        "data: {}\n\ndata: {{\"event\":\"sse_heartbeat\"}}\n\n",
        "x".repeat(200)
    );
    let server = Server::answering([streaming(text)]).await;
    let settings = Settings {
        max_event: 100,
        ..settings()
    };
    let client = Client::new(server.api.clone(), &key(), settings).expect("a client");
    let Ok(Events::Open(stream)) = client.events("ma_1").await else {
        panic!("there is a stream")
    };

    let items: Vec<_> = stream.map(|item| item.expect("no trouble")).collect().await;

    let [
        StreamItem::TooLarge,
        StreamItem::Event(FlowEvent::Heartbeat),
    ] = &items[..]
    else {
        panic!("{items:?}")
    };
}

#[tokio::test]
async fn no_content_means_stop() {
    let server = Server::answering([reply(204, "")]).await;
    assert!(matches!(
        server.client().events("ma_1").await,
        Ok(Events::Nothing)
    ));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn only_a_stream_is_a_stream() {
    let wrong = |kind| reply(200, "data: x\n\n").with("content-type", kind);
    for answer in [
        reply(200, "data: x\n\n"),
        wrong("application/json"),
        wrong("text/html"),
        wrong("text/event-stream-x"),
        reply(206, "").with("content-type", "text/event-stream"),
        reply(302, "").with("location", "/"),
    ] {
        let server = Server::answering([answer]).await;
        assert!(matches!(
            server.client().events("ma_1").await,
            Err(Error::NotTheApi { .. })
        ));
        assert_eq!(server.seen().len(), 1);
    }
    let server = Server::answering([wrong("Text/Event-Stream;x=y")]).await;
    assert!(matches!(
        server.client().events("ma_1").await,
        Ok(Events::Open(_))
    ));
}

#[tokio::test]
async fn a_refusal_is_told_with_its_wait_and_not_tried_again() {
    let refusal = |status| reply(status, r#"{"code":"c"}"#).with("retry-after", "7");
    let events = async |status| {
        let server = Server::answering([refusal(status)]).await;
        let error = server.client().events("ma_1").await.expect_err("no stream");
        assert_eq!(server.seen().len(), 1);
        error
    };
    let wait = Some(Duration::from_secs(7));
    assert!(
        matches!(events(429).await, Error::RateLimited { retry_after, .. } if retry_after == wait)
    );
    assert!(
        matches!(events(503).await, Error::Refused { status: 503, retry_after, .. } if retry_after == wait)
    );
    assert!(matches!(events(401).await, Error::Unauthorised(_)));
    assert!(matches!(events(404).await, Error::NotFound(_)));
    assert!(matches!(events(410).await, Error::Gone(_)));
}
