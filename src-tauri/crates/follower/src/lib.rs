//! Follows one flow over the wire.
//!
//! The rules are in `login-flow`, which knows no sockets; the wire is in `managed-auth`, which
//! knows no rules. This crate is the thin layer of tokio between them: it carries out the effects
//! that a flow asks for and tells it what came of them.

mod driver;
mod gate;

use std::sync::Arc;

use login_flow::{Answer, AnswerProblem, Flow, Following, View};
use managed_auth::Client;
use secrecy::SecretString;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
};

use driver::{Driver, Request};
pub use gate::Gate;

/// How many requests may wait for a flow that is busy. People are slow; this is never reached.
const WAITING_REQUESTS: usize = 16;

/// A flow that is being followed. Following stops when this is dropped.
#[derive(Debug)]
pub struct Follower {
    views: watch::Receiver<Arc<View>>,
    requests: mpsc::Sender<Request>,
    task: JoinHandle<()>,
}

/// A page that belongs to a flow and opens elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowPage {
    /// Kernel's own page.
    Hosted,
    /// The view of the remote browser.
    LiveView,
}

impl Follower {
    /// Starts to follow. To be called inside a tokio runtime.
    #[must_use]
    pub fn start(client: Client, following: Following) -> Self {
        Self::begin(client, following, None)
    }

    /// The same among many: its reads and streams wait for their turn at the gate.
    #[must_use]
    pub fn start_behind(gate: Gate, client: Client, following: Following) -> Self {
        Self::begin(client, following, Some(gate))
    }

    fn begin(client: Client, following: Following, gate: Option<Gate>) -> Self {
        let connection_id = following.connection_id.clone();
        let flow = Flow::new(following);
        let (publish, views) = watch::channel(Arc::new(flow.view().clone()));
        let (requests, inbox) = mpsc::channel(WAITING_REQUESTS);
        let driver = Driver::new(client, gate, connection_id, flow, publish);
        let task = tokio::spawn(driver.run(inbox));
        Self {
            views,
            requests,
            task,
        }
    }

    /// The view as it is now and as it changes; only the latest counts.
    #[must_use]
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.views.clone()
    }

    /// Sends an answer, once. Returns as soon as it is on its way; what becomes of it is in the
    /// view.
    ///
    /// Fails if it may not be sent; nothing was sent then.
    pub async fn answer(&self, answer: Answer) -> Result<(), AnswerProblem> {
        let (reply, outcome) = oneshot::channel();
        let sent = self.requests.send(Request::Answer(answer, reply)).await;
        sent.map_err(|_| AnswerProblem::Over)?;
        outcome.await.map_err(|_| AnswerProblem::Over)?
    }

    /// Looks how things stand now, and tries to reconnect at once.
    pub async fn check_again(&self) {
        // A follower that has stopped has nothing to look at.
        let _ = self.requests.send(Request::CheckAgain).await;
    }

    /// The address of a page, which is a secret. `None` if there is none now.
    pub async fn page(&self, page: FlowPage) -> Option<SecretString> {
        let (reply, url) = oneshot::channel();
        self.requests.send(Request::Page(page, reply)).await.ok()?;
        url.await.ok()?
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.task.abort();
    }
}
