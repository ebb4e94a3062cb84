//! A long run: two hundred people who log in again and again while things go wrong at random.
//!
//! `make soak` starts the sandbox as a process of its own, so that what grows there is not counted
//! here. Every flow's end is compared with the service's, and what the process holds has to stay
//! level. `USHER_SOAK_MINUTES` and `USHER_SOAK_FLOWS` set the size.

mod login;
mod person;
mod vitals;
mod weather;

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use follower::Gate;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use self::{
    login::{Slot, Totals},
    vitals::{Vitals, Watch},
};
use crate::{
    alone,
    step::Step,
    support::{
        dice::{SEED, seed},
        service::Service,
    },
    tally::say,
};

/// What many flows pass, as in support's console.
const ON_THEIR_WAY: usize = 8;
const APART: Duration = Duration::from_millis(28);
/// Everything is given back within this time after the last flow.
const GIVEN_BACK: Duration = Duration::from_secs(30);
/// How much more memory may be held at the end than at the beginning, in MiB: what an allocator
/// keeps back moves by more than a percent or two.
const MORE_MEMORY: f64 = 6.0;

/// The sandbox in a process of its own, which ends with this.
struct Sandbox(Child);

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes an hour: `make soak`"]
async fn many_logins_go_on_and_on_while_things_go_wrong() {
    let _alone = alone().await;
    let seed = seed();
    let minutes = number("USHER_SOAK_MINUTES", 60);
    let flows = usize::try_from(number("USHER_SOAK_FLOWS", 200)).expect("a few hundred");
    say(&format!(
        "soak: {flows} flows, {minutes} minutes, {SEED}={seed}"
    ));

    let (_sandbox, service) = start_sandbox();
    let service = Arc::new(service);
    let before = Vitals::now();
    let gate = Gate::new(ON_THEIR_WAY, APART);
    let totals: Arc<Mutex<Totals>> = Arc::default();
    let began = Instant::now();
    let until = began + Duration::from_mins(minutes);

    let mut slots = JoinSet::new();
    for number in 0..flows {
        let step = Step::ALL[number % Step::ALL.len()];
        let slot = Slot::new(number, step, seed, Arc::clone(&service), gate.clone());
        slots.spawn(slot.live(began, until, Arc::clone(&totals)));
    }
    let mut watch = Watch::default();
    while Instant::now() < until {
        sleep(vitals::EVERY).await;
        let now = Vitals::now();
        watch.note(now);
        if watch.count().is_multiple_of(6) {
            let totals = totals.lock().expect("nobody panics while counting");
            say(&format!("{:5.0?} {now} {totals}", began.elapsed()));
        }
    }
    while let Some(ended) = slots.join_next().await {
        ended.expect("a person doesn't panic");
    }
    // The connections that this kept for asking where flows truly are.
    drop(service);
    let after = given_back(before).await;

    let totals = totals.lock().expect("nobody panics while counting");
    let (early, late) = watch.early_and_late();
    say(&format!(
        "soak: {flows} flows, {:.0?}: {totals}\n  early {early}\n  late  {late}\n  before {before}\n  \
         after  {after}\n  {SEED}={seed}",
        began.elapsed(),
    ));
    assert!(totals.failures.is_empty(), "{:#?}", totals.failures);
    assert!(totals.logins > 0, "nobody logged in");
    assert!(
        late.memory <= early.memory + MORE_MEMORY,
        "memory grows: {early}, then {late}"
    );
    assert!(
        late.handles <= early.handles + early.handles / 20 + 8,
        "{late}"
    );
    assert!(late.tasks <= early.tasks + early.tasks / 20 + 8, "{late}");
    assert!(
        after.tasks <= before.tasks && after.handles <= before.handles,
        "kept after the end: {before}, then {after}"
    );
}

/// Waits until what the flows held is given back, and says what there is then.
async fn given_back(before: Vitals) -> Vitals {
    let limit = Instant::now() + GIVEN_BACK;
    loop {
        let now = Vitals::now();
        let is_back = now.tasks <= before.tasks && now.handles <= before.handles;
        if is_back || Instant::now() > limit {
            return now;
        }
        sleep(Duration::from_millis(500)).await;
    }
}

fn start_sandbox() -> (Sandbox, Service) {
    let program = env::var_os("SANDBOX_BIN").expect("SANDBOX_BIN names the built sandbox");
    let mut process = Command::new(program)
        .args(["--listen", "127.0.0.1:0", "--max-pending", "100000"])
        .args(["--pace", "400", "--heartbeat", "2000"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the sandbox starts");
    let mut line = String::new();
    let out = process.stdout.take().expect("piped");
    let read = BufReader::new(out).read_line(&mut line);
    read.expect("its output can be read");
    let address = line.trim().rsplit("http://").next().unwrap_or_default();
    let address = address.parse().expect("its address");
    (Sandbox(process), Service::at(address))
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let asked = env::var(variable).ok();
    asked
        .and_then(|asked| asked.parse().ok())
        .unwrap_or(otherwise)
}
