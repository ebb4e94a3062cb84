//! Drawing the view from what is known.

use std::time::Duration;

use managed_auth::{Connection, FlowStatus, FlowStep};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    ending::End,
    flow::{Flow, Following},
    question::{Lock, Standing},
    text::Text,
    trouble::{Audience, Ending, failure, failure_ways},
    view::{
        ConnectionView, Page, PromptView, Stage, Status, Step, StreamState, Trouble, View, Way,
    },
};

/// How long the service waits for an answer (`kernel-api.md` 4.5). Not on the wire.
const TIME_TO_ANSWER: Duration = Duration::from_mins(10);

impl View {
    /// The view of a flow of which only the connection's id is known.
    pub(crate) fn unknown(following: &Following) -> Self {
        Self {
            revision: 0,
            connection: ConnectionView {
                id: Text::bounded(&following.connection_id, 120).unwrap_or_else(Text::nameless),
                domain: None,
                profile: None,
                saves_credentials: None,
                records_session: None,
            },
            status: None,
            step: None,
            stage: Stage::Opening,
            prompt: None,
            message: None,
            website_error: None,
            notice: None,
            error: None,
            expires_at: None,
            answer_by: None,
            clock_ahead_ms: 0,
            hosted_page: Page::None,
            live_view: Page::None,
            stream: StreamState::Connecting,
            ways: vec![Way::Wait],
        }
    }
}

/// Draws the view. Its revision is the caller's to set.
pub(crate) fn present(flow: &Flow) -> View {
    let mut view = View::unknown(&flow.following);
    if let Some(known) = &flow.known {
        show_connection(&mut view, known);
        show_state(&mut view, known, flow);
    }
    view.stage = stage(flow);
    view.prompt = flow
        .question
        .standing()
        .filter(|_| flow.end.is_none())
        .map(|standing| prompt(standing, view.stage, flow));
    view.answer_by = flow
        .question
        .standing()
        .filter(|_| view.prompt.is_some())
        .and_then(|standing| answer_by(standing, &view));
    view.notice.clone_from(&flow.notice);
    view.error = trouble(flow);
    view.clock_ahead_ms = flow.clock.ahead_ms();
    view.stream = stream(flow);
    view.ways = ways(flow, &view);
    view
}

fn show_connection(view: &mut View, known: &Connection) {
    view.connection.domain = known
        .domain
        .as_deref()
        .and_then(|domain| Text::bounded(domain, 253));
    view.connection.profile = known
        .profile_name
        .as_deref()
        .and_then(|profile| Text::bounded(profile, 120));
    view.connection.saves_credentials = known.save_credentials;
    view.connection.records_session = known.record_session;
}

fn show_state(view: &mut View, known: &Connection, flow: &Flow) {
    view.status = known.flow_status.as_ref().map(status);
    view.step = known.flow_step.as_ref().map(step);
    view.message = known
        .prompt
        .external_action_message
        .as_deref()
        .and_then(Text::new);
    view.website_error = known.prompt.website_error.as_deref().and_then(Text::new);
    view.expires_at = known.flow_expires_at;
    if flow.end.is_none() {
        let is_guest = flow.following.audience == Audience::Guest;
        view.hosted_page = page(known.hosted_url.as_ref(), is_guest);
        view.live_view = page(known.live_view_url.as_ref(), false);
    }
}

fn status(status: &FlowStatus) -> Status {
    match status {
        FlowStatus::Pending => Status::Pending,
        FlowStatus::InProgress => Status::InProgress,
        FlowStatus::Success => Status::Success,
        FlowStatus::Failed => Status::Failed,
        FlowStatus::Expired => Status::Expired,
        FlowStatus::Canceled => Status::Canceled,
        FlowStatus::Unknown(word) => Status::Unknown(unknown_word(word)),
    }
}

fn step(step: &FlowStep) -> Step {
    match step {
        FlowStep::Discovering => Step::Discovering,
        FlowStep::AwaitingInput => Step::AwaitingInput,
        FlowStep::AwaitingExternalAction => Step::AwaitingExternalAction,
        FlowStep::AwaitingHumanIntervention => Step::AwaitingHumanIntervention,
        FlowStep::Submitting => Step::Submitting,
        FlowStep::Completed => Step::Completed,
        FlowStep::Unknown(word) => Step::Unknown(unknown_word(word)),
    }
}

fn unknown_word(word: &str) -> Text {
    Text::bounded(word, 60).unwrap_or_else(Text::nameless)
}

/// A page is offered by its host only; the address itself is a secret.
fn page(url: Option<&SecretString>, used_up: bool) -> Page {
    let host = url
        .and_then(|url| Url::parse(url.expose_secret()).ok())
        .filter(|url| matches!(url.scheme(), "https" | "http"))
        .and_then(|url| url.host_str().and_then(|host| Text::bounded(host, 253)));
    host.map_or(Page::None, |host| Page::Offered { host, used_up })
}

/// What the flow means for the person: terminal states first, then the step
/// (`kernel-api.md` 4.4).
fn stage(flow: &Flow) -> Stage {
    match &flow.end {
        Some(End::LoggedIn) => return Stage::LoggedIn,
        Some(End::Failed) => return Stage::Failed,
        Some(End::Stopped(ending, _)) => return ended_stage(*ending),
        None => {}
    }
    let Some(known) = flow.known.as_ref().filter(|_| flow.inquiry.is_none()) else {
        return Stage::Opening;
    };
    let answering = flow
        .question
        .standing()
        .is_some_and(|standing| matches!(standing.lock, Lock::Sending | Lock::Accepted(_)));
    match &known.flow_step {
        _ if answering => Stage::Sending,
        _ if matches!(known.flow_status, Some(FlowStatus::Unknown(_))) => Stage::Unfamiliar,
        Some(FlowStep::Discovering) | None => Stage::FindingOut,
        // A flow that waits for input without saying which can only be helped in the browser.
        Some(FlowStep::AwaitingInput) if flow.question.standing().is_none() => Stage::Unfamiliar,
        Some(FlowStep::AwaitingInput) => Stage::Asking,
        Some(FlowStep::AwaitingExternalAction) => Stage::WaitingElsewhere,
        Some(FlowStep::AwaitingHumanIntervention) => Stage::NeedsAPerson,
        Some(FlowStep::Submitting | FlowStep::Completed) => Stage::Sending,
        Some(FlowStep::Unknown(_)) => Stage::Unfamiliar,
    }
}

fn ended_stage(ending: Ending) -> Stage {
    match ending {
        Ending::Expired => Stage::Expired,
        Ending::Canceled => Stage::Canceled,
        Ending::AccessEnded => Stage::AccessEnded,
        Ending::KeyRefused | Ending::NotPermitted => Stage::Refused,
        Ending::Gone => Stage::Gone,
        Ending::Unconfirmed => Stage::Unconfirmed,
        Ending::NotRunning => Stage::NotRunning,
        Ending::NotTheApi | Ending::ClientTooOld | Ending::NoStream => Stage::CannotFollow,
    }
}

fn prompt(standing: &Standing, stage: Stage, flow: &Flow) -> PromptView {
    PromptView {
        interaction_id: standing.shown_id.clone(),
        open: standing.lock == Lock::Open
            && flow.in_flight.is_none()
            && standing.asked.can_be_bound(),
        fall_back: matches!(
            stage,
            Stage::WaitingElsewhere | Stage::NeedsAPerson | Stage::Unfamiliar
        ),
        fields: standing
            .asked
            .fields
            .iter()
            .map(|field| field.view.clone())
            .collect(),
        choices: standing
            .asked
            .choices
            .iter()
            .map(|choice| choice.view.clone())
            .collect(),
    }
}

fn answer_by(standing: &Standing, view: &View) -> Option<jiff::Timestamp> {
    let by = standing.since.checked_add(TIME_TO_ANSWER).ok()?;
    Some(view.expires_at.map_or(by, |expires_at| by.min(expires_at)))
}

fn trouble(flow: &Flow) -> Option<Trouble> {
    let audience = flow.following.audience;
    let site = site(flow);
    match flow.end.as_ref()? {
        End::LoggedIn => None,
        End::Failed => {
            let prompt = flow.known.as_ref().map(|known| &known.prompt);
            let code = prompt.and_then(|prompt| prompt.error_code.as_deref());
            let message = prompt.and_then(|prompt| prompt.error_message.as_deref());
            Some(failure(code, message, &site, audience))
        }
        End::Stopped(ending, details) => Some(ending.trouble(&site, audience, details.clone())),
    }
}

/// What the site is called in a sentence.
fn site(flow: &Flow) -> String {
    let domain = flow
        .known
        .as_ref()
        .and_then(|known| known.domain.as_deref());
    domain
        .and_then(|domain| Text::bounded(domain, 253))
        .map_or_else(|| "the site".to_owned(), |site| site.to_string())
}

fn stream(flow: &Flow) -> StreamState {
    if flow.end.is_some() {
        return StreamState::Ended;
    }
    match flow.link.trouble() {
        Some(trouble) => StreamState::Reconnecting {
            since: trouble.since,
            attempts: trouble.attempts,
            cause: trouble.cause,
        },
        None if matches!(flow.link, crate::link::Link::Open { .. }) => StreamState::Live,
        None => StreamState::Connecting,
    }
}

/// What the person can do now, best first. There is always something.
fn ways(flow: &Flow, view: &View) -> Vec<Way> {
    let audience = flow.following.audience;
    match &flow.end {
        Some(End::LoggedIn) => return vec![Way::Close],
        Some(End::Failed) => {
            let code = flow
                .known
                .as_ref()
                .and_then(|known| known.prompt.error_code.as_deref());
            return failure_ways(code, audience);
        }
        Some(End::Stopped(ending, _)) => return ending.ways(audience),
        None => {}
    }
    let mut ways = Vec::new();
    let can_answer = view.prompt.as_ref().is_some_and(|prompt| prompt.open);
    let look_first = matches!(view.stage, Stage::NeedsAPerson | Stage::Unfamiliar);
    if look_first {
        ways.extend(elsewhere(view));
    }
    if can_answer {
        ways.push(Way::Answer);
    } else {
        ways.push(Way::Wait);
    }
    if !look_first {
        if view.stage == Stage::WaitingElsewhere {
            ways.insert(0, Way::Wait);
            ways.dedup();
        }
        ways.extend(elsewhere(view));
    }
    if matches!(view.stream, StreamState::Reconnecting { .. }) || look_first {
        ways.push(Way::CheckAgain);
    }
    ways
}

fn elsewhere(view: &View) -> impl Iterator<Item = Way> {
    let live = matches!(view.live_view, Page::Offered { .. }).then_some(Way::OpenLiveView);
    let hosted = matches!(view.hosted_page, Page::Offered { .. }).then_some(Way::OpenHostedPage);
    live.into_iter().chain(hosted)
}
