//! What becomes of news.

use login_flow::{Text, Trouble};
use managed_auth::Error;
use support::trouble_of;

use super::{
    Signal,
    clerk::{Clerk, Place},
    entrance::Source,
    news::{News, What},
};
use crate::{console_window::KeyState, login_window::KeychainUse};

impl Clerk {
    /// Whether news are of one of the many flows that are not open.
    pub(super) fn is_unseen(&self, news: &News) -> bool {
        match (&self.place, &news.what) {
            (Place::World(world), What::Flow(id)) => world.open_id() != Some(id),
            _ => false,
        }
    }

    pub(super) async fn hear(&mut self, News { world, what }: News) {
        if world != self.world {
            return;
        }
        match (&mut self.place, what) {
            (Place::Entrance(entrance), What::KeyFound(found)) => match found {
                Ok(Some(key)) => entrance.check(key, Source::Keychain),
                Ok(None) => entrance.key = KeyState::Wanted,
                Err(why) => entrance.key = KeyState::KeychainTrouble { why },
            },
            (Place::Entrance(entrance), What::KeyChecked(outcome)) => match outcome {
                Ok(context) => {
                    let organization = context
                        .and_then(|context| context.organization?.id)
                        .and_then(|id| Text::bounded(&id, 80));
                    if let Some(tried) = entrance.tried.take() {
                        let environment = entrance.environment.clone();
                        self.enter(environment, tried, organization).await;
                    }
                }
                Err(error) => entrance.failed(&error),
            },
            (Place::World(world), What::KeyKept(outcome)) => {
                world.kept = match outcome {
                    Ok(()) => KeychainUse::Kept,
                    Err(why) => KeychainUse::MemoryOnly { why },
                };
            }
            (Place::World(_), What::KeyChecked(Err(error @ Error::Unauthorised(_)))) => {
                self.lose_key(trouble_of(&error));
            }
            (Place::World(_), what) => self.hear_inside(what).await,
            (Place::Entrance(_) | Place::Misconfigured(_), _) => {}
        }
    }

    async fn hear_inside(&mut self, what: What) {
        if let Some(trouble) = refused_key(&what) {
            return self.lose_key(trouble);
        }
        let Place::World(world) = &mut self.place else {
            return;
        };
        match what {
            What::Listed {
                connections,
                service_time,
            } => world.listed(&connections, service_time),
            What::WalkOver(outcome) => world.walk_over(outcome),
            What::Found { query, connections } => world.found(&query, connections),
            What::Read { id, outcome } => world.was_read(&id, outcome),
            What::Started(login) => world.started(*login).await,
            What::Deleted(id) => {
                let gone = Error::NotFound(managed_auth::ErrorBody::default());
                world.is_gone(&id, trouble_of(&gone));
                if world.open_id() == Some(&id) {
                    world.open(None, false).await;
                }
            }
            What::Flow(id) => {
                let news = world.flow(&id).await;
                if news.key_in_doubt {
                    let (client, messenger) = (world.client.clone(), world.messenger.clone());
                    tokio::spawn(async move {
                        messenger
                            .tell(What::KeyChecked(client.check_key().await))
                            .await;
                    });
                }
                let seen = self.in_view && world.open_id() == Some(&id);
                if let Some(need) = news.need
                    && !seen
                    && self.settings.choices.notifications
                {
                    let _ = self.signals.send(Signal::Need(need));
                }
                if !news.row_changed {
                    return;
                }
            }
            What::Authflow(news) => {
                if !world.authflows.hear(news, &mut world.roster) {
                    return;
                }
            }
            What::KeyFound(_) | What::KeyChecked(_) | What::KeyKept(_) => return,
        }
        self.list_changed();
    }
}

/// Whether news mean that the key is not accepted any more.
fn refused_key(what: &What) -> Option<Trouble> {
    let (What::WalkOver(Err(error))
    | What::Read {
        outcome: Err(error),
        ..
    }
    | What::Found {
        connections: Err(error),
        ..
    }) = what
    else {
        return None;
    };
    matches!(error, Error::Unauthorised(_)).then(|| trouble_of(error))
}
