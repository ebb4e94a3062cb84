//! Whatever JSON comes, it is read or refused.

#![no_main]

#[path = "../json.rs"]
mod json;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| json::json_is_read_or_refused(data));
