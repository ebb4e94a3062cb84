//! What has an effect: what it sends, and that it is sent once.

use std::collections::BTreeMap;

use managed_auth::{
    BrowserSettings, Change, CreateConnection, CredentialRef, Error, ProxyChoice, ProxyMode,
    SkillMode, StartLogin, Submission, Switch, TelemetrySettings, UpdateConnection,
};
use secrecy::ExposeSecret;

use crate::server::{Server, reply};

#[tokio::test]
async fn create_sends_what_is_set_and_nothing_else() {
    let server = Server::answering([
        reply(201, r#"{"id":"ma_1"}"#),
        reply(201, r#"{"id":"ma_2"}"#),
    ])
    .await;
    let client = server.client();
    let small = CreateConnection {
        domain: "x.example".into(),
        profile_name: "p".into(),
        ..Default::default()
    };

    assert_eq!(client.create(&small).await.expect("created").id, "ma_1");
    let large = CreateConnection {
        allowed_domains: Some(vec!["y.example".into()]),
        credential: Some(CredentialRef::Search {
            provider: "op".into(),
        }),
        health_check_interval: Some(300),
        browser: Some(BrowserSettings {
            proxy: Some(ProxyChoice::Mode(ProxyMode::Direct)),
            ..Default::default()
        }),
        ..small
    };
    client.create(&large).await.expect("created");

    let seen = server.seen();
    assert_eq!(seen[0].line(), "POST /auth/connections");
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(seen[0].body, r#"{"domain":"x.example","profile_name":"p"}"#);
    assert_eq!(
        seen[1].body,
        r#"{"domain":"x.example","profile_name":"p","allowed_domains":["y.example"],"credential":{"provider":"op","auto":true},"health_check_interval":300,"browser":{"proxy":{"mode":"direct"}}}"#
    );
}

#[tokio::test]
async fn update_tells_absent_null_and_a_value_apart() {
    let server = Server::answering([(); 3].map(|()| reply(200, r#"{"id":"ma_1"}"#))).await;
    let client = server.client();
    let telemetry = |telemetry| BrowserSettings {
        telemetry,
        ..Default::default()
    };
    let network = BTreeMap::from([("network".to_owned(), Switch { enabled: true })]);

    client
        .update("ma_1", &UpdateConnection::default())
        .await
        .expect("updated");
    let clear = UpdateConnection {
        login_url: Change::Clear,
        allowed_domains: Some(Vec::new()),
        browser: Some(telemetry(Change::Clear)),
        ..Default::default()
    };
    client.update("ma_1", &clear).await.expect("updated");
    let set = UpdateConnection {
        login_url: Change::Set("https://x.example/login".into()),
        credential: Some(CredentialRef::Kernel { name: "c".into() }),
        browser: Some(telemetry(Change::Set(TelemetrySettings {
            categories: network,
            ..Default::default()
        }))),
        ..Default::default()
    };
    client.update("ma_1", &set).await.expect("updated");

    let seen = server.seen();
    assert_eq!(seen[0].line(), "PATCH /auth/connections/ma_1");
    assert_eq!(seen[0].body, "{}");
    assert_eq!(
        seen[1].body,
        r#"{"login_url":"","allowed_domains":[],"browser":{"telemetry":null}}"#
    );
    assert_eq!(
        seen[2].body,
        r#"{"login_url":"https://x.example/login","credential":{"name":"c"},"browser":{"telemetry":{"browser":{"network":{"enabled":true}}}}}"#
    );
}

#[tokio::test]
async fn delete_needs_no_body() {
    let server = Server::answering([reply(204, "")]).await;
    server.client().delete("ma_1").await.expect("deleted");
    assert_eq!(server.lines(), ["DELETE /auth/connections/ma_1"]);
    assert_eq!(server.seen()[0].header("accept"), Some("*/*"));
}

#[tokio::test]
async fn login_gives_secrets_and_the_expiry() {
    let answer = r#"{"id":"ma_1","flow_type":"LOGIN","hosted_url":"https://h.example/?code=c","handoff_code":"c",
        "flow_expires_at":"2025-11-05T20:00:00Z","live_view_url":null,"new":1}"#;
    let server = Server::answering([reply(200, answer), reply(200, answer)]).await;
    let client = server.client();

    let started = client
        .login("ma_1", &StartLogin::default())
        .await
        .expect("started");
    let choices = StartLogin {
        record_session: Some(true),
        skill_mode: Some(SkillMode::Disabled),
        browser: None,
    };
    client.login("ma_1", &choices).await.expect("started");

    assert_eq!(started.handoff_code.expect("a code").expose_secret(), "c");
    assert_eq!(
        started.hosted_url.expect("a page").expose_secret(),
        "https://h.example/?code=c"
    );
    assert!(started.live_view_url.is_none());
    assert_eq!(
        started.flow_expires_at,
        Some("2025-11-05T20:00:00Z".parse().expect("a time"))
    );
    let bodies: Vec<_> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(
        bodies,
        ["{}", r#"{"record_session":true,"skill_mode":"disabled"}"#]
    );
}

#[tokio::test]
async fn submit_sends_exactly_one_way_of_answering() {
    let values = || {
        BTreeMap::from([
            ("f_1".to_owned(), " p\"ä\n ".into()),
            ("f_2".to_owned(), "0123".into()),
        ])
    };
    let cases = [
        (
            Submission::Fields {
                interaction_id: "mai_1".into(),
                values: values(),
            },
            r#"{"interaction_id":"mai_1","field_values":{"f_1":" p\"ä\n ","f_2":"0123"}}"#,
        ),
        (
            Submission::Choice {
                interaction_id: "mai_1".into(),
                choice_id: "sms-1".into(),
            },
            r#"{"interaction_id":"mai_1","selected_choice_id":"sms-1"}"#,
        ),
        (
            Submission::LegacyFields(values()),
            r#"{"fields":{"f_1":" p\"ä\n ","f_2":"0123"}}"#,
        ),
        (
            Submission::LegacyMfa("sms".into()),
            r#"{"mfa_option_id":"sms"}"#,
        ),
        (
            Submission::LegacySignIn("a".into()),
            r#"{"sign_in_option_id":"a"}"#,
        ),
        (
            Submission::LegacySsoButton("xpath=//a".into()),
            r#"{"sso_button_selector":"xpath=//a"}"#,
        ),
        (
            Submission::LegacySsoProvider("google".into()),
            r#"{"sso_provider":"google"}"#,
        ),
    ];
    for (submission, body) in cases {
        let server = Server::answering([reply(202, r#"{"accepted":true}"#)]).await;
        assert!(
            server
                .client()
                .submit("ma_1", &submission)
                .await
                .expect("an answer")
        );
        assert_eq!(server.lines(), ["POST /auth/connections/ma_1/submit"]);
        assert_eq!(server.seen()[0].body, body);
    }
}

#[tokio::test]
async fn submit_tells_whether_it_was_accepted() {
    let submission = Submission::LegacyMfa("sms".into());
    for (status, body, accepted) in [
        (202, r#"{"accepted":false}"#, false),
        (200, "{}", true),
        (202, "", true),
        (204, "", true),
    ] {
        let server = Server::answering([reply(status, body)]).await;
        assert_eq!(
            server
                .client()
                .submit("ma_1", &submission)
                .await
                .expect("an answer"),
            accepted,
            "{body:?}"
        );
    }
    let server = Server::answering([reply(200, "<html>")]).await;
    let answer = server.client().submit("ma_1", &submission).await;
    assert!(matches!(answer, Err(Error::NotTheApi { status: 200 })));
}

#[tokio::test]
async fn an_empty_answer_is_never_sent() {
    let server = Server::answering([]).await;
    let value = BTreeMap::from([("f".to_owned(), "v".into())]);
    for submission in [
        Submission::Fields {
            interaction_id: "mai_1".into(),
            values: BTreeMap::new(),
        },
        Submission::Fields {
            interaction_id: String::new(),
            values: value,
        },
        Submission::Choice {
            interaction_id: "mai_1".into(),
            choice_id: String::new(),
        },
        Submission::Choice {
            interaction_id: String::new(),
            choice_id: "c".into(),
        },
        Submission::LegacyFields(BTreeMap::new()),
        Submission::LegacyMfa(String::new()),
        Submission::LegacySignIn(String::new()),
        Submission::LegacySsoButton(String::new()),
        Submission::LegacySsoProvider(String::new()),
    ] {
        assert!(matches!(
            server.client().submit("ma_1", &submission).await,
            Err(Error::Impossible(_))
        ));
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn what_has_an_effect_is_sent_once() {
    for status in [408, 409, 425, 429, 500, 503] {
        let refusal = || {
            reply(status, "")
                .with("x-should-retry", "true")
                .with("retry-after", "0")
        };
        let server = Server::answering([(); 6].map(|()| refusal())).await;
        let client = server.client();

        assert!(client.create(&CreateConnection::default()).await.is_err());
        assert!(
            client
                .update("ma_1", &UpdateConnection::default())
                .await
                .is_err()
        );
        assert!(client.delete("ma_1").await.is_err());
        assert!(client.login("ma_1", &StartLogin::default()).await.is_err());
        assert!(
            client
                .submit("ma_1", &Submission::LegacyMfa("sms".into()))
                .await
                .is_err()
        );

        assert_eq!(server.seen().len(), 5, "{status}");
    }
}
