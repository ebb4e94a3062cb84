//! The gate: many flows don't reach for the service at the same moment.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Semaphore, SemaphorePermit},
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
    /// When the next may pass.
    next: Mutex<Option<Instant>>,
    apart: Duration,
}

impl Gate {
    /// A gate that lets one through every so often, and only so many be on their way at once.
    #[must_use]
    pub fn new(at_once: usize, apart: Duration) -> Self {
        Self(Arc::new(Inner {
            room: Semaphore::new(at_once),
            next: Mutex::new(None),
            apart,
        }))
    }

    /// Waits for a turn, which lasts as long as what is returned.
    pub(crate) async fn pass(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        let permit = self.0.room.acquire().await.ok();
        sleep_until(self.turn()).await;
        permit
    }

    fn turn(&self) -> Instant {
        let mut next = self.0.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = next.map_or_else(Instant::now, |next| next.max(Instant::now()));
        *next = Some(turn + self.0.apart);
        turn
    }
}
