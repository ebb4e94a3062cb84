//! The way to the service: certificates, proxies, and what is told when there is none.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use axum::{Router, http::StatusCode};
use managed_auth::{
    Access, ApiBase, Client, ClockError, Error, Journal, NetworkProblem, Outcome, Proxy,
    ProxyAddress, ProxyProblem, RequestId, Settings, TlsProblem,
};
use tls_service::{Flaw, Front, Issuer, Rule};
use tokio::net::TcpListener;

const NAME: &str = "api.usher.test";

/// Where the system's store is for a test that was started with one of its own.
const STORE: &str = "SSL_CERT_FILE";

/// A service without TLS that knows no connection, and names its answers.
async fn service() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let answer = || async { (StatusCode::NOT_FOUND, [("x-request-id", "req_7")], "{}") };
    let router = Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn settings(proxy: Proxy) -> Settings {
    Settings {
        first_retry_wait: Duration::from_millis(1),
        proxy,
        ..Settings::default()
    }
}

fn through(url: &str) -> Proxy {
    Proxy::Through(ProxyAddress::parse(url).expect("a proxy's address"))
}

async fn read(api: &str, settings: Settings) -> Error {
    let api = ApiBase::parse(api).expect("an address");
    let client = match Client::new(api, &Access::key("sk_planted".into()), settings) {
        Ok(client) => client,
        Err(error) => return error,
    };
    client
        .get("ma_1")
        .await
        .expect_err("nothing is known there")
}

fn tls(error: &Error) -> TlsProblem {
    match error {
        Error::Network(NetworkProblem::Tls(problem)) => *problem,
        other => panic!("{other:?}"),
    }
}

/// Runs a test of this file again, in a process with a store of its own.
fn run_with_store(test: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(STORE, folder.path().join("store.pem"))
        .env_remove("SSL_CERT_DIR")
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Puts an issuer into the store of this process.
fn trust(issuer: &Issuer) {
    let store = std::env::var_os(STORE).map(PathBuf::from);
    std::fs::write(store.expect("run by another test"), issuer.pem()).expect("written");
}

#[test]
fn certificates_are_checked_with_the_systems_store() {
    run_with_store("with_a_store_of_its_own");
}

#[tokio::test]
#[ignore = "run by another test, with a store of its own"]
async fn with_a_store_of_its_own() {
    let (issuer, stranger) = (Issuer::new(), Issuer::new());
    trust(&issuer);
    let service = service().await;
    let shown = async |issuer: &Issuer, flaw| {
        let front = Front::start(issuer, "localhost", flaw, service).await;
        let api = format!("https://localhost:{}", front.address().port());
        read(&api, settings(Proxy::System)).await
    };
    let accepted = shown(&issuer, Flaw::None).await;
    assert!(matches!(accepted, Error::NotFound(_)), "{accepted:?}");
    assert_eq!(
        tls(&shown(&issuer, Flaw::Expired).await),
        TlsProblem::Expired
    );
    assert_eq!(
        tls(&shown(&issuer, Flaw::OtherName).await),
        TlsProblem::WrongHost
    );
    assert_eq!(
        tls(&shown(&stranger, Flaw::None).await),
        TlsProblem::UnknownIssuer
    );
    // No certificate is served before its time, so it is the clock that is wrong.
    let early = tls(&shown(&issuer, Flaw::NotYetValid).await);
    let TlsProblem::WrongClock(ClockError::BehindAtLeast(by)) = early else {
        panic!("{early:?}");
    };
    assert!(by.as_hours() > 24 * 365, "{by:?}");

    by_name_through_a_proxy(&issuer, service).await;
}

/// A service elsewhere, as a company's network leads to it.
async fn by_name_through_a_proxy(issuer: &Issuer, service: SocketAddr) {
    let front = Front::start(issuer, NAME, Flaw::None, service).await;
    let login = "Basic YWRhOnBsYW50ZWQ=".to_owned();
    for (rule, url) in [
        (Rule::Everybody, "http://"),
        (Rule::WithLogin(login), "http://ada:planted@"),
    ] {
        let proxy = tls_service::Proxy::start(rule, front.address()).await;
        let url = proxy.url().replace("http://", url);
        let error = read(&format!("https://{NAME}"), settings(through(&url))).await;
        assert!(matches!(error, Error::NotFound(_)), "{error:?}");
        assert_eq!(proxy.asked(), [format!("{NAME}:443")]);
    }
}

#[test]
fn a_store_without_certificates_is_told_and_not_taken_for_permission() {
    run_with_store("with_an_empty_store");
}

#[tokio::test]
#[ignore = "run by another test, with a store of its own"]
async fn with_an_empty_store() {
    std::fs::write(std::env::var_os(STORE).expect("run by another test"), "").expect("written");
    let error = read("https://localhost:1", settings(Proxy::System)).await;
    assert_eq!(tls(&error), TlsProblem::NothingTrusted);
}

#[tokio::test]
async fn what_a_proxy_does_is_told_from_what_the_service_does() {
    let nowhere = free_address().await;
    for (rule, problem) in [
        (Rule::WithLogin("Basic x".into()), ProxyProblem::WantsLogin),
        (Rule::Nobody, ProxyProblem::Refused),
    ] {
        let proxy = tls_service::Proxy::start(rule, nowhere).await;
        let error = read(&format!("https://{NAME}"), settings(through(&proxy.url()))).await;
        assert!(
            matches!(error, Error::Network(NetworkProblem::Proxy(told)) if told == problem),
            "{error:?}"
        );
    }
    let closed = through(&format!("http://ada:planted@{nowhere}"));
    let error = read(&format!("https://{NAME}"), settings(closed)).await;
    assert!(
        // Without any network the proxy is not what is wrong.
        matches!(
            error,
            Error::Network(
                NetworkProblem::Proxy(ProxyProblem::Unreachable) | NetworkProblem::Offline
            )
        ),
        "{error:?}"
    );
    let text = format!("{error} {error:?}");
    assert!(!text.contains("planted") && !text.contains("ada"), "{text}");
}

#[tokio::test]
async fn a_proxy_that_asks_for_a_login_is_asked_once() {
    let nowhere = free_address().await;
    let proxy = tls_service::Proxy::start(Rule::WithLogin("Basic x".into()), nowhere).await;
    read(&format!("https://{NAME}"), settings(through(&proxy.url()))).await;
    assert_eq!(proxy.asked().len(), 1);
}

#[tokio::test]
async fn a_service_on_this_computer_is_spoken_to_directly() {
    let service = service().await;
    let proxy = tls_service::Proxy::start(Rule::Nobody, service).await;
    let error = read(
        &format!("http://{service}"),
        settings(through(&proxy.url())),
    )
    .await;
    assert!(matches!(error, Error::NotFound(_)), "{error:?}");
    assert!(proxy.asked().is_empty());
}

#[tokio::test]
async fn a_name_that_nobody_has_is_not_known() {
    // RFC 6761: `.invalid` never exists, and needs no network to be known for that.
    let error = read("https://api.usher.invalid", settings(Proxy::Direct)).await;
    assert!(
        matches!(
            error,
            Error::Network(NetworkProblem::Lookup | NetworkProblem::Offline)
        ),
        "{error:?}"
    );
}

/// In a namespace of its own a process has no network but a loopback device that is down.
#[cfg(target_os = "linux")]
#[test]
fn a_computer_without_a_network_is_told_so() {
    let output = Command::new("unshare")
        .args(["--map-root-user", "--net"])
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", "without_a_network", "--ignored", "--nocapture"])
        .output()
        .expect("unshare is there");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
#[ignore = "run by another test, without a network"]
async fn without_a_network() {
    for api in [
        "https://api.usher.invalid",
        "https://192.0.2.1",
        "https://[2001:db8::1]",
    ] {
        let error = read(api, settings(Proxy::Direct)).await;
        assert!(
            matches!(error, Error::Network(NetworkProblem::Offline)),
            "{api}: {error:?}"
        );
    }
}

#[tokio::test]
async fn what_was_tried_is_noted_without_a_secret() {
    let service = service().await;
    let journal = Journal::default();
    let noted = |api: String| {
        let settings = Settings {
            journal: journal.clone(),
            ..settings(Proxy::System)
        };
        async move { read(&api, settings).await }
    };
    noted(format!("http://{service}")).await;
    noted(format!("http://{}", free_address().await)).await;
    let calls = journal.calls();
    // A read that can't be sent is tried three times, and each is noted.
    assert_eq!(calls.len(), 4, "{calls:?}");
    assert!(calls.iter().all(|call| call.what == "read"));
    assert_eq!(calls[0].outcome, Outcome::Answered(404));
    let id = calls[0].request_id.as_ref().map(RequestId::as_str);
    assert_eq!(id, Some("req_7"));
    assert!(calls[3].outcome.to_string().contains("refused"));
    let ahead = journal.clock_ahead().expect("the service told its time");
    assert!(ahead.abs().as_secs() <= 2, "{ahead:?}");
    let text = format!("{calls:?} {journal:?}");
    assert!(
        !text.contains("sk_planted") && !text.contains("ma_1") && !text.contains("127.0.0.1"),
        "{text}"
    );
}

/// An address where nobody listens.
async fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address")
}

/// There is no way to ignore certificates, in any of our own code.
#[test]
fn nothing_ignores_certificates() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut looked_at = 0;
    for folder in ["src-tauri", "tests"] {
        look_at(&root.join(folder), &mut looked_at);
    }
    assert!(looked_at > 100, "the sources are there: {looked_at}");
}

fn look_at(folder: &std::path::Path, looked_at: &mut u32) {
    // In two halves, so that this file does not hold them.
    let forbidden = [
        concat!("danger_", "accept"),
        concat!("tls_danger_", "accept"),
        concat!("dangerous_", "configuration"),
        concat!(".danger", "ous()"),
        concat!("ServerCert", "Verifier"),
    ];
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "node_modules" && name != "target" {
            look_at(&path, looked_at);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            *looked_at += 1;
            let text = std::fs::read_to_string(&path).expect("a text");
            for word in forbidden {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
}
