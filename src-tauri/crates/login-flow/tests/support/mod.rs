//! A flow with a clock of the test's own, spoken to in the service's JSON.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses its own part"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a literal reads better where it is used than a reference to it"
)]

use std::time::Duration;

use jiff::Timestamp;
use login_flow::{Answer, AnswerProblem, Audience, Effect, Flow, Following, Input, Moment, View};
use managed_auth::{Error, ErrorBody, FlowEvent, Submission};
use serde_json::{Value, json};

/// When the test begins, by both clocks.
pub const START: &str = "2026-10-26T10:00:00Z";

/// A flow under test.
pub struct Desk {
    pub flow: Flow,
    pub now: Moment,
    /// Everything the flow wanted done since it was last asked.
    pub effects: Vec<Effect>,
}

impl Desk {
    pub fn new(audience: Audience) -> Self {
        Self::following(Following {
            connection_id: "ma_1".into(),
            audience,
            started_until: None,
            seed: 1,
        })
    }

    pub fn following(following: Following) -> Self {
        let now = Moment {
            steady: Duration::from_secs(1000),
            wall: START.parse().expect("a time"),
        };
        let mut desk = Self {
            flow: Flow::new(following),
            now,
            effects: Vec::new(),
        };
        desk.give(Input::Begin);
        desk
    }

    /// A flow whose first read has been answered and whose stream is open.
    pub fn live(audience: Audience, read: Value) -> Self {
        let mut desk = Self::new(audience);
        desk.read(read.clone());
        desk.give(Input::StreamOpened);
        desk.read(read);
        desk.effects.clear();
        desk
    }

    pub fn give(&mut self, input: Input) {
        let effects = self.flow.handle(input, self.now);
        self.effects.extend(effects);
    }

    pub fn read(&mut self, connection: Value) {
        let connection = serde_json::from_value(connection).expect("a connection");
        self.give(Input::Read {
            connection: Box::new(connection),
            service_time: Some(self.now.wall),
        });
    }

    /// The timeline tells of one login that runs or ran all day long, or of none.
    pub fn timeline(&mut self, status: Option<&str>) {
        let event = |status| {
            serde_json::from_value(json!({
                "id": "mat_1", "type": "login", "status": status,
                "timestamp": "2026-10-26T00:00:00Z", "completed_at": "2026-10-26T23:00:00Z"
            }))
            .expect("an event")
        };
        let events = status.map(event).into_iter().collect();
        self.give(Input::Timeline(events));
    }

    pub fn event(&mut self, state: Value) {
        let mut state = state;
        state["event"] = json!("managed_auth_state");
        self.give(Input::StreamEvent(FlowEvent::parse("", &state.to_string())));
    }

    pub fn answer(&mut self, answer: Value) -> Result<(), AnswerProblem> {
        let answer: Answer = serde_json::from_value(answer).expect("an answer");
        let effects = self.flow.answer(answer, self.now)?;
        self.effects.extend(effects);
        Ok(())
    }

    /// Lets time pass in steps, as the driver does: a tick at each deadline.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now.steady + time;
        for _ in 0..10_000 {
            let next = self.flow.deadline().filter(|at| *at <= end);
            let Some(at) = next else { break };
            self.jump(at.saturating_sub(self.now.steady));
            self.give(Input::Tick);
        }
        self.jump(end.saturating_sub(self.now.steady));
        self.give(Input::Tick);
    }

    fn jump(&mut self, time: Duration) {
        self.now.steady += time;
        self.now.wall = self.now.wall.checked_add(time).expect("a time");
    }

    pub fn view(&self) -> &View {
        self.flow.view()
    }

    /// How often each effect was wanted since last asked: reads, opens, closes, submissions.
    pub fn count(&mut self, wanted: fn(&Effect) -> bool) -> usize {
        self.effects.iter().filter(|effect| wanted(effect)).count()
    }

    pub fn submissions(&mut self) -> Vec<Submission> {
        self.effects
            .drain(..)
            .filter_map(|effect| {
                if let Effect::Submit(submission) = effect {
                    Some(submission)
                } else {
                    None
                }
            })
            .collect()
    }
}

pub fn is_read(effect: &Effect) -> bool {
    matches!(effect, Effect::Read)
}

pub fn is_open(effect: &Effect) -> bool {
    matches!(effect, Effect::OpenStream)
}

pub fn is_close(effect: &Effect) -> bool {
    matches!(effect, Effect::CloseStream)
}

/// A connection with a running flow; `more` replaces members.
pub fn connection(more: Value) -> Value {
    let mut connection = json!({
        "id": "ma_1", "domain": "netflix.com", "profile_name": "my-profile", "status": "NEEDS_AUTH",
        "save_credentials": true, "record_session": false,
        "flow_status": "IN_PROGRESS", "flow_step": "DISCOVERING", "flow_type": "LOGIN",
        "flow_expires_at": "2026-10-26T10:20:00Z",
        "hosted_url": "https://auth.kernel.com/login/ma_1?code=HOSTED",
        "live_view_url": "https://live.onkernel.com/LIVE"
    });
    for (key, value) in more.as_object().expect("an object") {
        connection[key] = value.clone();
    }
    connection
}

/// The members of a canonical form for user name and password.
pub fn form(interaction: &str) -> Value {
    json!({
        "flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT", "interaction_id": interaction,
        "fields": [
            {"id": "f_user", "ref": "username", "type": "identifier", "reason": "missing", "label": "Email", "required": true},
            {"id": "f_pw", "ref": "password", "type": "password", "reason": "missing", "label": "Password", "required": true}
        ]
    })
}

pub fn filled(interaction: &str) -> Value {
    json!({"interaction_id": interaction, "field_values": {"f_user": "ada@example.com", "f_pw": "correct horse"}})
}

pub fn refused(status: u16, code: &str) -> Error {
    Error::Refused {
        status,
        retry_after: None,
        body: body(code),
    }
}

pub fn body(code: &str) -> ErrorBody {
    ErrorBody {
        code: Some(code.into()),
        message: Some("the service's words".into()),
    }
}

pub fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}
