//! What came out, for the summary.

use std::{
    io::{Write, stdout},
    time::Duration,
};

/// How recoveries went.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) recoveries: Vec<Duration>,
}

impl Tally {
    pub(crate) fn worst(&self) -> Duration {
        self.recoveries.iter().max().copied().unwrap_or_default()
    }

    pub(crate) fn median(&self) -> Duration {
        let mut sorted = self.recoveries.clone();
        sorted.sort();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

/// Says a line, also when tests are not asked to.
pub(crate) fn say(line: &str) {
    // A summary that can't be written changes nothing.
    let _ = writeln!(stdout(), "{line}");
}
