//! An answer of the service, read to its end.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, DATE, HeaderMap},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use super::{problem::from_reqwest, wait};
use crate::{
    error::{Error, ErrorBody},
    network_problem::{NetworkProblem, ProxyProblem},
};

/// The largest answer that is read, in bytes: 100 connections with full prompts take far less.
const LARGEST: usize = 16 * 1024 * 1024;

/// The time by the service's clock, if an answer's headers tell it.
pub(super) fn service_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?.to_str().ok()?;
    rfc2822::parse(date).ok().map(|time| time.timestamp())
}

/// A status, headers and a whole body.
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// May hold a handoff code or a token, so it is wiped.
    body: Zeroizing<Vec<u8>>,
}

impl Answer {
    /// Reads an answer to its end.
    pub(crate) async fn receive(mut response: Response) -> Result<Self, Error> {
        let status = response.status();
        let headers = response.headers().clone();
        let length = response.content_length().unwrap_or(0);
        let mut body = Zeroizing::new(Vec::with_capacity(
            usize::try_from(length).unwrap_or(0).min(LARGEST),
        ));
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| from_reqwest(&error))?
        {
            if body.len() + chunk.len() > LARGEST {
                return Err(Error::NotTheApi {
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

    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// The answer itself if its status is one of success, else what it refuses.
    pub(crate) fn success(self) -> Result<Self, Error> {
        if self.status.is_success() {
            Ok(self)
        } else {
            Err(self.refusal())
        }
    }

    /// Reads the body. HTML, broken JSON and JSON of another shape are all one to a caller: this
    /// is not the API.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|_| self.not_the_api())
    }

    /// The time by the server's clock.
    pub(crate) fn server_time(&self) -> Option<Timestamp> {
        service_time(&self.headers)
    }

    /// How long the service asks to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        wait::retry_after(
            &self.headers,
            self.server_time().unwrap_or_else(Timestamp::now),
        )
    }

    /// Whether the same read may go better later (`kernel-api.md` 1.4).
    pub(crate) fn may_be_tried_again(&self) -> bool {
        match self
            .headers
            .get("x-should-retry")
            .map(reqwest::header::HeaderValue::as_bytes)
        {
            Some(b"true") => !self.status.is_success(),
            Some(b"false") => false,
            _ => matches!(self.status.as_u16(), 408 | 425 | 429 | 500..),
        }
    }

    /// What an answer that is no success means: first by its status, then by its code
    /// (`kernel-api.md` 11.2, 16).
    pub(crate) fn refusal(&self) -> Error {
        let json = serde_json::from_slice::<Value>(&self.body).ok();
        let body = self.error_body(json.as_ref());
        match self.status.as_u16() {
            400 if body.code.as_deref() == Some("stale_interaction") => {
                Error::StaleInteraction(body)
            }
            401 => Error::Unauthorised(body),
            403 => Error::Forbidden(body),
            // A page that isn't there is told by a web server, not by the API.
            404 if self.is_html() => self.not_the_api(),
            // Only a proxy says that.
            407 => Error::Network(NetworkProblem::Proxy(ProxyProblem::WantsLogin)),
            404 => Error::NotFound(body),
            409 => {
                let existing_id = json
                    .as_ref()
                    .and_then(|json| json.get("existing_id"))
                    .and_then(Value::as_str);
                Error::Conflict {
                    existing_id: existing_id.map(str::to_owned),
                    body,
                }
            }
            410 => Error::Gone(body),
            429 => Error::RateLimited {
                retry_after: self.retry_after(),
                body,
            },
            status @ 400.. => Error::Refused {
                status,
                retry_after: self.retry_after(),
                body,
            },
            _ => self.not_the_api(),
        }
    }

    /// What the service says: the members of an object, else the text as it is, else the name of
    /// the status (`kernel-api.md` 1.2).
    fn error_body(&self, json: Option<&Value>) -> ErrorBody {
        if let Some(object) = json.filter(|json| json.is_object()) {
            return ErrorBody::from_json(object);
        }
        let text = String::from_utf8_lossy(&self.body);
        let text = text.trim();
        if text.is_empty() || self.is_html() {
            return ErrorBody::from_text(self.status.canonical_reason().unwrap_or_default());
        }
        ErrorBody::from_text(json.and_then(Value::as_str).unwrap_or(text))
    }

    fn is_html(&self) -> bool {
        let content_type = self
            .headers
            .get(CONTENT_TYPE)
            .map(reqwest::header::HeaderValue::as_bytes);
        content_type.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(b"text/html"))
            || self.body.trim_ascii_start().starts_with(b"<")
    }

    pub(crate) fn not_the_api(&self) -> Error {
        Error::NotTheApi {
            status: self.status(),
        }
    }
}
