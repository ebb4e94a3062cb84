//! Flows at the console: answered, started, sent to somebody; connections made, changed, deleted.

use sandbox::{API_KEY, LiveFlow, Settings};
use serde_json::json;
use std::time::Duration;
use usher_tests::{
    app::App,
    console::{open, set_up, sign_in},
    desktop::Desktop,
    service::Service,
    waiting::{until, until_at_last},
};

#[tokio::test(flavor = "multi_thread")]
async fn support_answers_for_somebody_on_the_phone() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&handoff.connection_id).await;
    app.sign_in().await;
    app.give_code("000000").await;
    app.wait_text("[data-part=website-error]", "not right")
        .await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    app.wait_row(&handoff.connection_id, "logged_in").await;
    assert_eq!(service.count(&handoff.connection_id, "submit").await, 3);
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_started_and_its_link_sent_to_a_guest_who_completes_it() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let id = service.connect("sms.example", "ada").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&id).await;
    app.press("start_login").await;
    app.press("confirm_start").await;
    app.wait_row(&id, "needs_a_person").await;
    app.press("copy_usher_link").await;
    let link = until(
        "the link",
        || async { desktop.clipboard() },
        |text| text.starts_with("usher://login/"),
    )
    .await;
    assert_eq!(desktop.clipboard_as("x-kde-passwordManagerHint"), "secret");
    // The guest has a computer of their own.
    let elsewhere = Desktop::new();
    elsewhere.set_up_environment(&service.url());
    let guest = App::start(&elsewhere, &[&link]).await;
    guest.wait_screen("invited").await;
    guest.press("begin").await;
    guest.sign_in().await;
    guest.give_code("123456").await;
    guest.wait_stage("logged_in").await;
    // And support has seen it all.
    app.wait_stage("logged_in").await;
    assert!(!desktop.app_log_text().contains(&link));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_link_leaves_the_clipboard_and_what_a_person_copied_stays() {
    let service = Service::start().await;
    let (desktop, other) = (Desktop::new(), Desktop::new());
    let mut apps = Vec::new();
    for desktop in [&other, &desktop] {
        let handoff = service.invite("sms.example").await;
        let app = open(desktop, &service, &[]).await;
        app.open_row(&handoff.connection_id).await;
        app.press("copy_usher_link").await;
        until(
            "the link",
            || async { desktop.clipboard() },
            |text| text.starts_with("usher://login/"),
        )
        .await;
        service.delete(&handoff.connection_id).await;
        apps.push(app);
    }
    let owner = other.copy("a shopping list");
    until_at_last(
        Duration::from_secs(90),
        "an empty clipboard",
        || async { desktop.clipboard() },
        String::is_empty,
    )
    .await;
    // That one was copied earlier, and its minute is over as well.
    assert_eq!(other.clipboard(), "a shopping list");
    drop(owner);
}

#[tokio::test(flavor = "multi_thread")]
async fn over_a_running_login_it_asks_first() {
    let (service, desktop) = (with(LiveFlow::Replace).await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(id).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.press("start_login").await;
    app.press("confirm_start").await;
    app.wait("[data-action=confirm_start_over]").await;
    assert_eq!(service.count(id, "login").await, 1);
    app.press("confirm_start_over").await;
    let logins = || service.count(id, "login");
    until("a second login", logins, |count| *count == 2).await;
    app.wait_gone("dialog[open]").await;
    app.wait_row(id, "needs_a_person").await;
    app.sign_in().await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_refuses_a_second_login_leads_to_the_running_one() {
    let service = with(LiveFlow::Refuse).await;
    let desktop = Desktop::new();
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&handoff.connection_id).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    app.press("start_login").await;
    app.press("confirm_start").await;
    app.press("confirm_start_over").await;
    app.press("watch_running").await;
    app.wait_gone("dialog[open]").await;
    app.wait_fields(&["f_username", "f_password"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_logins_is_explained() {
    let service = Service::with(Settings {
        max_pending: 1,
        ..Settings::default()
    })
    .await;
    let desktop = Desktop::new();
    service.invite("sms.example").await;
    let id = service.connect("two.example", "ada").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&id).await;
    app.press("start_login").await;
    app.press("confirm_start").await;
    app.wait_text("dialog", "Too many logins are open").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hosted_page_comes_back_and_the_flow_is_read_again() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    let other = service.connect("two.example", "ada").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(id).await;
    app.press("copy_hosted_link").await;
    let link = until(
        "the link",
        || async { desktop.clipboard() },
        |text| text.starts_with("http"),
    )
    .await;
    let url = url::Url::parse(&link).expect("an address");
    let back = |name: &str| {
        let pair = url.query_pairs().find(|(key, _)| key == name);
        pair.expect("a way back").1.into_owned()
    };
    assert_eq!(back("success_url"), back("error_url"));
    // Opened from here, it comes back as well.
    app.press("open_hosted_page").await;
    let opened = || async { desktop.pages_opened() };
    until("the page", opened, |pages| {
        pages.iter().any(|page| page.contains("success_url=usher"))
    })
    .await;
    app.open_row(&other).await;
    let before = service.count(id, "get").await;
    // A forged one does nothing, and the real one works once.
    desktop
        .open_link(&format!(
            "usher://return/{id}?state=00000000000000000000000000000000"
        ))
        .await;
    desktop.open_link(&back("success_url")).await;
    app.wait_opened(id).await;
    let reads = || service.count(id, "get");
    until("a read", reads, |count| *count > before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_made_changed_and_deleted() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, &[]).await;
    app.press("new_connection").await;
    app.press("save_connection").await;
    // Nothing was sent: both are missing, and it is said where.
    app.wait("[data-draft=domain][aria-invalid=true]").await;
    app.draft("domain", "not a host").await;
    app.draft("profile", "ada").await;
    app.press("save_connection").await;
    app.wait("[data-draft=domain][aria-invalid=true]").await;
    app.draft("domain", "sms.example").await;
    app.draft("login_url", "https://sms.example/login").await;
    app.press("save_connection").await;
    app.wait("[data-row]").await;
    let id = app.rows().await.pop().expect("a row");
    app.wait_opened(&id).await;
    let made = service.connection(&id).await;
    assert_eq!(made["domain"], "sms.example");
    assert_eq!(made["login_url"], "https://sms.example/login");

    // The same pair again leads to the one that is there.
    app.press("new_connection").await;
    app.draft("domain", "sms.example").await;
    app.draft("profile", "ada").await;
    app.press("save_connection").await;
    app.press("open_existing").await;
    app.wait_opened(&id).await;

    app.press("edit_connection").await;
    app.draft("login_url", "").await;
    app.draft("allowed_domains", "sms.example\nlogin.example")
        .await;
    app.press("save_connection").await;
    let changed = || service.connection(&id);
    until("the change", changed, |made| {
        made["allowed_domains"] == json!(["sms.example", "login.example"])
            && made["login_url"].is_null()
    })
    .await;

    app.press("delete_connection").await;
    app.press("confirm_delete").await;
    app.wait_gone("[data-row]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_deleted_elsewhere_is_said_to_be_gone() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(id).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    service.delete(id).await;
    app.wait_text("[data-part=connection]", "does not exist")
        .await;
    app.wait_gone("[data-row]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_told_newest_first() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    service
        .hook(id, "health-check", json!({ "found": "NEEDS_AUTH" }))
        .await;
    service.hook(id, "cancel", json!({})).await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(id).await;
    let told = || async {
        let script = "return document.querySelectorAll('[data-happening]').length";
        app.script(script).await.as_u64().unwrap_or_default()
    };
    until("both", told, |count| *count == 2).await;
    app.wait("[data-history-kind=health_check]")
        .await
        .click()
        .await
        .expect("a press");
    until("the check", told, |count| *count == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_only_look_is_told_so_and_goes_on_looking() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let id = service.connect("sms.example", "ada").await;
    set_up(&desktop, &service);
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, API_KEY).await;
    app.open_row(&id).await;
    service.sandbox("key", json!({ "allowed": false })).await;
    app.press("start_login").await;
    app.press("confirm_start").await;
    app.wait_text("dialog", "may not do that").await;
    app.press("leave_unstarted").await;
    app.wait_row(&id, "needs_login").await;
}

/// A service that does this with a login over a running one.
async fn with(live_flow: LiveFlow) -> Service {
    Service::with(Settings {
        pace: Duration::from_millis(100),
        live_flow,
        ..Settings::default()
    })
    .await
}
