//! Which way leads out to the service.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use url::Url;

/// Which way leads out to the service. A service on this computer is always spoken to directly.
#[derive(Clone, Debug, Default)]
pub enum Proxy {
    /// What the environment variables or the system's settings say when a client is made.
    #[default]
    System,
    /// No proxy.
    Direct,
    /// This one.
    Through(ProxyAddress),
}

/// The address of a proxy. It may hold a user name and a password, so it prints its host alone.
#[derive(Clone)]
pub struct ProxyAddress {
    address: SecretString,
    host: String,
}

/// Why an address can't be a proxy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProxyAddressError {
    /// It can't be read as an address with a host.
    #[error("this is not the address of a proxy")]
    NotAnAddress,
    /// It is spoken to in a way that is not known here.
    #[error("this kind of proxy is not known")]
    Scheme,
}

impl ProxyAddress {
    /// Reads an address as a system's settings write it, e.g. `http://proxy.example:3128`.
    ///
    /// `socks` is the fifth version of that protocol, as desktops mean it.
    pub fn parse(text: &str) -> Result<Self, ProxyAddressError> {
        let text = match text.trim().strip_prefix("socks://") {
            Some(rest) => format!("socks5://{rest}"),
            None => text.trim().to_owned(),
        };
        let url = Url::parse(&text).map_err(|_| ProxyAddressError::NotAnAddress)?;
        if !matches!(
            url.scheme(),
            "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h"
        ) {
            return Err(ProxyAddressError::Scheme);
        }
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(ProxyAddressError::NotAnAddress)?;
        Ok(Self {
            host: host.to_owned(),
            address: SecretString::from(text),
        })
    }

    /// The proxy's host.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn to_reqwest(&self) -> Option<reqwest::Proxy> {
        reqwest::Proxy::all(self.address.expose_secret()).ok()
    }
}

impl fmt::Debug for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProxyAddress").field(&self.host).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_systems_settings_are_read() {
        for (text, host) in [
            ("http://proxy.example:3128", "proxy.example"),
            ("http://ada:secret@proxy.example:3128/", "proxy.example"),
            ("socks://127.0.0.1:1080", "127.0.0.1"),
            ("socks5://[::1]:1080", "[::1]"),
        ] {
            let address = ProxyAddress::parse(text).expect(text);
            assert_eq!(address.host(), host);
            assert!(address.to_reqwest().is_some(), "{text}");
        }
        for (text, problem) in [
            ("", ProxyAddressError::NotAnAddress),
            ("proxy.example", ProxyAddressError::NotAnAddress),
            ("direct://", ProxyAddressError::Scheme),
            ("file:///etc/passwd", ProxyAddressError::Scheme),
        ] {
            assert_eq!(ProxyAddress::parse(text).err(), Some(problem), "{text}");
        }
    }

    #[test]
    fn an_address_prints_no_password() {
        let address = ProxyAddress::parse("http://ada:s3cr3t@proxy.example:1").expect("an address");
        let text = format!("{:?}", Proxy::Through(address));
        assert!(
            !text.contains("s3cr3t") && !text.contains("ada") && text.contains("proxy.example"),
            "{text}"
        );
    }
}
