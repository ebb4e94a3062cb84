//! What comes out of a stream.

use serde_json::json;

use crate::harness::Harness;

#[tokio::test]
async fn events_come_with_type_data_and_id() {
    let mut harness = Harness::start().await;
    let (mut stream, _) = harness.open(json!({})).await;
    stream
        .send("data: a\n\nevent: greeting\nid: 7\ndata: b\ndata:c\n\ndata\n\n: a comment\nunknown: x\ndata:  €豆腐\n\n")
        .await;
    harness.expect_event("message", "a", "").await;
    harness.expect_event("greeting", "b\nc", "7").await;
    harness.expect_event("message", "", "7").await;
    harness.expect_event("message", " €豆腐", "7").await;
    stream.send("id: x\0y\ndata: d\n\nid\ndata: e\n\n").await;
    harness.expect_event("message", "d", "7").await;
    harness.expect_event("message", "e", "").await;
}

#[tokio::test]
async fn lines_end_in_every_way_and_anywhere() {
    for end in ["\n", "\r\n", "\r"] {
        let mut harness = Harness::start().await;
        let (mut stream, _) = harness.open(json!({})).await;
        let text =
            format!("\u{feff}: x{end}{end}data: \u{feff}eins{end}data:{end}data: zwei€{end}{end}");
        for byte in text.as_bytes() {
            stream.send([*byte]).await;
        }
        // Told without a byte more, also after a lone CR.
        harness
            .expect_event("message", "\u{feff}eins\n\nzwei€", "")
            .await;
        stream.send(text).await;
        harness
            .expect_event("message", "\u{feff}eins\n\nzwei€", "")
            .await;
    }
}

#[tokio::test]
async fn only_the_event_over_the_limit_is_lost() {
    let mut harness = Harness::with_limit(8).await;
    let (mut stream, _) = harness.open(json!({})).await;
    stream
        .send("data: 12345678\n\ndata: 123456789\n\ndata: 1\n\n")
        .await;
    harness.expect_event("message", "12345678", "").await;
    harness.expect_error().await;
    harness.expect_event("message", "1", "").await;
}

#[tokio::test]
async fn a_megabyte_arrives() {
    let mut harness = Harness::start().await;
    let (mut stream, _) = harness.open(json!({})).await;
    let data = "x".repeat(1024 * 1024);
    stream.send(format!("data: {data}\n\n")).await;
    harness.expect_event("message", &data, "").await;
}

#[tokio::test]
async fn what_a_stream_leaves_unfinished_is_dropped() {
    let mut harness = Harness::start().await;
    let (mut stream, _) = harness.open(json!({})).await;
    stream.send("data: half").await;
    drop(stream);
    let mut again = harness.connection().await;
    again.open().await;
    again.send("\n\ndata: whole\n\n").await;
    harness.expect_event("message", "whole", "").await;
}
