//! The handoff: the exchange, and what its token may do.

use reqwest::Method;
use sandbox::Settings;
use serde_json::json;

use crate::client::{World, right, settings};

#[tokio::test]
async fn a_code_works_once() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let login = connection.login().await;
    let wrong = connection.exchange(&json!("guess")).await;
    assert_eq!(wrong.refusal(), (400, "invalid_code".to_owned()));
    let first = connection.exchange(&login["handoff_code"]).await;
    assert_eq!(first.status, 200);
    let jwt = first.json()["jwt"].as_str().expect("a token").to_owned();
    assert_eq!(jwt.split('.').count(), 3);
    assert!(first.json()["invocation_id"].is_string());
    let second = connection.exchange(&login["handoff_code"]).await;
    assert_eq!(second.refusal(), (410, "gone".to_owned()));
    let log = world
        .get(&format!("/sandbox/connections/{}/log", connection.id))
        .await
        .json();
    assert_eq!(log["counts"]["exchange"], 3);
}

#[tokio::test]
async fn a_code_is_of_one_connection() {
    let world = World::new().await;
    let one = world.connect("password.example").await;
    let other = world.connect("sms.example").await;
    let login = one.login().await;
    assert_eq!(other.exchange(&login["handoff_code"]).await.status, 400);
    assert_eq!(one.exchange(&login["handoff_code"]).await.status, 200);
    let path = "/auth/connections/ma_none/exchange";
    let none = world
        .bare(Method::POST, path)
        .json(&json!({"code": "a"}))
        .send()
        .await;
    assert_eq!(none.expect("an answer").status(), 404);
}

#[tokio::test]
async fn a_token_is_good_for_one_connection_and_three_calls() {
    let world = World::new().await;
    let (connection, login, mut follow) = world.log_in("password.example").await;
    let other = world.connect("sms.example").await;
    let exchanged = connection.exchange(&login["handoff_code"]).await.json();
    let jwt = exchanged["jwt"].as_str().expect("a token");
    let one = &connection.path;
    let refused = [
        (Method::GET, "/auth/connections".to_owned()),
        (Method::POST, "/auth/connections".to_owned()),
        (Method::GET, "/auth/context".to_owned()),
        (Method::PATCH, one.clone()),
        (Method::DELETE, one.clone()),
        (Method::POST, format!("{one}/login")),
        (Method::GET, format!("{one}/timeline")),
        (Method::GET, other.path.clone()),
        (Method::POST, format!("{}/submit", other.path)),
        (Method::GET, format!("{}/events", other.path)),
    ];
    for (method, path) in refused {
        let answer = world
            .send(jwt, method.clone(), &path, Some(json!({})))
            .await;
        assert_eq!(answer.status, 403, "{method} {path}");
    }
    let prompt = follow.step("AWAITING_INPUT").await;
    assert_eq!(world.send(jwt, Method::GET, one, None).await.status, 200);
    let path = format!("{one}/submit");
    let sent = world
        .send(jwt, Method::POST, &path, Some(right(&prompt)))
        .await;
    assert_eq!(sent.status, 202);
    follow.terminal().await;
    let after = world
        .send(jwt, Method::GET, &format!("{one}/events"), None)
        .await;
    assert!(
        after.text.contains("SUCCESS"),
        "a guest may still read after the end"
    );
    assert_eq!(
        world.send(jwt, Method::GET, one, None).await.json()["flow_status"],
        "SUCCESS"
    );
}

#[tokio::test]
async fn a_token_expires() {
    let life = std::time::Duration::ZERO;
    let world = World::with(Settings {
        token_life: life,
        ..settings()
    })
    .await;
    let connection = world.connect("password.example").await;
    let login = connection.login().await;
    let exchanged = connection.exchange(&login["handoff_code"]).await.json();
    let jwt = exchanged["jwt"].as_str().expect("a token");
    let answer = world.send(jwt, Method::GET, &connection.path, None).await;
    assert_eq!(answer.refusal(), (410, "gone".to_owned()));
}
