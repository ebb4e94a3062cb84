//! Many connections at once, for seeing how a client bears them.

use axum::{Json, body::Bytes, extract::State};
use serde::{Deserialize, Serialize};

use crate::{
    body::read,
    config::Config,
    connection::Standing,
    past::{Attempt, Check, Past},
    planted::{Live, Planted},
    reauth::Reauth,
    refusal::Refusal,
    scenario::{Answer, Scenario, Status},
    world::Shared,
};

/// More than anybody has, and still some hundred megabytes.
const MOST: usize = 100_000;

/// What the logins play when nothing is said: all of them wait for input twice.
const SCENARIOS: [&str; 4] = ["sms", "totp", "accounts", "two-phones"];

const REASONS: [Reauth; 6] = [
    Reauth::HasCredential,
    Reauth::RequiresSmsCode,
    Reauth::ViablePlansFound,
    Reauth::RequiresTotpWithoutSecret,
    Reauth::NoCredential,
    Reauth::RequirementsSatisfiable,
];

const FAILURES: [&str; 5] = [
    "credentials_invalid",
    "sms_code_required",
    "bot_detected",
    "website_error",
    "account_locked",
];

/// The body of `POST /sandbox/populate`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    connections: usize,
    /// How many of them have a login that waits.
    #[serde(default)]
    live: usize,
    /// What all of them play; without it, one of four each.
    scenario: Option<String>,
    /// What their domains begin with.
    #[serde(default = "load")]
    prefix: String,
}

/// What was added.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Added {
    ids: Vec<String>,
    live: Vec<String>,
}

fn load() -> String {
    "load".to_owned()
}

pub(crate) async fn populate(
    State(shared): State<Shared>,
    body: Bytes,
) -> Result<Json<Added>, Refusal> {
    let order: Order = read(&body)?;
    order.check(&shared)?;
    let mut world = shared.world();
    let mut added = Added::default();
    for index in 0..order.connections {
        let number = world.next_number();
        let is_live = index < order.live;
        let id = order
            .one(&shared, number, is_live)
            .plant(&shared, &mut world)?;
        if is_live {
            added.live.push(id.clone());
        }
        added.ids.push(id);
    }
    Ok(Json(added))
}

impl Order {
    fn check(&self, shared: &Shared) -> Result<(), Refusal> {
        if self.connections > MOST || self.live > self.connections {
            return Err(Refusal::invalid(format!(
                "connections must be at most {MOST}, and live no more than connections"
            )));
        }
        let fits = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if !(1..=40).contains(&self.prefix.len()) || !self.prefix.chars().all(fits) {
            return Err(Refusal::invalid(
                "prefix must be 1 to 40 letters, digits and hyphens",
            ));
        }
        match &self.scenario {
            Some(name) if shared.scenarios().named(name).is_none() => {
                Err(Refusal::invalid(format!("no scenario is named {name:?}")))
            }
            _ => Ok(()),
        }
    }

    /// The connection with this number. What differs does so by the number alone, so that the
    /// same orders make the same world.
    fn one(&self, shared: &Shared, number: usize, is_live: bool) -> Planted {
        let of = |list: &[&str]| list[number % list.len()].to_owned();
        let scenario = self.scenario.clone().unwrap_or_else(|| of(&SCENARIOS));
        let is_well = !number.is_multiple_of(3);
        let live = is_live.then(|| Live {
            left: 3 + number as u64 % 16,
            given: Some(given(shared.scenarios().named(&scenario), number)),
            looks: None,
        });
        Planted {
            domain: format!("{}-{number:05}.example", self.prefix),
            profile: format!("team-{:02}", number % 40),
            scenario,
            legacy: false,
            standing: if is_well {
                Standing::Authenticated
            } else {
                Standing::NeedsAuth
            },
            reauth: Some(REASONS[number % REASONS.len()]),
            uncheckable: number.is_multiple_of(11),
            config: Config::default(),
            past: past(number as u64, is_well, of(&FAILURES)),
            live,
        }
    }
}

/// Every other one has answered the first question, if that leads to another one.
fn given(scenario: Option<&std::sync::Arc<Scenario>>, number: usize) -> Vec<Answer> {
    match scenario.map(|it| it.answers.as_slice()) {
        Some([first @ Answer::Fields(_), _, ..]) if number % 2 == 1 => vec![first.clone()],
        _ => Vec::new(),
    }
}

fn past(number: u64, is_well: bool, failure: String) -> Vec<Past> {
    let attempt = |ago| Attempt {
        ago,
        took: 12 + number % 40,
        status: Status::Success,
        error_code: None,
        error_message: None,
        website_error: None,
        step: None,
        recorded: false,
    };
    let first = Past::Login(attempt(2_000 + 7 * number % 40_000));
    let check = |ago, found| Past::HealthCheck(Check { ago, found });
    let last = number % 240;
    if is_well {
        return vec![first, check(last + 4, Standing::Authenticated)];
    }
    let failed = Attempt {
        status: Status::Failed,
        error_message: Some("The login did not succeed".to_owned()),
        error_code: Some(failure),
        ..attempt(last + 2)
    };
    vec![
        first,
        check(last + 4, Standing::NeedsAuth),
        Past::Reauth(failed),
    ]
}
