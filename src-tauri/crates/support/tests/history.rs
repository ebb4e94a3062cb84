//! What happened on a connection, whatever the service says of it.

use login_flow::{Audience, Text, failure};
use managed_auth::{Page, TimelineEvent, TimelineKind};
use serde_json::{Value, json};
use support::{Happening, HappeningKind, History, Outcome};

const SITE: &str = "netflix.com";

fn happenings(events: Value) -> Vec<Happening> {
    let items: Vec<TimelineEvent> = serde_json::from_value(events).expect("events");
    History::of(
        &Page {
            items,
            next: None,
            server_time: None,
        },
        SITE,
    )
    .happenings
}

/// One that happened, with these members.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a literal reads better where it is used than a reference to it"
)]
fn happening(more: Value) -> Happening {
    let mut event = json!({
        "id": "te_1", "type": "login", "status": "FAILED", "timestamp": "2026-10-01T10:00:00Z"
    });
    for (key, value) in more.as_object().expect("an object") {
        event[key] = value.clone();
    }
    happenings(json!([event])).remove(0)
}

fn shown(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}

#[test]
fn a_page_is_shown_in_its_order_with_where_the_next_begins() {
    let event = |id: &str| json!({"id": id, "type": "login", "status": "SUCCESS"});
    let items = serde_json::from_value(json!([event("te_2"), event("te_1")])).expect("events");
    let page = Page {
        items,
        next: Some(25),
        server_time: None,
    };
    let history = History::of(&page, SITE);
    let ids: Vec<_> = history
        .happenings
        .iter()
        .map(|happening| happening.id.as_str())
        .collect();
    assert_eq!((ids, history.next), (vec!["te_2", "te_1"], Some(25)));
}

#[test]
fn every_kind_and_outcome_of_the_contract_is_known() {
    for (word, kind) in [
        ("login", HappeningKind::Login),
        ("reauth", HappeningKind::Reauth),
        ("health_check", HappeningKind::HealthCheck),
    ] {
        let happening = happening(json!({"type": word}));
        assert_eq!(happening.kind, kind);
        assert_eq!(kind.on_the_wire().as_str(), word);
        // The page asks for one kind by the word it was given.
        let crossing = serde_json::to_value(&kind).expect("JSON");
        let back: HappeningKind = serde_json::from_value(crossing).expect("a kind");
        assert_eq!(back, kind);
    }
    for (word, outcome) in [
        ("IN_PROGRESS", Outcome::Running),
        ("SUCCESS", Outcome::LoggedIn),
        ("EXPIRED", Outcome::Expired),
        ("CANCELED", Outcome::Canceled),
        ("FAILED", Outcome::Failed),
        ("AUTHENTICATED", Outcome::StillLoggedIn),
        ("NEEDS_AUTH", Outcome::LoggedOut),
    ] {
        assert_eq!(happening(json!({"status": word})).outcome, outcome);
        let checked = happening(json!({"previous_status": word}));
        assert_eq!(checked.before, Some(outcome));
    }
}

#[test]
fn words_that_nobody_knows_yet_stay_as_they_came_but_harmless() {
    let word = "new\u{202e}_word";
    let happening = happening(json!({
        "type": word, "status": word, "previous_status": word, "step": word
    }));
    let clean = Text::new("new_word").expect("text");
    assert_eq!(happening.kind, HappeningKind::Unknown(clean.clone()));
    assert_eq!(happening.outcome, Outcome::Unknown(clean.clone()));
    assert_eq!(happening.before, Some(Outcome::Unknown(clean.clone())));
    assert_eq!(happening.step, Some(clean));
    assert_eq!(
        happening.kind.on_the_wire(),
        TimelineKind::Unknown("new_word".into())
    );
    // The page can't ask for one.
    let made_up = json!({"unknown": "x"});
    assert!(serde_json::from_value::<HappeningKind>(made_up).is_err());
}

#[test]
fn a_login_took_as_long_as_it_took() {
    let took = |more: Value| happening(more).took_ms;
    let done = |at: &str| json!({"completed_at": at});
    assert_eq!(took(done("2026-10-01T10:00:12.345Z")), Some(12_345));
    assert_eq!(took(done("2026-10-01T12:00:00+02:00")), Some(0));
    // Two clocks may disagree, and anything may be missing or unreadable.
    assert_eq!(took(done("2026-10-01T09:59:59Z")), None);
    assert_eq!(took(done("yesterday")), None);
    assert_eq!(took(json!({})), None);
    let mut unstarted = done("2026-10-01T10:00:12Z");
    unstarted["timestamp"] = json!(null);
    assert_eq!(took(unstarted), None);
    let longest = took(json!({
        "timestamp": "-009999-01-02T01:59:59Z", "completed_at": "9999-12-30T22:00:00Z"
    }));
    assert_eq!(longest, Some(631_107_230_401_000));
}

#[test]
fn what_runs_and_what_is_a_check_takes_no_time() {
    for more in [
        json!({"status": "IN_PROGRESS"}),
        json!({"type": "health_check", "status": "AUTHENTICATED"}),
    ] {
        let mut more = more;
        more["completed_at"] = json!("2026-10-01T10:00:12Z");
        assert_eq!(happening(more.clone()).took_ms, None, "{more}");
    }
}

#[test]
fn a_failure_is_told_in_the_words_of_the_flow() {
    let happening = happening(json!({
        "error_code": "awaiting_input_timeout", "error_message": "{\"error\":\"nobody came\"}",
        "website_error": "  Sorry\u{202e}! "
    }));
    let expected = failure(
        Some("awaiting_input_timeout"),
        Some("nobody came"),
        SITE,
        Audience::Support,
    );
    assert_eq!(happening.error, Some(expected));
    assert_eq!(shown(happening.website_error.as_ref()), Some("Sorry!"));
}

#[test]
fn a_failure_without_a_code_is_told_all_the_same() {
    for code in [json!(null), json!("")] {
        let error = happening(json!({"error_code": code})).error;
        let expected = failure(None, None, SITE, Audience::Support);
        assert_eq!(error, Some(expected));
    }
}

#[test]
fn only_what_did_not_work_has_an_error() {
    let error =
        |status: &str, code: &str| happening(json!({"status": status, "error_code": code})).error;
    for status in ["EXPIRED", "CANCELED", "NEW_WORD"] {
        assert!(error(status, "session_expired").is_some(), "{status}");
        assert!(error(status, "").is_none(), "{status}");
        assert!(happening(json!({"status": status})).error.is_none());
    }
    // A word that is left over from an earlier try does not make a success a failure.
    for status in ["SUCCESS", "IN_PROGRESS", "AUTHENTICATED", "NEEDS_AUTH"] {
        assert!(error(status, "website_error").is_none(), "{status}");
    }
}

#[test]
fn the_rest_is_shown_as_it_is_and_bounded() {
    let happening = happening(json!({
        "step": "AWAITING_HUMAN_INTERVENTION", "replay_id": "rp_1", "telemetry_captured": true,
        "browser_session_id": "bs_1"
    }));
    assert_eq!(
        shown(happening.step.as_ref()),
        Some("AWAITING_HUMAN_INTERVENTION")
    );
    assert_eq!(shown(happening.recording.as_ref()), Some("rp_1"));
    assert_eq!(happening.telemetry, Some(true));
    assert_eq!(shown(happening.browser_session.as_ref()), Some("bs_1"));

    let huge = "x".repeat(1_000_000);
    let happening = self::happening(json!({
        "id": huge, "type": huge, "status": huge, "step": huge, "error_code": huge,
        "error_message": huge, "website_error": huge, "replay_id": huge,
        "browser_session_id": huge
    }));
    let crossing = serde_json::to_string(&happening).expect("JSON");
    assert!(crossing.len() < 3000, "{}", crossing.len());
}
