//! Which addresses may be opened without asking.

use std::fmt;

use thiserror::Error;
use url::{Host, Url};

/// An origin, whose host may begin with `*.` for any subdomain (not the domain itself).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginPattern {
    scheme: String,
    host: HostPattern,
    port: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum HostPattern {
    Exactly(String),
    BelowDomain(String),
}

impl fmt::Display for OriginPattern {
    /// As a content security policy writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = match &self.host {
            HostPattern::Exactly(host) => host.clone(),
            HostPattern::BelowDomain(domain) => format!("*{domain}"),
        };
        write!(f, "{}://{host}", self.scheme)?;
        match (self.scheme.as_str(), self.port) {
            ("https", 443) | ("http", 80) => Ok(()),
            (_, port) => write!(f, ":{port}"),
        }
    }
}

/// Why a text is no origin.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "“{0}” is no origin; write for example https://*.onkernel.com or https://view.example:8443"
)]
pub struct OriginError(String);

impl OriginPattern {
    /// Reads an origin: https, or http on this computer; a host; perhaps a port; nothing else.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let wrong = || OriginError(text.to_owned());
        let (plain, is_wildcard) = match text.split_once("://*.") {
            Some((scheme, rest)) => (format!("{scheme}://{rest}"), true),
            None => (text.to_owned(), false),
        };
        let url = openable(&plain).ok_or_else(wrong)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let host = url
            .host_str()
            .filter(|_| bare)
            .ok_or_else(wrong)?
            .to_owned();
        let host = if is_wildcard {
            HostPattern::BelowDomain(format!(".{host}"))
        } else {
            HostPattern::Exactly(host)
        };
        let port = url.port_or_known_default().ok_or_else(wrong)?;
        Ok(Self {
            scheme: url.scheme().to_owned(),
            host,
            port,
        })
    }

    /// Whether an address is at this origin.
    #[must_use]
    pub fn covers(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else {
            return false;
        };
        let same_host = match &self.host {
            HostPattern::Exactly(exact) => host == exact,
            HostPattern::BelowDomain(domain) => {
                host.len() > domain.len() && host.ends_with(domain.as_str())
            }
        };
        same_host && url.scheme() == self.scheme && url.port_or_known_default() == Some(self.port)
    }
}

/// An address that may be opened at all: https, or http on this computer, with a host and without
/// a user name or password in it.
#[must_use]
pub fn openable(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let here = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    (safe && url.username().is_empty() && url.password().is_none()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(pattern: &str, address: &str) -> bool {
        let pattern = OriginPattern::parse(pattern).expect("an origin");
        openable(address).is_some_and(|url| pattern.covers(&url))
    }

    #[test]
    fn subdomains_are_covered_and_look_alikes_are_not() {
        assert!(covers(
            "https://*.onkernel.com",
            "https://live.onkernel.com/x"
        ));
        assert!(covers(
            "https://*.onkernel.com",
            "https://a.b.onkernel.com/x"
        ));
        assert!(covers(
            "https://*.onkernel.com:8443",
            "https://x.onkernel.com:8443/"
        ));
        for address in [
            "https://onkernel.com/",
            "https://evilonkernel.com/",
            "https://live.onkernel.com.evil.example/",
            "http://live.onkernel.com/",
            "https://live.onkernel.com:8443/",
            "https://live.onkernel.com@evil.example/",
            "https://user:pw@live.onkernel.com/",
        ] {
            assert!(!covers("https://*.onkernel.com", address), "{address}");
        }
    }

    #[test]
    fn only_https_and_this_computer_can_be_opened() {
        for address in [
            "https://a.example/x?y",
            "http://127.0.0.1:80/",
            "http://[::1]:1/",
            "http://localhost:1/",
        ] {
            assert!(openable(address).is_some(), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://a.example/",
            "data:text/html,x",
            "ftp://a.example/",
            "usher://login/x",
            "http://127.0.0.1.evil.example/",
            "",
        ] {
            assert!(openable(address).is_none(), "{address}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in [
            "onkernel.com",
            "https://a.example/path",
            "https://",
            "https://a.example?x",
            "*.a.example",
            "http://a.example",
        ] {
            assert!(OriginPattern::parse(text).is_err(), "{text}");
        }
    }
}
