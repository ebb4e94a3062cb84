//! Answers that are hurt on their way, on the built app: none is sent twice, and nothing that was
//! typed is lost. And what comes after an end: nothing.

use std::time::Duration;

use fault_proxy::{Fault, Moment, Target};
use serde_json::json;
use usher_tests::{
    app::App,
    half_typed::HalfTyped,
    hurt::{How, Hurt, canned, every_call},
    service::Handoff,
    waiting::{until, until_at_last},
};

/// Longer than Usher waits for an answer to a request.
const LONGER_THAN_A_REQUEST: Duration = Duration::from_secs(60);
const FORM: [(&str, &str); 2] = [
    ("f_username", "ada@example.com"),
    ("f_password", "correct horse"),
];
const HTML: &str = "content-type: text/html\r\n";
const PAGE: &str = "<!doctype html><title>Sign in</title><h1>Welcome to the network</h1>";
/// A name that can't be.
const ELSEWHERE: &str = "location: https://elsewhere.invalid/auth\r\n";
const UNKNOWN: &str = "may or may not have arrived";
const NOT_ACCEPTED: &str = "was not accepted";

/// The service got the answer, and went on; what it said of it was lost.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_arrived_is_not_sent_again_whatever_is_said_of_it() {
    let hurt = Hurt::place().await;
    let app = App::start_for_guest(&hurt.desktop).await;
    let mut over = Vec::new();
    for fault in [
        Fault::Reset(Moment::Answer),
        Fault::Truncate { after: 60 },
        Fault::HalfClose { after: 10 },
        Fault::SlowHeaders {
            pause: Duration::from_millis(20),
        },
        canned(500, "", "{}", Moment::Answer),
        canned(502, HTML, PAGE, Moment::Answer),
    ] {
        let what = format!("{fault:?}");
        let handoff = open(&hurt, &app, "sms").await;
        HalfTyped::begin(&app, &FORM).await;
        let sent = hurt.answers_sent();
        let fault = How::Proxy(Target::Submit, fault);
        hurt.strike(&handoff, &fault).await;
        app.press("submit").await;
        app.wait_fields(&["f_code"]).await;
        assert_eq!(hurt.answers_sent() - sent, 1, "{what}");
        hurt.calm(&handoff).await;
        finish(&hurt, &app, &handoff).await;
        over.push((hurt.looks(&handoff).await, handoff));
    }
    assert_quiet(&hurt, over).await;
}

/// The answer was lost or refused before anybody acted on it: the person decides, and has the
/// form as it was.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_did_no_good_is_there_to_be_sent_by_hand() {
    let hurt = Hurt::place().await;
    let app = App::start_for_guest(&hurt.desktop).await;
    let submit = |fault| How::Proxy(Target::Submit, fault);
    let status = |status: u16| How::Service(json!({ "submit": { "status": status } }));
    let mut over = Vec::new();
    for (how, words) in [
        (submit(Fault::Reset(Moment::Request)), UNKNOWN),
        (submit(canned(307, ELSEWHERE, "", Moment::Request)), UNKNOWN),
        (submit(canned(200, HTML, PAGE, Moment::Request)), UNKNOWN),
        (status(500), UNKNOWN),
        (status(503), UNKNOWN),
        (status(409), NOT_ACCEPTED),
        (status(422), NOT_ACCEPTED),
        (
            How::Service(json!({ "submit": { "status": 429, "retry_after": 1, "times": 1 } })),
            "asks for a pause",
        ),
    ] {
        let what = format!("{how:?}");
        let handoff = open(&hurt, &app, "sms").await;
        let typed = HalfTyped::begin(&app, &FORM).await;
        let sent = hurt.answers_sent();
        hurt.strike(&handoff, &how).await;
        app.press("submit").await;
        app.wait_text("[data-part=notice]", words).await;
        typed.assert_kept(&app, &what).await;
        hurt.calm(&handoff).await;
        app.wait_fields(&["f_username", "f_password"]).await;
        assert_eq!(hurt.answers_sent() - sent, 1, "{what}");
        app.press("submit").await;
        app.wait_fields(&["f_code"]).await;
        assert_eq!(hurt.answers_sent() - sent, 2, "{what}");
        finish(&hurt, &app, &handoff).await;
        over.push((hurt.looks(&handoff).await, handoff));
    }
    assert_quiet(&hurt, over).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_takes_its_time_is_sent_once_however_often_it_is_pressed() {
    let hurt = Hurt::place().await;
    let app = App::start_for_guest(&hurt.desktop).await;
    let handoff = open(&hurt, &app, "sms").await;
    let typed = HalfTyped::begin(&app, &FORM).await;
    hurt.strike(&handoff, &How::Proxy(Target::Submit, Fault::Blackhole))
        .await;
    app.press("submit").await;
    let sent = || async { hurt.answers_sent() };
    until("the answer on its way", sent, |sent| *sent == 1).await;
    app.script("document.querySelector('[data-action=submit]').click()")
        .await;
    app.enter("f_password").await;
    typed.assert_kept(&app, "blackhole of an answer").await;
    hurt.calm(&handoff).await;
    app.wait_fields(&["f_code"]).await;
    assert_eq!(hurt.answers_sent(), 1);
    finish(&hurt, &app, &handoff).await;
}

/// A request to which nobody says anything, for as long as Usher waits for it.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_replies_to_is_given_up_and_not_sent_again() {
    tokio::join!(
        without_reply(Moment::Request),
        without_reply(Moment::Answer)
    );
}

async fn without_reply(moment: Moment) {
    let hurt = Hurt::place().await;
    let app = App::start_for_guest(&hurt.desktop).await;
    let handoff = open(&hurt, &app, "sms").await;
    let typed = HalfTyped::begin(&app, &FORM).await;
    let fault = How::Proxy(Target::Submit, Fault::HalfOpen(moment));
    hurt.strike(&handoff, &fault).await;
    app.press("submit").await;
    if moment == Moment::Request {
        let notice = || app.find("[data-part=notice]");
        until_at_last(
            LONGER_THAN_A_REQUEST,
            "a word about it",
            notice,
            Option::is_some,
        )
        .await;
        app.wait_text("[data-part=notice]", UNKNOWN).await;
        typed.assert_kept(&app, "no reply").await;
        hurt.calm(&handoff).await;
        app.wait_fields(&["f_username", "f_password"]).await;
        assert_eq!(hurt.answers_sent(), 1);
        app.press("submit").await;
    }
    let asks = ["f_code".to_owned()];
    until_at_last(
        LONGER_THAN_A_REQUEST,
        "the code",
        || app.seen(),
        |seen| seen.asks(&asks, &[]),
    )
    .await;
    hurt.calm(&handoff).await;
    let pressed = if moment == Moment::Request { 2 } else { 1 };
    assert_eq!(hurt.answers_sent(), pressed);
    finish(&hurt, &app, &handoff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn access_that_is_taken_away_ends_the_login_and_nothing_is_asked_any_more() {
    let hurt = Hurt::place().await;
    let app = App::start_for_guest(&hurt.desktop).await;
    let mut over = Vec::new();
    for how in [
        every_call(401, None),
        How::Service(json!({ "events": { "status": 401 } })),
        every_call(410, None),
    ] {
        let handoff = open(&hurt, &app, "password").await;
        HalfTyped::begin(&app, &FORM).await;
        hurt.strike(&handoff, &how).await;
        hurt.proxy.cut();
        app.wait_stage("access_ended").await;
        app.wait_text("[data-part=error-title]", "access to this login has ended")
            .await;
        app.wait("[data-action=copy_request]").await;
        hurt.calm(&handoff).await;
        one_exchange(&hurt, &handoff).await;
        over.push((hurt.looks(&handoff).await, handoff));
    }
    assert_quiet(&hurt, over).await;
}

/// The login may go on behind it, which only the person can find out.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_the_service_is_said_and_the_form_is_there_after_another_look() {
    let hurt = Hurt::place().await;
    let app = App::start_for_guest(&hurt.desktop).await;
    let mut over = Vec::new();
    for (name, target, fault) in [
        (
            "wrong content type",
            Target::Events,
            Fault::ContentType("text/plain"),
        ),
        (
            "a sign-in page of the network",
            Target::All,
            canned(200, HTML, PAGE, Moment::Request),
        ),
        (
            "redirect to another host",
            Target::All,
            canned(307, ELSEWHERE, "", Moment::Request),
        ),
    ] {
        let handoff = open(&hurt, &app, "sms").await;
        let typed = HalfTyped::begin(&app, &FORM).await;
        hurt.strike(&handoff, &How::Proxy(target, fault)).await;
        hurt.proxy.cut();
        app.wait_stage("cannot_follow").await;
        app.wait_text("[data-part=error-title]", "not the login service")
            .await;
        hurt.calm(&handoff).await;
        let sent = hurt.answers_sent();
        app.press("check_again").await;
        app.wait_fields(&["f_username", "f_password"]).await;
        typed.assert_there(&app, name).await;
        app.press("submit").await;
        app.wait_fields(&["f_code"]).await;
        assert_eq!(hurt.answers_sent() - sent, 1, "{name}");
        finish(&hurt, &app, &handoff).await;
        over.push((hurt.looks(&handoff).await, handoff));
    }
    assert_quiet(&hurt, over).await;
}

/// Opens a login in the app that runs.
async fn open(hurt: &Hurt, app: &App, scenario: &str) -> Handoff {
    let handoff = hurt.service.invite_to(scenario).await;
    hurt.desktop.open_link(&handoff.link()).await;
    app.begin(&handoff).await;
    handoff
}

/// Goes on from the code to the end.
async fn finish(hurt: &Hurt, app: &App, handoff: &Handoff) {
    let sent = hurt.answers_sent();
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    assert_eq!(hurt.answers_sent() - sent, 1);
    one_exchange(hurt, handoff).await;
}

async fn one_exchange(hurt: &Hurt, handoff: &Handoff) {
    let exchanges = hurt.service.count(&handoff.connection_id, "exchange");
    assert_eq!(exchanges.await, 1);
}

/// Of logins that are over nothing was asked while others went on.
async fn assert_quiet(hurt: &Hurt, over: Vec<(u64, Handoff)>) {
    for (looks, handoff) in over {
        let id = &handoff.connection_id;
        assert_eq!(hurt.looks(&handoff).await, looks, "{id}");
        let streams = || hurt.service.open_streams(id);
        until("no stream", streams, |open| *open == 0).await;
    }
}
