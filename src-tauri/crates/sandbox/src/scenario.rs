//! Scenarios: what a site asks, step by step, read from the small files under `scenarios/`.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Error;

/// The scenario that an unknown domain plays.
const DEFAULT: &str = "password";

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../scenarios/", $name, ".toml")))),*]
    };
}

/// Every scenario file, in the order in which they are listed.
const FILES: &[(&str, &str)] = files![
    "demo",
    "password",
    "wrong-password",
    "email-first",
    "sms",
    "totp",
    "totp-secret",
    "two-phones",
    "push",
    "push-patient",
    "magic-link",
    "sso",
    "accounts",
    "everything",
    "rejected",
    "stored",
    "slow",
    "many-fields",
    "no-labels",
    "right-to-left",
    "hostile",
    "unknown-step",
    "unknown-field",
    "unknown-choice",
    "human",
    "expiry",
    "input-timeout",
    "cancel",
    "error-json",
    "fail",
];

/// One way a login can go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[serde(skip)]
    pub(crate) name: String,
    pub(crate) summary: String,
    /// What to do, in order, to walk it to its end.
    pub(crate) answers: Vec<Answer>,
    #[serde(default, rename = "step")]
    pub(crate) steps: Vec<Step>,
    /// How it ends after its last step.
    #[serde(default)]
    pub(crate) end: End,
    /// How long it takes to find the login form, in multiples of the pace; without it, one.
    pub(crate) discovery_paces: Option<u32>,
    /// A shorter limit for the whole flow, in multiples of the pace.
    pub(crate) flow_paces: Option<u32>,
    /// A shorter limit for each pause, in multiples of the pace.
    pub(crate) input_paces: Option<u32>,
    /// The file stands for several scenarios that differ in their end: `<file>-<code>` each.
    #[serde(default)]
    each: Vec<Variant>,
}

/// One thing that a person, or a test in their place, does.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    /// Submit these values; the keys are the fields' `ref` (the legacy `name`).
    Fields(BTreeMap<String, String>),
    /// Pick the choice with this id.
    Choice(String),
    /// Do nothing: the flow goes on by itself.
    Wait(bool),
    /// `POST /sandbox/connections/{id}/<hook>`.
    Hook(String),
}

/// One state of the flow, and the page that the remote browser shows meanwhile.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// A name for `then` to refer to.
    name: Option<String>,
    /// Sent as `flow_step`, whatever it is.
    #[serde(default = "awaiting_input")]
    pub(crate) state: String,
    /// The heading of the site's page.
    #[serde(default)]
    pub(crate) title: String,
    /// Sent as `external_action_message`.
    pub(crate) message: Option<String>,
    /// The site's complaint that is on the page from the start.
    pub(crate) website_error: Option<String>,
    /// Goes on without anybody after this many paces.
    pub(crate) goes_on_after: Option<u32>,
    /// The step that follows; without it, the next in the file.
    then: Option<String>,
    /// The identity provider on whose page this step is.
    pub(crate) sso_provider: Option<String>,
    #[serde(default, rename = "field")]
    pub(crate) fields: Vec<Field>,
    #[serde(default, rename = "choice")]
    pub(crate) choices: Vec<Choice>,
    /// The flow is over when it comes here.
    pub(crate) end: Option<End>,
}

/// Something to type (kernel-api.md 5.1).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    #[serde(rename = "ref")]
    pub(crate) reference: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) label: Option<String>,
    pub(crate) hint: Option<String>,
    pub(crate) placeholder: Option<String>,
    pub(crate) input_mode: Option<String>,
    pub(crate) required: Option<bool>,
    /// Whether it starts as a refused saved value.
    #[serde(default)]
    pub(crate) rejected: bool,
    /// The right value; without it, every value is right.
    pub(crate) accept: Option<String>,
    /// What the site says to a wrong one.
    pub(crate) wrong: Option<String>,
}

impl Field {
    fn tell(&mut self) {
        if let Some(right) = &self.accept {
            let here = format!("In this sandbox: {right}");
            self.hint = Some(match self.hint.take() {
                Some(hint) => format!("{hint}. {here}"),
                None => here,
            });
        }
    }
}

/// Something to pick (kernel-api.md 5.1).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) label: String,
    pub(crate) mfa_type: Option<String>,
    pub(crate) display_text: Option<String>,
    pub(crate) context: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) masked_destination: Option<String>,
    /// The step that it leads to; without it, the one that follows its step.
    then: Option<String>,
}

/// How a flow ends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    #[serde(default)]
    pub(crate) status: Status,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
    pub(crate) website_error: Option<String>,
}

/// `flow_status` of kernel-api.md 4.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    InProgress,
    #[default]
    Success,
    Failed,
    Expired,
    Canceled,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Variant {
    code: String,
    message: String,
    website_error: Option<String>,
    /// Fails before anything is asked.
    #[serde(default)]
    early: bool,
}

fn awaiting_input() -> String {
    "AWAITING_INPUT".to_owned()
}

impl Scenario {
    /// The step that follows step `index`, by `then` if given.
    pub(crate) fn after(&self, index: usize) -> usize {
        self.follow(self.steps[index].then.as_deref(), index)
    }

    /// The step that a choice of step `index` leads to.
    pub(crate) fn after_choice(&self, index: usize, choice: &Choice) -> usize {
        self.follow(
            choice.then.as_deref().or(self.steps[index].then.as_deref()),
            index,
        )
    }

    fn follow(&self, then: Option<&str>, index: usize) -> usize {
        then.and_then(|name| self.position(name))
            .unwrap_or(index + 1)
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.steps
            .iter()
            .position(|step| step.name.as_deref() == Some(name))
    }

    /// What `GET /sandbox/scenarios` says of it.
    pub(crate) fn listing(&self) -> Value {
        let answers: Vec<Value> = self
            .answers
            .iter()
            .map(|answer| self.describe(answer))
            .collect();
        json!({
            "name": self.name,
            "summary": self.summary,
            "answers": answers,
            "ends": { "status": self.last_end().status, "error_code": self.last_end().error_code },
        })
    }

    /// An answer, a choice with what identifies it where ids are not sent.
    fn describe(&self, answer: &Answer) -> Value {
        let mut described = json!(answer);
        if let (Answer::Choice(id), Some(members)) = (answer, described.as_object_mut())
            && let Some(choice) = self.choice(id)
        {
            members.insert("type".to_owned(), json!(choice.kind));
            members.insert("label".to_owned(), json!(choice.label));
            if let Some(mfa_type) = &choice.mfa_type {
                members.insert("mfa_type".to_owned(), json!(mfa_type));
            }
        }
        described
    }

    fn choice(&self, id: &str) -> Option<&Choice> {
        self.steps
            .iter()
            .flat_map(|step| &step.choices)
            .find(|choice| choice.id == id)
    }

    /// The end that the published answers lead to.
    fn last_end(&self) -> &End {
        &self.end
    }

    /// One scenario for each variant, or the scenario itself if it has none.
    fn expand(self) -> Vec<Self> {
        if self.each.is_empty() {
            return vec![self];
        }
        self.each.iter().map(|variant| self.vary(variant)).collect()
    }

    fn vary(&self, variant: &Variant) -> Self {
        let mut scenario = self.clone();
        scenario.each.clear();
        scenario.name = format!("{}-{}", self.name, variant.code.replace('_', "-"));
        scenario.summary = self.summary.replace("{code}", &variant.code);
        scenario.end = End {
            status: Status::Failed,
            error_code: Some(variant.code.clone()),
            error_message: Some(variant.message.clone()),
            website_error: variant.website_error.clone(),
        };
        if variant.early {
            scenario.steps.clear();
            scenario.answers = vec![Answer::Wait(true)];
        }
        scenario
    }

    /// Finds what would otherwise go wrong in the middle of somebody's test.
    fn check(&self) -> Result<(), String> {
        let thens = self.steps.iter().flat_map(|step| {
            step.then.iter().chain(
                step.choices
                    .iter()
                    .filter_map(|choice| choice.then.as_ref()),
            )
        });
        for name in thens {
            if self.position(name).is_none() {
                return Err(format!("no step is named {name:?}"));
            }
        }
        Ok(())
    }
}

/// What the logins of a connection play.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) scenario: Arc<Scenario>,
    /// Whether from a server that only knows the legacy prompt.
    pub(crate) legacy: bool,
}

/// All scenarios.
#[derive(Debug)]
pub(crate) struct Scenarios(Vec<Arc<Scenario>>);

impl Scenarios {
    /// Reads the files that are compiled in.
    pub(crate) fn load() -> Result<Self, Error> {
        let mut all = Vec::new();
        for (name, text) in FILES {
            let broken = |message| Error::Scenario {
                name: (*name).to_owned(),
                message,
            };
            let mut scenario: Scenario =
                toml::from_str(text).map_err(|error| broken(error.to_string()))?;
            (*name).clone_into(&mut scenario.name);
            scenario.check().map_err(broken)?;
            all.extend(scenario.expand().into_iter().map(Arc::new));
        }
        Ok(Self(all))
    }

    /// The same with the right answers in the hints: whoever tries things has no phone that they
    /// are sent to.
    pub(crate) fn telling(self) -> Self {
        let tell = |scenario: Arc<Scenario>| {
            let mut scenario = Arc::unwrap_or_clone(scenario);
            for field in scenario.steps.iter_mut().flat_map(|step| &mut step.fields) {
                field.tell();
            }
            Arc::new(scenario)
        };
        Self(self.0.into_iter().map(tell).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Scenario> {
        self.0.iter().map(AsRef::as_ref)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Arc<Scenario>> {
        self.0.iter().find(|scenario| scenario.name == name)
    }

    /// What a domain plays, on a connection that was not given a scenario of its own.
    pub(crate) fn of_domain(&self, domain: &str) -> Plan {
        let name = domain.strip_suffix(".example").unwrap_or_default();
        let (name, legacy) = match name.strip_suffix(".legacy") {
            Some(name) => (name, true),
            None => (name, false),
        };
        // `shop.password.example` plays `password`: several connections of one profile need
        // several domains.
        let name = name.rsplit('.').next().unwrap_or_default();
        let found = self.named(name).or_else(|| self.named(DEFAULT));
        Plan {
            scenario: Arc::clone(found.unwrap_or(&self.0[0])),
            legacy,
        }
    }
}
