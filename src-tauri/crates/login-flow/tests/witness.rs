//! A flow that the service has forgotten: the timeline tells support how it ended
//! (`kernel-api.md` 14, 4).

#![allow(
    clippy::needless_pass_by_value,
    reason = "a literal reads better where it is used than a reference to it"
)]

mod support;

use std::time::Duration;

use login_flow::{Audience, Effect, Input, Page, Stage, StreamState, Way};
use managed_auth::{Error, TimelineKind};
use serde_json::{Value, json};
use support::*;

/// A flow that was running at ten o'clock, and that the service tells nothing of ten seconds later.
fn forgotten(audience: Audience) -> Desk {
    forgotten_after(audience, json!({}))
}

fn forgotten_after(audience: Audience, live: Value) -> Desk {
    let mut desk = Desk::live(audience, connection(live));
    desk.pass(Duration::from_secs(10));
    desk.give(Input::StreamEnded);
    desk.give(Input::CheckAgain);
    desk.effects.clear();
    desk.read(nothing_runs());
    desk
}

fn nothing_runs() -> Value {
    connection(json!({
        "flow_status": null, "flow_step": null, "flow_expires_at": null,
        "hosted_url": null, "live_view_url": null
    }))
}

fn tell(desk: &mut Desk, events: Value) {
    let events = serde_json::from_value(events).expect("a timeline");
    desk.give(Input::Timeline(events));
}

/// A login from one minute before the flow was seen until five seconds after.
fn login(more: Value) -> Value {
    let mut event = json!({
        "id": "mat_1", "type": "login", "status": "SUCCESS", "timestamp": "2026-10-26T09:59:00Z",
        "completed_at": "2026-10-26T10:00:05Z"
    });
    for (key, value) in more.as_object().expect("an object") {
        event[key] = value.clone();
    }
    event
}

fn asks(effect: &Effect) -> bool {
    matches!(effect, Effect::AskTimeline(_))
}

fn says(status: &str) -> Stage {
    let mut desk = forgotten(Audience::Support);
    tell(&mut desk, json!([login(json!({"status": status}))]));
    desk.view().stage
}

fn says_of(event: Value) -> Stage {
    let mut desk = forgotten(Audience::Support);
    tell(&mut desk, json!([event]));
    desk.view().stage
}

#[test]
fn the_timeline_tells_how_a_forgotten_flow_ended() {
    let mut desk = forgotten(Audience::Support);
    assert_eq!(desk.count(asks), 1);
    assert_eq!(desk.view().stage, Stage::Opening, "nothing is said yet");
    assert_eq!(desk.view().prompt, None);
    assert_eq!(desk.view().ways, [Way::Wait]);
    tell(&mut desk, json!([login(json!({}))]));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
    assert_eq!(says("FAILED"), Stage::Failed);
    assert_eq!(says("EXPIRED"), Stage::Expired);
    assert_eq!(says("CANCELED"), Stage::Canceled);
    let by_itself = login(json!({"type": "reauth"}));
    assert_eq!(says_of(by_itself), Stage::LoggedIn);
}

#[test]
fn a_failure_is_told_with_the_timelines_reason_and_the_sites_words() {
    let mut desk = forgotten(Audience::Support);
    let failed = json!({
        "status": "FAILED", "error_code": "bot_detected", "error_message": "A wall",
        "website_error": "Too many tries"
    });
    tell(&mut desk, json!([login(failed)]));
    let error = desk.view().error.clone().expect("a reason");
    assert_eq!(error.code.as_str(), "bot_detected");
    let said = desk.view().website_error.clone();
    assert_eq!(said.expect("the site's words").as_str(), "Too many tries");
}

#[test]
fn a_guest_may_not_ask_it() {
    let mut desk = forgotten(Audience::Guest);
    assert_eq!(desk.count(asks), 0);
    assert_eq!(desk.view().stage, Stage::Unconfirmed);
}

#[test]
fn a_flow_of_another_time_is_not_taken_for_this_one() {
    let others = [
        // Over before this one was seen.
        json!({"timestamp": "2026-10-26T09:50:00Z", "completed_at": "2026-10-26T09:59:30Z"}),
        // Begun after.
        json!({"timestamp": "2026-10-26T10:00:08Z", "completed_at": "2026-10-26T10:00:09Z"}),
        // Nobody knows when.
        json!({"completed_at": null}),
        json!({"timestamp": null}),
        json!({"type": "health_check"}),
        json!({"type": "dance"}),
        json!({"status": "AUTHENTICATED"}),
        json!({"status": "PONDERING"}),
    ];
    for other in others {
        assert_eq!(says_of(login(other.clone())), Stage::Unconfirmed, "{other}");
    }
    let last_change = json!({"completed_at": null, "updated_at": "2026-10-26T10:00:05Z"});
    assert_eq!(says_of(login(last_change)), Stage::LoggedIn);
    let before = json!({"timestamp": "2026-10-26T09:00:00Z", "completed_at": "2026-10-26T09:05:00Z",
        "status": "FAILED", "id": "mat_0"});
    let mut desk = forgotten(Audience::Support);
    tell(&mut desk, json!([login(json!({})), login(before)]));
    assert_eq!(desk.view().stage, Stage::LoggedIn, "one of the two was it");
}

#[test]
fn clocks_that_tell_whole_seconds_do_not_hide_it() {
    let at_once = json!({"timestamp": "2026-10-26T10:00:02Z"});
    assert_eq!(says_of(login(at_once)), Stage::LoggedIn);
    let a_second_later = json!({"timestamp": "2026-10-26T10:00:03Z"});
    assert_eq!(says_of(login(a_second_later)), Stage::Unconfirmed);
    let just_seen = json!({"completed_at": "2026-10-26T09:59:58Z"});
    assert_eq!(says_of(login(just_seen)), Stage::LoggedIn);
    let a_second_before = json!({"completed_at": "2026-10-26T09:59:57Z"});
    assert_eq!(says_of(login(a_second_before)), Stage::Unconfirmed);
}

#[test]
fn where_two_are_possible_nothing_is_said() {
    // Somebody started over within the second in which the service was asked.
    let before = login(json!({"status": "CANCELED", "completed_at": "2026-10-26T10:00:00Z"}));
    let after = login(json!({"id": "mat_2", "timestamp": "2026-10-26T10:00:00Z"}));
    let mut desk = forgotten(Audience::Support);
    tell(&mut desk, json!([after, before]));
    assert_eq!(desk.view().stage, Stage::Unconfirmed);
}

#[test]
fn only_logins_of_its_kind_are_asked_for() {
    let kinds = [
        (json!("LOGIN"), Some(TimelineKind::Login)),
        (json!("REAUTH"), Some(TimelineKind::Reauth)),
        (json!("DANCE"), None),
        (json!(null), None),
    ];
    for (flow_type, kind) in kinds {
        let desk = forgotten_after(Audience::Support, json!({ "flow_type": flow_type }));
        let asked =
            |effect: &Effect| matches!(effect, Effect::AskTimeline(asked) if *asked == kind);
        assert!(desk.effects.iter().any(asked), "{:?}", desk.effects);
    }
}

#[test]
fn which_flow_it_was_stays_known_and_what_it_asked_is_gone() {
    let mut desk = Desk::live(Audience::Support, connection(form("mai_1")));
    desk.give(Input::CheckAgain);
    let mut left_over = connection(form("mai_1"));
    left_over["flow_status"] = json!(null);
    left_over["flow_expires_at"] = json!(null);
    desk.read(left_over);
    let view = desk.view();
    assert_eq!(view.expires_at, Some(time("2026-10-26T10:20:00Z")));
    assert_eq!(view.prompt, None);
    assert_eq!(view.live_view, Page::None);
    assert!(desk.answer(filled("mai_1")).is_err());
    tell(&mut desk, json!([login(json!({}))]));
    assert_eq!(desk.view().expires_at, Some(time("2026-10-26T10:20:00Z")));
}

#[test]
fn a_timeline_that_is_late_is_asked_three_times() {
    let running = login(json!({
        "status": "IN_PROGRESS", "completed_at": null, "updated_at": "2026-10-26T09:59:10Z"
    }));
    for late in 0..4 {
        let mut desk = forgotten(Audience::Support);
        for told in 0..late.min(3) {
            assert_eq!(desk.view().stage, Stage::Opening);
            assert_eq!(desk.count(asks), told + 1);
            tell(&mut desk, json!([running]));
            assert_eq!(desk.count(asks), told + 1, "not at once");
            desk.pass(Duration::from_secs(4));
        }
        tell(&mut desk, json!([login(json!({}))]));
        let in_time = late < 3;
        assert_eq!(desk.view().stage == Stage::LoggedIn, in_time, "{late}");
        assert_eq!(desk.view().stage == Stage::Unconfirmed, !in_time, "{late}");
        desk.pass(Duration::from_secs(600));
        assert_eq!(desk.count(asks), 3.min(late + 1));
    }
}

#[test]
fn a_login_that_never_ended_in_the_timeline_is_not_running_beside_a_newer_one() {
    let stale = login(
        json!({"id": "mat_0", "status": "IN_PROGRESS", "completed_at": null,
        "timestamp": "2026-10-26T09:00:00Z"}),
    );
    let check = login(json!({"id": "mat_2", "type": "health_check", "status": "AUTHENTICATED"}));
    let mut desk = forgotten(Audience::Support);
    tell(&mut desk, json!([check, login(json!({})), stale]));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
}

#[test]
fn trouble_on_the_way_to_it_is_said_and_passes() {
    let mut desk = forgotten(Audience::Support);
    for failed in 1..20 {
        desk.give(Input::TimelineFailed(Error::Timeout));
        assert_eq!(desk.view().stage, Stage::Opening);
        assert!(matches!(
            desk.view().stream,
            StreamState::Reconnecting { .. }
        ));
        assert!(desk.view().ways.contains(&Way::CheckAgain));
        desk.pass(Duration::from_secs(30));
        assert_eq!(desk.count(asks), failed + 1);
    }
    tell(&mut desk, json!([login(json!({}))]));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
}

#[test]
fn a_timeline_that_may_not_be_read_leaves_the_end_unconfirmed() {
    for lasting in [
        Error::NotFound(body("not_found")),
        Error::Forbidden(body("forbidden")),
        // The same key has just been let through.
        Error::Unauthorised(body("x")),
        Error::NotTheApi { status: 200 },
    ] {
        let mut desk = forgotten(Audience::Support);
        desk.give(Input::TimelineFailed(lasting));
        assert_eq!(desk.view().stage, Stage::Unconfirmed);
    }
}

#[test]
fn a_pause_that_the_service_asks_for_is_kept() {
    let mut desk = forgotten(Audience::Support);
    desk.give(Input::TimelineFailed(Error::RateLimited {
        retry_after: Some(Duration::from_secs(20)),
        body: body("rate_limited"),
    }));
    desk.pass(Duration::from_secs(19));
    assert_eq!(desk.count(asks), 1);
    desk.pass(Duration::from_secs(15));
    assert_eq!(desk.count(asks), 2);
}

#[test]
fn while_it_is_asked_nothing_else_is_and_a_person_may_hurry_it() {
    let mut desk = forgotten(Audience::Support);
    assert_eq!(desk.count(is_close), 1, "no stream is opened any more");
    desk.event(form("mai_1"));
    assert_eq!(desk.view().prompt, None, "nothing is asked any more");
    desk.give(Input::StreamOpened);
    desk.pass(Duration::from_secs(3600));
    assert_eq!(desk.view().stage, Stage::Opening);
    assert_eq!(desk.count(is_read) + desk.count(is_open), 0);
    desk.give(Input::CheckAgain);
    assert_eq!(desk.count(asks), 2);
    tell(&mut desk, json!([login(json!({}))]));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
    // What was on its way is too late.
    tell(&mut desk, json!([login(json!({"status": "FAILED"}))]));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
}

#[test]
fn an_end_that_stays_unconfirmed_can_be_looked_up_again() {
    let mut desk = forgotten(Audience::Support);
    tell(&mut desk, json!([]));
    assert_eq!(desk.view().stage, Stage::Unconfirmed);
    desk.effects.clear();
    desk.give(Input::CheckAgain);
    assert_eq!(desk.count(is_read), 1);
    desk.read(nothing_runs());
    assert_eq!(desk.count(asks), 1);
    tell(&mut desk, json!([login(json!({}))]));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
}

#[test]
fn news_of_the_stream_count_by_their_own_time() {
    let mut desk = Desk::live(Audience::Support, connection(json!({})));
    let mut late = form("mai_1");
    late["timestamp"] = json!("2026-10-26T10:02:00Z");
    desk.event(late);
    desk.give(Input::StreamEnded);
    desk.give(Input::CheckAgain);
    desk.read(nothing_runs());
    tell(&mut desk, json!([login(json!({}))]));
    assert_eq!(
        desk.view().stage,
        Stage::Unconfirmed,
        "it was over before that"
    );
}

#[test]
fn a_service_that_never_tells_the_time_leaves_the_end_unconfirmed() {
    let mut desk = Desk::new(Audience::Support);
    for state in [connection(form("mai_1")), nothing_runs()] {
        desk.give(Input::CheckAgain);
        let connection = serde_json::from_value(state).expect("a connection");
        desk.give(Input::Read {
            connection: Box::new(connection),
            service_time: None,
        });
    }
    assert_eq!(desk.count(asks), 0);
    assert_eq!(desk.view().stage, Stage::Unconfirmed);
}
