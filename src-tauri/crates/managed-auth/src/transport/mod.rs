//! How requests travel: once or with retries, within time limits, and never elsewhere.

mod answer;

use std::time::Duration;

use reqwest::{
    Method, RequestBuilder, Response,
    header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde::Serialize;
use tokio::time::{sleep, timeout};
use wire::{ApiBase, Begun, NetworkProblem, ProxyProblem, SecretBytes, Way};

pub(crate) use answer::Answer;

use crate::{access::Access, error::Error, path, settings::Settings};

/// How often a read is tried (`kernel-api.md` 1.4).
const TRIES: u32 = 3;

/// The way to one API, for one credential or for none.
#[derive(Clone)]
pub(crate) struct Transport {
    way: Way,
    settings: Settings,
    authorization: Option<HeaderValue>,
    project: Option<HeaderValue>,
}

impl Transport {
    pub(crate) fn new(
        api: ApiBase,
        access: Option<&Access>,
        settings: Settings,
    ) -> Result<Self, Error> {
        let way = Way::new(
            api,
            settings.connect_timeout,
            &settings.proxy,
            settings.journal.clone(),
        )?;
        let authorization = access.map(bearer).transpose()?;
        // A guest's token is for one connection, wherever that is.
        let account = access.filter(|access| !access.is_guest());
        let project = account
            .and(settings.project.as_deref())
            .map(project)
            .transpose()?;
        Ok(Self {
            way,
            settings,
            authorization,
            project,
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads something, and tries again if that can help (`kernel-api.md` 1.4).
    pub(crate) async fn read(
        &self,
        path: &str,
        query: &(impl Serialize + ?Sized),
    ) -> Result<Answer, Error> {
        let what = path::name(&Method::GET, path);
        let mut wait = self.settings.first_retry_wait;
        for _ in 1..TRIES {
            let attempt = self
                .send(what, self.request(Method::GET, path).query(query))
                .await;
            let Some(pause) = self.pause_before_retry(&attempt, wait) else {
                return attempt?.success();
            };
            sleep(pause).await;
            wait *= 2;
        }
        self.send(what, self.request(Method::GET, path).query(query))
            .await?
            .success()
    }

    /// Does something, once. Nothing that has an effect is ever sent twice, because whether it
    /// would have its effect twice is not known (`kernel-api.md` 16, 16).
    pub(crate) async fn act(
        &self,
        method: Method,
        path: &str,
        body: Option<SecretBytes>,
    ) -> Result<Answer, Error> {
        let what = path::name(&method, path);
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.into_bytes());
        }
        self.send(what, request).await?.success()
    }

    /// Opens an event stream: gives the answer as soon as its headers are there, whatever its
    /// status.
    pub(crate) async fn open(&self, path: &str) -> Result<Response, Error> {
        let begun = Begun::now(path::name(&Method::GET, path));
        let request = self
            .bare_request(Method::GET, path)
            .header(ACCEPT, "text/event-stream")
            .header(CACHE_CONTROL, "no-cache");
        let sent = timeout(self.settings.stream_headers_timeout, request.send()).await;
        let outcome = match sent {
            Ok(answer) => answer.map_err(|error| self.way.explained(&error).into()),
            Err(_) => Err(Error::Timeout),
        };
        let answered = outcome
            .as_ref()
            .map(|response| (response.status().as_u16(), response.headers()));
        self.note(&begun, answered);
        outcome
    }

    /// Why an answer to [`Self::open`] is not a stream.
    pub(crate) async fn refusal(&self, response: Response) -> Error {
        match timeout(self.settings.request_timeout, Answer::receive(response)).await {
            Ok(Ok(answer)) => answer.refusal(),
            Ok(Err(error)) => error,
            Err(_) => Error::Timeout,
        }
    }

    async fn send(&self, what: &'static str, request: RequestBuilder) -> Result<Answer, Error> {
        let begun = Begun::now(what);
        let outcome = match request.send().await {
            Ok(response) => Answer::receive(response).await,
            Err(error) => Err(self.way.explained(&error).into()),
        };
        let answered = outcome
            .as_ref()
            .map(|answer| (answer.status(), answer.headers()));
        self.note(&begun, answered);
        outcome
    }

    fn note(&self, begun: &Begun, answered: Result<(u16, &HeaderMap), &Error>) {
        self.way.note(begun, answered.map_err(|error| error as _));
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        // The SDK accepts anything from a DELETE (`kernel-api.md` 1.1).
        let accept = if method == Method::DELETE {
            "*/*"
        } else {
            "application/json"
        };
        self.bare_request(method, path)
            .header(ACCEPT, accept)
            .timeout(self.settings.request_timeout)
    }

    fn bare_request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.way.request(method, path);
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        if let Some(project) = &self.project {
            request = request.header("x-kernel-project-id", project.clone());
        }
        request
    }

    /// How long to wait before a read is tried again, or `None` if it should not be.
    fn pause_before_retry(
        &self,
        attempt: &Result<Answer, Error>,
        wait: Duration,
    ) -> Option<Duration> {
        match attempt {
            Ok(answer) if answer.may_be_tried_again() => {
                let asked = answer.retry_after().unwrap_or_default();
                (asked <= self.settings.longest_retry_after).then(|| wait.max(asked))
            }
            // A certificate that was refused will be refused again, and a proxy asks once more.
            Err(Error::Network(
                NetworkProblem::Tls(_) | NetworkProblem::Proxy(ProxyProblem::WantsLogin),
            ))
            | Ok(_) => None,
            Err(Error::Network(_)) => Some(wait),
            // A person has waited long enough already.
            Err(_) => None,
        }
    }
}

fn bearer(access: &Access) -> Result<HeaderValue, Error> {
    SecretBytes::bearer(access.token())
        .into_header()
        .ok_or(Error::Impossible(
            "the credential contains characters that can't be sent",
        ))
}

fn project(id: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(id)
        .map_err(|_| Error::Impossible("the project's id contains characters that can't be sent"))
}
