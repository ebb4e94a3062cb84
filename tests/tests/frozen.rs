//! Usher stands still for a while, as when the lid of a computer is closed, and the world goes on
//! without it.
//!
//! As long as it takes the service to say that it is there ten times by default, a second each;
//! `USHER_FREEZE` sets another number.

use std::time::Duration;

use fault_proxy::{Fault, Target};
use serde_json::json;
use usher_tests::{
    app::App,
    half_typed::HalfTyped,
    hurt::{How, Hurt},
    service::Handoff,
    waiting::{until, until_at_last},
};

const FORM: [(&str, &str); 2] = [
    ("f_username", "ada@example.com"),
    ("f_password", "correct horse"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_half_filled_form_is_there_after_a_sleep_and_goes_its_way() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "password.example").await;
    let typed = HalfTyped::begin(&app, &FORM).await;
    sleep(&hurt, async {}).await;
    wait_live(&hurt, &app).await;
    typed.assert_kept(&app, "a sleep").await;
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    assert_calls(&hurt, &handoff, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sleep_in_which_the_connection_is_lost_costs_nothing() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "password.example").await;
    let typed = HalfTyped::begin(&app, &FORM).await;
    // Nobody tells a sleeping computer that its connections are gone.
    sleep(&hurt, async { hurt.proxy.cut() }).await;
    wait_live(&hurt, &app).await;
    typed
        .assert_kept(&app, "a sleep without a connection")
        .await;
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    assert_calls(&hurt, &handoff, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_a_sleep_overtakes_is_sent_once() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "sms.example").await;
    HalfTyped::begin(&app, &FORM).await;
    let slow = How::Proxy(Target::Submit, Fault::Blackhole);
    hurt.strike(&handoff, &slow).await;
    app.press("submit").await;
    let sent = || async { hurt.answers_sent() };
    until("the answer on its way", sent, |sent| *sent == 1).await;
    sleep(&hurt, hurt.calm(&handoff)).await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    assert_eq!(hurt.answers_sent(), 2);
    assert_calls(&hurt, &handoff, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_in_a_sleep_is_told_after_it() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "push-patient.example").await;
    app.sign_in().await;
    app.wait_stage("waiting_elsewhere").await;
    let id = &handoff.connection_id;
    sleep(&hurt, hurt.service.hook(id, "approve", json!({}))).await;
    app.wait_stage("logged_in").await;
    assert_calls(&hurt, &handoff, 1).await;

    let canceled = hurt.service.invite("password.example").await;
    hurt.desktop.open_link(&canceled.link()).await;
    app.begin(&canceled).await;
    HalfTyped::begin(&app, &FORM).await;
    let id = &canceled.connection_id;
    sleep(&hurt, hurt.service.hook(id, "cancel", json!({}))).await;
    app.wait_stage("canceled").await;
    assert_calls(&hurt, &canceled, 0).await;
    // The first one was over before, and stays so.
    let streams = || hurt.service.open_streams(&handoff.connection_id);
    until("no stream", streams, |open| *open == 0).await;
}

async fn open(hurt: &Hurt, domain: &str) -> (App, Handoff) {
    let handoff = hurt.service.invite(domain).await;
    let app = App::start(&hurt.desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    (app, handoff)
}

/// Stops the app, lets something happen, and wakes it after a while.
async fn sleep(hurt: &Hurt, meanwhile: impl Future<Output = ()>) {
    let asked = std::env::var("USHER_FREEZE").ok();
    let beats: usize = asked.and_then(|number| number.parse().ok()).unwrap_or(10);
    // Somebody else follows the same service, so that it is heard while the app stands still.
    let witness = hurt.service.invite_to("password").await;
    App::freeze(&hurt.desktop);
    meanwhile.await;
    hurt.service.hear_beats(&witness.connection_id, beats).await;
    App::thaw(&hurt.desktop);
}

/// Waits until the service has been heard since now, and nothing is said to be lost.
async fn wait_live(hurt: &Hurt, app: &App) {
    let from = hurt.beats();
    let long = Duration::from_secs(60);
    let heard = || async { hurt.beats() };
    until_at_last(long, "the service", heard, |beats| *beats > from + 1).await;
    let line = || app.find("[data-part=reconnecting]");
    until("the connection is back", line, Option::is_none).await;
}

async fn assert_calls(hurt: &Hurt, handoff: &Handoff, answers: u64) {
    let id = &handoff.connection_id;
    assert_eq!(hurt.service.count(id, "exchange").await, 1);
    assert_eq!(hurt.service.count(id, "submit").await, answers);
}
