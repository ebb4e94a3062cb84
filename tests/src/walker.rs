//! Somebody who goes through a login by the answers that its scenario publishes.

use serde_json::{Value, json};

use crate::{
    app::App,
    seen::Seen,
    service::{Handoff, Service},
    waiting::until,
};

/// How the server tells what it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With interactions.
    Canonical,
    /// As an older server, without.
    Legacy,
}

/// A scenario, as the sandbox lists it.
#[derive(Clone, Debug)]
pub struct Scenario(Value);

/// What is to be done at one pause.
#[derive(Clone, Debug)]
pub enum Turn {
    /// Filling these fields with these values, and sending them.
    Fields(Vec<(String, String)>),
    /// Picking this choice.
    Choice(String),
    /// Something on another device, or in the remote browser: a hook of the sandbox.
    Hook(String),
    /// Nothing: it goes on by itself.
    Nothing,
}

impl Turn {
    /// Whether it sends an answer.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::Fields(_) | Self::Choice(_))
    }
}

impl Scenario {
    /// The scenario that is listed so.
    #[must_use]
    pub fn new(listed: Value) -> Self {
        Self(listed)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0["name"].as_str().expect("a name")
    }

    /// The domain that plays it.
    #[must_use]
    pub fn domain(&self, shape: Shape) -> String {
        match shape {
            Shape::Canonical => format!("{}.example", self.name()),
            Shape::Legacy => format!("{}.legacy.example", self.name()),
        }
    }

    /// The stage that it ends at.
    #[must_use]
    pub fn end(&self) -> &'static str {
        match self.0["ends"]["status"].as_str() {
            Some("SUCCESS") => "logged_in",
            Some("FAILED") => "failed",
            Some("EXPIRED") => "expired",
            Some("CANCELED") => "canceled",
            other => panic!("{}: an end of {other:?}", self.name()),
        }
    }

    /// The service's word for why it failed.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.0["ends"]["error_code"].as_str()
    }

    /// Whether it fails before anybody can do anything.
    #[must_use]
    pub fn fails_by_itself(&self) -> bool {
        let answers = self.0["answers"].as_array().expect("answers");
        self.error_code().is_some() && answers.iter().all(|answer| answer["wait"] == true)
    }

    /// What is to be done at its pauses, one after the other.
    #[must_use]
    pub fn turns(&self, shape: Shape) -> Vec<Turn> {
        let answers = self.0["answers"].as_array().expect("answers");
        answers.iter().map(|answer| turn(answer, shape)).collect()
    }
}

/// Goes on with the invitation on the screen, and through the login to its end.
pub async fn walk(
    service: &Service,
    app: &App,
    handoff: &Handoff,
    scenario: &Scenario,
    shape: Shape,
) {
    app.begin(handoff).await;
    let mut sent = 0;
    for turn in scenario.turns(shape) {
        take(service, app, handoff, &turn).await;
        if turn.is_answer() {
            sent += 1;
            wait_sent(service, handoff, sent).await;
        }
    }
    end(service, app, handoff, scenario, sent).await;
}

/// Waits until the service has got so many answers: the next turn is for what comes after them.
pub async fn wait_sent(service: &Service, handoff: &Handoff, sent: u64) {
    let count = || service.count(&handoff.connection_id, "submit");
    until("the answer at the service", count, |count| *count == sent).await;
}

/// Waits for the end that the scenario has, after so many answers.
pub async fn end(
    service: &Service,
    app: &App,
    handoff: &Handoff,
    scenario: &Scenario,
    sent: u64,
) -> Seen {
    let seen = until("the end", || app.seen(), Seen::is_over).await;
    assert_eq!(seen.stage, scenario.end(), "{seen:?}");
    if let Some(code) = scenario.error_code() {
        let shown = app.text("[data-part=error-code]").await;
        assert!(shown.contains(code), "{code} in “{shown}”");
    }
    let exchanged = service.count(&handoff.connection_id, "exchange").await;
    assert_eq!(exchanged, 1, "the code is spent once");
    let submitted = service.count(&handoff.connection_id, "submit").await;
    assert_eq!(submitted, sent, "every answer is sent once");
    seen
}

/// Waits until the page is where a turn can be taken.
pub async fn reach(app: &App, turn: &Turn) -> Seen {
    let is_there = |seen: &Seen| match turn {
        Turn::Fields(values) => {
            let ids: Vec<String> = values.iter().map(|(id, _)| id.clone()).collect();
            seen.asks(&ids, &[])
        }
        Turn::Choice(id) => seen.asks(&[], std::slice::from_ref(id)),
        Turn::Hook(_) => {
            let stages = ["waiting_elsewhere", "needs_a_person", "unfamiliar"];
            stages.contains(&seen.stage.as_str())
        }
        Turn::Nothing => !matches!(seen.stage.as_str(), "" | "opening"),
    };
    until(&format!("{turn:?}"), || app.seen(), is_there).await
}

/// Takes a turn, once it can be taken.
pub async fn take(service: &Service, app: &App, handoff: &Handoff, turn: &Turn) {
    reach(app, turn).await;
    match turn {
        Turn::Fields(values) => {
            for (id, value) in values {
                app.fill(id, value).await;
            }
            app.press("submit").await;
        }
        Turn::Choice(id) => app.choose(id).await,
        Turn::Hook(hook) => service.hook(&handoff.connection_id, hook, json!({})).await,
        Turn::Nothing => {}
    }
}

fn turn(answer: &Value, shape: Shape) -> Turn {
    if let Some(fields) = answer["fields"].as_object() {
        let id = |name: &String| match shape {
            Shape::Canonical => format!("f_{name}"),
            Shape::Legacy => name.clone(),
        };
        let value = |value: &Value| value.as_str().expect("a text").to_owned();
        return Turn::Fields(
            fields
                .iter()
                .map(|(name, text)| (id(name), value(text)))
                .collect(),
        );
    }
    if let Some(choice) = answer["choice"].as_str() {
        return Turn::Choice(choice_id(choice, answer, shape));
    }
    if let Some(hook) = answer["hook"].as_str() {
        return Turn::Hook(hook.to_owned());
    }
    assert_eq!(answer["wait"], true, "{answer}");
    Turn::Nothing
}

/// A server that sends no ids is answered by what it knows a choice for.
fn choice_id(choice: &str, answer: &Value, shape: Shape) -> String {
    match (shape, answer["type"].as_str()) {
        (Shape::Canonical, _) => choice.to_owned(),
        (Shape::Legacy, Some("mfa_method")) => {
            format!("mfa:{}", answer["mfa_type"].as_str().unwrap_or_default())
        }
        (Shape::Legacy, Some("sso_provider")) => format!("sso:{choice}"),
        (Shape::Legacy, _) => format!("sign_in:{choice}"),
    }
}
