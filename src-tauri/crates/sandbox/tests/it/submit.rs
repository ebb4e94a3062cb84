//! Submitting: the seven modes, and everything that is refused.

use serde_json::json;

use crate::client::{World, right};

#[tokio::test]
async fn a_body_answers_in_exactly_one_way() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    let id = &prompt["interaction_id"];
    let wrong = [
        json!({}),
        json!({"interaction_id": id}),
        json!({"field_values": {"f_username": "a", "f_password": "b"}}),
        json!({"selected_choice_id": "google"}),
        json!({"interaction_id": id, "fields": {"username": "a", "password": "b"}}),
        json!({"interaction_id": id, "field_values": {}, "selected_choice_id": "a"}),
        json!({"fields": {}, "mfa_option_id": "sms"}),
        json!({"sso_provider": "google", "sso_button_selector": "xpath=//a"}),
        json!({"interaction_id": id, "field_values": {"f_username": 1}}),
        json!({"surprise": true}),
    ];
    for body in wrong {
        let answer = connection.submit(body.clone()).await;
        assert_eq!(answer.refusal(), (400, "bad_request".to_owned()), "{body}");
    }
    assert_eq!(
        connection.full().await["interaction_id"],
        *id,
        "nothing was taken"
    );
}

#[tokio::test]
async fn values_must_fit_the_fields() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    let id = &prompt["interaction_id"];
    let wrong = [
        json!({"interaction_id": id, "field_values": {}}),
        json!({"interaction_id": id, "field_values": {"f_username": "a"}}),
        json!({"interaction_id": id, "field_values": {"f_username": "a", "f_password": ""}}),
        json!({"interaction_id": id, "field_values": {"username": "a", "password": "b"}}),
        json!({"fields": {"f_username": "a", "f_password": "b"}}),
        json!({"interaction_id": id, "selected_choice_id": "google"}),
        json!({"mfa_option_id": "sms"}),
    ];
    for body in wrong {
        let answer = connection.submit(body.clone()).await;
        assert_eq!(
            answer.refusal(),
            (422, "invalid_input".to_owned()),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_stale_interaction_is_refused() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    let wrong = json!({
        "interaction_id": prompt["interaction_id"],
        "field_values": {"f_username": "ada@example.com", "f_password": "wrong"},
    });
    assert_eq!(connection.submit(wrong.clone()).await.status, 202);
    let again = follow.step("AWAITING_INPUT").await;
    assert_ne!(again["interaction_id"], prompt["interaction_id"]);
    assert_eq!(again["website_error"], "Incorrect password");
    let reasons = [&again["fields"][0]["reason"], &again["fields"][1]["reason"]];
    assert_eq!(reasons, ["missing", "rejected"]);
    let stale = connection.submit(wrong).await;
    assert_eq!(stale.refusal(), (400, "stale_interaction".to_owned()));
    let accepted = connection.submit(right(&again)).await;
    assert_eq!(
        (accepted.status.as_u16(), accepted.json()),
        (202, json!({"accepted": true}))
    );
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
}

#[tokio::test]
async fn there_must_be_something_to_answer() {
    let world = World::new().await;
    let connection = world.connect("password.example").await;
    let body = json!({"fields": {"username": "a"}});
    let none = connection.submit(body.clone()).await;
    assert_eq!(none.refusal(), (400, "no_active_flow".to_owned()));
    connection.login().await;
    connection.hook("cancel", json!({})).await;
    let over = connection.submit(body).await;
    assert_eq!(over.refusal(), (400, "no_active_flow".to_owned()));
}

#[tokio::test]
async fn both_generations_are_sent_and_taken() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("two-phones.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    assert_eq!(prompt["discovered_fields"][0]["name"], "username");
    let fields = json!({"fields": {"username": "ada@example.com", "password": "correct horse"}});
    assert_eq!(connection.submit(fields).await.status, 202);
    let phones = follow.step("AWAITING_INPUT").await;
    assert_eq!(phones["choices"][0]["masked_destination"], "(***) ***-**92");
    assert_eq!(phones["choices"][1]["masked_destination"], "(***) ***-**17");
    assert_eq!(phones["mfa_options"][1]["target"], "(***) ***-**17");
    let choice = json!({
        "interaction_id": phones["interaction_id"], "selected_choice_id": "sms-17",
    });
    assert_eq!(connection.submit(choice).await.status, 202);
    follow.step("AWAITING_INPUT").await;
}

#[tokio::test]
async fn the_legacy_shape_knows_nothing_newer() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("everything.legacy.example").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    let full = connection.full().await;
    for key in ["interaction_id", "fields", "choices"] {
        assert_eq!(prompt.get(key), None, "{key} in the event");
        assert_eq!(full.get(key), None, "{key} in the full read");
    }
    for key in [
        "discovered_fields",
        "mfa_options",
        "sign_in_options",
        "pending_sso_buttons",
    ] {
        assert_eq!(prompt[key], full[key]);
        assert!(prompt[key].is_array(), "{key}");
    }
    let canonical = json!({"interaction_id": "mai_a", "selected_choice_id": "google"});
    assert_eq!(connection.submit(canonical).await.status, 400);
    let selector = json!({"sso_button_selector": prompt["pending_sso_buttons"][1]["selector"]});
    assert_eq!(connection.submit(selector).await.status, 202);
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
    assert_eq!(connection.full().await["sso_provider"], "microsoft");
}
