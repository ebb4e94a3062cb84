//! Following a flow: reads, events, losses and ends.

mod support;

use std::time::Duration;

use login_flow::{
    Audience, Effect, Following, Input, Lost, Notice, Page, Stage, Status, Step, StreamState, Way,
};
use managed_auth::{Error, ErrorBody, FlowEvent, NetworkProblem};
use serde_json::json;
use support::*;

#[test]
fn a_flow_is_read_first_then_followed_then_read_again() {
    let mut desk = Desk::new(Audience::Guest);
    assert_eq!((desk.count(is_read), desk.count(is_open)), (1, 0));
    desk.read(connection(json!({})));
    assert_eq!(desk.count(is_open), 1);
    desk.give(Input::StreamOpened);
    assert_eq!(
        desk.count(is_read),
        2,
        "the state may have moved before the stream was there"
    );
    assert_eq!(desk.view().stage, Stage::FindingOut);
    assert_eq!(desk.view().stream, StreamState::Live);
}

#[test]
fn a_finished_flow_is_not_followed() {
    let mut desk = Desk::new(Audience::Guest);
    desk.read(connection(
        json!({"flow_status": "SUCCESS", "flow_step": "COMPLETED"}),
    ));
    assert_eq!(desk.count(is_open), 0);
    assert_eq!(desk.view().stage, Stage::LoggedIn);
    assert_eq!(desk.view().stream, StreamState::Ended);
}

#[test]
fn terminal_states_go_before_the_step() {
    for (status, stage) in [
        ("SUCCESS", Stage::LoggedIn),
        ("FAILED", Stage::Failed),
        ("EXPIRED", Stage::Expired),
        ("CANCELED", Stage::Canceled),
    ] {
        let mut desk = Desk::live(Audience::Guest, connection(json!({})));
        desk.event(json!({"flow_status": status, "flow_step": "AWAITING_INPUT"}));
        assert_eq!(desk.view().stage, stage);
        assert!(desk.view().prompt.is_none());
        assert_eq!(desk.count(is_close), 1);
    }
}

#[test]
fn an_event_that_comes_after_a_newer_one_changes_nothing_and_a_read_tells() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    let at = |second: u32| format!("2026-10-26T10:00:{second:02}Z");
    let works = |second| json!({"timestamp": at(second), "flow_status": "IN_PROGRESS", "flow_step": "SUBMITTING"});
    desk.event(works(2));
    let shown = desk.view().revision;
    let mut old = form("mai_1");
    old["timestamp"] = json!(at(1));
    desk.event(old);
    assert_eq!(desk.view().revision, shown, "the step was left");
    desk.effects.clear();
    desk.pass(Duration::from_secs(1));
    assert_eq!(desk.count(is_read), 1, "its clock may be wrong");

    let mut next = form("mai_2");
    next["timestamp"] = json!(at(2));
    desk.event(next);
    assert_eq!(
        desk.view().stage,
        Stage::Asking,
        "the same time is no older"
    );
}

#[test]
fn looking_again_does_not_wait_for_what_may_be_lost_on_its_way() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    let broken = || Error::Network(NetworkProblem::Broken);
    desk.give(Input::StreamFailed(broken()));
    desk.pass(Duration::from_secs(1));
    desk.give(Input::StreamFailed(broken()));
    desk.pass(Duration::from_secs(2));
    desk.effects.clear();
    desk.give(Input::CheckAgain);
    let is_drop = |effect: &Effect| matches!(effect, Effect::DropRead);
    let wanted = [is_drop, is_read, is_close, is_open].map(|wanted| desk.count(wanted));
    assert_eq!(wanted, [1; 4], "{:?}", desk.effects);
}

#[test]
fn a_read_that_an_event_overtook_is_soon_followed_by_another_whatever_failed_before() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Err(Error::Timeout)));
    for _ in 0..4 {
        desk.give(Input::ReadFailed(Error::Timeout));
        desk.pass(Duration::from_secs(30));
    }
    for _ in 0..4 {
        desk.event(form("mai_1"));
        desk.effects.clear();
        desk.read(connection(form("mai_1")));
        desk.pass(Duration::from_secs(1));
        assert_eq!(desk.count(is_read), 1, "the form waits for it");
    }
}

#[test]
fn a_form_that_a_read_will_unlock_is_read_for_every_few_seconds_however_often_that_failed() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Err(Error::Timeout)));
    for _ in 0..10 {
        desk.effects.clear();
        desk.give(Input::ReadFailed(Error::Timeout));
        desk.pass(Duration::from_secs(5));
        assert_eq!(desk.count(is_read), 1);
    }
    desk.effects.clear();
    desk.give(Input::ReadFailed(Error::RateLimited {
        retry_after: Some(Duration::from_secs(60)),
        body: ErrorBody::default(),
    }));
    desk.pass(Duration::from_secs(59));
    assert_eq!(desk.count(is_read), 0, "the service asks for a pause");
}

#[test]
fn reads_of_a_flow_that_speaks_all_the_time_become_rare() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.give(Input::CheckAgain);
    let mut answered = 0;
    for second in 0..60 {
        desk.event(form(&format!("mai_{second}")));
        // Each is answered just after the next event.
        if desk.count(is_read) > answered {
            answered += 1;
            desk.read(connection(form("mai_1")));
        }
        desk.pass(Duration::from_secs(1));
    }
    let reads = desk.count(is_read);
    assert!((2..12).contains(&reads), "{reads} reads in a minute");
}

#[test]
fn nothing_is_done_after_a_terminal_state() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.event(
        json!({"flow_status": "FAILED", "flow_step": "COMPLETED", "error_code": "bot_detected"}),
    );
    desk.effects.clear();
    let ended = desk.view().clone();
    desk.event(form("mai_9"));
    desk.give(Input::StreamEnded);
    desk.give(Input::CheckAgain);
    desk.pass(Duration::from_secs(3600));
    assert!(desk.effects.is_empty(), "{:?}", desk.effects);
    assert_eq!(desk.view(), &ended);
}

#[test]
fn an_old_login_of_the_connection_is_not_success_of_this_flow() {
    let mut desk = Desk::live(
        Audience::Guest,
        connection(json!({"status": "AUTHENTICATED"})),
    );
    assert_eq!(desk.view().stage, Stage::FindingOut);
    desk.read(connection(
        json!({"status": "AUTHENTICATED", "flow_status": null, "flow_step": null}),
    ));
    assert_eq!(desk.view().stage, Stage::Unconfirmed);
    assert!(
        desk.view()
            .error
            .as_ref()
            .is_some_and(|error| error.title.as_str().contains("could not be confirmed"))
    );
}

#[test]
fn reads_after_a_login_may_describe_the_flow_before_for_a_while() {
    for older in [
        json!({"flow_status": "SUCCESS", "flow_step": "COMPLETED", "flow_expires_at": "2026-10-25T10:20:00Z"}),
        json!({"flow_status": "FAILED", "flow_step": "COMPLETED", "flow_expires_at": null, "error_code": "bot_detected", "website_error": "Too many tries"}),
        json!({"flow_status": null, "flow_step": null, "flow_expires_at": null}),
    ] {
        let mut desk = Desk::following(own_flow());
        desk.read(connection(older.clone()));
        desk.give(Input::StreamOpened);
        for _ in 0..4 {
            let view = desk.view();
            assert_eq!(view.stage, Stage::FindingOut);
            assert_eq!(view.status, Some(Status::InProgress));
            assert_eq!(view.website_error, None);
            assert_eq!([&view.hosted_page, &view.live_view], [&Page::None; 2]);
            desk.read(connection(older.clone()));
            desk.pass(Duration::from_secs(20));
        }
        desk.read(connection(
            json!({"flow_status": "SUCCESS", "flow_expires_at": "2026-10-26T10:20:00Z"}),
        ));
        assert_eq!(desk.view().stage, Stage::LoggedIn);
    }
}

#[test]
fn a_flow_that_was_started_and_never_told_of_ends_unconfirmed() {
    let older = json!({"flow_status": "SUCCESS", "flow_expires_at": "2026-10-25T10:20:00Z"});
    let mut desk = Desk::following(own_flow());
    let mut reads = 0;
    for _ in 0..130 {
        desk.give(Input::StreamAlive);
        if desk.count(is_read) > 0 {
            reads += 1;
            desk.effects.clear();
            desk.read(connection(older.clone()));
        }
        desk.pass(Duration::from_secs(10));
    }
    assert_eq!(desk.view().stage, Stage::Unconfirmed);
    assert!(reads < 100, "{reads} reads in twenty minutes");
}

fn own_flow() -> Following {
    Following {
        connection_id: "ma_1".into(),
        audience: Audience::Support,
        started_until: Some(time("2026-10-26T10:20:00Z")),
        seed: 1,
    }
}

#[test]
fn without_a_flow_support_is_told_so() {
    let mut desk = Desk::new(Audience::Support);
    desk.read(connection(json!({"status": "AUTHENTICATED", "flow_status": null, "flow_step": null, "flow_expires_at": null})));
    assert_eq!(desk.view().stage, Stage::NotRunning);
    assert_eq!(desk.view().ways.first(), Some(&Way::StartAgain));
}

#[test]
fn an_event_that_overtakes_a_read_is_kept() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.give(Input::CheckAgain);
    desk.event(form("mai_1"));
    desk.read(connection(json!({"profile_name": "renamed"})));
    assert_eq!(
        desk.view().stage,
        Stage::Asking,
        "the read began before the event"
    );
    assert_eq!(
        desk.view()
            .connection
            .profile
            .as_ref()
            .map(login_flow::Text::as_str),
        Some("renamed")
    );
    desk.effects.clear();
    desk.pass(Duration::from_secs(2));
    assert_eq!(
        desk.count(is_read),
        1,
        "nobody can say which is newer, so it is read again"
    );
}

#[test]
fn a_flow_that_always_speaks_first_is_not_read_all_the_time() {
    let mut desk = Desk::live(Audience::Support, connection(form("mai_1")));
    desk.give(Input::CheckAgain);
    let mut reads = 0;
    for _ in 0..120 {
        let begun = desk.count(is_read);
        desk.effects.clear();
        if begun > 0 {
            reads += begun;
            desk.event(form("mai_1"));
            desk.read(connection(form("mai_1")));
        }
        desk.pass(Duration::from_secs(1));
    }
    assert!((2..12).contains(&reads), "{reads} reads in two minutes");
}

#[test]
fn a_lost_stream_is_said_with_its_cause_and_opened_again() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    let since = desk.now.wall;
    desk.give(Input::StreamEnded);
    assert_eq!(
        desk.view().stream,
        StreamState::Reconnecting {
            since,
            attempts: 0,
            cause: Lost::Ended
        }
    );
    assert!(
        desk.view()
            .prompt
            .as_ref()
            .is_some_and(|prompt| prompt.open),
        "the form stays"
    );
    assert!(desk.view().ways.contains(&Way::CheckAgain));
    desk.pass(Duration::from_secs(1));
    assert_eq!(desk.count(is_open), 1);
    desk.give(Input::StreamFailed(Error::Network(NetworkProblem::Connect)));
    assert_eq!(
        desk.view().stream,
        StreamState::Reconnecting {
            since,
            attempts: 1,
            cause: Lost::Unreachable
        }
    );
    desk.pass(Duration::from_secs(2));
    desk.give(Input::StreamOpened);
    assert_eq!(desk.view().stream, StreamState::Live);
}

#[test]
fn silence_ends_a_stream_and_any_byte_keeps_it() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.pass(Duration::from_secs(59));
    desk.give(Input::StreamAlive);
    desk.pass(Duration::from_secs(59));
    assert_eq!(desk.view().stream, StreamState::Live);
    desk.pass(Duration::from_secs(1));
    assert!(matches!(
        desk.view().stream,
        StreamState::Reconnecting {
            cause: Lost::Silent,
            ..
        }
    ));
    assert_eq!(desk.count(is_close), 1);
}

#[test]
fn a_heartbeat_seen_makes_silence_noticed_sooner() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    for _ in 0..3 {
        desk.give(Input::StreamEvent(FlowEvent::Heartbeat));
        desk.pass(Duration::from_secs(10));
    }
    desk.pass(Duration::from_secs(15));
    assert!(matches!(
        desk.view().stream,
        StreamState::Reconnecting {
            cause: Lost::Silent,
            ..
        }
    ));
}

#[test]
fn retry_after_is_waited_for() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.give(Input::StreamEnded);
    desk.pass(Duration::from_secs(1));
    desk.effects.clear();
    desk.give(Input::StreamFailed(Error::RateLimited {
        retry_after: Some(Duration::from_secs(100)),
        body: ErrorBody::default(),
    }));
    desk.pass(Duration::from_secs(99));
    assert_eq!(desk.count(is_open), 0);
    desk.pass(Duration::from_secs(1));
    assert_eq!(desk.count(is_open), 1);
}

#[test]
fn a_stream_that_opens_and_ends_at_once_is_not_asked_every_second() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    let mut opens = 0;
    for _ in 0..200 {
        desk.pass(Duration::from_secs(1));
        if desk.count(is_open) > 0 {
            opens += 1;
            desk.effects.clear();
            desk.give(Input::StreamOpened);
            desk.read(connection(form("mai_1")));
        }
        desk.give(Input::StreamEnded);
    }
    assert!((5..=20).contains(&opens), "{opens} connects in 200 s");
}

#[test]
fn a_guests_access_that_ends_is_not_called_a_failed_login() {
    for error in [
        Error::Unauthorised(body("x")),
        Error::Gone(body("x")),
        Error::Forbidden(body("x")),
    ] {
        let mut desk = Desk::live(Audience::Guest, connection(json!({})));
        desk.give(Input::StreamFailed(error));
        assert_eq!(desk.view().stage, Stage::AccessEnded);
        assert_eq!(desk.view().ways.first(), Some(&Way::AskForNewLink));
    }
}

#[test]
fn access_that_ends_with_the_flows_time_is_out_of_time() {
    let mut desk = Desk::live(
        Audience::Guest,
        connection(json!({"flow_expires_at": "2026-10-26T10:00:05Z"})),
    );
    desk.pass(Duration::from_secs(8));
    desk.give(Input::ReadFailed(Error::Unauthorised(body("x"))));
    assert_eq!(desk.view().stage, Stage::Expired);
}

#[test]
fn a_key_that_is_refused_leads_to_the_settings() {
    let mut desk = Desk::new(Audience::Support);
    desk.give(Input::ReadFailed(Error::Unauthorised(body("x"))));
    assert_eq!(desk.view().stage, Stage::Refused);
    assert_eq!(desk.view().ways.first(), Some(&Way::OpenSettings));
    assert_eq!(
        desk.view().error.as_ref().map(|error| error.code.as_str()),
        Some("key_refused")
    );
}

#[test]
fn a_connection_that_is_not_there_is_said_to_be_gone() {
    let mut desk = Desk::new(Audience::Guest);
    desk.give(Input::ReadFailed(Error::NotFound(body("not_found"))));
    assert_eq!(desk.view().stage, Stage::Gone);
}

#[test]
fn a_page_in_place_of_the_service_is_said_and_can_be_checked_again() {
    let mut desk = Desk::new(Audience::Guest);
    desk.give(Input::ReadFailed(Error::NotTheApi { status: 200 }));
    assert_eq!(desk.view().stage, Stage::CannotFollow);
    assert_eq!(desk.view().ways.first(), Some(&Way::CheckAgain));
    desk.effects.clear();
    desk.give(Input::CheckAgain);
    assert_eq!(desk.count(is_read), 1);
    desk.read(connection(json!({})));
    assert_eq!(desk.view().stage, Stage::FindingOut);
}

#[test]
fn a_server_that_is_not_there_is_tried_again_and_said() {
    let mut desk = Desk::new(Audience::Guest);
    desk.effects.clear();
    desk.give(Input::ReadFailed(Error::Network(NetworkProblem::Connect)));
    assert_eq!(desk.view().stage, Stage::Opening);
    assert!(matches!(
        desk.view().stream,
        StreamState::Reconnecting {
            cause: Lost::Unreachable,
            ..
        }
    ));
    desk.pass(Duration::from_secs(1));
    assert_eq!(desk.count(is_read), 1);
    desk.read(connection(json!({})));
    assert_eq!(desk.count(is_open), 1);
}

#[test]
fn a_missing_stream_is_settled_by_a_read() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.give(Input::StreamFailed(Error::NotFound(body("x"))));
    assert_eq!(desk.count(is_read), 1);
    desk.read(connection(json!({"flow_status": "SUCCESS"})));
    assert_eq!(desk.view().stage, Stage::LoggedIn);
}

#[test]
fn a_service_that_never_streams_is_given_up_with_a_way_on() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    for _ in 0..5 {
        desk.give(Input::StreamRefused);
        desk.read(connection(json!({})));
        desk.pass(Duration::from_secs(31));
    }
    assert_eq!(desk.view().stage, Stage::CannotFollow);
    assert_eq!(desk.view().ways.first(), Some(&Way::CheckAgain));
}

#[test]
fn an_error_event_is_a_notice_and_three_are_the_end() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    let error = || Input::StreamEvent(FlowEvent::Error(body("x")));
    desk.give(error());
    assert!(matches!(
        desk.view().notice,
        Some(Notice::ServiceTrouble { .. })
    ));
    assert_eq!((desk.count(is_close), desk.count(is_read)), (1, 1));
    desk.event(form("mai_1"));
    desk.give(error());
    desk.give(error());
    assert!(!desk.view().stage.is_end(), "a state came between");
    desk.give(error());
    assert_eq!(desk.view().stage, Stage::CannotFollow);
}

#[test]
fn an_event_that_cannot_be_read_is_made_up_for_by_a_read() {
    for lost in [
        Input::StreamTooLarge,
        Input::StreamEvent(FlowEvent::Malformed),
    ] {
        let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
        desk.give(lost);
        desk.pass(Duration::from_secs(1));
        assert_eq!(desk.count(is_read), 1);
        assert_eq!(desk.view().stage, Stage::Asking);
    }
}

#[test]
fn quiet_work_is_read_every_fifteen_seconds() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.pass(Duration::from_secs(14));
    assert_eq!(desk.count(is_read), 0);
    desk.pass(Duration::from_secs(1));
    assert_eq!(desk.count(is_read), 1);
}

#[test]
fn past_its_time_the_service_is_asked_and_then_it_is_over() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    for _ in 0..50 {
        desk.give(Input::StreamAlive);
        desk.pass(Duration::from_secs(25));
        if desk.count(is_read) > 0 {
            break;
        }
    }
    assert_eq!(desk.view().stage, Stage::Asking);
    desk.read(connection(form("mai_1")));
    assert_eq!(desk.view().stage, Stage::Expired);
}

#[test]
fn a_wrong_wall_clock_neither_ends_a_flow_nor_lies_about_the_time() {
    let mut desk = Desk::new(Audience::Guest);
    let truth = desk.now.wall;
    desk.now.wall = truth
        .checked_add(Duration::from_secs(3600))
        .expect("a time");
    desk.give(Input::Read {
        connection: Box::new(
            serde_json::from_value(connection(form("mai_1"))).expect("a connection"),
        ),
        service_time: Some(truth),
    });
    assert_eq!(desk.view().stage, Stage::Asking);
    assert_eq!(desk.view().clock_ahead_ms, 3_600_000);
    assert_eq!(desk.view().answer_by, Some(time("2026-10-26T10:10:00Z")));
}

#[test]
fn a_computer_that_slept_reads_and_reconnects() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.now.wall = desk
        .now
        .wall
        .checked_add(Duration::from_secs(600))
        .expect("a time");
    desk.give(Input::Tick);
    assert_eq!((desk.count(is_close), desk.count(is_read)), (1, 1));
    desk.pass(Duration::from_secs(1));
    assert_eq!(desk.count(is_open), 1);
}

#[test]
fn unknown_words_are_shown_as_unknown_and_have_a_way_on() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "SOLVING_A_RIDDLE"}));
    assert_eq!(desk.view().stage, Stage::Unfamiliar);
    assert!(
        matches!(&desk.view().step, Some(Step::Unknown(word)) if word.as_str() == "SOLVING_A_RIDDLE")
    );
    assert_eq!(desk.view().ways.first(), Some(&Way::OpenLiveView));
    desk.event(json!({"flow_status": "RESTING", "flow_step": "AWAITING_INPUT"}));
    assert_eq!(desk.view().stage, Stage::Unfamiliar);
}

#[test]
fn every_end_without_a_login_says_why_and_what_now() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.event(
        json!({"flow_status": "FAILED", "flow_step": "COMPLETED", "error_code": "account_locked",
        "error_message": "{\"error\":\"locked\"}", "website_error": "Your account is locked"}),
    );
    let view = desk.view();
    let error = view.error.as_ref().expect("an error");
    assert_eq!(error.code.as_str(), "account_locked");
    assert!(error.title.as_str().contains("netflix.com"));
    assert_eq!(
        error.details.as_ref().map(login_flow::Text::as_str),
        Some("locked")
    );
    assert_eq!(
        view.website_error.as_ref().map(login_flow::Text::as_str),
        Some("Your account is locked")
    );
    assert_eq!(view.ways, [Way::Close]);
}

#[test]
fn a_view_holds_no_address_and_rises_only_with_change() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    let text = serde_json::to_string(desk.view()).expect("JSON");
    assert!(!text.contains("HOSTED") && !text.contains("LIVE") && text.contains("auth.kernel.com"));
    let before = desk.view().revision;
    desk.give(Input::StreamEvent(FlowEvent::Heartbeat));
    desk.event(form("mai_1"));
    assert_eq!(desk.view().revision, before);
    desk.event(form("mai_2"));
    assert_eq!(desk.view().revision, before + 1);
}

#[test]
fn a_status_of_tomorrow_is_unfamiliar_whatever_the_step() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.event(json!({"flow_status": "PAUSED", "flow_step": "DISCOVERING"}));
    assert_eq!(desk.view().stage, Stage::Unfamiliar);
}

#[test]
fn the_page_of_a_guests_link_was_used_by_following_it() {
    for (audience, expected) in [(Audience::Guest, true), (Audience::Support, false)] {
        let desk = Desk::live(audience, connection(json!({})));
        let Page::Offered { used_up, .. } = &desk.view().hosted_page else {
            panic!("it has one")
        };
        assert_eq!(*used_up, expected, "{audience:?}");
    }
}

#[test]
fn news_are_not_promised_before_the_stream_is_there() {
    let mut desk = Desk::new(Audience::Guest);
    assert_eq!(desk.view().stream, StreamState::Connecting);
    desk.read(connection(json!({})));
    assert_eq!(desk.view().stream, StreamState::Connecting);
    desk.give(Input::StreamOpened);
    assert_eq!(desk.view().stream, StreamState::Live);
}
