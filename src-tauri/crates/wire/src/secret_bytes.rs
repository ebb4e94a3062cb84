//! Bytes that are wiped when nobody needs them any more.

use bytes::Bytes;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// A request body or header that may contain a secret.
///
/// It is handed to the HTTP library without a copy, and wiped when that drops it. Copies that
/// the library and the TLS layer make in their own buffers are out of reach.
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Writes a value as JSON. `capacity` is how long the text may become: a buffer that has to
    /// grow leaves an unwiped copy behind.
    pub fn json(value: &impl Serialize, capacity: usize) -> Result<Self, Failure> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
        serde_json::to_writer(&mut *bytes, value)
            .map_err(|_| Failure::Impossible("the request can't be written as JSON"))?;
        Ok(Self(bytes))
    }

    /// The value of an `Authorization` header.
    #[must_use]
    pub fn bearer(token: &SecretString) -> Self {
        let token = token.expose_secret().as_bytes();
        let mut bytes = Zeroizing::new(Vec::with_capacity("Bearer ".len() + token.len()));
        bytes.extend_from_slice(b"Bearer ");
        bytes.extend_from_slice(token);
        Self(bytes)
    }

    /// The value of a header that takes a bare token.
    #[must_use]
    pub fn bare(token: &SecretString) -> Self {
        Self(Zeroizing::new(token.expose_secret().as_bytes().to_vec()))
    }

    /// For a request's body.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self.0)
    }

    /// As a header that debug output leaves out and compression doesn't index, or `None` if it
    /// can't be one.
    #[must_use]
    pub fn into_header(self) -> Option<HeaderValue> {
        let mut header = HeaderValue::from_maybe_shared(self.into_bytes()).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

/// The most bytes that a text takes in JSON: a control character takes six, and there are two
/// quotes, a colon and a comma around it.
#[must_use]
pub fn json_length(text: &str) -> usize {
    text.len() * 6 + 4
}
