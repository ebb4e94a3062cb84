//! Whatever a service answers, it is read or refused, and success is said of nothing else.

#![no_main]

#[path = "../answer.rs"]
mod answer;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| answer::success_is_said_of_success_alone(data));
