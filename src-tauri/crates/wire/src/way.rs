//! The way to one service, and the note of what was tried on it.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use reqwest::{Method, RequestBuilder, header::HeaderMap, redirect::Policy};

use crate::{
    answer::service_time,
    api_base::ApiBase,
    failure::Failure,
    journal::{Call, Journal, Outcome, RequestId},
    problem::{clock_ahead, from_building, from_reqwest, with_circumstances},
    proxy::Proxy,
};

const USER_AGENT: &str = concat!("Usher/", env!("CARGO_PKG_VERSION"));

/// How long a connection that is not used is kept. Less than the shortest silence after which a
/// stream counts as dead: when the way there is lost without a word, what is tried next must not
/// be sent into an old connection, where it would wait for its time limit.
const KEPT_UNUSED: Duration = Duration::from_secs(4);

/// The way to one service. Cheap to clone.
#[derive(Clone)]
pub struct Way {
    http: reqwest::Client,
    api: ApiBase,
    journal: Journal,
}

/// A call that has just been begun.
#[derive(Debug)]
pub struct Begun {
    what: &'static str,
    at: Timestamp,
    since: Instant,
}

impl Begun {
    /// A call of this name, which is a word or two and no path: a path holds an id.
    #[must_use]
    pub fn now(what: &'static str) -> Self {
        Self {
            what,
            at: Timestamp::now(),
            since: Instant::now(),
        }
    }
}

impl Way {
    /// The way to a service. A service on this computer is spoken to directly, whatever the proxy.
    pub fn new(
        api: ApiBase,
        connect_timeout: Duration,
        proxy: &Proxy,
        journal: Journal,
    ) -> Result<Self, Failure> {
        let mut http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(connect_timeout)
            // A redirect would carry the credential elsewhere.
            .redirect(Policy::none())
            .referer(false)
            .pool_idle_timeout(KEPT_UNUSED)
            // What is tried again is decided above, not below.
            .retry(reqwest::retry::never());
        http = match proxy {
            _ if api.is_loopback() => http.no_proxy(),
            Proxy::Direct => http.no_proxy(),
            Proxy::System => http,
            Proxy::Through(address) => match address.to_reqwest() {
                Some(proxy) => http.proxy(proxy),
                None => return Err(Failure::Impossible("the proxy's address can't be used")),
            },
        };
        Ok(Self {
            http: http.build().map_err(|error| from_building(&error))?,
            api,
            journal,
        })
    }

    /// A request for a path, which begins with a slash and is written as it is.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.api))
    }

    /// What went wrong, with all that is known beside the error.
    #[must_use]
    pub fn explained(&self, error: &reqwest::Error) -> Failure {
        let failure = from_reqwest(error);
        if self.api.is_loopback() {
            return failure;
        }
        with_circumstances(failure, self.journal.clock_ahead())
    }

    /// Notes how a call ended, for whoever has to find out what is wrong. The words of a failure
    /// are ours, so they name no address and no body.
    pub fn note(&self, begun: &Begun, answered: Result<(u16, &HeaderMap), &dyn Display>) {
        let headers = answered.as_ref().ok().map(|(_, headers)| *headers);
        if let Some(time) = headers.and_then(service_time) {
            self.journal.note_clock(clock_ahead(time));
        }
        self.journal.note(Call {
            at: begun.at,
            what: begun.what,
            took: begun.since.elapsed(),
            request_id: headers.and_then(RequestId::of),
            outcome: match answered {
                Ok((status, _)) => Outcome::Answered(status),
                Err(why) => Outcome::Failed(why.to_string()),
            },
        });
    }
}
