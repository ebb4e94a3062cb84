//! A service in trouble: what is said, what is kept, and how it goes on.

use serde_json::{Value, json};
use usher_tests::{
    app::App,
    desktop::Desktop,
    gateway::Gateway,
    seen::Seen,
    service::{Handoff, Service},
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_told_and_tried_again() {
    let service = Service::start().await;
    let mut gateway = Gateway::to(&service.url());
    let desktop = Desktop::new();
    desktop.set_up_environment(&gateway.url());
    let handoff = service.invite("password.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_screen("not_opened").await;
    app.wait_text("[data-part=error-title]", "does not take connections")
        .await;
    app.wait_text("[data-part=error-advice]", "link is still good")
        .await;
    gateway.open().await;
    app.press("begin").await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    assert_eq!(count(&service, &handoff, "exchange").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_page_in_place_of_the_service_is_told_and_the_link_still_works() {
    for fault in [json!({ "html": true }), json!({ "html": 200 })] {
        let (service, desktop) = place().await;
        let handoff = service.invite("password.example").await;
        faults(&service, &handoff, fault).await;
        let app = App::start(&desktop, &[&handoff.link()]).await;
        app.begin(&handoff).await;
        app.wait_screen("not_opened").await;
        app.wait("[data-part=error-advice]").await;
        let text = app.seen().await.text;
        assert!(!text.contains("<h1>"), "{text}");
        faults(&service, &handoff, json!({})).await;
        app.press("begin").await;
        app.sign_in().await;
        app.wait_stage("logged_in").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn web_pages_in_the_middle_of_a_login_keep_the_form() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    faults(&service, &handoff, json!({ "html": true })).await;
    hook(&service, &handoff, "close-streams").await;
    app.wait("[data-part=reconnecting]").await;
    assert_typed_is_there(&app).await;
    faults(&service, &handoff, json!({})).await;
    finish(&service, &app, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_turns_to_garbage_keeps_what_was_typed() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    let before = count(&service, &handoff, "events").await;
    faults(&service, &handoff, json!({ "events": "garbage" })).await;
    let events = || count(&service, &handoff, "events");
    until("another stream", events, |count| *count > before).await;
    assert_typed_is_there(&app).await;
    finish(&service, &app, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_shown_and_comes_back_with_the_form() {
    let service = Service::start().await;
    let mut gateway = Gateway::to(&service.url());
    gateway.open().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&gateway.url());
    let (app, handoff) = at_the_form(&service, &desktop).await;
    gateway.close().await;
    let line = app.wait("[data-part=reconnecting]").await;
    assert!(
        line.text()
            .await
            .is_ok_and(|text| text.contains("keeps trying"))
    );
    assert_typed_is_there(&app).await;
    gateway.open().await;
    until(
        "the line is gone",
        || app.find("[data-part=reconnecting]"),
        Option::is_none,
    )
    .await;
    finish(&service, &app, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_fails_is_not_sent_again_by_itself() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    faults(
        &service,
        &handoff,
        json!({ "submit": { "status": 503, "times": 1 } }),
    )
    .await;
    app.press("submit").await;
    app.wait("[data-part=notice]").await;
    app.wait_fields(&["f_username", "f_password"]).await;
    assert_typed_is_there(&app).await;
    assert_eq!(count(&service, &handoff, "submit").await, 1);
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    assert_eq!(count(&service, &handoff, "submit").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_asks_for_a_pause_is_given_one() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    faults(
        &service,
        &handoff,
        json!({ "submit": { "status": 429, "times": 1, "retry_after": 3 } }),
    )
    .await;
    app.press("submit").await;
    app.wait_text("[data-part=notice]", "asks for a pause")
        .await;
    assert_typed_is_there(&app).await;
    until(
        "the end of the pause",
        || app.find("[data-part=notice]"),
        Option::is_none,
    )
    .await;
    assert_eq!(count(&service, &handoff, "submit").await, 1);
    app.press("submit").await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_twice_sends_once() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    app.script(
        "const button = document.querySelector('[data-action=submit]'); button.click(); button.click();",
    )
    .await;
    app.wait_stage("logged_in").await;
    assert_eq!(count(&service, &handoff, "submit").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_has_moved_on_takes_no_old_answer() {
    let (service, desktop) = place().await;
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", "not this one").await;
    let connection = service.connection(&handoff.connection_id).await;
    // The app hears nothing of what is done elsewhere.
    faults(
        &service,
        &handoff,
        json!({ "get": { "status": 503 }, "events": { "status": 503 } }),
    )
    .await;
    hook(&service, &handoff, "close-streams").await;
    app.wait("[data-part=reconnecting]").await;
    service.submit(&handoff, answer_to(&connection)).await;
    app.press("submit").await;
    let submits = || count(&service, &handoff, "submit");
    until("the old answer", submits, |count| *count == 2).await;
    faults(&service, &handoff, json!({})).await;
    // It was refused there, and never sent to the new question.
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    assert_eq!(count(&service, &handoff, "submit").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_deleted_is_told() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    service.delete(&handoff.connection_id).await;
    // Deleting it cancels what runs, and whoever comes too late for that finds nothing.
    let seen = until("the end", || app.seen(), Seen::is_over).await;
    assert!(
        ["canceled", "gone", "access_ended"].contains(&seen.stage.as_str()),
        "{seen:?}"
    );
    app.wait("[data-part=error-advice]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn access_that_ends_in_the_middle_is_told() {
    let (service, desktop) = place().await;
    let (app, handoff) = at_the_form(&service, &desktop).await;
    hook(&service, &handoff, "expire-tokens").await;
    app.press("submit").await;
    app.wait_stage("access_ended").await;
    app.wait("[data-part=error-advice]").await;
    app.wait("[data-action=copy_request]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_ended_elsewhere_ends_here() {
    for (end, stage) in [("cancel", "canceled"), ("expire", "expired")] {
        let (service, desktop) = place().await;
        let (app, handoff) = at_the_form(&service, &desktop).await;
        hook(&service, &handoff, end).await;
        app.wait_stage(stage).await;
        app.wait("[data-part=error-title]").await;
        app.wait("[data-action=copy_request]").await;
    }
}

async fn place() -> (Service, Desktop) {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    (service, desktop)
}

async fn open(desktop: &Desktop, handoff: &Handoff) -> App {
    let app = App::start(desktop, &[&handoff.link()]).await;
    app.begin(handoff).await;
    app
}

/// An app with a form that is filled, and not sent.
async fn at_the_form(service: &Service, desktop: &Desktop) -> (App, Handoff) {
    let handoff = service.invite("password.example").await;
    let app = open(desktop, &handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", "correct horse").await;
    (app, handoff)
}

async fn assert_typed_is_there(app: &App) {
    assert_eq!(app.value("f_username").await, "ada@example.com");
    assert_eq!(app.value("f_password").await, "correct horse");
}

/// Sends the form as it stands.
async fn finish(service: &Service, app: &App, handoff: &Handoff) {
    assert_typed_is_there(app).await;
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    assert_eq!(count(service, handoff, "submit").await, 1);
    assert_eq!(count(service, handoff, "exchange").await, 1);
}

fn answer_to(connection: &Value) -> Value {
    json!({
        "interaction_id": connection["interaction_id"],
        "field_values": { "f_username": "ada@example.com", "f_password": "correct horse" },
    })
}

async fn faults(service: &Service, handoff: &Handoff, faults: Value) {
    service.hook(&handoff.connection_id, "faults", faults).await;
}

async fn hook(service: &Service, handoff: &Handoff, hook: &str) {
    service.hook(&handoff.connection_id, hook, json!({})).await;
}

async fn count(service: &Service, handoff: &Handoff, call: &str) -> u64 {
    service.count(&handoff.connection_id, call).await
}
