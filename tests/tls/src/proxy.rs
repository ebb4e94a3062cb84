//! A proxy that is asked with `CONNECT`, and leads to one place.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// The largest request that is read, in bytes.
const LARGEST: usize = 16 * 1024;

/// Whom a proxy lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Everybody.
    Everybody,
    /// Who sends this as `Proxy-Authorization`; others are asked for it (407).
    WithLogin(String),
    /// Nobody (403).
    Nobody,
}

/// A proxy. It ends when this is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Proxy {
    /// A proxy that leads to this address, whatever it is asked for.
    pub async fn start(rule: Rule, target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = asked.clone();
        let serving = tokio::spawn(async move {
            // Everything that is on its way ends with this task.
            let mut passing = JoinSet::new();
            while let Ok((near, _)) = listener.accept().await {
                passing.spawn(pass(near, rule.clone(), target, log.clone()));
            }
        });
        Self {
            address,
            asked,
            serving,
        }
    }

    /// Its address, as settings write it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked to lead to, e.g. `api.usher.test:443`, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn pass(mut near: TcpStream, rule: Rule, target: SocketAddr, log: Arc<Mutex<Vec<String>>>) {
    let Some(head) = head(&mut near).await else {
        return;
    };
    let to = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().unwrap_or_else(PoisonError::into_inner).push(to);
    let sends = |login: &str| {
        let mut lines = head.lines();
        lines.any(|line| {
            line.split_once(": ").is_some_and(|(name, value)| {
                name.eq_ignore_ascii_case("proxy-authorization") && value == login
            })
        })
    };
    let answer = match &rule {
        Rule::Nobody => "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        Rule::WithLogin(login) if !sends(login) => {
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"usher\"\r\nContent-Length: 0\r\n\r\n"
        }
        Rule::Everybody | Rule::WithLogin(_) => "HTTP/1.1 200 Connection established\r\n\r\n",
    };
    let is_let_through = answer.contains(" 200 ");
    if near.write_all(answer.as_bytes()).await.is_err() || !is_let_through {
        return;
    }
    if let Ok(mut far) = TcpStream::connect(target).await {
        // Either side may hang up.
        let _ = copy_bidirectional(&mut near, &mut far).await;
    }
}

/// A request up to its empty line. Nothing follows that line before it is answered.
async fn head(near: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LARGEST {
        head.push(near.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}
