//! What the console shows of Prefactor's authflows, and what its page may say of them.

use keychain::KeychainTrouble;
use login_flow::{Text, Trouble};
use serde::Serialize;
use support::AuthflowView;

use crate::login_window::KeychainUse;

/// The environment's Prefactor service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AuthflowService {
    /// Its host.
    pub host: Text,
    /// Whether there is a key for it that was not refused.
    pub has_key: bool,
    /// Whether that key outlives the app.
    pub key: KeychainUse,
}

/// The open authflow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OpenAuthflow {
    /// Rises with every change.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
    /// Its id as it was asked for, which names it in commands.
    pub id: String,
    /// What is shown.
    pub screen: AuthflowScreen,
}

/// What is shown of an authflow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuthflowScreen {
    /// The environment has no Prefactor service.
    NoService {
        /// The file in which one is set up.
        file: Text,
    },
    /// A link named it, and it was not taken for an id. Nothing was sent.
    NotTaken {
        /// Why, and what to do now.
        trouble: Trouble,
        /// Whether it can be looked up all the same.
        insist: bool,
    },
    /// There is no key that works. With one the authflow is looked up.
    NoKey {
        /// What is known of the key.
        key: AuthflowKeyState,
    },
    /// It is watched, or was.
    Watched {
        /// All of it.
        view: Box<AuthflowView>,
    },
}

/// What is known of the key of a Prefactor service without one that works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuthflowKeyState {
    /// The keychain is being asked for one.
    Looking,
    /// There is none; the person can enter one.
    Wanted,
    /// The keychain could not be asked. The person can ask again, or enter a key.
    KeychainTrouble {
        /// What is wrong with it.
        why: KeychainTrouble,
    },
    /// The service refused it.
    Refused {
        /// Why, and what to do now.
        trouble: Trouble,
    },
}

/// What became of the wish to look an authflow up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LookedUp {
    /// It is open.
    Opened {
        /// Its id.
        id: String,
    },
    /// It was not taken for an id. Nothing was sent.
    NotTaken {
        /// Why, and what to do now.
        trouble: Trouble,
        /// Whether it can be looked up all the same.
        insist: bool,
    },
}
