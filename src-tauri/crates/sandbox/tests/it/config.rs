//! What a connection may be created with and patched by.

use serde_json::{Value, json};

use crate::client::World;

#[tokio::test]
async fn what_breaks_a_rule_is_refused() {
    let wrong = [
        json!({"surprise": 1}),
        json!({"domain": ""}),
        json!({"domain": "no spaces.example"}),
        json!({"profile_name": " "}),
        json!({"profile_name": null}),
        json!({"login_url": "not a url"}),
        json!({"login_url": null}),
        json!({"allowed_domains": ["https://x.example"]}),
        json!({"health_check_interval": 86_401}),
        json!({"health_check_interval": 10}),
        json!({"save_credentials": "yes"}),
        json!({"credential": {}}),
        json!({"credential": {"name": "a", "provider": "b"}}),
        json!({"credential": {"path": "a/b"}}),
        json!({"credential": {"provider": "a", "path": "b", "auto": true}}),
        json!({"browser": {"proxy": {}}}),
        json!({"browser": {"proxy": {"id": "a", "mode": "direct"}}}),
        json!({"browser": {"proxy": {"mode": "sideways"}}}),
        json!({"browser": {"region": "the-moon"}}),
        json!({"browser": {"headless": true}}),
        json!({"browser": {"telemetry": {"enabled": false, "browser": {"page": {}}}}}),
        json!({"browser": {"telemetry": {"browser": {"weather": {}}}}}),
        json!({"browser": {"telemetry": {"storage": {"enabled": false}}}}),
        json!({"browser": {"telemetry": {"export": {"otlp": {
            "enabled": false, "destination": {"id": "a"}}}}}}),
        json!({"proxy": {"mode": "direct"}}),
    ];
    let world = World::new().await;
    for part in wrong {
        let answer = world.post("/auth/connections", with(&part)).await;
        assert_eq!(answer.refusal(), (400, "bad_request".to_owned()), "{part}");
        assert_eq!(
            answer.json()["details"][0]["code"],
            "invalid_input",
            "{part}"
        );
    }
    let missing = world
        .post("/auth/connections", json!({"domain": "a.example"}))
        .await;
    assert_eq!(missing.status, 400);
    assert_eq!(world.get("/auth/connections").await.json(), json!([]));
}

#[tokio::test]
async fn what_keeps_the_rules_is_accepted() {
    let right = [
        json!({"login_url": "https://a.example/login"}),
        json!({"allowed_domains": []}),
        json!({"health_check_interval": 86_400}),
        json!({"credential": {"name": "a"}}),
        json!({"credential": {"provider": "a", "path": "Vault/Item"}}),
        json!({"credential": {"provider": "a", "auto": true}}),
        json!({"credential": {"provider": "a"}}),
        json!({"browser": {}}),
        json!({"browser": {"proxy": {"mode": "direct"}, "region": "eu-west", "stealth": false}}),
        json!({"browser": {"telemetry": null}}),
        json!({"browser": {"telemetry": {"enabled": true, "browser": {"page": {"enabled": true}}}}}),
        json!({"browser_telemetry": null}),
        json!({"proxy": {"id": "a"}}),
    ];
    let world = World::new().await;
    for (number, part) in right.into_iter().enumerate() {
        let mut body = with(&part);
        body["profile_name"] = json!(format!("profile {number}"));
        let answer = world.post("/auth/connections", body).await;
        assert_eq!(answer.status, 201, "{part} {}", answer.text);
    }
}

#[tokio::test]
async fn a_patch_changes_only_what_it_names() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let first = json!({
        "login_url": "https://a.example/login",
        "allowed_domains": ["www.a.example", "*.b.example"],
        "browser": {"region": "eu-west"},
    });
    let full = world.patch(&connection.path, first).await.json();
    assert_eq!(full["allowed_domains"], json!(["a.example", "b.example"]));
    let second = json!({
        "login_url": "", "allowed_domains": [], "auto_reauth": false,
        "browser": {"stealth": false},
    });
    let full = world.patch(&connection.path, second).await.json();
    assert_eq!(full["login_url"], Value::Null);
    assert_eq!(full["allowed_domains"], json!([]));
    assert_eq!(
        full["browser"],
        json!({"region": "eu-west", "stealth": false})
    );
    assert_eq!(full["auto_reauth"], false);
    assert_eq!(full["health_checks"], true);
    let domain = world
        .patch(&connection.path, json!({"domain": "other.example"}))
        .await;
    assert_eq!(domain.status, 400);
}

#[tokio::test]
async fn a_login_takes_its_overrides_only() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let path = format!("{}/login", connection.path);
    let wrong = json!({"browser": {"proxy": {}}});
    assert_eq!(world.post(&path, wrong).await.status, 400);
    assert_eq!(
        world
            .post(&path, json!({"skill_mode": "perhaps"}))
            .await
            .status,
        400
    );
    assert_eq!(
        world
            .post(&path, json!({"domain": "a.example"}))
            .await
            .status,
        400
    );
    let right = json!({"record_session": true, "skill_mode": "disabled", "browser": {}});
    assert_eq!(world.post(&path, right).await.status, 200);
}

fn with(part: &Value) -> Value {
    let mut body = json!({"domain": "password.example", "profile_name": "ada"});
    for (key, value) in part.as_object().expect("an object") {
        body[key] = value.clone();
    }
    body
}
