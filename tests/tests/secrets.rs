//! Whatever was typed or received is found nowhere afterwards: in no log, no file, no argument
//! list, no environment and no window title, however much is logged.

use serde_json::{Value, json};
use usher_tests::{
    app::App,
    desktop::{Desktop, Keyring},
    leak::Secrets,
    service::{Handoff, Service},
    waiting::until,
};

const PASSWORD: &str = "Xq7 \"pä$$wört\" & Söhne";
const CODE: &str = "73495160288";

/// The browser that the tests put in place writes down what it is given, which is what a browser
/// is for.
const BROWSER: &[&str] = &["pages-opened"];

#[tokio::test(flavor = "multi_thread")]
async fn after_a_login_nothing_is_left() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("sms.example").await;
    let app = App::start_for_guest(&desktop).await;
    desktop.open_link(&handoff.link()).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    let secrets = secrets(&service, &desktop, &handoff).await;
    app.press("show_pages").await;
    app.press("open_live_view").await;
    until(
        "the browser",
        || async { desktop.pages_opened() },
        |opened| !opened.is_empty(),
    )
    .await;
    log_in(&app).await;
    app.wait_stage("logged_in").await;
    assert_clean(&secrets, &desktop, &[]);
    app.close(&desktop).await;
    assert_eq!(secrets.in_files(&desktop, BROWSER), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_kill_and_a_second_start_nothing_is_left() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    let secrets = secrets(&service, &desktop, &handoff).await;
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", PASSWORD).await;
    // The system gave this process the link.
    assert_clean(&secrets, &desktop, &App::process_ids(&desktop));
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    log_in(&app).await;
    app.wait_stage("logged_in").await;
    assert_clean(&secrets, &desktop, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_left_behind_by_a_login_with_mistakes_and_a_crash() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("demo.example").await;
    let app = App::start_for_guest(&desktop).await;
    desktop.open_link(&handoff.link()).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    let secrets = secrets(&service, &desktop, &handoff).await;
    mistake_everything(&app).await;
    assert_clean(&secrets, &desktop, &[]);
    let title = app.page().title().await.expect("a title");
    assert_eq!(secrets.in_bytes(title.as_bytes()), [""; 0]);
    app.kill(&desktop).await;
    assert_eq!(secrets.in_files(&desktop, &[]), [""; 0]);

    let app = App::start(&desktop, &[]).await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    assert_clean(&secrets, &desktop, &[]);
    app.close(&desktop).await;
    assert_eq!(secrets.in_files(&desktop, &[]), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_left_behind_by_logins_that_go_wrong() {
    let (service, desktop) = place(Keyring::None).await;
    let app = App::start_for_guest(&desktop).await;
    let mut secrets = typed();
    for (domain, fault) in [
        (
            "one.demo.example",
            json!({ "submit": { "status": 503, "times": 1 } }),
        ),
        ("two.demo.example", json!({ "events": "garbage" })),
        (
            "three.demo.example",
            json!({ "submit": { "status": 400, "times": 1 } }),
        ),
        ("four.demo.example", json!({ "html": true })),
    ] {
        let handoff = service.invite(domain).await;
        add_told(&mut secrets, &service, &handoff).await;
        desktop.open_link(&handoff.link()).await;
        app.begin(&handoff).await;
        app.wait_fields(&["f_username", "f_password"]).await;
        app.fill("f_username", "ada@example.com").await;
        app.fill("f_password", PASSWORD).await;
        faults(&service, &handoff, fault).await;
        app.press("submit").await;
        app.wait("[data-part=notice], [data-part=website-error], [data-part=error-title]")
            .await;
        faults(&service, &handoff, json!({})).await;
    }
    let spent = service.invite("five.demo.example").await;
    add_told(&mut secrets, &service, &spent).await;
    secrets.add("somebody's token", &service.exchange(&spent).await);
    desktop.open_link(&spent.link()).await;
    app.begin(&spent).await;
    app.wait_screen("not_opened").await;
    desktop.open_link(&format!("{}&api=x", spent.link())).await;
    app.wait_screen("bad_link").await;
    assert_clean(&secrets, &desktop, &[]);
    app.close(&desktop).await;
    assert_eq!(secrets.in_files(&desktop, &[]), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_nothing_is_left_either() {
    let (service, desktop) = place(Keyring::None).await;
    let handoff = service.invite("sms.legacy.example").await;
    let app = App::start_for_guest(&desktop).await;
    app.fill("link", &handoff.link()).await;
    app.press("paste_link").await;
    app.begin(&handoff).await;
    app.wait("[data-part=keychain]").await;
    let mut secrets = typed();
    add_told(&mut secrets, &service, &handoff).await;
    // The token itself is in the app's memory alone, but each of them begins the same.
    let other = service.invite("password.example").await;
    let token = service.exchange(&other).await;
    secrets.add("token", token.split('.').next().expect("a header"));
    for (fields, values) in [
        (["username", "password"], ["ada@example.com", PASSWORD]),
        (
            ["username", "password"],
            ["ada@example.com", "correct horse"],
        ),
    ] {
        app.wait_fields(&fields).await;
        for (field, value) in fields.iter().zip(values) {
            app.fill(field, value).await;
        }
        let before = service.count(&handoff.connection_id, "submit").await;
        app.press("submit").await;
        let count = || service.count(&handoff.connection_id, "submit");
        until("the answer", count, |count| *count > before).await;
    }
    app.wait_fields(&["code"]).await;
    app.fill("code", "123456").await;
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    assert_clean(&secrets, &desktop, &[]);
}

async fn place(keyring: Keyring) -> (Service, Desktop) {
    let service = Service::start().await;
    let desktop = Desktop::with(keyring);
    desktop.set_up_environment(&service.url());
    (service, desktop)
}

/// Goes through the login of `sms`, with a wrong password and a wrong code on the way.
async fn log_in(app: &App) {
    mistake_everything(app).await;
    app.give_code("123456").await;
}

/// A wrong password, the right one, and a wrong code.
async fn mistake_everything(app: &App) {
    app.wait_fields(&["f_username", "f_password"]).await;
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", PASSWORD).await;
    app.press("submit").await;
    app.wait("[data-part=website-error]").await;
    app.sign_in().await;
    app.give_code(CODE).await;
    app.wait("[data-part=website-error]").await;
}

/// What a person types, and the key that no guest may ever see.
fn typed() -> Secrets {
    let mut secrets = Secrets::default();
    secrets.add("the password", PASSWORD);
    secrets.add("the right password", "correct horse");
    secrets.add("the code", CODE);
    secrets.add("the API key", sandbox::API_KEY);
    secrets
}

/// What the service tells of a flow: the code of its link, and the address that lets whoever has
/// it type into the remote browser.
async fn add_told(secrets: &mut Secrets, service: &Service, handoff: &Handoff) {
    secrets.add("the handoff code", &handoff.code);
    let connection = service.connection(&handoff.connection_id).await;
    let live_view = connection["live_view_url"].as_str().expect("an address");
    let (_, token) = live_view.rsplit_once('/').expect("a path");
    secrets.add("the live view's token", token);
}

/// All of it, and the token that the app has bought, read from the keychain as another program of
/// the person's could.
async fn secrets(service: &Service, desktop: &Desktop, handoff: &Handoff) -> Secrets {
    let entries = until(
        "the access in the keychain",
        || async { desktop.keyring_entries() },
        |entries| entries.contains("token"),
    )
    .await;
    let entry = entries
        .lines()
        .find_map(|line| line.strip_prefix("secret = "))
        .expect("a secret");
    let kept: Value = serde_json::from_str(entry).expect("JSON");
    let mut secrets = typed();
    add_told(&mut secrets, service, handoff).await;
    secrets.add("the token", kept[0]["token"].as_str().expect("a token"));
    secrets
}

fn assert_clean(secrets: &Secrets, desktop: &Desktop, told_the_link: &[u32]) {
    let log = std::fs::read_to_string(desktop.app_log()).expect("a log");
    assert!(
        log.contains("the handoff code was exchanged"),
        "the log that is searched is the app's: {log}"
    );
    assert_eq!(secrets.in_files(desktop, BROWSER), [""; 0]);
    assert_eq!(secrets.in_processes(desktop, told_the_link), [""; 0]);
    let windows = desktop.windows();
    assert!(windows.contains("Usher"), "{windows}");
    assert_eq!(secrets.in_bytes(windows.as_bytes()), [""; 0]);
}

async fn faults(service: &Service, handoff: &Handoff, faults: Value) {
    service.hook(&handoff.connection_id, "faults", faults).await;
}
