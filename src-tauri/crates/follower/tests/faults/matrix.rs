//! The matrix: every step × every fault × before, while and after the flow moves on.

use std::env;

use login_flow::Audience;

use crate::{
    alone,
    case::{Case, PATIENCE, Phase, RECOVERY},
    catalogue::rows,
    step::Step,
    support::dice::seed,
    world::run_all,
};

/// Each fault once, at changing steps and moments, and however long it takes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_come_through() {
    let _alone = alone().await;
    let seed = seed();
    run_all("each fault once", sample(cases(seed)), PATIENCE, seed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "holds times that a busy computer misses: `make faults`"]
async fn every_step_comes_through_every_fault() {
    let _alone = alone().await;
    let seed = seed();
    run_all("matrix", cases(seed), RECOVERY, seed).await;
}

/// All cases, or those whose name has the part that is asked for. Audiences and generations of the
/// prompt alternate, so that each fault meets all of them.
fn cases(seed: u64) -> Vec<Case> {
    let wanted = env::var("USHER_FAULT_CASES").unwrap_or_default();
    let mut cases = Vec::new();
    for row in rows() {
        for step in Step::ALL {
            for phase in Phase::ALL {
                let number = cases.len();
                let audience = if number.is_multiple_of(2) {
                    Audience::Guest
                } else {
                    Audience::Support
                };
                let case = Case {
                    number,
                    step,
                    row: row.clone(),
                    phase,
                    audience,
                    legacy: number.is_multiple_of(5),
                    seed,
                };
                if case.makes_sense() {
                    cases.push(case);
                }
            }
        }
    }
    cases.retain(|case| case.name().contains(&wanted));
    cases
}

/// One case of each fault: of another step and moment than the fault before had, where there is
/// a choice.
fn sample(cases: Vec<Case>) -> Vec<Case> {
    let mut of_fault: Vec<Vec<Case>> = Vec::new();
    for case in cases {
        match of_fault.last_mut() {
            Some(same) if same[0].row.name == case.row.name => same.push(case),
            _ => of_fault.push(vec![case]),
        }
    }
    // Steps and moments alternate within a fault's cases; this walks through all of both.
    let pick = |(number, mut same): (usize, Vec<Case>)| {
        let which = number * 5 % same.len();
        same.swap_remove(which)
    };
    of_fault.into_iter().enumerate().map(pick).collect()
}
