//! What is said beside a question, and for how long.

mod support;

use std::time::Duration;

use login_flow::{Audience, Input, Notice};
use managed_auth::{Error, FlowEvent};
use serde_json::json;
use support::*;

#[test]
fn a_notice_about_an_answer_is_gone_when_the_service_works_again() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Err(refused(422, "x"))));
    assert!(matches!(
        desk.view().notice,
        Some(Notice::NotAccepted { .. })
    ));
    desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "SUBMITTING"}));
    assert_eq!(desk.view().notice, None);
}

#[test]
fn trouble_with_the_stream_is_said_until_the_stream_itself_speaks() {
    let mut desk = Desk::live(Audience::Guest, connection(json!({})));
    desk.give(Input::StreamEvent(FlowEvent::Error(body("x"))));
    desk.read(connection(json!({})));
    assert!(matches!(
        desk.view().notice,
        Some(Notice::ServiceTrouble { .. })
    ));
}

#[test]
fn a_pause_is_said_until_it_is_over_and_is_five_seconds_unless_said() {
    for (asked, kept) in [(None, 5), (Some(20), 20), (Some(4000), 300)] {
        let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
        desk.answer(filled("mai_1")).expect("it is asked");
        desk.give(Input::Submitted(Err(Error::RateLimited {
            retry_after: asked.map(Duration::from_secs),
            body: body("x"),
        })));
        let kept = Duration::from_secs(kept);
        let until = desk.now.wall.checked_add(kept).expect("a time");
        assert_eq!(desk.view().notice, Some(Notice::Wait { until }));
        assert!(desk.flow.deadline() <= Some(desk.now.steady + kept));
        let is_open = |desk: &Desk| {
            desk.view()
                .prompt
                .as_ref()
                .is_some_and(|prompt| prompt.open)
        };
        for _ in 0..kept.as_secs() - 1 {
            desk.pass(Duration::from_secs(1));
            desk.give(Input::StreamAlive);
            assert!(!is_open(&desk), "{asked:?}");
        }
        desk.pass(Duration::from_secs(1));
        assert!(is_open(&desk), "{asked:?}");
        assert_eq!(desk.view().notice, None);
    }
}

#[test]
fn an_answer_that_was_refused_may_be_given_again_and_one_that_met_a_fault_is_read_first() {
    let notice = |error: Error| {
        let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
        desk.answer(filled("mai_1")).expect("it is asked");
        desk.give(Input::Submitted(Err(error)));
        let open = desk.view().prompt.as_ref().map(|prompt| prompt.open);
        (desk.view().notice.clone(), open)
    };
    for status in [400, 422, 499] {
        let (notice, open) = notice(refused(status, "x"));
        assert!(matches!(notice, Some(Notice::NotAccepted { .. })));
        assert_eq!(open, Some(true), "{status}");
    }
    for status in [500, 503] {
        let (notice, open) = notice(refused(status, "x"));
        assert_eq!(notice, Some(Notice::OutcomeUnknown));
        assert_eq!(open, Some(false), "{status}");
    }
    // One that is too old for the service can't answer at all.
    assert_eq!(notice(refused(400, "sdk_upgrade_required")), (None, None));
}
