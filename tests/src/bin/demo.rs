//! `make demo`: Usher with the sandbox inside: support's console over a company's worth of logins,
//! and a guest who completes one of them.
//!
//! With a display, a person walks it. Without one, a virtual display is made, the way is walked
//! here, and a picture of each step is left under `target/demo/`.

#![allow(
    clippy::print_stdout,
    reason = "printing each step is what this program is for"
)]

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use usher_tests::{app::App, desktop::Desktop, programs, waiting::until};

#[tokio::main]
async fn main() -> ExitCode {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty()));
    if has_display {
        walk_by_hand()
    } else {
        walk_alone().await;
        ExitCode::SUCCESS
    }
}

/// Starts Usher on the person's own desktop.
fn walk_by_hand() -> ExitCode {
    println!("Usher opens over a sandbox: a make-believe service with made-up connections.");
    println!("Those who wait are on top. What a site wants to hear stands beside its question.");
    println!("Start a login, copy its link and open it, and you are the guest.");
    println!("An authflow of Prefactor’s goes through every status while you look:");
    println!("    xdg-open '{}'", authflow_link());
    let ended = Command::new(programs::usher()).arg("--sandbox").status();
    if ended.is_ok_and(|status| status.success()) {
        ExitCode::SUCCESS
    } else {
        println!("Usher has not started, or has failed. What it said is above.");
        ExitCode::FAILURE
    }
}

/// Walks the way on a virtual display. Panics, and so exits with an error, where anything is not
/// as it should be.
async fn walk_alone() {
    let mut album = Album::new();
    let desktop = Desktop::new();
    let app = App::start(&desktop, &["--sandbox"]).await;
    app.wait_screen("desk").await;
    let waits = app.wait("[data-row][data-need=code]").await;
    album
        .add(
            &app,
            "console",
            "Support's console: those who wait are on top",
        )
        .await;

    waits.click().await.expect("a press");
    app.wait_fields(&["f_code"]).await;
    app.wait("[data-live=here] [data-part=live-frame]").await;
    album
        .add(
            &app,
            "watched",
            "The one that waits for a code, with its remote browser beside it",
        )
        .await;

    app.give_code("000000").await;
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

    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    album
        .add(&app, "logged-in", "The right code was sent: logged in")
        .await;

    app.press("show_wall").await;
    app.wait("[data-tile] iframe").await;
    album
        .add(&app, "wall", "Every remote browser that runs, on one wall")
        .await;
    app.press("leave_wall").await;

    watch_authflow(&app, &desktop, &mut album).await;

    let id = new_connection(&app).await;
    app.press("start_login").await;
    app.press("confirm_start").await;
    app.wait_row(&id, "needs_a_person").await;
    app.press("copy_usher_link").await;
    let clipboard = || async { desktop.clipboard() };
    let link = until("the link", clipboard, |text| text.starts_with("usher:")).await;
    album
        .add(
            &app,
            "sent",
            "Another login was started, and its link copied",
        )
        .await;

    desktop.open_link(&link).await;
    let app = app.in_the_other_window().await;
    app.wait_screen("invited").await;
    album
        .add(
            &app,
            "invited",
            "A guest has clicked it: Usher says what is about to happen",
        )
        .await;
    app.press("begin").await;
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    album
        .add(
            &app,
            "code",
            "The guest has signed in, and is asked for the code",
        )
        .await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    album.add(&app, "guest-done", "The guest is done").await;

    println!("The pictures are in {}", album.folder.display());
    app.kill(&desktop).await;
}

/// A link to the authflow that moves.
fn authflow_link() -> String {
    let id = sandbox::authflow_id("moving");
    format!("usher://authflow/{id}?env=sandbox")
}

/// Opens the link of an authflow that moves, and sees its end without a press.
async fn watch_authflow(app: &App, desktop: &Desktop, album: &mut Album) {
    desktop.open_link(&authflow_link()).await;
    app.wait("[data-part=authflow][data-watch=watching]").await;
    album
        .add(
            app,
            "authflow",
            "A link has opened one of Prefactor’s authflows, which is watched",
        )
        .await;
    app.wait("[data-part=authflow][data-phase=success]").await;
    let seen = app.statuses_seen().await.join(", ");
    album
        .add(
            app,
            "authflow-ended",
            &format!("It has ended, without a press: {seen}"),
        )
        .await;
}

/// Makes a connection through the console's form. Its id.
async fn new_connection(app: &App) -> String {
    app.press("new_connection").await;
    app.draft("domain", "demo.example").await;
    app.draft("profile", "Ada’s browser").await;
    app.press("save_connection").await;
    let opened = || async {
        let script = "return document.querySelector('[data-part=connection]')?.innerText.includes('demo.example') ? document.querySelector('[data-part=connection]').dataset.connection : ''";
        app.script(script)
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    until("the new connection", opened, |id| !id.is_empty()).await
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
