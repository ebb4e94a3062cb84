//! What the login window shows, whole, and what its page may say.

use keychain::KeychainTrouble;
use login_flow::{Text, Trouble, View};
use serde::{Deserialize, Serialize};

use crate::link::LinkProblem;

/// What the login window shows, whole. Sent again with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LoginWindow {
    /// Rises with every change.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
    /// Whether the guest's access outlives the app.
    pub keychain: KeychainUse,
    /// The screen.
    pub screen: LoginScreen,
}

/// Whether the guest's access outlives the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "Keychain"))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum KeychainUse {
    /// There is nothing to keep.
    Unused,
    /// It is kept in the system's keychain.
    Kept,
    /// It is in memory only.
    MemoryOnly {
        /// What is wrong with the keychain.
        why: KeychainTrouble,
    },
}

/// One screen of the login window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LoginScreen {
    /// Opened without a link, and nothing to continue.
    NoLink,
    /// The link can't be used; nothing was sent anywhere.
    BadLink {
        /// Why.
        problem: LinkProblem,
        /// The site of a login that is open behind this.
        back_to: Option<Text>,
    },
    /// A link arrived; its code is spent only when the person goes on.
    Invited {
        /// The host of the service that the code goes to.
        service: Text,
        /// The environment's name.
        environment: Text,
        /// The connection's id.
        connection: Text,
        /// The site of a login that is open now and would leave the window.
        instead_of: Option<Text>,
    },
    /// The code is being exchanged.
    Opening {
        /// The host of the service.
        service: Text,
    },
    /// The code could not be exchanged.
    NotOpened {
        /// Why, and what to do now.
        error: Trouble,
        /// Whether the link may still work.
        try_again: bool,
        /// The site of a login that is open behind this.
        back_to: Option<Text>,
    },
    /// The flow.
    Flow {
        /// All of it.
        view: Box<View>,
    },
}

/// What became of the wish to open a page in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Opened {
    /// It is on its way to the browser.
    Opened,
    /// The host is not on the environment's list: ask the person, then open with it confirmed.
    Confirm {
        /// The host.
        host: Text,
    },
    /// It can't be opened.
    Refused {
        /// Why.
        why: NotOpenable,
    },
}

/// Why a page can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NotOpenable {
    /// There is none now.
    NoPage,
    /// Its address is not one that may be opened.
    BadAddress,
    /// No browser could be started.
    NoBrowser,
}

/// The pages that open in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Kernel's own page.
    HostedPage,
    /// The view of the remote browser.
    LiveView,
}
