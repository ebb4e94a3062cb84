//! The gate: many flows don't reach for the service at the same moment.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, Semaphore, SemaphorePermit},
    time::{Instant, sleep_until},
};

/// Lets reads and streams of many flows through one after the other: a service that restarts is
/// not overrun by those who come back.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// How many may be on their way to an answer at once.
    room: Semaphore,
    /// When the next may pass. Whoever is first in the queue holds it, so that only a turn that
    /// was taken puts the next one off.
    next: Mutex<Option<Instant>>,
    apart: Duration,
}

impl Gate {
    /// A gate that lets one through every so often, and only so many be on their way at once. At
    /// least one may be.
    #[must_use]
    pub fn new(at_once: usize, apart: Duration) -> Self {
        Self(Arc::new(Inner {
            room: Semaphore::new(at_once.clamp(1, Semaphore::MAX_PERMITS)),
            next: Mutex::new(None),
            apart,
        }))
    }

    /// Waits for a turn, which lasts as long as what is returned. Turns are taken in the order in
    /// which they were first waited for; who stops waiting leaves the turn to the next.
    pub async fn pass(&self) -> Option<SemaphorePermit<'_>> {
        let mut next = self.0.next.lock().await;
        // The semaphore is never closed.
        let permit = self.0.room.acquire().await.ok();
        if let Some(turn) = *next {
            sleep_until(turn).await;
        }
        *next = Some(Instant::now() + self.0.apart);
        permit
    }
}
