//! The time on the wall, as precise as a server tells it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Unit};

/// Now, to the millisecond.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}

/// The time `wait` before now.
pub(crate) fn ago(wait: Duration) -> Timestamp {
    before(now(), wait)
}

/// The time `wait` before `end`; the beginning of time, if that is before it.
pub(crate) fn before(end: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    end.saturating_sub(wait).unwrap_or(Timestamp::MIN)
}

/// The time `wait` after `start`; the end of time, if that is beyond it.
pub(crate) fn after(start: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    start.saturating_add(wait).unwrap_or(Timestamp::MAX)
}
