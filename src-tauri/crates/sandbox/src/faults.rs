//! Faults that a test asks for, per connection: the small set that exists so far.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use crate::calls::Call;

/// The body of `POST /sandbox/connections/{id}/faults`. Each call replaces all faults, so `{}`
/// takes them away.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Faults {
    /// Every answer of the API is an HTML page: `true` with status 502, or the status given.
    html: Option<Page>,
    get: Option<Fault>,
    login: Option<Fault>,
    submit: Option<Fault>,
    events: Option<Fault>,
    exchange: Option<Fault>,
    timeline: Option<Fault>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Page {
    Flag(bool),
    Status(u16),
}

/// What goes wrong with one call.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Fault {
    Stream(Stream),
    Answer(Answer),
}

/// What goes wrong with an event stream that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stream {
    /// Bytes that are no event stream, then the end.
    Garbage,
    /// The end, without a terminal state.
    Drop,
    /// An `error` event, after which it goes on; the contract's open question 8.
    Error,
    /// An `error` event, then the end.
    ErrorEnd,
}

/// An error instead of the answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    status: u16,
    /// How often; without it, always.
    times: Option<u32>,
    /// Seconds, for the header `Retry-After`.
    retry_after: Option<u32>,
}

impl Faults {
    /// The answer that a fault gives in place of the right one, if one is due.
    pub(crate) fn strike(&mut self, call: Call) -> Option<Response> {
        if let Some(page) = &self.html {
            let status = match page {
                Page::Flag(false) => return None,
                Page::Flag(true) => StatusCode::BAD_GATEWAY,
                Page::Status(status) => status_of(*status),
            };
            let html = "<!doctype html><title>Gateway</title><h1>This is not the API</h1>";
            return Some((status, Html(html)).into_response());
        }
        let Fault::Answer(answer) = self.of_mut(call)? else {
            return None;
        };
        match &mut answer.times {
            Some(0) => return None,
            Some(times) => *times -= 1,
            None => {}
        }
        Some(answer.response())
    }

    fn of_mut(&mut self, call: Call) -> Option<&mut Fault> {
        match call {
            Call::Get => self.get.as_mut(),
            Call::Login => self.login.as_mut(),
            Call::Submit => self.submit.as_mut(),
            Call::Events => self.events.as_mut(),
            Call::Exchange => self.exchange.as_mut(),
            Call::Timeline => self.timeline.as_mut(),
            Call::Patch | Call::Delete => None,
        }
    }

    /// What an event stream does wrong from the start; only once.
    pub(crate) fn take_stream(&mut self) -> Option<Stream> {
        let stream = self.stream()?;
        self.events = None;
        Some(stream)
    }

    /// What the event streams are to do wrong.
    pub(crate) fn stream(&self) -> Option<Stream> {
        match self.events.as_ref()? {
            Fault::Stream(stream) => Some(*stream),
            Fault::Answer(_) => None,
        }
    }
}

impl Answer {
    fn response(&self) -> Response {
        let body = json!({"code": "fault", "message": "A fault that was asked for"});
        let mut response = (status_of(self.status), Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

fn status_of(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
