//! Connections that are there without having been created through the API.

use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

use crate::{
    answer::Given,
    config::Config,
    connection::{Connection, Standing},
    flow::Flow,
    past::Past,
    reauth::Reauth,
    refusal::Refusal,
    scenario::{Answer, Plan},
    world::{Shared, World},
};

/// A connection, as a file describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Planted {
    pub(crate) domain: String,
    pub(crate) profile: String,
    /// What its logins play, whatever its domain is.
    pub(crate) scenario: String,
    #[serde(default)]
    pub(crate) legacy: bool,
    pub(crate) standing: Standing,
    pub(crate) reauth: Option<Reauth>,
    /// Its health checks prove nothing (kernel-api.md 4.1).
    #[serde(default)]
    pub(crate) uncheckable: bool,
    #[serde(default)]
    pub(crate) config: Config,
    /// Oldest first.
    #[serde(default)]
    pub(crate) past: Vec<Past>,
    pub(crate) live: Option<Live>,
}

/// A login that is running.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Live {
    /// Minutes that it has left.
    pub(crate) left: u64,
    /// What was answered so far. Without it the form is not found yet.
    pub(crate) given: Option<Vec<Answer>>,
    /// Minutes from now until the form is found.
    pub(crate) looks: Option<u64>,
}

impl Planted {
    /// Adds the connection; tells its id.
    pub(crate) fn plant(self, shared: &Shared, world: &mut World) -> Result<String, Refusal> {
        let Some(scenario) = shared.scenarios().named(&self.scenario) else {
            let name = self.scenario;
            return Err(Refusal::invalid(format!("no scenario is named {name:?}")));
        };
        let plan = Plan {
            scenario: scenario.clone(),
            legacy: self.legacy,
        };
        let config = self.config.checked()?;
        let mut connection =
            Connection::new(self.domain, self.profile, config, plan, shared.origin());
        for past in self.past {
            past.happen(&mut connection, shared.settings());
        }
        connection.standing = self.standing;
        connection.reauth = self.reauth;
        connection.is_uncheckable = self.uncheckable;
        let flow = self
            .live
            .map(|live| live.begin(&connection, shared))
            .transpose()?;
        let id = connection.id.clone();
        world.connections.add(connection);
        if let Some(flow) = flow {
            world.begin(shared, &id, flow)?;
        }
        Ok(id)
    }
}

impl Live {
    fn begin(self, connection: &Connection, shared: &Shared) -> Result<Flow, Refusal> {
        let settings = shared.settings();
        let mut flow = Flow::begin(connection.next_kind(), &connection.plan, settings);
        if connection.config.is_recorded() {
            flow.record();
        }
        if let Some(minutes) = self.looks {
            flow.look_for(Duration::from_secs(minutes * 60));
        }
        if let Some(given) = self.given {
            flow.hurry();
            for answer in &given {
                give(&mut flow, answer)?;
                flow.hurry();
            }
        }
        flow.leave(Duration::from_secs(self.left * 60));
        Ok(flow)
    }
}

/// Gives an answer as a person would on the hosted page.
fn give(flow: &mut Flow, answer: &Answer) -> Result<(), Refusal> {
    let now = Instant::now();
    let given = match answer {
        Answer::Wait(_) => return Ok(()),
        Answer::Hook(_) => return flow.act(now),
        Answer::Fields(values) => Given::LegacyFields(values.clone()),
        Answer::Choice(id) => Given::Choice(id.clone()),
    };
    let interaction = flow.interaction().to_owned();
    flow.submit_by_hand(&interaction, &given, now)
}
