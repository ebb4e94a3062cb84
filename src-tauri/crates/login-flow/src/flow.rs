//! The flow: what happened goes in, what to do comes out. No I/O, no clock.

use std::time::Duration;

use jiff::Timestamp;
use managed_auth::{
    Connection, Error, FlowEvent, FlowStatus, FlowStep, Submission, TimelineEvent, TimelineKind,
};

use crate::{
    clock::{ClockGap, Moment},
    ending::End,
    link::Link,
    present::present,
    prompt::Asked,
    question::{Question, UNANSWERED_AFTER},
    reconnect::{Backoff, Pulse},
    trouble::{Audience, Ending},
    view::{Lost, Notice, Stage, View},
    witness::{Inquiry, LastLive},
};

/// What is to be followed, and for whom.
#[derive(Clone, Debug)]
pub struct Following {
    /// The connection.
    pub connection_id: String,
    /// Whom the words are for.
    pub audience: Audience,
    /// When the flow that we started ourselves expires, from the login's answer. Until a read
    /// shows the same, a finished flow in it is an older one (`kernel-api.md` 14, 3).
    pub started_until: Option<Timestamp>,
    /// Makes the jitter of this flow differ from that of others.
    pub seed: u64,
}

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// Start following.
    Begin,
    /// A full read succeeded.
    Read {
        /// What it said.
        connection: Box<Connection>,
        /// The answer's `Date`.
        service_time: Option<Timestamp>,
    },
    /// A full read failed, after its own retries.
    ReadFailed(Error),
    /// The stream is there.
    StreamOpened,
    /// Bytes arrived that are no event.
    StreamAlive,
    /// The service set the delay between tries.
    StreamRetry(Duration),
    /// An event arrived.
    StreamEvent(FlowEvent),
    /// An event was too large and was dropped.
    StreamTooLarge,
    /// The stream ended without an error.
    StreamEnded,
    /// The service says that there is no stream (204).
    StreamRefused,
    /// The stream could not be had, or broke.
    StreamFailed(Error),
    /// The newest of the timeline.
    Timeline(Vec<TimelineEvent>),
    /// The timeline could not be had.
    TimelineFailed(Error),
    /// The submission was answered: whether it was accepted.
    Submitted(Result<bool, Error>),
    /// The person wants to know how things stand now.
    CheckAgain,
    /// The network came back.
    NetworkChanged,
    /// Time passed. To be given at [`Flow::deadline`].
    Tick,
}

/// Something to do.
#[derive(Debug)]
pub enum Effect {
    /// Read the connection once. The outcome comes back as [`Input::Read`] or
    /// [`Input::ReadFailed`].
    Read,
    /// Let go of the read in flight; its outcome is not wanted.
    DropRead,
    /// Open the stream.
    OpenStream,
    /// Let go of the stream; it must not speak again.
    CloseStream,
    /// Read the newest of the timeline, of this kind alone if it is known, in place of a read of it
    /// in flight. The outcome comes back as [`Input::Timeline`] or [`Input::TimelineFailed`].
    AskTimeline(Option<TimelineKind>),
    /// Send this once. Never again, whatever becomes of it.
    Submit(Submission),
}

/// Without news for this long while the service works, read (`kernel-api.md` 7.1, 4).
const QUIET: Duration = Duration::from_secs(15);
/// A wall clock that runs ahead of the steady one by this much has slept.
const SLEPT: Duration = Duration::from_mins(5);
/// Woken streams come back spread over this long.
const WAKE_SPREAD: Duration = Duration::from_secs(1);
/// From this many rounds of the same question on, the person is told.
const ROUNDS_TO_MENTION: u32 = 3;

/// One flow being followed.
#[derive(Debug)]
pub struct Flow {
    pub(crate) following: Following,
    pub(crate) known: Option<Connection>,
    pub(crate) end: Option<End>,
    pub(crate) question: Question,
    pub(crate) notice: Option<Notice>,
    pub(crate) link: Link,
    pub(crate) clock: ClockGap,
    /// The question whose answer is in flight.
    pub(crate) in_flight: Option<(String, Asked)>,
    /// When the flow's time is over, on the steady clock.
    pub(crate) over_at: Option<Duration>,
    /// A live state of this flow was seen, so a finished one is its end.
    pub(crate) seen_live: bool,
    /// When that was, if the service told the time.
    pub(crate) last_live: Option<LastLive>,
    /// The flow is forgotten by the service, and the timeline is asked how it ended.
    pub(crate) inquiry: Option<Inquiry>,
    pub(crate) stream_backoff: Backoff,
    pub(crate) read_backoff: Backoff,
    /// The delays after reads that do not tell how the flow stands.
    pub(crate) untold_backoff: Backoff,
    pub(crate) pulse: Pulse,
    /// The read in flight: how many events had been seen when it began.
    pub(crate) reading: Option<u64>,
    pub(crate) read_again_at: Option<Duration>,
    pub(crate) events_seen: u64,
    /// When the newest state that was told by an event was written, by the service's clock.
    pub(crate) newest_event: Option<Timestamp>,
    pub(crate) last_news: Duration,
    pub(crate) error_events: u32,
    pub(crate) refusals: u32,
    pub(crate) reads_after_expiry: u32,
    pub(crate) last_moment: Option<Moment>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) view: View,
}

impl Flow {
    /// A flow that nothing is known of. Give it [`Input::Begin`].
    #[must_use]
    pub fn new(following: Following) -> Self {
        let mut flow = Self {
            stream_backoff: Backoff::new(following.seed),
            read_backoff: Backoff::new(following.seed ^ 0x5bd1_e995),
            untold_backoff: Backoff::new(following.seed ^ 0x2545_f491),
            view: View::unknown(&following),
            following,
            known: None,
            end: None,
            question: Question::default(),
            notice: None,
            link: Link::Off,
            clock: ClockGap::default(),
            in_flight: None,
            over_at: None,
            seen_live: false,
            last_live: None,
            inquiry: None,
            pulse: Pulse::default(),
            reading: None,
            read_again_at: None,
            events_seen: 0,
            newest_event: None,
            last_news: Duration::ZERO,
            error_events: 0,
            refusals: 0,
            reads_after_expiry: 0,
            last_moment: None,
            effects: Vec::new(),
        };
        flow.view = present(&flow);
        flow
    }

    /// All that may be shown now.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What is known of the connection; it holds the addresses that a view leaves out.
    #[must_use]
    pub fn known(&self) -> Option<&Connection> {
        self.known.as_ref()
    }

    /// Takes in what happened, and says what to do now.
    pub fn handle(&mut self, input: Input, now: Moment) -> Vec<Effect> {
        self.notice_sleep(now);
        match input {
            Input::Begin => self.begin(now),
            Input::CheckAgain => self.check_again(),
            Input::NetworkChanged => self.come_back(),
            Input::Submitted(outcome) => self.submitted(outcome, now),
            // What is still on its way when the flow is over changes nothing.
            _ if self.end.is_some() => {}
            Input::Timeline(events) => self.timeline_told(&events, now),
            Input::TimelineFailed(error) => self.timeline_failed(&error, now),
            // Of a flow that the service has forgotten only the timeline tells.
            _ if self.inquiry.is_some() => {}
            Input::Read {
                connection,
                service_time,
            } => self.read(*connection, service_time, now),
            Input::ReadFailed(error) => self.read_failed(&error, now),
            // A stream that is not wanted, or was given up, has nothing to say.
            Input::StreamOpened
            | Input::StreamEnded
            | Input::StreamRefused
            | Input::StreamFailed(_)
                if !self.link.is_up() => {}
            Input::StreamOpened => self.stream_opened(now),
            Input::StreamAlive => self.link.alive(now),
            Input::StreamRetry(asked) => self.stream_backoff.set_base(asked),
            Input::StreamEvent(event) => self.event(event, now),
            Input::StreamTooLarge => self.missed_something(now),
            Input::StreamEnded => self.stream_lost(Lost::Ended, None, now),
            Input::StreamRefused => self.stream_refused(now),
            Input::StreamFailed(error) => self.stream_failed(&error, now),
            Input::Tick => {}
        }
        self.tick(now);
        self.publish()
    }

    /// When to give [`Input::Tick`], on the steady clock. `None`: no need.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        if self.end.is_some() {
            return None;
        }
        if let Some(inquiry) = &self.inquiry {
            return inquiry.again_at;
        }
        let read_again = self
            .read_again_at
            .filter(|_| self.in_flight.is_none() && self.reading.is_none());
        let quiet = self.quiet_deadline();
        let over = self
            .over_at
            .filter(|_| self.reading.is_none() && self.read_again_at.is_none());
        [
            self.link.deadline(self.pulse.limit()),
            read_again,
            quiet,
            over,
            self.question.deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn begin(&mut self, now: Moment) {
        if self.end.is_none() && self.known.is_none() {
            self.last_news = now.steady;
            self.want_read();
        }
    }

    /// A follower that stopped for an outside reason starts again; a finished flow stays
    /// finished.
    fn check_again(&mut self) {
        if self.end.as_ref().is_some_and(End::is_final) {
            return;
        }
        self.end = None;
        self.error_events = 0;
        self.refusals = 0;
        self.reads_after_expiry = 0;
        self.come_back();
    }

    /// Reads and reconnects at once, with the delays forgotten.
    pub(crate) fn come_back(&mut self) {
        if self.end.is_some() {
            return;
        }
        self.stream_backoff.reset();
        self.read_backoff.reset();
        self.untold_backoff.reset();
        self.read_again_at = None;
        if self.inquiry.is_some() {
            return self.ask_timeline();
        }
        // What is on its way may have been sent where nothing comes back from.
        if self.reading.take().is_some() {
            self.effects.push(Effect::DropRead);
        }
        self.want_read();
        match self.link {
            Link::Waiting { .. } => self.open_stream(),
            Link::Opening { .. } => {
                self.effects.push(Effect::CloseStream);
                self.open_stream();
            }
            Link::Off | Link::Open { .. } | Link::OutOfReach { .. } => {}
        }
    }

    /// A computer that slept has lost its stream without hearing of it.
    fn notice_sleep(&mut self, now: Moment) {
        let Some(last) = self.last_moment.replace(now) else {
            return;
        };
        let wall = now.wall.duration_since(last.wall).unsigned_abs();
        let steady = now.steady.saturating_sub(last.steady);
        if wall.saturating_sub(steady) <= SLEPT || self.end.is_some() {
            return;
        }
        self.over_at = None;
        self.learn_expiry(now);
        self.stream_backoff.reset();
        if self.link.is_up() {
            self.effects.push(Effect::CloseStream);
            let at = now.steady + self.stream_backoff.spread(WAKE_SPREAD);
            self.link.lose(Lost::Ended, at, now);
        }
        self.want_read();
    }

    /// Takes the meaning out of the state that is known now.
    pub(crate) fn take_state(&mut self, now: Moment) {
        let Some(known) = &self.known else { return };
        match &known.flow_status {
            Some(FlowStatus::Success) => return self.finish(End::LoggedIn),
            Some(FlowStatus::Failed) => return self.finish(End::Failed),
            Some(FlowStatus::Expired) => return self.finish(End::of(Ending::Expired)),
            Some(FlowStatus::Canceled) => return self.finish(End::of(Ending::Canceled)),
            Some(FlowStatus::Pending | FlowStatus::InProgress | FlowStatus::Unknown(_)) => {
                self.seen_live = true;
            }
            None => {}
        }
        let works = matches!(
            known.flow_step,
            Some(FlowStep::Submitting | FlowStep::Discovering | FlowStep::Completed) | None
        );
        let asked = if works {
            None
        } else {
            Asked::read(&known.prompt)
        };
        let unbound = asked.as_ref().is_some_and(|asked| !asked.can_be_bound());
        let is_new = self.question.follow(asked, self.clock.service_time(now));
        if is_new && self.notice != Some(Notice::PageMovedOn) {
            let rounds = self.question.rounds();
            self.notice = (rounds >= ROUNDS_TO_MENTION).then_some(Notice::AskedAgain { rounds });
        } else if works && !matches!(self.notice, Some(Notice::ServiceTrouble { .. })) {
            self.notice = None;
        }
        // Canonical parts without their interaction can't be answered; a read may name it.
        if unbound {
            self.read_later(now, None);
        }
    }

    pub(crate) fn finish(&mut self, end: End) {
        // A token that ends with the flow's time has not been taken away: the time is over.
        let in_time = self
            .last_moment
            .is_none_or(|now| !self.is_past_its_time(now));
        self.end = Some(match end {
            End::Stopped(Ending::AccessEnded, _) if !in_time => End::of(Ending::Expired),
            end => end,
        });
        self.notice = None;
        self.inquiry = None;
        self.let_go();
    }

    /// Lets go of the read and of the stream.
    pub(crate) fn let_go(&mut self) {
        self.read_again_at = None;
        if self.reading.take().is_some() {
            self.effects.push(Effect::DropRead);
        }
        if self.link != Link::Off {
            self.effects.push(Effect::CloseStream);
        }
        self.link = Link::Off;
    }

    fn tick(&mut self, now: Moment) {
        if self.end.is_some() {
            return;
        }
        let due = |at: Option<Duration>| at.is_some_and(|at| now.steady >= at);
        if let Some(inquiry) = &self.inquiry {
            if due(inquiry.again_at) {
                self.ask_timeline();
            }
            return;
        }
        if self.question.time_passed(now) && matches!(self.notice, Some(Notice::Wait { .. })) {
            self.notice = None;
        }
        if self.link.is_silent(now, self.pulse.limit()) {
            self.effects.push(Effect::CloseStream);
            self.stream_lost(Lost::Silent, None, now);
        }
        if self.link.is_due(now) {
            self.open_stream();
        }
        if due(self.read_again_at) || due(self.quiet_deadline()) {
            self.last_news = now.steady;
            self.want_read();
        }
        if self.is_past_its_time(now) && self.read_again_at.is_none() && self.reading.is_none() {
            self.want_read();
        }
    }

    /// While the service works without a word, a read now and then catches what was missed.
    fn quiet_deadline(&self) -> Option<Duration> {
        if self.reading.is_some() || self.in_flight.is_some() || self.read_again_at.is_some() {
            return None;
        }
        match self.view.stage {
            Stage::FindingOut => Some(self.last_news + QUIET),
            Stage::Sending => Some(self.last_news + UNANSWERED_AFTER),
            _ => None,
        }
    }

    pub(crate) fn publish(&mut self) -> Vec<Effect> {
        let mut view = present(self);
        view.revision = self.view.revision;
        if view != self.view {
            view.revision += 1;
            self.view = view;
        }
        std::mem::take(&mut self.effects)
    }
}
