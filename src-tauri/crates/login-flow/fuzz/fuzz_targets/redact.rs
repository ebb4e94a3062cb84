//! A secret that a text has in any form is not in what is left of it.

#![no_main]

#[path = "../redact.rs"]
mod redact;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| redact::a_planted_secret_never_comes_out(data));
