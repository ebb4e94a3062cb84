//! Create, list, get, update, delete, login, timeline, context.

use reqwest::Method;
use sandbox::{API_KEY, LiveFlow, Sandbox, Settings};
use serde_json::json;

use crate::client::{World, right, settings};

#[tokio::test]
async fn listens_on_loopback_only() {
    let listen = "0.0.0.0:0".parse().expect("an address");
    let refused = Sandbox::start(Settings {
        listen,
        ..settings()
    })
    .await;
    assert!(matches!(refused, Err(sandbox::Error::NotLoopback(_))));
}

#[tokio::test]
async fn every_endpoint_but_the_exchange_wants_the_key() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let one = &connection.path;
    let calls = [
        (Method::GET, "/auth/context".to_owned()),
        (Method::GET, "/auth/connections".to_owned()),
        (Method::POST, "/auth/connections".to_owned()),
        (Method::GET, one.clone()),
        (Method::PATCH, one.clone()),
        (Method::DELETE, one.clone()),
        (Method::POST, format!("{one}/login")),
        (Method::POST, format!("{one}/submit")),
        (Method::GET, format!("{one}/events")),
        (Method::GET, format!("{one}/timeline")),
    ];
    for (method, path) in calls {
        let answer = world
            .send("sk_other", method.clone(), &path, Some(json!({})))
            .await;
        assert_eq!(
            answer.refusal(),
            (401, "unauthorized".to_owned()),
            "{method} {path}"
        );
        let bare = world
            .bare(method.clone(), &path)
            .send()
            .await
            .expect("an answer");
        assert_eq!(bare.status(), 401, "{method} {path}");
    }
}

#[tokio::test]
async fn a_connection_is_created_read_and_deleted() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let full = connection.full().await;
    assert_eq!(full["domain"], "password.example");
    assert_eq!(full["profile_name"], "ada");
    assert_eq!(full["status"], "NEEDS_AUTH");
    assert_eq!(full["save_credentials"], true);
    assert_eq!(full["record_session"], false);
    assert!(full["flow_status"].is_null());
    let deleted = world.delete(&connection.path).await;
    assert_eq!((deleted.status.as_u16(), deleted.text.as_str()), (204, ""));
    assert_eq!(
        world.get(&connection.path).await.refusal(),
        (404, "not_found".to_owned())
    );
}

#[tokio::test]
async fn a_pair_of_profile_and_domain_exists_once() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let again = json!({"domain": "password.example", "profile_name": "ada"});
    let answer = world.post("/auth/connections", again).await;
    assert_eq!(answer.refusal(), (409, "already_exists".to_owned()));
    assert_eq!(answer.json()["existing_id"], connection.id);
}

#[tokio::test]
async fn lists_are_paged_by_absolute_offsets() {
    let world = World::new().await;
    for number in 0..45 {
        world.connect(&format!("n{number}.password.example")).await;
    }
    let mut offset = "0".to_owned();
    let mut seen = Vec::new();
    for page in ["10", "20", "30", "40", "0"] {
        let answer = world
            .get(&format!("/auth/connections?limit=10&offset={offset}"))
            .await;
        assert_eq!(answer.header("x-next-offset"), page);
        assert_eq!(
            answer.header("x-has-more"),
            if page == "0" { "false" } else { "true" }
        );
        let items = answer.json();
        let items = items.as_array().expect("a bare array");
        seen.extend(items.iter().map(|item| item["domain"].to_string()));
        page.clone_into(&mut offset);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
    assert_eq!(
        world
            .get("/auth/connections")
            .await
            .json()
            .as_array()
            .map(Vec::len),
        Some(20)
    );
}

#[tokio::test]
async fn lists_are_filtered() {
    let world = World::new().await;
    let sms = world.connect("sms.example").await;
    world.connect("totp.example").await;
    let id = &sms.id;
    for query in [
        "domain=sms.example".to_owned(),
        "query=SMS".to_owned(),
        format!("query={id}"),
    ] {
        let found = world
            .get(&format!("/auth/connections?{query}"))
            .await
            .json();
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{query}");
        assert_eq!(found[0]["id"], *id);
    }
    let both = world.get("/auth/connections?profile_name=ada").await.json();
    assert_eq!(both.as_array().map(Vec::len), Some(2));
    let none = world.get("/auth/connections?profile_name=bob").await.json();
    assert_eq!(none.as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn limits_out_of_range_are_refused() {
    let world = World::new().await;
    for query in ["limit=0", "limit=101", "limit=ten", "offset=-1"] {
        let answer = world.get(&format!("/auth/connections?{query}")).await;
        assert_eq!(answer.refusal(), (400, "bad_request".to_owned()), "{query}");
    }
}

#[tokio::test]
async fn a_login_hands_out_a_code_and_two_addresses() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let login = connection.login().await;
    let code = login["handoff_code"].as_str().expect("a code");
    assert_eq!(login["id"], connection.id);
    assert_eq!(login["flow_type"], "LOGIN");
    assert!(
        login["hosted_url"]
            .as_str()
            .is_some_and(|url| url.contains(code))
    );
    assert!(
        login["live_view_url"]
            .as_str()
            .is_some_and(|url| url.contains("/live/"))
    );
    assert_eq!(
        login["flow_expires_at"],
        connection.full().await["flow_expires_at"]
    );
}

#[tokio::test]
async fn a_login_over_a_running_one_is_refused() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    connection.login().await;
    let again = world
        .post(&format!("{}/login", connection.path), json!({}))
        .await;
    assert_eq!(again.refusal(), (409, "login_in_progress".to_owned()));
}

#[tokio::test]
async fn a_login_may_replace_a_running_one() {
    let world = World::with(Settings {
        live_flow: LiveFlow::Replace,
        ..settings()
    })
    .await;
    let (connection, first, mut follow) = world.log_in("password.example").await;
    let second = connection.login().await;
    assert_ne!(first["handoff_code"], second["handoff_code"]);
    assert_eq!(follow.terminal().await["flow_status"], "CANCELED");
    assert_eq!(
        connection.exchange(&first["handoff_code"]).await.status,
        410
    );
    assert_eq!(
        connection.exchange(&second["handoff_code"]).await.status,
        200
    );
}

#[tokio::test]
async fn too_many_flows_at_once_are_refused() {
    let world = World::with(Settings {
        max_pending: 1,
        ..settings()
    })
    .await;
    world.connect("password.example").await.login().await;
    let other = world.connect("sms.example").await;
    let answer = world
        .post(&format!("{}/login", other.path), json!({}))
        .await;
    assert_eq!(
        answer.refusal(),
        (409, "too_many_pending_sessions".to_owned())
    );
}

#[tokio::test]
async fn deleting_ends_the_flow() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    world.delete(&connection.path).await;
    assert_eq!(follow.terminal().await["flow_status"], "CANCELED");
}

#[tokio::test]
async fn the_timeline_is_newest_first_and_filtered() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    connection.submit(right(&prompt)).await;
    follow.terminal().await;
    connection
        .hook("health-check", json!({"found": "NEEDS_AUTH"}))
        .await;
    connection.login().await;
    connection.hook("cancel", json!({})).await;
    let path = format!("{}/timeline", connection.path);
    let all = world.get(&path).await;
    let kinds: Vec<String> = all
        .json()
        .as_array()
        .expect("a bare array")
        .iter()
        .map(|entry| format!("{} {}", entry["type"], entry["status"]))
        .collect();
    assert_eq!(
        kinds,
        [
            r#""login" "CANCELED""#,
            r#""health_check" "NEEDS_AUTH""#,
            r#""login" "SUCCESS""#
        ]
    );
    let checks = world.get(&format!("{path}?type=health_check")).await.json();
    assert_eq!(checks.as_array().map(Vec::len), Some(1));
    assert_eq!(checks[0]["previous_status"], "AUTHENTICATED");
    let paged = world.get(&format!("{path}?limit=2&offset=0")).await;
    assert_eq!(paged.header("x-next-offset"), "2");
    assert_eq!(world.get(&format!("{path}?type=lunch")).await.status, 400);
}

#[tokio::test]
async fn a_login_on_an_authenticated_connection_is_a_reauth() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("stored.example").await;
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
    assert_eq!(connection.login().await["flow_type"], "REAUTH");
}

#[tokio::test]
async fn the_context_says_who_calls() {
    let world = World::new().await;
    let context = world.get("/auth/context").await.json();
    assert_eq!(context["authentication"]["method"], "api_key");
    assert_eq!(context["principal"]["type"], "api_key");
}

#[tokio::test]
async fn unknown_paths_and_methods_get_an_error_body() {
    let world = World::new().await;
    assert_eq!(
        world.get("/agents/auth").await.refusal(),
        (404, "not_found".to_owned())
    );
    let put = world
        .send(API_KEY, Method::PUT, "/auth/connections", None)
        .await;
    assert_eq!(put.refusal(), (405, "method_not_allowed".to_owned()));
}
