//! What a process costs, as the kernel counts it.

use std::{
    fs, io,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use tokio::time::sleep;
use usher_tests::desktop::Desktop;

/// What some processes cost over a while.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// In percent of one core.
    pub(crate) cpu: f64,
    /// Proportional set size at the end, in MiB: a page that several processes share counts once
    /// for all of them together.
    pub(crate) pss: f64,
}

/// Clock ticks in a second.
pub(crate) fn tick_rate() -> f64 {
    let output = Command::new("getconf").arg("CLK_TCK").output();
    let text = output.expect("getconf runs").stdout;
    let text = String::from_utf8_lossy(&text);
    text.trim().parse().expect("a number")
}

/// Looks on for a while at several groups of processes, and says what each group costs.
pub(crate) async fn watch<const GROUPS: usize>(
    groups: [&[u32]; GROUPS],
    window: Duration,
) -> [Cost; GROUPS] {
    let start = Instant::now();
    let before = groups.map(ticks);
    sleep(window).await;
    let after = groups.map(ticks);
    let in_all = start.elapsed().as_secs_f64() * tick_rate();
    let mut costs = groups.map(|ids| Cost {
        cpu: 0.0,
        pss: ids.iter().map(|id| pss(*id)).sum(),
    });
    for (cost, (before, after)) in costs.iter_mut().zip(before.into_iter().zip(after)) {
        cost.cpu = 100.0 * (after - before) / in_all;
    }
    costs
}

/// The processes on a desktop that run the program of this name.
pub(crate) fn running(desktop: &Desktop, program: &str) -> Vec<u32> {
    let runs_it = |id: &u32| {
        let path = fs::read_link(format!("/proc/{id}/exe"));
        path.is_ok_and(|path| path.file_name() == Path::new(program).file_name())
    };
    desktop.process_ids().into_iter().filter(runs_it).collect()
}

/// The clock ticks that were spent on the processes, in them and in the kernel for them.
fn ticks(ids: &[u32]) -> f64 {
    ids.iter().map(|id| ticks_of(*id).expect("it runs")).sum()
}

fn ticks_of(id: u32) -> io::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name, in brackets, may hold anything. After it come the fields from the third on; user
    // and kernel time are the fourteenth and the fifteenth.
    let (_, rest) = stat.rsplit_once(')').unwrap_or_default();
    let times: Vec<f64> = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    match times[..] {
        [user, kernel] => Ok(user + kernel),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

fn pss(id: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).expect("it runs");
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib = line.and_then(|line| line.trim().strip_suffix("kB"));
    let kib: f64 = kib.and_then(|kib| kib.trim().parse().ok()).expect("a size");
    kib / 1024.0
}
