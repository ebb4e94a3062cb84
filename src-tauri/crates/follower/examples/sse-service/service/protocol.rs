//! The words of the test-service protocol.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The wish for a stream. `null` is as good as nothing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreateStream {
    pub(super) stream_url: String,
    pub(super) callback_url: String,
    pub(super) initial_delay_ms: Option<u64>,
    pub(super) read_timeout_ms: Option<u64>,
    pub(super) last_event_id: Option<String>,
    pub(super) headers: Option<BTreeMap<String, String>>,
    pub(super) method: Option<String>,
    pub(super) body: Option<String>,
}

/// An order to a stream.
#[derive(Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub(super) enum Command {
    Listen,
    Restart,
}

/// What a stream has to tell. There is no comment among it: the decoder drops them unseen.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Message {
    Event { event: EventMessage },
    Error { error: String },
}

#[derive(Debug, Serialize)]
pub(super) struct EventMessage {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) data: String,
    pub(super) id: String,
}
