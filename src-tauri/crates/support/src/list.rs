//! The list of connections as it is shown: a window of rows out of thousands, and the counts.

use jiff::Timestamp;
use login_flow::{Stage, Text};
use serde::{Deserialize, Serialize};

use crate::{
    authflow::{AuthflowPhase, AuthflowStatus, AuthflowWatch},
    need::Need,
};

/// A part of the list, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ListView {
    /// Rises with every change.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub revision: u64,
    /// The filter that these rows passed.
    pub filter: Filter,
    /// The search that these rows match, as it was typed; empty without one.
    pub query: String,
    /// Whether the service is still being asked; the rows are those known here meanwhile.
    pub searching: bool,
    /// The place of the first of `rows` in the whole list, from 0.
    pub first: u32,
    /// The rows in the window that the page looks at.
    pub rows: Vec<Row>,
    /// How many rows pass the filter and the search.
    pub total: u32,
    /// How many connections each filter would show, with the present search.
    pub counts: Counts,
    /// The place in the whole list of the connection that is open, if it is in it.
    pub open_at: Option<u32>,
}

/// Which connections are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those whose flow waits for a person.
    NeedsAPerson,
    /// Those with a flow that runs.
    InProgress,
    /// Those that are logged in.
    LoggedIn,
    /// Those that need a login.
    NeedsLogin,
    /// Those whose latest flow did not succeed, and that are not logged in. A failed renewal does
    /// not undo a login (`kernel-api.md` 4.4).
    Failed,
    /// Those with a remote browser to watch.
    Live,
}

/// How many connections each filter shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Counts {
    /// All of them.
    pub all: u32,
    /// With a flow that waits for a person.
    pub needs_a_person: u32,
    /// With a flow that runs.
    pub in_progress: u32,
    /// Logged in.
    pub logged_in: u32,
    /// In need of a login.
    pub needs_login: u32,
    /// With a latest flow that did not succeed.
    pub failed: u32,
    /// With a remote browser to watch.
    pub live: u32,
}

/// One connection in the list, or one authflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// Its id, which names it in commands.
    pub id: String,
    /// The site; of an authflow its title.
    pub domain: Text,
    /// The browser profile; of an authflow its id.
    pub profile: Text,
    /// Whether the profile was last known to be logged in.
    pub standing: Standing,
    /// What matters most about it now.
    pub state: RowState,
    /// When the running flow ends by itself, by the service's clock.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub expires_at: Option<Timestamp>,
    /// About when an unanswered prompt ends the flow, by the service's clock.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub answer_by: Option<Timestamp>,
    /// This computer's clock minus the service's, in milliseconds.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub clock_ahead_ms: i64,
    /// Whether news of its flow arrive just now. True without a flow.
    pub has_news: bool,
    /// Whether there is a remote browser to watch.
    pub live: bool,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A connection of Kernel's.
    Connection,
    /// An authflow of Prefactor's.
    Authflow,
}

/// What matters most about a row now. The first that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RowState {
    /// Its flow waits for a person.
    NeedsAPerson {
        /// What for.
        need: Need,
    },
    /// Its flow runs.
    InProgress {
        /// At which stage; null if it is not followed.
        stage: Option<Stage>,
    },
    /// Its latest flow ended without a login.
    Failed {
        /// How.
        stage: Stage,
        /// Kernel's word for why, if it gave one.
        code: Option<Text>,
    },
    /// It is logged in.
    LoggedIn,
    /// It needs a login.
    NeedsLogin,
    /// It is not known how it stands.
    Unknown,
    /// It is an authflow.
    Authflow {
        /// How the watch stands.
        watch: AuthflowWatch,
        /// What its status means.
        phase: AuthflowPhase,
        /// How it stands; null if that is not known.
        status: Option<AuthflowStatus>,
    },
    /// It is an authflow, and there is no key that it can be read with.
    AuthflowWithoutKey,
}

/// Whether a profile was last known to be logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It was.
    LoggedIn,
    /// It was not.
    NeedsLogin,
    /// A word this version does not know, or none.
    Unknown(Option<Text>),
}
