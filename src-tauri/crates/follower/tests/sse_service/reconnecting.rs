//! What follows when a stream ends, breaks or can't be had.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::Harness;

#[tokio::test]
async fn a_stream_that_ends_is_opened_again_with_the_last_id() {
    let mut harness = Harness::start().await;
    let (mut first, _) = harness.open(json!({})).await;
    first.send("id: abc\ndata: one\n\ndata: two\n\n").await;
    harness.expect_event("message", "one", "abc").await;
    harness.expect_event("message", "two", "abc").await;
    drop(first);

    let mut second = harness.connection().await;
    assert_eq!(second.header("last-event-id"), Some("abc"));
    second.open().await;
    // A stream without ids of its own does not take the old one away.
    second.send("data: three\n\n").await;
    harness.expect_event("message", "three", "").await;
    drop(second);

    let mut third = harness.connection().await;
    assert_eq!(third.header("last-event-id"), Some("abc"));
    third.open().await;
    // One that empties its id does.
    third.send("id: x\ndata: four\n\nid\ndata: five\n\n").await;
    harness.expect_event("message", "four", "x").await;
    harness.expect_event("message", "five", "").await;
    drop(third);
    assert_eq!(harness.connection().await.header("last-event-id"), None);
}

#[tokio::test]
async fn the_server_sets_the_pause() {
    let mut harness = Harness::start().await;
    let (mut first, _) = harness.open(json!({})).await;
    first.send("retry: 3000\ndata: a\n\n").await;
    harness.expect_event("message", "a", "").await;
    let ended = Instant::now();
    drop(first);
    harness.connection().await;
    // Half of it at least, as each pause is within half and all of its step.
    let pause = ended.elapsed();
    assert!(pause >= Duration::from_millis(1500), "{pause:?}");
}

#[tokio::test]
async fn no_stream_is_opened_again_at_once() {
    let mut harness = Harness::start().await;
    let (first, _) = harness.open(json!({"initialDelayMs": 0})).await;
    let ended = Instant::now();
    drop(first);
    harness.connection().await;
    let pause = ended.elapsed();
    assert!(pause >= Duration::from_millis(500), "{pause:?}");
}

#[tokio::test]
async fn a_restart_does_not_wait() {
    let mut harness = Harness::start().await;
    let wish = json!({"initialDelayMs": 30_000});
    let (mut first, resource) = harness.open(wish).await;
    first.send("id: 1\ndata: Hello\n\n").await;
    harness.expect_event("message", "Hello", "1").await;
    let asked = Instant::now();
    let restart = json!({"command": "restart"});
    assert!(
        harness
            .post(&resource, &restart)
            .await
            .status()
            .is_success()
    );
    first.closed_by_client().await;
    let mut second = harness.connection().await;
    assert!(asked.elapsed() < Duration::from_secs(10));
    assert_eq!(second.header("last-event-id"), Some("1"));
    second.open().await;
    second.send("data: Thanks\n\n").await;
    harness.expect_event("message", "Thanks", "").await;
}

#[tokio::test]
async fn silence_ends_a_stream() {
    let mut harness = Harness::start().await;
    let (mut stream, _) = harness.open(json!({"readTimeoutMs": 500})).await;
    stream.send("data: Hello\n\n").await;
    harness.expect_event("message", "Hello", "").await;
    harness.expect_error().await;
    stream.closed_by_client().await;
    harness.connection().await;
}

#[tokio::test]
async fn what_can_pass_is_tried_again() {
    for status in [
        "500 Oh",
        "503 Busy\r\nRetry-After: 1",
        "429 Slow",
        "408 Late",
    ] {
        let mut harness = Harness::start().await;
        harness.create(json!({})).await;
        harness.connection().await.answer(status).await;
        harness.expect_error().await;
        let mut stream = harness.connection().await;
        stream.open().await;
        stream.send("data: back\n\n").await;
        harness.expect_event("message", "back", "").await;
    }
}

#[tokio::test]
async fn what_cannot_pass_is_the_end_until_a_restart() {
    let html = "200 OK\r\nContent-Type: text/html";
    for status in [
        "204 No Content",
        "401 Who",
        "403 No",
        "404 Where",
        "410 Gone",
        "422 What",
        "301 There\r\nLocation: /elsewhere",
        html,
    ] {
        let mut harness = Harness::start().await;
        let resource = harness.create(json!({"initialDelayMs": 1})).await;
        harness.connection().await.answer(status).await;
        harness.expect_error().await;
        // Between two tries the service says nothing, so this is the word that there is none.
        let message = harness.message().await;
        let error = message["error"].as_str().unwrap_or_default();
        assert!(error.contains("not tried again"), "{status}: {message}");

        let restart = json!({"command": "restart"});
        assert!(
            harness
                .post(&resource, &restart)
                .await
                .status()
                .is_success()
        );
        let mut stream = harness.connection().await;
        stream.open().await;
        stream.send("data: back\n\n").await;
        harness.expect_event("message", "back", "").await;
    }
}
