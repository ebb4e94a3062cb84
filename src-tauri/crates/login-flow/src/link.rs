//! The stream as the rules see it: there, on its way, or lost since when and why.

use std::time::Duration;

use jiff::Timestamp;
use managed_auth::Error;

use crate::{clock::Moment, obstacle::lost_to, view::Lost};

/// Where the stream is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Not wanted yet, or no more. Trouble may be known from reads.
    Off,
    /// To be opened at this time.
    Waiting {
        at: Duration,
        trouble: Option<Trouble>,
    },
    /// Being opened.
    Opening { trouble: Option<Trouble> },
    /// There.
    Open {
        since: Duration,
        last_byte: Duration,
    },
    /// Not tried, as not even a read succeeds.
    OutOfReach { trouble: Trouble },
}

/// Since when there is no news, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) since: Timestamp,
    pub(crate) cause: Lost,
    pub(crate) attempts: u32,
}

impl Link {
    pub(crate) fn trouble(&self) -> Option<&Trouble> {
        match self {
            Self::Off | Self::Open { .. } => None,
            Self::Waiting { trouble, .. } | Self::Opening { trouble } => trouble.as_ref(),
            Self::OutOfReach { trouble } => Some(trouble),
        }
    }

    /// Whether a stream is there or on its way.
    pub(crate) fn is_up(&self) -> bool {
        matches!(self, Self::Opening { .. } | Self::Open { .. })
    }

    pub(crate) fn opening(&mut self) {
        *self = Self::Opening {
            trouble: self.trouble().cloned(),
        };
    }

    pub(crate) fn opened(&mut self, now: Moment) {
        *self = Self::Open {
            since: now.steady,
            last_byte: now.steady,
        };
    }

    pub(crate) fn alive(&mut self, now: Moment) {
        if let Self::Open { last_byte, .. } = self {
            *last_byte = now.steady;
        }
    }

    /// How long the stream has been there.
    pub(crate) fn lived(&self, now: Moment) -> Duration {
        match self {
            Self::Open { since, .. } => now.steady.saturating_sub(*since),
            _ => Duration::ZERO,
        }
    }

    /// The stream is gone, and is to be opened again at `at`.
    pub(crate) fn lose(&mut self, cause: Lost, at: Duration, now: Moment) {
        *self = Self::Waiting {
            at,
            trouble: Some(self.worse(cause, now)),
        };
    }

    /// A read failed while there is no stream either.
    pub(crate) fn note_trouble(&mut self, cause: Lost, now: Moment) {
        let trouble = self.worse(cause, now);
        match self {
            Self::Waiting { trouble: known, .. } => *known = Some(trouble),
            Self::Off | Self::OutOfReach { .. } => *self = Self::OutOfReach { trouble },
            Self::Opening { .. } | Self::Open { .. } => {}
        }
    }

    fn worse(&self, cause: Lost, now: Moment) -> Trouble {
        let known = self.trouble();
        Trouble {
            since: known.map_or(now.wall, |trouble| trouble.since),
            cause,
            attempts: known.map_or(0, |trouble| trouble.attempts.saturating_add(1)),
        }
    }

    pub(crate) fn is_silent(&self, now: Moment, limit: Duration) -> bool {
        matches!(self, Self::Open { last_byte, .. } if now.steady.saturating_sub(*last_byte) >= limit)
    }

    pub(crate) fn is_due(&self, now: Moment) -> bool {
        matches!(self, Self::Waiting { at, .. } if now.steady >= *at)
    }

    pub(crate) fn deadline(&self, silence_limit: Duration) -> Option<Duration> {
        match self {
            Self::Waiting { at, .. } => Some(*at),
            Self::Open { last_byte, .. } => Some(last_byte.saturating_add(silence_limit)),
            Self::Off | Self::Opening { .. } | Self::OutOfReach { .. } => None,
        }
    }
}

/// What an error that may pass says about the way to the service, and how long it asks to wait.
pub(crate) fn lost_by(error: &Error) -> (Lost, Option<Duration>) {
    match error {
        Error::Network(problem) => (lost_to(*problem), None),
        Error::Timeout => (Lost::Slow, None),
        Error::RateLimited { retry_after, .. } => (Lost::RateLimited, *retry_after),
        Error::Refused { retry_after, .. } => (Lost::ServiceTrouble, *retry_after),
        _ => (Lost::ServiceTrouble, None),
    }
}
