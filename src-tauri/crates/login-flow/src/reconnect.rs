//! When to try again: the delays between tries, and when a stream counts as dead.

use std::time::Duration;

/// The first delay; doubled with every failure.
const BASE: Duration = Duration::from_secs(1);
/// No delay is longer, unless the service asks for it.
const LONGEST: Duration = Duration::from_secs(30);
/// The longest wait a service may ask for with `Retry-After`.
const LONGEST_ASKED: Duration = Duration::from_mins(5);
/// A stream that lived this long was a good one: the delays start anew after it. Not at connect:
/// a server that accepts and drops would then be asked every second for ever.
const GOOD_AFTER: Duration = Duration::from_mins(1);
/// Silence that ends a stream while no heartbeat has shown how often to expect one.
const IDLE: Duration = Duration::from_mins(1);
/// However quick the heartbeats, a network may hiccup for this long.
const SHORTEST_IDLE: Duration = Duration::from_secs(5);

/// The delays before each try: base, doubling, cap and jitter.
#[derive(Clone, Debug)]
pub struct Backoff {
    base: Duration,
    failures: u32,
    dice: fastrand::Rng,
}

impl Backoff {
    /// Delays for one stream. `seed` sets the jitter; different streams need different ones, so
    /// that they don't return in step after a server's restart.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            base: BASE,
            failures: 0,
            dice: fastrand::Rng::with_seed(seed),
        }
    }

    /// How many tries have failed in a row.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// The service's `retry:` sets the base, within 1 to 30 seconds.
    pub fn set_base(&mut self, asked: Duration) {
        self.base = asked.clamp(BASE, LONGEST);
    }

    /// A try failed, or a stream ended that had lived for `lived`: how long to wait before the
    /// next one. `asked` is the service's `Retry-After`, kept up to five minutes.
    pub fn failed(&mut self, lived: Duration, asked: Option<Duration>) -> Duration {
        if lived >= GOOD_AFTER {
            self.failures = 0;
        }
        let doubled = self
            .base
            .saturating_mul(1_u32.checked_shl(self.failures).unwrap_or(u32::MAX));
        self.failures = self.failures.saturating_add(1);
        let full = doubled.min(LONGEST);
        let jittered = full.mul_f64(0.5 + self.dice.f64() / 2.0);
        asked.map_or(jittered, |asked| jittered.max(asked.min(LONGEST_ASKED)))
    }

    /// Forgets the failures: the computer woke, or the network came back.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// A moment within `span`, to spread what would otherwise come all at once.
    pub(crate) fn spread(&mut self, span: Duration) -> Duration {
        span.mul_f64(self.dice.f64())
    }
}

/// Tells a silent stream from a live one by what it has seen of its heartbeats.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pulse {
    last_beat: Option<Duration>,
    interval: Option<Duration>,
}

impl Pulse {
    /// A heartbeat event arrived at `steady` time.
    pub fn beat(&mut self, steady: Duration) {
        if let Some(last) = self.last_beat {
            let interval = steady.saturating_sub(last);
            self.interval = Some(self.interval.map_or(interval, |seen| seen.max(interval)));
        }
        self.last_beat = Some(steady);
    }

    /// A new stream: what was learned about the interval stays, the last beat does not.
    pub fn restart(&mut self) {
        self.last_beat = None;
    }

    /// How long a stream may be silent: 2.5 times the heartbeat seen, else 60 seconds.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.interval.map_or(IDLE, |seen| {
            seen.mul_f64(2.5).clamp(SHORTEST_IDLE, IDLE * 2)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NEW: Duration = Duration::ZERO;

    proptest! {
        #[test]
        fn each_delay_lies_between_half_and_all_of_its_step(seed: u64, tries in 1_usize..40) {
            let mut backoff = Backoff::new(seed);
            for n in 0..tries {
                let full = Duration::from_secs(1 << n.min(5)).min(LONGEST);
                let delay = backoff.failed(NEW, None);
                prop_assert!(delay >= full / 2 && delay <= full, "try {n}: {delay:?} of {full:?}");
            }
        }

        #[test]
        fn retry_after_is_kept_up_to_five_minutes(seed: u64, asked in 0_u64..100_000) {
            let asked = Duration::from_secs(asked);
            let delay = Backoff::new(seed).failed(NEW, Some(asked));
            prop_assert!(delay >= asked.min(LONGEST_ASKED));
            prop_assert!(delay <= LONGEST_ASKED);
        }

        #[test]
        fn the_base_stays_within_one_and_thirty_seconds(seed: u64, asked: u32) {
            let mut backoff = Backoff::new(seed);
            backoff.set_base(Duration::from_millis(u64::from(asked)));
            let delay = backoff.failed(NEW, None);
            prop_assert!(delay >= BASE / 2 && delay <= LONGEST);
        }
    }

    #[test]
    fn only_a_minute_of_good_connection_starts_the_delays_anew() {
        let mut backoff = Backoff::new(7);
        for _ in 0..6 {
            backoff.failed(NEW, None);
        }
        assert!(backoff.failed(Duration::from_secs(59), None) >= LONGEST / 2);
        assert!(backoff.failed(Duration::from_mins(1), None) <= BASE);
    }

    #[test]
    fn streams_with_different_seeds_do_not_return_in_step() {
        assert_ne!(
            Backoff::new(1).failed(NEW, None),
            Backoff::new(2).failed(NEW, None)
        );
    }

    #[test]
    fn silence_is_measured_by_the_heartbeat_seen() {
        let mut pulse = Pulse::default();
        assert_eq!(pulse.limit(), Duration::from_mins(1));
        pulse.beat(Duration::from_secs(100));
        assert_eq!(pulse.limit(), Duration::from_mins(1));
        pulse.beat(Duration::from_secs(110));
        assert_eq!(pulse.limit(), Duration::from_secs(25));
    }

    #[test]
    fn the_gap_between_two_streams_is_no_heartbeat() {
        let mut pulse = Pulse::default();
        pulse.beat(Duration::from_secs(0));
        pulse.beat(Duration::from_secs(10));
        pulse.restart();
        pulse.beat(Duration::from_secs(500));
        assert_eq!(pulse.limit(), Duration::from_secs(25));
    }
}
