//! Every fault, and in which words the person has to be told of it.

use std::{borrow::Cow, time::Duration};

use fault_proxy::{Bend, Canned, Fault, Moment, Target};
use login_flow::{Lost, Notice, Stage};
use serde_json::{Value, json};

use crate::support::dice::Dice;

/// One fault.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) name: Cow<'static, str>,
    pub(crate) how: How,
    /// Open event streams are cut as it begins, for a fault that strikes new answers only.
    pub(crate) cut: bool,
    /// How the loss of the stream, or the end, has to be told.
    pub(crate) told: Told,
    /// What has to be said of an answer that is sent meanwhile.
    pub(crate) pressed: &'static [Word],
    /// How long it lasts at least.
    pub(crate) lasts: Duration,
}

/// Who does it.
#[derive(Clone)]
pub(crate) enum How {
    Proxy(Target, fn(&mut Dice) -> Fault),
    /// The proxy, without chance.
    Exactly(Target, Fault),
    /// The faults hook of the sandbox.
    Sandbox(fn() -> Value),
}

/// What the view has to say while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing that alarms: it does no harm.
    Nothing,
    /// The connection was lost, for this cause.
    Lost(Lost),
    /// The connection was lost, and is there again before the fault is over.
    LostAndFound(Lost),
    /// This strikes answers alone; what is said of them is all.
    OfAnswers,
    /// The following ends: for a guest, and for support.
    End(Stage, Stage),
}

/// The notices that may follow an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    OutcomeUnknown,
    NotAccepted,
    Wait,
}

impl Word {
    pub(crate) fn is(self, notice: &Notice) -> bool {
        match self {
            Self::OutcomeUnknown => matches!(notice, Notice::OutcomeUnknown),
            Self::NotAccepted => matches!(notice, Notice::NotAccepted { .. }),
            Self::Wait => matches!(notice, Notice::Wait { .. }),
        }
    }
}

impl Row {
    /// Whether it strikes answers alone.
    pub(crate) fn is_of_answers(&self) -> bool {
        self.told == Told::OfAnswers
    }

    /// Whether it takes heartbeats to notice it.
    pub(crate) fn is_silent(&self) -> bool {
        self.told == Told::Lost(Lost::Silent)
    }
}

const UNKNOWN: &[Word] = &[Word::OutcomeUnknown];
const NO_WORD: &[Word] = &[];
/// Short enough that a client which doubles its waits has failed twice at most.
const LASTS: Duration = Duration::from_millis(700);

fn row(name: &'static str, how: How, cut: bool, told: Told, pressed: &'static [Word]) -> Row {
    Row {
        name: Cow::Borrowed(name),
        how,
        cut,
        told,
        pressed,
        lasts: LASTS,
    }
}

const ENDED: Told = Told::Lost(Lost::Ended);
const AWKWARD: Told = Told::LostAndFound(Lost::Ended);
const TROUBLE: Told = Told::Lost(Lost::ServiceTrouble);
const NOT_THE_API: Told = Told::End(Stage::CannotFollow, Stage::CannotFollow);

/// All of them, a line each.
#[rustfmt::skip]
pub(crate) fn rows() -> Vec<Row> { vec![
    // The way there.
    row("latency", How::Proxy(Target::All, |dice| Fault::Latency(Duration::from_millis(dice.within(40..300)))), false, Told::Nothing, NO_WORD),
    row("drip", How::Proxy(Target::All, |dice| Fault::Drip { bytes: within(dice, 16..64), pause: Duration::from_millis(1) }), false, Told::Nothing, NO_WORD),
    row("reset", How::Proxy(Target::All, |_| Fault::Reset(Moment::Request)), false, ENDED, UNKNOWN),
    row("reset of events", How::Proxy(Target::Events, |_| Fault::Reset(Moment::Request)), false, ENDED, NO_WORD),
    row("reset of reads", How::Proxy(Target::Reads, |_| Fault::Reset(Moment::Request)), true, ENDED, NO_WORD),
    row("reset of the request of an answer", How::Proxy(Target::Submit, |_| Fault::Reset(Moment::Request)), false, Told::OfAnswers, UNKNOWN),
    row("reset after an answer arrived", How::Proxy(Target::Submit, |_| Fault::Reset(Moment::Answer)), false, Told::OfAnswers, UNKNOWN),
    row("half-close", How::Proxy(Target::All, |dice| Fault::HalfClose { after: within(dice, 0..100) }), false, ENDED, UNKNOWN),
    row("half-close of events", How::Proxy(Target::Events, |dice| Fault::HalfClose { after: within(dice, 0..800) }), false, ENDED, NO_WORD),
    row("half-open", How::Proxy(Target::All, |_| Fault::HalfOpen(Moment::Request)), false, Told::Lost(Lost::Silent), UNKNOWN),
    row("half-open events, without heartbeats", How::Proxy(Target::Events, |_| Fault::HalfOpen(Moment::Answer)), false, Told::Lost(Lost::Silent), NO_WORD),
    row("half-open reads", How::Proxy(Target::Reads, |_| Fault::HalfOpen(Moment::Request)), true, ENDED, NO_WORD),
    row("half-open request of an answer", How::Proxy(Target::Submit, |_| Fault::HalfOpen(Moment::Request)), false, Told::OfAnswers, UNKNOWN),
    row("half-open after an answer arrived", How::Proxy(Target::Submit, |_| Fault::HalfOpen(Moment::Answer)), false, Told::OfAnswers, UNKNOWN),
    row("truncation", How::Proxy(Target::All, |dice| Fault::Truncate { after: within(dice, 0..100) }), true, ENDED, UNKNOWN),
    row("truncation of events", How::Proxy(Target::Events, |dice| Fault::Truncate { after: within(dice, 0..800) }), true, ENDED, NO_WORD),
    row("truncation of reads", How::Proxy(Target::Reads, |dice| Fault::Truncate { after: within(dice, 0..800) }), true, ENDED, NO_WORD),
    row("truncation of what an answer is told", How::Proxy(Target::Submit, |dice| Fault::Truncate { after: within(dice, 0..100) }), false, Told::OfAnswers, UNKNOWN),
    row("blackhole", How::Proxy(Target::All, |_| Fault::Blackhole), false, Told::Lost(Lost::Silent), UNKNOWN),
    row("blackhole of events", How::Proxy(Target::Events, |_| Fault::Blackhole), true, Told::Lost(Lost::Slow), NO_WORD),
    row("blackhole of an answer", How::Proxy(Target::Submit, |_| Fault::Blackhole), false, Told::OfAnswers, UNKNOWN),
    Row { lasts: Duration::from_millis(500), ..row("short blackhole", How::Proxy(Target::All, |_| Fault::Blackhole), false, Told::Nothing, NO_WORD) },
    row("refused connect", How::Proxy(Target::All, |_| Fault::Refuse), false, Told::Lost(Lost::Refused), UNKNOWN),
    row("slow headers", How::Proxy(Target::All, slow_headers), true, Told::Lost(Lost::Slow), UNKNOWN),
    row("slow headers of events", How::Proxy(Target::Events, slow_headers), true, Told::Lost(Lost::Slow), NO_WORD),
    row("slow headers of what an answer is told", How::Proxy(Target::Submit, slow_headers), false, Told::OfAnswers, UNKNOWN),
    // What answers.
    row("429", How::Sandbox(|| all(429, true)), true, Told::Lost(Lost::RateLimited), &[Word::Wait]),
    row("429 of an answer", How::Sandbox(|| json!({"submit": {"status": 429, "retry_after": 1, "times": 1}})), false, Told::OfAnswers, &[Word::Wait]),
    row("500", How::Sandbox(|| all(500, false)), true, TROUBLE, UNKNOWN),
    row("500 of an answer", How::Sandbox(|| json!({"submit": {"status": 500}})), false, Told::OfAnswers, UNKNOWN),
    row("500 after an answer arrived", How::Proxy(Target::Submit, |_| canned(500, "", "{}", Moment::Answer)), false, Told::OfAnswers, UNKNOWN),
    row("502 with a page", How::Sandbox(|| json!({"html": true})), true, TROUBLE, UNKNOWN),
    row("502 with a page after an answer arrived", How::Proxy(Target::Submit, |_| canned(502, HTML, PAGE, Moment::Answer)), false, Told::OfAnswers, UNKNOWN),
    row("503", How::Sandbox(|| all(503, true)), true, TROUBLE, UNKNOWN),
    row("409 of an answer", How::Sandbox(|| json!({"submit": {"status": 409}})), false, Told::OfAnswers, &[Word::NotAccepted]),
    row("422 of an answer", How::Sandbox(|| json!({"submit": {"status": 422}})), false, Told::OfAnswers, &[Word::NotAccepted]),
    row("401", How::Sandbox(|| all(401, false)), true, Told::End(Stage::AccessEnded, Stage::Refused), NO_WORD),
    row("401 of events", How::Sandbox(|| json!({"events": {"status": 401}})), true, Told::End(Stage::AccessEnded, Stage::Refused), NO_WORD),
    row("410", How::Sandbox(|| all(410, false)), true, Told::End(Stage::AccessEnded, Stage::Gone), NO_WORD),
    row("204 for events", How::Sandbox(|| json!({"events": {"status": 204}})), true, ENDED, NO_WORD),
    row("404 for events", How::Sandbox(|| json!({"events": {"status": 404}})), true, ENDED, NO_WORD),
    row("wrong content type", How::Proxy(Target::Events, |_| Fault::ContentType("text/plain")), true, NOT_THE_API, NO_WORD),
    row("a sign-in page of the network", How::Proxy(Target::All, |_| canned(200, HTML, PAGE, Moment::Request)), true, NOT_THE_API, UNKNOWN),
    row("redirect to another host", How::Proxy(Target::All, |_| canned(307, ELSEWHERE, "", Moment::Request)), true, NOT_THE_API, UNKNOWN),
    row("redirect of an answer", How::Proxy(Target::Submit, |_| canned(307, ELSEWHERE, "", Moment::Request)), false, Told::OfAnswers, UNKNOWN),
    // What event streams say.
    row("end without a terminal state", How::Sandbox(|| json!({"events": "drop"})), false, ENDED, NO_WORD),
    row("garbage", How::Sandbox(|| json!({"events": "garbage"})), false, ENDED, NO_WORD),
    row("error event", How::Sandbox(|| json!({"events": "error"})), false, TROUBLE, NO_WORD),
    row("error event and the end", How::Sandbox(|| json!({"events": "error-end"})), false, TROUBLE, NO_WORD),
    row("broken JSON", How::Proxy(Target::Events, |_| Fault::Stream(Bend::BrokenJson)), false, Told::Nothing, NO_WORD),
    row("an event over the limit", How::Proxy(Target::Events, |_| Fault::Stream(Bend::Oversized(MOST_OF_AN_EVENT * 2))), false, Told::Nothing, NO_WORD),
    row("unknown events and comments", How::Proxy(Target::Events, |_| Fault::Stream(Bend::Unknown)), false, Told::Nothing, NO_WORD),
    row("every event twice", How::Proxy(Target::Events, |_| Fault::Stream(Bend::Twice)), false, Told::Nothing, NO_WORD),
    row("an old event after a newer one", How::Proxy(Target::Events, |_| Fault::Stream(Bend::Old)), false, Told::Nothing, NO_WORD),
    row("byte order mark", How::Proxy(Target::Events, |_| Fault::Stream(Bend::ByteOrderMark)), true, AWKWARD, NO_WORD),
    row("lines that end in CR", How::Proxy(Target::Events, |_| Fault::Stream(Bend::Cr)), true, AWKWARD, NO_WORD),
    row("lines that end in CR LF", How::Proxy(Target::Events, |_| Fault::Stream(Bend::CrLf)), true, AWKWARD, NO_WORD),
] }

/// Answers to this target end after so many bytes.
pub(crate) fn truncation(target: Target, after: usize) -> Row {
    let of_answers = target == Target::Submit;
    Row {
        name: format!("truncation of {target:?} after {after} bytes").into(),
        how: How::Exactly(target, Fault::Truncate { after }),
        cut: !of_answers,
        told: if of_answers { Told::OfAnswers } else { ENDED },
        pressed: if of_answers { UNKNOWN } else { NO_WORD },
        lasts: LASTS,
    }
}

/// Nothing goes wrong at all.
pub(crate) fn nothing() -> Row {
    let fault = Fault::Latency(Duration::ZERO);
    Row {
        name: "nothing".into(),
        how: How::Exactly(Target::All, fault),
        cut: false,
        told: Told::Nothing,
        pressed: NO_WORD,
        lasts: Duration::ZERO,
    }
}

/// The bound of an event in these tests, in bytes.
pub(crate) const MOST_OF_AN_EVENT: usize = 64 * 1024;

const HTML: &str = "content-type: text/html\r\n";
const PAGE: &str = "<!doctype html><title>Sign in</title><h1>Welcome to the network</h1>";
/// A name that can't be: who followed it would say that there is no such name.
const ELSEWHERE: &str = "location: https://elsewhere.invalid/auth\r\n";

fn within(dice: &mut Dice, range: std::ops::Range<u64>) -> usize {
    usize::try_from(dice.within(range)).unwrap_or_default()
}

/// Longer than the client waits for all of them.
fn slow_headers(dice: &mut Dice) -> Fault {
    Fault::SlowHeaders {
        pause: Duration::from_millis(dice.within(50..100)),
    }
}

fn canned(status: u16, headers: &str, body: &'static str, moment: Moment) -> Fault {
    let headers = headers.to_owned();
    let canned = Canned {
        status,
        headers,
        body,
    };
    Fault::Answer(canned, moment)
}

/// The same status for every call of a flow.
fn all(status: u16, asks_to_wait: bool) -> Value {
    let mut fault = json!({"status": status});
    if asks_to_wait {
        fault["retry_after"] = json!(1);
    }
    json!({"get": fault, "submit": fault, "events": fault})
}
