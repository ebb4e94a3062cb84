//! What the console shows, and what its page may say.
//!
//! Four things are sent, each whole and each over a channel of its own: the [`ConsoleWindow`],
//! which seldom changes; the list, which changes with every flow; the [`OpenConnection`]; and the
//! [open authflow](crate::authflow_window::OpenAuthflow).

use keychain::KeychainTrouble;
use login_flow::{Text, Trouble, View};
use serde::{Deserialize, Serialize};
use support::{DraftProblem, Facts, Filter, History, Subject};

use crate::{authflow_window::AuthflowService, login_window::KeychainUse};

/// What the console shows, except for the list and the open connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConsoleWindow {
    /// Rises with every change.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
    /// The screen.
    pub screen: ConsoleScreen,
    /// The environments that can be worked in.
    pub environments: Vec<EnvironmentChoice>,
    /// What the person has chosen for good.
    pub settings: SettingsView,
    /// The person wants to close the window, and has not said yet whether to go on watching.
    pub closing: bool,
}

/// One screen of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConsoleScreen {
    /// `environments.toml` can't be used.
    Misconfigured {
        /// The file.
        file: Text,
        /// The line of the mistake, from 1, if it has one.
        line: Option<u32>,
        /// What stands in that line.
        text: Option<Text>,
        /// What is wrong, and what is right.
        problem: Text,
    },
    /// No key for the environment: enter one, or try the sandbox.
    Welcome {
        /// The environment that a key would be for.
        environment: EnvironmentChoice,
        /// What is known of the key.
        key: KeyState,
    },
    /// Support's world.
    Desk {
        /// All of it, except for the list and the open connection.
        desk: Box<DeskView>,
    },
}

/// An environment that can be worked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EnvironmentChoice {
    /// Its name, which names it in commands.
    pub name: String,
    /// The host of its API.
    pub host: Text,
    /// Whether it is the sandbox in this program, whose key is no secret.
    pub is_sandbox: bool,
}

/// What is known of the key of an environment without one that works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum KeyState {
    /// The keychain is being asked for one.
    Looking,
    /// There is none; the person can enter one.
    Wanted,
    /// The keychain could not be asked. The person can ask again, or enter a key.
    KeychainTrouble {
        /// What is wrong with it.
        why: KeychainTrouble,
    },
    /// A key is being checked with the service.
    Checking,
    /// A key was tried, and it did not work.
    Failed {
        /// Why, and what to do now.
        trouble: Trouble,
        /// Whether the same key can be tried again: the service could not be asked.
        try_again: bool,
    },
}

/// Support's world, except for the list and the open connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DeskView {
    /// The environment that is worked in.
    pub environment: EnvironmentChoice,
    /// Whether the key outlives the app.
    pub key: KeychainUse,
    /// The organization that the key belongs to, if the service says it.
    pub organization: Option<Text>,
    /// The project that is worked in, if one is set.
    pub project: Option<Text>,
    /// How far the connections have been read.
    pub reading: Reading,
    /// How many flows wait for a person.
    pub waiting: u32,
    /// How many flows are followed, one stream each.
    pub followed: u32,
    /// How many running flows are not followed, as there are too many; their rows are renewed
    /// from time to time.
    pub not_followed: u32,
    /// How many of the followed flows have no news just now.
    pub without_news: u32,
    /// What is open: a connection or an authflow.
    pub open: Option<Subject>,
    /// The environment's Prefactor service; null if it has none.
    pub authflows: Option<AuthflowService>,
    /// The connection whose remote browser the person has taken over.
    pub in_control: Option<String>,
    /// Whether the environment's live views need `WebRTC`. Whether the engine has it is found out
    /// by the page.
    pub views_need_webrtc: bool,
    /// A connection that a link asked for and that does not exist here.
    pub not_found: Option<Text>,
}

/// How far the connections have been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reading {
    /// For the first time; so many are known.
    First {
        /// How many.
        known: u32,
    },
    /// All are known.
    Complete,
    /// They could not be read. What was read before is still shown; it is tried again.
    Failed {
        /// Why.
        trouble: Trouble,
        /// Whether any were read before.
        shown_before: bool,
    },
}

/// What the person has chosen for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SettingsView {
    /// Whether closing the console goes on watching; null until the person has said so.
    pub keep_watching: Option<bool>,
    /// Whether the system shows a note when a flow begins to wait.
    pub notifications: bool,
    /// Whether the choices can't be written down for the next start.
    pub not_kept: bool,
}

/// The open connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OpenConnection {
    /// Rises with every change.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
    /// Its id.
    pub id: String,
    /// What is known of it; null before the first read.
    pub facts: Option<Facts>,
    /// Why it can't be read, e.g. because somebody deleted it. What was known is still there.
    pub trouble: Option<Trouble>,
    /// Its latest flow; null if there never was one, or nothing is known of it yet.
    pub flow: Option<View>,
    /// The ways to send the flow to somebody.
    pub handoff: HandoffView,
    /// The view of its remote browser.
    pub live_view: LiveViewState,
    /// Whether the person has taken the remote browser over.
    pub in_control: bool,
}

/// The ways to send a flow to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HandoffView {
    /// None: no flow runs, or its links are not known.
    None,
    /// Links can be copied.
    Ready {
        /// Whether there is a link for Usher.
        usher_link: bool,
        /// The address of Kernel's own page with its code masked.
        hosted_page: Option<Text>,
        /// Whether this login was started here. If not, its link may have been used already, by
        /// whoever it was sent to.
        ours: bool,
    },
}

/// The view of a remote browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LiveViewState {
    /// There is no flow that has one.
    None,
    /// A flow runs, and its remote browser is not there yet.
    Coming,
    /// It can be shown here, in a frame.
    Here {
        /// Its host.
        host: Text,
        /// The frame's address: it names the view and is none itself. The page appends
        /// `?control` while the person is in control.
        frame: String,
    },
    /// Its host is not on the environment's list: it is never shown here, and opens in the
    /// browser only after the person has seen the host.
    Elsewhere {
        /// Its host.
        host: Text,
    },
    /// The remote browser is gone.
    Gone,
}

/// What became of the wish to start a login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Started {
    /// It runs, and is open.
    Started,
    /// One is running; starting another may cancel it. Ask the person, then start with `over`.
    IsRunning,
    /// The service says that one is running. Watching that one is possible: it is open.
    AlreadyRuns,
    /// Nothing was started.
    Refused {
        /// Why, and what to do now.
        trouble: Trouble,
    },
    /// Nothing was sent, as something in the form can't be.
    Problems {
        /// What.
        problems: Vec<DraftProblem>,
    },
}

/// What became of the wish to create or to change a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Saved {
    /// It is saved, and open.
    Saved {
        /// Its id.
        id: String,
    },
    /// There was nothing to change.
    Unchanged,
    /// There is a connection for this site and profile already.
    Exists {
        /// Its id.
        id: String,
    },
    /// Nothing was saved.
    Refused {
        /// Why, and what to do now.
        trouble: Trouble,
    },
    /// Nothing was sent, as something in the form can't be.
    Problems {
        /// What.
        problems: Vec<DraftProblem>,
    },
}

/// What became of the wish to delete a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Deleted {
    /// It is gone.
    Deleted,
    /// It is not known to be gone.
    Refused {
        /// Why, and what to do now.
        trouble: Trouble,
    },
}

/// A part of what happened on a connection, or why it can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HistoryRead {
    /// What happened.
    Read {
        /// A part of it.
        history: History,
    },
    /// It can't be read.
    Refused {
        /// Why, and what to do now.
        trouble: Trouble,
    },
}

/// A link that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// A link that opens the login in Usher.
    Usher,
    /// The address of Kernel's own page.
    HostedPage,
}

/// What became of the wish to copy a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Copied {
    /// It is in the clipboard, and is taken out again after this long if it is still there.
    Copied {
        /// Seconds.
        seconds: u32,
    },
    /// There is no such link now.
    NoLink,
    /// This system has no clipboard that can be used.
    NoClipboard,
}

/// Where a page of a flow opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the system's browser.
    Browser,
    /// In a window of its own that can reach nothing.
    Window,
}

/// The part of the list that the page looks at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Which connections.
    pub filter: Filter,
    /// The search, as it was typed.
    pub query: String,
    /// The place of the first row, from 0.
    pub first: u32,
    /// How many rows, at most 200.
    pub count: u32,
}
