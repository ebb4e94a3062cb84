//! The service, asked directly, past the proxy: where flows truly are.

use std::{net::SocketAddr, time::Duration};

use jiff::Timestamp;
use reqwest::{Client, Method, Response, StatusCode};
use sandbox::{API_KEY, Sandbox, Settings};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// A sandbox with a way to it that nothing hurts.
pub(crate) struct Service {
    address: SocketAddr,
    http: Client,
    /// Kept, as it stops with this. None if it is a process of its own.
    _sandbox: Option<Sandbox>,
}

/// A connection whose login has been started.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Started {
    pub(crate) id: String,
    pub(crate) handoff_code: String,
    pub(crate) flow_expires_at: Timestamp,
}

/// Where a flow truly is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Truth {
    pub(crate) flow_status: Option<String>,
    pub(crate) flow_step: Option<String>,
    pub(crate) interaction_id: Option<String>,
    pub(crate) external_action_message: Option<String>,
}

/// The calls that the service saw on one connection.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    pub(crate) submits: usize,
    /// Answers that were taken.
    pub(crate) accepted: usize,
}

impl Service {
    /// A service whose automatic steps take this long.
    pub(crate) async fn start(pace: Duration, heartbeat: Duration) -> Self {
        let settings = Settings {
            pace,
            heartbeat,
            max_pending: 10_000,
            ..Settings::default()
        };
        let sandbox = Sandbox::start(settings).await.expect("a sandbox");
        let there = Self::at(sandbox.address());
        Self {
            _sandbox: Some(sandbox),
            ..there
        }
    }

    /// A service that somebody else has started.
    pub(crate) fn at(address: SocketAddr) -> Self {
        Self {
            address,
            http: Client::builder().no_proxy().build().expect("a client"),
            _sandbox: None,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Creates a connection and starts its login.
    pub(crate) async fn login(&self, domain: &str) -> Started {
        let id = self.connection(domain).await;
        self.login_of(&id).await
    }

    /// Creates a connection, and gives its id.
    pub(crate) async fn connection(&self, domain: &str) -> String {
        let body = json!({"domain": domain, "profile_name": "p"});
        let made: Value = self.post("/auth/connections", &body).await;
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Starts a login of a connection.
    pub(crate) async fn login_of(&self, id: &str) -> Started {
        let path = format!("/auth/connections/{id}/login");
        self.post(&path, &json!({})).await
    }

    /// Where the flow of a domain is. By the list, which the sandbox's faults leave alone.
    pub(crate) async fn truth(&self, domain: &str) -> Truth {
        let path = format!("/auth/connections?domain={domain}");
        let [truth] = self.get::<[Truth; 1]>(&path).await;
        truth
    }

    /// A small call, to see how long one takes.
    pub(crate) async fn ping(&self) {
        let url = format!("{}/auth/context", self.url());
        let answer = self.http.get(url).bearer_auth(API_KEY).send().await;
        answer.expect("an answer");
    }

    /// Where the flow of a connection is.
    pub(crate) async fn truth_of(&self, id: &str) -> Truth {
        self.get(&format!("/auth/connections/{id}")).await
    }

    /// Calls a hook of a connection.
    pub(crate) async fn hook(&self, id: &str, hook: &str, body: &Value) {
        let path = format!("/sandbox/connections/{id}/{hook}");
        self.send(Method::POST, &path, Some(body)).await;
    }

    /// Accepts the key from now on, or not.
    pub(crate) async fn accept_key(&self, accepted: bool) {
        let body = json!({"accepted": accepted});
        self.send(Method::POST, "/sandbox/key", Some(&body)).await;
    }

    pub(crate) async fn calls(&self, id: &str) -> Calls {
        let log: Value = self.get(&format!("/sandbox/connections/{id}/log")).await;
        let all = log["calls"].as_array().expect("a list");
        let submits: Vec<_> = all.iter().filter(|call| call["call"] == "submit").collect();
        Calls {
            submits: submits.len(),
            accepted: submits.iter().filter(|call| call["status"] == 202).count(),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.send(Method::GET, path, None).await;
        answer.json().await.expect("the API's JSON")
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> T {
        let answer = self.send(Method::POST, path, Some(body)).await;
        answer.json().await.expect("the API's JSON")
    }

    /// The same for what may have become impossible on its way there.
    pub(crate) async fn try_hook(&self, id: &str, hook: &str) {
        let path = format!("/sandbox/connections/{id}/{hook}");
        let answer = self.answer(Method::POST, &path, Some(&json!({}))).await;
        assert!(
            answer.status().is_success() || answer.status() == StatusCode::CONFLICT,
            "{hook}: {}",
            answer.status()
        );
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Response {
        let answer = self.answer(method, path, body).await;
        answer.error_for_status().expect("a success")
    }

    async fn answer(&self, method: Method, path: &str, body: Option<&Value>) -> Response {
        let url = format!("{}{path}", self.url());
        let mut request = self.http.request(method, url).bearer_auth(API_KEY);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.expect("an answer")
    }
}

impl Truth {
    /// Whether both are the same question, which waits for an answer.
    pub(crate) fn is_same_question(&self, other: &Self) -> bool {
        self.flow_step.as_deref() == Some("AWAITING_INPUT")
            && self.flow_step == other.flow_step
            && self.interaction_id == other.interaction_id
    }
}
