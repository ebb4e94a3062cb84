//! What a person may ask of the authflows.

use secrecy::SecretString;
use support::{Roster, return_address, trouble_of_id};
use tokio::sync::oneshot;

use super::{Authflows, IdProblem, Opened};
use crate::{authflow_window::LookedUp, page_opener::Offer};

/// What is asked.
#[derive(Debug)]
pub(in crate::console_desk) enum AuthflowOrder {
    LookUp {
        text: String,
        insist: bool,
        reply: oneshot::Sender<LookedUp>,
    },
    Open(String),
    Check(String),
    Forget(String),
    ReturnAddress {
        id: String,
        reply: oneshot::Sender<Option<Offer>>,
    },
    UseKey(SecretString),
    AskKeychainAgain,
    ForgetKey,
}

impl Authflows {
    pub(in crate::console_desk) fn carry_out(&mut self, order: AuthflowOrder, roster: &mut Roster) {
        match order {
            AuthflowOrder::LookUp {
                text,
                insist,
                reply,
            } => {
                let outcome = match self.look_up(&text, insist, roster) {
                    Ok(id) => LookedUp::Opened {
                        id: id.as_str().to_owned(),
                    },
                    Err(problem) => LookedUp::NotTaken {
                        trouble: trouble_of_id(problem),
                        insist: problem == IdProblem::Unusual,
                    },
                };
                let _ = reply.send(outcome);
            }
            AuthflowOrder::Open(id) => self.open(&id),
            AuthflowOrder::Check(id) => self.check(&id, roster),
            AuthflowOrder::Forget(id) => {
                let known = self.watched.keys().find(|known| known.as_str() == id);
                match known.cloned() {
                    Some(known) => self.forget(&known, roster),
                    None => self.close(),
                }
            }
            AuthflowOrder::ReturnAddress { id, reply } => {
                let _ = reply.send(self.return_address(&id));
            }
            AuthflowOrder::UseKey(key) => self.use_key(key, roster),
            AuthflowOrder::AskKeychainAgain => self.ask_keychain(),
            AuthflowOrder::ForgetKey => self.forget_key(roster),
        }
    }

    /// The return address of the authflow that is open. It is on nobody's list, so the person is
    /// asked about its host.
    fn return_address(&self, id: &str) -> Option<Offer> {
        let Some(Opened::Watched(open)) = &self.open else {
            return None;
        };
        let watched = self.watched.get(open).filter(|_| open.as_str() == id)?;
        let address = watched.watch.latest()?.return_url.as_ref()?;
        let url = return_address(address.expose())?;
        Some(Offer {
            url: SecretString::from(String::from(url)),
            origins: Vec::new(),
        })
    }
}
