//! Whether the computer keeps up. Where it doesn't, times say nothing of the client.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Queue, watch},
    task::JoinHandle,
    time::{Instant, sleep},
};

use super::service::Service;

const EVERY: Duration = Duration::from_millis(50);
/// A call of the service that nothing hurts takes a few milliseconds.
const TOO_LONG: Duration = Duration::from_millis(300);
/// Nothing more is begun while it takes longer.
const LONG: Duration = Duration::from_millis(100);
/// The time between two that begin, so that what one costs is seen before the next.
const APART: Duration = Duration::from_millis(15);

/// Measures how long an unhurt call takes, all the time.
pub(crate) struct Gauge {
    /// When the service was found to be too slow.
    slow_at: Arc<Mutex<Vec<Instant>>>,
    latest: watch::Receiver<Duration>,
    queue: Queue<()>,
    task: JoinHandle<()>,
}

impl Gauge {
    pub(crate) fn start(service: Arc<Service>) -> Self {
        let slow_at: Arc<Mutex<Vec<Instant>>> = Arc::default();
        let seen = Arc::clone(&slow_at);
        let (tell, latest) = watch::channel(Duration::ZERO);
        let task = tokio::spawn(async move {
            loop {
                let began = Instant::now();
                sleep(EVERY).await;
                service.ping().await;
                let took = began.elapsed().saturating_sub(EVERY);
                tell.send_replace(took);
                if took > TOO_LONG {
                    let mut seen = seen.lock().expect("nobody panics while noting");
                    seen.extend([began, Instant::now()]);
                }
            }
        });
        Self {
            slow_at,
            latest,
            queue: Queue::new(()),
            task,
        }
    }

    /// Waits for one's turn to begin something, until the computer keeps up with what there is.
    pub(crate) async fn turn(&self) {
        let _queue = self.queue.lock().await;
        let mut latest = self.latest.clone();
        sleep(APART).await;
        let keeps_up = latest.wait_for(|took| *took < LONG).await;
        keeps_up.expect("measured as long as this is there");
    }

    /// Whether the computer was too busy at some time since then.
    pub(crate) fn was_busy_since(&self, since: Instant) -> bool {
        let slow_at = self.slow_at.lock().expect("nobody panics while noting");
        slow_at.iter().any(|at| *at >= since)
    }
}

impl Drop for Gauge {
    fn drop(&mut self) {
        self.task.abort();
    }
}
