//! Closing the app, or having it killed, loses nothing: the next start goes on at the same step
//! with the same access.

use serde_json::json;
use usher_tests::{
    app::App,
    desktop::{Desktop, Keyring},
    service::{Handoff, Service},
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_the_form_it_asks_the_same_again() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("password.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_the_code_it_asks_for_the_code() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &handoff).await;
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
    assert_eq!(service.count(&handoff.connection_id, "submit").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_waiting_for_a_phone_it_waits_on() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("push-patient.example").await;
    let app = open(&desktop, &handoff).await;
    app.sign_in().await;
    app.wait_stage("waiting_elsewhere").await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.wait_stage("waiting_elsewhere").await;
    app.wait_text("[data-part=message]", "Tap 'Yes'").await;
    service
        .hook(&handoff.connection_id, "approve", json!({}))
        .await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_a_choice_it_offers_the_same_choices() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("two-phones.example").await;
    let app = open(&desktop, &handoff).await;
    app.sign_in().await;
    app.wait("[data-choice=sms-17]").await;
    let before = app.seen().await.choices;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.wait("[data-choice=sms-17]").await;
    assert_eq!(app.seen().await.choices, before);
    app.choose("sms-17").await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_and_opened_again_it_goes_on_and_nothing_is_left_after_the_end() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &handoff).await;
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    wait_kept(&desktop, &handoff).await;
    app.close(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
    wait_forgotten(&desktop).await;
    app.close(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_close_button_closes_the_app_and_leaves_nothing_behind() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("password.example").await;
    let app = open(&desktop, &handoff).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    wait_forgotten(&desktop).await;
    app.press_close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_link_after_a_kill_continues_without_another_exchange() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("password.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username"]).await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_while_the_app_was_closed_is_told_and_forgotten() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("password.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username"]).await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    service
        .hook(&handoff.connection_id, "cancel", json!({}))
        .await;
    let app = App::start(&desktop, &[]).await;
    app.wait_stage("canceled").await;
    wait_forgotten(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_behind_another_link_is_forgotten_too() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("password.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username"]).await;
    wait_kept(&desktop, &handoff).await;
    let other = service.invite("totp.example").await;
    desktop.open_link(&other.link()).await;
    app.wait_invited(&other).await;
    service
        .hook(&handoff.connection_id, "cancel", json!({}))
        .await;
    wait_forgotten(&desktop).await;
    app.wait_invited(&other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_was_not_begun_is_not_kept() {
    let (service, desktop) = place(Keyring::Unlocked).await;
    let handoff = service.invite("password.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.wait_invited(&handoff).await;
    app.kill(&desktop).await;
    let app = App::start_for_guest(&desktop).await;
    // The code is as good as before.
    desktop.open_link(&handoff.link()).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username"]).await;
    one_exchange(&service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_it_says_so_and_works_until_it_is_closed() {
    let (service, desktop) = place(Keyring::None).await;
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_text("[data-part=keychain]", "no keychain").await;
    app.sign_in().await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    one_exchange(&service, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_nothing_is_there_after_a_kill() {
    let (service, desktop) = place(Keyring::None).await;
    let handoff = service.invite("password.example").await;
    let app = open(&desktop, &handoff).await;
    app.wait_fields(&["f_username"]).await;
    app.wait("[data-part=keychain]").await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
}

async fn place(keyring: Keyring) -> (Service, Desktop) {
    let service = Service::start().await;
    let desktop = Desktop::with(keyring);
    desktop.set_up_environment(&service.url());
    (service, desktop)
}

async fn open(desktop: &Desktop, handoff: &Handoff) -> App {
    let app = App::start(desktop, &[&handoff.link()]).await;
    app.begin(handoff).await;
    app
}

/// Waits until another program can see that the keychain holds the access.
async fn wait_kept(desktop: &Desktop, handoff: &Handoff) {
    let is_there = |entries: &String| entries.contains(&handoff.connection_id);
    until(
        "the access in the keychain",
        || async { desktop.keyring_entries() },
        is_there,
    )
    .await;
}

async fn wait_forgotten(desktop: &Desktop) {
    let is_empty = |entries: &String| !entries.contains("secret");
    until(
        "an empty keychain",
        || async { desktop.keyring_entries() },
        is_empty,
    )
    .await;
}

async fn one_exchange(service: &Service, handoff: &Handoff) {
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 1);
}
