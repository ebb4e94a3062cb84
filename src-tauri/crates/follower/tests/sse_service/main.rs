//! The example `sse-service`, played with as the suite `sse-contract-tests` would: over real
//! sockets, by a harness that serves streams and collects what the service tells of them.

mod harness;
#[path = "../../examples/sse-service/service/mod.rs"]
mod service;

mod connecting;
mod parsing;
mod reconnecting;
