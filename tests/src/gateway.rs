//! The way to a service, which a test can close and open: a service that can't be reached, while
//! it remembers everything.

use std::net::SocketAddr;

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use crate::scratch::free_port;

/// A way to a service. Closed at first.
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    target: String,
    serving: Option<JoinHandle<()>>,
}

impl Gateway {
    /// A way to the service at this address.
    #[must_use]
    pub fn to(url: &str) -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], free_port())),
            target: url.trim_start_matches("http://").to_owned(),
            serving: None,
        }
    }

    /// The address on this side.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets through what comes.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("a listener");
        let target = self.target.clone();
        self.serving = Some(tokio::spawn(async move {
            // Everything that is on its way ends with this task.
            let mut passing = JoinSet::new();
            while let Ok((near, _)) = listener.accept().await {
                passing.spawn(pass(near, target.clone()));
            }
        }));
    }

    /// Ends what is on its way, and lets nothing through any more.
    pub async fn close(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.abort();
            let _ = serving.await;
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if let Some(serving) = &self.serving {
            serving.abort();
        }
    }
}

async fn pass(mut near: TcpStream, target: String) {
    if let Ok(mut far) = TcpStream::connect(target).await {
        // Either side may hang up.
        let _ = copy_bidirectional(&mut near, &mut far).await;
    }
}
