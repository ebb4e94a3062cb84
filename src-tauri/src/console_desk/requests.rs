//! What is asked of the service for the person: each is sent once, and answered when the service
//! has.

use managed_auth::{Error, PageRequest, Read};
use support::{ConnectionDraft, HappeningKind, History, LoginDraft, trouble_of};
use tokio::sync::oneshot;

use super::{news::What, world::World};
use crate::console_window::{Deleted, HistoryRead, Saved, Started};

/// How much of a timeline is read at once.
const PART: u32 = 25;

impl World {
    /// Starts a login.
    pub(super) fn start(
        &self,
        id: String,
        draft: &LoginDraft,
        over: bool,
        reply: oneshot::Sender<Started>,
    ) {
        let login = match draft.start() {
            Ok(login) => login,
            Err(problems) => return answer(reply, Started::Problems { problems }),
        };
        if !over && (self.is_followed(&id) || self.roster.runs(&id, self.service_now())) {
            return answer(reply, Started::IsRunning);
        }
        let (client, messenger) = (self.client.clone(), self.messenger.clone());
        tokio::spawn(async move {
            let outcome = match client.login(&id, &login).await {
                Ok(mut started) => {
                    // The one that was asked for, whatever the answer calls it.
                    started.id = id;
                    messenger.tell(What::Started(Box::new(started))).await;
                    Started::Started
                }
                Err(error) if is_running(&error) => {
                    let outcome = client.get(&id).await.map(Box::new);
                    messenger.tell(What::Read { id, outcome }).await;
                    Started::AlreadyRuns
                }
                Err(error) => {
                    let trouble = trouble_of(&error);
                    refused(&messenger, id, error).await;
                    Started::Refused { trouble }
                }
            };
            answer(reply, outcome);
        });
    }

    /// Creates a connection.
    pub(super) fn create(&self, draft: &ConnectionDraft, reply: oneshot::Sender<Saved>) {
        let connection = match draft.create() {
            Ok(connection) => connection,
            Err(problems) => return answer(reply, Saved::Problems { problems }),
        };
        let (client, messenger) = (self.client.clone(), self.messenger.clone());
        tokio::spawn(async move {
            let outcome = match client.create(&connection).await {
                Ok(connection) => {
                    let id = connection.id.clone();
                    let listed = What::Listed {
                        connections: vec![connection],
                        service_time: None,
                    };
                    messenger.tell(listed).await;
                    Saved::Saved { id }
                }
                Err(Error::Conflict {
                    existing_id: Some(id),
                    ..
                }) => Saved::Exists { id },
                Err(error) => Saved::Refused {
                    trouble: trouble_of(&error),
                },
            };
            answer(reply, outcome);
        });
    }

    /// Changes a connection: only what differs between the drafts is sent.
    pub(super) fn change(
        &self,
        id: String,
        before: &ConnectionDraft,
        after: &ConnectionDraft,
        reply: oneshot::Sender<Saved>,
    ) {
        let change = match after.update(before) {
            Ok(Some(change)) => change,
            Ok(None) => return answer(reply, Saved::Unchanged),
            Err(problems) => return answer(reply, Saved::Problems { problems }),
        };
        let (client, messenger) = (self.client.clone(), self.messenger.clone());
        tokio::spawn(async move {
            let outcome = match client.update(&id, &change).await {
                Ok(connection) => {
                    let outcome = Ok(Box::new(Read {
                        value: connection,
                        server_time: None,
                    }));
                    messenger
                        .tell(What::Read {
                            id: id.clone(),
                            outcome,
                        })
                        .await;
                    Saved::Saved { id }
                }
                Err(error) => {
                    let trouble = trouble_of(&error);
                    refused(&messenger, id, error).await;
                    Saved::Refused { trouble }
                }
            };
            answer(reply, outcome);
        });
    }

    /// Deletes a connection.
    pub(super) fn delete(&self, id: String, reply: oneshot::Sender<Deleted>) {
        let (client, messenger) = (self.client.clone(), self.messenger.clone());
        tokio::spawn(async move {
            let outcome = match client.delete(&id).await {
                // One that is gone already is what was wanted.
                Ok(()) | Err(Error::NotFound(_) | Error::Gone(_)) => {
                    messenger.tell(What::Deleted(id)).await;
                    Deleted::Deleted
                }
                Err(error) => {
                    let trouble = trouble_of(&error);
                    refused(&messenger, id, error).await;
                    Deleted::Refused { trouble }
                }
            };
            answer(reply, outcome);
        });
    }

    /// Reads a part of what happened on a connection.
    pub(super) fn history(
        &self,
        id: String,
        kind: Option<&HappeningKind>,
        from: u64,
        reply: oneshot::Sender<HistoryRead>,
    ) {
        let client = self.client.clone();
        let kind = kind.map(HappeningKind::on_the_wire);
        let site = self
            .roster
            .row(&id)
            .map_or_else(|| "the site".to_owned(), |row| row.domain.to_string());
        tokio::spawn(async move {
            let part = PageRequest {
                limit: Some(PART),
                offset: from,
            };
            let outcome = match client.timeline_page(&id, kind.as_ref(), part).await {
                Ok(page) => HistoryRead::Read {
                    history: History::of(&page, &site),
                },
                Err(error) => HistoryRead::Refused {
                    trouble: trouble_of(&error),
                },
            };
            answer(reply, outcome);
        });
    }
}

/// Whether a login was refused because one is running (`kernel-api.md` 3.4).
fn is_running(error: &Error) -> bool {
    matches!(error, Error::Conflict { body, .. } if body.code.as_deref() != Some("too_many_pending_sessions"))
}

/// What a refusal tells of the connection or of the key is news for everyone.
async fn refused(messenger: &super::news::Messenger, id: String, error: Error) {
    if matches!(
        error,
        Error::NotFound(_) | Error::Gone(_) | Error::Unauthorised(_)
    ) {
        let outcome = Err(error);
        messenger.tell(What::Read { id, outcome }).await;
    }
}

fn answer<T>(reply: oneshot::Sender<T>, outcome: T) {
    // Whoever asked may be gone.
    let _ = reply.send(outcome);
}
