//! The fuzz targets, replayed: their corpora, and some thousand changes of them.

#[path = "../fuzz/decoders.rs"]
mod decoders;
#[path = "../fuzz/json.rs"]
mod json;
#[path = "../fuzz/property.rs"]
mod property;
#[path = "../../../fuzz/replay.rs"]
mod replay;

use std::path::Path;

fn replay(target: &str, changed: u64, property: impl Fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    replay::replay(&corpus.join(target), changed, property);
}

#[test]
fn any_split_of_a_stream_gives_what_the_whole_gives() {
    replay("split_equals_whole", 5_000, property::split_equals_whole);
}

#[test]
fn another_decoder_agrees() {
    replay("decoders", 20_000, decoders::another_decoder_agrees);
}

#[test]
fn json_is_read_or_refused() {
    replay("json", 20_000, json::json_is_read_or_refused);
}
