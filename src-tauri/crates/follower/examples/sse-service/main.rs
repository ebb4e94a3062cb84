//! Usher's event-stream client as a service under test: it speaks the test-service protocol of
//! `github.com/launchdarkly/sse-contract-tests`.
//!
//! ```text
//! cargo run -p follower --example sse-service -- --listen 127.0.0.1:8000
//! sse-contract-tests --url http://127.0.0.1:8000
//! ```
//!
//! What is under test and where it differs from a browser is in `docs/event-stream.md`.

mod service;

use std::{
    io::{self, Write},
    net::SocketAddr,
};

use clap::Parser;
use tokio::net::TcpListener;

/// Usher's event-stream client as a service for the suite `sse-contract-tests`.
#[derive(Parser)]
struct Arguments {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// Drop an event whose data, type or id is longer than this.
    #[arg(long, value_name = "BYTES", default_value_t = managed_auth::DEFAULT_MAX_EVENT)]
    max_event: usize,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind(arguments.listen).await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    service::serve(listener, arguments.max_event).await
}
