//! Whatever happens to a flow, it has a way forward, and its end is final.

#![no_main]

#[path = "../flow_machine.rs"]
mod flow_machine;
#[path = "../../tests/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| flow_machine::always_a_way_and_one_end(data));
