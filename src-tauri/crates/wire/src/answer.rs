//! An answer, read to its end.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, DATE, HeaderMap, HeaderValue},
};
use zeroize::Zeroizing;

use crate::{failure::Failure, problem::from_reqwest, retry_after::retry_after};

/// A status, headers and a whole body.
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// May hold a secret, so it is wiped.
    body: Zeroizing<Vec<u8>>,
}

impl Answer {
    /// Reads an answer to its end, if its body has at most `largest` bytes.
    pub async fn receive(mut response: Response, largest: usize) -> Result<Self, Failure> {
        let status = response.status();
        let headers = response.headers().clone();
        let length = response.content_length().unwrap_or(0);
        let mut body = Zeroizing::new(Vec::with_capacity(
            usize::try_from(length).unwrap_or(0).min(largest),
        ));
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| from_reqwest(&error))?
        {
            if body.len() + chunk.len() > largest {
                return Err(Failure::TooLarge {
                    status: status.as_u16(),
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self {
            status,
            headers,
            body,
        })
    }

    /// Its HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Its headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The time by the service's clock, if it tells.
    #[must_use]
    pub fn service_time(&self) -> Option<Timestamp> {
        service_time(&self.headers)
    }

    /// How long the service asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let now = self.service_time().unwrap_or_else(Timestamp::now);
        retry_after(&self.headers, now)
    }

    /// Whether it is a page for people. Services answer in JSON; pages come from web servers and
    /// proxies on the way.
    #[must_use]
    pub fn is_html(&self) -> bool {
        let kind = self.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
        kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(b"text/html"))
            || self.body.trim_ascii_start().starts_with(b"<")
    }
}

/// The time by the service's clock, if an answer's headers tell it.
pub(crate) fn service_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?.to_str().ok()?;
    rfc2822::parse(date).ok().map(|time| time.timestamp())
}
