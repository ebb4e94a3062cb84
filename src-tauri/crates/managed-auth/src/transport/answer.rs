//! What an answer of Kernel's API means.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Response, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::{NetworkProblem, ProxyProblem};

use crate::error::{Error, ErrorBody};

/// The largest answer that is read, in bytes: 100 connections with full prompts take far less.
const LARGEST: usize = 16 * 1024 * 1024;

/// An answer, read to its end.
pub(crate) struct Answer(wire::Answer);

impl Answer {
    /// Reads an answer to its end.
    pub(crate) async fn receive(response: Response) -> Result<Self, Error> {
        Ok(Self(wire::Answer::receive(response, LARGEST).await?))
    }

    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.body().is_empty()
    }

    /// The answer itself if its status is one of success, else what it refuses.
    pub(crate) fn success(self) -> Result<Self, Error> {
        if self.0.status().is_success() {
            Ok(self)
        } else {
            Err(self.refusal())
        }
    }

    /// Reads the body. HTML, broken JSON and JSON of another shape are all one to a caller: this
    /// is not the API.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(self.0.body()).map_err(|_| self.not_the_api())
    }

    /// The time by the server's clock.
    pub(crate) fn server_time(&self) -> Option<Timestamp> {
        self.0.service_time()
    }

    /// How long the service asks to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after()
    }

    /// Whether the same read may go better later (`kernel-api.md` 1.4).
    pub(crate) fn may_be_tried_again(&self) -> bool {
        match self
            .headers()
            .get("x-should-retry")
            .map(reqwest::header::HeaderValue::as_bytes)
        {
            Some(b"true") => !self.0.status().is_success(),
            Some(b"false") => false,
            _ => matches!(self.status(), 408 | 425 | 429 | 500..),
        }
    }

    /// What an answer that is no success means: first by its status, then by its code
    /// (`kernel-api.md` 11.2, 16).
    pub(crate) fn refusal(&self) -> Error {
        let json = serde_json::from_slice::<Value>(self.0.body()).ok();
        let body = self.error_body(json.as_ref());
        match self.status() {
            400 if body.code.as_deref() == Some("stale_interaction") => {
                Error::StaleInteraction(body)
            }
            401 => Error::Unauthorised(body),
            403 => Error::Forbidden(body),
            // A page that isn't there is told by a web server, not by the API.
            404 if self.0.is_html() => self.not_the_api(),
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
        let text = String::from_utf8_lossy(self.0.body());
        let text = text.trim();
        if text.is_empty() || self.0.is_html() {
            return ErrorBody::from_text(self.0.status().canonical_reason().unwrap_or_default());
        }
        ErrorBody::from_text(json.and_then(Value::as_str).unwrap_or(text))
    }

    pub(crate) fn not_the_api(&self) -> Error {
        Error::NotTheApi {
            status: self.status(),
        }
    }
}
