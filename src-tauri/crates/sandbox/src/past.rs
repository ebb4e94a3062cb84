//! What happened to a connection before the sandbox started.

use std::time::Duration;

use serde::Deserialize;

use crate::{
    clock,
    connection::{Connection, Standing},
    flow::{Flow, FlowType},
    scenario::{End, Status},
    settings::Settings,
};

/// One thing that happened.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Past {
    Login(Attempt),
    Reauth(Attempt),
    HealthCheck(Check),
}

/// A login that is over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attempt {
    /// Minutes since it began.
    pub(crate) ago: u64,
    /// Seconds that it took.
    #[serde(default = "typical")]
    pub(crate) took: u64,
    #[serde(default)]
    pub(crate) status: Status,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
    pub(crate) website_error: Option<String>,
    /// Where it was when it ended otherwise than well.
    pub(crate) step: Option<String>,
    #[serde(default)]
    pub(crate) recorded: bool,
}

/// A health check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// Minutes since it ran.
    pub(crate) ago: u64,
    pub(crate) found: Standing,
}

fn typical() -> u64 {
    24
}

impl Past {
    /// Puts it behind the connection, as the latest that happened.
    pub(crate) fn happen(&self, connection: &mut Connection, settings: &Settings) {
        let (kind, attempt) = match self {
            Self::Login(attempt) => (FlowType::Login, attempt),
            Self::Reauth(attempt) => (FlowType::Reauth, attempt),
            Self::HealthCheck(check) => {
                return connection.checked(check.found, clock::ago(minutes(check.ago)));
            }
        };
        let end = End {
            status: attempt.status,
            error_code: attempt.error_code.clone(),
            error_message: attempt.error_message.clone(),
            website_error: attempt.website_error.clone(),
        };
        let mut flow = Flow::begin(kind, &connection.plan, settings);
        if attempt.recorded {
            flow.record();
        }
        let step = attempt.step.as_deref().unwrap_or("SUBMITTING");
        flow.end_in(step, &end);
        flow.set_in_the_past(
            clock::ago(minutes(attempt.ago)),
            Duration::from_secs(attempt.took),
        );
        connection.flow = Some(flow);
        connection.publish();
    }
}

fn minutes(number: u64) -> Duration {
    Duration::from_secs(number.saturating_mul(60))
}
