//! The harness: a service under test, a place for its messages, and a server of streams that is
//! written byte by byte.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinHandle,
    time::timeout,
};

use crate::service;

/// Longer than any wait of the rules that these tests meet.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn soon<T>(what: &str, event: impl Future<Output = T>) -> T {
    timeout(PATIENCE, event)
        .await
        .unwrap_or_else(|_| panic!("no {what} in time"))
}

pub(crate) struct Harness {
    http: Client,
    service: String,
    streams: TcpListener,
    callbacks: String,
    messages: mpsc::UnboundedReceiver<(u64, Value)>,
    heard: u64,
    pub(crate) serving: JoinHandle<std::io::Result<()>>,
}

impl Harness {
    pub(crate) async fn start() -> Self {
        Self::with_limit(managed_auth::DEFAULT_MAX_EVENT).await
    }

    pub(crate) async fn with_limit(max_event: usize) -> Self {
        let (listener, service) = listen().await;
        let serving = tokio::spawn(service::serve(listener, max_event));
        let (streams, _) = listen().await;
        let (callback_listener, callbacks) = listen().await;
        let (sender, messages) = mpsc::unbounded_channel();
        let router = Router::new()
            .route("/callbacks/{number}", post(receive))
            .with_state(sender);
        tokio::spawn(async move { axum::serve(callback_listener, router).await });
        Self {
            http: Client::builder().no_proxy().build().expect("a client"),
            service,
            streams,
            callbacks: format!("{callbacks}/callbacks"),
            messages,
            heard: 0,
            serving,
        }
    }

    /// A stream that has been opened, and its resource.
    pub(crate) async fn open(&mut self, more: Value) -> (Connection, String) {
        let resource = self.create(more).await;
        let mut connection = self.connection().await;
        connection.open().await;
        (connection, resource)
    }

    /// Has a stream made, and gives its resource.
    pub(crate) async fn create(&self, more: Value) -> String {
        let address = self.streams.local_addr().expect("an address");
        let mut wish = json!({
            "streamUrl": format!("http://{address}/stream"),
            "callbackUrl": self.callbacks,
            "tag": "a test",
            "initialDelayMs": 0,
        });
        for (key, value) in more.as_object().expect("an object") {
            wish[key] = value.clone();
        }
        let answer = self.post("/", &wish).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        let location = answer.headers()["location"].to_str().expect("readable");
        location.to_owned()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.http.post(format!("{}{path}", self.service)).json(body);
        request.send().await.expect("the service answers")
    }

    pub(crate) async fn delete(&self, path: &str) -> StatusCode {
        let request = self.http.delete(format!("{}{path}", self.service));
        request.send().await.expect("the service answers").status()
    }

    pub(crate) async fn status(&self) -> Value {
        let answer = self.http.get(&self.service).send().await;
        let body = answer.expect("the service answers").json().await;
        body.expect("a status")
    }

    /// The client's next connection.
    pub(crate) async fn connection(&self) -> Connection {
        let (socket, _) = soon("connection", self.streams.accept())
            .await
            .expect("a connection");
        Connection::receive(socket).await
    }

    /// The service's next message, whose number must be the next.
    pub(crate) async fn message(&mut self) -> Value {
        let (number, message) = soon("message", self.messages.recv())
            .await
            .expect("a message");
        self.heard += 1;
        assert_eq!(number, self.heard, "{message}");
        message
    }

    pub(crate) async fn expect_event(&mut self, kind: &str, data: &str, id: &str) {
        let event = json!({"type": kind, "data": data, "id": id});
        assert_eq!(
            self.message().await,
            json!({"kind": "event", "event": event})
        );
    }

    pub(crate) async fn expect_error(&mut self) {
        let message = self.message().await;
        assert_eq!(message["kind"], "error", "{message}");
        assert!(message["error"].is_string(), "{message}");
    }

    /// Whether the client has come again, or wants to, at the moment.
    pub(crate) async fn is_left_alone(&self) -> bool {
        // Whatever the client had sent before this answer is in the queue of the listener.
        self.status().await;
        timeout(Duration::from_millis(1), self.streams.accept())
            .await
            .is_err()
    }
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, format!("http://{address}"))
}

async fn receive(
    State(sender): State<mpsc::UnboundedSender<(u64, Value)>>,
    Path(number): Path<u64>,
    Json(message): Json<Value>,
) -> StatusCode {
    // The test may be over.
    let _ = sender.send((number, message));
    StatusCode::ACCEPTED
}

/// One connection of the client, with the request it sent.
pub(crate) struct Connection {
    pub(crate) method: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
    socket: BufReader<TcpStream>,
}

impl Connection {
    async fn receive(socket: TcpStream) -> Self {
        socket.set_nodelay(true).expect("a socket");
        let mut socket = BufReader::new(socket);
        let first = line(&mut socket).await;
        let method = first.split(' ').next().unwrap_or_default().to_owned();
        let mut headers = Vec::new();
        loop {
            let line = line(&mut socket).await;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut connection = Self {
            method,
            headers,
            body: String::new(),
            socket,
        };
        let length = connection.header("content-length").unwrap_or("0");
        let mut body = vec![0; length.parse().expect("a length")];
        connection.socket.read_exact(&mut body).await.expect("body");
        connection.body = String::from_utf8(body).expect("text");
        connection
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Begins a stream that lasts until this is dropped.
    pub(crate) async fn open(&mut self) {
        self.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\nConnection: close\r\n\r\n")
            .await;
    }

    /// Answers with a status and nothing else. The status line may bring headers.
    pub(crate) async fn answer(mut self, status: &str) {
        self.send(&format!(
            "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ))
        .await;
    }

    pub(crate) async fn send(&mut self, text: impl AsRef<[u8]>) {
        let socket = self.socket.get_mut();
        socket.write_all(text.as_ref()).await.expect("sent");
        socket.flush().await.expect("sent");
    }

    /// Until the client lets go of the connection.
    pub(crate) async fn closed_by_client(mut self) {
        let mut rest = Vec::new();
        // A reset is an end as well.
        let _ = soon("end", self.socket.read_to_end(&mut rest)).await;
    }
}

async fn line(socket: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    soon("request", socket.read_line(&mut line))
        .await
        .expect("a line");
    line.trim_end().to_owned()
}
