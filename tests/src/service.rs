//! The service as an integrator uses it: connections made, logins started, links written. Spoken
//! to in plain JSON, so that no type of the app's is trusted here.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use reqwest::{Client, Method};
use sandbox::{API_KEY, Sandbox, Settings};
use serde_json::{Value, json};

use crate::walker::Scenario;

/// A sandbox over real sockets.
#[derive(Debug)]
pub struct Service {
    sandbox: Sandbox,
    http: Client,
    invited: AtomicUsize,
}

/// A login that was started for somebody.
#[derive(Clone, Debug)]
pub struct Handoff {
    /// The connection's id.
    pub connection_id: String,
    /// The code that works once.
    pub code: String,
}

impl Handoff {
    /// The link to send to the person.
    #[must_use]
    pub fn link(&self) -> String {
        format!(
            "usher://login/{}?code={}&env=sandbox",
            self.connection_id, self.code
        )
    }
}

impl Service {
    /// A sandbox whose steps take a moment each.
    pub async fn start() -> Self {
        Self::with(Settings {
            pace: Duration::from_millis(100),
            ..Settings::default()
        })
        .await
    }

    /// A sandbox with other settings.
    pub async fn with(settings: Settings) -> Self {
        let sandbox = Sandbox::start(settings).await.expect("the sandbox starts");
        Self {
            sandbox,
            http: Client::new(),
            invited: AtomicUsize::new(1),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        self.sandbox.url()
    }

    /// The same, for what takes its way there itself.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.sandbox.address()
    }

    /// Makes a connection for a domain and starts its login.
    pub async fn invite(&self, domain: &str) -> Handoff {
        let connection = self
            .call(
                Method::POST,
                "/auth/connections",
                json!({ "domain": domain, "profile_name": "ada" }),
            )
            .await;
        let connection_id = connection["id"].as_str().expect("an id").to_owned();
        let started = self
            .call(
                Method::POST,
                &format!("/auth/connections/{connection_id}/login"),
                json!({}),
            )
            .await;
        let code = started["handoff_code"].as_str().expect("a code").to_owned();
        Handoff {
            connection_id,
            code,
        }
    }

    /// The same for a scenario, on a connection of its own each time.
    pub async fn invite_to(&self, scenario: &str) -> Handoff {
        let number = self.invited.fetch_add(1, Ordering::Relaxed);
        self.invite(&format!("login-{number}.{scenario}.example"))
            .await
    }

    /// Reads a connection with the key.
    pub async fn connection(&self, id: &str) -> Value {
        self.call(Method::GET, &format!("/auth/connections/{id}"), Value::Null)
            .await
    }

    /// Uses one of the sandbox's hooks on a connection.
    pub async fn hook(&self, id: &str, hook: &str, body: Value) {
        self.call(
            Method::POST,
            &format!("/sandbox/connections/{id}/{hook}"),
            body,
        )
        .await;
    }

    /// Uses one of the sandbox's hooks.
    pub async fn sandbox(&self, hook: &str, body: Value) -> Value {
        self.call(Method::POST, &format!("/sandbox/{hook}"), body)
            .await
    }

    /// How often an authflow was asked for.
    pub async fn authflow_asked(&self, id: &str) -> u64 {
        let path = format!("/sandbox/authflows/{id}");
        let answer = self.call(Method::GET, &path, Value::Null).await;
        answer["asked"].as_u64().unwrap_or_default()
    }

    /// Makes a connection without a login.
    pub async fn connect(&self, domain: &str, profile: &str) -> String {
        let body = json!({ "domain": domain, "profile_name": profile });
        let connection = self.call(Method::POST, "/auth/connections", body).await;
        connection["id"].as_str().expect("an id").to_owned()
    }

    /// The scenarios with their answers.
    pub async fn scenarios(&self) -> Vec<Scenario> {
        let scenarios = self
            .call(Method::GET, "/sandbox/scenarios", Value::Null)
            .await;
        let scenarios = scenarios.as_array().expect("a list");
        scenarios.iter().cloned().map(Scenario::new).collect()
    }

    /// How often a call was made on a connection.
    pub async fn count(&self, id: &str, call: &str) -> u64 {
        let log = self
            .call(
                Method::GET,
                &format!("/sandbox/connections/{id}/log"),
                Value::Null,
            )
            .await;
        log["counts"][call].as_u64().unwrap_or(0)
    }

    /// How many event streams of a connection are open.
    pub async fn open_streams(&self, id: &str) -> u64 {
        let path = format!("/sandbox/connections/{id}/streams");
        let answer = self.call(Method::GET, &path, Value::Null).await;
        answer["open"].as_u64().unwrap_or_default()
    }

    /// Follows a connection as somebody else, until the service has said so many times that it is
    /// there.
    pub async fn hear_beats(&self, id: &str, beats: usize) {
        let url = format!("{}/auth/connections/{id}/events", self.url());
        let request = self.http.get(url).bearer_auth(API_KEY);
        let mut stream = request.send().await.expect("the sandbox answers");
        let mut heard = String::new();
        while heard.matches("event: sse_heartbeat").count() < beats {
            let more = stream.chunk().await.expect("a stream");
            heard.push_str(&String::from_utf8_lossy(&more.expect("more of it")));
        }
    }

    /// What the hostile page of a connection has reported: what it tried, and what came of it.
    pub async fn reports(&self, id: &str) -> BTreeMap<String, String> {
        let path = format!("/sandbox/hostile/{id}/reports");
        let reports = self.call(Method::GET, &path, Value::Null).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let reports = reports.as_array().cloned().unwrap_or_default();
        reports
            .iter()
            .map(|report| (text(&report["try"]), text(&report["outcome"])))
            .collect()
    }

    /// Forgets what the hostile page of a connection has reported.
    pub async fn forget_reports(&self, id: &str) {
        let path = format!("/sandbox/hostile/{id}/reports");
        self.call(Method::DELETE, &path, Value::Null).await;
    }

    /// Buys the access that a code stands for, as somebody else who has the link.
    pub async fn exchange(&self, handoff: &Handoff) -> String {
        let path = format!("/auth/connections/{}/exchange", handoff.connection_id);
        let answer = self
            .call(Method::POST, &path, json!({ "code": handoff.code }))
            .await;
        answer["jwt"].as_str().expect("a token").to_owned()
    }

    /// Answers a prompt, as somebody else who may.
    pub async fn submit(&self, handoff: &Handoff, answer: Value) {
        let path = format!("/auth/connections/{}/submit", handoff.connection_id);
        self.call(Method::POST, &path, answer).await;
    }

    /// Deletes a connection.
    pub async fn delete(&self, id: &str) {
        self.call(
            Method::DELETE,
            &format!("/auth/connections/{id}"),
            Value::Null,
        )
        .await;
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self
            .http
            .request(method, format!("{}{path}", self.url()))
            .bearer_auth(API_KEY);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        let answer = request.send().await.expect("the sandbox answers");
        let status = answer.status();
        let text = answer.text().await.unwrap_or_default();
        assert!(status.is_success(), "{path}: {status}: {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}
