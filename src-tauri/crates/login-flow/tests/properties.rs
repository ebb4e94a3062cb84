//! What holds for any sequence of inputs.

mod support;

use std::time::Duration;

use login_flow::{Audience, Effect, Input, Stage};
use managed_auth::{Error, FlowEvent, NetworkProblem, Submission, TlsProblem};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

/// One thing that can happen to a flow, in a form that can be shrunk.
#[derive(Clone, Debug)]
enum Happening {
    Read(Value),
    ReadFailed(usize),
    /// The timeline tells of a login with this status; of none; or can't be had.
    Timeline(Result<Option<&'static str>, usize>),
    Opened,
    Alive,
    Retry(u64),
    State(Value),
    Heartbeat,
    ErrorEvent,
    Garbage(String),
    TooLarge,
    Ended,
    NoContent,
    StreamFailed(usize),
    Submitted(usize),
    /// Answers what is on the screen, with every field filled, or with the n-th choice.
    Answer(Option<usize>),
    /// Answers something that may never have been on the screen.
    WildAnswer(Value),
    CheckAgain,
    NetworkChanged,
    Pass(u64),
    Clock(i64),
}

fn errors() -> Vec<Error> {
    vec![
        Error::Unauthorised(body("x")),
        Error::Forbidden(body("x")),
        Error::NotFound(body("x")),
        Error::Gone(body("x")),
        Error::Conflict {
            existing_id: None,
            body: body("x"),
        },
        Error::StaleInteraction(body("stale_interaction")),
        Error::RateLimited {
            retry_after: Some(Duration::from_secs(3)),
            body: body("x"),
        },
        refused(400, "bad_request"),
        refused(400, "sdk_upgrade_required"),
        refused(422, "x"),
        refused(503, "x"),
        Error::NotTheApi { status: 200 },
        Error::NotTheApi { status: 502 },
        Error::Network(NetworkProblem::Connect),
        Error::Network(NetworkProblem::Tls(TlsProblem::UnknownIssuer)),
        Error::Timeout,
        Error::Impossible("x"),
    ]
}

fn state() -> impl Strategy<Value = Value> {
    let status = prop_oneof![
        12 => Just(json!("IN_PROGRESS")), 1 => Just(json!("SUCCESS")), 1 => Just(json!("FAILED")),
        1 => Just(json!("EXPIRED")), 1 => Just(json!("CANCELED")), 1 => Just(json!("PENDING")), 1 => Just(json!("NEWS")),
    ];
    let step = prop::sample::select(vec![
        json!("DISCOVERING"),
        json!("AWAITING_INPUT"),
        json!("AWAITING_EXTERNAL_ACTION"),
        json!("SUBMITTING"),
        json!("COMPLETED"),
        json!("AWAITING_HUMAN_INTERVENTION"),
        json!("PONDERING"),
        json!(null),
    ]);
    let interaction = prop_oneof![
        Just(json!(null)),
        (0..3).prop_map(|n| json!(format!("mai_{n}")))
    ];
    let field = (0..3_u8, prop::sample::select(vec!["identifier", "password", "code", "hologram"]), any::<bool>(), ".{0,12}")
        .prop_map(|(id, kind, required, label)| json!({"id": format!("f{id}"), "ref": format!("r{id}"), "type": kind, "reason": "missing", "label": label, "required": required}));
    let choice = (
        0..3_u8,
        prop::sample::select(vec!["mfa_method", "sso_provider", "account", "dance"]),
    )
        .prop_map(|(id, kind)| json!({"id": format!("c{id}"), "type": kind, "label": "x"}));
    let legacy = (0..3_u8).prop_map(
        |id| json!({"name": format!("n{id}"), "type": "text", "label": "x", "selector": "y"}),
    );
    let mfa = prop::sample::select(vec!["sms", "call", "switch"])
        .prop_map(|kind| json!({"type": kind, "label": "x"}));
    (
        status, step, interaction,
        prop::option::of(prop::collection::vec(field, 0..4)),
        prop::option::of(prop::collection::vec(choice, 0..4)),
        prop::option::of(prop::collection::vec(legacy, 0..3)),
        prop::option::of(prop::collection::vec(mfa, 0..3)),
    )
        .prop_map(|(status, step, interaction, fields, choices, legacy, mfa)| {
            json!({"flow_status": status, "flow_step": step, "interaction_id": interaction, "fields": fields,
                "choices": choices, "discovered_fields": legacy, "mfa_options": mfa})
        })
}

fn testimony() -> impl Strategy<Value = Result<Option<&'static str>, usize>> {
    let words = vec![
        "SUCCESS",
        "FAILED",
        "EXPIRED",
        "CANCELED",
        "IN_PROGRESS",
        "NEWS",
    ];
    let status = prop::option::weighted(0.9, prop::sample::select(words));
    prop_oneof![3 => status.prop_map(Ok), 1 => (0..17_usize).prop_map(Err)]
}

fn happening() -> impl Strategy<Value = Happening> {
    let wild = (prop::sample::select(vec!["mai_0", "mai_1", "legacy-1"]), prop::sample::select(vec!["f0", "f9", "n0"]))
        .prop_map(|(interaction, field)| json!({"interaction_id": interaction, "field_values": {field: "wild"}}));
    prop_oneof![
        4 => state().prop_map(Happening::State),
        3 => state().prop_map(|state| Happening::Read(connection(state))),
        1 => Just(Happening::Read(connection(json!({"flow_status": null, "flow_step": null})))),
        1 => (0..17_usize).prop_map(Happening::ReadFailed),
        1 => testimony().prop_map(Happening::Timeline),
        2 => Just(Happening::Opened),
        1 => Just(Happening::Alive),
        1 => (0..100_000_u64).prop_map(Happening::Retry),
        1 => Just(Happening::Heartbeat),
        1 => Just(Happening::ErrorEvent),
        1 => ".{0,20}".prop_map(Happening::Garbage),
        1 => Just(Happening::TooLarge),
        1 => Just(Happening::Ended),
        1 => Just(Happening::NoContent),
        1 => (0..17_usize).prop_map(Happening::StreamFailed),
        3 => (0..19_usize).prop_map(Happening::Submitted),
        5 => prop::option::of(0..4_usize).prop_map(Happening::Answer),
        1 => wild.prop_map(Happening::WildAnswer),
        1 => Just(Happening::CheckAgain),
        1 => Just(Happening::NetworkChanged),
        3 => (0..120_u64).prop_map(Happening::Pass),
        1 => (-7200..7200_i64).prop_map(Happening::Clock),
    ]
}

/// Does it, and gives back what was submitted.
fn happen(desk: &mut Desk, happening: Happening) -> Vec<Submission> {
    let error = |at: usize| errors().swap_remove(at);
    match happening {
        Happening::Read(value) => desk.read(value),
        Happening::ReadFailed(at) => desk.give(Input::ReadFailed(error(at))),
        Happening::Timeline(outcome) => match outcome {
            Ok(status) => desk.timeline(status),
            Err(at) => desk.give(Input::TimelineFailed(error(at))),
        },
        Happening::Opened => desk.give(Input::StreamOpened),
        Happening::Alive => desk.give(Input::StreamAlive),
        Happening::Retry(ms) => desk.give(Input::StreamRetry(Duration::from_millis(ms))),
        Happening::State(value) => desk.event(value),
        Happening::Heartbeat => desk.give(Input::StreamEvent(FlowEvent::Heartbeat)),
        Happening::ErrorEvent => desk.give(Input::StreamEvent(FlowEvent::Error(body("x")))),
        Happening::Garbage(data) => desk.give(Input::StreamEvent(FlowEvent::parse(
            "managed_auth_state",
            &data,
        ))),
        Happening::TooLarge => desk.give(Input::StreamTooLarge),
        Happening::Ended => desk.give(Input::StreamEnded),
        Happening::NoContent => desk.give(Input::StreamRefused),
        Happening::StreamFailed(at) => desk.give(Input::StreamFailed(error(at))),
        Happening::Submitted(at) => desk.give(Input::Submitted(match at {
            0 => Ok(true),
            1 => Ok(false),
            at => Err(error(at - 2)),
        })),
        Happening::Answer(choice) => {
            let Some(prompt) = desk.view().prompt.clone() else {
                return desk.submissions();
            };
            let answer = if let Some(choice) = choice.and_then(|at| prompt.choices.get(at)) {
                json!({"interaction_id": prompt.interaction_id, "selected_choice_id": choice.id})
            } else {
                let values: serde_json::Map<_, _> = prompt
                    .fields
                    .iter()
                    .map(|field| (field.id.clone(), json!(format!("for {}", field.id))))
                    .collect();
                json!({"interaction_id": prompt.interaction_id, "field_values": values})
            };
            let _ = desk.answer(answer);
        }
        Happening::WildAnswer(answer) => {
            let _ = desk.answer(answer);
        }
        Happening::CheckAgain => desk.give(Input::CheckAgain),
        Happening::NetworkChanged => desk.give(Input::NetworkChanged),
        Happening::Pass(seconds) => desk.pass(Duration::from_secs(seconds)),
        Happening::Clock(seconds) => {
            desk.now.wall = desk
                .now
                .wall
                .checked_add(jiff::SignedDuration::from_secs(seconds))
                .expect("a time");
            desk.give(Input::Tick);
        }
    }
    desk.submissions()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// A person can always do something, and is told why where it did not work.
    #[test]
    fn there_is_always_a_way_forward(guest: bool, happenings in prop::collection::vec(happening(), 0..60)) {
        let mut desk = Desk::new(if guest { Audience::Guest } else { Audience::Support });
        for happening in happenings {
            happen(&mut desk, happening);
            let view = desk.view();
            prop_assert!(!view.ways.is_empty());
            let needs_reason = view.stage.is_end() && view.stage != Stage::LoggedIn;
            prop_assert_eq!(view.error.is_some(), needs_reason);
            prop_assert_eq!(view.prompt.is_some() && view.stage.is_end(), false);
        }
    }

    /// A flow that ended stays ended, whatever is still on its way, and asks for nothing more.
    #[test]
    fn terminal_stays_terminal(guest: bool, happenings in prop::collection::vec(happening(), 0..60)) {
        let mut desk = Desk::new(if guest { Audience::Guest } else { Audience::Support });
        let mut ended: Option<Stage> = None;
        for happening in happenings {
            let was_over = ended.is_some();
            let wanted = happen(&mut desk, happening);
            if was_over {
                prop_assert!(wanted.is_empty());
                prop_assert_eq!(Some(desk.view().stage), ended);
                prop_assert_eq!(desk.flow.deadline(), None);
            }
            let stage = desk.view().stage;
            if matches!(stage, Stage::LoggedIn | Stage::Failed | Stage::Expired | Stage::Canceled) {
                ended = Some(stage);
            }
        }
    }

    /// What was typed for one field never goes to another, nor to a question that was not shown.
    #[test]
    fn a_value_goes_only_to_the_field_it_was_typed_for(happenings in prop::collection::vec(happening(), 0..60)) {
        use secrecy::ExposeSecret;
        let mut desk = Desk::new(Audience::Guest);
        for happening in happenings {
            let shown = desk.view().prompt.clone();
            let wild = matches!(happening, Happening::WildAnswer(_));
            for submission in happen(&mut desk, happening) {
                let shown = shown.as_ref().expect("only what is shown is answered");
                match submission {
                    Submission::Fields { interaction_id, values } => {
                        prop_assert_eq!(&interaction_id, &shown.interaction_id);
                        for (id, value) in values {
                            prop_assert!(shown.fields.iter().any(|field| field.id == id));
                            let typed = format!("for {id}");
                            prop_assert!(wild || value.expose_secret() == typed);
                        }
                    }
                    Submission::LegacyFields(values) => {
                        prop_assert!(!values.is_empty());
                        for (name, value) in values {
                            prop_assert!(shown.fields.iter().any(|field| field.id == name));
                            let typed = format!("for {name}");
                            prop_assert!(wild || value.expose_secret() == typed);
                        }
                    }
                    Submission::Choice { interaction_id, choice_id } => {
                        prop_assert_eq!(&interaction_id, &shown.interaction_id);
                        prop_assert!(shown.choices.iter().any(|choice| choice.id == choice_id));
                    }
                    Submission::LegacyMfa(_) | Submission::LegacySignIn(_) | Submission::LegacySsoButton(_) | Submission::LegacySsoProvider(_) => {}
                }
            }
        }
    }

    /// One answer is in flight at most.
    #[test]
    fn an_answer_is_not_sent_beside_another(guest: bool, happenings in prop::collection::vec(happening(), 0..60)) {
        let mut desk = Desk::new(if guest { Audience::Guest } else { Audience::Support });
        let mut in_flight = 0;
        for happening in happenings {
            if matches!(happening, Happening::Submitted(_)) {
                in_flight = 0;
            }
            in_flight += happen(&mut desk, happening).len();
            prop_assert!(in_flight <= 1);
        }
    }

    /// The driver is never kept spinning: deadlines lead to something, and there is an end of it.
    #[test]
    fn time_alone_never_loops(guest: bool, happenings in prop::collection::vec(happening(), 0..40)) {
        let mut desk = Desk::new(if guest { Audience::Guest } else { Audience::Support });
        for happening in happenings {
            happen(&mut desk, happening);
            let mut idle_ticks = 0;
            while desk.flow.deadline().is_some_and(|at| at <= desk.now.steady) {
                desk.give(Input::Tick);
                idle_ticks += 1;
                prop_assert!(idle_ticks < 5, "{:?}", desk.effects);
            }
        }
    }

    /// Revisions only rise, and by one with every change.
    #[test]
    fn revisions_rise_with_change(guest: bool, happenings in prop::collection::vec(happening(), 0..40)) {
        let mut desk = Desk::new(if guest { Audience::Guest } else { Audience::Support });
        for happening in happenings {
            let before = desk.view().clone();
            let many_steps = matches!(happening, Happening::Pass(_));
            happen(&mut desk, happening);
            let after = desk.view();
            prop_assert!(after.revision >= before.revision);
            if !many_steps {
                prop_assert_eq!(after.revision == before.revision, after == &before);
            }
        }
    }
}

#[test]
fn effects_do_not_print_what_was_typed() {
    let mut desk = Desk::live(Audience::Guest, connection(form("mai_1")));
    desk.answer(filled("mai_1")).expect("asked");
    let printed = format!("{:?}", desk.effects);
    assert!(
        desk.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Submit(_)))
    );
    assert!(
        !printed.contains("correct horse") && !printed.contains("ada@example.com"),
        "{printed}"
    );
}
