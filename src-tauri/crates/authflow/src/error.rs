//! How a look at an authflow can fail (`authflow-api.md` 3.2 and 5).

use std::{fmt, time::Duration};

use thiserror::Error;
use wire::{Failure, NetworkProblem, ProxyProblem};

/// Why an authflow can't be told of. Callers branch on it.
///
/// None holds an address or a body. The service's own words may quote anything, also a token: they
/// are not in what `Display` says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// The service refused, in its own words.
    #[error("the service refused: {code}")]
    Refused {
        /// Why.
        code: Code,
        /// Its words for a person, as they came: hostile text until cleaned for display.
        message: Option<String>,
        /// The HTTP status. Which goes with which code is not known, so the code counts.
        status: u16,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// What answers is not Prefactor's API: a page, or JSON of another shape.
    #[error("this address does not answer like Prefactor's API (status {status})")]
    NotTheApi {
        /// The HTTP status.
        status: u16,
    },
    /// The service has a problem, and no words for it.
    #[error("the service has a problem (status {status})")]
    ServiceTrouble {
        /// The HTTP status.
        status: u16,
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// It asks to wait.
    #[error("the service asks to wait")]
    RateLimited {
        /// How long, if it said so.
        retry_after: Option<Duration>,
    },
    /// It wants the request elsewhere, where the token must not go.
    #[error("the service sends elsewhere (status {status})")]
    Redirected {
        /// The HTTP status.
        status: u16,
    },
    /// The service could not be reached, or the connection broke.
    #[error("the service could not be reached: {0}")]
    Network(NetworkProblem),
    /// No answer in time.
    #[error("the service did not answer in time")]
    Timeout,
    /// The request can't be written, e.g. as the token holds what can't be sent.
    #[error("the request is not possible: {0}")]
    Impossible(&'static str),
}

/// The service's word for why it refuses (`authflow-api.md` 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// `bad_request`
    BadRequest,
    /// `bad_authtoken`
    BadAuthtoken,
    /// `not_authenticated`
    NotAuthenticated,
    /// `not_permitted`
    NotPermitted,
    /// `not_implemented`
    NotImplemented,
    /// `unknown`: the service does not know what went wrong.
    Unclear,
    /// `not_found`
    NotFound,
    /// `unexpected_ref_type`
    UnexpectedRefType,
    /// `unexpected`
    Unexpected,
    /// `invalid_action`
    InvalidAction,
    /// `invalid_value`
    InvalidValue,
    /// `required_value`
    RequiredValue,
    /// A word this version does not know, as it came.
    Other(String),
}

impl Code {
    /// All that are documented, by their words.
    pub const DOCUMENTED: [(&'static str, Self); 12] = [
        ("bad_request", Self::BadRequest),
        ("bad_authtoken", Self::BadAuthtoken),
        ("not_authenticated", Self::NotAuthenticated),
        ("not_permitted", Self::NotPermitted),
        ("not_implemented", Self::NotImplemented),
        ("unknown", Self::Unclear),
        ("not_found", Self::NotFound),
        ("unexpected_ref_type", Self::UnexpectedRefType),
        ("unexpected", Self::Unexpected),
        ("invalid_action", Self::InvalidAction),
        ("invalid_value", Self::InvalidValue),
        ("required_value", Self::RequiredValue),
    ];

    /// The word as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(word) => word,
            known => Self::DOCUMENTED
                .iter()
                .find(|(_, code)| code == known)
                .map_or("", |(word, _)| word),
        }
    }
}

impl From<&str> for Code {
    fn from(word: &str) -> Self {
        Self::DOCUMENTED
            .iter()
            .find(|(known, _)| *known == word)
            .map_or_else(|| Self::Other(word.to_owned()), |(_, code)| code.clone())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Error {
    /// Whether the same look may go better in a moment (`authflow-api.md` 5).
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Refused { code, status, .. } => match code {
                Code::Unclear | Code::Unexpected => true,
                Code::Other(_) => *status == 429 || *status >= 500,
                _ => false,
            },
            // A certificate does not become another by itself, and no more does a proxy's login.
            Self::Network(
                NetworkProblem::Tls(_) | NetworkProblem::Proxy(ProxyProblem::WantsLogin),
            )
            | Self::NotTheApi { .. }
            | Self::Redirected { .. }
            | Self::Impossible(_) => false,
            Self::ServiceTrouble { .. }
            | Self::RateLimited { .. }
            | Self::Network(_)
            | Self::Timeout => true,
        }
    }

    /// A word for it: the service's own, or ours where it has none.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            // Not even a word.
            Self::Refused { code, .. } if code.as_str().is_empty() => "unknown",
            Self::Refused { code, .. } => code.as_str(),
            Self::NotTheApi { .. } => "not_the_api",
            Self::ServiceTrouble { .. } => "service_trouble",
            Self::RateLimited { .. } => "rate_limited",
            Self::Redirected { .. } => "redirected",
            Self::Network(NetworkProblem::Tls(_)) => "untrusted",
            Self::Network(NetworkProblem::Proxy(_)) => "proxy",
            Self::Network(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::Impossible(_) => "impossible",
        }
    }

    /// How long the service asks to wait before the next look.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. }
            | Self::ServiceTrouble { retry_after, .. }
            | Self::RateLimited { retry_after } => *retry_after,
            Self::NotTheApi { .. }
            | Self::Redirected { .. }
            | Self::Network(_)
            | Self::Timeout
            | Self::Impossible(_) => None,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Network(problem) => Self::Network(problem),
            Failure::Timeout => Self::Timeout,
            Failure::TooLarge { status } => Self::NotTheApi { status },
            Failure::Impossible(why) => Self::Impossible(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: &str, status: u16) -> Error {
        Error::Refused {
            code: Code::from(code),
            message: None,
            status,
            retry_after: None,
        }
    }

    #[test]
    fn trouble_of_theirs_may_pass_and_a_refusal_stays() {
        for (code, status, may_pass) in [
            ("unknown", 400, true),
            ("unexpected", 200, true),
            ("not_found", 500, false),
            ("bad_authtoken", 503, false),
            ("moon_phase", 400, false),
            ("moon_phase", 429, true),
            ("moon_phase", 499, false),
            ("moon_phase", 500, true),
            ("moon_phase", 503, true),
        ] {
            let error = refused(code, status);
            assert_eq!(error.may_pass(), may_pass, "{code} {status}");
        }
    }

    #[test]
    fn every_error_has_a_word_and_none_prints_what_the_service_said() {
        assert_eq!(refused("moon_phase", 400).code(), "moon_phase");
        assert_eq!(refused("", 400).code(), "unknown");
        let said = Error::Refused {
            code: Code::NotPermitted,
            message: Some("s3cret".to_owned()),
            status: 403,
            retry_after: None,
        };
        assert_eq!(said.to_string(), "the service refused: not_permitted");
    }
}
