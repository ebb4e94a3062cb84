//! The fuzz target of links, replayed: its corpus, and some thousand changes of it.

#[path = "../fuzz/property.rs"]
mod property;
#[path = "../fuzz/replay.rs"]
mod replay;

use std::path::Path;

use usher::link;

#[test]
fn links_name_only_what_they_may() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/link");
    replay::replay(&corpus, 20_000, property::link_names_only_what_it_may);
}
