//! The value of a `retry` line.
//!
//! `eventsource-stream` gives it only together with data, and accepts a plus sign. So the guard
//! reads it itself.

use std::time::Duration;

/// The longest pause handed on. A server that asks for more has made a mistake.
const LONGEST: Duration = Duration::from_hours(24);

/// The number read so far. A value of any length takes no memory.
#[derive(Clone, Copy, Default)]
pub(super) enum RetryDigits {
    #[default]
    None,
    /// Milliseconds; stops at the largest number instead of overflowing.
    Some(u64),
    /// Something else than digits has been seen.
    Invalid,
}

impl RetryDigits {
    pub(super) fn take(&mut self, piece: &[u8]) {
        for &byte in piece {
            *self = match (*self, byte) {
                (Self::None, b'0'..=b'9') => Self::Some(u64::from(byte - b'0')),
                (Self::Some(number), b'0'..=b'9') => Self::Some(
                    number
                        .saturating_mul(10)
                        .saturating_add(u64::from(byte - b'0')),
                ),
                _ => Self::Invalid,
            };
        }
    }

    /// The pause that the line asks for, if its value is a number.
    pub(super) fn end(self) -> Option<Duration> {
        match self {
            Self::Some(milliseconds) => Some(Duration::from_millis(milliseconds).min(LONGEST)),
            Self::None | Self::Invalid => None,
        }
    }
}
