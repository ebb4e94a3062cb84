//! What ends the following, and for good or not.

use managed_auth::Error;

use crate::{
    text::Text,
    trouble::{Audience, Ending, is_upgrade},
};

/// How the following ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The flow ended with a login.
    LoggedIn,
    /// The flow ended without one; the connection says why.
    Failed,
    /// Something else, with the service's words if it said any.
    Stopped(Ending, Option<Text>),
}

impl End {
    pub(crate) fn of(ending: Ending) -> Self {
        Self::Stopped(ending, None)
    }

    /// The same with what the service said.
    pub(crate) fn with(self, error: &Error) -> Self {
        let details = error
            .body()
            .and_then(|body| body.message.as_deref())
            .and_then(Text::new);
        match self {
            Self::Stopped(ending, None) => Self::Stopped(ending, details),
            other => other,
        }
    }

    /// Whether the flow itself is over, rather than our following of it.
    pub(crate) fn is_final(&self) -> bool {
        match self {
            Self::LoggedIn | Self::Failed => true,
            Self::Stopped(ending, _) => matches!(
                ending,
                Ending::Expired | Ending::Canceled | Ending::AccessEnded | Ending::ClientTooOld
            ),
        }
    }
}

/// The end that an error of a full read means; `None` means: try again.
pub(crate) fn read_ending(error: &Error, audience: Audience) -> Option<End> {
    let ending = match (error, audience) {
        // A guest's token works for one flow, so 401 and 410 mean that it is over; a key's 401
        // means that the key was refused (`kernel-api.md` 14, 19).
        (Error::Unauthorised(_) | Error::Gone(_) | Error::Forbidden(_), Audience::Guest) => {
            Ending::AccessEnded
        }
        (Error::Unauthorised(_), Audience::Support) => Ending::KeyRefused,
        (Error::Forbidden(_), Audience::Support) => Ending::NotPermitted,
        (Error::Gone(_) | Error::NotFound(_) | Error::Impossible(_), _) => Ending::Gone,
        (Error::NotTheApi { status }, _) if *status < 500 => Ending::NotTheApi,
        (Error::Refused { body, .. }, _) if is_upgrade(body.code.as_deref()) => {
            Ending::ClientTooOld
        }
        (Error::Refused { status, .. }, _) if !is_passing(*status) => Ending::NotTheApi,
        _ => return None,
    };
    Some(End::of(ending))
}

/// The end that an error of the stream means; `None` means: try again.
pub(crate) fn stream_ending(error: &Error, audience: Audience) -> Option<End> {
    match error {
        // Conflict is a status that passes (`performance.md` 10).
        Error::Conflict { .. } | Error::StaleInteraction(_) => None,
        Error::NotTheApi { status: 200..=299 } => Some(End::of(Ending::NotTheApi)),
        other => read_ending(other, audience),
    }
}

/// Whether a status can pass by itself: 400, 408, 409, 425, 429 and the server errors.
fn is_passing(status: u16) -> bool {
    matches!(status, 400 | 408 | 409 | 425 | 429) || status >= 500
}
