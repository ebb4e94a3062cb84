//! When a full read is wanted, and what it is for.

mod support;

use std::time::Duration;

use login_flow::{Audience, Following, Input, Stage};
use managed_auth::Error;
use secrecy::ExposeSecret;
use serde_json::json;
use support::*;

#[test]
fn beginning_what_has_begun_or_ended_reads_nothing() {
    let mut desk = Desk::new(Audience::Guest);
    desk.read(connection(form("mai_1")));
    desk.give(Input::Begin);
    assert_eq!(desk.count(is_read), 1);
    desk.event(json!({"flow_status": "SUCCESS", "flow_step": "COMPLETED"}));
    desk.give(Input::Begin);
    assert_eq!(desk.count(is_read), 1);
}

#[test]
fn a_form_that_can_be_answered_is_left_alone_while_its_stream_lives() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    for _ in 0..20 {
        desk.pass(Duration::from_secs(30));
        desk.give(Input::StreamAlive);
    }
    assert_eq!((desk.count(is_read), desk.count(is_open)), (0, 0));
}

#[test]
fn addresses_are_known_though_no_view_holds_them() {
    let mut desk = Desk::new(Audience::Guest);
    assert!(desk.flow.known().is_none());
    desk.read(connection(json!({})));
    let known = desk.flow.known().expect("it was read");
    assert_eq!(known.id, "ma_1");
    let page = known.live_view_url.as_ref().expect("it has one");
    assert_eq!(page.expose_secret(), "https://live.onkernel.com/LIVE");
}

#[test]
fn while_a_read_is_on_its_way_only_the_silence_of_the_stream_is_waited_for() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.give(Input::CheckAgain);
    desk.pass(Duration::from_secs(10));
    desk.give(Input::StreamAlive);
    let silence = desk.now.steady + Duration::from_secs(60);
    assert_eq!(desk.flow.deadline(), Some(silence));
    desk.read(connection(json!({})));
    assert!(desk.flow.deadline() < Some(silence), "the work is quiet");
}

#[test]
fn an_answer_that_is_long_on_its_way_is_not_followed_by_a_read() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("it is asked");
    for _ in 0..4 {
        desk.pass(Duration::from_secs(10));
        desk.give(Input::StreamAlive);
    }
    desk.give(Input::Submitted(Ok(true)));
    assert_eq!(desk.count(is_read), 0);
    desk.pass(Duration::from_secs(15));
    assert_eq!(desk.count(is_read), 1, "the service has not said a word");
}

#[test]
fn three_failed_reads_after_the_flows_time_leave_its_end_unconfirmed() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    for _ in 0..2 {
        desk.give(Input::ReadFailed(Error::Timeout));
        desk.pass(Duration::from_secs(30));
    }
    // What failed in time doesn't count.
    desk.pass(Duration::from_secs(20 * 60));
    for failed in 1..=3 {
        desk.give(Input::ReadFailed(Error::Timeout));
        let over = desk.view().stage == Stage::Unconfirmed;
        assert_eq!(over, failed == 3, "after {failed}");
        desk.pass(Duration::from_secs(30));
    }
}

#[test]
fn a_live_flow_is_ours_whatever_time_was_promised_and_so_is_its_end() {
    let mut desk = Desk::following(Following {
        connection_id: "ma_1".into(),
        audience: Audience::Support,
        started_until: Some(time("2026-10-26T10:30:00Z")),
        seed: 1,
    });
    desk.read(connection(form("mai_1")));
    assert_eq!(desk.view().stage, Stage::Asking);
    desk.give(Input::CheckAgain);
    desk.read(connection(json!({"flow_status": "FAILED"})));
    assert_eq!(desk.view().stage, Stage::Failed);
}

#[test]
fn a_read_waits_for_the_one_before_it_and_for_an_answer_on_its_way() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.give(Input::CheckAgain);
    desk.give(Input::StreamRefused);
    assert_eq!(desk.count(is_read), 1);
    desk.read(connection(form("mai_1")));
    assert_eq!(desk.count(is_read), 2, "the refusal came after it began");
    desk.read(connection(form("mai_1")));
    desk.pass(Duration::from_secs(1));
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::StreamRefused);
    assert_eq!(desk.count(is_read), 2);
    desk.give(Input::Submitted(Ok(true)));
    assert_eq!(desk.count(is_read), 3);
}
