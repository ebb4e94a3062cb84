//! The client: one method for each endpoint of the contract (`kernel-api.md` 2).

use std::fmt;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use reqwest::{Method, StatusCode, header::CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wire::{ApiBase, SecretBytes, from_reqwest, json_length};

use crate::{
    access::Access,
    connection::Connection,
    error::Error,
    events::{EventStream, Events},
    key_check::AuthContext,
    login::{LoginStarted, StartLogin},
    page::{Page, Walk, next_offset},
    path,
    request::{ConnectionFilter, CreateConnection, PageRequest, UpdateConnection},
    settings::Settings,
    submission::Submission,
    timeline::{TimelineEvent, TimelineKind},
    transport::{Answer, Transport},
};

/// What a read gives.
#[derive(Clone, Debug)]
pub struct Read<T> {
    /// What was asked for.
    pub value: T,
    /// The time by the server's clock when it answered, to a second, if it said so. Times like
    /// `flow_expires_at` are by that clock.
    pub server_time: Option<Timestamp>,
}

/// A client of one API with one credential. Cheap to clone.
///
/// Reads are tried up to three times; whatever has an effect is sent once. All methods fail with
/// [`Error`], and with [`Error::Impossible`] for an id that would leave its path.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    guest: bool,
}

impl Client {
    /// A client, which has not connected yet.
    ///
    /// Fails if the credential or the project can't stand in a header, or if this machine has no
    /// way to make a secure connection.
    pub fn new(api: ApiBase, access: &Access, settings: Settings) -> Result<Self, Error> {
        let transport = Transport::new(api, Some(access), settings)?;
        Ok(Self {
            transport,
            guest: access.is_guest(),
        })
    }

    /// Whether the credential is a guest's (see [`Access::is_guest`]).
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.guest
    }

    /// Buys a guest's access to one connection with a handoff code (`kernel-api.md` 9).
    ///
    /// A code works once, so this is sent once; after [`Error::Network`], [`Error::Timeout`] and
    /// statuses from 500 nobody knows whether the code was spent.
    pub async fn exchange(
        api: ApiBase,
        connection_id: &str,
        code: &SecretString,
        settings: Settings,
    ) -> Result<Access, Error> {
        #[derive(Serialize)]
        struct Exchange<'a> {
            code: &'a str,
        }
        #[derive(Deserialize)]
        struct Exchanged {
            jwt: SecretString,
        }
        let code = code.expose_secret();
        if code.is_empty() {
            return Err(Error::Impossible("the handoff code is empty"));
        }
        let path = path::connection(connection_id, "/exchange")?;
        let body = SecretBytes::json(&Exchange { code }, json_length("code") + json_length(code))?;
        let transport = Transport::new(api, None, settings)?;
        let answer = transport.act(Method::POST, &path, Some(body)).await?;
        let Exchanged { jwt } = answer.json()?;
        if jwt.expose_secret().is_empty() {
            return Err(answer.not_the_api());
        }
        Ok(Access::guest(jwt))
    }

    /// Creates a connection.
    ///
    /// [`Error::Conflict`] names the connection that is there already for the profile and domain.
    pub async fn create(&self, connection: &CreateConnection) -> Result<Connection, Error> {
        self.act(Method::POST, path::CONNECTIONS, connection).await
    }

    /// Reads a part of the list of connections.
    pub async fn list_page(
        &self,
        filter: &ConnectionFilter,
        page: PageRequest,
    ) -> Result<Page<Connection>, Error> {
        self.page(path::CONNECTIONS, filter, page).await
    }

    /// Reads the whole list of connections, in pages of 100.
    pub async fn list_all(&self, filter: &ConnectionFilter) -> Result<Vec<Connection>, Error> {
        self.all_pages(path::CONNECTIONS, filter).await
    }

    /// Reads a connection and the state of its latest flow.
    pub async fn get(&self, id: &str) -> Result<Read<Connection>, Error> {
        let answer = self.transport.read(&path::connection(id, "")?, &()).await?;
        Ok(Read {
            value: answer.json()?,
            server_time: answer.server_time(),
        })
    }

    /// Changes a connection.
    pub async fn update(&self, id: &str, change: &UpdateConnection) -> Result<Connection, Error> {
        self.act(Method::PATCH, &path::connection(id, "")?, change)
            .await
    }

    /// Removes a connection and cancels its flow. Whether the profile stays logged in is not
    /// known (`kernel-api.md` 16, 17).
    pub async fn delete(&self, id: &str) -> Result<(), Error> {
        self.transport
            .act(Method::DELETE, &path::connection(id, "")?, None)
            .await?;
        Ok(())
    }

    /// Starts a login. What happens to one that is running is not known (`kernel-api.md` 16, 3).
    pub async fn login(&self, id: &str, login: &StartLogin) -> Result<LoginStarted, Error> {
        self.act(Method::POST, &path::connection(id, "/login")?, login)
            .await
    }

    /// Sends an answer, once. True means that it is queued, and no more: only the state tells
    /// what came of it (`kernel-api.md` 8).
    ///
    /// After [`Error::Timeout`], [`Error::Network`] and statuses from 500 it may have arrived all
    /// the same.
    pub async fn submit(&self, id: &str, submission: &Submission) -> Result<bool, Error> {
        #[derive(Deserialize)]
        struct Submitted {
            #[serde(default)]
            accepted: Option<bool>,
        }
        let path = path::connection(id, "/submit")?;
        let answer = self
            .transport
            .act(Method::POST, &path, Some(submission.to_body()?))
            .await?;
        // The status alone says as much as a body without the member.
        if answer.is_empty() {
            return Ok(true);
        }
        Ok(answer.json::<Submitted>()?.accepted.unwrap_or(true))
    }

    /// Opens the event stream of a connection. It is not reopened when it ends.
    pub async fn events(&self, id: &str) -> Result<Events, Error> {
        let response = self
            .transport
            .open(&path::connection(id, "/events")?)
            .await?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NO_CONTENT => return Ok(Events::Nothing),
            _ => return Err(self.transport.refusal(response).await),
        }
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(is_event_stream) {
            return Err(Error::NotTheApi {
                status: response.status().as_u16(),
            });
        }
        let bytes = response
            .bytes_stream()
            .map_err(|error| from_reqwest(&error).into());
        Ok(Events::Open(EventStream::new(
            bytes,
            self.transport.settings().max_event,
        )))
    }

    /// Reads a part of what happened on a connection, newest first: things of one kind, or of all.
    pub async fn timeline_page(
        &self,
        id: &str,
        kind: Option<&TimelineKind>,
        page: PageRequest,
    ) -> Result<Page<TimelineEvent>, Error> {
        self.page(
            &path::connection(id, "/timeline")?,
            &TimelineFilter { kind },
            page,
        )
        .await
    }

    /// Reads all that happened on a connection, newest first: things of one kind, or of all.
    pub async fn timeline_all(
        &self,
        id: &str,
        kind: Option<&TimelineKind>,
    ) -> Result<Vec<TimelineEvent>, Error> {
        self.all_pages(
            &path::connection(id, "/timeline")?,
            &TimelineFilter { kind },
        )
        .await
    }

    /// Checks whether the credential is accepted, and what it is for.
    ///
    /// A service that does not know this question (404) is asked for a list of one instead, and
    /// then `None` means accepted.
    pub async fn check_key(&self) -> Result<Option<AuthContext>, Error> {
        match self.transport.read(path::CONTEXT, &()).await {
            Ok(answer) => answer.json().map(Some),
            Err(Error::NotFound(_)) => {
                let one = PageRequest {
                    limit: Some(1),
                    offset: 0,
                };
                self.list_page(&ConnectionFilter::default(), one)
                    .await
                    .map(|_| None)
            }
            Err(error) => Err(error),
        }
    }

    async fn act<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        // No secret is in these, so the buffer may grow.
        let body = SecretBytes::json(body, 256)?;
        self.transport.act(method, path, Some(body)).await?.json()
    }

    async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
        filter: &impl Serialize,
        page: PageRequest,
    ) -> Result<Page<T>, Error> {
        let answer: Answer = self.transport.read(path, &Query { filter, page }).await?;
        let next = next_offset(answer.headers(), page.offset, answer.status())?;
        Ok(Page {
            items: answer.json()?,
            next,
            server_time: answer.server_time(),
        })
    }

    async fn all_pages<T: DeserializeOwned>(
        &self,
        path: &str,
        filter: &impl Serialize,
    ) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let mut walk = Walk::default();
        let mut next = Some(0);
        while let Some(offset) = next {
            walk.visit(offset)?;
            let page = self
                .page(
                    path,
                    filter,
                    PageRequest {
                        limit: Some(100),
                        offset,
                    },
                )
                .await?;
            all.extend(page.items);
            next = page.next;
        }
        Ok(all)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("guest", &self.guest)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct TimelineFilter<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a TimelineKind>,
}

#[derive(Serialize)]
struct Query<'a, F> {
    #[serde(flatten)]
    filter: &'a F,
    #[serde(flatten)]
    page: PageRequest,
}

/// Whether a media type is that of an event stream. Parameters don't matter, nor does case.
fn is_event_stream(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("text/event-stream")
}
