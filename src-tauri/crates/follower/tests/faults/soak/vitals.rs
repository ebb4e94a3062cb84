//! What this process holds: memory, handles, tasks.

use std::{fmt, fs, time::Duration};

use tokio::runtime::Handle;

/// So often it is looked.
pub(crate) const EVERY: Duration = Duration::from_secs(10);

/// What is held at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vitals {
    /// Proportional set size in MiB.
    pub(crate) memory: f64,
    /// Open files and sockets.
    pub(crate) handles: usize,
    /// Tasks of the runtime.
    pub(crate) tasks: usize,
}

impl Vitals {
    pub(crate) fn now() -> Self {
        let rollup = fs::read_to_string("/proc/self/smaps_rollup").expect("Linux tells");
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kib = line.and_then(|line| line.trim().strip_suffix("kB"));
        let kib: Option<f64> = kib.and_then(|kib| kib.trim().parse().ok());
        Self {
            memory: kib.expect("a size") / 1024.0,
            handles: fs::read_dir("/proc/self/fd").expect("Linux tells").count(),
            tasks: Handle::current().metrics().num_alive_tasks(),
        }
    }
}

impl fmt::Display for Vitals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            memory,
            handles,
            tasks,
        } = self;
        write!(f, "{memory:.1} MiB, {handles} handles, {tasks} tasks;")
    }
}

/// What was held over time.
#[derive(Debug, Default)]
pub(crate) struct Watch(Vec<Vitals>);

impl Watch {
    pub(crate) fn note(&mut self, vitals: Vitals) {
        self.0.push(vitals);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The medians of the second and of the last quarter. The first quarter is for warming up.
    pub(crate) fn early_and_late(&self) -> (Vitals, Vitals) {
        let quarter = self.0.len() / 4;
        (
            median(&self.0[quarter..quarter * 2]),
            median(&self.0[self.0.len() - quarter..]),
        )
    }
}

fn median(some: &[Vitals]) -> Vitals {
    let middle = some.len() / 2;
    let mut memory: Vec<f64> = some.iter().map(|vitals| vitals.memory).collect();
    let mut handles: Vec<usize> = some.iter().map(|vitals| vitals.handles).collect();
    let mut tasks: Vec<usize> = some.iter().map(|vitals| vitals.tasks).collect();
    memory.sort_by(f64::total_cmp);
    handles.sort_unstable();
    tasks.sort_unstable();
    Vitals {
        memory: memory[middle],
        handles: handles[middle],
        tasks: tasks[middle],
    }
}
