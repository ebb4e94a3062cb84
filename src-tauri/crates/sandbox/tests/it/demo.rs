//! The world that is there from the start.

use std::collections::BTreeSet;

use sandbox::Settings;
use serde_json::{Value, json};

use crate::{
    client::{World, settings},
    scenarios::{give, scenarios},
};

async fn demo() -> World {
    World::with(Settings {
        world: sandbox::World::Demo,
        ..settings()
    })
    .await
}

/// The connection of a profile; all profiles of the demo differ.
fn of<'a>(all: &'a [Value], profile: &str) -> &'a Value {
    all.iter()
        .find(|it| it["profile_name"] == profile)
        .expect("the profile")
}

fn distinct<'a>(all: &'a [Value], key: &str) -> BTreeSet<&'a str> {
    all.iter().filter_map(|it| it[key].as_str()).collect()
}

#[tokio::test]
async fn it_shows_every_standing_and_kind_of_flow() {
    let world = demo().await;
    let all = world.all().await;
    assert!((28..40).contains(&all.len()), "{}", all.len());
    assert_eq!(distinct(&all, "profile_name").len(), all.len());
    assert!(distinct(&all, "domain").len() < all.len());
    assert_eq!(distinct(&all, "status").len(), 2);
    assert!(distinct(&all, "can_reauth_reason").len() > 12);
    assert!(distinct(&all, "error_code").len() > 8);
    assert_eq!(
        distinct(&all, "flow_status"),
        BTreeSet::from(["EXPIRED", "FAILED", "IN_PROGRESS", "SUCCESS"])
    );
    let unchecked = of(&all, "label-printer");
    assert_eq!(
        unchecked["health_check_unavailable_reason"],
        "no_auth_check_url"
    );
    assert!(unchecked["last_auth_check_at"].is_string());
    assert!(of(&all, "فريق الفوترة").is_object());
    let external = of(&all, "payroll-export");
    assert_eq!(external["credential"]["provider"], "vault-eu");
    assert_eq!(external["can_reauth_reason"], "external_credential");
}

#[tokio::test]
async fn its_timelines_tell_a_past() {
    let world = demo().await;
    let all = world.all().await;
    let id = of(&all, "billing-bot")["id"].as_str().expect("an id");
    let timeline = world
        .get(&format!("/auth/connections/{id}/timeline"))
        .await
        .json();
    let told: Vec<Value> = timeline
        .as_array()
        .expect("a bare array")
        .iter()
        .map(|it| json!([it["type"], it["status"], it["error_code"]]))
        .collect();
    assert_eq!(
        told,
        [
            json!(["login", "IN_PROGRESS", null]),
            json!(["reauth", "FAILED", "sms_code_required"]),
            json!(["health_check", "NEEDS_AUTH", null]),
            json!(["health_check", "AUTHENTICATED", null]),
            json!(["login", "SUCCESS", null]),
        ]
    );
    let mut times: Vec<&str> = timeline
        .as_array()
        .expect("a bare array")
        .iter()
        .filter_map(|it| it["timestamp"].as_str())
        .collect();
    times.reverse();
    assert!(times.is_sorted(), "newest first: {times:?}");
    assert!(timeline[1]["replay_id"].is_string());
    assert!(timeline[1]["completed_at"].is_string());
    assert_eq!(timeline[0].get("replay_id"), None);
}

#[tokio::test]
async fn its_running_logins_stand_at_different_places() {
    let world = demo().await;
    let all = world.all().await;
    let live: Vec<&Value> = all
        .iter()
        .filter(|it| it["flow_status"] == "IN_PROGRESS")
        .collect();
    let times: BTreeSet<&str> = live
        .iter()
        .filter_map(|it| it["flow_expires_at"].as_str())
        .collect();
    assert_eq!(times.len(), live.len(), "all have different time left");
    let asks = |profile: &str| of(&all, profile)["fields"][0]["type"].clone();
    assert_eq!(asks("billing-bot"), "code");
    assert_eq!(asks("facilities"), "identifier");
    let rejected = of(&all, "month-end-close");
    assert_eq!(rejected["fields"][0]["reason"], "rejected");
    assert_eq!(rejected["website_error"], "That code is not right");
    assert_eq!(
        of(&all, "onboarding")["choices"][0]["type"],
        "account",
        "a choice between accounts"
    );
    assert_eq!(
        of(&all, "dispatch")["external_action_message"],
        "Tap 'Yes' on the prompt on your phone"
    );
    assert_eq!(
        of(&all, "claims-intake")["flow_step"],
        "AWAITING_HUMAN_INTERVENTION"
    );
    assert_eq!(of(&all, "listings-sync")["flow_step"], "DISCOVERING");
    let legacy = of(&all, "invoice-collector");
    assert_eq!(legacy["flow_type"], "REAUTH");
    assert_eq!(legacy.get("choices"), None);
    assert_eq!(legacy["mfa_options"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn its_running_logins_end_by_the_answers_of_their_scenarios() {
    let world = demo().await;
    let all = world.all().await;
    let known = scenarios(&world).await;
    for (profile, given) in [
        ("billing-bot", 1),
        ("facilities", 0),
        ("dispatch", 1),
        ("claims-intake", 0),
        ("onboarding", 1),
        ("month-end-close", 1),
        ("invoice-collector", 1),
    ] {
        let connection = world.known(&of(&all, profile)["id"]);
        let plays = world
            .get(&format!("/sandbox/connections/{}/scenario", connection.id))
            .await
            .json();
        let scenario = known
            .iter()
            .find(|it| it["name"] == plays["scenario"])
            .expect("the scenario");
        let mut follow = connection.follow().await;
        let mut prompt = Value::Null;
        let answers = scenario["answers"].as_array().expect("answers");
        for answer in &answers[given..] {
            prompt = give(&connection, &mut follow, prompt, answer).await;
        }
        let end = follow.terminal().await;
        assert_eq!(end["flow_status"], "SUCCESS", "{profile}");
        assert_eq!(connection.full().await["status"], "AUTHENTICATED");
    }
}

#[tokio::test]
async fn a_handed_out_link_of_it_works() {
    let world = demo().await;
    let all = world.all().await;
    let one = of(&all, "billing-bot");
    let address = url::Url::parse(one["hosted_url"].as_str().expect("an address")).expect("a URL");
    let (_, code) = address
        .query_pairs()
        .find(|(key, _)| key == "code")
        .expect("a code");
    let exchanged = world.known(&one["id"]).exchange(&json!(code)).await;
    assert_eq!(exchanged.status, 200);
}

#[tokio::test]
async fn a_new_login_plays_the_scenario_of_its_connection() {
    let world = demo().await;
    let all = world.all().await;
    let connection = world.known(&of(&all, "royalty-statements")["id"]);
    connection.login().await;
    let mut follow = connection.follow().await;
    let prompt = follow.step("AWAITING_INPUT").await;
    connection.submit(crate::client::right(&prompt)).await;
    assert_eq!(follow.terminal().await["error_code"], "account_locked");
}
