//! What ends the following of a flow, and what is tried again.

mod support;

use std::time::Duration;

use login_flow::{Audience, Input, Notice, Stage, Way};
use managed_auth::{Error, ErrorBody, FlowEvent, NetworkProblem};
use serde_json::json;
use support::*;

/// An error, and the stage it ends in; `None`: what failed is tried again.
type Case = (fn() -> Error, Option<Stage>);

/// The errors that mean the same whoever follows.
fn same_for_all() -> Vec<Case> {
    vec![
        (|| Error::NotFound(body("x")), Some(Stage::Gone)),
        (|| Error::Impossible("x"), Some(Stage::Gone)),
        (
            || Error::NotTheApi { status: 200 },
            Some(Stage::CannotFollow),
        ),
        (|| Error::NotTheApi { status: 500 }, None),
        (|| Error::NotTheApi { status: 502 }, None),
        (
            || refused(400, "sdk_upgrade_required"),
            Some(Stage::CannotFollow),
        ),
        (|| refused(400, "x"), None),
        (|| refused(408, "x"), None),
        (|| refused(409, "x"), None),
        (|| refused(425, "x"), None),
        (|| refused(429, "x"), None),
        (|| refused(418, "x"), Some(Stage::CannotFollow)),
        (|| refused(499, "x"), Some(Stage::CannotFollow)),
        (|| refused(500, "x"), None),
        (|| refused(503, "x"), None),
        (|| Error::Timeout, None),
        (|| Error::Network(NetworkProblem::Connect), None),
    ]
}

fn by_audience(audience: Audience) -> Vec<Case> {
    let [unauthorised, forbidden, gone] = match audience {
        Audience::Guest => [Stage::AccessEnded; 3],
        Audience::Support => [Stage::Refused, Stage::Refused, Stage::Gone],
    };
    vec![
        (|| Error::Unauthorised(body("x")), Some(unauthorised)),
        (|| Error::Forbidden(body("x")), Some(forbidden)),
        (|| Error::Gone(body("x")), Some(gone)),
    ]
}

#[test]
fn each_error_of_a_read_ends_the_following_or_is_tried_again() {
    for audience in [Audience::Guest, Audience::Support] {
        let cases = same_for_all().into_iter().chain(by_audience(audience));
        let not_the_api: Case = (
            || Error::NotTheApi { status: 499 },
            Some(Stage::CannotFollow),
        );
        for (error, end) in cases.chain([not_the_api]) {
            let mut desk = Desk::live(audience, connection(json!({})));
            desk.give(Input::CheckAgain);
            desk.effects.clear();
            desk.give(Input::ReadFailed(error()));
            let expected = end.unwrap_or(Stage::FindingOut);
            assert_eq!(desk.view().stage, expected, "{audience:?} {:?}", error());
            desk.pass(Duration::from_secs(1));
            let again = usize::from(end.is_none());
            assert_eq!(desk.count(is_read), again, "{audience:?} {:?}", error());
        }
    }
}

#[test]
fn each_error_of_the_stream_ends_the_following_or_is_tried_again() {
    for audience in [Audience::Guest, Audience::Support] {
        let cases = same_for_all().into_iter().chain(by_audience(audience));
        let passing: [Case; 3] = [
            (
                || Error::Conflict {
                    existing_id: None,
                    body: body("x"),
                },
                None,
            ),
            (|| Error::StaleInteraction(body("x")), None),
            (
                || Error::NotTheApi { status: 299 },
                Some(Stage::CannotFollow),
            ),
        ];
        for (error, end) in cases.chain(passing) {
            // A read decides about a stream that is not found.
            if matches!(error(), Error::NotFound(_)) {
                continue;
            }
            let mut desk = Desk::live(audience, connection(json!({})));
            desk.give(Input::StreamFailed(error()));
            let expected = end.unwrap_or(Stage::FindingOut);
            assert_eq!(desk.view().stage, expected, "{audience:?} {:?}", error());
            desk.pass(Duration::from_secs(1));
            let again = usize::from(end.is_none());
            assert_eq!(desk.count(is_open), again, "{audience:?} {:?}", error());
        }
    }
}

#[test]
fn an_end_is_said_in_the_services_words_where_it_has_some() {
    let mut desk = Desk::live(Audience::Support, connection(json!({})));
    desk.give(Input::StreamFailed(Error::Forbidden(ErrorBody {
        message: Some("ask your admin".into()),
        ..ErrorBody::default()
    })));
    let error = desk.view().error.as_ref().expect("a reason");
    let printed = format!("{error:?}");
    assert!(printed.contains("ask your admin"), "{printed}");
}

#[test]
fn an_end_of_the_flow_itself_is_final_and_others_can_be_taken_back() {
    let guest = |error: Error| {
        let mut desk = Desk::live(Audience::Guest, connection(json!({})));
        desk.give(Input::StreamFailed(error));
        desk
    };
    let told = |status: &str| {
        let mut desk = Desk::live(Audience::Guest, connection(json!({})));
        desk.event(json!({"flow_status": status, "flow_step": "COMPLETED"}));
        desk
    };
    let check = |mut desk: Desk, is_final: bool| {
        let stage = desk.view().stage;
        assert!(stage.is_end());
        desk.effects.clear();
        desk.give(Input::CheckAgain);
        assert_eq!(desk.view().stage.is_end(), is_final, "{stage:?}");
        assert_eq!(desk.count(is_read), usize::from(!is_final), "{stage:?}");
    };
    for status in ["SUCCESS", "FAILED", "EXPIRED", "CANCELED"] {
        check(told(status), true);
    }
    check(guest(Error::Unauthorised(body("x"))), true);
    check(guest(refused(400, "sdk_upgrade_required")), true);
    check(guest(Error::NotTheApi { status: 200 }), false);
    check(guest(Error::Impossible("x")), false);
}

#[test]
fn two_error_events_with_a_state_between_them_are_borne_and_three_in_a_row_are_not() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    let fails = |desk: &mut Desk| {
        desk.give(Input::StreamEvent(FlowEvent::Error(body("x"))));
        desk.pass(Duration::from_secs(30));
        desk.give(Input::StreamOpened);
    };
    for _ in 0..4 {
        fails(&mut desk);
        fails(&mut desk);
        assert!(matches!(
            desk.view().notice,
            Some(Notice::ServiceTrouble { .. })
        ));
        desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "DISCOVERING"}));
        assert_eq!(desk.view().notice, None);
    }
    for stage in [Stage::FindingOut, Stage::FindingOut, Stage::CannotFollow] {
        desk.give(Input::StreamEvent(FlowEvent::Error(body("x"))));
        assert_eq!(desk.view().stage, stage);
        desk.pass(Duration::from_secs(30));
        desk.give(Input::StreamOpened);
    }
    assert!(desk.view().ways.contains(&Way::CheckAgain));
}

#[test]
fn four_refusals_to_stream_are_borne_and_the_fifth_ends_the_following() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    for n in 1..=5 {
        desk.give(Input::StreamRefused);
        let ended = desk.view().stage == Stage::CannotFollow;
        assert_eq!(ended, n == 5, "refusal {n}");
        desk.read(connection(json!({})));
        desk.pass(Duration::from_secs(30));
    }
}
