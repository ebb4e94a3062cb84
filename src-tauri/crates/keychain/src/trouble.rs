//! What can be wrong with a keychain.

use keyring::Error;
use serde::Serialize;
use thiserror::Error as ThisError;

/// What is wrong with the system's keychain. Each has its own way on for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeychainTrouble {
    /// This computer runs none, or this session can't reach it.
    #[error("there is no keychain")]
    Absent,
    /// It is locked.
    #[error("the keychain is locked")]
    Locked,
    /// The person, or the system, said no.
    #[error("the keychain refused")]
    Refused,
    /// It did not answer in time; it may be asking for its password.
    #[error("the keychain does not answer")]
    Silent,
    /// It failed in another way.
    #[error("the keychain failed")]
    Broken,
}

impl KeychainTrouble {
    /// Reads the library's error. By its kind, never by its text, which varies with the language
    /// of the system.
    pub(crate) fn from_error(error: &Error) -> Self {
        match error {
            Error::NoDefaultStore | Error::NotSupportedByStore(_) => Self::Absent,
            Error::NoStorageAccess(cause) => by_cause(cause.as_ref()).unwrap_or(Self::Locked),
            Error::PlatformFailure(cause) => by_cause(cause.as_ref()).unwrap_or(Self::Broken),
            _ => Self::Broken,
        }
    }
}

#[cfg(target_os = "linux")]
fn by_cause(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<KeychainTrouble> {
    use secret_service::Error;
    match cause.downcast_ref::<Error>()? {
        Error::Locked => Some(KeychainTrouble::Locked),
        Error::Prompt | Error::NoResult => Some(KeychainTrouble::Refused),
        Error::Unavailable => Some(KeychainTrouble::Absent),
        Error::PromptDisconnected => Some(KeychainTrouble::Silent),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn by_cause(_cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<KeychainTrouble> {
    None
}
