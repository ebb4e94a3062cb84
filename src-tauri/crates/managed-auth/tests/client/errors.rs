//! What answers other than success become.

use std::time::Duration;

use managed_auth::{CreateConnection, Error, ErrorBody, Submission};

use crate::server::{Reply, Server, reply};

async fn submit(answer: Reply) -> Error {
    let server = Server::answering([answer]).await;
    let submission = Submission::LegacyMfa("sms".into());
    server
        .client()
        .submit("ma_1", &submission)
        .await
        .expect_err("no success")
}

fn body(code: &str, message: &str) -> ErrorBody {
    ErrorBody {
        code: Some(code.into()),
        message: Some(message.into()),
    }
}

const CODED: &str = r#"{"code":"c","message":"m","details":"a text","recoverable":true}"#;

#[tokio::test]
async fn each_status_has_its_meaning() {
    let said = body("c", "m");
    assert!(matches!(submit(reply(401, CODED)).await, Error::Unauthorised(body) if body == said));
    assert!(matches!(submit(reply(403, CODED)).await, Error::Forbidden(body) if body == said));
    assert!(matches!(submit(reply(404, CODED)).await, Error::NotFound(body) if body == said));
    assert!(matches!(submit(reply(410, CODED)).await, Error::Gone(body) if body == said));
    assert!(
        matches!(submit(reply(409, CODED)).await, Error::Conflict { existing_id: None, body } if body == said)
    );
    for status in [400, 402, 418, 422, 500, 503] {
        let error = submit(reply(status, CODED)).await;
        assert!(
            matches!(error, Error::Refused { status: told, body, .. } if told == status && body == said)
        );
    }
}

#[tokio::test]
async fn a_stale_answer_is_told_by_its_code() {
    let stale = r#"{"code":"stale_interaction","message":"m","details":[{"code":"x"}]}"#;
    assert!(matches!(
        submit(reply(400, stale)).await,
        Error::StaleInteraction(_)
    ));
    assert!(matches!(
        submit(reply(422, stale)).await,
        Error::Refused { status: 422, .. }
    ));
}

#[tokio::test]
async fn a_conflict_names_the_connection_that_is_there() {
    let conflict = r#"{"code":"already_exists","message":"m","existing_id":"ma_9"}"#;
    let server = Server::answering([reply(409, conflict)]).await;
    let error = server
        .client()
        .create(&CreateConnection::default())
        .await
        .expect_err("no success");
    assert!(matches!(error, Error::Conflict { existing_id: Some(id), .. } if id == "ma_9"));
}

#[tokio::test]
async fn waits_are_read_in_every_form() {
    let wait = async |reply: Reply| match submit(reply).await {
        Error::RateLimited { retry_after, .. } | Error::Refused { retry_after, .. } => retry_after,
        error => panic!("{error}"),
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(wait(reply(429, "")).await, None);
    assert_eq!(
        wait(reply(429, "").with("retry-after", "7")).await,
        seconds(7)
    );
    assert_eq!(
        wait(reply(503, "").with("retry-after", "7")).await,
        seconds(7)
    );
    let both = reply(429, "")
        .with("retry-after-ms", "1500")
        .with("retry-after", "7");
    assert_eq!(wait(both).await, Some(Duration::from_millis(1500)));
    let date = |date| {
        let answer = reply(503, "").with("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        answer.with("retry-after", date)
    };
    assert_eq!(
        wait(date("Sun, 06 Nov 1994 08:50:07 GMT")).await,
        seconds(30)
    );
    assert_eq!(
        wait(date("Sun, 06 Nov 1994 08:49:00 GMT")).await,
        seconds(0)
    );
    assert_eq!(wait(reply(429, "").with("retry-after", "-1")).await, None);
    assert_eq!(wait(reply(429, "").with("retry-after", "soon")).await, None);
}

#[tokio::test]
async fn messages_are_read_from_whatever_came() {
    let message = async |answer: Reply| match submit(answer).await {
        Error::Refused { body, .. } => body.message,
        error => panic!("{error}"),
    };
    assert_eq!(
        message(reply(500, "out of order")).await.as_deref(),
        Some("out of order")
    );
    assert_eq!(
        message(reply(500, r#""out of order""#)).await.as_deref(),
        Some("out of order")
    );
    assert_eq!(
        message(reply(500, "")).await.as_deref(),
        Some("Internal Server Error")
    );
    assert_eq!(
        message(reply(502, "<html><body>nginx")).await.as_deref(),
        Some("Bad Gateway")
    );
    let html = reply(502, "oops").with("content-type", "Text/HTML; charset=utf-8");
    assert_eq!(message(html).await.as_deref(), Some("Bad Gateway"));
    assert_eq!(message(reply(500, r#"{"message":7}"#)).await, None);
    assert_eq!(
        message(reply(500, vec![0xFF; 3])).await.as_deref(),
        Some("\u{FFFD}\u{FFFD}\u{FFFD}")
    );
    // Shortened by characters, so that none is cut.
    assert_eq!(
        message(reply(500, "ä".repeat(100_000))).await,
        Some("ä".repeat(1000))
    );
    let long = format!(r#"{{"message":"{}"}}"#, "ä".repeat(100_000));
    assert_eq!(message(reply(500, long)).await, Some("ä".repeat(1000)));
}

#[tokio::test]
async fn what_is_not_the_api_is_told() {
    let get = async |answer: Reply| {
        let server = Server::answering([answer]).await;
        server.client().get("ma_1").await.expect_err("no success")
    };
    for body in [
        "<html>",
        "",
        "[]",
        r#""text""#,
        r#"{"id":7}"#,
        r#"{"id":"ma_1""#,
        "null",
    ] {
        assert!(
            matches!(
                get(reply(200, body)).await,
                Error::NotTheApi { status: 200 }
            ),
            "{body:?}"
        );
    }
    assert!(matches!(
        get(reply(204, "")).await,
        Error::NotTheApi { status: 204 }
    ));
    assert!(matches!(
        get(reply(404, "<!doctype html>")).await,
        Error::NotTheApi { status: 404 }
    ));
    assert!(matches!(
        get(reply(304, "")).await,
        Error::NotTheApi { status: 304 }
    ));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::answering([reply(200, r#"{"id":"ma_1"}"#)]).await;
    for status in [301, 302, 303, 307, 308] {
        let server =
            Server::answering([reply(status, "").with("location", elsewhere.api.as_str())]).await;
        let error = server.client().get("ma_1").await.expect_err("no success");
        assert!(matches!(error, Error::NotTheApi { status: told } if told == status));
    }
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn an_endless_answer_is_given_up() {
    let endless =
        futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("x".repeat(1 << 20)));
    let server = Server::answering([reply(200, axum::body::Body::from_stream(endless))]).await;
    assert!(matches!(
        server.client().get("ma_1").await,
        Err(Error::NotTheApi { status: 200 })
    ));
}
