//! Who we are for the service.

use std::fmt;

use secrecy::SecretString;

/// A credential: an API key, or a guest's token for one connection (`kernel-api.md` 1.1, 9).
///
/// It can be handed around and named in debug output, which tells the kind and no more:
///
/// ```
/// fn takes<T: Clone + std::fmt::Debug>() {}
/// takes::<managed_auth::Access>();
/// ```
///
/// It can't be printed or serialised, and no more can what else holds a secret:
///
/// ```compile_fail,E0277
/// fn takes<T: std::fmt::Display>() {}
/// takes::<managed_auth::Access>();
/// ```
///
/// ```compile_fail,E0277
/// fn takes<T: serde::Serialize>() {}
/// takes::<managed_auth::Access>();
/// ```
///
/// ```compile_fail,E0277
/// fn takes<T: serde::Serialize>() {}
/// takes::<managed_auth::Submission>();
/// ```
///
/// ```compile_fail,E0277
/// fn takes<T: serde::Serialize>() {}
/// takes::<managed_auth::LoginStarted>();
/// ```
///
/// ```compile_fail,E0277
/// fn takes<T: serde::Serialize>() {}
/// takes::<managed_auth::Connection>();
/// ```
#[derive(Clone)]
pub struct Access {
    holder: Holder,
    token: SecretString,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    Key,
    Guest,
}

impl Access {
    /// An API key, or another token that stands for an account. It works for everything.
    #[must_use]
    pub fn key(key: SecretString) -> Self {
        Self {
            holder: Holder::Key,
            token: key,
        }
    }

    /// The token that a handoff code was exchanged for. It works for reading, following and
    /// answering one connection (`kernel-api.md` 9).
    #[must_use]
    pub fn guest(token: SecretString) -> Self {
        Self {
            holder: Holder::Guest,
            token,
        }
    }

    /// Whether this is a guest's token. A 401 means "over" for a guest and "refused" for a key
    /// (`kernel-api.md` 14, 19).
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.holder == Holder::Guest
    }

    /// The secret itself, to keep it in a keychain or to send it.
    #[must_use]
    pub fn token(&self) -> &SecretString {
        &self.token
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Access").field(&self.holder).finish()
    }
}
