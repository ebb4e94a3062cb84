//! Answering: bound to the question, sent once, nothing lost.

mod support;

use std::time::Duration;

use login_flow::{
    AnswerProblem, Audience, ChoiceKind, FieldKind, Input, Method, Notice, Reason, Stage, Way,
};
use managed_auth::{Error, NetworkProblem, Submission};
use secrecy::ExposeSecret;
use serde_json::json;
use support::*;

fn asking() -> Desk {
    Desk::live(Audience::Guest, connection(form("mai_1")))
}

#[test]
fn fields_go_with_the_interaction_they_were_shown_with() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    let submissions = desk.submissions();
    let [
        Submission::Fields {
            interaction_id,
            values,
        },
    ] = submissions.as_slice()
    else {
        panic!("{submissions:?}")
    };
    assert_eq!(interaction_id, "mai_1");
    assert_eq!(values["f_pw"].expose_secret(), "correct horse");
    assert_eq!(desk.view().stage, Stage::Sending);
    assert!(
        desk.view()
            .prompt
            .as_ref()
            .is_some_and(|prompt| !prompt.open),
        "the form stays, closed"
    );
}

#[test]
fn a_second_press_sends_nothing() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    assert_eq!(desk.answer(filled("mai_1")), Err(AnswerProblem::Busy));
    desk.give(Input::Submitted(Ok(true)));
    assert_eq!(desk.answer(filled("mai_1")), Err(AnswerProblem::Busy));
    assert_eq!(desk.submissions().len(), 1);
}

#[test]
fn an_answer_to_a_question_that_is_gone_is_refused_here() {
    let mut desk = asking();
    desk.event(form("mai_2"));
    assert_eq!(desk.answer(filled("mai_1")), Err(AnswerProblem::Stale));
    assert!(desk.submissions().is_empty());
}

#[test]
fn what_was_not_asked_is_refused() {
    let mut desk = asking();
    for answer in [
        json!({"interaction_id": "mai_1", "field_values": {"f_user": "a", "f_pw": "b", "f_other": "c"}}),
        json!({"interaction_id": "mai_1", "selected_choice_id": "google"}),
    ] {
        assert_eq!(desk.answer(answer), Err(AnswerProblem::NotAsked));
    }
}

#[test]
fn a_required_field_must_be_filled_and_an_empty_optional_one_is_left_out() {
    let mut desk = asking();
    let missing = json!({"interaction_id": "mai_1", "field_values": {"f_user": "ada", "f_pw": ""}});
    assert_eq!(
        desk.answer(missing),
        Err(AnswerProblem::Incomplete {
            field: "f_pw".into()
        })
    );
    let mut optional = form("mai_2");
    optional["fields"][0]["required"] = json!(false);
    desk.event(optional);
    desk.answer(json!({"interaction_id": "mai_2", "field_values": {"f_user": "", "f_pw": " pw "}}))
        .expect("complete");
    let submissions = desk.submissions();
    let [Submission::Fields { values, .. }] = submissions.as_slice() else {
        panic!()
    };
    assert_eq!(values.keys().collect::<Vec<_>>(), ["f_pw"]);
    assert_eq!(
        values["f_pw"].expose_secret(),
        " pw ",
        "a password is sent as typed"
    );
}

#[test]
fn spaces_and_dashes_leave_a_code_and_zeros_stay() {
    for (typed, sent) in [
        ("0 12-34 5", "012345"),
        ("G-12345", "G-12345"),
        ("00 00", "0000"),
    ] {
        let mut desk = asking();
        desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT", "interaction_id": "mai_2",
            "fields": [{"id": "c", "ref": "code", "type": "code", "reason": "missing"}]}));
        desk.answer(json!({"interaction_id": "mai_2", "field_values": {"c": typed}}))
            .expect("complete");
        let submissions = desk.submissions();
        let [Submission::Fields { values, .. }] = submissions.as_slice() else {
            panic!()
        };
        assert_eq!(values["c"].expose_secret(), sent);
    }
}

#[test]
fn a_late_state_does_not_unlock_an_accepted_answer() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Ok(true)));
    desk.event(form("mai_1"));
    assert_eq!(desk.view().stage, Stage::Sending);
    assert_eq!(desk.answer(filled("mai_1")), Err(AnswerProblem::Busy));
}

#[test]
fn after_fifteen_seconds_without_news_the_same_question_may_be_answered_again() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Ok(true)));
    desk.effects.clear();
    desk.pass(Duration::from_secs(15));
    assert_eq!(desk.count(is_read), 1);
    desk.read(connection(form("mai_1")));
    assert_eq!(desk.view().stage, Stage::Asking);
    assert_eq!(desk.view().notice, Some(Notice::StillAsked));
    desk.answer(filled("mai_1")).expect("open again");
}

#[test]
fn a_refused_value_is_asked_anew() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Ok(true)));
    desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "SUBMITTING"}));
    assert_eq!(desk.view().stage, Stage::Sending);
    let mut again = form("mai_2");
    again["fields"][1]["reason"] = json!("rejected");
    again["website_error"] = json!("Incorrect password");
    desk.event(again);
    let view = desk.view();
    assert_eq!(view.stage, Stage::Asking);
    let prompt = view.prompt.as_ref().expect("a prompt");
    assert!(prompt.open);
    assert_eq!(prompt.fields[1].reason, Reason::Rejected);
    assert_eq!(
        view.website_error.as_ref().map(login_flow::Text::as_str),
        Some("Incorrect password")
    );
}

#[test]
fn the_same_question_three_times_over_is_mentioned() {
    let mut desk = asking();
    for round in 1..=4 {
        desk.answer(filled(&format!("mai_{round}")))
            .expect("it is asked");
        desk.give(Input::Submitted(Ok(true)));
        desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "SUBMITTING"}));
        desk.event(form(&format!("mai_{}", round + 1)));
        let told = matches!(desk.view().notice, Some(Notice::AskedAgain { .. }));
        assert_eq!(told, round >= 3, "round {round}");
    }
}

#[test]
fn a_stale_answer_shows_the_new_question_and_sends_nothing_more() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.effects.clear();
    desk.give(Input::Submitted(Err(Error::StaleInteraction(body(
        "stale_interaction",
    )))));
    assert_eq!(desk.view().notice, Some(Notice::PageMovedOn));
    assert_eq!((desk.count(is_read), desk.count(is_close)), (1, 1));
    desk.read(connection(form("mai_2")));
    assert_eq!(
        desk.view()
            .prompt
            .as_ref()
            .map(|prompt| prompt.interaction_id.as_str()),
        Some("mai_2")
    );
    assert_eq!(desk.view().notice, Some(Notice::PageMovedOn));
    assert!(desk.submissions().is_empty());
}

#[test]
fn after_a_network_failure_the_outcome_is_read_and_never_sent_again() {
    for error in [
        Error::Network(NetworkProblem::Broken),
        Error::Timeout,
        refused(502, "x"),
        Error::NotTheApi { status: 200 },
    ] {
        let mut desk = asking();
        desk.answer(filled("mai_1")).expect("it is asked");
        desk.effects.clear();
        desk.give(Input::Submitted(Err(error)));
        assert_eq!(desk.view().notice, Some(Notice::OutcomeUnknown));
        assert_eq!(
            desk.answer(filled("mai_1")),
            Err(AnswerProblem::Busy),
            "not before the read"
        );
        assert_eq!(desk.count(is_read), 1);
        desk.read(connection(form("mai_1")));
        assert!(
            desk.view()
                .prompt
                .as_ref()
                .is_some_and(|prompt| prompt.open),
            "the person decides"
        );
        assert!(desk.submissions().is_empty());
    }
}

#[test]
fn an_answer_whose_key_was_refused_can_be_given_again_when_following_begins_again() {
    let unauthorised = || Error::Unauthorised(body("unauthorized"));
    for stream_first in [false, true] {
        let mut desk = Desk::live(Audience::Support, connection(form("mai_1")));
        desk.answer(filled("mai_1")).expect("it is asked");
        if stream_first {
            desk.give(Input::StreamFailed(unauthorised()));
        }
        desk.give(Input::Submitted(Err(unauthorised())));
        assert_eq!(desk.view().stage, Stage::Refused);

        desk.give(Input::CheckAgain);
        desk.read(connection(form("mai_1")));
        assert_eq!(desk.view().stage, Stage::Asking);
        desk.submissions();
        desk.answer(filled("mai_1")).expect("it is asked again");
        assert_eq!(desk.submissions().len(), 1);
    }
}

#[test]
fn an_answer_that_was_taken_after_the_following_ended_is_not_asked_for_again() {
    let mut desk = Desk::live(Audience::Support, connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::StreamFailed(Error::Unauthorised(body(
        "unauthorized",
    ))));
    desk.give(Input::Submitted(Ok(true)));

    desk.give(Input::CheckAgain);
    desk.read(connection(form("mai_1")));
    assert_eq!(desk.view().stage, Stage::Sending);
    assert_eq!(desk.answer(filled("mai_1")), Err(AnswerProblem::Busy));
}

#[test]
fn a_refusal_keeps_the_form_and_says_the_services_words() {
    for status in [400, 409, 422] {
        let mut desk = asking();
        desk.answer(filled("mai_1")).expect("it is asked");
        desk.give(Input::Submitted(Err(refused(status, "bad_request"))));
        assert!(
            matches!(&desk.view().notice, Some(Notice::NotAccepted { message: Some(words) }) if words.as_str() == "the service's words")
        );
        assert!(
            desk.view()
                .prompt
                .as_ref()
                .is_some_and(|prompt| prompt.open)
        );
    }
}

#[test]
fn a_rate_limit_locks_the_form_for_as_long_as_it_says() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.give(Input::Submitted(Err(Error::RateLimited {
        retry_after: Some(Duration::from_secs(7)),
        body: body("x"),
    })));
    assert!(matches!(desk.view().notice, Some(Notice::Wait { .. })));
    assert_eq!(desk.answer(filled("mai_1")), Err(AnswerProblem::Busy));
    desk.pass(Duration::from_secs(7));
    assert_eq!(desk.view().notice, None);
    desk.answer(filled("mai_1")).expect("open again");
}

#[test]
fn a_prompt_that_turns_up_while_an_answer_travels_waits_for_it() {
    let mut desk = asking();
    desk.answer(filled("mai_1")).expect("it is asked");
    desk.event(form("mai_2"));
    assert_eq!(desk.answer(filled("mai_2")), Err(AnswerProblem::Busy));
    desk.give(Input::Submitted(Ok(true)));
    desk.answer(filled("mai_2")).expect("open");
}

#[test]
fn canonical_data_hide_legacy_data_also_when_empty() {
    let mut both = form("mai_1");
    both["discovered_fields"] =
        json!([{"name": "old", "type": "text", "label": "Old", "selector": "x"}]);
    both["choices"] = json!([]);
    both["mfa_options"] = json!([{"type": "sms", "label": "Text me"}]);
    let desk = Desk::live(Audience::Guest, connection(both));
    let prompt = desk.view().prompt.as_ref().expect("a prompt");
    assert_eq!(
        prompt
            .fields
            .iter()
            .map(|field| field.id.as_str())
            .collect::<Vec<_>>(),
        ["f_user", "f_pw"]
    );
    assert!(prompt.choices.is_empty());
}

#[test]
fn a_legacy_prompt_becomes_the_same_prompt() {
    let mut desk = Desk::live(
        Audience::Guest,
        connection(json!({
            "flow_step": "AWAITING_INPUT",
            "discovered_fields": [
                {"name": "email", "type": "email", "label": "Email address", "selector": "#e", "placeholder": "you@example.com"},
                {"name": "pw", "type": "password", "label": "Password", "selector": "#p", "replace_existing": true}],
            "mfa_options": [{"type": "sms", "label": "Text", "target": "***-92"}, {"type": "sms", "label": "Text", "target": "***-17"}, {"type": "switch", "label": "Other"}],
            "sign_in_options": [{"id": "opt", "label": "Use a key"}],
            "pending_sso_buttons": [{"provider": "google", "selector": "xpath=//button", "label": "Google"}, {"provider": "apple", "label": "Apple"}]
        })),
    );
    let prompt = desk.view().prompt.clone().expect("a prompt");
    let id = prompt.interaction_id.clone();
    assert_eq!(prompt.fields[0].kind, FieldKind::Identifier);
    assert_eq!(prompt.fields[1].reason, Reason::Rejected);
    assert_eq!(
        prompt
            .choices
            .last()
            .and_then(|choice| choice.method.clone()),
        Some(Method::Switch),
        "another way is last"
    );
    let details: Vec<_> = prompt
        .choices
        .iter()
        .filter(|choice| choice.kind == ChoiceKind::MfaMethod)
        .filter_map(|choice| choice.detail.as_ref())
        .map(login_flow::Text::as_str)
        .collect();
    assert_eq!(details, ["***-92", "***-17"]);

    desk.answer(
        json!({"interaction_id": id, "field_values": {"email": "ada@example.com", "pw": "x"}}),
    )
    .expect("asked");
    assert!(
        matches!(desk.submissions().as_slice(), [Submission::LegacyFields(values)] if values.len() == 2)
    );
    for (choice, wanted) in [
        ("mfa:sms", "LegacyMfa(\"sms\")"),
        ("mfa:sms#2", "LegacyMfa(\"sms\")"),
        ("sign_in:opt", "LegacySignIn(\"opt\")"),
        ("sso:google", "LegacySsoButton(\"xpath=//button\")"),
        ("sso:apple", "LegacySsoProvider(\"apple\")"),
    ] {
        desk.give(Input::Submitted(Err(refused(400, "x"))));
        desk.answer(json!({"interaction_id": id, "selected_choice_id": choice}))
            .expect("asked");
        assert_eq!(format!("{:?}", desk.submissions()), format!("[{wanted}]"));
    }
}

#[test]
fn a_legacy_prompt_asked_again_is_a_new_question() {
    let legacy = json!({"flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT",
        "discovered_fields": [{"name": "code", "type": "code", "label": "Code", "selector": "#c"}]});
    let mut desk = Desk::live(Audience::Guest, connection(legacy.clone()));
    let id = |desk: &Desk| {
        desk.view()
            .prompt
            .as_ref()
            .map(|prompt| prompt.interaction_id.clone())
            .expect("a prompt")
    };
    let first = id(&desk);
    desk.event(legacy.clone());
    assert_eq!(
        id(&desk),
        first,
        "the same prompt keeps its name, and so what was typed"
    );
    desk.event(json!({"flow_status": "IN_PROGRESS", "flow_step": "SUBMITTING"}));
    desk.event(legacy);
    assert_ne!(id(&desk), first);
}

#[test]
fn two_telephones_are_told_apart() {
    let mut desk = Desk::live(
        Audience::Guest,
        connection(json!({
            "flow_step": "AWAITING_INPUT", "interaction_id": "mai_1", "fields": [], "choices": [
                {"id": "sms-1", "type": "mfa_method", "mfa_type": "sms", "label": "Text me", "masked_destination": "***-92"},
                {"id": "sms-2", "type": "mfa_method", "mfa_type": "sms", "label": "Text me", "masked_destination": "***-17"}]
        })),
    );
    desk.answer(json!({"interaction_id": "mai_1", "selected_choice_id": "sms-2"}))
        .expect("asked");
    assert!(
        matches!(desk.submissions().as_slice(), [Submission::Choice { choice_id, .. }] if choice_id == "sms-2")
    );
}

#[test]
fn ways_out_of_waiting_on_a_phone_can_be_taken() {
    let mut desk = Desk::live(
        Audience::Guest,
        connection(json!({
            "flow_step": "AWAITING_EXTERNAL_ACTION", "interaction_id": "mai_1",
            "external_action_message": "Tap Yes on your phone", "fields": [],
            "choices": [{"id": "sms", "type": "mfa_method", "mfa_type": "sms", "label": "Text me"}]
        })),
    );
    let view = desk.view();
    assert_eq!(view.stage, Stage::WaitingElsewhere);
    assert_eq!(
        view.message.as_ref().map(login_flow::Text::as_str),
        Some("Tap Yes on your phone")
    );
    assert!(
        view.prompt
            .as_ref()
            .is_some_and(|prompt| prompt.open && prompt.fall_back)
    );
    assert_eq!(&view.ways[..2], [Way::Wait, Way::Answer]);
    desk.answer(json!({"interaction_id": "mai_1", "selected_choice_id": "sms"}))
        .expect("asked");
}

#[test]
fn a_canonical_prompt_without_its_name_is_read_again_and_not_answered() {
    let mut unnamed = form("x");
    unnamed["interaction_id"] = json!(null);
    let mut desk = Desk::live(Audience::Guest, connection(unnamed));
    let prompt = desk.view().prompt.clone().expect("a prompt");
    assert!(!prompt.open);
    assert_eq!(
        desk.answer(filled(&prompt.interaction_id)),
        Err(AnswerProblem::Busy)
    );
    desk.pass(Duration::from_secs(1));
    assert!(desk.count(is_read) >= 1);
    desk.read(connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("named now");
}

#[test]
fn input_awaited_without_saying_which_offers_the_browser() {
    let desk = Desk::live(
        Audience::Guest,
        connection(json!({"flow_step": "AWAITING_INPUT"})),
    );
    assert_eq!(desk.view().stage, Stage::Unfamiliar);
    assert_eq!(desk.view().ways.first(), Some(&Way::OpenLiveView));
}

#[test]
fn an_older_field_is_answered_in_the_older_way_though_its_question_has_a_name() {
    let mut desk = Desk::live(
        Audience::Guest,
        connection(json!({
            "flow_step": "AWAITING_INPUT", "interaction_id": "mai_1",
            "discovered_fields": [{"name": "code", "type": "code", "label": "Code", "selector": "#c"}]
        })),
    );
    desk.answer(json!({"interaction_id": "mai_1", "field_values": {"code": "1"}}))
        .expect("asked");
    assert!(matches!(
        desk.submissions().as_slice(),
        [Submission::LegacyFields(_)]
    ));
}

#[test]
fn other_questions_in_a_row_are_not_the_same_one_again() {
    let mut desk = asking();
    for round in 2..8 {
        let id = desk
            .view()
            .prompt
            .clone()
            .expect("a question")
            .interaction_id;
        let values: serde_json::Map<_, _> = desk
            .view()
            .prompt
            .iter()
            .flat_map(|prompt| &prompt.fields)
            .map(|field| (field.id.clone(), json!("x")))
            .collect();
        desk.answer(json!({"interaction_id": id, "field_values": values}))
            .expect("asked");
        desk.give(Input::Submitted(Ok(true)));
        desk.event(json!({
            "flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT",
            "interaction_id": format!("mai_{round}"),
            "fields": [{"id": "f", "ref": format!("field {round}"), "type": "text"}]
        }));
        assert_eq!(desk.view().notice, None, "question {round}");
    }
}
