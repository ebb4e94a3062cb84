//! The hooks: the log, acting from outside, faults.

use serde_json::{Value, json};

use crate::client::{World, right};

#[tokio::test]
async fn the_log_counts_calls_and_keeps_no_values() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    connection
        .submit(json!({"fields": {"nonsense": "tell nobody"}}))
        .await;
    connection.submit(right(&prompt)).await;
    follow.terminal().await;
    let log = world
        .get(&format!("/sandbox/connections/{}/log", connection.id))
        .await;
    assert_eq!(
        log.json()["counts"],
        json!({"login": 1, "events": 1, "submit": 2})
    );
    let submits: Vec<Value> = log.json()["calls"]
        .as_array()
        .expect("calls")
        .iter()
        .filter(|call| call["call"] == "submit")
        .map(|call| json!([call["mode"], call["status"]]))
        .collect();
    assert_eq!(
        submits,
        [json!(["fields", 422]), json!(["field_values", 202])]
    );
    for secret in ["tell nobody", "correct horse", "ada@example.com"] {
        assert!(!log.text.contains(secret));
    }
    world.delete(&connection.path).await;
    let after = world
        .get(&format!("/sandbox/connections/{}/log", connection.id))
        .await;
    assert_eq!(after.json()["counts"]["delete"], 1);
}

#[tokio::test]
async fn approving_lets_a_waiting_flow_go_on() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("magic-link.example").await;
    let waiting = follow.step("AWAITING_EXTERNAL_ACTION").await;
    assert_eq!(
        waiting["external_action_message"],
        "Open the link we sent to a***@example.com"
    );
    assert_eq!(connection.hook("approve", json!({})).await.status, 204);
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
    assert_eq!(connection.hook("approve", json!({})).await.status, 409);
}

#[tokio::test]
async fn flows_and_tokens_are_ended_on_demand() {
    let world = World::new().await;
    let (canceled, _, mut follow) = world.log_in("password.example").await;
    canceled.hook("cancel", json!({})).await;
    assert_eq!(follow.terminal().await["flow_status"], "CANCELED");
    let (expired, login, mut follow) = world.log_in("sms.example").await;
    let exchanged = expired.exchange(&login["handoff_code"]).await.json();
    expired.hook("expire", json!({})).await;
    assert_eq!(follow.terminal().await["flow_status"], "EXPIRED");
    let jwt = exchanged["jwt"].as_str().expect("a token");
    let read = || world.send(jwt, reqwest::Method::GET, &expired.path, None);
    assert_eq!(read().await.status, 200);
    expired.hook("expire-tokens", json!({})).await;
    assert_eq!(read().await.status, 410);
}

#[tokio::test]
async fn streams_are_closed_on_demand() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    follow.step("AWAITING_INPUT").await;
    connection.hook("close-streams", json!({})).await;
    assert_eq!(follow.frame().await, None);
    connection.follow().await.step("AWAITING_INPUT").await;
}

#[tokio::test]
async fn answers_fail_as_often_as_asked() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let faults = json!({
        "get": {"status": 503, "times": 2, "retry_after": 1},
        "submit": {"status": 429, "times": 1},
        "exchange": {"status": 500},
        "events": {"status": 503, "times": 1},
    });
    assert_eq!(connection.hook("faults", faults).await.status, 204);
    for expected in [503, 503, 200] {
        assert_eq!(world.get(&connection.path).await.status, expected);
    }
    assert_eq!(connection.submit(json!({})).await.status, 429);
    assert_eq!(connection.submit(json!({})).await.status, 400);
    assert_eq!(connection.exchange(&json!("a")).await.status, 500);
    assert_eq!(connection.follow().await.response.status(), 503);
    assert_eq!(connection.follow().await.response.status(), 200);
    connection.hook("faults", json!({})).await;
    assert_eq!(connection.exchange(&json!("a")).await.status, 400);
    assert_eq!(
        connection
            .hook("faults", json!({"weather": 1}))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_stream_turns_to_garbage() {
    let world = World::new().await;
    let (connection, _, mut open) = world.log_in("password.example").await;
    open.step("AWAITING_INPUT").await;
    connection
        .hook("faults", json!({"events": "garbage"}))
        .await;
    let frame = open.frame().await.expect("garbage");
    assert!(frame.contains('\u{fffd}'), "no valid text: {frame}");
    while open.frame().await.is_some() {}
    connection.hook("faults", json!({"events": "drop"})).await;
    let mut next = connection.follow().await;
    next.step("AWAITING_INPUT").await;
    assert_eq!(next.frame().await, None);
    connection.follow().await.step("AWAITING_INPUT").await;
}

#[tokio::test]
async fn every_answer_is_a_page() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    for (fault, status) in [(json!(true), 502), (json!(200), 200)] {
        connection.hook("faults", json!({"html": fault})).await;
        let answer = world.get(&connection.path).await;
        assert_eq!(answer.status, status);
        assert!(answer.header("content-type").starts_with("text/html"));
    }
}
