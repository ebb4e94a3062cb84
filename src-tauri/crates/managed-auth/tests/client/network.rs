//! Servers that can't be reached, break off or never answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use managed_auth::{Client, Error, NetworkProblem, Settings, Submission, TlsProblem};
use tokio::net::TcpListener;

use crate::server::{Server, api, client, key, settings};

/// A server that hangs up on everybody, and how many came.
async fn hanging_up() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let came = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&came);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (format!("http://{address}"), came)
}

#[tokio::test]
async fn a_broken_connection_is_tried_again_for_a_read_and_not_for_an_answer() {
    let (address, came) = hanging_up().await;
    let client = client(api(&address), &key());

    let read = client.get("ma_1").await;
    assert!(matches!(read, Err(Error::Network(NetworkProblem::Broken))));
    assert_eq!(came.swap(0, Ordering::SeqCst), 3);

    let submission = Submission::LegacyMfa("sms".into());
    assert!(matches!(
        client.submit("ma_1", &submission).await,
        Err(Error::Network(NetworkProblem::Broken))
    ));
    let exchange = Client::exchange(api(&address), "ma_1", &"code".into(), settings()).await;
    assert!(matches!(
        exchange,
        Err(Error::Network(NetworkProblem::Broken))
    ));
    assert!(matches!(
        client.events("ma_1").await,
        Err(Error::Network(NetworkProblem::Broken))
    ));
    assert_eq!(came.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let read = client(api(&format!("http://{address}")), &key())
        .get("ma_1")
        .await;
    assert!(matches!(read, Err(Error::Network(NetworkProblem::Refused))));
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls() {
    let server = Server::answering([]).await;
    let secure = server.api.as_str().replace("http:", "https:");
    let read = client(api(&secure), &key()).get("ma_1").await;
    assert!(matches!(
        read,
        Err(Error::Network(NetworkProblem::Tls(TlsProblem::NotTls)))
    ));
}

#[tokio::test]
async fn no_answer_in_time() {
    // The system completes the connection; nobody reads from it.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let soon = Duration::from_millis(50);
    let settings = Settings {
        request_timeout: soon,
        stream_headers_timeout: soon,
        ..settings()
    };
    let client =
        Client::new(api(&format!("http://{address}")), &key(), settings).expect("a client");

    assert!(matches!(client.get("ma_1").await, Err(Error::Timeout)));
    assert!(matches!(
        client
            .submit("ma_1", &Submission::LegacyMfa("sms".into()))
            .await,
        Err(Error::Timeout)
    ));
    assert!(matches!(client.events("ma_1").await, Err(Error::Timeout)));
}

#[tokio::test]
async fn no_problem_tells_an_address() {
    let (address, _) = hanging_up().await;
    let error = client(api(&address), &key())
        .get("ma_secret")
        .await
        .expect_err("no success");
    let text = format!("{error} {error:?}");
    assert!(
        !text.contains("127.0.0.1") && !text.contains("ma_secret"),
        "{text}"
    );
}
