//! Whatever a site says, it is bounded and holds nothing that plays tricks.

#![no_main]

#[path = "../text.rs"]
mod text;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| text::clean_and_bounded(data));
