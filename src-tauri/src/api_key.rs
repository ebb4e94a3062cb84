//! Support's API key, kept in the keychain under its environment.

use keychain::{Keychain, KeychainTrouble};
use secrecy::SecretString;

/// Where API keys are kept: one entry for each environment.
#[derive(Clone, Debug)]
pub struct KeyStore {
    keychain: Keychain,
}

impl KeyStore {
    /// Keys in this keychain.
    #[must_use]
    pub fn new(keychain: Keychain) -> Self {
        Self { keychain }
    }

    /// The key of an environment.
    pub async fn find(&self, environment: &str) -> Result<Option<SecretString>, KeychainTrouble> {
        self.keychain.find(&entry_name(environment)).await
    }

    /// Keeps the key of an environment, in place of an older one.
    pub async fn keep(&self, environment: &str, key: &SecretString) -> Result<(), KeychainTrouble> {
        self.keychain.keep(&entry_name(environment), key).await
    }

    /// Removes the key of an environment.
    pub async fn remove(&self, environment: &str) -> Result<(), KeychainTrouble> {
        self.keychain.remove(&entry_name(environment)).await
    }
}

fn entry_name(environment: &str) -> String {
    format!("{environment}/key")
}
