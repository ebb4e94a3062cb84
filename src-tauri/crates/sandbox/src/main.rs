//! The sandbox as a program: `sandbox --listen 127.0.0.1:PORT`.

use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, ValueEnum};
use sandbox::{LiveFlow, Sandbox, Settings, World};

/// Kernel's Managed Auth API on loopback, for trying and testing. The API key is `sk_sandbox`.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Loopback address to listen on; port 0 lets the system choose.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// What is there at the start.
    #[arg(long, value_enum, default_value_t = Populated::Empty)]
    world: Populated,
    /// Milliseconds that each automatic step takes.
    #[arg(long, default_value_t = 400)]
    pace: u64,
    /// Seconds that a whole flow may take.
    #[arg(long, default_value_t = 20 * 60)]
    flow_limit: u64,
    /// Seconds that one pause may wait for a person.
    #[arg(long, default_value_t = 10 * 60)]
    input_limit: u64,
    /// Seconds that the token from an exchange works.
    #[arg(long, default_value_t = 30 * 60)]
    token_life: u64,
    /// Milliseconds between heartbeats of an event stream.
    #[arg(long, default_value_t = 15_000)]
    heartbeat: u64,
    /// Begin event streams without the present state.
    #[arg(long)]
    no_present_state: bool,
    /// Let a new login replace the running one, instead of refusing it.
    #[arg(long)]
    replace_live_flow: bool,
    /// How many calls of the API a minute has room for; without it, any number.
    #[arg(long)]
    rate_limit: Option<u32>,
    /// Be a service that has no `GET /auth/context`.
    #[arg(long)]
    no_context: bool,
    /// Tell nothing of a flow that is over, except in its last event.
    #[arg(long)]
    forget_ended_flows: bool,
    /// How many flows may be running at once.
    #[arg(long, default_value_t = 1000)]
    max_pending: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Populated {
    /// Nothing.
    Empty,
    /// Some thirty connections with a past, and logins that wait for this and that.
    Demo,
}

impl From<Arguments> for Settings {
    fn from(arguments: Arguments) -> Self {
        Self {
            listen: arguments.listen,
            world: match arguments.world {
                Populated::Empty => World::Empty,
                Populated::Demo => World::Demo,
            },
            pace: Duration::from_millis(arguments.pace),
            flow_limit: Duration::from_secs(arguments.flow_limit),
            input_limit: Duration::from_secs(arguments.input_limit),
            token_life: Duration::from_secs(arguments.token_life),
            heartbeat: Duration::from_millis(arguments.heartbeat.max(1)),
            present_state: !arguments.no_present_state,
            live_flow: if arguments.replace_live_flow {
                LiveFlow::Replace
            } else {
                LiveFlow::Refuse
            },
            rate_limit: arguments.rate_limit,
            has_context: !arguments.no_context,
            forget_ended_flows: arguments.forget_ended_flows,
            max_pending: arguments.max_pending,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().into()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(io::stderr(), "sandbox: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(settings: Settings) -> Result<(), String> {
    let sandbox = Sandbox::start(settings)
        .await
        .map_err(|error| error.to_string())?;
    announce(&sandbox.url()).map_err(|error| error.to_string())?;
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| error.to_string())?;
    sandbox.stop().await;
    Ok(())
}

/// Whoever started us waits for this line, so it must not stay in a buffer.
fn announce(url: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listening on {url}")?;
    out.flush()
}
