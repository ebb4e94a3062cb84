//! One login attempt: where it stands, what moves it on, what it takes for an answer.
//! It has no clock of its own; [`Flow::tick`] is told the time.

mod staging;

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    answer::{Answer, Given},
    clock,
    prompt::{LegacyKind, Prompt},
    random,
    refusal::Refusal,
    scenario::{End, Plan, Scenario, Status, Step},
    settings::Settings,
    site::{self, Typed, Verdict},
    timeline::{Entry, EntryStatus, Kind},
};

/// `flow_type` of kernel-api.md 4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum FlowType {
    Login,
    Reauth,
}

/// One login attempt.
#[derive(Debug)]
pub(crate) struct Flow {
    /// The id of its timeline entry.
    pub(crate) id: String,
    pub(crate) kind: FlowType,
    pub(crate) status: Status,
    pub(crate) state: String,
    pub(crate) website_error: Option<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
    pub(crate) sso_provider: Option<String>,
    pub(crate) handoff_code: String,
    /// The secret in the live view's address.
    pub(crate) live_token: String,
    pub(crate) browser_session: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) typed: Typed,
    scenario: Arc<Scenario>,
    legacy: bool,
    settings: Settings,
    /// What a recording of it is called, if it is recorded.
    replay: Option<String>,
    step: usize,
    interaction: String,
    /// Said in place of the step's own message.
    said: Option<String>,
    rejected: BTreeSet<String>,
    expires: Instant,
    input_due: Option<Instant>,
    next: Option<(Instant, Next)>,
    /// The step in which it ended, for the timeline.
    ended_in: Option<String>,
    started: Timestamp,
    updated: Timestamp,
    completed: Option<Timestamp>,
}

/// What happens when the remote browser is done with what it is doing.
#[derive(Debug)]
enum Next {
    Enter(usize),
    /// The site refused these fields, with these words.
    Retry(BTreeSet<String>, String),
}

impl Flow {
    /// A flow that begins now, looking for the site's form.
    pub(crate) fn begin(kind: FlowType, plan: &Plan, settings: &Settings) -> Self {
        let Plan { scenario, legacy } = plan.clone();
        let now = Instant::now();
        let started = clock::now();
        let limit = scenario
            .flow_paces
            .map_or(settings.flow_limit, |paces| settings.pace * paces);
        let search = settings.pace * scenario.discovery_paces.unwrap_or(1);
        Self {
            id: random::id("mae_", 16),
            kind,
            status: Status::InProgress,
            state: "DISCOVERING".to_owned(),
            website_error: None,
            error_code: None,
            error_message: None,
            sso_provider: None,
            handoff_code: random::id("", 44),
            live_token: random::id("", 32),
            browser_session: random::id("brs_", 16),
            expires_at: clock::after(started, limit),
            typed: Typed::new(),
            scenario,
            legacy,
            settings: settings.clone(),
            replay: None,
            step: 0,
            interaction: String::new(),
            said: None,
            rejected: BTreeSet::new(),
            expires: now + limit,
            input_due: None,
            next: Some((now + search, Next::Enter(0))),
            ended_in: None,
            started,
            updated: started,
            completed: None,
        }
    }

    /// Keeps a recording.
    pub(crate) fn record(&mut self) {
        self.replay = Some(random::id("rpl_", 16));
    }

    pub(crate) fn is_live(&self) -> bool {
        self.status == Status::InProgress
    }

    /// Whether it is over and a full read tells nothing of it.
    pub(crate) fn is_forgotten(&self) -> bool {
        self.settings.forget_ended_flows && !self.is_live()
    }

    /// Whether it is of the generation without `interaction_id`, `fields` and `choices`.
    pub(crate) fn is_legacy(&self) -> bool {
        self.legacy
    }

    /// When [`Flow::tick`] has something to do; never, once it is over.
    pub(crate) fn due(&self) -> Option<Instant> {
        let next = self.next.as_ref().map(|(at, _)| *at);
        let soonest = [Some(self.expires), self.input_due, next]
            .into_iter()
            .flatten()
            .min();
        soonest.filter(|_| self.is_live())
    }

    /// Does what is due. Says whether anything changed.
    pub(crate) fn tick(&mut self, now: Instant) -> bool {
        if !self.is_live() {
            return false;
        }
        if now >= self.expires || self.input_due.is_some_and(|due| now >= due) {
            self.expire();
            return true;
        }
        let Some((_, next)) = self.next.take_if(|(at, _)| now >= *at) else {
            return false;
        };
        match next {
            Next::Enter(step) => self.enter(step, now),
            Next::Retry(rejected, words) => self.ask_again(rejected, words, now),
        }
        true
    }

    /// Takes an answer, if it fits what is asked now.
    pub(crate) fn submit(&mut self, answer: &Answer, now: Instant) -> Result<(), Refusal> {
        self.tick(now);
        self.check_interaction(answer)?;
        self.take(&answer.given, now)
    }

    /// Takes an answer from the hosted page, which knows both generations of prompt alike.
    pub(crate) fn submit_by_hand(
        &mut self,
        interaction: &str,
        given: &Given,
        now: Instant,
    ) -> Result<(), Refusal> {
        self.tick(now);
        if self.asked().is_none() || interaction != self.interaction {
            return Err(stale());
        }
        self.take(given, now)
    }

    fn take(&mut self, given: &Given, now: Instant) -> Result<(), Refusal> {
        let scenario = Arc::clone(&self.scenario);
        let next = match site::judge(&scenario.steps[self.step], given)? {
            Verdict::Right(typed) => {
                self.typed = typed;
                Next::Enter(scenario.after(self.step))
            }
            Verdict::Wrong(typed, rejected, words) => {
                self.typed = typed;
                Next::Retry(rejected, words)
            }
            Verdict::Picked(choice) => {
                let is_sso = choice.legacy_kind() == LegacyKind::Sso;
                self.sso_provider = is_sso.then(|| choice.id.clone());
                Next::Enter(scenario.after_choice(self.step, choice))
            }
        };
        self.work(next, now);
        Ok(())
    }

    /// Somebody acted outside: approved on the phone, or did by hand what the page wants.
    pub(crate) fn act(&mut self, now: Instant) -> Result<(), Refusal> {
        let waits = self.is_live()
            && !matches!(
                self.state.as_str(),
                "DISCOVERING" | "SUBMITTING" | "AWAITING_INPUT"
            );
        if !waits {
            let message = "The flow does not wait for an action outside";
            return Err(Refusal::conflict("not_waiting", message));
        }
        let next = Next::Enter(self.scenario.after(self.step));
        self.work(next, now);
        Ok(())
    }

    pub(crate) fn expire(&mut self) {
        self.finish(&End {
            status: Status::Expired,
            ..End::default()
        });
    }

    pub(crate) fn cancel(&mut self) {
        self.finish(&End {
            status: Status::Canceled,
            ..End::default()
        });
    }

    /// What may be answered now.
    pub(crate) fn prompt(&self) -> Prompt {
        match self.asked() {
            Some(step) => {
                let interaction = (!self.legacy).then_some(self.interaction.as_str());
                Prompt::of(step, interaction, &self.rejected)
            }
            None => Prompt::default(),
        }
    }

    /// The message that goes with waiting for an action outside.
    pub(crate) fn message(&self) -> Option<&str> {
        let own = self.waiting()?.message.as_deref();
        self.said.as_deref().or(own)
    }

    /// Changes the message that goes with waiting for an action outside. Says whether it waits.
    pub(crate) fn say(&mut self, message: String) -> bool {
        let waits = self.is_live() && self.state == "AWAITING_EXTERNAL_ACTION";
        if waits {
            self.said = Some(message);
        }
        waits
    }

    /// The page that the remote browser shows; none before the first and after the last.
    pub(crate) fn page(&self) -> Option<&Step> {
        let arrived = self.state != "DISCOVERING" && self.is_live();
        self.scenario.steps.get(self.step).filter(|_| arrived)
    }

    /// The name of the present pause.
    pub(crate) fn interaction(&self) -> &str {
        &self.interaction
    }

    /// Whether somebody must do something in the remote browser itself.
    pub(crate) fn waits_for_hands(&self) -> bool {
        const OTHERS: [&str; 4] = [
            "DISCOVERING",
            "SUBMITTING",
            "AWAITING_INPUT",
            "AWAITING_EXTERNAL_ACTION",
        ];
        self.is_live() && !OTHERS.contains(&self.state.as_str())
    }

    pub(crate) fn rejected(&self) -> &BTreeSet<String> {
        &self.rejected
    }

    /// Its entry in the timeline.
    pub(crate) fn entry(&self) -> Entry {
        Entry {
            id: self.id.clone(),
            kind: match self.kind {
                FlowType::Login => Kind::Login,
                FlowType::Reauth => Kind::Reauth,
            },
            status: EntryStatus::Attempt(self.status),
            timestamp: self.started,
            step: Some(self.ended_in.clone().unwrap_or_else(|| self.state.clone())),
            error_code: self.error_code.clone(),
            error_message: self.error_message.clone(),
            website_error: self.website_error.clone(),
            previous_status: None,
            browser_session_id: Some(self.browser_session.clone()),
            replay_id: self.replay.clone().filter(|_| !self.is_live()),
            completed_at: self.completed,
            updated_at: self.updated,
        }
    }

    /// The step that waits for somebody, if one does.
    fn waiting(&self) -> Option<&Step> {
        self.page().filter(|_| self.state != "SUBMITTING")
    }

    /// The step that can be answered here, if one can.
    pub(crate) fn asked(&self) -> Option<&Step> {
        self.waiting()
            .filter(|step| !step.fields.is_empty() || !step.choices.is_empty())
    }

    fn check_interaction(&self, answer: &Answer) -> Result<(), Refusal> {
        if !self.is_live() {
            return Err(Refusal::bad_request(
                "no_active_flow",
                "No login flow is in progress",
            ));
        }
        match &answer.interaction {
            Some(_) if self.legacy => Err(Refusal::invalid(
                "this flow has no canonical prompt to answer",
            )),
            Some(id) if self.asked().is_none() || *id != self.interaction => Err(stale()),
            None if self.asked().is_none() => Err(Refusal::bad_request(
                "not_awaiting_input",
                "The login flow is not waiting for an answer",
            )),
            _ => Ok(()),
        }
    }

    /// The remote browser is busy for one pace; then comes `next`.
    fn work(&mut self, next: Next, now: Instant) {
        self.touch("SUBMITTING");
        self.website_error = None;
        self.said = None;
        self.input_due = None;
        self.next = Some((now + self.settings.pace, next));
    }

    fn enter(&mut self, index: usize, now: Instant) {
        let scenario = Arc::clone(&self.scenario);
        let Some(step) = scenario.steps.get(index) else {
            return self.finish(&scenario.end);
        };
        if let Some(end) = &step.end {
            return self.finish(end);
        }
        self.step = index;
        self.typed.clear();
        self.rejected = step
            .fields
            .iter()
            .filter(|field| field.rejected)
            .map(|field| field.reference.clone())
            .collect();
        self.website_error.clone_from(&step.website_error);
        if step.sso_provider.is_some() {
            self.sso_provider.clone_from(&step.sso_provider);
        }
        self.pause(&step.state, now);
        self.next = step.goes_on_after.map(|paces| {
            (
                now + self.settings.pace * paces,
                Next::Enter(scenario.after(index)),
            )
        });
    }

    fn ask_again(&mut self, rejected: BTreeSet<String>, words: String, now: Instant) {
        for reference in &rejected {
            self.typed.remove(reference);
        }
        self.rejected = rejected;
        self.website_error = Some(words);
        let scenario = Arc::clone(&self.scenario);
        self.pause(&scenario.steps[self.step].state, now);
    }

    /// Every actionable pause is an interaction of its own, also the same question again.
    fn pause(&mut self, state: &str, now: Instant) {
        self.touch(state);
        self.interaction = random::id("mai_", 16);
        let limit = self
            .scenario
            .input_paces
            .map_or(self.settings.input_limit, |paces| {
                self.settings.pace * paces
            });
        self.input_due = (state == "AWAITING_INPUT").then_some(now + limit);
    }

    fn finish(&mut self, end: &End) {
        self.ended_in = Some(match end.status {
            Status::Expired => "EXPIRED".to_owned(),
            Status::Failed | Status::Canceled => self.state.clone(),
            Status::Success | Status::InProgress => "COMPLETED".to_owned(),
        });
        self.touch("COMPLETED");
        self.status = end.status;
        self.error_code.clone_from(&end.error_code);
        self.error_message.clone_from(&end.error_message);
        self.website_error.clone_from(&end.website_error);
        self.completed = Some(self.updated);
        self.next = None;
        self.input_due = None;
        self.typed.clear();
    }

    fn touch(&mut self, state: &str) {
        state.clone_into(&mut self.state);
        self.updated = clock::now();
    }
}

fn stale() -> Refusal {
    Refusal::bad_request("stale_interaction", "This interaction is no longer current")
}
