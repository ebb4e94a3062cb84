//! The request that opens a stream, and the service's own resources.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Harness, soon};

#[tokio::test]
async fn the_service_says_what_it_can_do() {
    let status = Harness::start().await.status().await;
    let all: Vec<_> = status["capabilities"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(all.contains(&"restart") && all.contains(&"bom"), "{all:?}");
    // The decoder does not tell of comments.
    assert!(!all.contains(&"comments"), "{all:?}");
}

#[tokio::test]
async fn a_plain_request_is_a_get_for_events() {
    let mut harness = Harness::start().await;
    let (stream, _) = harness.open(json!({"headers": null, "method": null})).await;
    assert_eq!(stream.method, "GET");
    assert_eq!(stream.header("accept"), Some("text/event-stream"));
    assert_eq!(stream.header("cache-control"), Some("no-cache"));
    assert_eq!(stream.header("last-event-id"), None);
}

#[tokio::test]
async fn method_body_headers_and_id_are_sent_each_time() {
    for method in ["POST", "REPORT"] {
        let mut harness = Harness::start().await;
        let wish = json!({"method": method, "body": "{\"a\": 1}", "lastEventId": "abc",
            "headers": {"content-type": "application/json", "x-one": "1"}});
        let (first, _) = harness.open(wish).await;
        let check = |stream: &crate::harness::Connection| {
            assert_eq!(stream.method, method);
            assert_eq!(stream.body, "{\"a\": 1}");
            assert_eq!(stream.header("content-type"), Some("application/json"));
            assert_eq!(stream.header("x-one"), Some("1"));
            assert_eq!(stream.header("last-event-id"), Some("abc"));
        };
        check(&first);
        drop(first);
        check(&harness.connection().await);
    }
}

#[tokio::test]
async fn wrong_wishes_are_refused() {
    let harness = Harness::start().await;
    let good = json!({"streamUrl": "http://127.0.0.1:1/", "callbackUrl": "http://127.0.0.1:1/"});
    for (key, value) in [
        ("streamUrl", json!(null)),
        ("callbackUrl", json!("nowhere")),
        ("method", json!("PUT")),
        ("headers", json!({"a b": "c"})),
        ("initialDelayMs", json!("soon")),
    ] {
        let mut wish = good.clone();
        wish[key] = value;
        let status = harness.post("/", &wish).await.status();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wish}");
    }
}

#[tokio::test]
async fn a_stream_takes_orders_until_it_is_closed() {
    let mut harness = Harness::start().await;
    let (stream, resource) = harness.open(json!({})).await;
    let listen = json!({"command": "listen", "listen": {"type": "greeting"}});
    assert!(harness.post(&resource, &listen).await.status().is_success());
    let dance = harness.post(&resource, &json!({"command": "dance"})).await;
    assert_eq!(dance.status(), StatusCode::BAD_REQUEST);

    assert!(harness.delete(&resource).await.is_success());
    stream.closed_by_client().await;
    assert_eq!(harness.delete(&resource).await, StatusCode::NOT_FOUND);
    let restart = json!({"command": "restart"});
    let status = harness.post(&resource, &restart).await.status();
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(harness.is_left_alone().await);
}

#[tokio::test]
async fn the_service_ends_when_told() {
    let mut harness = Harness::start().await;
    let (stream, _) = harness.open(json!({})).await;
    assert!(harness.delete("/").await.is_success());
    stream.closed_by_client().await;
    let ended = soon("end", &mut harness.serving).await.expect("no panic");
    ended.expect("a good end");
}
