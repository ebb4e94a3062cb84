//! A server that answers by a script and remembers what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Response},
};
use managed_auth::{Access, ApiBase, Client, Settings};
use tokio::net::TcpListener;

/// One request as it arrived.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("a readable header"))
    }

    /// Method and path, as in `GET /auth/context`.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// What to answer.
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

pub(crate) fn reply(status: u16, body: impl Into<Body>) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: body.into(),
    }
}

impl Reply {
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    fn into_response(self) -> Response<Body> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(self.body).expect("a valid reply")
    }
}

#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    seen: Vec<Seen>,
}

pub(crate) struct Server {
    pub(crate) api: ApiBase,
    script: Arc<Mutex<Script>>,
}

impl Server {
    /// Answers with these in turn, and with 418 after the last.
    pub(crate) async fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let script = Script {
            replies: replies.into_iter().collect(),
            seen: Vec::new(),
        };
        let script = Arc::new(Mutex::new(script));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            api: api(&format!("http://{address}")),
            script,
        }
    }

    pub(crate) fn client(&self) -> Client {
        client(self.api.clone(), &key())
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.script.lock().expect("nobody panicked").seen.clone()
    }

    /// The lines of all requests.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a whole request");
    let seen = Seen {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).expect("a text"),
    };
    let mut script = script.lock().expect("nobody panicked");
    script.seen.push(seen);
    script
        .replies
        .pop_front()
        .unwrap_or_else(|| reply(418, ""))
        .into_response()
}

pub(crate) fn api(text: &str) -> ApiBase {
    ApiBase::parse(text).expect("a valid address")
}

pub(crate) fn key() -> Access {
    Access::key("sk_test".into())
}

pub(crate) fn client(api: ApiBase, access: &Access) -> Client {
    Client::new(api, access, settings()).expect("a client")
}

/// As by default, but without long waits between tries.
pub(crate) fn settings() -> Settings {
    Settings {
        first_retry_wait: Duration::from_millis(1),
        ..Settings::default()
    }
}
