//! An official SDK that follows the same logins.

use std::{path::Path, process::Stdio};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::sleep,
};

use crate::{
    Plan,
    delays::Delays,
    process::{Cost, watch},
    server::Server,
};

/// One of the official SDKs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sdk {
    Node,
    Python,
}

/// What an SDK costs, and how soon it knows.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) cost: Cost,
    pub(crate) delays: Delays,
    pub(crate) versions: Versions,
}

/// What was measured, by its own word.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Versions {
    pub(crate) runs_on: String,
    pub(crate) sdk: String,
}

/// What has come since the last time.
#[derive(Debug, Deserialize)]
struct Told {
    open: usize,
    delays: Vec<i64>,
}

/// A process that follows through an SDK, and ends with this.
struct Follower {
    process: Child,
    asking: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

/// Lets an SDK follow so many logins in one process.
pub(crate) async fn measure(sdk: Sdk, flows: u32, plan: Plan) -> Measured {
    let server = Server::start().await;
    let ids = server.tick(flows, 1000).await;
    let mut follower = Follower::start(sdk, &server);
    let versions = follower.ask(&json!(ids).to_string()).await;
    server.wait_followed(&ids).await;
    sleep(plan.warm_up).await;
    follower.ask::<Told>("").await;
    let id = follower.process.id().expect("it runs");
    let [cost] = watch([&[id]], plan.window).await;
    let told: Told = follower.ask("").await;
    assert_eq!(told.open, ids.len(), "every stream is open to the end");
    Measured {
        cost,
        delays: told.delays.into(),
        versions,
    }
}

impl Follower {
    fn start(sdk: Sdk, server: &Server) -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (program, script) = match sdk {
            Sdk::Node => ("node".into(), tests.join("bench/follow.mjs")),
            Sdk::Python => (
                tests.join("../target/tools/sdk-venv/bin/python"),
                tests.join("bench/follow.py"),
            ),
        };
        let mut process = Command::new(program)
            .arg(script)
            .env("KERNEL_BASE_URL", &server.url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{sdk:?}: {error}"));
        let asking = process.stdin.take().expect("piped");
        let answers = BufReader::new(process.stdout.take().expect("piped")).lines();
        Self {
            process,
            asking,
            answers,
        }
    }

    async fn ask<T: DeserializeOwned>(&mut self, line: &str) -> T {
        let line = format!("{line}\n");
        let sent = self.asking.write_all(line.as_bytes()).await;
        sent.expect("it listens");
        let answer = self.answers.next_line().await.expect("it can be read");
        serde_json::from_str(&answer.expect("it answers")).expect("its answer")
    }
}
