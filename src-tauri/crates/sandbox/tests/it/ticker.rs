//! Logins that say something new all the time.

use std::time::Duration;

use reqwest::Method;
use sandbox::Settings;
use serde_json::{Value, json};

use crate::client::{Answer, World, settings};

async fn post(world: &World, path: &str, body: Value) -> Answer {
    let request = world.bare(Method::POST, path).json(&body);
    Answer::of(request.send().await.expect("an answer")).await
}

/// Number and time of a tick.
fn tick(event: &Value) -> Option<(u64, i64)> {
    let words = event["external_action_message"].as_str()?;
    let (number, at) = words.strip_prefix("tick ")?.split_once(" at ")?;
    Some((number.parse().ok()?, at.parse().ok()?))
}

#[tokio::test]
async fn each_speaks_on_and_on_until_it_is_stopped() {
    let world = World::with(Settings {
        heartbeat: Duration::from_millis(1),
        ..settings()
    })
    .await;
    let order = json!({"flows": 3, "every_ms": 20});
    let started = post(&world, "/sandbox/ticker", order).await.json();
    let ids = started["ids"].as_array().expect("ids");
    assert_eq!(ids.len(), 3);
    for id in ids {
        let mut follow = world.known(id).follow().await;
        let mut before = None;
        for _ in 0..4 {
            let event = follow.until(|event| tick(event) > before).await;
            assert_eq!(event["flow_step"], "AWAITING_EXTERNAL_ACTION");
            assert!(tick(&event).expect("a tick").1 > 1_700_000_000_000);
            before = tick(&event);
        }
    }
    let mut follow = world.known(&ids[0]).follow().await;
    assert_eq!(
        post(&world, "/sandbox/ticker/stop", json!({})).await.status,
        204
    );
    // What was said before is read first; a row of heartbeats means that nothing else is.
    let mut beats = 0;
    while beats < 100 {
        let event = follow.event().await.expect("an event");
        beats = if event["event"] == "sse_heartbeat" {
            beats + 1
        } else {
            0
        };
    }
    let full = world.known(&ids[0]).full().await;
    assert!(tick(&full).is_some(), "it goes on waiting: {full}");
}

#[tokio::test]
async fn impossible_orders_are_refused() {
    let world = World::new().await;
    for order in [
        json!({}),
        json!({"flows": 0}),
        json!({"flows": 1, "every_ms": 0}),
    ] {
        let answer = post(&world, "/sandbox/ticker", order.clone()).await;
        assert_eq!(answer.status, 400, "{order}");
    }
}
