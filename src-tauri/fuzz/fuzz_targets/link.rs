//! A link is refused, or names only what a link may name.

#![no_main]

#[path = "../../src/link.rs"]
#[allow(dead_code, reason = "the app uses more of it than the target does")]
mod link;
#[path = "../property.rs"]
mod property;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| property::link_names_only_what_it_may(data));
