//! Answers that break off, at any byte.

use std::{env, sync::Arc, time::Duration};

use fault_proxy::{Call, Target};
use login_flow::Audience;

use crate::{
    alone,
    case::{Case, Phase, RECOVERY},
    catalogue::{Row, nothing, truncation},
    step::{PACE, Step},
    support::{
        dice::{Dice, seed},
        service::Service,
    },
    world::run_all,
};

/// Every so many bytes, beginning anywhere; `USHER_FAULT_EVERY_BYTE` takes them all.
const STRIDE: u64 = 9;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "holds times that a busy computer misses: `make faults`"]
async fn an_answer_may_break_off_at_any_byte() {
    let _alone = alone().await;
    let seed = seed();
    let [submit, read, events] = sizes(seed).await;
    assert!(submit > 100 && read > 500 && events > 500, "whole answers");

    let mut dice = Dice::of(seed, "sweep");
    let stride = match env::var_os("USHER_FAULT_EVERY_BYTE") {
        Some(_) => 1,
        None => STRIDE,
    };
    let mut cases = Vec::new();
    for (target, size) in [
        (Target::Submit, submit),
        (Target::Reads, read),
        (Target::Events, events),
    ] {
        let first = usize::try_from(dice.within(0..stride)).unwrap_or_default();
        let stride = usize::try_from(stride).unwrap_or(1);
        for after in (first..size).step_by(stride) {
            let number = cases.len();
            cases.push(case(number, truncation(target, after), seed));
        }
    }
    run_all("truncation", cases, RECOVERY, seed).await;
}

fn case(number: usize, row: Row, seed: u64) -> Case {
    let phase = if row.is_of_answers() {
        Phase::During
    } else {
        Phase::Before
    };
    Case {
        number,
        step: Step::Form,
        row,
        phase,
        audience: Audience::Guest,
        legacy: false,
        seed,
    }
}

/// How long the answers are that are to break off: to an answer, a read, and a stream up to the
/// end of its first event.
async fn sizes(seed: u64) -> [usize; 3] {
    let service = Arc::new(Service::start(PACE, Duration::from_secs(15)).await);
    let whole = case(0, nothing(), seed).run(service).await;
    let whole = whole.unwrap_or_else(|failure| panic!("{failure}"));
    let log = whole.ended.proxy().log();
    [Call::Submit, Call::Read, Call::Events].map(|call| log.size(call))
}
