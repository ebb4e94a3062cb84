//! Every scenario, walked to its end by its own published answers, in both shapes.

use serde_json::{Map, Value, json};

use crate::client::{Connection, Follow, World};

#[tokio::test]
async fn all_are_listed() {
    let world = World::new().await;
    let listed = scenarios(&world).await;
    assert!(listed.len() > 50, "{}", listed.len());
    for scenario in &listed {
        assert!(
            scenario["summary"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{scenario}"
        );
        assert!(
            scenario["answers"]
                .as_array()
                .is_some_and(|list| !list.is_empty()),
            "{scenario}"
        );
    }
    let mut names: Vec<&str> = listed.iter().filter_map(|it| it["name"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), listed.len(), "names are unique");
}

#[tokio::test]
async fn all_end_as_they_say() {
    let world = World::new().await;
    for scenario in scenarios(&world).await {
        walk(&world, &scenario, "").await;
    }
}

#[tokio::test]
async fn all_end_as_they_say_in_the_legacy_shape() {
    let world = World::new().await;
    for scenario in scenarios(&world).await {
        walk(&world, &scenario, ".legacy").await;
    }
}

#[tokio::test]
async fn an_unknown_domain_asks_for_a_password() {
    let world = World::new().await;
    let (_, _, mut follow) = world.log_in("shop.test").await;
    let prompt = follow.step("AWAITING_INPUT").await;
    let kinds: Vec<&Value> = prompt["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .map(|it| &it["type"])
        .collect();
    assert_eq!(kinds, ["identifier", "password"]);
}

pub(crate) async fn scenarios(world: &World) -> Vec<Value> {
    let request = world
        .bare(reqwest::Method::GET, "/sandbox/scenarios")
        .send();
    request
        .await
        .expect("an answer")
        .json()
        .await
        .expect("an array")
}

async fn walk(world: &World, scenario: &Value, shape: &str) {
    let name = scenario["name"].as_str().expect("a name");
    let (connection, _, mut follow) = world.log_in(&format!("{name}{shape}.example")).await;
    let mut prompt = Value::Null;
    for answer in scenario["answers"].as_array().expect("answers") {
        prompt = give(&connection, &mut follow, prompt, answer).await;
    }
    let end = follow.terminal().await;
    assert_eq!(
        end["flow_status"], scenario["ends"]["status"],
        "{name}{shape}: {end}"
    );
    let code = end.get("error_code").unwrap_or(&Value::Null);
    assert_eq!(*code, scenario["ends"]["error_code"], "{name}{shape}");
}

/// Gives one answer at the next pause; returns the prompt it was given to.
pub(crate) async fn give(
    connection: &Connection<'_>,
    follow: &mut Follow,
    before: Value,
    answer: &Value,
) -> Value {
    if answer["wait"] == true {
        return before;
    }
    let is_pause = |event: &Value| {
        event["flow_status"] == "IN_PROGRESS"
            && !matches!(
                event["flow_step"].as_str(),
                Some("DISCOVERING" | "SUBMITTING")
            )
    };
    let prompt = follow.until(is_pause).await;
    if let Some(hook) = answer["hook"].as_str() {
        assert_eq!(connection.hook(hook, json!({})).await.status, 204);
        return prompt;
    }
    let sent = connection.submit(body(&prompt, answer)).await;
    assert_eq!(sent.status, 202, "{answer} to {prompt}: {}", sent.text);
    prompt
}

/// The answer as a body: canonical if the prompt has an interaction, else legacy.
fn body(prompt: &Value, answer: &Value) -> Value {
    let interaction = &prompt["interaction_id"];
    match (answer["fields"].as_object(), interaction.is_string()) {
        (Some(values), true) => {
            json!({"interaction_id": interaction, "field_values": by_id(prompt, values)})
        }
        (Some(values), false) => json!({"fields": values}),
        (None, true) => {
            json!({"interaction_id": interaction, "selected_choice_id": answer["choice"]})
        }
        (None, false) => match answer["type"].as_str() {
            Some("mfa_method") => json!({"mfa_option_id": answer["mfa_type"]}),
            Some("sso_provider") => json!({"sso_provider": answer["choice"]}),
            _ => json!({"sign_in_option_id": answer["choice"]}),
        },
    }
}

/// Values by `ref`, as values by `id`.
fn by_id(prompt: &Value, values: &Map<String, Value>) -> Map<String, Value> {
    let fields = prompt["fields"].as_array().expect("fields");
    let id = |name: &String| {
        let field = fields
            .iter()
            .find(|field| field["ref"] == **name)
            .expect("the field");
        field["id"].as_str().expect("an id").to_owned()
    };
    values
        .iter()
        .map(|(name, value)| (id(name), value.clone()))
        .collect()
}
