//! What the event stream says (`kernel-api.md` 6.2).

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    connection::{FlowStatus, FlowStep, FlowType},
    error::ErrorBody,
    lenient,
    prompt::Prompt,
};

/// One event of `GET /auth/connections/{id}/events`.
#[derive(Clone, Debug)]
pub enum FlowEvent {
    /// The flow's state, to be merged onto a full read.
    State(Box<StateEvent>),
    /// A sign of life.
    Heartbeat,
    /// The service reports a problem. Whether it is final is not known (`kernel-api.md` 16, 8).
    Error(ErrorBody),
    /// An event this version does not know. A sign of life, nothing more.
    Unknown,
    /// An event whose JSON can't be read. To be skipped, never the end of the stream.
    Malformed,
}

/// The members of a `managed_auth_state` event.
#[derive(Clone, Debug, Deserialize)]
pub struct StateEvent {
    /// When it was written, by the service's clock. Events have no number, so this alone tells
    /// their order (`kernel-api.md` 6.4).
    #[serde(default, deserialize_with = "lenient::time")]
    pub timestamp: Option<Timestamp>,
    /// Where the flow stands.
    pub flow_status: FlowStatus,
    /// What the flow is doing.
    #[serde(default)]
    pub flow_step: Option<FlowStep>,
    /// Absent means: as before.
    #[serde(default)]
    pub flow_type: Option<FlowType>,
    /// Absent members mean: no longer asked.
    #[serde(flatten)]
    pub prompt: Prompt,
    /// Absent means: as before.
    #[serde(default)]
    pub post_login_url: Option<SecretString>,
    /// Absent means: as before.
    #[serde(default)]
    pub live_view_url: Option<SecretString>,
    /// Absent means: as before.
    #[serde(default)]
    pub hosted_url: Option<SecretString>,
}

impl FlowEvent {
    /// Reads one event from its name on the `event:` line and its data.
    ///
    /// The name inside the JSON counts; the line's is used if the JSON has none
    /// (`kernel-api.md` 6.1).
    #[must_use]
    pub fn parse(line_name: &str, data: &str) -> Self {
        let Ok(value) = serde_json::from_str::<Value>(data) else {
            return Self::Malformed;
        };
        let name = value
            .get("event")
            .and_then(Value::as_str)
            .unwrap_or(line_name)
            .to_owned();
        match name.as_str() {
            "managed_auth_state" => serde_json::from_value(value)
                .map_or(Self::Malformed, |state| Self::State(Box::new(state))),
            "sse_heartbeat" => Self::Heartbeat,
            "error" => Self::Error(
                value
                    .get("error")
                    .map(ErrorBody::from_json)
                    .unwrap_or_default(),
            ),
            _ => Self::Unknown,
        }
    }
}
