//! The property of a flow that a fuzz target and a test share. `support` is beside it.

use std::time::Duration;

use login_flow::{Audience, Input, Stage};
use managed_auth::{Error, FlowEvent, NetworkProblem};
use serde_json::{Value, json};

use super::support::{Desk, body, connection, refused};

/// More than any way through the rules is long.
const MOST_STEPS: usize = 300;

/// Panics unless there is always a way forward, an end is final, deadlines lead to something, and
/// one answer is in flight at most.
///
/// Each byte chooses what happens next, and the bytes after it how.
pub(crate) fn always_a_way_and_one_end(data: &[u8]) {
    let mut bytes = Bytes(data);
    let audience = if bytes.below(2) == 0 {
        Audience::Guest
    } else {
        Audience::Support
    };
    let mut desk = Desk::new(audience);
    let mut end = None;
    let mut in_flight = 0;
    for _ in 0..MOST_STEPS {
        let Some(what) = bytes.next() else { break };
        if happen(&mut desk, what, &mut bytes) {
            in_flight = 0;
        }
        let sent = desk.submissions().len();
        in_flight += sent;
        assert!(in_flight <= 1, "two answers at once");

        let view = desk.view();
        assert!(!view.ways.is_empty(), "no way forward: {view:?}");
        let needs_reason = view.stage.is_end() && view.stage != Stage::LoggedIn;
        assert_eq!(view.error.is_some(), needs_reason, "{view:?}");
        assert!(view.prompt.is_none() || !view.stage.is_end(), "{view:?}");
        if let Some(end) = end {
            assert_eq!(view.stage, end, "an end that was not final");
            assert_eq!(sent, 0);
            assert_eq!(desk.flow.deadline(), None);
        } else if matches!(
            view.stage,
            Stage::LoggedIn | Stage::Failed | Stage::Expired | Stage::Canceled
        ) {
            end = Some(view.stage);
        }
        spins_down(&mut desk);
    }
}

fn spins_down(desk: &mut Desk) {
    let is_due = |desk: &Desk| desk.flow.deadline().is_some_and(|at| at <= desk.now.steady);
    let mut ticks = 0;
    while is_due(desk) {
        desk.give(Input::Tick);
        ticks += 1;
        assert!(ticks < 5, "{:?}", desk.effects);
    }
}

/// Lets something happen. Whether it was the outcome of a submission.
fn happen(desk: &mut Desk, what: u8, bytes: &mut Bytes<'_>) -> bool {
    match what {
        // The highest bytes, so that the corpus means what it did before these were thought of.
        252 | 253 => desk.read(connection(json!({"flow_status": null, "flow_step": null}))),
        254 => desk.give(Input::TimelineFailed(error(bytes))),
        255 => {
            let status = bytes.choose(&["SUCCESS", "FAILED", "IN_PROGRESS", "NEWS"]);
            desk.timeline(Some(status).filter(|_| bytes.below(4) != 0));
        }
        _ => return happen_often(desk, what % 18, bytes),
    }
    false
}

fn happen_often(desk: &mut Desk, what: u8, bytes: &mut Bytes<'_>) -> bool {
    match what {
        0 => desk.read(connection(state(bytes))),
        1 => desk.give(Input::ReadFailed(error(bytes))),
        2 => desk.give(Input::StreamOpened),
        3 => desk.give(Input::StreamAlive),
        4 => desk.give(Input::StreamRetry(Duration::from_millis(
            u64::from(bytes.byte()) * 200,
        ))),
        5 => desk.event(state(bytes)),
        6 => desk.give(Input::StreamEvent(FlowEvent::Heartbeat)),
        7 => desk.give(Input::StreamEvent(FlowEvent::Error(body("x")))),
        8 => desk.give(Input::StreamEvent(FlowEvent::Malformed)),
        9 => desk.give(Input::StreamTooLarge),
        10 => desk.give(Input::StreamEnded),
        11 => desk.give(Input::StreamRefused),
        12 => desk.give(Input::StreamFailed(error(bytes))),
        13 => {
            let outcome = match bytes.below(4) {
                0 => Ok(true),
                1 => Ok(false),
                _ => Err(error(bytes)),
            };
            desk.give(Input::Submitted(outcome));
            return true;
        }
        14 => answer(desk, bytes),
        15 => desk.give(Input::CheckAgain),
        16 => desk.give(Input::NetworkChanged),
        _ => desk.pass(Duration::from_secs(u64::from(bytes.byte()))),
    }
    false
}

fn answer(desk: &mut Desk, bytes: &mut Bytes<'_>) {
    let Some(prompt) = desk.view().prompt.clone() else {
        return;
    };
    let answer = if let Some(choice) = prompt.choices.get(bytes.below(4)) {
        json!({"interaction_id": prompt.interaction_id, "selected_choice_id": choice.id})
    } else {
        let values: serde_json::Map<_, _> = prompt
            .fields
            .iter()
            .map(|field| (field.id.clone(), json!("typed")))
            .collect();
        json!({"interaction_id": prompt.interaction_id, "field_values": values})
    };
    // It may be refused: then nothing is sent.
    let _ = desk.answer(answer);
}

fn state(bytes: &mut Bytes<'_>) -> Value {
    let status = bytes.choose(&[
        "IN_PROGRESS",
        "IN_PROGRESS",
        "IN_PROGRESS",
        "PENDING",
        "SUCCESS",
        "FAILED",
        "EXPIRED",
        "CANCELED",
        "NEWS",
    ]);
    let step = bytes.choose(&[
        "AWAITING_INPUT",
        "DISCOVERING",
        "SUBMITTING",
        "AWAITING_EXTERNAL_ACTION",
        "COMPLETED",
        "PONDERING",
    ]);
    let interaction = match bytes.below(4) {
        0 => json!(null),
        n => json!(format!("mai_{n}")),
    };
    let kind = bytes.choose(&["identifier", "password", "code", "hologram"]);
    let fields: Vec<_> = (0..bytes.below(3))
        .map(|n| {
            json!({"id": format!("f{n}"), "ref": "r", "type": kind, "reason": "missing", "label": "x", "required": n == 0})
        })
        .collect();
    let kind = bytes.choose(&["mfa_method", "sso_provider", "account", "dance"]);
    let choices: Vec<_> = (0..bytes.below(3))
        .map(|n| json!({"id": format!("c{n}"), "type": kind, "label": "x"}))
        .collect();
    let legacy: Vec<_> = (0..bytes.below(2))
        .map(|n| json!({"name": format!("n{n}"), "type": "text", "label": "x", "selector": "y"}))
        .collect();
    json!({"flow_status": status, "flow_step": step, "interaction_id": interaction,
        "fields": fields, "choices": choices, "discovered_fields": legacy})
}

fn error(bytes: &mut Bytes<'_>) -> Error {
    match bytes.below(12) {
        0 => Error::Unauthorised(body("x")),
        1 => Error::Forbidden(body("x")),
        2 => Error::NotFound(body("x")),
        3 => Error::Gone(body("x")),
        4 => Error::StaleInteraction(body("stale_interaction")),
        5 => Error::RateLimited {
            retry_after: Some(Duration::from_secs(u64::from(bytes.byte()))),
            body: body("x"),
        },
        6 => refused(422, "x"),
        7 => refused(503, "x"),
        8 => Error::NotTheApi { status: 200 },
        9 => Error::Network(NetworkProblem::Broken),
        10 => Error::Network(NetworkProblem::Connect),
        _ => Error::Timeout,
    }
}

/// The bytes that decide; zeros when they are used up.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn byte(&mut self) -> u8 {
        self.next().unwrap_or_default()
    }

    fn below(&mut self, bound: u8) -> usize {
        usize::from(self.byte() % bound)
    }

    fn choose(&mut self, all: &[&'static str]) -> &'static str {
        all[usize::from(self.byte()) % all.len()]
    }
}
