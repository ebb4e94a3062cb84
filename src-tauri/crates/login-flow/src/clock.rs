//! Time, as it is told to the rules. They never read a clock themselves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// A clock that never jumps: time since some fixed start. Waiting is measured by it.
    pub steady: Duration,
    /// This computer's wall clock, which may be wrong and may jump.
    pub wall: Timestamp,
}

/// How this computer's wall clock compares with the service's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClockGap {
    /// Local minus service.
    ahead: SignedDuration,
}

/// The `Date` header has no fractions and travels for a while, so a smaller gap means nothing.
const NOTICEABLE: SignedDuration = SignedDuration::from_secs(2);

impl ClockGap {
    /// Compares the `Date` header of an answer with the clock at its arrival.
    pub(crate) fn measure(now: Moment, service_time: Timestamp) -> Self {
        let ahead = now.wall.duration_since(service_time);
        if ahead.abs() <= NOTICEABLE {
            Self::default()
        } else {
            Self { ahead }
        }
    }

    /// What the service's clock shows now.
    pub(crate) fn service_time(self, now: Moment) -> Timestamp {
        now.wall.checked_sub(self.ahead).unwrap_or(now.wall)
    }

    /// How long it still is until `then`, a time by the service's clock.
    pub(crate) fn until(self, then: Timestamp, now: Moment) -> Duration {
        Duration::try_from(then.duration_since(self.service_time(now))).unwrap_or_default()
    }

    /// Local minus service, in milliseconds.
    pub(crate) fn ahead_ms(self) -> i64 {
        i64::try_from(self.ahead.as_millis()).unwrap_or_default()
    }
}
