//! One case: a flow that is led to a step, hurt, and watched until its end.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use fault_proxy::{Call, Proxy};
use follower::Follower;
use login_flow::{Audience, Following, Notice, Stage, StreamState, View, Way};
use managed_auth::{Access, Client, Settings};
use serde_json::json;
use tokio::time::Instant;

use crate::{
    catalogue::{How, MOST_OF_AN_EVENT, Row, Told},
    step::{Step, Turn, right_answer},
    support::{
        dice::Dice,
        service::{Service, Started, Truth},
        watched::{Shown, Watched, is_true},
    },
};

/// What the issue asks for: back within this after the fault's end.
pub(crate) const RECOVERY: Duration = Duration::from_secs(3);
/// Nothing here takes this long unless it never comes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The failure of a case whose stream was lost before it was hurt, by a busy computer: its waits
/// are longer from then on.
pub(crate) const DISTURBED: &str = "lost its stream before it was hurt";

/// When a fault strikes, as seen from what moves the flow on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It is over before.
    Before,
    /// It lasts meanwhile.
    During,
    /// It begins after.
    After,
}

impl Phase {
    pub(crate) const ALL: [Self; 3] = [Self::Before, Self::During, Self::After];
}

/// One case of the matrix.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) number: usize,
    pub(crate) step: Step,
    pub(crate) row: Row,
    pub(crate) phase: Phase,
    pub(crate) audience: Audience,
    /// Whether the service only knows the older prompt.
    pub(crate) legacy: bool,
    pub(crate) seed: u64,
}

/// What came of a case.
pub(crate) struct Outcome {
    pub(crate) name: String,
    /// How long after the fault's end the view was right; none if there was nothing to recover.
    pub(crate) recovery: Option<Duration>,
    pub(crate) presses: usize,
    /// Submissions that the proxy or the service saw beyond one for each press.
    pub(crate) double_sends: usize,
    pub(crate) ended: Ended,
}

/// A flow that is over, to see whether it stays quiet.
pub(crate) struct Ended {
    proxy: Proxy,
    asked: usize,
    /// Kept, as it is what must stay quiet.
    _watched: Watched,
}

impl Ended {
    pub(crate) fn proxy(&self) -> &Proxy {
        &self.proxy
    }

    /// How often something was asked for since the end.
    pub(crate) fn asked_since(&self) -> usize {
        self.proxy.log().total() - self.asked
    }
}

impl Case {
    pub(crate) fn name(&self) -> String {
        let who = match self.audience {
            Audience::Guest => "guest",
            Audience::Support => "support",
        };
        let generation = if self.legacy { ", legacy" } else { "" };
        format!(
            "{:?} / {} / {:?} ({who}{generation})",
            self.step, self.row.name, self.phase
        )
    }

    /// Whether there is such a case: an answer can only be hurt while one is sent.
    pub(crate) fn makes_sense(&self) -> bool {
        !self.row.is_of_answers()
            || (self.step.turn() == Turn::Answer && self.phase == Phase::During)
    }

    /// The same on a connection of its own.
    pub(crate) fn once_more(self) -> Self {
        Self {
            number: self.number + 100_000,
            ..self
        }
    }

    pub(crate) async fn run(self, service: Arc<Service>) -> Result<Outcome, String> {
        let mut run = Run::begin(self, service).await?;
        run.lead().await?;
        let recovery = run.hurt().await?;
        run.walk_on().await?;
        run.finish(recovery).await
    }
}

/// The patience of a client that is tested: short, so that faults can be.
pub(crate) fn settings() -> Settings {
    Settings {
        connect_timeout: Duration::from_secs(1),
        request_timeout: Duration::from_secs(1),
        stream_headers_timeout: Duration::from_secs(1),
        max_event: MOST_OF_AN_EVENT,
        ..Settings::default()
    }
}

/// A flow that is followed through a proxy.
struct Run {
    case: Case,
    service: Arc<Service>,
    proxy: Proxy,
    watched: Watched,
    started: Started,
    domain: String,
    dice: Dice,
    began: Instant,
    /// When its step was reached.
    arrived: Instant,
    presses: usize,
    /// The questions that were answered.
    answered: BTreeSet<String>,
}

impl Run {
    async fn begin(case: Case, service: Arc<Service>) -> Result<Self, String> {
        let mut dice = Dice::of(case.seed, &case.name());
        let generation = if case.legacy { ".legacy" } else { "" };
        let scenario = case.step.scenario();
        let domain = format!("case-{}.{scenario}{generation}.example", case.number);
        let started = service.login(&domain).await;
        let proxy = Proxy::start(service.address());
        let access = match case.audience {
            Audience::Support => Access::key(sandbox::API_KEY.into()),
            Audience::Guest => {
                let direct = service.url().parse().map_err(|_| "no address")?;
                let code = started.handoff_code.as_str().into();
                Client::exchange(direct, &started.id, &code, Settings::default())
                    .await
                    .map_err(|error| format!("no access: {error}"))?
            }
        };
        let api = format!("http://{}", proxy.address);
        let api = api.parse().map_err(|_| "no address")?;
        let client = Client::new(api, &access, settings()).map_err(|error| error.to_string())?;
        let following = Following {
            connection_id: started.id.clone(),
            audience: case.audience,
            started_until: (case.audience == Audience::Support).then_some(started.flow_expires_at),
            seed: dice.number(),
        };
        Ok(Self {
            watched: Watched::new(Follower::start(client, following)),
            case,
            service,
            proxy,
            started,
            domain,
            dice,
            began: Instant::now(),
            arrived: Instant::now(),
            presses: 0,
            answered: BTreeSet::new(),
        })
    }

    /// Leads the flow to the step where it is to be hurt.
    async fn lead(&mut self) -> Result<(), String> {
        let step = self.case.step;
        let is_there = move |view: &View| step.is_at(view) && view.stream == StreamState::Live;
        let is_next = move |view: &View| {
            is_there(view) || (!step.is_at(view) && right_answer(view).is_some())
        };
        loop {
            let view = self.watched.until("the step", PATIENCE, is_next).await?;
            if is_there(&view) {
                break;
            }
            self.press().await?;
            self.arrived = Instant::now();
        }
        if self.case.row.is_silent() {
            // Silence is measured by the heartbeats that were there before.
            let from = self.proxy.log().heartbeats;
            let limit = Instant::now() + PATIENCE;
            while self.proxy.log().heartbeats < from + 2 {
                if Instant::now() > limit {
                    return Err("no heartbeats".to_owned());
                }
                self.watched.changed(Duration::from_millis(50)).await;
            }
        }
        Ok(())
    }

    /// Gives the right answer to what is asked. An answer to a flow that is not followed any more
    /// is refused, and not counted.
    async fn press(&mut self) -> Result<(), String> {
        let view = self.watched.view();
        if view.stage.is_end() {
            return Ok(());
        }
        let Some(answer) = right_answer(&view) else {
            return Err(format!("nothing to answer: {}", self.watched.describe()));
        };
        let question = answer.interaction_id.clone();
        match self.watched.follower.answer(answer).await {
            Ok(()) => {
                self.presses += 1;
                self.answered.insert(question);
                Ok(())
            }
            Err(_) if self.watched.view().stage.is_end() => Ok(()),
            Err(problem) => Err(format!("refused here: {problem}")),
        }
    }

    /// Hurts the flow, lets the fault end, and says how long it took to be right again.
    async fn hurt(&mut self) -> Result<Option<Duration>, String> {
        let phase = self.case.phase;
        if phase == Phase::After {
            self.turn().await?;
            self.wait_until_turned().await?;
        }
        if phase == Phase::During {
            // The fault is to be short, and the flow to move on within it.
            if let Some(lasts) = self.case.step.lasts() {
                tokio::time::sleep_until(self.arrived + lasts - self.case.row.lasts * 2 / 3).await;
            }
        }
        let is_lost = |view: &View| matches!(view.stream, StreamState::Reconnecting { .. });
        let mut so_far = self.watched.since(self.began).into_iter();
        if so_far.any(|shown| is_lost(&shown.view)) {
            return Err(DISTURBED.to_owned());
        }
        let was_over = self.watched.view().stage.is_end();
        let before = self.truth().await;
        let asked = self.asked();
        let struck = Instant::now();
        self.strike().await;
        let presses = self.presses;
        if phase == Phase::During {
            self.turn().await?;
            if self.case.step.turn() == Turn::Itself {
                self.wait_until_turned().await?;
            }
        }
        if was_over {
            // Nothing is to be seen, however long one looks.
            tokio::time::sleep(self.case.row.lasts).await;
            self.calm().await;
            return Ok(None);
        }
        self.wait_until_told(struck, self.presses > presses).await?;
        self.calm().await;
        let mut calmed = Instant::now();
        let view = self.watched.view();
        self.check_end_has_words(&view)?;
        if view.stage.is_end() && !is_true(&view, &self.truth().await) {
            if !view.ways.contains(&Way::CheckAgain) {
                return Ok(None);
            }
            // Only the person can know that it is worth another look.
            calmed = Instant::now();
            self.watched.follower.check_again().await;
        }
        let truth = self.recover(calmed).await?;
        let recovery = calmed.elapsed();
        self.check_words(struck, calmed)?;
        if asked.is_some() && before.is_same_question(&truth) {
            self.check_form_stayed(struck, asked.as_ref())?;
        }
        Ok(Some(recovery))
    }

    async fn strike(&mut self) {
        match &self.case.row.how {
            How::Proxy(target, fault) => {
                let fault = fault(&mut self.dice);
                self.proxy.strike(*target, fault);
            }
            How::Exactly(target, fault) => self.proxy.strike(*target, fault.clone()),
            How::Sandbox(faults) => {
                let id = &self.started.id;
                self.service.hook(id, "faults", &faults()).await;
            }
        }
        if self.case.row.cut {
            self.proxy.cut();
        }
    }

    async fn calm(&mut self) {
        match &self.case.row.how {
            How::Proxy(..) | How::Exactly(..) => self.proxy.calm(),
            How::Sandbox(_) => {
                let id = &self.started.id;
                self.service.hook(id, "faults", &json!({})).await;
            }
        }
    }

    /// Does what moves the flow on from this step.
    async fn turn(&mut self) -> Result<(), String> {
        match self.case.step.turn() {
            Turn::Answer => self.press().await,
            Turn::Hook(hook) => {
                let id = &self.started.id;
                self.service.hook(id, hook, &json!({})).await;
                Ok(())
            }
            Turn::Itself => Ok(()),
        }
    }

    /// Waits until the service has moved on, and for an answer until it was told that it was
    /// taken.
    async fn wait_until_turned(&mut self) -> Result<(), String> {
        let limit = Instant::now() + PATIENCE;
        match self.case.step.turn() {
            Turn::Hook("cancel") if self.case.phase == Phase::After => {
                let is_over = |view: &View| view.stage.is_end();
                self.watched.until("the end", PATIENCE, is_over).await?;
            }
            Turn::Hook(_) => {}
            Turn::Answer => {
                while self.proxy.log().count_answered(Call::Submit) < self.presses {
                    if Instant::now() > limit {
                        return Err("the answer was not taken".to_owned());
                    }
                    self.watched.changed(Duration::from_millis(10)).await;
                }
            }
            Turn::Itself if self.case.phase == Phase::After => {
                let step = self.case.step;
                let is_past = move |view: &View| !step.is_at(view);
                self.watched
                    .until("the next step", PATIENCE, is_past)
                    .await?;
            }
            Turn::Itself => {
                while self.truth().await.flow_step.as_deref() == self.case.step.word() {
                    if Instant::now() > limit {
                        return Err("the service stands still".to_owned());
                    }
                    self.watched.changed(Duration::from_millis(100)).await;
                }
            }
        }
        Ok(())
    }

    /// Waits until the fault has lasted long enough and the person was told.
    async fn wait_until_told(&mut self, struck: Instant, pressed: bool) -> Result<(), String> {
        loop {
            let lasted = struck.elapsed();
            if lasted >= self.case.row.lasts && self.was_told(struck, pressed) {
                return Ok(());
            }
            if lasted > PATIENCE {
                return Err(format!("was not told; {}", self.watched.describe()));
            }
            self.watched.changed(Duration::from_millis(50)).await;
        }
    }

    fn was_told(&self, struck: Instant, pressed: bool) -> bool {
        let shown = self.watched.since(struck);
        let now = self.watched.view();
        // The flow's own end says it all.
        if is_own_end(now.stage) {
            return true;
        }
        let lost = |cause| {
            shown.iter().any(|shown| {
                matches!(shown.view.stream, StreamState::Reconnecting { cause: told, .. } if told == cause)
            })
        };
        let of_answer = |words: &[crate::catalogue::Word]| {
            words.is_empty()
                || shown.iter().any(|shown| {
                    let notice = shown.view.notice.as_ref();
                    notice.is_some_and(|notice| words.iter().any(|word| word.is(notice)))
                })
        };
        let of_stream = match self.case.row.told {
            Told::Nothing | Told::OfAnswers => true,
            Told::Lost(cause) => lost(cause),
            Told::LostAndFound(cause) => lost(cause) && now.stream == StreamState::Live,
            Told::End(guest, support) => {
                now.stage
                    == match self.case.audience {
                        Audience::Guest => guest,
                        Audience::Support => support,
                    }
            }
        };
        of_stream && (!pressed || of_answer(self.case.row.pressed))
    }

    /// Waits until the view is where the flow truly is.
    async fn recover(&mut self, calmed: Instant) -> Result<Truth, String> {
        loop {
            let view = self.watched.view();
            if view.stage.is_end() || view.stream == StreamState::Live {
                let truth = self.truth().await;
                if is_true(&self.watched.view(), &truth) {
                    return Ok(truth);
                }
            }
            if calmed.elapsed() > PATIENCE {
                let truth = self.truth().await;
                return Err(format!(
                    "did not recover: {truth:?}; {}",
                    self.watched.describe()
                ));
            }
            self.watched.changed(Duration::from_millis(100)).await;
        }
    }

    async fn truth(&self) -> Truth {
        self.service.truth(&self.domain).await
    }

    /// An end says what happened and what can be done.
    fn check_end_has_words(&self, view: &View) -> Result<(), String> {
        let has_words = view.error.is_some() || view.stage == Stage::LoggedIn;
        if view.stage.is_end() && (!has_words || view.ways.is_empty()) {
            return Err(format!("an end without words; {}", self.watched.describe()));
        }
        Ok(())
    }

    /// What does no harm raises no alarm.
    fn check_words(&self, struck: Instant, calmed: Instant) -> Result<(), String> {
        if self.case.row.told != Told::Nothing {
            return Ok(());
        }
        let shown = self.watched.since(struck);
        let mut meanwhile = shown.iter().filter(|shown| shown.at < calmed);
        match meanwhile.find(|shown| alarms(&shown.view)) {
            Some(Shown { view, .. }) => Err(format!(
                "alarmed: {:?}, {:?}, {:?}",
                view.stage, view.stream, view.notice
            )),
            None => Ok(()),
        }
    }

    /// A question that stands keeps its form on the screen, under its name.
    fn check_form_stayed(&self, struck: Instant, asked: Option<&String>) -> Result<(), String> {
        let was_lost = |view: &View| !view.stage.is_end() && name(view) != asked;
        let shown = self.watched.since(struck);
        if shown.iter().any(|shown| was_lost(&shown.view)) {
            return Err("the form was taken away while its question stood".to_owned());
        }
        Ok(())
    }

    fn asked(&self) -> Option<String> {
        name(&self.watched.view()).cloned()
    }

    /// Walks the flow to its end, by right answers.
    async fn walk_on(&mut self) -> Result<(), String> {
        if self.case.phase == Phase::Before && !self.watched.view().stage.is_end() {
            let step = self.case.step;
            if let (true, Turn::Hook(hook)) = (step.is_at(&self.watched.view()), step.turn()) {
                let id = &self.started.id;
                self.service.hook(id, hook, &json!({})).await;
            }
        }
        let limit = Instant::now() + PATIENCE;
        loop {
            let view = self.watched.view();
            if view.stage.is_end() {
                break;
            }
            if Instant::now() > limit {
                return Err(format!("did not end: {}", self.watched.describe()));
            }
            let waits = matches!(view.stage, Stage::WaitingElsewhere | Stage::NeedsAPerson);
            let truth = if waits {
                self.truth().await
            } else {
                Truth::default()
            };
            let truly_waits = truth.flow_step.is_some_and(|step| {
                matches!(
                    step.as_str(),
                    "AWAITING_EXTERNAL_ACTION" | "AWAITING_HUMAN_INTERVENTION"
                )
            });
            if truly_waits {
                let id = &self.started.id;
                self.service.hook(id, "approve", &json!({})).await;
            } else if view.stage == Stage::Asking && right_answer(&view).is_some() {
                self.press().await?;
            }
            self.watched.changed(Duration::from_millis(200)).await;
        }
        let (view, truth) = (self.watched.view(), self.truth().await);
        self.check_end_has_words(&view)?;
        let own = is_own_end(view.stage);
        if own && !is_true(&view, &truth) {
            return Err(format!(
                "a wrong end: {truth:?}; {}",
                self.watched.describe()
            ));
        }
        let expected = matches!(self.case.row.told, Told::End(..));
        if !own && !expected {
            return Err(format!("not its own end: {}", self.watched.describe()));
        }
        Ok(())
    }

    async fn finish(self, recovery: Option<Duration>) -> Result<Outcome, String> {
        self.check_never_back()?;
        let calls = self.service.calls(&self.started.id).await;
        // What was on its way when the end came may still arrive, and nothing tells when it has.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let asked = self.proxy.log().total();
        let seen = self.proxy.log().count(Call::Submit).max(calls.submits);
        let more = calls.accepted.saturating_sub(self.answered.len());
        Ok(Outcome {
            name: self.case.name(),
            recovery,
            presses: self.presses,
            double_sends: seen.saturating_sub(self.presses).max(more),
            ended: Ended {
                proxy: self.proxy,
                asked,
                _watched: self.watched,
            },
        })
    }

    /// A question that was left is never shown again, nor the search for the form.
    fn check_never_back(&self) -> Result<(), String> {
        let mut left: Vec<String> = Vec::new();
        for shown in self.watched.since(self.began) {
            let view = &shown.view;
            let place = match (&view.prompt, view.stage) {
                (Some(prompt), _) => prompt.interaction_id.clone(),
                (None, Stage::FindingOut) => "finding out".to_owned(),
                _ => continue,
            };
            if left.last() == Some(&place) {
                continue;
            }
            if left.contains(&place) {
                return Err(format!("went back to {place} after {left:?}"));
            }
            left.push(place);
        }
        Ok(())
    }
}

/// What the question of a view is called.
fn name(view: &View) -> Option<&String> {
    let prompt = view.prompt.as_ref()?;
    Some(&prompt.interaction_id)
}

/// Whether a stage is an end of the flow itself.
fn is_own_end(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::LoggedIn | Stage::Failed | Stage::Expired | Stage::Canceled
    )
}

/// Whether a view would worry a person.
fn alarms(view: &View) -> bool {
    let notice = match &view.notice {
        Some(
            Notice::OutcomeUnknown
            | Notice::NotAccepted { .. }
            | Notice::StillAsked
            | Notice::PageMovedOn
            | Notice::ServiceTrouble { .. }
            | Notice::Wait { .. },
        ) => true,
        Some(Notice::AskedAgain { .. }) | None => false,
    };
    let lost = matches!(view.stream, StreamState::Reconnecting { .. });
    notice || lost || (view.stage.is_end() && !is_own_end(view.stage))
}
