//! Where the API is.

use std::{fmt, str::FromStr};

use thiserror::Error;
use url::{Host, Url};

/// The address under which the API's paths begin, e.g. `https://api.onkernel.com`.
///
/// It is `https`, or `http` on this machine, and carries no credentials, query or fragment. So
/// it may be shown, and a token sent there can't be read on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiBase {
    /// Without a slash at its end.
    text: String,
    loopback: bool,
}

/// Why an address can't be the API's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ApiBaseError {
    /// It can't be read as an address.
    #[error("this is not a web address")]
    NotAUrl,
    /// Neither `https` nor `http`.
    #[error("the address has to begin with https://")]
    Scheme,
    /// `http` to another machine, where everybody on the way could read the key.
    #[error("the address has to begin with https:// unless it is on this machine")]
    Insecure,
    /// A user name or a password.
    #[error("the address must not contain a user name or a password")]
    Credentials,
    /// A query or a fragment.
    #[error("the address must not contain a question mark or a number sign")]
    Tail,
}

impl ApiBase {
    /// Reads an address as a person may have typed it.
    pub fn parse(text: &str) -> Result<Self, ApiBaseError> {
        let url = Url::parse(text.trim()).map_err(|_| ApiBaseError::NotAUrl)?;
        let loopback = is_loopback(&url.host().ok_or(ApiBaseError::NotAUrl)?);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(ApiBaseError::Insecure),
            _ => return Err(ApiBaseError::Scheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ApiBaseError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ApiBaseError::Tail);
        }
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            loopback,
        })
    }

    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, for a person to judge.
    #[must_use]
    pub fn host(&self) -> String {
        let url = Url::parse(&self.text).ok();
        url.and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Whether the address is on this machine: 127.0.0.0/8, `[::1]` or `localhost`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

impl FromStr for ApiBase {
    type Err = ApiBaseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for ApiBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
