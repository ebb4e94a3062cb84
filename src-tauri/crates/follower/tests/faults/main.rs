//! Bad networks and bad services, on purpose: every step of a flow, every fault, before an answer,
//! while it is sent, and after it was taken. Over real sockets, many side by side.
//!
//! `USHER_FAULT_SEED` repeats a run, and `USHER_FAULT_CASES` picks cases by a part of their names.
//! What holds times is ignored unless it is asked for (`make faults`, `make soak`); each fault once
//! is part of every test run. Using up a handoff code is the shell's business, so that it happens
//! once is tested there.

mod case;
mod catalogue;
mod matrix;
mod outage;
mod soak;
mod step;
mod storm;
#[path = "../support/mod.rs"]
mod support;
mod sweep;
mod tally;
mod world;

use tokio::sync::{Mutex, MutexGuard};

/// What measures times at which a busy computer shows, doesn't take the computer from its like.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

async fn alone() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().await
}
