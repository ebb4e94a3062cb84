//! For tests: TLS in front of any service on this computer, with a certificate that is right or
//! wrong in one way; and a proxy that leads there.
//!
//! Everything is on loopback. A name that nobody has, such as `api.usher.test`, is reached through
//! the proxy, which leads to its one target whatever it is asked for.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that can't be set up has failed, and says where"
)]

mod certificate;
mod proxy;

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

pub use certificate::{Flaw, Issuer};
pub use proxy::{Proxy, Rule};

/// TLS in front of a service. It ends when this is dropped.
#[derive(Debug)]
pub struct Front {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Front {
    /// Stands in front of the service at this address, which speaks without TLS, and shows the
    /// certificate of an issuer for this name.
    pub async fn start(issuer: &Issuer, name: &str, flaw: Flaw, service: SocketAddr) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(issuer.server(name, flaw)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let serving = tokio::spawn(async move {
            // Everything that is on its way ends with this task.
            let mut passing = JoinSet::new();
            while let Ok((near, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                passing.spawn(async move {
                    // Who does not like the certificate hangs up.
                    let Ok(mut near) = acceptor.accept(near).await else {
                        return;
                    };
                    if let Ok(mut far) = TcpStream::connect(service).await {
                        // Either side may hang up.
                        let _ = copy_bidirectional(&mut near, &mut far).await;
                    }
                });
            }
        });
        Self { address, serving }
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
