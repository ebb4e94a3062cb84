//! Waiting for a condition, never for a time.

use std::{fmt::Debug, future::Future, time::Duration};

use tokio::time::{Instant, sleep};

/// The longest wait. Only a failing test ever reaches it. Longer than a request that is never
/// answered takes to be given up (30 s) and tried again.
const LONGEST: Duration = Duration::from_secs(75);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(40);

/// Waits until `look` gives what `is_it` accepts, and gives it back.
///
/// # Panics
///
/// After 75 seconds, with what was seen last.
pub async fn until<T: Debug, F: Future<Output = T>>(
    what: &str,
    look: impl FnMut() -> F,
    is_it: impl Fn(&T) -> bool,
) -> T {
    until_at_last(LONGEST, what, look, is_it).await
}

/// The same for what takes longer by its nature.
///
/// # Panics
///
/// When the time is over, with what was seen last.
pub async fn until_at_last<T: Debug, F: Future<Output = T>>(
    longest: Duration,
    what: &str,
    mut look: impl FnMut() -> F,
    is_it: impl Fn(&T) -> bool,
) -> T {
    let end = Instant::now() + longest;
    loop {
        let seen = look().await;
        if is_it(&seen) {
            return seen;
        }
        assert!(
            Instant::now() < end,
            "{what}: did not come; last seen: {seen:?}"
        );
        sleep(LOOK).await;
    }
}
