//! Kernel's JSON as it may come: full, bare, null, with words and members nobody knows.

use managed_auth::{
    ChoiceType, Connection, ConnectionStatus, FieldReason, FieldType, FlowEvent, FlowStatus,
    FlowStep, FlowType, InputMode, MfaType, StateEvent,
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

fn connection(value: Value) -> Connection {
    serde_json::from_value(value).expect("a connection")
}

fn state(value: &Value) -> StateEvent {
    match FlowEvent::parse("", &value.to_string()) {
        FlowEvent::State(state) => *state,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_connection_of_the_oldest_form() {
    let connection = connection(json!({
        "id": "ma_1", "domain": "x.example", "profile_name": "p", "status": "AUTHENTICATED",
        "last_auth_at": "2025-01-15T10:30:00Z", "can_reauth": true, "can_reauth_reason": "has_credential",
        "allowed_domains": ["login.x.example"], "post_login_url": "https://x.example/browse",
        "flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT", "flow_type": "LOGIN",
        "flow_expires_at": "2025-11-05T20:00:00Z", "website_error": "Invalid password",
        "hosted_url": "https://h.example/login/1", "sso_provider": "google",
        "discovered_fields": [{ "name": "email", "type": "email", "label": "E-mail", "selector": "#e" }],
    }));
    assert_eq!(connection.status, Some(ConnectionStatus::Authenticated));
    assert_eq!(connection.flow_step, Some(FlowStep::AwaitingInput));
    assert_eq!(connection.flow_type, Some(FlowType::Login));
    assert_eq!(
        connection.flow_expires_at,
        Some("2025-11-05T20:00:00Z".parse().expect("a time"))
    );
    assert_eq!(
        connection.prompt.website_error.as_deref(),
        Some("Invalid password")
    );
    assert_eq!(
        connection.prompt.discovered_fields.expect("fields")[0].name,
        "email"
    );
    assert!(connection.prompt.fields.is_none());
    assert_eq!(
        connection.hosted_url.expect("a page").expose_secret(),
        "https://h.example/login/1"
    );
}

#[test]
fn a_connection_of_nothing_but_an_id_and_one_of_nulls() {
    for value in [
        json!({ "id": "ma_1" }),
        json!({ "id": "ma_1", "domain": null, "profile_name": null, "status": null, "save_credentials": null,
            "record_session": null, "allowed_domains": null, "health_check_interval": null, "credential": null,
            "browser": null, "flow_status": null, "flow_step": null, "flow_type": null, "flow_expires_at": null,
            "interaction_id": null, "fields": null, "choices": null, "discovered_fields": null,
            "mfa_options": null, "sign_in_options": null, "pending_sso_buttons": null, "error_code": null,
            "hosted_url": null, "live_view_url": null, "last_auth_check_at": null }),
    ] {
        let connection = connection(value);
        assert_eq!(connection.flow_status, None);
        assert_eq!(connection.prompt, managed_auth::Prompt::default());
        assert!(connection.hosted_url.is_none());
    }
}

#[test]
fn unknown_words_and_members_survive() {
    let connection = connection(json!({
        "id": "ma_1", "status": "SNOOZING", "flow_status": "PAUSED", "flow_step": "THINKING", "flow_type": "RELOGIN",
        "new_member": { "deep": [1, null] },
        "fields": [{ "id": "f", "ref": "r", "type": "voice", "reason": "boring", "input_mode": "braille", "new": 1 }],
        "choices": [{ "id": "c", "label": "C", "type": "dance", "mfa_type": "owl", "observed_selector": "#c" }],
    }));
    assert_eq!(
        connection.status,
        Some(ConnectionStatus::Unknown("SNOOZING".into()))
    );
    assert_eq!(
        connection.flow_status,
        Some(FlowStatus::Unknown("PAUSED".into()))
    );
    assert_eq!(
        connection.flow_step.as_ref().map(FlowStep::as_str),
        Some("THINKING")
    );
    let field = &connection.prompt.fields.expect("fields")[0];
    assert_eq!(field.kind, FieldType::Unknown("voice".into()));
    assert_eq!(field.reason, FieldReason::Unknown("boring".into()));
    assert_eq!(field.input_mode, Some(InputMode::Unknown("braille".into())));
    let choice = &connection.prompt.choices.expect("choices")[0];
    assert_eq!(choice.kind, ChoiceType::Unknown("dance".into()));
    assert_eq!(choice.mfa_type, Some(MfaType::Unknown("owl".into())));
}

#[test]
fn words_are_known_in_any_case() {
    let connection = connection(
        json!({ "id": "ma_1", "flow_status": "in_progress", "flow_step": "Awaiting_Input" }),
    );
    assert_eq!(connection.flow_status, Some(FlowStatus::InProgress));
    assert_eq!(connection.flow_step, Some(FlowStep::AwaitingInput));
}

#[test]
fn absent_and_empty_differ() {
    let prompt = connection(json!({ "id": "ma_1", "fields": [], "mfa_options": [] })).prompt;
    assert_eq!(prompt.fields, Some(Vec::new()));
    assert_eq!(prompt.mfa_options, Some(Vec::new()));
    assert_eq!(prompt.choices, None);
}

#[test]
fn what_can_be_left_out_of_a_field_is() {
    let prompt = connection(json!({ "id": "ma_1",
        "fields": [{ "id": "f" }, { "id": "g", "type": null, "reason": null, "label": null }],
        "choices": [{ "id": "c" }, { "id": "d", "type": null }],
        "discovered_fields": [{ "name": "n" }],
        "mfa_options": [{ "type": "sms" }, { "type": "SMS", "label": null }],
        "sign_in_options": [{ "id": "s" }], "pending_sso_buttons": [{}] }))
    .prompt;
    let fields = prompt.fields.expect("fields");
    assert!(
        fields
            .iter()
            .all(|field| field.kind == FieldType::Text && field.reason == FieldReason::Missing)
    );
    assert_eq!(fields[0].required, None);
    let choices = prompt.choices.expect("choices");
    assert!(
        choices
            .iter()
            .all(|choice| choice.kind == ChoiceType::Other)
    );
    assert_eq!(choices.len(), 2);
    assert_eq!(prompt.discovered_fields.expect("fields")[0].kind, None);
    assert!(
        prompt
            .mfa_options
            .expect("options")
            .iter()
            .all(|option| option.kind == MfaType::Sms)
    );
    assert_eq!(prompt.sign_in_options.expect("options")[0].label, None);
    assert_eq!(
        prompt.pending_sso_buttons.expect("buttons")[0].selector,
        None
    );
}

#[test]
fn an_entry_that_cannot_be_answered_is_left_out_alone() {
    let prompt = connection(json!({ "id": "ma_1",
        "fields": [{ "label": "no id" }, null, 7, { "id": "f" }],
        "choices": [{ "label": "no id" }],
        "discovered_fields": { "not": "a list" },
        "sign_in_options": "neither" }))
    .prompt;
    assert_eq!(prompt.fields.expect("fields").len(), 1);
    // Nothing readable is not the same as nothing asked.
    assert_eq!(prompt.choices, None);
    assert_eq!(prompt.discovered_fields, None);
    assert_eq!(prompt.sign_in_options, None);
}

#[test]
fn a_time_that_is_none_is_absent() {
    for time in [json!("soon"), json!(7), json!(""), json!("2025-11-05")] {
        assert_eq!(
            connection(json!({ "id": "ma_1", "flow_expires_at": time })).flow_expires_at,
            None
        );
    }
    let offset =
        connection(json!({ "id": "ma_1", "flow_expires_at": "2025-11-05T21:00:00.5+01:00" }));
    assert_eq!(
        offset.flow_expires_at,
        Some("2025-11-05T20:00:00.5Z".parse().expect("a time"))
    );
}

#[test]
fn a_state_event_of_every_generation() {
    let legacy = state(
        &json!({ "event": "managed_auth_state", "timestamp": "2023-11-07T05:31:56Z",
        "flow_status": "IN_PROGRESS", "flow_step": "DISCOVERING", "flow_type": "LOGIN",
        "mfa_options": [{ "type": "sms", "label": "Text me a code", "target": "***-***-5678" }],
        "live_view_url": "https://l.example" }),
    );
    assert_eq!(legacy.flow_step, Some(FlowStep::Discovering));
    assert_eq!(
        legacy.prompt.mfa_options.expect("options")[0]
            .target
            .as_deref(),
        Some("***-***-5678")
    );
    assert!(legacy.live_view_url.is_some() && legacy.hosted_url.is_none());

    let canonical = state(
        &json!({ "event": "managed_auth_state", "flow_status": "IN_PROGRESS", "flow_step": null,
        "interaction_id": "mai_1", "choices": [], "fields": [{ "id": "f", "type": "totp_code", "reason": "rejected" }],
        "error_message": "{\"error\":\"inner\"}", "new": [] }),
    );
    assert_eq!(canonical.prompt.interaction_id.as_deref(), Some("mai_1"));
    assert_eq!(canonical.prompt.choices, Some(Vec::new()));
    assert_eq!(
        canonical.prompt.fields.expect("fields")[0].kind,
        FieldType::TotpCode
    );
    assert_eq!(
        canonical.prompt.error_message.as_deref(),
        Some("{\"error\":\"inner\"}")
    );
}

#[test]
fn the_name_in_the_json_counts_and_else_that_of_the_line() {
    let heartbeat = r#"{"event":"sse_heartbeat"}"#;
    assert!(matches!(
        FlowEvent::parse("managed_auth_state", heartbeat),
        FlowEvent::Heartbeat
    ));
    assert!(matches!(
        FlowEvent::parse("sse_heartbeat", "{}"),
        FlowEvent::Heartbeat
    ));
    assert!(matches!(
        FlowEvent::parse("sse_heartbeat", r#"{"event":7}"#),
        FlowEvent::Heartbeat
    ));
    assert!(matches!(
        FlowEvent::parse("message", "{}"),
        FlowEvent::Unknown
    ));
    assert!(matches!(
        FlowEvent::parse("sse_heartbeat", r#"{"event":"news"}"#),
        FlowEvent::Unknown
    ));
}

#[test]
fn an_event_that_cannot_be_read_is_malformed_and_no_more() {
    for data in [
        "",
        "{",
        "\u{FFFD}",
        "<html>",
        r#"{"event":"managed_auth_state"}"#,
    ] {
        assert!(
            matches!(
                FlowEvent::parse("managed_auth_state", data),
                FlowEvent::Malformed
            ),
            "{data:?}"
        );
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(
        FlowEvent::parse("managed_auth_state", &deep),
        FlowEvent::Malformed
    ));
}

#[test]
fn an_error_event_tells_what_it_can() {
    let error = |value: Value| match FlowEvent::parse("error", &value.to_string()) {
        FlowEvent::Error(body) => (body.code, body.message),
        other => panic!("{other:?}"),
    };
    let told = (Some("c".to_owned()), Some("m".to_owned()));
    assert_eq!(
        error(json!({ "error": { "code": "c", "message": "m", "details": [] } })),
        told
    );
    assert_eq!(
        error(json!({ "error": { "code": "c", "message": "m", "details": "text" } })),
        told
    );
    assert_eq!(error(json!({ "error": { "code": null } })), (None, None));
    assert_eq!(error(json!({ "error": null })), (None, None));
    assert_eq!(error(json!({})), (None, None));
}
