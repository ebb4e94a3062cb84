//! A guest's access, kept in the keychain until the flow expires, so that closing or killing the
//! app loses nothing.

use jiff::Timestamp;
use keychain::{Keychain, KeychainTrouble};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::link::Invitation;

/// How long a guest's token lives (`kernel-api.md` 9).
pub const TOKEN_LIFE: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);

/// So much later a session is still of use for all we know: the clock may have been put forward
/// meanwhile. The service says what it thinks of the token.
const DOUBT: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// How many flows one environment's entry holds. A Windows credential has room for about two
/// tokens, and nobody completes more logins at once.
const MOST_KEPT: usize = 2;

/// A guest's access to one connection.
#[derive(Clone, Debug)]
pub struct KeptSession {
    /// The environment.
    pub environment: String,
    /// The connection.
    pub connection_id: String,
    /// What tells the link it came from, without being it.
    pub code_mark: CodeMark,
    /// The access.
    pub token: SecretString,
    /// When it is of no use any more, by this computer's clock.
    pub until: Timestamp,
}

/// A fingerprint of a handoff code, so that the same link twice is known for the same. The code
/// has too many bits to be guessed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeMark(String);

impl CodeMark {
    /// The fingerprint of an invitation's code.
    #[must_use]
    pub fn of(invitation: &Invitation) -> Self {
        let digest = Sha256::digest(invitation.code.expose_secret().as_bytes());
        let mut half = [0; 16];
        half.copy_from_slice(&digest[..16]);
        Self(format!("{:032x}", u128::from_be_bytes(half)))
    }
}

/// Where sessions are kept: one entry for each environment.
#[derive(Clone, Debug)]
pub struct SessionStore {
    keychain: Keychain,
}

/// One session as it stands in the entry. The environment is the entry's name.
#[derive(Serialize, Deserialize)]
struct Written {
    connection_id: String,
    code_mark: CodeMark,
    token: Zeroizing<String>,
    until: Timestamp,
}

impl SessionStore {
    /// Sessions in this keychain.
    #[must_use]
    pub fn new(keychain: Keychain) -> Self {
        Self { keychain }
    }

    /// The sessions of an environment that may still be of use, the latest first.
    pub async fn find(
        &self,
        environment: &str,
        now: Timestamp,
    ) -> Result<Vec<KeptSession>, KeychainTrouble> {
        let Some(entry) = self.keychain.find(&entry_name(environment)).await? else {
            return Ok(Vec::new());
        };
        // An entry that another version wrote, or somebody changed, holds nothing for us.
        let written: Vec<Written> = serde_json::from_str(entry.expose_secret()).unwrap_or_default();
        let earliest = now.checked_sub(DOUBT).unwrap_or(now);
        let useful = written
            .into_iter()
            .filter(|session| session.until > earliest);
        Ok(useful
            .map(|session| session.in_environment(environment))
            .collect())
    }

    /// Keeps a session, in place of an older one of its connection.
    pub async fn keep(&self, session: &KeptSession, now: Timestamp) -> Result<(), KeychainTrouble> {
        let mut kept = self.find(&session.environment, now).await?;
        kept.retain(|other| other.connection_id != session.connection_id);
        kept.insert(0, session.clone());
        kept.truncate(MOST_KEPT);
        self.write(&session.environment, &kept).await
    }

    /// Removes the session of a connection.
    pub async fn remove(
        &self,
        environment: &str,
        connection_id: &str,
        now: Timestamp,
    ) -> Result<(), KeychainTrouble> {
        let mut kept = self.find(environment, now).await?;
        kept.retain(|other| other.connection_id != connection_id);
        self.write(environment, &kept).await
    }

    async fn write(
        &self,
        environment: &str,
        sessions: &[KeptSession],
    ) -> Result<(), KeychainTrouble> {
        if sessions.is_empty() {
            return self.keychain.remove(&entry_name(environment)).await;
        }
        let written: Vec<Written> = sessions.iter().map(Written::from).collect();
        let text = serde_json::to_string(&written).map_err(|_| KeychainTrouble::Broken)?;
        self.keychain
            .keep(&entry_name(environment), &SecretString::from(text))
            .await
    }
}

impl Written {
    fn in_environment(self, environment: &str) -> KeptSession {
        KeptSession {
            environment: environment.to_owned(),
            connection_id: self.connection_id,
            code_mark: self.code_mark,
            token: SecretString::from(self.token.as_str()),
            until: self.until,
        }
    }
}

impl From<&KeptSession> for Written {
    fn from(session: &KeptSession) -> Self {
        Self {
            connection_id: session.connection_id.clone(),
            code_mark: session.code_mark.clone(),
            token: Zeroizing::new(session.token.expose_secret().to_owned()),
            until: session.until,
        }
    }
}

fn entry_name(environment: &str) -> String {
    format!("{environment}/guest")
}
