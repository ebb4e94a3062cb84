//! The exchange of a handoff code for a guest's access.

use managed_auth::{Access, Client, Error, Settings};
use secrecy::ExposeSecret;

use crate::server::{Reply, Server, reply, settings};

async fn exchange(answer: Reply) -> (Server, Result<Access, Error>) {
    let server = Server::answering([answer, reply(200, r#"{"jwt":"second"}"#)]).await;
    let settings = Settings {
        project: Some("proj_1".into()),
        ..settings()
    };
    let access = Client::exchange(server.api.clone(), "ma_1", &"c\"1".into(), settings).await;
    (server, access)
}

#[tokio::test]
async fn a_code_buys_a_guests_access() {
    let (server, access) = exchange(reply(200, r#"{"invocation_id":"i","jwt":"eyJ.x"}"#)).await;

    let access = access.expect("access");
    assert!(access.is_guest());
    assert_eq!(access.token().expose_secret(), "eyJ.x");
    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "POST /auth/connections/ma_1/exchange");
    assert_eq!(seen.body, r#"{"code":"c\"1"}"#);
    assert_eq!(seen.header("authorization"), None);
    assert_eq!(seen.header("x-kernel-project-id"), None);
}

#[tokio::test]
async fn a_guest_shows_the_token_and_no_project() {
    let server = Server::answering([reply(200, r#"{"id":"ma_1"}"#)]).await;
    let settings = Settings {
        project: Some("proj_1".into()),
        ..settings()
    };
    let guest = Client::new(server.api.clone(), &Access::guest("eyJ.x".into()), settings)
        .expect("a client");
    guest.get("ma_1").await.expect("a connection");
    assert_eq!(
        server.seen()[0].header("authorization"),
        Some("Bearer eyJ.x")
    );
    assert_eq!(server.seen()[0].header("x-kernel-project-id"), None);
}

#[tokio::test]
async fn success_without_a_token_is_none() {
    for body in ["{}", r#"{"jwt":null}"#, r#"{"jwt":""}"#, "", "<html>"] {
        let (_, access) = exchange(reply(200, body)).await;
        assert!(
            matches!(access, Err(Error::NotTheApi { status: 200 })),
            "{body:?}"
        );
    }
}

#[tokio::test]
async fn a_code_is_sent_once_whatever_comes() {
    for status in [400, 404, 408, 410, 425, 429, 500, 503] {
        let (server, access) = exchange(reply(status, "{}").with("x-should-retry", "true")).await;
        assert!(access.is_err(), "{status}");
        assert_eq!(server.seen().len(), 1, "{status}");
    }
    assert!(matches!(
        exchange(reply(410, "{}")).await.1,
        Err(Error::Gone(_))
    ));
}

#[tokio::test]
async fn an_empty_code_is_not_sent() {
    let server = Server::answering([]).await;
    let access = Client::exchange(server.api.clone(), "ma_1", &"".into(), settings()).await;
    assert!(matches!(access, Err(Error::Impossible(_))));
    assert_eq!(server.seen().len(), 0);
}
