//! The pages that open in the system's browser, and the form as a keyboard and a password manager
//! see it.

use fantoccini::key::Key;
use serde_json::Value;
use usher_tests::{
    app::App,
    desktop::Desktop,
    service::{Handoff, Service},
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn both_pages_open_in_the_browser_and_only_on_a_press() {
    let (service, desktop, handoff) = place("human.example").await;
    desktop.set_up_environment(&service.url());
    let app = open(&desktop, &handoff).await;
    app.wait_stage("needs_a_person").await;
    let connection = service.connection(&handoff.connection_id).await;
    app.wait("[data-action=open_hosted_page]").await;
    assert!(desktop.pages_opened().is_empty());
    app.press("open_live_view").await;
    let live_view = address(&connection, "live_view_url");
    wait_opened(&desktop, &[&live_view]).await;
    app.press("open_hosted_page").await;
    let hosted = address(&connection, "hosted_url");
    wait_opened(&desktop, &[&live_view, &hosted]).await;
    // The page itself never sees an address.
    let page = app
        .script("return document.documentElement.outerHTML")
        .await;
    for secret in [&live_view, &hosted] {
        assert!(!page.to_string().contains(secret.as_str()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_host_is_shown_first_and_opened_only_if_the_person_says_so() {
    let (service, desktop, handoff) = place("human.example").await;
    desktop.set_up_environment_with(&service.url(), "https://pages.example");
    let app = open(&desktop, &handoff).await;
    app.wait_stage("needs_a_person").await;
    app.press("open_live_view").await;
    app.wait_text("[data-part=confirm] [data-part=host]", "127.0.0.1")
        .await;
    app.press("leave_closed").await;
    let confirm = || app.find("[data-part=confirm]");
    until("no question", confirm, Option::is_none).await;
    assert!(desktop.pages_opened().is_empty());
    app.press("open_live_view").await;
    app.press("confirm_open").await;
    let connection = service.connection(&handoff.connection_id).await;
    wait_opened(&desktop, &[&address(&connection, "live_view_url")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_login_goes_by_keyboard_alone() {
    let (service, desktop, handoff) = place("sms.example").await;
    desktop.set_up_environment(&service.url());
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.wait_invited(&handoff).await;
    tab_to(&app, "begin").await;
    press_key(&app, Key::Enter).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    // The first field has the focus by itself.
    until(
        "focus",
        || focused(&app, "field"),
        |field| field == "f_username",
    )
    .await;
    type_keys(&app, "ada@example.com").await;
    press_key(&app, Key::Tab).await;
    assert_eq!(focused(&app, "field").await, "f_password");
    type_keys(&app, "correct horse").await;
    press_key(&app, Key::Enter).await;
    app.wait_fields(&["f_code"]).await;
    until(
        "focus",
        || focused(&app, "field"),
        |field| field == "f_code",
    )
    .await;
    type_keys(&app, "123456").await;
    press_key(&app, Key::Enter).await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_made_by_keyboard() {
    let (service, desktop, handoff) = place("sso.example").await;
    desktop.set_up_environment(&service.url());
    let app = open(&desktop, &handoff).await;
    app.wait("[data-choice=github]").await;
    tab_until(&app, "choice", "github").await;
    press_key(&app, Key::Enter).await;
    app.wait_fields(&["f_username"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_shown_and_hidden_by_keyboard_and_by_mouse() {
    let (service, desktop, handoff) = place("password.example").await;
    desktop.set_up_environment(&service.url());
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_password"]).await;
    app.fill("f_password", "correct horse").await;
    let kind = || attribute(&app, "f_password", "type");
    assert_eq!(kind().await, "password");
    tab_to(&app, "reveal").await;
    press_key(&app, Key::Enter).await;
    until("shown", kind, |kind| kind == "text").await;
    press_key(&app, Key::Enter).await;
    until("hidden", kind, |kind| kind == "password").await;
    app.press("reveal").await;
    until("shown", kind, |kind| kind == "text").await;
    assert_eq!(app.value("f_password").await, "correct horse");
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_tell_keyboards_and_password_managers_what_they_are() {
    let (service, desktop, handoff) = place("sms.example").await;
    desktop.set_up_environment(&service.url());
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    let expected = [
        ("f_username", "type", "text"),
        ("f_username", "inputmode", "email"),
        ("f_password", "type", "password"),
        ("f_password", "autocomplete", "current-password"),
        ("f_password", "spellcheck", "false"),
    ];
    for (field, name, value) in expected {
        assert_eq!(attribute(&app, field, name).await, value, "{field} {name}");
    }
    let username = attribute(&app, "f_username", "autocomplete").await;
    assert!(
        ["username", "email"].contains(&username.as_str()),
        "{username}"
    );
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    assert_eq!(attribute(&app, "f_code", "type").await, "text");
    assert_eq!(attribute(&app, "f_code", "inputmode").await, "numeric");
    assert_eq!(
        attribute(&app, "f_code", "autocomplete").await,
        "one-time-code"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_may_be_typed_as_it_was_sent() {
    let (service, desktop, handoff) = place("sms.example").await;
    desktop.set_up_environment(&service.url());
    let app = open(&desktop, &handoff).await;
    app.sign_in().await;
    app.give_code("12 34-56").await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_form_is_not_sent_and_each_field_says_so() {
    let (service, desktop, handoff) = place("password.example").await;
    desktop.set_up_environment(&service.url());
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.press("submit").await;
    app.wait_text("form [data-part=problem]", "Fill this in")
        .await;
    assert_eq!(attribute(&app, "f_username", "aria-invalid").await, "true");
    assert_eq!(focused(&app, "field").await, "f_username");
    assert_eq!(service.count(&handoff.connection_id, "submit").await, 0);
}

async fn place(domain: &str) -> (Service, Desktop, Handoff) {
    let service = Service::start().await;
    let handoff = service.invite(domain).await;
    (service, Desktop::new(), handoff)
}

async fn open(desktop: &Desktop, handoff: &Handoff) -> App {
    let app = App::start(desktop, &[&handoff.link()]).await;
    app.begin(handoff).await;
    app
}

fn address(connection: &Value, name: &str) -> String {
    connection[name].as_str().expect("an address").to_owned()
}

async fn wait_opened(desktop: &Desktop, pages: &[&str]) {
    until(
        "the browser",
        || async { desktop.pages_opened() },
        |opened| opened == pages,
    )
    .await;
}

async fn attribute(app: &App, field: &str, name: &str) -> String {
    let element = app.wait(&format!("[data-field={field}]")).await;
    let value = element.attr(name).await;
    value.ok().flatten().unwrap_or_default()
}

/// A data attribute of the element that has the focus.
async fn focused(app: &App, name: &str) -> String {
    let script = format!("return document.activeElement?.dataset.{name} ?? ''");
    app.script(&script)
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Presses Tab until the focus is there. Focus goes round, so a window has few places to try.
async fn tab_until(app: &App, name: &str, value: &str) {
    let mut been = Vec::new();
    for _ in 0..40 {
        let place = focused(app, name).await;
        if place == value {
            return;
        }
        been.push(place);
        press_key(app, Key::Tab).await;
    }
    panic!("Tab never reaches {value}: {been:?}");
}

async fn tab_to(app: &App, action: &str) {
    tab_until(app, "action", action).await;
}

async fn press_key(app: &App, key: Key) {
    type_keys(app, &key.to_string()).await;
}

async fn type_keys(app: &App, keys: &str) {
    let element = app.page().active_element().await.expect("a focus");
    element.send_keys(keys).await.expect("it takes keys");
}
