//! A plain client, for the tests: requests, and a reader of event streams.

use std::{net::Ipv4Addr, time::Duration};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect::Policy};
use sandbox::{API_KEY, Sandbox, Settings};
use serde_json::{Value, json};

/// Quick, so that a test takes milliseconds; nothing asserts how long anything takes.
pub(crate) fn settings() -> Settings {
    Settings {
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        pace: Duration::from_millis(10),
        ..Settings::default()
    }
}

/// A sandbox and somebody who holds its key.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Client,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self {
            status,
            headers,
            text: response.text().await.expect("a readable body"),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("a JSON body")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().expect("a readable header")
    }

    /// Status and error code, as one comparable thing.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let code = self.json()["code"]
            .as_str()
            .expect("an error code")
            .to_owned();
        (self.status.as_u16(), code)
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(settings()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let sandbox = Sandbox::start(settings).await.expect("a sandbox");
        let http = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self { sandbox, http }
    }

    /// A request without credentials.
    pub(crate) fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.sandbox.url()))
    }

    pub(crate) async fn send(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let request = self.bare(method, path).bearer_auth(token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        Answer::of(request.send().await.expect("an answer")).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(API_KEY, Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(API_KEY, Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(API_KEY, Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(API_KEY, Method::DELETE, path, None).await
    }

    /// A hook, which needs no key.
    pub(crate) async fn hook(&self, id: &str, hook: &str, body: Value) -> Answer {
        let request = self.bare(Method::POST, &format!("/sandbox/connections/{id}/{hook}"));
        Answer::of(request.json(&body).send().await.expect("an answer")).await
    }

    /// The path of a new connection for a domain.
    pub(crate) async fn connect(&self, domain: &str) -> Connection<'_> {
        let body = json!({"domain": domain, "profile_name": "ada"});
        let answer = self.post("/auth/connections", body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let id = answer.json()["id"].as_str().expect("an id").to_owned();
        Connection {
            world: self,
            path: format!("/auth/connections/{id}"),
            id,
        }
    }

    /// All connections, newest first.
    pub(crate) async fn all(&self) -> Vec<Value> {
        let (mut all, mut offset) = (Vec::new(), "0".to_owned());
        loop {
            let page = self
                .get(&format!("/auth/connections?limit=100&offset={offset}"))
                .await;
            all.extend(page.json().as_array().expect("a bare array").clone());
            page.header("x-next-offset").clone_into(&mut offset);
            if offset == "0" {
                return all;
            }
        }
    }

    /// A connection that is there already.
    pub(crate) fn known(&self, id: &Value) -> Connection<'_> {
        let id = id.as_str().expect("an id").to_owned();
        Connection {
            world: self,
            path: format!("/auth/connections/{id}"),
            id,
        }
    }

    /// A connection with a flow, and the stream of it.
    pub(crate) async fn log_in(&self, domain: &str) -> (Connection<'_>, Value, Follow) {
        let connection = self.connect(domain).await;
        let login = connection.login().await;
        let follow = connection.follow().await;
        (connection, login, follow)
    }
}

/// A connection, seen through the API.
pub(crate) struct Connection<'a> {
    pub(crate) world: &'a World,
    pub(crate) id: String,
    pub(crate) path: String,
}

impl Connection<'_> {
    pub(crate) async fn login(&self) -> Value {
        let answer = self
            .world
            .post(&format!("{}/login", self.path), json!({}))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    pub(crate) async fn full(&self) -> Value {
        self.world.get(&self.path).await.json()
    }

    pub(crate) async fn submit(&self, body: Value) -> Answer {
        self.world
            .post(&format!("{}/submit", self.path), body)
            .await
    }

    pub(crate) async fn follow(&self) -> Follow {
        let request = self
            .world
            .bare(Method::GET, &format!("{}/events", self.path));
        Follow::of(request.bearer_auth(API_KEY).send().await.expect("a stream"))
    }

    pub(crate) async fn hook(&self, hook: &str, body: Value) -> Answer {
        self.world.hook(&self.id, hook, body).await
    }

    pub(crate) async fn exchange(&self, code: &Value) -> Answer {
        let request = self
            .world
            .bare(Method::POST, &format!("{}/exchange", self.path));
        Answer::of(
            request
                .json(&json!({"code": code}))
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }
}

/// An event stream.
pub(crate) struct Follow {
    pub(crate) response: Response,
    read: Vec<u8>,
}

impl Follow {
    pub(crate) fn of(response: Response) -> Self {
        Self {
            response,
            read: Vec::new(),
        }
    }

    /// The next frame as it came; none at the end.
    pub(crate) async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.read.windows(2).position(|pair| pair == b"\n\n") {
                let frame: Vec<u8> = self.read.drain(..at + 2).collect();
                return Some(String::from_utf8_lossy(&frame).into_owned());
            }
            let chunk = self.response.chunk().await.expect("an unbroken stream")?;
            self.read.extend_from_slice(&chunk);
        }
    }

    /// The next event's JSON; none at the end.
    pub(crate) async fn event(&mut self) -> Option<Value> {
        let frame = self.frame().await?;
        let (name, data) = frame.split_once("\ndata: ").expect("a data line");
        let event: Value = serde_json::from_str(data).expect("JSON in the frame");
        assert_eq!(name.strip_prefix("event: "), event["event"].as_str());
        Some(event)
    }

    /// Reads on to the first state of which `wanted` holds.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        while let Some(event) = self.event().await {
            if event["event"] == "managed_auth_state" && wanted(&event) {
                return event;
            }
        }
        panic!("the stream ended without the state")
    }

    pub(crate) async fn step(&mut self, step: &str) -> Value {
        self.until(|event| event["flow_step"] == step).await
    }

    pub(crate) async fn terminal(&mut self) -> Value {
        let end = self
            .until(|event| event["flow_status"] != "IN_PROGRESS")
            .await;
        assert_eq!(self.event().await, None, "nothing follows a terminal state");
        end
    }
}

/// The right answer to the page of the scenario `password`.
pub(crate) fn right(prompt: &Value) -> Value {
    json!({
        "interaction_id": prompt["interaction_id"],
        "field_values": {"f_username": "ada@example.com", "f_password": "correct horse"},
    })
}
