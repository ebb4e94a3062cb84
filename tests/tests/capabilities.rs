//! What a script in the login window's page can't do, should one ever get in.

use serde_json::Value;
use usher_tests::{app::App, desktop::Desktop, service::Service, waiting::until};

/// The page's own commands; everything else must be refused.
const UNLISTED: [(&str, &str); 11] = [
    (
        "plugin:event|listen",
        r#"{"event":"x","target":{"kind":"Any"},"handler":1}"#,
    ),
    ("plugin:event|emit", r#"{"event":"x","payload":1}"#),
    ("plugin:deep-link|get_current", "{}"),
    ("plugin:deep-link|register", r#"{"protocol":"https"}"#),
    ("plugin:window|create", r#"{"options":{"label":"other"}}"#),
    (
        "plugin:webview|create_webview_window",
        r#"{"options":{"label":"other","url":"index.html"}}"#,
    ),
    ("plugin:webview|internal_toggle_devtools", "{}"),
    ("plugin:path|resolve_directory", r#"{"directory":1}"#),
    ("plugin:app|version", "{}"),
    ("plugin:resources|close", r#"{"rid":1}"#),
    ("read_keychain", "{}"),
];

#[tokio::test(flavor = "multi_thread")]
async fn commands_that_are_not_the_pages_own_are_refused() {
    let (_service, _desktop, app) = at_a_form().await;
    for (command, arguments) in UNLISTED {
        let outcome = invoke(&app, command, arguments).await;
        assert_eq!(outcome["refused"], true, "{command}: {outcome}");
    }
    // The way of asking is the right one: the page's own commands are answered.
    let outcome = invoke(&app, "check_again", "{}").await;
    assert_eq!(outcome["refused"], false, "{outcome}");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_global_way_to_the_app() {
    let (_service, _desktop, app) = at_a_form().await;
    assert_eq!(
        app.script("return typeof window.__TAURI__").await,
        "undefined"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_stays_with_its_own_page() {
    let (service, desktop, app) = at_a_form().await;
    let own = app.script("return location.origin").await;
    let elsewhere = service.url();
    for script in [
        format!("location.href = '{elsewhere}/sandbox/scenarios'"),
        format!("location.assign('{elsewhere}/')"),
        "location.href = 'file:///etc/hostname'".to_owned(),
        "location.href = 'data:text/html,gone'".to_owned(),
        format!(
            "const a = document.createElement('a'); a.href = '{elsewhere}/'; document.body.append(a); a.click(); a.remove()"
        ),
        format!(
            "const a = document.createElement('a'); a.href = '{elsewhere}/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove()"
        ),
    ] {
        app.script(&script).await;
        assert_eq!(app.script("return location.origin").await, own, "{script}");
        app.wait_fields(&["f_username"]).await;
    }
    let opened = app
        .script(&format!("return window.open('{elsewhere}/') === null"))
        .await;
    assert_eq!(opened, true);
    assert_eq!(app.page().windows().await.expect("windows").len(), 1);
    assert!(desktop.pages_opened().is_empty());
    // What was typed would have been lost with the page; it works on.
    app.sign_in().await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reaches_nobody_and_runs_nothing_that_is_not_its_own() {
    let (service, _desktop, app) = at_a_form().await;
    let elsewhere = service.url();
    app.script(&format!(
        "window.told = {{}};
        document.addEventListener('securitypolicyviolation', (event) => {{ told[event.effectiveDirective] = true }});
        fetch('{elsewhere}/sandbox/scenarios').then(() => {{ told.fetched = true }}, () => {{}});
        const script = document.createElement('script');
        script.textContent = 'window.told.ran = true';
        document.body.append(script);
        const image = new Image();
        image.src = '{elsewhere}/picture';
        document.body.append(image);
        const frame = document.createElement('iframe');
        frame.src = '{elsewhere}/';
        document.body.append(frame);"
    ))
    .await;
    let told = until(
        "the refusals",
        || app.script("return window.told"),
        |told| {
            ["connect-src", "img-src", "frame-src"]
                .iter()
                .all(|kind| told[kind] == true)
        },
    )
    .await;
    assert_eq!(told["ran"], Value::Null, "{told}");
    assert_eq!(told["fetched"], Value::Null, "{told}");
}

async fn at_a_form() -> (Service, Desktop, App) {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    let handoff = service.invite("password.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    (service, desktop, app)
}

/// Calls a command as a script in the page could.
async fn invoke(app: &App, command: &str, arguments: &str) -> Value {
    app.script(&format!(
        "window.outcome = null;
        window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then(
          (value) => {{ window.outcome = {{ refused: false, value: String(value) }} }},
          (error) => {{ window.outcome = {{ refused: true, why: String(error) }} }},
        );"
    ))
    .await;
    until(
        command,
        || app.script("return window.outcome"),
        |outcome| !outcome.is_null(),
    )
    .await
}
