//! The blocking calls, each on an entry of the system's store.

use keyring::{Entry, Error};
use secrecy::SecretString;
use zeroize::Zeroize;

use crate::trouble::KeychainTrouble;

pub(crate) fn keep(service: &str, name: &str, secret: &str) -> Result<(), KeychainTrouble> {
    on_entry(service, name, |entry| entry.set_password(secret))
}

pub(crate) fn find(service: &str, name: &str) -> Result<Option<SecretString>, KeychainTrouble> {
    on_entry(service, name, |entry| match entry.get_password() {
        Ok(secret) => Ok(Some(SecretString::from(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
}

pub(crate) fn remove(service: &str, name: &str) -> Result<(), KeychainTrouble> {
    on_entry(service, name, |entry| match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
}

/// Does it, and once more with a store made anew if the first try found none or lost it: a
/// keychain that starts, or comes back, later than we do must be found without a restart.
fn on_entry<T>(
    service: &str,
    name: &str,
    call: impl Fn(&keyring_core::Entry) -> Result<T, Error>,
) -> Result<T, KeychainTrouble> {
    let first = Entry::new(service, name).and_then(|entry| call(&entry.inner));
    let outcome = match first {
        Err(Error::NoDefaultStore | Error::PlatformFailure(_)) if renew_store() => {
            keyring_core::Entry::new(service, name).and_then(|entry| call(&entry))
        }
        outcome => outcome,
    };
    outcome.map_err(|mut error| {
        wipe(&mut error);
        let trouble = KeychainTrouble::from_error(&error);
        tracing::warn!(%trouble, "the keychain did not do as asked");
        trouble
    })
}

/// Connects to the store again. Whether there is one.
#[cfg(target_os = "linux")]
fn renew_store() -> bool {
    match zbus_secret_service_keyring_store::Store::new() {
        Ok(store) => {
            keyring_core::set_default_store(store);
            true
        }
        Err(_) => false,
    }
}

#[cfg(not(target_os = "linux"))]
fn renew_store() -> bool {
    false
}

/// An error about a secret that could not be read holds the secret's bytes.
fn wipe(error: &mut Error) {
    if let Error::BadEncoding(bytes) | Error::BadDataFormat(bytes, _) = error {
        bytes.zeroize();
    }
}
