//! An outage that lasts, with a client as patient as it is in life.

use std::time::Duration;

use fault_proxy::{Canned, Fault, Moment, Proxy, Target};
use follower::Follower;
use login_flow::{Audience, Following, StreamState, View, Way};
use managed_auth::{Access, Client, Settings};
use tokio::{task::JoinSet, time::Instant};

use crate::{
    case::RECOVERY,
    support::{
        dice::{Dice, SEED, seed},
        service::Service,
        watched::Watched,
    },
    tally::say,
};

/// Longer than it takes to notice silence, and than three tries.
const LASTS: Duration = Duration::from_secs(9);
const PATIENCE: Duration = Duration::from_secs(60);

fn outages() -> Vec<(&'static str, Fault)> {
    let busy = Canned {
        status: 503,
        headers: String::new(),
        body: "{}",
    };
    vec![
        ("refused connect", Fault::Refuse),
        ("reset", Fault::Reset(Moment::Request)),
        ("half-open", Fault::HalfOpen(Moment::Request)),
        ("blackhole", Fault::Blackhole),
        ("503", Fault::Answer(busy, Moment::Request)),
    ]
}

/// The waits between tries have grown by then, so without the person it takes longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "holds times that a busy computer misses: `make faults`"]
async fn after_a_long_outage_looking_again_brings_the_flow_back_at_once() {
    let seed = seed();
    let mut running = JoinSet::new();
    for (name, fault) in outages() {
        for helped in [true, false] {
            let fault = fault.clone();
            running.spawn(async move { (name, helped, outage(name, fault, helped, seed).await) });
        }
    }
    let mut all: Vec<_> = running.join_all().await;
    all.sort_unstable_by_key(|(name, helped, _)| (*name, *helped));
    for (name, helped, took) in &all {
        let how = if *helped {
            "looking again"
        } else {
            "by itself"
        };
        say(&format!(
            "outage of {LASTS:?}, {name}: back {how} after {took:.2?}"
        ));
    }
    for (name, helped, took) in all {
        assert!(
            !helped || took <= RECOVERY,
            "{name}: {took:?}, {SEED}={seed}"
        );
    }
}

async fn outage(name: &str, fault: Fault, helped: bool, seed: u64) -> Duration {
    let heartbeat = Duration::from_millis(400);
    let service = Service::start(Duration::from_millis(150), heartbeat).await;
    let started = service.login("password.example").await;
    let proxy = Proxy::start(service.address());
    let api = format!("http://{}", proxy.address);
    let access = Access::key(sandbox::API_KEY.into());
    let client = Client::new(
        api.parse().expect("an address"),
        &access,
        Settings::default(),
    );
    let following = Following {
        connection_id: started.id,
        audience: Audience::Support,
        started_until: Some(started.flow_expires_at),
        seed: Dice::of(seed, name).number(),
    };
    let follower = Follower::start(client.expect("a client"), following);
    let mut watched = Watched::new(follower);
    let asks = |view: &View| {
        let is_open = view.prompt.as_ref().is_some_and(|prompt| prompt.open);
        is_open && view.stream == StreamState::Live
    };
    let fail = |failure: String| panic!("{name}: {failure}");
    let before = watched.until("the form", PATIENCE, asks).await;
    let before = before.unwrap_or_else(fail);
    let from = proxy.log().heartbeats;
    while proxy.log().heartbeats < from + 2 {
        watched.changed(heartbeat).await;
    }

    let struck = Instant::now();
    let strikes_new_ones_only = matches!(fault, Fault::Answer(..));
    proxy.strike(Target::All, fault);
    if strikes_new_ones_only {
        proxy.cut();
    }
    let lost = |view: &View| matches!(view.stream, StreamState::Reconnecting { .. });
    let told = watched.until("the loss", PATIENCE, lost).await;
    let told = told.unwrap_or_else(fail);
    assert!(
        told.ways.contains(&Way::CheckAgain),
        "{name}: {:?}",
        told.ways
    );
    tokio::time::sleep_until(struck + LASTS).await;
    proxy.calm();
    let calmed = Instant::now();
    if helped {
        watched.follower.check_again().await;
    }
    let after = watched.until("the form", PATIENCE, asks).await;
    let after = after.unwrap_or_else(fail);
    assert_eq!(before.prompt, after.prompt, "{name}: it still stands");
    calmed.elapsed()
}
