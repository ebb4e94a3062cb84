//! The key of a Prefactor service: looked for, entered, proved by its first use, kept, refused.
//!
//! The service has no call that only checks a key (`authflow-api.md` 3.4), so the first read that
//! it lets through is the proof.

use authflow::{Client, Code, Error, Summary};
use keychain::KeychainTrouble;
use login_flow::{Trouble, without_secrets};
use sandbox::AUTHFLOW_TOKEN;
use secrecy::{ExposeSecret, SecretString};
use support::{Roster, trouble_of_authflow};

use super::{AuthflowNews, Authflows};
use crate::{api_key::KeyStore, console_desk::news::What, login_window::KeychainUse};

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
        keeping: Keeping,
    },
}

/// How far a key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// The sandbox's is no secret.
    NotNeeded,
    /// The person has typed it, and the service has not let it through yet.
    Unproved,
    /// The keychain is being asked to.
    Asked,
    /// The keychain has it.
    Kept,
    /// The keychain can't be had.
    MemoryOnly(KeychainTrouble),
}

/// What came of a key by itself.
#[derive(Debug)]
pub(in crate::console_desk) enum KeyNews {
    /// The keychain has answered.
    Found(Result<Option<SecretString>, KeychainTrouble>),
    /// The keychain has taken it, or not.
    Kept(Result<(), KeychainTrouble>),
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

    /// Whether it outlives the app.
    pub(super) fn kept(&self) -> KeychainUse {
        let Self::Ready { keeping, .. } = self else {
            return KeychainUse::Unused;
        };
        match keeping {
            Keeping::NotNeeded | Keeping::Unproved | Keeping::Asked => KeychainUse::Unused,
            Keeping::Kept => KeychainUse::Kept,
            Keeping::MemoryOnly(why) => KeychainUse::MemoryOnly { why: *why },
        }
    }

    /// Takes the key out of an error: a service may quote what it was sent.
    pub(super) fn taken_out_of(&self, error: Error) -> Error {
        match (error, self.secret()) {
            (
                Error::Refused {
                    code,
                    message: Some(message),
                    status,
                    retry_after,
                },
                Some(secret),
            ) => Error::Refused {
                code,
                message: Some(without_secrets(&message, &[secret.expose_secret()])),
                status,
                retry_after,
            },
            (error, _) => error,
        }
    }
}

/// Whether an error says that the key is none, and nothing of the authflow.
fn refuses_key(error: &Error) -> bool {
    match error {
        Error::Refused { code, .. } => matches!(code, Code::BadAuthtoken | Code::NotAuthenticated),
        _ => false,
    }
}

/// Whether an outcome can only come after the key was let through.
fn proves_key(outcome: &Result<Summary, Error>) -> bool {
    match outcome {
        Ok(_) => true,
        Err(Error::Refused { code, .. }) => matches!(
            code,
            Code::NotFound | Code::UnexpectedRefType | Code::InvalidValue
        ),
        Err(_) => false,
    }
}

impl Authflows {
    /// Works with a key that the person has entered, in place of the present one.
    pub(super) fn use_key(&mut self, secret: SecretString, roster: &mut Roster) {
        self.take_key(secret, Keeping::Unproved);
        self.go_on(roster);
    }

    pub(super) fn take_sandbox_key(&mut self) {
        self.take_key(SecretString::from(AUTHFLOW_TOKEN), Keeping::NotNeeded);
    }

    fn take_key(&mut self, secret: SecretString, keeping: Keeping) {
        let Some(endpoint) = &self.endpoint else {
            return;
        };
        let settings = endpoint.settings(&self.journal);
        self.key = match Client::new(endpoint.api.clone(), &secret, settings) {
            Ok(client) => Key::Ready {
                client,
                secret,
                keeping,
            },
            Err(error) => Key::Refused(trouble_of_authflow(&error)),
        };
        self.next_key();
    }

    /// Asks the keychain for a key; or to keep the one that is in memory.
    pub(super) fn ask_keychain(&mut self) {
        match &mut self.key {
            Key::Ready {
                secret, keeping, ..
            } => {
                if let Keeping::MemoryOnly(_) = keeping {
                    *keeping = Keeping::Asked;
                    let wish = Wish::Keep(secret.clone());
                    self.at_the_keychain(wish);
                }
            }
            Key::Looking | Key::Wanted | Key::KeychainTrouble(_) | Key::Refused(_) => {
                self.key = Key::Looking;
                self.next_key();
                self.at_the_keychain(Wish::Find);
            }
        }
    }

    /// What the keychain was asked before is for nobody any more.
    pub(super) fn ask_keychain_once_more(&mut self) {
        match &mut self.key {
            Key::Looking => self.ask_keychain(),
            Key::Ready { keeping, .. } if *keeping == Keeping::Asked => {
                *keeping = Keeping::Unproved;
            }
            Key::Wanted | Key::KeychainTrouble(_) | Key::Refused(_) | Key::Ready { .. } => {}
        }
    }

    /// Takes in what came of the present key. Whether a row has changed.
    pub(super) fn hear_of_key(&mut self, news: KeyNews, roster: &mut Roster) -> bool {
        match (news, &mut self.key) {
            (KeyNews::Found(Ok(Some(secret))), _) => {
                self.take_key(secret, Keeping::Kept);
                self.go_on(roster)
            }
            (KeyNews::Found(Ok(None)), key) => {
                *key = Key::Wanted;
                false
            }
            (KeyNews::Found(Err(why)), key) => {
                *key = Key::KeychainTrouble(why);
                false
            }
            (KeyNews::Kept(outcome), Key::Ready { keeping, .. }) => {
                *keeping = match outcome {
                    Ok(()) => Keeping::Kept,
                    Err(why) => Keeping::MemoryOnly(why),
                };
                false
            }
            (KeyNews::Kept(_), _) => false,
        }
    }

    /// Learns from a read whether the key is one: keeps it the first time that it was let through.
    /// False if it is refused.
    pub(super) fn key_passes(&mut self, outcome: &Result<Summary, Error>) -> bool {
        if let Err(error) = outcome
            && refuses_key(error)
        {
            self.key = Key::Refused(trouble_of_authflow(error));
            self.next_key();
            return false;
        }
        if let Key::Ready {
            secret, keeping, ..
        } = &mut self.key
            && *keeping == Keeping::Unproved
            && proves_key(outcome)
        {
            *keeping = Keeping::Asked;
            let wish = Wish::Keep(secret.clone());
            self.at_the_keychain(wish);
        }
        true
    }

    /// Removes the key, here and from the keychain. What is watched waits for another.
    pub(super) fn forget_key(&mut self, roster: &mut Roster) {
        self.key = Key::Looking;
        self.next_key();
        self.draw_rows(roster);
        self.at_the_keychain(Wish::Remove);
    }

    /// Asks the keychain for something, after what it was asked for before, and tells what it says.
    /// It may take its time.
    fn at_the_keychain(&self, wish: Wish) {
        let (keys, messenger) = (self.keys.clone(), self.messenger.clone());
        let (name, turn) = (self.environment.clone(), self.keychain.clone());
        let number = self.key_number;
        tokio::spawn(async move {
            let what = {
                let _turn = turn.lock().await;
                wish.come_true(&keys, &name).await
            };
            let news = AuthflowNews::Key { number, what };
            messenger.tell(What::Authflow(news)).await;
        });
    }
}

/// Something for the keychain to do.
enum Wish {
    Find,
    Keep(SecretString),
    Remove,
}

impl Wish {
    async fn come_true(self, keys: &KeyStore, name: &str) -> KeyNews {
        match self {
            Self::Find => KeyNews::Found(keys.find(name).await),
            Self::Keep(secret) => KeyNews::Kept(keys.keep(name, &secret).await),
            // What can't be removed is said, so that nobody takes it for gone.
            Self::Remove => KeyNews::Found(keys.remove(name).await.map(|()| None)),
        }
    }
}
