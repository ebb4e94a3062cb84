//! Ways in which the service may be different, by setting or by hook.

use reqwest::Method;
use sandbox::{API_KEY, Settings};
use serde_json::{Value, json};

use crate::client::{Answer, Follow, World, right, settings};

async fn post(world: &World, path: &str, body: Value) -> Answer {
    let request = world.bare(Method::POST, path).json(&body);
    Answer::of(request.send().await.expect("an answer")).await
}

#[tokio::test]
async fn a_key_that_is_no_longer_accepted_opens_nothing_and_ends_its_streams() {
    let world = World::new().await;
    let (connection, login, mut follow) = world.log_in("password.example").await;
    follow.step("AWAITING_INPUT").await;
    let exchanged = connection.exchange(&login["handoff_code"]).await.json();
    let jwt = exchanged["jwt"].as_str().expect("a token");
    let events = format!("{}/events", connection.path);
    let request = world.bare(Method::GET, &events).bearer_auth(jwt);
    let mut guest = Follow::of(request.send().await.expect("a stream"));
    guest.step("AWAITING_INPUT").await;

    let done = post(&world, "/sandbox/key", json!({"accepted": false})).await;
    assert_eq!(done.status, 204);
    assert_eq!(follow.event().await, None, "the stream of the key ends");
    for (method, path) in [
        (Method::GET, "/auth/context"),
        (Method::GET, "/auth/connections"),
        (Method::GET, connection.path.as_str()),
        (Method::GET, events.as_str()),
        (Method::DELETE, connection.path.as_str()),
    ] {
        let answer = world.send(API_KEY, method, path, None).await;
        assert_eq!(answer.refusal(), (401, "unauthorized".to_owned()), "{path}");
    }
    let read = world.send(jwt, Method::GET, &connection.path, None).await;
    assert_eq!(read.status, 200, "a guest's token is another matter");
    connection.hook("cancel", json!({})).await;
    assert_eq!(guest.terminal().await["flow_status"], "CANCELED");

    post(&world, "/sandbox/key", json!({"accepted": true})).await;
    assert_eq!(world.get(&connection.path).await.status, 200);
    let log = world
        .get(&format!("/sandbox/connections/{}/log", connection.id))
        .await
        .json();
    assert_eq!(
        log["counts"]["delete"], 1,
        "refused calls are noted as well"
    );
}

#[tokio::test]
async fn a_key_may_be_good_for_reading_alone() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    post(&world, "/sandbox/key", json!({"allowed": false})).await;
    let forbidden = (403, "forbidden".to_owned());
    assert_eq!(connection.submit(right(&prompt)).await.refusal(), forbidden);
    assert_eq!(world.delete(&connection.path).await.refusal(), forbidden);
    let created = world.post("/auth/connections", json!({})).await;
    assert_eq!(created.refusal(), forbidden);
    for path in [
        "/auth/context".to_owned(),
        "/auth/connections".to_owned(),
        connection.path.clone(),
        format!("{}/timeline", connection.path),
    ] {
        assert_eq!(world.get(&path).await.status, 200, "{path}");
    }
    assert_eq!(connection.follow().await.response.status(), 200);
    post(&world, "/sandbox/key", json!({"allowed": true})).await;
    assert_eq!(connection.submit(right(&prompt)).await.status, 202);
    assert_eq!(
        post(&world, "/sandbox/key", json!({})).await.status,
        400,
        "something is to change"
    );
}

#[tokio::test]
async fn there_may_be_no_context() {
    let world = World::with(Settings {
        has_context: false,
        ..settings()
    })
    .await;
    let none = (404, "not_found".to_owned());
    assert_eq!(world.get("/auth/context").await.refusal(), none);
    let other = world
        .send("sk_other", Method::GET, "/auth/context", None)
        .await;
    assert_eq!(other.refusal(), none, "whoever asks");
    assert_eq!(world.get("/auth/connections").await.status, 200);
    post(&world, "/sandbox/context", json!({"there": true})).await;
    assert_eq!(world.get("/auth/context").await.status, 200);
    post(&world, "/sandbox/context", json!({"there": false})).await;
    assert_eq!(world.get("/auth/context").await.refusal(), none);
}

#[tokio::test]
async fn answers_tell_how_many_calls_are_left() {
    let world = World::with(Settings {
        rate_limit: Some(5),
        ..settings()
    })
    .await;
    let left = |answer: &Answer| {
        assert_eq!(answer.header("x-ratelimit-limit"), "5");
        answer.header("x-ratelimit-remaining").to_owned()
    };
    let body = json!({"domain": "password.example", "profile_name": "ada"});
    let created = world.post("/auth/connections", body).await;
    assert_eq!(left(&created), "4");
    let connection = world.known(&created.json()["id"]);
    connection
        .hook("faults", json!({"get": {"status": 503}}))
        .await;
    let fault = world.get(&connection.path).await;
    assert_eq!((fault.status.as_u16(), left(&fault).as_str()), (503, "3"));
    assert_eq!(left(&world.get("/auth/context").await), "2");
    let refused = world
        .send("sk_other", Method::GET, "/auth/connections", None)
        .await;
    assert_eq!(
        (refused.status.as_u16(), left(&refused).as_str()),
        (401, "1")
    );
    let stream = connection.follow().await.response;
    assert_eq!(stream.headers()["x-ratelimit-remaining"], "0");
    let over = world.get("/auth/connections").await;
    assert_eq!(over.refusal(), (429, "rate_limit_exceeded".to_owned()));
    assert_eq!(left(&over), "0");
    let wait: u64 = over.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait));
    let page = world.get("/sandbox/scenarios").await;
    assert_eq!(page.status, 200, "hooks are not counted");
    post(&world, "/sandbox/rate-limit", json!({"per_minute": null})).await;
    let free = world.get("/auth/connections").await;
    assert_eq!(free.headers.get("x-ratelimit-limit"), None);
}

#[tokio::test]
async fn a_flow_that_is_over_may_be_forgotten() {
    let world = World::with(Settings {
        forget_ended_flows: true,
        ..settings()
    })
    .await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    assert_eq!(connection.full().await["flow_status"], "IN_PROGRESS");
    connection.submit(right(&prompt)).await;
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
    let full = connection.full().await;
    for forgotten in [
        "flow_status",
        "flow_step",
        "flow_type",
        "flow_expires_at",
        "post_login_url",
    ] {
        assert_eq!(full[forgotten], Value::Null, "{forgotten}");
    }
    assert_eq!(full["status"], "AUTHENTICATED");
    let path = format!("{}/timeline", connection.path);
    assert_eq!(world.get(&path).await.json()[0]["status"], "SUCCESS");
}

#[tokio::test]
async fn a_stream_tells_of_an_error() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    follow.step("AWAITING_INPUT").await;
    connection.hook("faults", json!({"events": "error"})).await;
    let error = follow.event().await.expect("an event");
    assert_eq!(error["event"], "error");
    assert!(error["timestamp"].is_string());
    assert!(error["error"]["code"].is_string() && error["error"]["message"].is_string());
    connection
        .hook("faults", json!({"events": "error-end"}))
        .await;
    assert_eq!(follow.event().await.expect("it went on")["event"], "error");
    assert_eq!(follow.event().await, None);
}
