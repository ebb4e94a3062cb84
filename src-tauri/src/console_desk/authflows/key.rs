//! The key of a Prefactor service: looked for, entered, proved by its first use, kept, refused.
//!
//! The service has no call that only checks a key (`authflow-api.md` 3.4), so the first read that
//! it lets through is the proof.

use authflow::{Client, Code, Error, Summary};
use keychain::KeychainTrouble;
use login_flow::Trouble;
use sandbox::AUTHFLOW_TOKEN;
use secrecy::SecretString;
use support::trouble_of_authflow;

use super::{AuthflowNews, Authflows};
use crate::{console_desk::news::What, login_window::KeychainUse};

/// What is known of the key.
pub(super) enum Key {
    /// The keychain is being asked.
    Looking,
    /// There is none.
    Wanted,
    /// The keychain could not be asked.
    KeychainTrouble(KeychainTrouble),
    /// It was refused, or can't be sent.
    Refused(Trouble),
    /// It is used.
    Ready {
        client: Client,
        secret: SecretString,
        kept: KeychainUse,
        from: Source,
    },
}

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The keychain has it.
    Keychain,
    /// The person has typed it; it is kept once the service has let it through.
    Hand,
    /// The sandbox's is no secret.
    Sandbox,
}

impl Key {
    pub(super) fn client(&self) -> Option<&Client> {
        match self {
            Self::Ready { client, .. } => Some(client),
            Self::Looking | Self::Wanted | Self::KeychainTrouble(_) | Self::Refused(_) => None,
        }
    }

    /// The key itself, to keep it out of what is told.
    pub(super) fn secret(&self) -> Option<&SecretString> {
        match self {
            Self::Ready { secret, .. } => Some(secret),
            Self::Looking | Self::Wanted | Self::KeychainTrouble(_) | Self::Refused(_) => None,
        }
    }
}

/// Whether an error says something of the key, and nothing of the authflow.
pub(super) fn is_about_key(error: &Error) -> bool {
    match error {
        Error::Refused { code, .. } => matches!(code, Code::BadAuthtoken | Code::NotAuthenticated),
        _ => false,
    }
}

impl Authflows {
    /// Works with a key that the person has entered, in place of the present one.
    pub(super) fn use_key(&mut self, secret: SecretString) {
        self.take_key(secret, Source::Hand);
    }

    pub(super) fn use_sandbox_key(&mut self) {
        self.take_key(SecretString::from(AUTHFLOW_TOKEN), Source::Sandbox);
    }

    fn take_key(&mut self, secret: SecretString, from: Source) {
        let Some(endpoint) = &self.endpoint else {
            return;
        };
        self.key_number += 1;
        let settings = endpoint.settings(&self.journal);
        self.key = match Client::new(endpoint.api.clone(), &secret, settings) {
            Ok(client) => Key::Ready {
                client,
                secret,
                kept: match from {
                    Source::Keychain => KeychainUse::Kept,
                    Source::Hand | Source::Sandbox => KeychainUse::Unused,
                },
                from,
            },
            Err(error) => Key::Refused(trouble_of_authflow(&error)),
        };
        self.go_on();
    }

    /// Asks the keychain for a key; or to keep the one that is in memory.
    pub(super) fn ask_keychain(&mut self) {
        if let Key::Ready { secret, from, .. } = &self.key {
            if *from != Source::Sandbox {
                self.keep(secret.clone());
            }
            return;
        }
        self.key = Key::Looking;
        let (keys, messenger) = (self.keys.clone(), self.messenger.clone());
        let name = self.environment.clone();
        tokio::spawn(async move {
            let found = keys.find(&name).await;
            let news = AuthflowNews::KeyFound(found);
            messenger.tell(What::Authflow(news)).await;
        });
    }

    pub(super) fn key_found(&mut self, found: Result<Option<SecretString>, KeychainTrouble>) {
        // Somebody may have entered one meanwhile.
        if !matches!(self.key, Key::Looking) {
            return;
        }
        match found {
            Ok(Some(secret)) => self.take_key(secret, Source::Keychain),
            Ok(None) => self.key = Key::Wanted,
            Err(why) => self.key = Key::KeychainTrouble(why),
        }
    }

    /// What a read says of the key that it was made with.
    pub(super) fn judge_key(&mut self, outcome: &Result<Summary, Error>) {
        match outcome {
            Err(error) if is_about_key(error) => {
                self.key = Key::Refused(trouble_of_authflow(error));
            }
            Ok(_) | Err(Error::Refused { .. }) => self.keep_if_new(),
            // Nobody has looked at the key.
            Err(_) => {}
        }
    }

    /// Keeps a key that was entered, the first time that the service has let it through.
    fn keep_if_new(&mut self) {
        if let Key::Ready {
            secret,
            kept: KeychainUse::Unused,
            from: Source::Hand,
            ..
        } = &self.key
        {
            self.keep(secret.clone());
        }
    }

    fn keep(&self, secret: SecretString) {
        let (keys, messenger) = (self.keys.clone(), self.messenger.clone());
        let name = self.environment.clone();
        tokio::spawn(async move {
            let news = AuthflowNews::KeyKept(keys.keep(&name, &secret).await);
            messenger.tell(What::Authflow(news)).await;
        });
    }

    pub(super) fn key_kept(&mut self, outcome: Result<(), KeychainTrouble>) {
        if let Key::Ready { kept, .. } = &mut self.key {
            *kept = match outcome {
                Ok(()) => KeychainUse::Kept,
                Err(why) => KeychainUse::MemoryOnly { why },
            };
        }
    }

    /// Removes the key, here and from the keychain. What is watched waits for another.
    pub(super) fn forget_key(&mut self) {
        self.key_number += 1;
        self.key = Key::Looking;
        self.halt(&Error::Refused {
            code: Code::NotAuthenticated,
            message: None,
            status: 401,
            retry_after: None,
        });
        let (keys, messenger) = (self.keys.clone(), self.messenger.clone());
        let name = self.environment.clone();
        tokio::spawn(async move {
            // What can't be removed is said, so that nobody takes it for gone.
            let outcome = keys.remove(&name).await.map(|()| None);
            let news = AuthflowNews::KeyFound(outcome);
            messenger.tell(What::Authflow(news)).await;
        });
    }
}
