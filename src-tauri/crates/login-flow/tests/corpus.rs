//! The fuzz targets, replayed: their corpora, and some thousand changes of them.

#[path = "../fuzz/flow_machine.rs"]
mod flow_machine;
#[path = "../fuzz/redact.rs"]
mod redact;
#[path = "../../../fuzz/replay.rs"]
mod replay;
mod support;
#[path = "../fuzz/text.rs"]
mod text;

use std::path::Path;

fn replay(target: &str, changed: u64, property: impl Fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    replay::replay(&corpus.join(target), changed, property);
}

#[test]
fn a_flow_has_a_way_forward_and_one_end() {
    replay(
        "flow_machine",
        5_000,
        flow_machine::always_a_way_and_one_end,
    );
}

#[test]
fn a_planted_secret_never_comes_out() {
    replay("redact", 5_000, redact::a_planted_secret_never_comes_out);
}

#[test]
fn text_is_clean_and_bounded() {
    replay("text", 20_000, text::clean_and_bounded);
}
