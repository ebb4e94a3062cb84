//! Getting into the console: environments, keys and keychains.

use sandbox::API_KEY;
use serde_json::json;
use usher_tests::{
    app::App,
    console::{open, set_up, sign_in},
    desktop::{Desktop, Keyring},
    service::Service,
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_works_is_kept_in_the_keychain_and_never_shown_again() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    service.connect("sms.example", "ada").await;
    let app = open(&desktop, &service, &[]).await;
    let entries = || async { desktop.keyring_entries() };
    until("the entry", entries, |entries| {
        entries.contains("sandbox/key") && entries.contains(API_KEY)
    })
    .await;
    let page = app
        .script("return document.documentElement.outerHTML")
        .await;
    assert!(!page.to_string().contains(API_KEY));
    app.close(&desktop).await;

    let again = App::start(&desktop, &[]).await;
    again.wait_screen("desk").await;
    again.wait("[data-row]").await;
    assert!(!desktop.app_log_text().contains(API_KEY));
    again.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_said_to_be_wrong_and_another_can_be_tried() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    set_up(&desktop, &service);
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, "sk_wrong").await;
    app.wait_text("[data-screen=welcome]", "was not accepted")
        .await;
    assert!(!desktop.keyring_entries().contains("sk_wrong"));
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_without_the_question_is_asked_for_a_list_instead() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    service.sandbox("context", json!({ "there": false })).await;
    let app = open(&desktop, &service, &[]).await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_the_key_takes_it_out_of_the_keychain_and_stops_everything() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &service, &[]).await;
    app.wait_row(&handoff.connection_id, "needs_a_person").await;
    app.open_key_menu().await;
    app.press("forget_key").await;
    app.press("confirm_forget_key").await;
    app.wait_screen("welcome").await;
    let entries = || async { desktop.keyring_entries() };
    until("no entry", entries, |entries| {
        !entries.contains("sandbox/key")
    })
    .await;
    let id = &handoff.connection_id;
    let open_streams = || service.open_streams(id);
    until("no stream", open_streams, |open| *open == 0).await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_the_key_is_held_in_memory_and_the_console_says_so() {
    let service = Service::start().await;
    let desktop = Desktop::with(Keyring::None);
    set_up(&desktop, &service);
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    app.wait_text("[data-screen=welcome]", "keychain").await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app.open_key_menu().await;
    app.wait("[data-key=memory_only]").await;
    app.close(&desktop).await;
    let again = App::start(&desktop, &[]).await;
    again.wait_screen("welcome").await;
    again.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_comes_later_takes_the_key_without_a_restart() {
    let service = Service::start().await;
    let mut desktop = Desktop::with(Keyring::None);
    set_up(&desktop, &service);
    let app = App::start(&desktop, &[]).await;
    app.wait("[data-key=keychain_trouble]").await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app.open_key_menu().await;
    app.wait("[data-key=memory_only]").await;
    desktop.unlock_keyring();
    app.press("ask_keychain").await;
    app.wait("[data-key=kept]").await;
    assert!(desktop.keyring_entries().contains("sandbox/key"));
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_revoked_while_flows_run_stops_them_all_with_one_message() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let made = service
        .sandbox("populate", json!({ "connections": 30, "live": 12 }))
        .await;
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("in_progress", 12).await;
    service.sandbox("key", json!({ "accepted": false })).await;
    app.wait_screen("welcome").await;
    app.wait_text("[data-screen=welcome]", "was not accepted")
        .await;
    for id in usher_tests::console::ids(&made, "live") {
        let open_streams = || service.open_streams(&id);
        until("no stream", open_streams, |open| *open == 0).await;
    }
    service.sandbox("key", json!({ "accepted": true })).await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app.wait_count("in_progress", 12).await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_in_the_environments_is_shown_with_its_line_and_mended_without_a_restart() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    desktop.write_environments("[[environment]]\nname = \"sandbox\"\nadress = \"x\"\n");
    desktop.choose_environment("sandbox");
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("misconfigured").await;
    let text = app.text("[data-screen=misconfigured]").await;
    for part in ["3", "adress = \"x\"", "environments.toml"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    desktop.set_up_environment(&service.url());
    app.press("read_environments").await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_link_waits_behind_a_mistake_in_the_environments() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let handoff = service.invite("sms.example").await;
    desktop.write_environments("environment = 7\n");
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.wait_screen("misconfigured").await;
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 0);
    desktop.set_up_environment(&service.url());
    app.press("read_environments").await;
    let windows = || async { desktop.windows() };
    until("the login's window", windows, |windows| {
        windows.contains("440x680")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_can_be_tried_from_the_first_screen() {
    let desktop = Desktop::new();
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    app.press("try_sandbox").await;
    app.wait_screen("desk").await;
    app.wait("[data-row][data-state=needs_a_person]").await;
    // Its key is no secret, and is not put beside the real ones.
    assert!(!desktop.keyring_entries().contains("sandbox/key"));
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_never_answers_leaves_a_way_on() {
    let desktop = Desktop::new();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a listener");
    let address = silent.local_addr().expect("an address");
    desktop.set_up_environment(&format!("http://{address}"));
    desktop.choose_environment("sandbox");
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, API_KEY).await;
    app.wait("[data-key=checking]").await;
    // The first screen stays alive meanwhile: another environment can be chosen.
    app.wait("[data-action=try_sandbox]").await;
    app.press("try_sandbox").await;
    app.wait_screen("desk").await;
    app.close(&desktop).await;
}
