//! The proxy does to bytes what it is told, so that a case which passes has come through something.

use std::{
    io::{Error, ErrorKind},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};

use fault_proxy::{Bend, Canned, Fault, Moment, Proxy, Target};
use sandbox::{Sandbox, Settings};
use serde_json::{Value, json};

/// Far longer than an answer takes.
const SILENCE: Duration = Duration::from_millis(600);

struct Bench {
    _service: Sandbox,
    proxy: Proxy,
    /// The path of a connection whose login runs.
    path: String,
}

impl Bench {
    async fn set_up() -> Self {
        let settings = Settings {
            pace: Duration::from_mins(1),
            heartbeat: Duration::from_millis(100),
            ..Settings::default()
        };
        let service = Sandbox::start(settings).await.expect("a sandbox");
        let id = login(&service.url()).await;
        Self {
            proxy: Proxy::start(service.address()),
            path: format!("/auth/connections/{id}"),
            _service: service,
        }
    }

    async fn ask(&self, tail: &str) -> Result<TcpStream, Error> {
        let mut line = TcpStream::connect(self.proxy.address).await?;
        let (path, key) = (&self.path, sandbox::API_KEY);
        let request = format!(
            "GET {path}{tail} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\r\n"
        );
        line.write_all(request.as_bytes()).await?;
        Ok(line)
    }

    /// What comes back until it ends or falls silent, and how it ends.
    async fn hear(&self, tail: &str) -> (String, Heard) {
        match self.ask(tail).await {
            Ok(line) => listen(line).await,
            Err(error) => (String::new(), Heard::Broken(error.kind())),
        }
    }
}

/// Creates a connection, starts its login, and gives the connection's id.
async fn login(service: &str) -> String {
    let http = reqwest::Client::builder().no_proxy().build();
    let http = http.expect("a client");
    let post = async |path: &str, body: Value| -> Value {
        let request = http.post(format!("{service}{path}")).json(&body);
        let answer = request.bearer_auth(sandbox::API_KEY).send().await;
        answer.expect("an answer").json().await.expect("JSON")
    };
    let body = json!({"domain": "password.example", "profile_name": "p"});
    let made = post("/auth/connections", body).await;
    let id = made["id"].as_str().expect("an id").to_owned();
    post(&format!("/auth/connections/{id}/login"), json!({})).await;
    id
}

#[derive(Debug, PartialEq, Eq)]
enum Heard {
    End,
    Silence,
    Broken(ErrorKind),
}

async fn listen(mut line: TcpStream) -> (String, Heard) {
    let mut bytes = Vec::new();
    let heard = loop {
        match timeout(SILENCE, line.read_buf(&mut bytes)).await {
            Ok(Ok(0)) => break Heard::End,
            Ok(Ok(_)) if bytes.len() > 10_000 => break Heard::Silence,
            Ok(Ok(_)) => {}
            Ok(Err(error)) => break Heard::Broken(error.kind()),
            Err(_) => break Heard::Silence,
        }
    };
    (String::from_utf8_lossy(&bytes).into_owned(), heard)
}

#[tokio::test]
async fn what_is_not_hurt_passes_whole_and_the_connection_is_kept() {
    let bench = Bench::set_up().await;
    let (answer, heard) = bench.hear("").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with('}'), "{answer}");
    assert_eq!(heard, Heard::Silence);

    bench.proxy.strike(Target::Events, Fault::Refuse);
    bench.proxy.calm();
    bench
        .proxy
        .strike(Target::Events, Fault::Reset(Moment::Request));
    assert_eq!(bench.hear("").await.0.len(), answer.len(), "not a stream");
}

#[tokio::test]
async fn each_fault_hurts_in_its_way() {
    let bench = Bench::set_up().await;
    let whole = bench.hear("").await.0.len();
    let reset = Heard::Broken(ErrorKind::ConnectionReset);
    let canned = Canned {
        status: 500,
        headers: String::new(),
        body: "{}",
    };
    let all = |fault| bench.proxy.strike(Target::All, fault);

    for moment in [Moment::Request, Moment::Answer] {
        all(Fault::Reset(moment));
        assert_eq!(
            bench.hear("").await,
            (String::new(), Heard::Broken(ErrorKind::ConnectionReset))
        );
        all(Fault::HalfOpen(moment));
        assert_eq!(bench.hear("").await, (String::new(), Heard::Silence));
        all(Fault::Answer(canned.clone(), moment));
        assert!(bench.hear("").await.0.starts_with("HTTP/1.1 500 "));
    }
    for after in [0, 1, 100, whole - 1] {
        for fault in [Fault::Truncate { after }, Fault::HalfClose { after }] {
            all(fault);
            let (answer, heard) = bench.hear("").await;
            assert_eq!((answer.len(), heard), (after, Heard::End));
        }
    }
    all(Fault::SlowHeaders {
        pause: Duration::from_millis(2),
    });
    let began = Instant::now();
    assert_eq!(bench.hear("").await.0.len(), whole);
    assert!(began.elapsed() >= Duration::from_millis(2) * 100 + SILENCE);
    all(Fault::Refuse);
    bench.hear("").await;
    let refused = Heard::Broken(ErrorKind::ConnectionRefused);
    let heard = bench.hear("").await.1;
    assert!(heard == refused || heard == reset, "{heard:?}");
    bench.proxy.calm();
    let listens = async {
        loop {
            let (answer, heard) = bench.hear("").await;
            if heard != refused {
                return answer;
            }
        }
    };
    let answer = timeout(SILENCE * 10, listens).await.expect("the same port");
    assert_eq!(answer.len(), whole);
}

#[tokio::test]
async fn a_blackhole_gives_back_what_went_into_it() {
    let bench = Bench::set_up().await;
    bench.proxy.strike(Target::All, Fault::Blackhole);
    let mut line = bench.ask("").await.expect("taken");
    let mut byte = [0; 1];
    assert!(timeout(SILENCE, line.read(&mut byte)).await.is_err());
    bench.proxy.calm();
    assert!(listen(line).await.0.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn streams_that_are_open_are_hurt_too() {
    for (fault, expected) in [
        (
            Fault::Reset(Moment::Request),
            Heard::Broken(ErrorKind::ConnectionReset),
        ),
        (Fault::HalfClose { after: 0 }, Heard::End),
        (Fault::HalfOpen(Moment::Request), Heard::Silence),
        (Fault::Blackhole, Heard::Silence),
    ] {
        let bench = Bench::set_up().await;
        let mut line = bench.ask("/events").await.expect("taken");
        while bench.proxy.log().heartbeats == 0 {
            line.read_buf(&mut Vec::new()).await.expect("a stream");
        }
        bench.proxy.strike(Target::Events, fault.clone());
        assert_eq!(listen(line).await.1, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn streams_are_bent() {
    let bench = Bench::set_up().await;
    for (bend, sign) in [
        (Bend::ByteOrderMark, "\u{feff}event: managed_auth_state\n"),
        (Bend::Cr, "event: sse_heartbeat\rdata: "),
        (Bend::CrLf, "event: sse_heartbeat\r\ndata: "),
        (Bend::BrokenJson, "data: {\"flow_status\":\n\n"),
        (Bend::Oversized(2000), "xxxxxxxxxx"),
        (Bend::Unknown, "event: news\n"),
    ] {
        bench.proxy.strike(Target::Events, Fault::Stream(bend));
        let heard = some_of(&bench).await;
        assert!(heard.contains(sign), "{bend:?}: {heard}");
    }
}

/// The beginning of a stream, which heartbeats keep from falling silent.
async fn some_of(bench: &Bench) -> String {
    let mut line = bench.ask("/events").await.expect("taken");
    let mut bytes = Vec::new();
    let until = Instant::now() + SILENCE;
    while let Ok(Ok(1..)) = tokio::time::timeout_at(until, line.read_buf(&mut bytes)).await {}
    String::from_utf8_lossy(&bytes).into_owned()
}
