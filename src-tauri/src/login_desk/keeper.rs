//! What is asked of the keychain, beside the desk: it may ask for its password, and nobody may
//! answer that. A login, a link and its end don't wait for it.

use std::time::Duration;

use jiff::Timestamp;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use super::Order;
use crate::{
    environment::{Environment, Environments},
    kept_session::{CodeMark, KeptSession, SessionStore},
    link::Invitation,
};

/// So long a link waits for the keychain to tell whether its access is there already.
const LOOK: Duration = Duration::from_secs(2);

/// A session that was kept, and where it belongs.
pub(super) type Found = Box<(KeptSession, Environment)>;

/// Asks the keychain.
pub(super) struct Keeper {
    sessions: SessionStore,
    orders: mpsc::Sender<Order>,
    changes: mpsc::UnboundedSender<Change>,
}

/// A change of what is kept.
enum Change {
    Keep(KeptSession),
    Forget {
        environment: String,
        connection_id: String,
    },
}

impl Keeper {
    pub(super) fn start(sessions: SessionStore, orders: mpsc::Sender<Order>) -> Self {
        let (changes, inbox) = mpsc::unbounded_channel();
        tokio::spawn(carry_out(sessions.clone(), orders.clone(), inbox));
        Self {
            sessions,
            orders,
            changes,
        }
    }

    /// Keeps the access. What came of it is told by an order.
    pub(super) fn keep(&self, session: KeptSession) {
        // It ends with the desk.
        let _ = self.changes.send(Change::Keep(session));
    }

    /// Removes the access, which is of no use any more. If the keychain is in trouble the token
    /// expires by itself.
    pub(super) fn forget(&self, session: &KeptSession) {
        let _ = self.changes.send(Change::Forget {
            environment: session.environment.clone(),
            connection_id: session.connection_id.clone(),
        });
    }

    /// Looks for the latest login that was left open, and tells by an order.
    pub(super) fn look_for_latest(&self, environments: Environments) {
        let (sessions, orders) = (self.sessions.clone(), self.orders.clone());
        tokio::spawn(async move {
            let found = latest(&sessions, &environments).await;
            let _ = orders.send(Order::LeftOpen(found)).await;
        });
    }

    /// The access that this very link has bought before. Found later, it is told by an order.
    pub(super) async fn look_for(
        &self,
        invitation: &Invitation,
        environment: Environment,
    ) -> Option<Found> {
        let (sessions, orders) = (self.sessions.clone(), self.orders.clone());
        let (id, mark) = (invitation.connection_id.clone(), CodeMark::of(invitation));
        let (reply, found) = oneshot::channel();
        tokio::spawn(async move {
            let kept = sessions.find(&environment.name, Timestamp::now()).await;
            let is_it =
                |session: &KeptSession| session.connection_id == id && session.code_mark == mark;
            let session = kept.unwrap_or_default().into_iter().find(is_it);
            let found = session.map(|session| Box::new((session, environment)));
            if let Err(Some(late)) = reply.send(found) {
                let _ = orders.send(Order::FoundLate(late)).await;
            }
        });
        timeout(LOOK, found).await.ok()?.ok()?
    }
}

/// One change after the other: each reads what is kept, and writes it anew.
async fn carry_out(
    sessions: SessionStore,
    orders: mpsc::Sender<Order>,
    mut inbox: mpsc::UnboundedReceiver<Change>,
) {
    while let Some(change) = inbox.recv().await {
        let now = Timestamp::now();
        match change {
            Change::Keep(session) => {
                let outcome = sessions.keep(&session, now).await;
                let _ = orders.send(Order::Kept(outcome)).await;
            }
            Change::Forget {
                environment,
                connection_id,
            } => {
                let _ = sessions.remove(&environment, &connection_id, now).await;
            }
        }
    }
}

async fn latest(sessions: &SessionStore, environments: &Environments) -> Option<Found> {
    for environment in environments.iter() {
        // Nothing is known to be there, so nothing is lost by not seeing it; the keychain's
        // trouble is told when there is something to keep.
        let kept = sessions.find(&environment.name, Timestamp::now()).await;
        if let Some(session) = kept.ok()?.into_iter().next() {
            return Some(Box::new((session, environment.clone())));
        }
    }
    None
}
