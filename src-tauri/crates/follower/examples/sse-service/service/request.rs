//! The request for a stream, and what its answer means.

use std::time::Duration;

use futures_util::future::BoxFuture;
use managed_auth::{Error, ErrorBody, NetworkProblem, Settings};
use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode, Url,
    header::{
        ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
    },
    redirect::Policy,
};
use tokio::time::timeout;

use super::protocol::CreateStream;

/// The request that is sent whenever the stream is opened.
pub(super) struct StreamRequest {
    http: Client,
    url: Url,
    method: Method,
    headers: HeaderMap,
    body: Option<String>,
    /// Sent as `Last-Event-ID`, if there is one.
    pub(super) last_event_id: String,
    /// How long the stream may be silent, if the caller wants less than the rules do.
    pub(super) read_timeout: Option<Duration>,
}

/// What came of the request.
pub(super) enum Opened {
    Stream(Response),
    /// 204.
    Nothing,
}

impl StreamRequest {
    /// The request that is wished for, or what is wrong with the wish.
    pub(super) fn new(wanted: &CreateStream) -> Result<Self, &'static str> {
        let method = match wanted.method.as_deref() {
            None | Some("GET") => Method::GET,
            Some("POST") => Method::POST,
            Some("REPORT") => Method::from_bytes(b"REPORT").map_err(|_| "not a method")?,
            Some(_) => return Err("the method is neither GET nor POST nor REPORT"),
        };
        let http = Client::builder()
            .connect_timeout(Settings::default().connect_timeout)
            // As Usher does towards Kernel: a redirect would carry the token elsewhere, and what
            // is tried again is decided by the rules.
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()
            .map_err(|_| "no client can be made")?;
        Ok(Self {
            http,
            url: Url::parse(&wanted.stream_url).map_err(|_| "the stream's address is none")?,
            method,
            headers: headers(wanted)?,
            body: wanted.body.clone(),
            last_event_id: wanted.last_event_id.clone().unwrap_or_default(),
            read_timeout: wanted.read_timeout_ms.map(Duration::from_millis),
        })
    }

    /// Sends it, and says what the answer means in the words of `managed-auth`.
    pub(super) fn open(&self) -> BoxFuture<'static, Result<Opened, Error>> {
        let request = self.build();
        Box::pin(async move {
            let longest = Settings::default().stream_headers_timeout;
            let response = timeout(longest, request.send())
                .await
                .map_err(|_| Error::Timeout)?
                .map_err(|error| broken(&error))?;
            match response.status() {
                StatusCode::OK if is_event_stream(&response) => Ok(Opened::Stream(response)),
                StatusCode::NO_CONTENT => Ok(Opened::Nothing),
                _ => Err(refusal(&response)),
            }
        })
    }

    fn build(&self) -> RequestBuilder {
        let mut headers = self.headers.clone();
        // An id that can't stand in a header is one that the server did not mean to have back.
        if !self.last_event_id.is_empty()
            && let Ok(id) = HeaderValue::from_bytes(self.last_event_id.as_bytes())
        {
            headers.insert("last-event-id", id);
        }
        let request = self
            .http
            .request(self.method.clone(), self.url.clone())
            .headers(headers);
        match &self.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }
}

fn headers(wanted: &CreateStream) -> Result<HeaderMap, &'static str> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if wanted.body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    }
    for (name, value) in wanted.headers.iter().flatten() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "not a header's name")?;
        let value = HeaderValue::from_str(value).map_err(|_| "not a header's value")?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// What a break is, as far as the rules make a difference.
pub(super) fn broken(error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        Error::Timeout
    } else if error.is_connect() {
        Error::Network(NetworkProblem::Connect)
    } else {
        Error::Network(NetworkProblem::Broken)
    }
}

fn is_event_stream(response: &Response) -> bool {
    let value = response.headers().get(CONTENT_TYPE);
    let essence = value
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("text/event-stream"))
}

fn refusal(response: &Response) -> Error {
    let body = ErrorBody::default();
    let seconds = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let retry_after = seconds.map(Duration::from_secs);
    match response.status().as_u16() {
        401 => Error::Unauthorised(body),
        403 => Error::Forbidden(body),
        404 => Error::NotFound(body),
        410 => Error::Gone(body),
        429 => Error::RateLimited { retry_after, body },
        status @ 400.. => Error::Refused {
            status,
            retry_after,
            body,
        },
        status => Error::NotTheApi { status },
    }
}
