//! What it was measured on.

use std::{fs, path::Path, process::Command};

/// The machine in one line: its processors, its kernel, and what the page is drawn by.
pub(crate) fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let output = Command::new("pkg-config")
        .args(["--modversion", "webkit2gtk-4.1"])
        .output();
    let webkit = output.map_or_else(|_| Vec::new(), |output| output.stdout);
    let webkit = String::from_utf8_lossy(&webkit);
    format!(
        "{cores} cores ({processor}), Linux {}, WebKitGTK {}",
        kernel.trim(),
        webkit.trim()
    )
}

/// How many programs wanted a core at once, over the last minute.
pub(crate) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// The size of a file.
#[allow(
    clippy::cast_precision_loss,
    reason = "a program's size fits a float well enough"
)]
pub(crate) fn mebibytes(file: &Path) -> f64 {
    let size = fs::metadata(file).map_or(0, |file| file.len());
    size as f64 / (1024.0 * 1024.0)
}

fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}
