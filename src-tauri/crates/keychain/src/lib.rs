//! Secrets at rest: the system's credential store, and its ways to fail.
//!
//! Every call may block, for ever if a locked store asks a question that nobody answers. So each
//! runs on a thread of its own and is given up after a time limit; the thread is left behind
//! rather than waited for. Nothing is ever kept in a file instead: where there is no keychain,
//! the caller is told, and keeps the secret in memory or not at all.
//!
//! What a secret is for is not known here.
//!
//! Platform notes: a Windows credential holds at most 2,560 bytes. On Linux the store is the
//! Secret Service (GNOME Keyring, KDE Wallet, `KeePassXC`), reached over D-Bus.

mod store;
mod trouble;

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::oneshot, time::timeout};

pub use trouble::KeychainTrouble;

/// How long the store may take. Long enough for a person to type the password that unlocks it.
const PATIENCE: Duration = Duration::from_secs(30);

/// One program's part of the system's credential store.
#[derive(Clone, Debug)]
pub struct Keychain {
    service: String,
    patience: Duration,
}

impl Keychain {
    /// The entries of one program, told apart from those of others by `service`.
    #[must_use]
    pub fn new(service: impl Into<String>) -> Self {
        Self {
            service: service.into(),
            patience: PATIENCE,
        }
    }

    /// The same with another time limit.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Keeps a secret under a name, in place of what was there.
    pub async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), KeychainTrouble> {
        let secret = secret.clone();
        self.on_a_thread(name, move |service, name| {
            store::keep(service, name, secret.expose_secret())
        })
        .await
    }

    /// The secret under a name; `None` if there is none.
    pub async fn find(&self, name: &str) -> Result<Option<SecretString>, KeychainTrouble> {
        self.on_a_thread(name, store::find).await
    }

    /// Removes the secret under a name. One that isn't there is removed already.
    pub async fn remove(&self, name: &str) -> Result<(), KeychainTrouble> {
        self.on_a_thread(name, store::remove).await
    }

    /// Runs a blocking call where it can neither hold up the runtime nor be waited for when the
    /// program ends.
    async fn on_a_thread<T: Send + 'static>(
        &self,
        name: &str,
        call: impl FnOnce(&str, &str) -> Result<T, KeychainTrouble> + Send + 'static,
    ) -> Result<T, KeychainTrouble> {
        let (service, name) = (self.service.clone(), name.to_owned());
        let (reply, outcome) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("keychain".into())
            .spawn(move || {
                // Whoever asked may have given up waiting.
                let _ = reply.send(call(&service, &name));
            });
        if thread.is_err() {
            return Err(KeychainTrouble::Broken);
        }
        match timeout(self.patience, outcome).await {
            Ok(Ok(outcome)) => outcome,
            // The thread ended without an answer: a panic inside the store's library.
            Ok(Err(_)) => Err(KeychainTrouble::Broken),
            Err(_) => Err(KeychainTrouble::Silent),
        }
    }
}
