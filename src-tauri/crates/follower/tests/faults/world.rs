//! Many cases side by side, and what they show together.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, sleep},
};

use crate::{
    case::{Case, DISTURBED, Ended, Outcome},
    step::{PACE, SLOW_PACE},
    support::{dice::SEED, gauge::Gauge, service::Service},
    tally::{Tally, say},
};

/// So many cases run at once.
const AT_ONCE: usize = 90;
/// Longer than any wait before a reconnection that a case can have grown into.
const QUIET: Duration = Duration::from_secs(4);
/// So often cases are run that fell into a time when the computer was too busy to measure.
const ROUNDS: usize = 4;

/// Runs all cases, says what came out, and fails if one of them failed or took longer than this
/// to be right again.
pub(crate) async fn run_all(what: &str, mut cases: Vec<Case>, recovery: Duration, seed: u64) {
    let began = Instant::now();
    let world = World::start(recovery).await;
    let many = cases.len();
    assert!(many > 0, "no case has such a name");

    let mut found = Found::default();
    for round in 1..=ROUNDS {
        let at_once = AT_ONCE / round;
        cases = world.run(cases, at_once, round < ROUNDS, &mut found).await;
    }
    // That nothing happens can only be seen by looking for a while.
    sleep(QUIET).await;
    for (name, ended) in &found.ended {
        let asked = ended.asked_since();
        if asked > 0 {
            let failure = format!("{name}: asked {asked} times after the end");
            found.failures.push(failure);
        }
    }
    say(&format!(
        "{what}: {many} cases, {} failed, {} run again on a busy computer; {} recoveries, \
         worst {:.2?}, median {:.2?}; {} answers, {} sent twice; {:.0?}, {SEED}={seed}",
        found.failures.len(),
        found.again,
        found.tally.recoveries.len(),
        found.tally.worst(),
        found.tally.median(),
        found.presses,
        found.double_sends,
        began.elapsed(),
    ));
    found.failures.sort();
    assert!(
        found.failures.is_empty(),
        "repeat with {SEED}={seed}:\n{}",
        found.failures.join("\n")
    );
}

/// The services that all cases share.
struct World {
    quick: Arc<Service>,
    slow: Arc<Service>,
    gauge: Arc<Gauge>,
    recovery: Duration,
}

/// What came out so far.
#[derive(Default)]
struct Found {
    tally: Tally,
    presses: usize,
    double_sends: usize,
    again: usize,
    failures: Vec<String>,
    ended: Vec<(String, Ended)>,
}

impl World {
    async fn start(recovery: Duration) -> Self {
        let heartbeat = Duration::from_millis(400);
        let quick = Arc::new(Service::start(PACE, heartbeat).await);
        let gauge = Arc::new(Gauge::start(Arc::clone(&quick)));
        Self {
            quick,
            slow: Arc::new(Service::start(SLOW_PACE, heartbeat).await),
            gauge,
            recovery,
        }
    }

    /// Runs cases, and gives back those that are to be run again.
    async fn run(
        &self,
        cases: Vec<Case>,
        at_once: usize,
        may_excuse: bool,
        found: &mut Found,
    ) -> Vec<Case> {
        let room = Arc::new(Semaphore::new(at_once));
        let mut running = JoinSet::new();
        for case in cases {
            let service = Arc::clone(if case.step.is_slow() {
                &self.slow
            } else {
                &self.quick
            });
            let (room, gauge) = (Arc::clone(&room), Arc::clone(&self.gauge));
            running.spawn(async move {
                let _room = room.acquire().await;
                gauge.turn().await;
                let began = Instant::now();
                let outcome = case.clone().run(service).await;
                (case, began, outcome)
            });
        }
        let mut again = Vec::new();
        while let Some(joined) = running.join_next().await {
            let (case, began, outcome) = joined.expect("a case doesn't panic");
            let was_busy = self.gauge.was_busy_since(began);
            match self.judge(outcome, found) {
                Err(failure) if may_excuse && (was_busy || failure == DISTURBED) => {
                    found.again += 1;
                    again.push(case.once_more());
                }
                Err(failure) => found.failures.push(format!("{}: {failure}", case.name())),
                Ok(ended) => found.ended.push((case.name(), ended)),
            }
        }
        again
    }

    /// What a case shows. No busy computer is an excuse for an answer that is sent twice.
    fn judge(&self, outcome: Result<Outcome, String>, found: &mut Found) -> Result<Ended, String> {
        let outcome = outcome?;
        found.presses += outcome.presses;
        if outcome.double_sends > 0 {
            found.double_sends += outcome.double_sends;
            found
                .failures
                .push(format!("{:?} was sent twice", outcome.name));
        }
        if let Some(recovery) = outcome.recovery {
            if recovery > self.recovery {
                return Err(format!("right again only after {recovery:.2?}"));
            }
            found.tally.recoveries.push(recovery);
        }
        Ok(outcome.ended)
    }
}
