//! Before support's world: the search for a key that is accepted.

use managed_auth::{Access, Client, Error, Journal};
use sandbox::API_KEY;
use secrecy::SecretString;
use support::trouble_of;

use super::news::{Messenger, What};
use crate::{api_key::KeyStore, console_window::KeyState, environment::Environment};

/// One environment, and what is known of its key.
pub(super) struct Entrance {
    pub(super) environment: Environment,
    pub(super) key: KeyState,
    /// The key that is being checked, or could not be, and where it came from.
    pub(super) tried: Option<Tried>,
    /// What was tried.
    pub(super) journal: Journal,
    messenger: Messenger,
    keys: KeyStore,
}

/// A key that is tried.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) key: SecretString,
    pub(super) from: Source,
    pub(super) client: Client,
    pub(super) journal: Journal,
}

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The keychain has it.
    Keychain,
    /// The person has typed it.
    Hand,
    /// The sandbox's is no secret.
    Sandbox,
}

impl Entrance {
    /// Begins to look for the key of an environment.
    pub(super) fn look(environment: Environment, keys: KeyStore, messenger: Messenger) -> Self {
        let mut entrance = Self {
            environment,
            key: KeyState::Looking,
            tried: None,
            journal: Journal::default(),
            messenger,
            keys,
        };
        if entrance.environment.is_sandbox {
            entrance.check(SecretString::from(API_KEY), Source::Sandbox);
        } else {
            entrance.ask_keychain();
        }
        entrance
    }

    /// The key was removed, or the last one is not accepted any more.
    pub(super) fn without_key(
        environment: Environment,
        key: KeyState,
        keys: KeyStore,
        messenger: Messenger,
        journal: Journal,
    ) -> Self {
        Self {
            environment,
            key,
            tried: None,
            journal,
            messenger,
            keys,
        }
    }

    /// Asks the keychain, which may take its time.
    pub(super) fn ask_keychain(&mut self) {
        self.key = KeyState::Looking;
        let (keys, messenger) = (self.keys.clone(), self.messenger.clone());
        let name = self.environment.name.clone();
        tokio::spawn(async move {
            let found = keys.find(&name).await;
            messenger.tell(What::KeyFound(found)).await;
        });
    }

    /// Asks the service about a key.
    pub(super) fn check(&mut self, key: SecretString, from: Source) {
        let access = Access::key(key.clone());
        let settings = self.environment.settings(&self.journal);
        match Client::new(self.environment.api.clone(), &access, settings) {
            Ok(client) => {
                self.key = KeyState::Checking;
                self.tried = Some(Tried {
                    key,
                    from,
                    client: client.clone(),
                    journal: self.journal.clone(),
                });
                let messenger = self.messenger.clone();
                tokio::spawn(async move {
                    let outcome = client.check_key().await;
                    messenger.tell(What::KeyChecked(outcome)).await;
                });
            }
            // A key that can't stand in a header is no key.
            Err(_) => self.failed(&Error::Unauthorised(managed_auth::ErrorBody::default())),
        }
    }

    /// The key does not work, or the service could not be asked.
    pub(super) fn failed(&mut self, error: &Error) {
        let refused = matches!(error, Error::Unauthorised(_) | Error::Forbidden(_));
        if refused {
            self.tried = None;
        }
        self.key = KeyState::Failed {
            trouble: trouble_of(error),
            try_again: !refused,
        };
    }

    /// Tries the same key once more.
    pub(super) fn try_again(&mut self) {
        if let Some(tried) = self.tried.take() {
            self.check(tried.key, tried.from);
        }
    }
}
