//! What happened on a connection, ready to be shown (`kernel-api.md` 3.5).

use jiff::{SignedDuration, Timestamp};
use login_flow::{Audience, Text, Trouble, failure};
use managed_auth::{Page, TimelineEvent, TimelineKind, TimelineStatus};
use serde::{Deserialize, Serialize};

/// A part of what happened on a connection, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct History {
    /// What happened.
    pub happenings: Vec<Happening>,
    /// Where the next part begins; null at the end.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub next: Option<u64>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Happening {
    /// Its id: the only stable identity of a flow.
    pub id: Text,
    /// What kind of thing.
    pub kind: HappeningKind,
    /// How it went.
    pub outcome: Outcome,
    /// When it began.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub at: Option<Timestamp>,
    /// How long it took, in milliseconds; null while it runs, for checks, and if not known.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub took_ms: Option<i64>,
    /// Kernel's word for how far a login came.
    pub step: Option<Text>,
    /// Why a login failed, in plain words.
    pub error: Option<Trouble>,
    /// What the site itself said went wrong.
    pub website_error: Option<Text>,
    /// How the check before went.
    pub before: Option<Outcome>,
    /// The recording.
    pub recording: Option<Text>,
    /// Whether telemetry was captured.
    pub telemetry: Option<bool>,
    /// The remote browser.
    pub browser_session: Option<Text>,
}

/// What kind of thing happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HappeningKind {
    /// A login that somebody asked for.
    Login,
    /// A login by Kernel itself.
    Reauth,
    /// A check whether the profile is still logged in.
    HealthCheck,
    /// A kind this version does not know.
    #[serde(skip_deserializing)]
    Unknown(Text),
}

/// How a login or a check went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It runs.
    Running,
    /// Logged in.
    LoggedIn,
    /// Out of time.
    Expired,
    /// Replaced or given up.
    Canceled,
    /// Not logged in.
    Failed,
    /// A check found it logged in.
    StillLoggedIn,
    /// A check found it logged out.
    LoggedOut,
    /// A word this version does not know.
    Unknown(Text),
}

impl History {
    /// Reads a page of the timeline of a connection to this site.
    #[must_use]
    pub fn of(page: &Page<TimelineEvent>, site: &str) -> Self {
        Self {
            happenings: page
                .items
                .iter()
                .map(|event| Happening::of(event, site))
                .collect(),
            next: page.next,
        }
    }
}

impl Happening {
    fn of(event: &TimelineEvent, site: &str) -> Self {
        let outcome = Outcome::of(&event.status);
        Self {
            id: Text::or_dash(&event.id),
            kind: HappeningKind::of(&event.kind),
            at: event.timestamp,
            took_ms: took(event).and_then(|took| i64::try_from(took.as_millis()).ok()),
            step: event.step.as_ref().and_then(|step| short(step.as_str())),
            error: error(event, &outcome, site),
            outcome,
            website_error: event.website_error.as_deref().and_then(Text::new),
            before: event.previous_status.as_ref().map(Outcome::of),
            recording: event.replay_id.as_deref().and_then(short),
            telemetry: event.telemetry_captured,
            browser_session: event.browser_session_id.as_deref().and_then(short),
        }
    }
}

impl HappeningKind {
    fn of(kind: &TimelineKind) -> Self {
        match kind {
            TimelineKind::Login => Self::Login,
            TimelineKind::Reauth => Self::Reauth,
            TimelineKind::HealthCheck => Self::HealthCheck,
            TimelineKind::Unknown(word) => Self::Unknown(Text::or_dash(word)),
        }
    }

    /// Kernel's word, to ask for this kind alone.
    #[must_use]
    pub fn on_the_wire(&self) -> TimelineKind {
        match self {
            Self::Login => TimelineKind::Login,
            Self::Reauth => TimelineKind::Reauth,
            Self::HealthCheck => TimelineKind::HealthCheck,
            Self::Unknown(word) => TimelineKind::Unknown(word.to_string()),
        }
    }
}

impl Outcome {
    fn of(status: &TimelineStatus) -> Self {
        match status {
            TimelineStatus::InProgress => Self::Running,
            TimelineStatus::Success => Self::LoggedIn,
            TimelineStatus::Expired => Self::Expired,
            TimelineStatus::Canceled => Self::Canceled,
            TimelineStatus::Failed => Self::Failed,
            TimelineStatus::Authenticated => Self::StillLoggedIn,
            TimelineStatus::NeedsAuth => Self::LoggedOut,
            TimelineStatus::Unknown(word) => Self::Unknown(Text::or_dash(word)),
        }
    }
}

/// How long a login took. Only logins are said to end (`kernel-api.md` 3.5).
fn took(event: &TimelineEvent) -> Option<SignedDuration> {
    if event.kind == TimelineKind::HealthCheck || event.status == TimelineStatus::InProgress {
        return None;
    }
    let (from, to) = event.timestamp.zip(event.completed_at)?;
    // Two clocks may have written these.
    Some(to.duration_since(from)).filter(|took| !took.is_negative())
}

/// Why a login failed. One that runs or went well has not, whatever it still carries.
fn error(event: &TimelineEvent, outcome: &Outcome, site: &str) -> Option<Trouble> {
    let code = event.error_code.as_deref().filter(|code| !code.is_empty());
    let failed = match outcome {
        Outcome::Failed => true,
        Outcome::Expired | Outcome::Canceled | Outcome::Unknown(_) => code.is_some(),
        Outcome::Running | Outcome::LoggedIn | Outcome::StillLoggedIn | Outcome::LoggedOut => false,
    };
    let message = event.error_message.as_deref();
    failed.then(|| failure(code, message, site, Audience::Support))
}

fn short(word: &str) -> Option<Text> {
    Text::bounded(word, 120)
}
