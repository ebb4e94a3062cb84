//! The clock on the wall is put an hour forward and back in the middle of a login, by a battery
//! that ran out or a journey. The clock that counts stays.

use std::{
    fs,
    path::{Path, PathBuf},
};

use usher_tests::{
    app::App,
    desktop::Desktop,
    half_typed::HalfTyped,
    hurt::Hurt,
    service::{Handoff, Service},
    waiting::until,
};

const FORM: [(&str, &str); 2] = [
    ("f_username", "ada@example.com"),
    ("f_password", "correct horse"),
];
const FORWARD: &str = "+3600s";
const BACK: &str = "-3600s";
const RIGHT: &str = "+0s";

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_in_the_middle_neither_ends_a_login_nor_lies_about_its_time() {
    let hurt = Hurt::place().await;
    let clock = Clock::on(&hurt.desktop);
    let handoff = hurt.service.invite("sms.example").await;
    let app = App::start(&hurt.desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    let typed = HalfTyped::begin(&app, &FORM).await;
    assert_time_is_told(&app).await;
    for jump in [FORWARD, RIGHT, BACK, RIGHT, BACK, FORWARD] {
        let before = page_clock(&app).await;
        clock.jump(jump);
        let read = || page_clock(&app);
        let hours = |now: &f64| (now - before).abs() > 1_800_000.0;
        until("another time in the page", read, hours).await;
        // The service has been heard since, so Usher knows.
        let from = hurt.beats();
        let heard = || async { hurt.beats() };
        until("the service", heard, |beats| *beats > from + 1).await;
        assert_time_is_told(&app).await;
        typed.assert_kept(&app, jump).await;
    }
    app.press("submit").await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    assert_calls(&hurt.service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_was_left_open_is_found_again_by_a_clock_that_jumped() {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    let clock = Clock::on(&desktop);
    for jump in [FORWARD, BACK] {
        clock.jump(RIGHT);
        let handoff = service.invite_to("sms").await;
        let app = App::start(&desktop, &[&handoff.link()]).await;
        app.begin(&handoff).await;
        app.sign_in().await;
        app.wait_fields(&["f_code"]).await;
        let is_there = |entries: &String| entries.contains(&handoff.connection_id);
        let entries = || async { desktop.keyring_entries() };
        until("the access in the keychain", entries, is_there).await;
        app.kill(&desktop).await;
        clock.jump(jump);
        let app = App::start(&desktop, &[]).await;
        app.give_code("123456").await;
        app.wait_stage("logged_in").await;
        assert_calls(&service, &handoff).await;
        app.close(&desktop).await;
    }
}

/// The wall clock of the programs of a desktop.
struct Clock {
    file: PathBuf,
}

impl Clock {
    /// A clock that is right.
    fn on(desktop: &Desktop) -> Self {
        let clock = Self {
            file: desktop.folder().join("clock"),
        };
        clock.jump(RIGHT);
        let library = library().expect("the package faketime is installed");
        desktop.launch_by(
            &format!(
                "export LD_PRELOAD='{}' FAKETIME_TIMESTAMP_FILE='{}' FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1",
                library.display(),
                clock.file.display()
            ),
            "",
        );
        clock
    }

    /// So far it is from the right time from now on.
    fn jump(&self, by: &str) {
        // Never half written.
        let new = self.file.with_extension("new");
        fs::write(&new, format!("{by}\n")).expect("written");
        fs::rename(&new, &self.file).expect("in its place");
    }
}

/// Where Debian puts it depends on the processor.
fn library() -> Option<PathBuf> {
    let folders = fs::read_dir(Path::new("/usr/lib")).ok()?;
    folders
        .flatten()
        .map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"))
        .find(|file| file.exists())
}

async fn page_clock(app: &App) -> f64 {
    let now = app.script("return Date.now()").await;
    now.as_f64().expect("a time")
}

/// There are ten minutes for an answer, and not all of them are gone.
async fn assert_time_is_told(app: &App) {
    let right = ["9 min", "10 min", "8 min"];
    let is_right = |text: &String| right.iter().any(|time| text.contains(time));
    let countdown = || app.text("[data-part=countdown]");
    until("the right time left", countdown, is_right).await;
}

async fn assert_calls(service: &Service, handoff: &Handoff) {
    let id = &handoff.connection_id;
    assert_eq!(service.count(id, "exchange").await, 1);
    assert_eq!(service.count(id, "submit").await, 2);
}
