//! Our decoder finds in a stream what `sse-core` finds in it.

#![no_main]

#[path = "../decoders.rs"]
mod decoders;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| decoders::another_decoder_agrees(data));
