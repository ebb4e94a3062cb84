//! Why something that support asked for did not work, in plain words, and what to do now
//! (`kernel-api.md` 11.2).

use std::time::Duration;

use login_flow::{Obstacle, Text, Trouble};
use managed_auth::Error;

/// Says why a call did not work.
#[must_use]
pub fn trouble_of(error: &Error) -> Trouble {
    if let Error::Network(problem) = error
        && let Some(obstacle) = Obstacle::of(*problem, None)
    {
        return Trouble {
            code: Text::or_dash(obstacle.code),
            title: Text::or_dash(&obstacle.title),
            advice: Text::or_dash(obstacle.advice),
            details: None,
        };
    }
    let (code, title, advice) = words(error);
    let details = error
        .body()
        .and_then(|body| body.message.as_deref())
        .and_then(Text::new);
    let advice = match error {
        Error::RateLimited {
            retry_after: Some(asked),
            ..
        } => pause(*asked),
        _ => advice.to_owned(),
    };
    let plain = |words: &str| Text::or_dash(words);
    Trouble {
        code: error
            .body()
            .and_then(|body| body.code.as_deref())
            .and_then(|code| Text::bounded(code, 60))
            .unwrap_or_else(|| plain(code)),
        title: plain(title),
        advice: plain(&advice),
        details,
    }
}

/// How long to wait, rounded up.
fn pause(asked: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    let started = u64::from(asked.subsec_nanos() > 0);
    match asked.as_secs().saturating_add(started) {
        0 | 1 => "Wait a second, then try again.".to_owned(),
        seconds @ ..=90 => format!("Wait {seconds} seconds, then try again."),
        seconds @ ..=HOUR => {
            let minutes = seconds.div_ceil(MINUTE);
            format!("Wait {minutes} minutes, then try again.")
        }
        _ => "Wait for more than an hour, then try again.".to_owned(),
    }
}

/// A word of our own for an error, what happened, and what to do now.
fn words(error: &Error) -> (&'static str, &'static str, &'static str) {
    let code = error.body().and_then(|body| body.code.as_deref());
    match error {
        Error::Unauthorised(_) => (
            "key_refused",
            "The API key was not accepted.",
            "It may have been revoked. Enter another key.",
        ),
        Error::Forbidden(_) => (
            "not_permitted",
            "This key may not do that.",
            "Use a key that may, or ask the owner of the project.",
        ),
        Error::NotFound(_) if code == Some("project_not_found") => (
            "project_not_found",
            "The project in the settings does not exist.",
            "Correct “project” in environments.toml, then read it again.",
        ),
        Error::NotFound(_) => (
            "not_found",
            "This connection does not exist, or no longer.",
            "Somebody else may have deleted it. Choose another one.",
        ),
        Error::Gone(_) => (
            "gone",
            "This connection is gone.",
            "Somebody else may have deleted it. Choose another one.",
        ),
        Error::Conflict { .. } if code == Some("too_many_pending_sessions") => (
            "too_many_pending_sessions",
            "Too many logins are open.",
            "Finish one or wait until one runs out of time, then try again.",
        ),
        Error::Conflict { .. } => (
            "conflict",
            "It is in the way of something that is there already.",
            "Look how things stand now, then try again.",
        ),
        Error::RateLimited { .. } => (
            "rate_limited",
            "The service asks for a pause.",
            "Wait a minute, then try again.",
        ),
        Error::Refused { .. }
            if matches!(code, Some("sdk_upgrade_required" | "sdk_update_required")) =>
        {
            (
                "client_too_old",
                "Usher is too old for this service.",
                "Update Usher.",
            )
        }
        Error::Refused { status, .. } if *status < 500 => (
            "refused",
            "The service did not take this.",
            "Check what you entered. The details say what it objects to.",
        ),
        Error::StaleInteraction(_) => (
            "stale_interaction",
            "The page moved on.",
            "Look at what it asks now.",
        ),
        // A relay in front of the service that answers in HTML is the service in trouble too.
        Error::Refused { .. } | Error::NotTheApi { status: 500.. } => (
            "service_trouble",
            "The service has a problem.",
            "It may have done what you asked all the same. Look before you try again.",
        ),
        Error::NotTheApi { .. } => (
            "not_the_api",
            "What answers at this address is not the login service.",
            "A network sign-in page or a proxy may be in the way. Check your connection and the address in environments.toml.",
        ),
        Error::Network(_) => (
            "broken",
            "The connection broke.",
            "It may have arrived all the same. Look before you try again.",
        ),
        Error::Timeout => (
            "timeout",
            "The service did not answer in time.",
            "It may have arrived all the same. Look before you try again.",
        ),
        Error::Impossible(_) => (
            "impossible",
            "This can’t be asked of the service.",
            "Check what you entered.",
        ),
    }
}
