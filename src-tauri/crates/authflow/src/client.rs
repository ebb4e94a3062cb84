//! One call: fetch an authflow.

use std::{fmt, time::Duration};

use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, HeaderName, HeaderValue},
};
use secrecy::SecretString;
use thiserror::Error;
use wire::{Answer, ApiBase, Begun, Failure, Journal, Proxy, SecretBytes, Way};

use crate::{envelope, error::Error, id::AuthflowId, summary::Summary};

/// The largest answer that is read, in bytes. One authflow takes a few hundred.
const LARGEST: usize = 1024 * 1024;

/// How the token is sent. Which way the service wants is not documented (`authflow-api.md` 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TokenHeader {
    /// `Authorization: Bearer <token>`, as the vendor's later product has it.
    #[default]
    Bearer,
    /// The bare token in a header of this name.
    Named(HeaderName),
}

/// Why a text does not say how a token is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is neither “Bearer” nor the name of a header")]
pub struct TokenHeaderError;

impl TokenHeader {
    /// Reads `Bearer`, or the name of a header such as `X-Api-Key`.
    pub fn parse(text: &str) -> Result<Self, TokenHeaderError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("bearer") {
            return Ok(Self::Bearer);
        }
        let name = HeaderName::try_from(text).map_err(|_| TokenHeaderError)?;
        // The way of a request is not a token's to change.
        let is_of_the_way = [
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "accept",
        ];
        if is_of_the_way.contains(&name.as_str()) {
            return Err(TokenHeaderError);
        }
        Ok(Self::Named(name))
    }
}

/// How patient a client is, and which way it goes.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long reaching the service may take: 5 s.
    pub connect_timeout: Duration,
    /// How long the whole request may take: 20 s.
    pub request_timeout: Duration,
    /// How the token is sent.
    pub token_header: TokenHeader,
    /// Which way leads out to the service.
    pub proxy: Proxy,
    /// Where each try is noted.
    pub journal: Journal,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(20),
            token_header: TokenHeader::default(),
            proxy: Proxy::default(),
            journal: Journal::default(),
        }
    }
}

/// A client of one service with one token. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    way: Way,
    request_timeout: Duration,
    header: (HeaderName, HeaderValue),
}

impl Client {
    /// A client of the service at this address.
    pub fn new(api: ApiBase, token: &SecretString, settings: Settings) -> Result<Self, Error> {
        let (name, value) = match settings.token_header {
            TokenHeader::Bearer => (AUTHORIZATION, SecretBytes::bearer(token)),
            TokenHeader::Named(name) => (name, SecretBytes::bare(token)),
        };
        let value = value.into_header().ok_or(Error::Impossible(
            "the token contains characters that can't be sent",
        ))?;
        let way = Way::new(
            api,
            settings.connect_timeout,
            &settings.proxy,
            settings.journal,
        )?;
        Ok(Self {
            way,
            request_timeout: settings.request_timeout,
            header: (name, value),
        })
    }

    /// Reads an authflow, once. It has no effect, so it may be read again at any time.
    pub async fn fetch(&self, id: &AuthflowId) -> Result<Summary, Error> {
        let begun = Begun::now("authflow");
        let (name, value) = self.header.clone();
        // An id is letters and digits alone, so it stays in its place.
        let request = self
            .way
            .request(Method::GET, &format!("/api/v1/authflow/{id}"))
            .header(ACCEPT, "application/json")
            .header(name, value)
            .timeout(self.request_timeout);
        let outcome = match request.send().await {
            Ok(response) => Answer::receive(response, LARGEST).await,
            Err(error) => Err(self.way.explained(&error)),
        };
        let answered = outcome.as_ref();
        self.way.note(
            &begun,
            answered
                .map(|answer| (answer.status().as_u16(), answer.headers()))
                .map_err(|failure: &Failure| failure as _),
        );
        let answer = outcome?;
        envelope::read(
            answer.status().as_u16(),
            answer.body(),
            answer.retry_after(),
        )
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_token_is_sent_is_read() {
        assert_eq!(TokenHeader::parse("Bearer"), Ok(TokenHeader::Bearer));
        let named = TokenHeader::parse(" X-Api-Key ");
        let expected = HeaderName::from_static("x-api-key");
        assert_eq!(named, Ok(TokenHeader::Named(expected)));
        for text in ["", "two words", "a: b", "Host", "Transfer-Encoding"] {
            assert_eq!(TokenHeader::parse(text), Err(TokenHeaderError), "{text:?}");
        }
    }
}
