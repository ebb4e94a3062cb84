//! Who calls, and what they may (kernel-api.md 1.1 and 9).

use axum::http::{HeaderMap, header};
use tokio::time::Instant;

use crate::{API_KEY, refusal::Refusal, world::World};

/// Who was let pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    Key,
    Guest,
}

/// Lets only the API key pass.
pub(crate) fn require_key(headers: &HeaderMap, world: &World) -> Result<(), Refusal> {
    match bearer(headers) {
        Some(API_KEY) => Ok(()),
        Some(token) if world.tokens.contains_key(token) => Err(Refusal::forbidden()),
        _ => Err(Refusal::unauthorized()),
    }
}

/// Lets the API key pass, and a guest's token for this very connection.
pub(crate) fn require_access(
    headers: &HeaderMap,
    world: &World,
    connection: &str,
) -> Result<Caller, Refusal> {
    match bearer(headers) {
        Some(API_KEY) => Ok(Caller::Key),
        Some(token) => {
            let token = world.tokens.get(token).ok_or_else(Refusal::unauthorized)?;
            if token.connection != connection {
                return Err(Refusal::forbidden());
            }
            if Instant::now() >= token.expires {
                return Err(Refusal::gone("This token has expired"));
            }
            Ok(Caller::Guest)
        }
        None => Err(Refusal::unauthorized()),
    }
}

/// The token that was sent, if one was.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}
