//! Somebody at a login, who thinks for a while and gives right answers.

use std::{collections::BTreeSet, time::Duration};

use login_flow::{Stage, View, Way};
use tokio::time::{Instant, sleep};

use crate::{
    step::{Step, right_answer},
    support::{dice::Dice, service::Service, watched::Watched},
};

/// Longer than any login here, with all that goes wrong.
const PATIENCE: Duration = Duration::from_mins(6);
/// How often a person looks at the screen.
const GLANCE: Duration = Duration::from_secs(2);

/// What a person did.
#[derive(Debug, Default)]
pub(crate) struct Deeds {
    pub(crate) presses: usize,
    /// The questions that were answered.
    pub(crate) answered: BTreeSet<String>,
}

/// Somebody at a login of a connection.
pub(crate) struct Person<'a> {
    pub(crate) service: &'a Service,
    pub(crate) id: &'a str,
    pub(crate) domain: &'a str,
    pub(crate) step: Step,
    pub(crate) dice: Dice,
}

impl Person<'_> {
    /// Answers until the login is over.
    pub(crate) async fn complete(mut self, watched: &mut Watched) -> Result<Deeds, String> {
        let limit = Instant::now() + PATIENCE;
        let mut deeds = Deeds::default();
        loop {
            let view = watched.view();
            if is_own_end(view.stage) {
                return Ok(deeds);
            }
            if Instant::now() > limit {
                return Err(format!("did not end: {}", watched.describe()));
            }
            if view.stage.is_end() {
                if !view.ways.contains(&Way::CheckAgain) {
                    return Err(format!("not its own end: {}", watched.describe()));
                }
                sleep(GLANCE).await;
                watched.follower.check_again().await;
            } else if right_answer(&view).is_some() {
                sleep(Duration::from_millis(self.dice.within(2_000..30_000))).await;
                let gives_up = self.step == Step::End && self.dice.number().is_multiple_of(2);
                if gives_up {
                    self.service.try_hook(self.id, "cancel").await;
                } else {
                    press(watched, &mut deeds).await?;
                }
            } else if waits_for_a_hand(&view) && self.truly_waits().await {
                self.service.try_hook(self.id, "approve").await;
            }
            watched.changed(GLANCE).await;
        }
    }

    async fn truly_waits(&self) -> bool {
        let truth = self.service.truth(self.domain).await;
        let step = truth.flow_step.unwrap_or_default();
        step == "AWAITING_EXTERNAL_ACTION" || step == "AWAITING_HUMAN_INTERVENTION"
    }
}

/// Answers what is asked now, which may be something else by now, or nothing.
async fn press(watched: &Watched, deeds: &mut Deeds) -> Result<(), String> {
    let Some(answer) = right_answer(&watched.view()) else {
        return Ok(());
    };
    let question = answer.interaction_id.clone();
    match watched.follower.answer(answer).await {
        Ok(()) => {
            deeds.presses += 1;
            deeds.answered.insert(question);
            Ok(())
        }
        // It moved on between the look and the press.
        Err(_) if right_answer(&watched.view()).is_none() => Ok(()),
        Err(problem) => Err(format!("refused here: {problem}; {}", watched.describe())),
    }
}

fn waits_for_a_hand(view: &View) -> bool {
    matches!(view.stage, Stage::WaitingElsewhere | Stage::NeedsAPerson)
}

/// Whether a stage is an end of the flow itself.
fn is_own_end(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::LoggedIn | Stage::Failed | Stage::Expired | Stage::Canceled
    )
}
