//! Links: how they arrive, what each is worth, and what is said about one that is worth nothing.

use usher_tests::{
    app::App,
    desktop::Desktop,
    service::{Handoff, Service},
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_link_a_guest_finds_where_to_paste_it() {
    let (service, desktop) = place().await;
    let handoff = service.invite("password.example").await;
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    app.press("show_paste").await;
    app.fill("link", &format!("  {} ", handoff.link())).await;
    app.press("paste_link").await;
    let app = app.in_the_other_window().await;
    app.begin(&handoff).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_paste_is_not_a_link() {
    let (_service, desktop) = place().await;
    let app = App::start_for_guest(&desktop).await;
    app.press("paste_link").await;
    app.wait_text("form", "Paste the link first").await;
    assert_eq!(app.seen().await.screen, "bad_link");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_link_again_and_again_is_one_exchange() {
    let (service, desktop) = place().await;
    let handoff = service.invite("password.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.wait_invited(&handoff).await;
    // Before it is begun.
    desktop.open_link(&handoff.link()).await;
    assert_eq!(exchanges(&service, &handoff).await, 0);
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.fill("f_username", "ada").await;
    // While the login runs: what is typed stays.
    desktop.open_link(&handoff.link()).await;
    app.fill("f_password", "correct horse").await;
    assert_eq!(app.value("f_username").await, "ada");
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    // After its end.
    desktop.open_link(&handoff.link()).await;
    // A link that means something comes after it, so the one before has been looked at.
    assert_eq!(app.seen().await.stage, "logged_in");
    let next = service.invite("shop.password.example").await;
    desktop.open_link(&next.link()).await;
    app.wait_invited(&next).await;
    assert_eq!(exchanges(&service, &handoff).await, 1);
    assert_eq!(exchanges(&service, &next).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_in_upper_case_and_with_a_slash_is_still_one() {
    let (service, desktop) = place().await;
    let handoff = service.invite("password.example").await;
    let link = handoff
        .link()
        .replace("usher://login", "USHER://LOGIN")
        .replace("?code", "/?code");
    let app = App::start(&desktop, &[&link]).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username"]).await;
    assert_eq!(exchanges(&service, &handoff).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_link_is_said_and_nothing_is_sent() {
    let (service, desktop) = place().await;
    let Handoff {
        connection_id: id,
        code,
    } = service.invite("password.example").await;
    let bad = [
        (
            format!("usher://login/{id}?env=sandbox"),
            "no one-time code",
        ),
        (
            format!("usher://login/{id}?code=&env=sandbox"),
            "one-time code is damaged",
        ),
        (
            format!("usher://login/{id}?code={code}&code={code}&env=sandbox"),
            "there twice",
        ),
        (
            format!("usher://login/{id}?code={code}&env=sandbox&host=evil.example"),
            "a part that this Usher doesn’t know",
        ),
        (
            format!("usher://login/{id}?code={code}&env=elsewhere"),
            "isn’t set up on this computer",
        ),
        (
            format!("usher://login/..%2F{id}?code={code}&env=sandbox"),
            "which login it is for is damaged",
        ),
        (
            format!("usher://login/?code={code}&env=sandbox"),
            "which login it is for is damaged",
        ),
        (
            format!("usher://login/{id}?code={code}&env=sandbox#x"),
            "don’t belong there",
        ),
        (
            format!("usher://login/{id}?code={}&env=sandbox", "c".repeat(3000)),
            "longer than any link",
        ),
        (
            format!("usher://logout/{id}?code={code}"),
            "asks for something this Usher doesn’t know",
        ),
    ];
    let app = App::start_for_guest(&desktop).await;
    for (link, words) in bad {
        desktop.open_link(&link).await;
        let said = app.wait_text("[data-part=error-advice]", words).await;
        assert!(said.contains("Nothing was sent"), "{said}");
        assert_eq!(app.seen().await.screen, "bad_link");
    }
    app.fill("link", "https://kernel.example/login").await;
    app.press("paste_link").await;
    app.wait_text("[data-part=error-advice]", "isn’t a link for Usher")
        .await;
    assert_eq!(service.count(&id, "exchange").await, 0);
    // And from there the whole link works.
    let handoff = Handoff {
        connection_id: id,
        code,
    };
    app.fill("link", &handoff.link()).await;
    app.press("paste_link").await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_link_can_start_the_app() {
    let (_service, desktop) = place().await;
    let app = App::start(&desktop, &["usher://login/ma_1"]).await;
    app.wait_screen("bad_link").await;
    app.wait_text("[data-part=error-advice]", "no one-time code")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_somebody_else_has_used_is_told_so() {
    let (service, desktop) = place().await;
    let handoff = service.invite("password.example").await;
    service.exchange(&handoff).await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_screen("not_opened").await;
    app.wait_text("[data-part=error-title]", "used or has expired")
        .await;
    app.wait_text(
        "[data-part=error-advice]",
        "Ask whoever sent it for a new one",
    )
    .await;
    assert!(
        app.find("[data-action=begin]").await.is_none(),
        "nothing to try again"
    );
    app.wait("[data-action=copy_request]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_code_opens_nothing() {
    let (service, desktop) = place().await;
    let mut handoff = service.invite("password.example").await;
    handoff.code = "made-up".into();
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_screen("not_opened").await;
    assert_eq!(exchanges(&service, &handoff).await, 1, "asked once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_over_an_open_login_says_what_would_leave_and_leaves_it_running() {
    let (service, desktop) = place().await;
    let first = service.invite("password.example").await;
    let app = App::start(&desktop, &[&first.link()]).await;
    app.begin(&first).await;
    app.wait_fields(&["f_username"]).await;
    let second = service.invite("totp.example").await;
    desktop.open_link(&second.link()).await;
    app.wait_invited(&second).await;
    app.wait_text("[data-part=notice]", "password.example")
        .await;
    // The first link again brings its login back, without another exchange.
    desktop.open_link(&first.link()).await;
    app.wait_stage("asking").await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    assert_eq!(exchanges(&service, &first).await, 1);
    assert_eq!(exchanges(&service, &second).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_another_login_takes_over_when_the_person_goes_on() {
    let (service, desktop) = place().await;
    let first = service.invite("password.example").await;
    let app = App::start(&desktop, &[&first.link()]).await;
    app.begin(&first).await;
    app.wait_fields(&["f_username"]).await;
    let second = service.invite("shop.password.example").await;
    desktop.open_link(&second.link()).await;
    app.begin(&second).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    let status = |connection: &serde_json::Value| connection["status"] == "AUTHENTICATED";
    until(
        "the second login",
        || service.connection(&second.connection_id),
        status,
    )
    .await;
    assert_eq!(service.count(&first.connection_id, "submit").await, 0);
}

async fn place() -> (Service, Desktop) {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    (service, desktop)
}

async fn exchanges(service: &Service, handoff: &Handoff) -> u64 {
    service.count(&handoff.connection_id, "exchange").await
}
