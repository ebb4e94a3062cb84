//! Any split of a stream gives what the whole gives.
//!
//! `cargo +nightly fuzz run split_equals_whole` in the folder of the crate.

#![no_main]

#[path = "../property.rs"]
mod property;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| property::split_equals_whole(data));
