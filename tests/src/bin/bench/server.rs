//! The sandbox as a program of its own, so that what it costs is nobody's here.

use std::{path::PathBuf, process::Stdio};

use reqwest::{Client, Method};
use sandbox::API_KEY;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};
use usher_tests::{console::ids, waiting::until};

/// A sandbox in a process of its own, which ends with this.
#[derive(Debug)]
pub(crate) struct Server {
    _process: Child,
    pub(crate) url: String,
    http: Client,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let program = std::env::var_os("SANDBOX_BIN").map(PathBuf::from);
        let mut process = Command::new(program.expect("SANDBOX_BIN names the built sandbox"))
            .args(["--listen", "127.0.0.1:0", "--max-pending", "100000"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the sandbox starts");
        let out = process.stdout.take().expect("piped");
        let line = BufReader::new(out).lines().next_line().await;
        let line = line.expect("its output can be read").unwrap_or_default();
        let url = line.strip_prefix("listening on ").expect("its address");
        Self {
            _process: process,
            url: url.to_owned(),
            http: Client::new(),
        }
    }

    /// Starts logins that say something new every so often, spread evenly over that time.
    pub(crate) async fn tick(&self, flows: u32, every_ms: u32) -> Vec<String> {
        if flows == 0 {
            return Vec::new();
        }
        let order = json!({ "flows": flows, "every_ms": every_ms });
        let answer = self.call(Method::POST, "/sandbox/ticker", order).await;
        ids(&answer, "ids")
    }

    /// Takes a connection away.
    pub(crate) async fn delete(&self, id: &str) {
        let path = format!("/auth/connections/{id}");
        self.call(Method::DELETE, &path, Value::Null).await;
    }

    /// Waits until somebody follows each of these.
    pub(crate) async fn wait_followed(&self, ids: &[String]) {
        for id in ids {
            let path = format!("/sandbox/connections/{id}/streams");
            let look = || self.call(Method::GET, &path, Value::Null);
            until("a stream", look, |answer| answer["open"] == 1).await;
        }
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self.http.request(method, format!("{}{path}", self.url));
        let request = request.bearer_auth(API_KEY);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        let answer = request.send().await.expect("the sandbox answers");
        let answer = answer.error_for_status().expect("it does as it is told");
        let text = answer.text().await.unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}
