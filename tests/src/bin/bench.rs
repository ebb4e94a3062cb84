//! `make bench`: what following many logins at once costs Usher, beside the official SDKs that
//! follow the same ones in the same run. `docs/performance.md` says how to read it.

#![allow(
    clippy::expect_used,
    reason = "what can't be measured is said so, and the rest goes on"
)]
#![allow(
    clippy::print_stdout,
    reason = "printing each figure is what this program is for"
)]

#[path = "bench/delays.rs"]
mod delays;
#[path = "bench/machine.rs"]
mod machine;
#[path = "bench/process.rs"]
mod process;
#[path = "bench/sdk.rs"]
mod sdk;
#[path = "bench/server.rs"]
mod server;
#[path = "bench/table.rs"]
mod table;
#[path = "bench/usher.rs"]
mod usher;

use std::{process::ExitCode, time::Duration};

use clap::Parser;
use sdk::Sdk;
use table::Row;
use usher_tests::programs;

/// Measures what following costs the app that `USHER_BIN` names, against the sandbox that
/// `SANDBOX_BIN` names. The app follows 200 flows at most.
#[derive(Parser)]
struct Arguments {
    /// How many flows to follow, one number after the other.
    #[arg(long, value_delimiter = ',', default_value = "0,1,50,200")]
    flows: Vec<u32>,
    /// Seconds that are measured.
    #[arg(long, default_value_t = 20)]
    window: u64,
    /// Seconds before that, in which everything is followed already.
    #[arg(long, default_value_t = 10)]
    warm_up: u64,
}

/// How long to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    warm_up: Duration,
    window: Duration,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let plan = Plan {
        warm_up: Duration::from_secs(arguments.warm_up),
        window: Duration::from_secs(arguments.window),
    };
    println!("{}", machine::describe());
    println!("load before: {}", machine::load());
    let mut rows = Vec::new();
    for flows in arguments.flows {
        println!("measuring {flows} flows …");
        rows.push(Row {
            flows,
            usher: outcome(usher::measure(flows, plan)).await,
            node: outcome(sdk::measure(Sdk::Node, flows, plan)).await,
            python: outcome(sdk::measure(Sdk::Python, flows, plan)).await,
        });
    }
    println!("load after: {}\n", machine::load());
    let size = machine::mebibytes(&programs::usher());
    println!(
        "Usher {}, a program of {size:.1} MiB",
        env!("CARGO_PKG_VERSION")
    );
    let sdks = rows
        .iter()
        .flat_map(|row| [&row.node, &row.python])
        .flatten();
    let mut sdks: Vec<String> = sdks
        .map(|sdk| format!("{} on {}", sdk.versions.sdk, sdk.versions.runs_on))
        .collect();
    sdks.sort();
    sdks.dedup();
    for sdk in sdks {
        println!("{sdk}");
    }
    println!("\n{}", table::draw(&rows, plan.window.as_secs_f64()));
    if rows.iter().all(Row::is_whole) {
        ExitCode::SUCCESS
    } else {
        println!("What has “?” in its place could not be measured; why is above.");
        ExitCode::FAILURE
    }
}

/// What came of a measurement. One that fails has panicked, and so said where and why.
async fn outcome<T: Send + 'static>(
    measuring: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    tokio::spawn(measuring).await.ok()
}
