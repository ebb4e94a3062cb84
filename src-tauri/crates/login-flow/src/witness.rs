//! The timeline as a witness: how a flow ended that the service does not tell of any more
//! (`kernel-api.md` 14, 4). Guests may not ask it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use managed_auth::{Connection, Error, FlowStatus, TimelineEvent, TimelineKind, TimelineStatus};

use crate::{
    clock::Moment,
    ending::{End, read_ending},
    flow::{Effect, Flow},
    link::lost_by,
    trouble::{Audience, Ending},
};

/// So many times the timeline is asked; it may learn of an end a little later.
const MOST_QUESTIONS: u32 = 3;
/// The service's clock is told in whole seconds, and answers take their time.
const SLACK: SignedDuration = SignedDuration::from_secs(2);

/// When the flow was last known to be running.
#[derive(Clone, Debug)]
pub(crate) struct LastLive {
    /// By the service's own clock: this computer's may be wrong.
    at: Timestamp,
    /// The remote browser it ran in.
    browser: Option<String>,
}

/// What the timeline is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inquiry {
    questions: u32,
    /// When to ask once more; `None` while an answer is on its way.
    pub(crate) again_at: Option<Duration>,
}

/// What the timeline says of a flow.
#[derive(Debug, PartialEq, Eq)]
enum Testimony<'a> {
    /// It ended like this.
    Ended(FlowStatus, &'a TimelineEvent),
    /// It is not over there yet.
    NotYet,
    /// Nothing, or nothing sure.
    Nothing,
}

impl Flow {
    /// Notes when the service told that the flow was running.
    pub(crate) fn note_live(&mut self, told_at: Option<Timestamp>) {
        let is_live = |known: &&Connection| {
            let status = known.flow_status.as_ref();
            status.is_some_and(|status| !status.is_terminal())
        };
        let Some((known, told_at)) = self.known.as_ref().filter(is_live).zip(told_at) else {
            return;
        };
        let before = self.last_live.as_ref().map(|live| live.at);
        self.last_live = Some(LastLive {
            at: before.map_or(told_at, |before| before.max(told_at)),
            browser: known.browser_session_id.clone(),
        });
    }

    /// The service has forgotten a flow that was running: asks the timeline, if it may be asked and
    /// can know which flow is meant.
    pub(crate) fn was_forgotten(&mut self) {
        if self.following.audience == Audience::Guest || self.last_live.is_none() {
            return self.finish(End::of(Ending::Unconfirmed));
        }
        self.let_go();
        self.ask_timeline(0);
    }

    pub(crate) fn ask_timeline(&mut self, questions_before: u32) {
        self.inquiry = Some(Inquiry {
            questions: questions_before + 1,
            again_at: None,
        });
        self.effects.push(Effect::AskTimeline);
    }

    pub(crate) fn ask_timeline_if_due(&mut self, inquiry: Inquiry, now: Moment) {
        if inquiry.again_at.is_some_and(|at| now.steady >= at) {
            self.ask_timeline(inquiry.questions);
        }
    }

    pub(crate) fn timeline_told(
        &mut self,
        outcome: &Result<Vec<TimelineEvent>, Error>,
        now: Moment,
    ) {
        let Some(inquiry) = self.inquiry.filter(|inquiry| inquiry.again_at.is_none()) else {
            return;
        };
        let (testimony, asked) = match (outcome, &self.last_live) {
            (Err(error @ Error::Unauthorised(_)), _) => {
                return self.finish(End::of(Ending::KeyRefused).with(error));
            }
            (Err(error), _) if read_ending(error, Audience::Support).is_none() => {
                (Testimony::NotYet, lost_by(error).1)
            }
            (Ok(events), Some(live)) => (testimony(events, live), None),
            // A service without a timeline, or a key that may not see it.
            (Err(_), _) | (Ok(_), None) => (Testimony::Nothing, None),
        };
        match testimony {
            Testimony::Ended(status, event) => {
                if let Some(known) = &mut self.known {
                    known.flow_status = Some(status);
                    known.prompt.error_code.clone_from(&event.error_code);
                    known.prompt.error_message.clone_from(&event.error_message);
                    known.prompt.website_error.clone_from(&event.website_error);
                }
                self.take_state(now);
            }
            Testimony::NotYet if inquiry.questions < MOST_QUESTIONS => {
                let delay = self.read_backoff.failed(Duration::ZERO, asked);
                self.inquiry = Some(Inquiry {
                    again_at: Some(now.steady + delay),
                    ..inquiry
                });
            }
            Testimony::NotYet | Testimony::Nothing => {
                self.finish(End::of(Ending::Unconfirmed));
            }
        }
    }
}

/// What the events, newest first, say of the flow that was running then. A connection has one
/// running flow at a time; should two be possible, nothing is said.
fn testimony<'a>(events: &'a [TimelineEvent], live: &LastLive) -> Testimony<'a> {
    let is_login =
        |event: &&TimelineEvent| matches!(event.kind, TimelineKind::Login | TimelineKind::Reauth);
    let logins = events.iter().filter(is_login).enumerate();
    let mut possible = logins
        .filter(|(place, event)| may_be(event, *place == 0, live))
        .map(|(_, event)| event);
    let (Some(event), None) = (possible.next(), possible.next()) else {
        return Testimony::Nothing;
    };
    let status = match event.status {
        TimelineStatus::Success => FlowStatus::Success,
        TimelineStatus::Failed => FlowStatus::Failed,
        TimelineStatus::Expired => FlowStatus::Expired,
        TimelineStatus::Canceled => FlowStatus::Canceled,
        TimelineStatus::InProgress => return Testimony::NotYet,
        TimelineStatus::Authenticated | TimelineStatus::NeedsAuth | TimelineStatus::Unknown(_) => {
            return Testimony::Nothing;
        }
    };
    Testimony::Ended(status, event)
}

/// Whether a login may be the flow that was running then: begun before, and over after or not yet.
fn may_be(event: &TimelineEvent, is_newest: bool, live: &LastLive) -> bool {
    let begun_before = event
        .timestamp
        .is_some_and(|begun| begun.duration_since(live.at) <= SLACK);
    let over_after = match event.status {
        // Whatever an older one says: another has been begun since.
        TimelineStatus::InProgress => is_newest,
        _ => event
            .completed_at
            .or(event.updated_at)
            .is_some_and(|over| live.at.duration_since(over) <= SLACK),
    };
    let browsers = event.browser_session_id.as_ref().zip(live.browser.as_ref());
    let same_browser = browsers.is_none_or(|(one, other)| one == other);
    begun_before && over_after && same_browser
}
