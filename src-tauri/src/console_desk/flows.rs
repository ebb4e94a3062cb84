//! The flows of the world: followed, answered, let go of.

use std::sync::Arc;

use jiff::Timestamp;
use login_flow::{AnswerProblem, Stage, View};
use managed_auth::{Error, LoginStarted};
use support::{NewNeed, trouble_of};

use super::{followed::Followed, world::World};
use crate::handoff::Handoff;

/// So many flows are followed, one stream each; the rest are renewed by the walk.
const MOST_FOLLOWED: usize = 200;

impl World {
    /// A followed flow has changed. Who has begun to wait, if somebody has; whether its row
    /// changed; and whether the key must be asked about.
    pub(super) async fn flow(&mut self, id: &str) -> FlowNews {
        let Some(followed) = self.flows.get(id) else {
            return FlowNews::default();
        };
        let view = followed.view();
        let (row_changed, need) = self.roster.follow(id, view.clone());
        if self.open_id() == Some(id) {
            self.refresh_open().await;
        }
        if view.stage.is_end() {
            self.ended(id, &view);
        }
        FlowNews {
            need,
            // What an end leaves behind is drawn with the list.
            row_changed: row_changed || view.stage.is_end(),
            key_in_doubt: view.stage == Stage::Refused,
        }
    }

    fn ended(&mut self, id: &str, view: &View) {
        self.handoffs.remove(id);
        if self.in_control.as_deref() == Some(id) {
            self.in_control = None;
        }
        if view.stage == Stage::Gone {
            let trouble = view.error.clone();
            let gone = Error::NotFound(managed_auth::ErrorBody::default());
            return self.is_gone(id, trouble.unwrap_or_else(|| trouble_of(&gone)));
        }
        // How the connection stands now is not in the flow.
        self.read(id.to_owned());
        if self.open_id() != Some(id) {
            self.flows.remove(id);
        }
    }

    /// A login was started here.
    pub(super) async fn started(&mut self, login: LoginStarted) {
        let id = login.id.clone();
        let handoff = Handoff {
            code: login.handoff_code,
            hosted_url: login.hosted_url,
            ours: true,
        };
        self.handoffs.insert(id.clone(), handoff);
        self.follow(&id, login.flow_expires_at);
        self.open(Some(id), false).await;
    }

    /// Sends an answer to a flow that is followed.
    pub(super) async fn answer(
        &self,
        id: &str,
        answer: login_flow::Answer,
    ) -> Result<(), AnswerProblem> {
        match self.flows.get(id) {
            Some(followed) => followed.follower.answer(answer).await,
            None => Err(AnswerProblem::Over),
        }
    }

    /// Follows the flows that run and are not followed yet, those that wait first.
    pub(super) fn follow_running(&mut self) {
        let now = self.service_now();
        let room = MOST_FOLLOWED.saturating_sub(self.flows.len());
        let missing: Vec<String> = self
            .roster
            .running(now)
            .filter(|id| !self.is_followed(id))
            .take(room)
            .map(str::to_owned)
            .collect();
        for id in missing {
            self.follow(&id, None);
        }
    }

    pub(super) fn is_followed(&self, id: &str) -> bool {
        self.flows
            .get(id)
            .is_some_and(|followed| !followed.view().stage.is_end())
    }

    fn follow(&mut self, id: &str, started_until: Option<Timestamp>) {
        let followed = Followed::start(
            id,
            self.client.clone(),
            self.gate.clone(),
            started_until,
            self.messenger.clone(),
        );
        if started_until.is_some() {
            self.roster.follow(id, followed.view());
        }
        self.flows.insert(id.to_owned(), followed);
    }

    /// Flows that are over are kept only for the one that is open, which may be looked at again.
    pub(super) fn let_go_of_ended(&mut self) {
        let open = self.open.as_ref().map(|open| open.id.clone());
        self.flows
            .retain(|id, followed| Some(id) == open.as_ref() || !followed.view().stage.is_end());
    }

    pub(super) fn view(&self, id: &str) -> Option<Arc<View>> {
        self.flows.get(id).map(Followed::view)
    }
}

/// What a change of a followed flow means.
#[derive(Debug, Default)]
pub(super) struct FlowNews {
    pub(super) need: Option<NewNeed>,
    pub(super) row_changed: bool,
    pub(super) key_in_doubt: bool,
}
