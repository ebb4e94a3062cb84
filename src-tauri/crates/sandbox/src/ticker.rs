//! Logins that say something new all the time, for measuring how soon a client knows.

use std::time::Duration;

use axum::{Json, body::Bytes, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    task::yield_now,
    time::{Instant, sleep_until},
};

use crate::{
    body::read,
    clock,
    config::Config,
    connection::Standing,
    planted::{Live, Planted},
    refusal::Refusal,
    world::{Shared, World},
};

const MOST: u32 = 100_000;

/// The body of `POST /sandbox/ticker`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    flows: u32,
    /// Milliseconds between two events of one flow.
    #[serde(default = "second")]
    every_ms: u64,
}

fn second() -> u64 {
    1000
}

pub(crate) async fn start(
    State(shared): State<Shared>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let order: Order = read(&body)?;
    if !(1..=MOST).contains(&order.flows) || order.every_ms == 0 {
        return Err(Refusal::invalid(format!(
            "flows must be from 1 to {MOST}, and every_ms at least 1"
        )));
    }
    let mut world = shared.world();
    let mut ids = Vec::new();
    for _ in 0..order.flows {
        let number = world.next_number();
        ids.push(one(number).plant(&shared, &mut world)?);
    }
    let every = Duration::from_millis(order.every_ms);
    let ticking = tokio::spawn(tick(shared.clone(), ids.clone(), every));
    world.tickers.push(ticking.abort_handle());
    Ok(Json(json!({"ids": ids})))
}

/// Their logins go on waiting, in silence.
pub(crate) async fn stop(State(shared): State<Shared>) -> StatusCode {
    for ticker in shared.world().tickers.drain(..) {
        ticker.abort();
    }
    StatusCode::NO_CONTENT
}

fn one(number: usize) -> Planted {
    Planted {
        domain: format!("ticker-{number:05}.example"),
        profile: "ticker".to_owned(),
        scenario: "magic-link".to_owned(),
        legacy: false,
        standing: Standing::NeedsAuth,
        reauth: None,
        uncheckable: false,
        config: Config::default(),
        past: Vec::new(),
        live: Some(Live {
            left: u64::from(u32::MAX),
            given: Some(Vec::new()),
            looks: None,
        }),
    }
}

/// Lets each speak once in every period, evenly spread over it.
async fn tick(shared: Shared, ids: Vec<String>, every: Duration) {
    let share = every / u32::try_from(ids.len()).unwrap_or(MOST);
    let mut period = Instant::now();
    for number in 1_u64.. {
        let mut due = period;
        for id in &ids {
            tokio::select! {
                () = sleep_until(due) => {}
                () = shared.stopped() => return,
            }
            speak(&mut shared.world(), id, number);
            due += share;
            // Behind its time, it still lets others run.
            yield_now().await;
        }
        period += every;
    }
}

fn speak(world: &mut World, id: &str, number: u64) {
    // Deleted, or over by now.
    let Ok(connection) = world.connection_mut(id) else {
        return;
    };
    let now = clock::now().as_millisecond();
    if let Some(flow) = &mut connection.flow
        && flow.say(format!("tick {number} at {now}"))
    {
        connection.publish();
    }
}
