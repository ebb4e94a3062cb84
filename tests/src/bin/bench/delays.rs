//! How long events were on their way.

use std::fmt::{self, Display, Formatter};

/// How long events were on their way, in milliseconds, the soonest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delays(Vec<i64>);

impl From<Vec<i64>> for Delays {
    fn from(mut delays: Vec<i64>) -> Self {
        delays.sort_unstable();
        Self(delays)
    }
}

impl Delays {
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The shortest time that so many of a hundred stayed within.
    fn percentile(&self, percent: usize) -> Option<i64> {
        let place = (self.0.len() * percent).div_ceil(100);
        self.0.get(place.checked_sub(1)?).copied()
    }
}

impl Display for Delays {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match (self.percentile(50), self.percentile(99)) {
            (Some(median), Some(most)) => write!(out, "{median} / {most} / {}", self.count()),
            _ => out.write_str("–"),
        }
    }
}
