//! `make demo`: Usher with the sandbox inside, and a login from its link to its end.
//!
//! With a display, a person walks it. Without one, a virtual display is made, the login is walked
//! here, and a picture of each step is left under `target/demo/`.

#![allow(
    clippy::print_stdout,
    reason = "printing each step is what this program is for"
)]

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
};

use reqwest::Client;
use serde_json::{Value, json};
use usher_tests::{app::App, desktop::Desktop, programs, scratch::free_port};

const KEY: &str = "sk_sandbox";
const DOMAIN: &str = "demo.example";

#[tokio::main]
async fn main() -> ExitCode {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty()));
    if has_display {
        walk_by_hand().await
    } else {
        walk_alone().await;
        ExitCode::SUCCESS
    }
}

/// Starts Usher on the person's own desktop and opens a link there.
async fn walk_by_hand() -> ExitCode {
    let mut usher = Command::new(programs::usher())
        .arg("--sandbox")
        .stdout(Stdio::piped())
        .spawn()
        .expect("Usher starts");
    let mut line = String::new();
    let stdout = usher.stdout.take().expect("piped");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let Some(address) = line.trim().strip_prefix("listening on ") else {
        println!("Usher has not started. Is it running already? Close it and try again.");
        let _ = usher.wait();
        return ExitCode::FAILURE;
    };
    let handoff = invite(address).await;
    let opened = Command::new("xdg-open").arg(&handoff).status();
    if !opened.is_ok_and(|status| status.success()) {
        println!("The system did not open the link. Copy it into Usher's window:\n  {handoff}");
    }
    println!("Usher is open, and a link has been clicked for you. Press “Go on”, then answer:");
    println!("  e-mail address  ada@example.com");
    println!("  password        correct horse");
    println!("  code            123456 (try a wrong one first)");
    println!("Nothing of it is real. Close the window when you are done.");
    let status = usher.wait().expect("Usher ends");
    if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Walks the login on a virtual display. Panics, and so exits with an error, where anything is
/// not as it should be.
async fn walk_alone() {
    let mut album = Album::new();
    let desktop = Desktop::new();
    // The driver keeps the app's standard output to itself, so the port is chosen here.
    let listen = format!("127.0.0.1:{}", free_port());
    let app = App::start(&desktop, &["--sandbox", "--sandbox-listen", &listen]).await;
    let address = format!("http://{listen}");
    println!("Usher is running, with the sandbox at {address}");
    app.wait_screen("no_link").await;
    album.add(&app, "no-link", "Usher waits for a link").await;

    desktop.open_link(&invite(&address).await).await;
    app.wait_screen("invited").await;
    album
        .add(
            &app,
            "invited",
            "The link was clicked: Usher says what is about to happen",
        )
        .await;

    app.press("begin").await;
    app.wait_stage("asking").await;
    app.wait("[data-field=f_username]").await;
    album
        .add(
            &app,
            "sign-in",
            "The site asks for an e-mail address and a password",
        )
        .await;

    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", "correct horse").await;
    app.press("submit").await;
    app.wait("[data-field=f_code]").await;
    album
        .add(
            &app,
            "code",
            "Both were right: the site asks for the code it has sent",
        )
        .await;

    app.fill("f_code", "000000").await;
    app.press("submit").await;
    let error = app
        .wait_text("[data-part=website-error]", "not right")
        .await;
    let error = error.split_whitespace().collect::<Vec<_>>().join(" ");
    album
        .add(
            &app,
            "wrong-code",
            &format!("A wrong code was sent: “{error}”"),
        )
        .await;

    app.fill("f_code", "123456").await;
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    album
        .add(&app, "logged-in", "The right code was sent: logged in")
        .await;

    println!("The pictures are in {}", album.folder.display());
    app.close(&desktop).await;
}

/// The pictures of the walk, numbered.
struct Album {
    folder: PathBuf,
    pictures: u32,
}

impl Album {
    fn new() -> Self {
        Self {
            folder: programs::pictures("demo"),
            pictures: 0,
        }
    }

    /// Says what has happened, and leaves a picture of it.
    async fn add(&mut self, app: &App, name: &str, what: &str) {
        self.pictures += 1;
        app.picture(&self.folder.join(format!("{:02}-{name}.png", self.pictures)))
            .await;
        println!("{:2}. {what}", self.pictures);
    }
}

/// Makes a connection and starts its login, as an integrator would, and writes the link.
async fn invite(address: &str) -> String {
    let connection = post(
        address,
        "/auth/connections",
        json!({ "domain": DOMAIN, "profile_name": "Ada’s browser" }),
    )
    .await;
    let id = connection["id"].as_str().expect("an id").to_owned();
    let login = post(address, &format!("/auth/connections/{id}/login"), json!({})).await;
    let code = login["handoff_code"].as_str().expect("a code");
    format!("usher://login/{id}?code={code}&env=sandbox")
}

async fn post(address: &str, path: &str, body: Value) -> Value {
    let answer = Client::new()
        .post(format!("{address}{path}"))
        .bearer_auth(KEY)
        .json(&body)
        .send()
        .await;
    let answer = answer
        .and_then(reqwest::Response::error_for_status)
        .expect("the sandbox answers");
    answer.json().await.expect("JSON")
}
