//! The limit on calls and the headers that tell of it (kernel-api.md 1.3).

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tokio::time::Instant;

use crate::{body::read, refusal::Refusal, world::Shared};

const MINUTE: Duration = Duration::from_secs(60);

/// Calls are counted from one minute to the next.
#[derive(Clone, Debug)]
pub(crate) struct Rate {
    limit: u32,
    used: u32,
    since: Instant,
}

/// The body of `POST /sandbox/rate-limit`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    per_minute: Option<u32>,
}

impl Rate {
    pub(crate) fn new(limit: u32) -> Self {
        Self {
            limit,
            used: 0,
            since: Instant::now(),
        }
    }

    /// Counts a call. Says how many are left, or how long to wait.
    fn take(&mut self, now: Instant) -> Result<u32, Duration> {
        if now.saturating_duration_since(self.since) >= MINUTE {
            *self = Self {
                since: now,
                ..Self::new(self.limit)
            };
        }
        if self.used >= self.limit {
            return Err((self.since + MINUTE).saturating_duration_since(now));
        }
        self.used += 1;
        Ok(self.limit - self.used)
    }
}

pub(crate) async fn change(
    State(shared): State<Shared>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let change: Change = read(&body)?;
    shared.world().rate = change.per_minute.map(Rate::new);
    Ok(StatusCode::NO_CONTENT)
}

/// Counts every call of the API, and says so in its answer.
pub(crate) async fn meter(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let counted = shared
        .world()
        .rate
        .as_mut()
        .map(|rate| (rate.limit, rate.take(Instant::now())));
    let Some((limit, taken)) = counted else {
        return next.run(request).await;
    };
    let mut response = match taken {
        Ok(_) => next.run(request).await,
        Err(wait) => too_many(wait),
    };
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-limit", HeaderValue::from(limit));
    let left = taken.unwrap_or(0);
    headers.insert("x-ratelimit-remaining", HeaderValue::from(left));
    response
}

fn too_many(wait: Duration) -> Response {
    let refusal = Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        "rate_limit_exceeded",
        "Too many requests",
    );
    let seconds = wait.as_secs() + 1;
    ([(header::RETRY_AFTER, seconds.to_string())], refusal).into_response()
}
