//! Usher.

// A release on Windows opens no console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};
use usher::launch::Launch;

/// The crates that are ours, and know what must not be logged.
const OURS: [&str; 6] = [
    "usher",
    "follower",
    "keychain",
    "login_flow",
    "managed_auth",
    "sandbox",
];

fn main() -> ExitCode {
    start_log();
    match usher::run(Launch::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Logs to standard error. `USHER_LOG` sets the level of what is ours: `error`, `warn`, `info`,
/// `debug` or `trace`. Libraries are held to warnings whatever it says: at their lower levels they
/// write down the bytes they carry, and those are passwords, tokens and links.
fn start_log() {
    let asked = std::env::var("USHER_LOG")
        .ok()
        .and_then(|level| level.parse().ok());
    let level = asked.unwrap_or(LevelFilter::INFO);
    let targets = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_targets(OURS.map(|target| (target, level)));
    // Where nothing can be written, as on a full disk, to complain of it would end what logs.
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    tracing_subscriber::registry()
        .with(layer)
        .with(targets)
        .init();
}
