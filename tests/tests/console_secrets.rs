//! What support's Usher leaves behind: nothing secret, in no file, log, argument or title.

use sandbox::{API_KEY, AUTHFLOW_TOKEN};
use serde_json::json;
use usher_tests::{
    authflows::open,
    desktop::Desktop,
    leak::{Secrets, files_in},
    service::Service,
    waiting::until,
};

const PASSWORD: &str = "Pa55-wrong-horse";

#[tokio::test(flavor = "multi_thread")]
async fn a_day_at_the_console_leaves_nothing_secret_behind() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("human.example").await;
    let asked = service.invite("sms.example").await;
    let app = open(&desktop, &service, "").await;

    let mut secrets = Secrets::default();
    secrets.add("the API key", API_KEY);
    secrets.add("the password", PASSWORD);
    secrets.add("the right password", "correct horse");
    for flow in [&handoff, &asked] {
        secrets.add("the handoff code", &flow.code);
        let connection = service.connection(&flow.connection_id).await;
        let live_view = connection["live_view_url"].as_str().expect("an address");
        let (_, token) = live_view.rsplit_once('/').expect("a path");
        secrets.add("the live view's token", token);
    }

    for (name, secret) in [
        ("Prefactor's key", AUTHFLOW_TOKEN),
        ("the return address's code", "c0de-of-the-return"),
        ("a person's browser", "Macintosh; Intel"),
        ("a browser's fingerprint", "t13d1516h2"),
    ] {
        secrets.add(name, secret);
    }

    // Authflows looked up; of one the service quotes the key.
    for (plays, state) in [
        ("drifted", "[data-status=pending]"),
        ("quoting", "[data-watch=stopped]"),
    ] {
        app.look_up_play(plays, state).await;
    }
    // Answered, with a mistake.
    app.open_row(&asked.connection_id).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", PASSWORD).await;
    app.press("submit").await;
    app.wait("[data-part=website-error]").await;
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    // Copied, both ways.
    for (action, start) in [
        ("copy_usher_link", "usher://"),
        ("copy_hosted_link", "http"),
    ] {
        app.press(action).await;
        let clipboard = || async { desktop.clipboard() };
        until(action, clipboard, |text| text.starts_with(start)).await;
    }
    // Watched, taken over, and opened in windows of their own.
    app.open_row(&handoff.connection_id).await;
    app.wait("[data-part=live-frame]").await;
    app.press("take_over").await;
    app.press("confirm_take_over").await;
    app.wait("[data-part=in-control]").await;
    app.press("give_back").await;
    for (action, size) in [
        ("open_live_view_window", "1280x860"),
        ("open_hosted_page_window", "520x780"),
    ] {
        app.press(action).await;
        let shown = || async { desktop.shows_window(size) };
        until(action, shown, |shown| *shown).await;
    }
    // The service says no, in words that hold the key.
    service.sandbox("key", json!({ "accepted": false })).await;
    app.wait_screen("welcome").await;

    let log = desktop.app_log_text();
    assert!(!log.is_empty(), "the app has logged something");
    assert_eq!(secrets.in_files(&desktop, &[]), [""; 0]);
    // The engine writes down the addresses of what it keeps, some of them seconds later: so it is
    // to keep nothing at all.
    assert_eq!(files_in(desktop.folder(), "Records"), [""; 0]);
    assert_eq!(secrets.in_processes(&desktop, &[]), [""; 0]);
    let windows = desktop.windows();
    assert!(windows.contains("human.example"), "{windows}");
    assert_eq!(secrets.in_bytes(windows.as_bytes()), [""; 0]);
    app.kill(&desktop).await;
    assert_eq!(secrets.in_files(&desktop, &[]), [""; 0]);
}
