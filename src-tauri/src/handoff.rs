//! The links of a running flow that can be sent to somebody.

use login_flow::Text;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// The links of one flow. Each works once, for whoever has it.
#[derive(Clone, Debug, Default)]
pub struct Handoff {
    /// What a guest exchanges for access.
    pub code: Option<SecretString>,
    /// Kernel's own page.
    pub hosted_url: Option<SecretString>,
    /// Whether this login was started here.
    pub ours: bool,
}

/// What stands in a link as it is; everything else is encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The key of a hosted page's address that holds the handoff code (`kernel-api.md` 9).
const CODE: &str = "code";

/// Stands for what is not shown.
const MASK: &str = "••••";

impl Handoff {
    /// The links of a flow that somebody else started, as far as its hosted page tells.
    #[must_use]
    pub fn seen(hosted_url: Option<SecretString>) -> Self {
        let code = hosted_url.as_ref().and_then(code_in);
        Self {
            code,
            hosted_url,
            ours: false,
        }
    }

    /// The link that opens the login in Usher.
    #[must_use]
    pub fn usher_link(&self, connection_id: &str, environment: &str) -> Option<SecretString> {
        let code = self.code.as_ref()?;
        let plain = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
        Some(SecretString::from(format!(
            "usher://login/{}?code={}&env={}",
            plain(connection_id),
            plain(code.expose_secret()),
            plain(environment)
        )))
    }

    /// The address of the hosted page, which comes back to Usher by a link that holds `state`
    /// (`kernel-api.md` 10).
    #[must_use]
    pub fn hosted_link(&self, connection_id: &str, state: &SecretString) -> Option<SecretString> {
        let mut url = Url::parse(self.hosted_url.as_ref()?.expose_secret()).ok()?;
        let back = format!(
            "usher://return/{}?state={}",
            utf8_percent_encode(connection_id, PLAIN),
            state.expose_secret()
        );
        url.query_pairs_mut()
            .append_pair("success_url", &back)
            .append_pair("error_url", &back);
        Some(SecretString::from(String::from(url)))
    }

    /// The address of the hosted page for a person to see. Everything that may be a secret is
    /// masked: what follows `?`, and the last part of the path unless it is the connection's id
    /// (both forms have been seen, `kernel-api.md` 9).
    #[must_use]
    pub fn hosted_page(&self, connection_id: &str) -> Option<Text> {
        let url = Url::parse(self.hosted_url.as_ref()?.expose_secret()).ok()?;
        let origin = url.origin().ascii_serialization();
        let (folder, last) = url.path().rsplit_once('/').unwrap_or_default();
        let last = if last == connection_id || last.is_empty() {
            last
        } else {
            MASK
        };
        let query = if url.query().is_some() {
            format!("?{MASK}")
        } else {
            String::new()
        };
        Text::bounded(&format!("{origin}{folder}/{last}{query}"), 300)
    }
}

fn code_in(hosted_url: &SecretString) -> Option<SecretString> {
    let url = Url::parse(hosted_url.expose_secret()).ok()?;
    url.query_pairs()
        .find(|(key, value)| key == CODE && !value.is_empty())
        .map(|(_, value)| SecretString::from(value.into_owned()))
}

/// A secret that nobody can guess: 128 bits in hexadecimal digits. `None` if the system has no
/// randomness to give.
#[must_use]
pub fn nonce() -> Option<SecretString> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(SecretString::from(format!(
        "{:032x}",
        u128::from_be_bytes(bytes)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Link;

    fn handoff() -> Handoff {
        Handoff::seen(Some(SecretString::from(
            "https://auth.kernel.com/login/ma_1?code=aB%2Bc-1&x=y",
        )))
    }

    #[test]
    fn the_usher_link_is_one_that_usher_reads() {
        let link = handoff().usher_link("ma_1", "kernel").expect("a link");
        let Ok(Link::Login(invitation)) = Link::parse(link.expose_secret()) else {
            panic!("no invitation");
        };
        assert_eq!(invitation.connection_id, "ma_1");
        assert_eq!(invitation.environment, "kernel");
        assert_eq!(invitation.code.expose_secret(), "aB+c-1");
    }

    #[test]
    fn the_hosted_link_keeps_what_it_has_and_comes_back() {
        let state = nonce().expect("randomness");
        let link = handoff().hosted_link("ma_1", &state).expect("a link");
        let url = Url::parse(link.expose_secret()).expect("an address");
        let pairs: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs["code"], "aB+c-1");
        assert_eq!(pairs["x"], "y");
        for key in ["success_url", "error_url"] {
            let Ok(Link::Return {
                connection_id,
                state: read,
            }) = Link::parse(&pairs[key])
            else {
                panic!("{key} is no way back");
            };
            assert_eq!(connection_id, "ma_1");
            assert_eq!(read.expose_secret(), state.expose_secret());
        }
    }

    #[test]
    fn what_is_shown_of_the_hosted_page_holds_no_code() {
        let shown = |id| handoff().hosted_page(id).expect("an address").to_string();
        assert_eq!(shown("ma_1"), "https://auth.kernel.com/login/ma_1?••••");
        assert_eq!(shown("ma_2"), "https://auth.kernel.com/login/••••?••••");
    }

    #[test]
    fn no_two_nonces_are_alike() {
        let one = nonce().expect("randomness");
        let other = nonce().expect("randomness");
        assert_eq!(one.expose_secret().len(), 32);
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
