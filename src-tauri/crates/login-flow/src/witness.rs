//! The timeline as a witness: how a flow ended that the service does not tell of any more
//! (`kernel-api.md` 14, 4). Guests may not ask it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use managed_auth::{
    Connection, Error, FlowStatus, FlowType, Prompt, TimelineEvent, TimelineKind, TimelineStatus,
};

use crate::{
    clock::Moment,
    ending::{End, read_ending},
    flow::{Effect, Flow},
    link::{Link, lost_by},
    trouble::{Audience, Ending},
};

/// The timeline may learn of an end a little later: the pauses after which it is asked again.
const LATE: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// The service's clock is told in whole seconds, and answers take their time.
const SLACK: SignedDuration = SignedDuration::from_secs(2);

/// What is known of a flow from when it was last told to be running.
#[derive(Clone, Debug)]
pub(crate) struct LastLive {
    /// When that was by the service's own clock: this computer's may be wrong.
    at: Timestamp,
    kind: Option<TimelineKind>,
    expires_at: Option<Timestamp>,
}

/// The timeline is asked of a flow.
#[derive(Clone, Debug)]
pub(crate) struct Inquiry {
    live: LastLive,
    /// So many times it has told that the flow is running.
    too_early: usize,
    /// When to ask once more; `None` while an answer is on its way.
    pub(crate) again_at: Option<Duration>,
}

/// What the timeline says of a flow.
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
            kind: match &known.flow_type {
                Some(FlowType::Login) => Some(TimelineKind::Login),
                Some(FlowType::Reauth) => Some(TimelineKind::Reauth),
                Some(FlowType::Unknown(_)) | None => None,
            },
            expires_at: known.flow_expires_at,
        });
    }

    /// The service has forgotten a flow that was running: asks the timeline, if it may be asked and
    /// can know which flow is meant.
    pub(crate) fn was_forgotten(&mut self, now: Moment) {
        let live = match self.following.audience {
            Audience::Guest => None,
            Audience::Support => self.last_live.clone(),
        };
        let (Some(live), Some(known)) = (live, &mut self.known) else {
            return self.finish(End::of(Ending::Unconfirmed));
        };
        // Which flow it was stays known; what it asked and its pages are gone with it.
        known.flow_expires_at = live.expires_at;
        known.flow_step = None;
        known.prompt = Prompt::default();
        known.hosted_url = None;
        known.live_view_url = None;
        self.take_state(now);
        self.notice = None;
        self.let_go();
        self.inquiry = Some(Inquiry {
            live,
            too_early: 0,
            again_at: None,
        });
        self.ask_timeline();
    }

    pub(crate) fn ask_timeline(&mut self) {
        if let Some(inquiry) = &mut self.inquiry {
            inquiry.again_at = None;
            let kind = inquiry.live.kind.clone();
            self.effects.push(Effect::AskTimeline(kind));
        }
    }

    pub(crate) fn timeline_told(&mut self, events: &[TimelineEvent], now: Moment) {
        let Some(inquiry) = &mut self.inquiry else {
            return;
        };
        self.link = Link::Off;
        self.read_backoff.reset();
        match testimony(events, &inquiry.live) {
            Testimony::Ended(status, event) => {
                if let Some(known) = &mut self.known {
                    known.flow_status = Some(status);
                    known.prompt.error_code.clone_from(&event.error_code);
                    known.prompt.error_message.clone_from(&event.error_message);
                    known.prompt.website_error.clone_from(&event.website_error);
                }
                self.take_state(now);
            }
            Testimony::NotYet if inquiry.too_early < LATE.len() => {
                inquiry.again_at = Some(now.steady + LATE[inquiry.too_early]);
                inquiry.too_early += 1;
            }
            Testimony::NotYet | Testimony::Nothing => self.finish(End::of(Ending::Unconfirmed)),
        }
    }

    pub(crate) fn timeline_failed(&mut self, error: &Error, now: Moment) {
        let Some(inquiry) = &mut self.inquiry else {
            return;
        };
        // A service without a timeline, or a key that may not see it.
        if read_ending(error, Audience::Support).is_some() {
            return self.finish(End::of(Ending::Unconfirmed));
        }
        let (cause, asked) = lost_by(error);
        self.link.note_trouble(cause, now);
        let delay = self.read_backoff.failed(Duration::ZERO, asked);
        inquiry.again_at = Some(now.steady + delay);
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
    begun_before && over_after
}
