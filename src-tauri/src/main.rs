//! Usher.

// A release on Windows opens no console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use usher::launch::Launch;

/// What is logged unless `USHER_LOG` says otherwise. Libraries that might log what they carry are
/// held to warnings.
const LOG: &str = "warn,usher=info,follower=info,keychain=info";

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("USHER_LOG").unwrap_or_else(|_| EnvFilter::new(LOG));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match usher::run(Launch::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
