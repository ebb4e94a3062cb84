//! Every fault of the network and of the service, on the built app: a form that is half filled
//! stays, the window says what is wrong while it lasts, and the login goes on after it.

use std::time::Duration;

use fault_proxy::{Bend, Fault, Moment, Target};
use serde_json::{Value, json};
use usher_tests::{
    app::App,
    half_typed::HalfTyped,
    hurt::{How, Hurt, Row, Told, every_call},
    service::Handoff,
};

const ENDED: Told = Told::Lost("connection to the service ended");
const SILENT: Told = Told::Lost("has gone quiet");
const SLOW: Told = Told::Lost("slow to answer");
const TROUBLE: Told = Told::Lost("service has a problem");
/// The stream is cut, and comes back in a way that is awkward and does no harm.
const AWKWARD: Told = Told::LostAndFound("connection to the service ended");

#[tokio::test(flavor = "multi_thread")]
async fn a_half_filled_form_outlives_whatever_the_network_does() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "password.example").await;
    let form = [
        ("f_username", "ada@example.com"),
        ("f_password", "correct horse"),
    ];
    let typed = HalfTyped::begin(&app, &form).await;
    for row in the_network() {
        hurt.go_through(&app, &handoff, &typed, &row).await;
    }
    finish(&hurt, &app, &handoff, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_filled_form_outlives_whatever_the_service_answers() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "password.example").await;
    let form = [
        ("f_username", "ada@example.com"),
        ("f_password", "correct horse"),
    ];
    let typed = HalfTyped::begin(&app, &form).await;
    for row in what_answers() {
        hurt.go_through(&app, &handoff, &typed, &row).await;
    }
    finish(&hurt, &app, &handoff, 1).await;
}

/// At a second question, so that the first one is an old one.
#[tokio::test(flavor = "multi_thread")]
async fn a_half_typed_code_outlives_whatever_a_stream_says() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "sms.example").await;
    app.sign_in().await;
    let typed = HalfTyped::begin(&app, &[("f_code", "123")]).await;
    for row in what_streams_say() {
        hurt.go_through(&app, &handoff, &typed, &row).await;
    }
    app.fill("f_code", "123456").await;
    finish(&hurt, &app, &handoff, 2).await;
}

/// These are noticed only after as long as a slow service is given.
#[tokio::test(flavor = "multi_thread")]
async fn a_half_filled_form_outlives_a_service_that_is_too_slow() {
    let hurt = Hurt::place().await;
    let (app, handoff) = open(&hurt, "password.example").await;
    let form = [
        ("f_username", "ada@example.com"),
        ("f_password", "correct horse"),
    ];
    let typed = HalfTyped::begin(&app, &form).await;
    for row in what_is_slow() {
        hurt.go_through(&app, &handoff, &typed, &row).await;
    }
    finish(&hurt, &app, &handoff, 1).await;
}

/// The way there.
#[rustfmt::skip]
fn the_network() -> Vec<Row> { vec![
    proxy("latency", Target::All, Fault::Latency(Duration::from_millis(300)), true, AWKWARD),
    proxy("drip", Target::All, Fault::Drip { bytes: 24, pause: Duration::from_millis(1) }, true, AWKWARD),
    proxy("reset", Target::All, Fault::Reset(Moment::Request), false, ENDED),
    proxy("reset of events", Target::Events, Fault::Reset(Moment::Request), false, ENDED),
    proxy("reset of reads", Target::Reads, Fault::Reset(Moment::Request), true, ENDED),
    proxy("half-close", Target::All, Fault::HalfClose { after: 60 }, false, ENDED),
    proxy("half-close of events", Target::Events, Fault::HalfClose { after: 400 }, false, ENDED),
    proxy("half-open", Target::All, Fault::HalfOpen(Moment::Request), false, SILENT),
    proxy("half-open reads", Target::Reads, Fault::HalfOpen(Moment::Request), true, ENDED),
    proxy("truncation", Target::All, Fault::Truncate { after: 60 }, true, ENDED),
    proxy("truncation of events", Target::Events, Fault::Truncate { after: 400 }, true, ENDED),
    proxy("truncation of reads", Target::Reads, Fault::Truncate { after: 400 }, true, ENDED),
    proxy("blackhole", Target::All, Fault::Blackhole, false, SILENT),
    proxy("refused connect", Target::All, Fault::Refuse, false, Told::Lost("does not take connections")),
] }

/// What answers.
#[rustfmt::skip]
fn what_answers() -> Vec<Row> { vec![
    row("429", every_call(429, Some(1)), true, Told::Lost("asks for a pause")),
    row("500", every_call(500, None), true, TROUBLE),
    service("502 with a page", json!({ "html": true }), true, TROUBLE),
    row("503", every_call(503, Some(1)), true, TROUBLE),
    service("204 for events", json!({ "events": { "status": 204 } }), true, ENDED),
    service("404 for events", json!({ "events": { "status": 404 } }), true, ENDED),
    service("end without a terminal state", json!({ "events": "drop" }), false, ENDED),
    service("garbage", json!({ "events": "garbage" }), false, ENDED),
    service("error event", json!({ "events": "error" }), false, TROUBLE),
    service("error event and the end", json!({ "events": "error-end" }), false, TROUBLE),
] }

/// What event streams say.
#[rustfmt::skip]
fn what_streams_say() -> Vec<Row> { vec![
    stream("broken JSON", Bend::BrokenJson, false, Told::NothingButReads),
    stream("an event over the limit", Bend::Oversized(2 << 20), false, Told::NothingButReads),
    stream("an old event after a newer one", Bend::Old, false, Told::NothingButReads),
    stream("every event twice", Bend::Twice, false, Told::Nothing),
    stream("unknown events and comments", Bend::Unknown, false, Told::Nothing),
    stream("byte order mark", Bend::ByteOrderMark, true, AWKWARD),
    stream("lines that end in CR", Bend::Cr, true, AWKWARD),
    stream("lines that end in CR LF", Bend::CrLf, true, AWKWARD),
] }

/// What comes, but not in time.
#[rustfmt::skip]
fn what_is_slow() -> Vec<Row> { vec![
    proxy("blackhole of events", Target::Events, Fault::Blackhole, true, SLOW),
    proxy("slow headers of events", Target::Events, Fault::SlowHeaders { pause: Duration::from_millis(400) }, true, SLOW),
] }

fn row(name: &'static str, how: How, cut: bool, told: Told) -> Row {
    Row {
        name,
        how,
        cut,
        told,
    }
}

fn proxy(name: &'static str, target: Target, fault: Fault, cut: bool, told: Told) -> Row {
    row(name, How::Proxy(target, fault), cut, told)
}

fn stream(name: &'static str, bend: Bend, cut: bool, told: Told) -> Row {
    proxy(name, Target::Events, Fault::Stream(bend), cut, told)
}

fn service(name: &'static str, faults: Value, cut: bool, told: Told) -> Row {
    row(name, How::Service(faults), cut, told)
}

async fn open(hurt: &Hurt, domain: &str) -> (App, Handoff) {
    let handoff = hurt.service.invite(domain).await;
    let app = App::start(&hurt.desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    (app, handoff)
}

/// Sends what is on the screen, which ends the login.
async fn finish(hurt: &Hurt, app: &App, handoff: &Handoff, answers: u64) {
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    let id = &handoff.connection_id;
    assert_eq!(hurt.service.count(id, "submit").await, answers);
    assert_eq!(hurt.service.count(id, "exchange").await, 1);
}
