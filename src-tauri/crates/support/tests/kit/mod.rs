//! Connections in the service's JSON, and flows that are followed without a network.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses its own part"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a literal reads better where it is used than a reference to it"
)]

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use login_flow::{Audience, Effect, Flow, Following, Input, Moment, View};
use managed_auth::{Connection, Error, FlowEvent};
use serde_json::{Value, json};
use support::{Filter, ListView, Roster, Window};

/// When each test begins, by both clocks.
pub const START: &str = "2026-10-26T10:00:00Z";
/// When the flows of these tests end by themselves, unless they say otherwise.
pub const END: &str = "2026-10-26T10:20:00Z";
/// The same for a flow that began later.
pub const LATER_END: &str = "2026-10-26T10:25:00Z";

pub fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

pub fn start() -> Moment {
    Moment {
        steady: Duration::from_secs(1000),
        wall: time(START),
    }
}

/// So long after the start, by both clocks.
pub fn after(passed: Duration) -> Moment {
    let start = start();
    Moment {
        steady: start.steady + passed,
        wall: start.wall.checked_add(passed).expect("a time"),
    }
}

/// A connection that needs a login and never had a flow; `more` replaces members.
pub fn idle(id: &str, more: Value) -> Value {
    let mut connection = json!({
        "id": id, "domain": "netflix.com", "profile_name": "ada", "status": "NEEDS_AUTH",
        "save_credentials": true, "record_session": false
    });
    put(&mut connection, more);
    connection
}

/// The same with a running flow.
pub fn running(id: &str, more: Value) -> Value {
    let mut connection = idle(
        id,
        json!({
            "flow_status": "IN_PROGRESS", "flow_step": "DISCOVERING", "flow_type": "LOGIN",
            "flow_expires_at": END,
            "live_view_url": format!("https://live.onkernel.com/{id}")
        }),
    );
    put(&mut connection, more);
    connection
}

/// The same with a flow that asks for a password.
pub fn asking(id: &str, interaction: &str) -> Value {
    running(id, form(interaction))
}

fn put(connection: &mut Value, more: Value) {
    for (key, value) in more.as_object().expect("an object") {
        connection[key] = value.clone();
    }
}

pub fn parsed(connection: Value) -> Connection {
    serde_json::from_value(connection).expect("a connection")
}

/// The members of a state that asks for user name and password.
pub fn form(interaction: &str) -> Value {
    asks(
        interaction,
        json!([
            {"id": "f_user", "ref": "username", "type": "identifier", "reason": "missing"},
            {"id": "f_pw", "ref": "password", "type": "password", "reason": "missing"}
        ]),
        json!([]),
    )
}

/// The members of a state that asks for a code.
pub fn code(interaction: &str) -> Value {
    asks(
        interaction,
        json!([{"id": "f_code", "ref": "code", "type": "code", "reason": "missing"}]),
        json!([]),
    )
}

pub fn asks(interaction: &str, fields: Value, choices: Value) -> Value {
    json!({
        "flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT", "interaction_id": interaction,
        "fields": fields, "choices": choices
    })
}

/// The members of a state in this step that asks nothing.
pub fn step(step: &str) -> Value {
    json!({"flow_status": "IN_PROGRESS", "flow_step": step})
}

/// The members of a state that is the end of its flow.
pub fn ended(status: &str) -> Value {
    json!({"flow_status": status, "flow_step": "COMPLETED"})
}

/// A flow that is followed, for support.
pub struct Followed {
    flow: Flow,
    now: Moment,
}

impl Followed {
    /// A flow whose first read says this, and whose stream is open.
    pub fn begin(connection: Value) -> Self {
        let mut followed = Self::unread(connection["id"].as_str().expect("an id"));
        followed.read(connection.clone());
        followed.give(Input::StreamOpened);
        followed.read(connection);
        followed
    }

    /// A flow of which nothing was read yet.
    pub fn unread(id: &str) -> Self {
        let flow = Flow::new(Following {
            connection_id: id.to_owned(),
            audience: Audience::Support,
            started_until: None,
            seed: 1,
        });
        let mut followed = Self { flow, now: start() };
        followed.give(Input::Begin);
        followed
    }

    pub fn give(&mut self, input: Input) -> Vec<Effect> {
        self.flow.handle(input, self.now)
    }

    pub fn read(&mut self, connection: Value) {
        let connection = Box::new(parsed(connection));
        let service_time = Some(self.now.wall);
        self.give(Input::Read {
            connection,
            service_time,
        });
    }

    /// What the stream says next.
    pub fn event(&mut self, mut state: Value) -> Arc<View> {
        state["event"] = json!("managed_auth_state");
        self.give(Input::StreamEvent(FlowEvent::parse("", &state.to_string())));
        self.view()
    }

    /// The stream is lost.
    pub fn lose(&mut self) -> Arc<View> {
        self.give(Input::StreamFailed(Error::Timeout));
        self.view()
    }

    /// The stream is made again, and this is read.
    pub fn come_back(&mut self, connection: Value) -> Arc<View> {
        for _ in 0..100 {
            let at = self.flow.deadline().expect("it tries again");
            let passed = at.saturating_sub(self.now.steady);
            self.now.steady += passed;
            self.now.wall = self.now.wall.checked_add(passed).expect("a time");
            let effects = self.give(Input::Tick);
            if effects
                .iter()
                .any(|effect| matches!(effect, Effect::OpenStream))
            {
                self.give(Input::StreamOpened);
                self.read(connection);
                return self.view();
            }
        }
        panic!("the stream is never opened again");
    }

    pub fn view(&self) -> Arc<View> {
        Arc::new(self.flow.view().clone())
    }
}

/// A roster of what was read at the start.
pub fn roster(connections: impl IntoIterator<Item = Value>) -> Roster {
    let mut roster = Roster::default();
    roster.begin_walk();
    for connection in connections {
        roster.read(&parsed(connection), start());
    }
    roster
}

/// Everything that a filter shows.
pub fn everything(filter: Filter) -> Window<'static> {
    Window {
        filter,
        query: "",
        found: None,
        first: 0,
        count: usize::MAX,
        open: None,
    }
}

pub fn ids(list: &ListView) -> Vec<&str> {
    list.rows.iter().map(|row| row.id.as_str()).collect()
}

pub const FILTERS: [Filter; 7] = [
    Filter::All,
    Filter::NeedsAPerson,
    Filter::InProgress,
    Filter::LoggedIn,
    Filter::NeedsLogin,
    Filter::Failed,
    Filter::Live,
];

/// What a list says that a filter shows.
pub fn counted(counts: support::Counts, filter: Filter) -> u32 {
    match filter {
        Filter::All => counts.all,
        Filter::NeedsAPerson => counts.needs_a_person,
        Filter::InProgress => counts.in_progress,
        Filter::LoggedIn => counts.logged_in,
        Filter::NeedsLogin => counts.needs_login,
        Filter::Failed => counts.failed,
        Filter::Live => counts.live,
    }
}
