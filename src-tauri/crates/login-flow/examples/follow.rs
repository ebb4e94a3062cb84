//! Follows one flow without a window: views out, answers in, each as one JSON object a line.
//!
//! ```text
//! cargo run -p login-flow --example follow -- --api URL --connection ID (--key-env VAR | --code CODE)
//! ```
//!
//! Exit code: 0 logged in, 2 failed, 3 expired (or a guest's access is over), 4 canceled,
//! 5 not allowed (the key was refused, or the link can't be used), 1 anything else.

#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "printing is what this program is for"
)]

use std::{io::Write, process::ExitCode, time::Duration};

use clap::{ArgGroup, Parser};
use follower::Follower;
use login_flow::{Answer, Audience, Following, Stage, View, exchange_trouble};
use managed_auth::{Access, ApiBase, Client, Settings};
use secrecy::SecretString;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    time::{Instant, sleep_until},
};

/// Follow one login flow without a window.
#[derive(Parser)]
#[command(group(ArgGroup::new("who").required(true)))]
struct Arguments {
    /// The API's address, e.g. `https://api.onkernel.com`.
    #[arg(long)]
    api: String,
    /// The connection's id.
    #[arg(long)]
    connection: String,
    /// The environment variable that holds the API key.
    #[arg(long, group = "who")]
    key_env: Option<String>,
    /// A handoff code; it works once.
    #[arg(long, group = "who")]
    code: Option<String>,
    /// Give up if nothing could be read for this many seconds from the start.
    #[arg(long, default_value_t = 20)]
    patience: u64,
}

const ANYTHING_ELSE: u8 = 1;
const FAILED: u8 = 2;
const EXPIRED: u8 = 3;
const CANCELED: u8 = 4;
const NOT_ALLOWED: u8 = 5;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match start(&arguments).await {
        Ok(follower) => {
            ExitCode::from(follow(&follower, Duration::from_secs(arguments.patience)).await)
        }
        Err((message, code)) => {
            eprintln!("{message}");
            ExitCode::from(code)
        }
    }
}

/// Gets access, by a key or by spending the code, and starts to follow.
async fn start(arguments: &Arguments) -> Result<Follower, (String, u8)> {
    let other = |message: String| (message, ANYTHING_ELSE);
    let api = ApiBase::parse(&arguments.api).map_err(|error| other(error.to_string()))?;
    let (access, audience) = match (&arguments.key_env, &arguments.code) {
        (Some(variable), _) => {
            let key =
                std::env::var(variable).map_err(|_| other(format!("{variable} is not set")))?;
            (Access::key(SecretString::from(key)), Audience::Support)
        }
        (None, code) => {
            let code = SecretString::from(code.clone().unwrap_or_default());
            let exchanged = Client::exchange(
                api.clone(),
                &arguments.connection,
                &code,
                Settings::default(),
            )
            .await;
            (
                exchanged.map_err(|error| could_not_enter(&error, &api))?,
                Audience::Guest,
            )
        }
    };
    let client =
        Client::new(api, &access, Settings::default()).map_err(|error| other(error.to_string()))?;
    let following = Following {
        connection_id: arguments.connection.clone(),
        audience,
        started_until: None,
        seed: u64::from(std::process::id()),
    };
    Ok(Follower::start(client, following))
}

/// A link that can't be used is "not allowed"; a service that can't be reached is not.
fn could_not_enter(error: &managed_auth::Error, api: &ApiBase) -> (String, u8) {
    let (trouble, may_still_work) = exchange_trouble(error, &api.host());
    println!("{}", json!({ "error": trouble }));
    let code = if may_still_work {
        ANYTHING_ELSE
    } else {
        NOT_ALLOWED
    };
    (format!("{} {}", trouble.title, trouble.advice), code)
}

/// Prints each view and passes on each answer until the flow is over.
async fn follow(follower: &Follower, patience: Duration) -> u8 {
    let mut views = follower.views();
    let mut answers = BufReader::new(tokio::io::stdin()).lines();
    let mut listening = true;
    let mut view = views.borrow_and_update().clone();
    print(&view);
    let give_up = Instant::now() + patience;
    loop {
        if let Some(code) = exit_code(view.stage) {
            return code;
        }
        tokio::select! {
            changed = views.changed() => {
                if changed.is_err() {
                    return ANYTHING_ELSE;
                }
                view = views.borrow_and_update().clone();
                print(&view);
            }
            line = answers.next_line(), if listening => match line {
                Ok(Some(line)) => pass_on(follower, &line).await,
                // Nobody answers any more; the flow may end without an answer.
                Ok(None) | Err(_) => listening = false,
            },
            () = sleep_until(give_up), if view.stage == Stage::Opening => {
                eprintln!("The service could not be read. Check the address and the connection.");
                return ANYTHING_ELSE;
            }
        }
    }
}

fn print(view: &View) {
    let mut out = std::io::stdout().lock();
    let Ok(line) = serde_json::to_string(view) else {
        return;
    };
    // A reader that has gone away must not stop the flow from being followed to its end.
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

async fn pass_on(follower: &Follower, line: &str) {
    if line.trim().is_empty() {
        return;
    }
    match serde_json::from_str::<Answer>(line) {
        Ok(answer) => {
            if let Err(problem) = follower.answer(answer).await {
                eprintln!("not sent: {problem}");
            }
        }
        // The error may quote what was typed, so only its place is said.
        Err(error) => eprintln!("not an answer (column {})", error.column()),
    }
}

fn exit_code(stage: Stage) -> Option<u8> {
    match stage {
        Stage::Opening
        | Stage::FindingOut
        | Stage::Asking
        | Stage::WaitingElsewhere
        | Stage::Sending
        | Stage::NeedsAPerson
        | Stage::Unfamiliar => None,
        Stage::LoggedIn => Some(0),
        Stage::Failed => Some(FAILED),
        Stage::Expired | Stage::AccessEnded => Some(EXPIRED),
        Stage::Canceled => Some(CANCELED),
        Stage::Refused => Some(NOT_ALLOWED),
        Stage::Gone | Stage::Unconfirmed | Stage::NotRunning | Stage::CannotFollow => {
            Some(ANYTHING_ELSE)
        }
    }
}
