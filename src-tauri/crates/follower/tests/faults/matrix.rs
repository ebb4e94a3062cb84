//! The matrix: every step × every fault × before, while and after the flow moves on.

use std::env;

use login_flow::Audience;

use crate::{
    alone,
    case::{Case, Phase},
    catalogue::rows,
    step::Step,
    support::dice::seed,
    world::run_all,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_comes_through_every_fault() {
    let _alone = alone().await;
    let seed = seed();
    run_all("matrix", cases(seed), seed).await;
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
