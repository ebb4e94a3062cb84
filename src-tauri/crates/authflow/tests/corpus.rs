//! The fuzz target, replayed: its corpus, and some thousand changes of it.

#[path = "../fuzz/answer.rs"]
mod answer;
#[path = "../../../fuzz/replay.rs"]
mod replay;

use std::path::Path;

#[test]
fn success_is_said_of_success_alone() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/answer");
    replay::replay(&corpus, 20_000, answer::success_is_said_of_success_alone);
}
