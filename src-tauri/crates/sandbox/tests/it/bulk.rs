//! Many connections at once.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, World};

async fn populate(world: &World, body: Value) -> Answer {
    let request = world.bare(Method::POST, "/sandbox/populate").json(&body);
    Answer::of(request.send().await.expect("an answer")).await
}

#[tokio::test]
async fn as_many_are_there_as_were_ordered() {
    let world = World::new().await;
    world.connect("password.example").await;
    let order = json!({"connections": 250, "live": 40});
    let added = populate(&world, order).await.json();
    let ids = added["ids"].as_array().expect("ids");
    let live = added["live"].as_array().expect("live ones");
    assert_eq!((ids.len(), live.len()), (250, 40));
    assert!(live.iter().all(|id| ids.contains(id)));
    let all = world.all().await;
    assert_eq!(all.len(), 251);
    let running: Vec<&Value> = all
        .iter()
        .filter(|it| it["flow_status"] == "IN_PROGRESS")
        .collect();
    assert!(running.iter().all(|it| live.contains(&it["id"])));
    assert!(
        running
            .iter()
            .all(|it| it["flow_step"] == "AWAITING_INPUT" && it["interaction_id"].is_string())
    );
    let distinct = |all: &[&Value], key: &str| -> usize {
        let values: BTreeSet<String> = all.iter().map(|it| it[key].to_string()).collect();
        values.len()
    };
    assert!(distinct(&running, "flow_expires_at") > 10);
    let all: Vec<&Value> = all.iter().collect();
    assert_eq!(distinct(&all, "domain"), 251);
    assert!(distinct(&all, "can_reauth_reason") > 3);
    assert_eq!(distinct(&all, "status"), 2);
}

#[tokio::test]
async fn they_play_the_scenario_that_was_ordered() {
    let world = World::new().await;
    let order = json!({"connections": 4, "live": 4, "scenario": "human", "prefix": "clinic"});
    let first = populate(&world, order.clone()).await.json();
    let second = populate(&world, order).await.json();
    let connection = world.known(&first["live"][0]);
    let full = connection.full().await;
    assert_eq!(full["flow_step"], "AWAITING_HUMAN_INTERVENTION");
    assert!(
        full["domain"]
            .as_str()
            .is_some_and(|it| it.starts_with("clinic-"))
    );
    connection.hook("approve", json!({})).await;
    let end = connection.follow().await.terminal().await;
    assert_eq!(end["flow_status"], "SUCCESS");
    let again = world.known(&second["ids"][0]).full().await;
    assert_ne!(again["domain"], full["domain"]);
}

#[tokio::test]
async fn impossible_orders_are_refused() {
    let world = World::new().await;
    for order in [
        json!({"live": 1}),
        json!({"connections": 1, "live": 2}),
        json!({"connections": 1_000_000}),
        json!({"connections": 1, "scenario": "no-such"}),
        json!({"connections": 1, "prefix": "no spaces"}),
    ] {
        assert_eq!(populate(&world, order.clone()).await.status, 400, "{order}");
    }
    assert_eq!(world.all().await.len(), 0);
}
