//! The `follow` program against the sandbox, over real sockets and pipes.

use std::{path::PathBuf, process::Stdio, time::Duration};

use sandbox::{API_KEY, Sandbox, Settings};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// `cargo test` builds the examples of the crate beside the tests.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test.ancestors().nth(2).expect("the profile's folder");
    folder
        .join("examples")
        .join(format!("follow{}", std::env::consts::EXE_SUFFIX))
}

struct Service {
    sandbox: Sandbox,
    http: reqwest::Client,
}

impl Service {
    async fn start() -> Self {
        let settings = Settings {
            pace: Duration::from_millis(20),
            ..Settings::default()
        };
        Self {
            sandbox: Sandbox::start(settings).await.expect("it starts"),
            http: reqwest::Client::new(),
        }
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self
            .http
            .post(format!("{}{path}", self.sandbox.url()))
            .bearer_auth(API_KEY)
            .json(&body)
            .send();
        let answer = answer.await.expect("it answers");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap_or(Value::Null)
    }

    /// A connection whose login has been started, and its handoff code.
    async fn login(&self, domain: &str) -> (String, String) {
        let connection = self
            .post(
                "/auth/connections",
                json!({"domain": domain, "profile_name": "p"}),
            )
            .await;
        let id = connection["id"].as_str().expect("an id").to_owned();
        let started = self
            .post(&format!("/auth/connections/{id}/login"), json!({}))
            .await;
        (
            id,
            started["handoff_code"].as_str().expect("a code").to_owned(),
        )
    }

    fn with_code(&self, id: &str, code: &str) -> Running {
        Running::start(&self.sandbox.url(), id, &["--code", code], API_KEY)
    }

    fn with_key(&self, id: &str, key: &str) -> Running {
        Running::start(&self.sandbox.url(), id, &["--key-env", "FOLLOW_KEY"], key)
    }
}

struct Running {
    child: Child,
    input: Option<ChildStdin>,
    views: Lines<BufReader<ChildStdout>>,
}

impl Running {
    fn start(api: &str, id: &str, who: &[&str], key: &str) -> Self {
        let mut child = Command::new(program())
            .args(["--api", api, "--connection", id])
            .args(who)
            .env("FOLLOW_KEY", key)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let views = BufReader::new(child.stdout.take().expect("piped")).lines();
        Self {
            input: child.stdin.take(),
            child,
            views,
        }
    }

    /// Reads views until one is as wanted.
    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self
                .views
                .next_line()
                .await
                .expect("it can be read")
                .expect("a view before the end");
            let view: Value = serde_json::from_str(&line).expect("JSON");
            if wanted(&view) {
                return view;
            }
        }
    }

    async fn until_asked(&mut self) -> Value {
        self.until(|view| view["prompt"]["open"] == true).await
    }

    async fn answer(&mut self, answer: Value) {
        let input = self.input.as_mut().expect("open");
        input
            .write_all(format!("{answer}\n").as_bytes())
            .await
            .expect("it listens");
    }

    /// The last view and the exit code.
    async fn end(mut self) -> (Value, i32) {
        self.input = None;
        let mut last = Value::Null;
        while let Some(line) = self.views.next_line().await.expect("it can be read") {
            last = serde_json::from_str(&line).expect("JSON");
        }
        let status = self.child.wait().await.expect("it ends");
        (last, status.code().expect("a code"))
    }
}

fn filled(view: &Value, values: &[&str]) -> Value {
    let fields = view["prompt"]["fields"].as_array().expect("fields");
    let values: serde_json::Map<_, _> = fields
        .iter()
        .zip(values)
        .map(|(field, value)| {
            (
                field["id"].as_str().expect("an id").to_owned(),
                json!(value),
            )
        })
        .collect();
    json!({"interaction_id": view["prompt"]["interaction_id"], "field_values": values})
}

#[tokio::test]
async fn a_guest_completes_a_login_and_the_exit_code_is_zero() {
    let service = Service::start().await;
    let (id, code) = service.login("demo.example").await;
    let mut running = service.with_code(&id, &code);
    let view = running.until_asked().await;
    for name in [
        "revision",
        "status",
        "step",
        "website_error",
        "error",
        "expires_at",
        "stream",
    ] {
        assert!(view.get(name).is_some(), "{name}: {view}");
    }
    for name in ["id", "label", "kind", "required", "reason", "hint"] {
        assert!(
            view["prompt"]["fields"][0].get(name).is_some(),
            "{name}: {view}"
        );
    }
    assert_eq!(
        (&view["status"], &view["step"]),
        (&json!("IN_PROGRESS"), &json!("AWAITING_INPUT"))
    );
    running
        .answer(filled(&view, &["ada@example.com", "correct horse"]))
        .await;
    let is_code = |view: &Value| {
        view["prompt"]["open"] == true && view["prompt"]["fields"][0]["kind"] == "code"
    };
    let view = running.until(is_code).await;
    running.answer(filled(&view, &["000000"])).await;
    let view = running
        .until(|view| is_code(view) && !view["website_error"].is_null())
        .await;
    assert_eq!(view["prompt"]["fields"][0]["reason"], "rejected");
    running.answer(filled(&view, &["123456"])).await;
    let (last, exit) = running.end().await;
    assert_eq!(
        (exit, &last["status"], &last["stage"]),
        (0, &json!("SUCCESS"), &json!("logged_in"))
    );
}

#[tokio::test]
async fn a_legacy_prompt_is_answered_in_the_same_shape() {
    let service = Service::start().await;
    let (id, _) = service.login("two-phones.legacy.example").await;
    let mut running = service.with_key(&id, API_KEY);
    let view = running.until_asked().await;
    running
        .answer(filled(&view, &["ada@example.com", "correct horse"]))
        .await;
    let view = running
        .until(|view| {
            view["prompt"]["open"] == true
                && view["prompt"]["choices"]
                    .as_array()
                    .is_some_and(|choices| !choices.is_empty())
        })
        .await;
    let choices = view["prompt"]["choices"].as_array().expect("choices");
    assert_ne!(choices[0]["detail"], choices[1]["detail"]);
    running.answer(json!({"interaction_id": view["prompt"]["interaction_id"], "selected_choice_id": choices[0]["id"]})).await;
    let view = running
        .until(|view| {
            view["prompt"]["open"] == true && view["prompt"]["fields"][0]["kind"] == "code"
        })
        .await;
    running.answer(filled(&view, &["123456"])).await;
    assert_eq!(running.end().await.1, 0);
}

#[tokio::test]
async fn each_end_has_its_exit_code() {
    let service = Service::start().await;
    let (failed, _) = service.login("fail-account-locked.example").await;
    let (last, exit) = {
        let mut running = service.with_key(&failed, API_KEY);
        let view = running
            .until(|view| view["prompt"]["open"] == true || view["stage"] == "failed")
            .await;
        if view["stage"] != "failed" {
            running
                .answer(filled(&view, &["ada@example.com", "correct horse"]))
                .await;
        }
        let (last, exit) = running.end().await;
        (if last.is_null() { view } else { last }, exit)
    };
    assert_eq!(
        (exit, &last["error"]["code"]),
        (2, &json!("account_locked"))
    );
    for (hook, expected) in [("expire", 3), ("cancel", 4)] {
        let (id, code) = service.login(&format!("{hook}.password.example")).await;
        let mut running = service.with_code(&id, &code);
        running.until_asked().await;
        service
            .post(&format!("/sandbox/connections/{id}/{hook}"), json!({}))
            .await;
        assert_eq!(running.end().await.1, expected, "{hook}");
    }
}

#[tokio::test]
async fn what_is_not_allowed_and_what_is_not_there_are_told_apart() {
    let service = Service::start().await;
    let (id, code) = service.login("password.example").await;
    assert_eq!(service.with_key(&id, "sk_wrong").end().await.1, 5);
    assert_eq!(service.with_code(&id, "wrong").end().await.1, 5);
    let first = service.with_code(&id, &code);
    drop(first);
    assert_eq!(service.with_key("ma_nobody", API_KEY).end().await.1, 1);
    let (last, exit) = Running::start(
        "http://127.0.0.1:9",
        &id,
        &["--key-env", "FOLLOW_KEY", "--patience", "1"],
        API_KEY,
    )
    .end()
    .await;
    assert_eq!(
        (exit, &last["stream"]["state"]),
        (1, &json!("reconnecting"))
    );
}

#[tokio::test]
async fn a_spent_code_is_not_allowed() {
    let service = Service::start().await;
    let (id, code) = service.login("password.example").await;
    let mut first = service.with_code(&id, &code);
    first.until_asked().await;
    let (last, exit) = service.with_code(&id, &code).end().await;
    assert_eq!((exit, &last["error"]["code"]), (5, &json!("link_used")));
}
