//! Support's API keys, kept in the keychain under their environment.

use keychain::{Keychain, KeychainTrouble};
use secrecy::SecretString;

/// Where the API keys of one service are kept: one entry for each environment.
#[derive(Clone, Debug)]
pub struct KeyStore {
    keychain: Keychain,
    service: Service,
}

/// Whose keys they are.
#[derive(Clone, Copy, Debug)]
enum Service {
    Kernel,
    Prefactor,
}

impl KeyStore {
    /// Kernel's keys in this keychain.
    #[must_use]
    pub fn new(keychain: Keychain) -> Self {
        Self {
            keychain,
            service: Service::Kernel,
        }
    }

    /// Prefactor's keys in the same keychain.
    #[must_use]
    pub fn of_prefactor(&self) -> Self {
        Self {
            keychain: self.keychain.clone(),
            service: Service::Prefactor,
        }
    }

    /// The key of an environment.
    pub async fn find(&self, environment: &str) -> Result<Option<SecretString>, KeychainTrouble> {
        self.keychain.find(&self.entry_name(environment)).await
    }

    /// Keeps the key of an environment, in place of an older one.
    pub async fn keep(&self, environment: &str, key: &SecretString) -> Result<(), KeychainTrouble> {
        self.keychain.keep(&self.entry_name(environment), key).await
    }

    /// Removes the key of an environment.
    pub async fn remove(&self, environment: &str) -> Result<(), KeychainTrouble> {
        self.keychain.remove(&self.entry_name(environment)).await
    }

    fn entry_name(&self, environment: &str) -> String {
        match self.service {
            Service::Kernel => format!("{environment}/key"),
            Service::Prefactor => format!("{environment}/prefactor-key"),
        }
    }
}
