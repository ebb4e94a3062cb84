//! The event stream.

use std::time::Duration;

use sandbox::Settings;
use serde_json::json;

use crate::client::{World, right, settings};

#[tokio::test]
async fn a_stream_tells_each_state_and_ends_after_the_last() {
    let world = World::new().await;
    let (connection, login, mut follow) = world.log_in("password.example").await;
    let headers = follow.response.headers();
    assert_eq!(headers["content-type"], "text/event-stream");
    assert_eq!(headers["x-sse-content-type"], "application/json");
    assert_eq!(headers["cache-control"], "no-cache, no-transform");
    assert_eq!(headers["x-accel-buffering"], "no");
    let prompt = follow.step("AWAITING_INPUT").await;
    assert_eq!(prompt["flow_type"], "LOGIN");
    assert_eq!(prompt["hosted_url"], login["hosted_url"]);
    assert!(prompt["timestamp"].is_string());
    for absent in [
        "id",
        "domain",
        "status",
        "sso_provider",
        "flow_expires_at",
        "website_error",
    ] {
        assert_eq!(prompt.get(absent), None, "{absent}");
    }
    connection.submit(right(&prompt)).await;
    let submitting = follow.event().await.expect("a state");
    assert_eq!(submitting["flow_step"], "SUBMITTING");
    assert_eq!(submitting.get("fields"), None);
    let end = follow.terminal().await;
    assert_eq!(
        (&end["flow_status"], &end["flow_step"]),
        (&json!("SUCCESS"), &json!("COMPLETED"))
    );
    assert_eq!(end["post_login_url"], "https://password.example/home");
    assert_eq!(connection.full().await["status"], "AUTHENTICATED");
}

#[tokio::test]
async fn a_stream_of_a_finished_flow_tells_its_end_and_closes() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("fail-account-locked.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    connection.submit(right(&prompt)).await;
    follow.terminal().await;
    let end = connection.follow().await.terminal().await;
    assert_eq!(end["error_code"], "account_locked");
}

#[tokio::test]
async fn the_present_state_may_be_kept_back_and_heartbeats_come() {
    let quick = Duration::from_millis(5);
    let settings = Settings {
        present_state: false,
        heartbeat: quick,
        ..settings()
    };
    let world = World::with(settings).await;
    let connection = world.connect("password.example").await;
    let mut follow = connection.follow().await;
    let beat = follow.event().await.expect("a heartbeat");
    assert_eq!(beat["event"], "sse_heartbeat");
    assert!(beat["timestamp"].is_string());
    connection.login().await;
    follow.step("AWAITING_INPUT").await;
    let event = connection
        .follow()
        .await
        .event()
        .await
        .expect("a heartbeat");
    assert_eq!(event["event"], "sse_heartbeat");
}

#[tokio::test]
async fn time_limits_expire_the_flow() {
    let short = Duration::from_millis(60);
    let whole = World::with(Settings {
        flow_limit: short,
        ..settings()
    })
    .await;
    let (_, _, mut follow) = whole.log_in("password.example").await;
    assert_eq!(follow.terminal().await["flow_status"], "EXPIRED");
    let input = World::with(Settings {
        input_limit: short,
        ..settings()
    })
    .await;
    let (connection, login, mut follow) = input.log_in("password.example").await;
    assert_eq!(follow.terminal().await["flow_status"], "EXPIRED");
    assert_eq!(
        connection.exchange(&login["handoff_code"]).await.status,
        410
    );
}

#[tokio::test]
async fn stopping_ends_open_streams() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let mut follow = connection.follow().await;
    world.sandbox.stop().await;
    assert_eq!(follow.event().await, None);
}
