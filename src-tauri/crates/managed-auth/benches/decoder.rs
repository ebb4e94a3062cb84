//! The speed of the event stream, as ratios against sse-core in the same run.
//!
//! Single times say little on a shared machine; the two decoders take turns, the best of each is
//! compared, and the growth of one large event's cost is a ratio of its own.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]
#![allow(
    clippy::cast_precision_loss,
    reason = "megabytes fit a float well enough"
)]

use std::{
    hint::black_box,
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use managed_auth::Decoder;
use sse_core::SseDecoder;

const RUNS: usize = 7;
const MIB: usize = 1024 * 1024;
/// More than any event here, so that no bound gets in the way.
const BOUND: usize = 64 * MIB;

fn main() {
    println!("case                                   ours     sse-core  ours/sse-core (time)");
    let login_events = login_events(20_000);
    compare("20,000 login events, 1,460 B chunks", &login_events, 1460);
    compare(
        "20,000 login events, one chunk",
        &login_events,
        login_events.len(),
    );
    compare(
        "200,000 comment heartbeats, 1,460 B",
        &b": ping\n\n".repeat(200_000),
        1460,
    );
    compare(
        "one event of 4 MiB, 1 KiB chunks",
        &one_event(4 * MIB),
        1024,
    );
    // The same cost for each MiB means that time is linear; the allocator adds steps of its own
    // where it begins to take large blocks from the system.
    for size in [1, 2, 4, 8, 16, 32] {
        let stream = one_event(size * MIB);
        let each = best(|| ours(&stream, 1024)).as_secs_f64() * 1000.0 / size as f64;
        println!("one event of {size:2} MiB, 1 KiB chunks: {each:.1} ms for each MiB");
    }
}

fn compare(case: &str, stream: &[u8], chunk: usize) {
    let (mut our_time, mut their_time) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        our_time = our_time.min(timed(|| ours(stream, chunk)));
        their_time = their_time.min(timed(|| by_sse_core(stream, chunk)));
    }
    let speed = |time: Duration| stream.len() as f64 / MIB as f64 / time.as_secs_f64();
    let ratio = our_time.as_secs_f64() / their_time.as_secs_f64();
    println!(
        "{case:36} {:6.0} MiB/s {:6.0} MiB/s  {ratio:.2}",
        speed(our_time),
        speed(their_time)
    );
}

fn ours(stream: &[u8], chunk: usize) {
    let mut decoder = Decoder::new(BOUND);
    for part in stream.chunks(chunk) {
        black_box(decoder.push(part));
    }
}

fn by_sse_core(stream: &[u8], chunk: usize) {
    let mut decoder = SseDecoder::with_limit(NonZeroUsize::new(BOUND).unwrap_or(NonZeroUsize::MAX));
    for mut part in stream.chunks(chunk) {
        while let Some(event) = decoder.next(&mut part) {
            let _ = black_box(event);
        }
    }
}

fn best(run: impl Fn()) -> Duration {
    (0..RUNS).map(|_| timed(&run)).min().unwrap_or_default()
}

fn timed(run: impl Fn()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn login_events(count: usize) -> Vec<u8> {
    let event = "event: managed_auth_state\ndata: {\"event\":\"managed_auth_state\",\"timestamp\":\"2026-10-26T10:00:00Z\",\"flow_status\":\"IN_PROGRESS\",\"flow_step\":\"SUBMITTING\",\"flow_type\":\"LOGIN\"}\n\n";
    event.repeat(count).into_bytes()
}

fn one_event(size: usize) -> Vec<u8> {
    [b"data: ".as_slice(), &b"x".repeat(size), b"\n\n"].concat()
}
