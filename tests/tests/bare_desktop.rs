//! A desktop that lacks what a program counts on: in each case the login is completed, and the
//! window says in plain words what isn't kept.

#![allow(
    clippy::print_stdout,
    reason = "what could not be looked at on this machine is told"
)]

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use usher_tests::{
    app::App,
    desktop::{Desktop, Keyring},
    mute::MuteKeychain,
    service::{Handoff, Service},
    waiting::until,
};

/// What every note of the keychain ends with.
const NOT_KEPT: &str = "Finish before you close Usher: after that, you’d need a new link.";

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_ends_before_it_is_needed_is_said_and_the_login_goes_on() {
    let (service, mut desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.wait_invited(&handoff).await;
    desktop.end_keyring();
    app.begin(&handoff).await;
    app.sign_in().await;
    app.wait_text("[data-part=keychain]", NOT_KEPT).await;
    finish(&service, &app, &handoff).await;
    app.press_close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_ends_in_the_middle_does_not_hold_up_the_login() {
    let (service, mut desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    let is_there = |entries: &String| entries.contains(&handoff.connection_id);
    let entries = || async { desktop.keyring_entries() };
    until("the access in the keychain", entries, is_there).await;
    desktop.end_keyring();
    finish(&service, &app, &handoff).await;
    app.press_close(&desktop).await;
}

/// Nobody answers its question for a password, neither at the link, nor at the end.
#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_never_answers_holds_up_nothing() {
    let (service, desktop) = place(Keyring::None).await;
    let _mute = MuteKeychain::on(&desktop).await;
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    finish(&service, &app, &handoff).await;
    // The next link is not held up either.
    let other = service.invite_to("sms").await;
    desktop.open_link(&other.link()).await;
    app.begin(&other).await;
    app.sign_in().await;
    app.wait_text("[data-part=keychain]", NOT_KEPT).await;
    finish(&service, &app, &other).await;
    app.press_close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_never_answers_does_not_keep_usher_from_opening() {
    let (service, desktop) = place(Keyring::None).await;
    let _mute = MuteKeychain::on(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    let handoff = service.invite("sms.example").await;
    desktop.open_link(&handoff.link()).await;
    let app = app.in_the_other_window().await;
    app.begin(&handoff).await;
    app.sign_in().await;
    finish(&service, &app, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_bus_a_login_is_completed_and_said_not_to_be_kept() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    desktop.launch_by("export DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus", "");
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    app.wait_text("[data-part=keychain]", NOT_KEPT).await;
    finish(&service, &app, &handoff).await;
    app.press_close(&desktop).await;
}

/// Notes and the tray go over the bus too.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_bus_the_console_shows_who_waits() {
    let desktop = Desktop::new();
    desktop.launch_by("export DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus", "");
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    app.press("try_sandbox").await;
    app.wait_screen("desk").await;
    app.wait("[data-row][data-state=needs_a_person]").await;
    let is_tried = |log: &String| log.contains("the system shows no note");
    let log = || async { desktop.app_log_text() };
    until("a note that can't be shown", log, is_tried).await;
    app.wait("[data-row][data-state=needs_a_person]").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_that_can_not_be_written_are_said_and_stop_nothing() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    forbid_writing(&desktop);
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    finish(&service, &app, &handoff).await;
    app.press_close(&desktop).await;

    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    app.press("try_sandbox").await;
    app.wait_screen("desk").await;
    app.press("show_settings").await;
    app.press("toggle_notifications").await;
    app.wait_text("[data-part=not-kept]", "can’t write these choices down")
        .await;
    app.close(&desktop).await;
}

async fn place(keyring: Keyring) -> (Service, Desktop) {
    let service = Service::start().await;
    let desktop = Desktop::with(keyring);
    desktop.set_up_environment(&service.url());
    (service, desktop)
}

/// Goes on from the code to the end.
async fn finish(service: &Service, app: &App, handoff: &Handoff) {
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    let id = &handoff.connection_id;
    assert_eq!(service.count(id, "exchange").await, 1);
    assert_eq!(service.count(id, "submit").await, 2);
}

/// Takes away the right to write where the app keeps things. The administrator may write anywhere
/// all the same, so the app is started without that right.
fn forbid_writing(desktop: &Desktop) {
    for folder in ["home", "config", "config/usher", "data", "cache", "state"] {
        let folder = desktop.folder().join(folder);
        fs::set_permissions(folder, fs::Permissions::from_mode(0o500)).expect("set");
    }
    let id = Command::new("id").arg("-u").output().expect("id runs");
    if id.stdout.starts_with(b"0") {
        desktop.launch_by("", "setpriv --bounding-set=-dac_override,-dac_read_search");
    }
}

/// The disk is a small one of the test's own, which takes a world of its own to be mounted in: the
/// test starts itself once more in there.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_a_login_is_completed_and_said_not_to_be_kept() {
    let name = "on_a_full_disk_a_login_is_completed_and_said_not_to_be_kept";
    let Some(disk) = std::env::var_os("USHER_SMALL_DISK") else {
        return in_a_world_with_a_small_disk(name);
    };
    let (service, desktop) = place(Keyring::Unlocked).await;
    assert!(desktop.folder().starts_with(&disk));
    // The graphics library maps a file of its own there, and whoever writes to it is ended by the
    // system: the engine's process for pages. That is not what is looked at here.
    desktop.launch_by("export MESA_SHADER_CACHE_DISABLE=true", "");
    let filler = desktop.folder().join("filler");
    let full = Command::new("dd")
        .args(["if=/dev/zero", "bs=4k"])
        .arg(format!("of={}", filler.display()))
        .output()
        .expect("dd runs");
    let said = String::from_utf8_lossy(&full.stderr).into_owned();
    assert!(!full.status.success(), "the disk is full: {said}");
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    app.wait_text("[data-part=keychain]", NOT_KEPT).await;
    finish(&service, &app, &handoff).await;
    app.press_close(&desktop).await;
}

fn in_a_world_with_a_small_disk(test: &str) {
    let disk = tempfile::tempdir().expect("a folder");
    let worlds: [&[&str]; 2] = [&["--mount"], &["--mount", "--user", "--map-root-user"]];
    let is_allowed = |world: &&&[&str]| {
        let tried = Command::new("unshare").args(**world).arg("true").status();
        tried.is_ok_and(|status| status.success())
    };
    let Some(apart) = worlds.iter().find(is_allowed) else {
        // Inside some containers nobody may mount anything.
        println!("{test}: nothing can be mounted here, so no disk was full");
        return;
    };
    let script = r#"mount -t tmpfs -o size=4m none "$0" && exec "$@""#;
    let status = Command::new("unshare")
        .args(*apart)
        .args(["sh", "-c", script])
        .arg(disk.path())
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--nocapture"])
        .env("USHER_SMALL_DISK", disk.path())
        .env("TMPDIR", disk.path())
        .status()
        .expect("unshare runs");
    assert!(status.success(), "what was said is above");
}
