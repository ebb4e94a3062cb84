//! Reads: what they send, what they give, and when they are tried again.

use std::{env, process::Command, time::Duration};

use managed_auth::{Client, Error, FlowStatus, Settings};

use crate::server::{Reply, Server, key, reply, settings};

const CONNECTION: &str = r#"{"id":"ma_1","domain":"x.example","flow_status":"IN_PROGRESS"}"#;

#[tokio::test]
async fn a_read_gives_the_connection_and_the_servers_time() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let server = Server::answering([reply(200, CONNECTION).with("date", date)]).await;

    let read = server.client().get("ma_1").await.expect("a connection");

    assert_eq!(read.value.id, "ma_1");
    assert_eq!(read.value.flow_status, Some(FlowStatus::InProgress));
    assert_eq!(
        read.server_time,
        Some("1994-11-06T08:49:37Z".parse().expect("a time"))
    );
}

#[tokio::test]
async fn a_read_says_who_asks_and_what_for() {
    let server = Server::answering([reply(200, CONNECTION)]).await;
    let settings = Settings {
        project: Some("proj_1".into()),
        ..settings()
    };
    let client = Client::new(server.api.clone(), &key(), settings).expect("a client");

    client.get("ma_1").await.expect("a connection");

    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "GET /auth/connections/ma_1");
    assert_eq!(seen.header("authorization"), Some("Bearer sk_test"));
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(
        seen.header("user-agent"),
        Some(concat!("Usher/", env!("CARGO_PKG_VERSION")))
    );
    assert_eq!(seen.header("x-kernel-project-id"), Some("proj_1"));
    assert_eq!(seen.header("referer"), None);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn loopback_is_reached_past_any_proxy() {
    // Proxies come from the environment, and that of this process is shared. So one of the tests
    // runs in a process of its own, with a proxy that nobody is behind.
    let mut test = Command::new(env::current_exe().expect("a path"));
    test.args(["--exact", "reads::a_read_says_who_asks_and_what_for"]);
    for name in [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        test.env(name, "http://127.0.0.1:9");
    }
    test.env_remove("no_proxy").env_remove("NO_PROXY");
    assert!(test.output().expect("it runs").status.success());
}

#[tokio::test]
async fn ids_are_encoded_and_those_that_leave_the_path_are_refused() {
    let server = Server::answering([reply(200, CONNECTION), reply(200, CONNECTION)]).await;
    let client = server.client();

    client.get("a/b?c#d e%2e\\ä").await.expect("a connection");
    client.get("..a-._~").await.expect("a connection");
    for id in ["", ".", ".."] {
        assert!(
            matches!(client.get(id).await, Err(Error::Impossible(_))),
            "{id:?}"
        );
        assert!(
            matches!(client.delete(id).await, Err(Error::Impossible(_))),
            "{id:?}"
        );
        assert!(
            matches!(client.events(id).await, Err(Error::Impossible(_))),
            "{id:?}"
        );
    }

    let lines = [
        "GET /auth/connections/a%2Fb%3Fc%23d%20e%252e%5C%C3%A4",
        "GET /auth/connections/..a-._~",
    ];
    assert_eq!(server.lines(), lines);
}

#[tokio::test]
async fn a_path_in_the_address_stays() {
    let server = Server::answering([reply(200, CONNECTION)]).await;
    let api = crate::server::api(&format!("{}/relay/", server.api));

    crate::server::client(api, &key())
        .get("ma_1")
        .await
        .expect("a connection");

    assert_eq!(server.lines(), ["GET /relay/auth/connections/ma_1"]);
}

#[tokio::test]
async fn a_read_is_tried_three_times() {
    for status in [408, 425, 429, 500, 502, 503, 504, 599] {
        let server =
            Server::answering([reply(status, ""), reply(status, ""), reply(200, CONNECTION)]).await;
        assert!(server.client().get("ma_1").await.is_ok(), "{status}");

        let server = Server::answering([(); 5].map(|()| reply(status, ""))).await;
        assert!(server.client().get("ma_1").await.is_err(), "{status}");
        assert_eq!(server.seen().len(), 3, "{status}");
    }
}

#[tokio::test]
async fn other_refusals_are_final() {
    for status in [301, 400, 401, 403, 404, 409, 410, 418, 422] {
        let server = Server::answering([reply(status, ""), reply(200, CONNECTION)]).await;
        assert!(server.client().get("ma_1").await.is_err(), "{status}");
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_service_may_overrule_that() {
    let tries = async |first: Reply| {
        let server = Server::answering([first, reply(200, CONNECTION)]).await;
        let _ = server.client().get("ma_1").await;
        server.seen().len()
    };
    assert_eq!(
        tries(reply(404, "").with("x-should-retry", "true")).await,
        2
    );
    assert_eq!(
        tries(reply(503, "").with("x-should-retry", "false")).await,
        1
    );
    assert_eq!(
        tries(reply(503, "").with("x-should-retry", "perhaps")).await,
        2
    );
    assert_eq!(
        tries(reply(200, CONNECTION).with("x-should-retry", "true")).await,
        1
    );
}

#[tokio::test]
async fn a_short_wait_is_waited_and_a_long_one_is_told() {
    let server = Server::answering([
        reply(429, "").with("retry-after", "0"),
        reply(200, CONNECTION),
    ])
    .await;
    assert!(server.client().get("ma_1").await.is_ok());

    let server = Server::answering([
        reply(429, "").with("retry-after", "60"),
        reply(200, CONNECTION),
    ])
    .await;
    let Err(Error::RateLimited { retry_after, .. }) = server.client().get("ma_1").await else {
        panic!("the wait is too long for a read");
    };
    assert_eq!(retry_after, Some(Duration::from_mins(1)));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_key_is_checked_by_its_context() {
    let context = r#"{"authentication":{"method":"api_key","credential_id":null},
        "authorization":{"effective_scope":{"project_id":"proj_1"}},"principal":null,"new":1}"#;
    let server = Server::answering([reply(200, context)]).await;

    let context = server
        .client()
        .check_key()
        .await
        .expect("accepted")
        .expect("a context");

    assert_eq!(
        context.authentication.and_then(|how| how.method).as_deref(),
        Some("api_key")
    );
    let scope = context.authorization.and_then(|what| what.effective_scope);
    assert_eq!(
        scope.and_then(|scope| scope.project_id).as_deref(),
        Some("proj_1")
    );
    assert_eq!(server.lines(), ["GET /auth/context"]);
}

#[tokio::test]
async fn a_service_without_contexts_is_asked_for_a_list_of_one() {
    let server = Server::answering([reply(404, "{}"), reply(200, "[]")]).await;
    assert_eq!(server.client().check_key().await.expect("accepted"), None);
    assert_eq!(
        server.lines(),
        ["GET /auth/context", "GET /auth/connections?limit=1"]
    );

    let server = Server::answering([reply(404, "{}"), reply(401, "{}")]).await;
    assert!(matches!(
        server.client().check_key().await,
        Err(Error::Unauthorised(_))
    ));
    let server = Server::answering([reply(401, "{}")]).await;
    assert!(matches!(
        server.client().check_key().await,
        Err(Error::Unauthorised(_))
    ));
}
