//! A follower whose every word is remembered.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use follower::Follower;
use login_flow::{Stage, StreamState, View};
use serde_json::Value;
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, timeout},
};

use super::service::Truth;

/// A view and when it was shown.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) at: Instant,
    pub(crate) view: Arc<View>,
}

/// A follower, and all that its view said.
pub(crate) struct Watched {
    pub(crate) follower: Follower,
    views: watch::Receiver<Arc<View>>,
    said: Arc<Mutex<Vec<Shown>>>,
    listening: JoinHandle<()>,
}

impl Watched {
    /// Listens to a follower that has just begun.
    pub(crate) fn new(follower: Follower) -> Self {
        let said = Arc::default();
        let listening = tokio::spawn(listen(follower.views(), Arc::clone(&said)));
        Self {
            views: follower.views(),
            follower,
            said,
            listening,
        }
    }

    pub(crate) fn view(&self) -> Arc<View> {
        self.views.borrow().clone()
    }

    /// What was shown after this time.
    pub(crate) fn since(&self, at: Instant) -> Vec<Shown> {
        let said = self.said.lock().expect("nobody panics while listening");
        let first = said.partition_point(|shown| shown.at <= at);
        said[first..].to_vec()
    }

    /// Waits for a view; an error, with the one that is there, if it doesn't come.
    pub(crate) async fn until(
        &mut self,
        what: &str,
        limit: Duration,
        is_it: impl Fn(&View) -> bool,
    ) -> Result<Arc<View>, String> {
        let found = timeout(limit, self.views.wait_for(|view| is_it(view))).await;
        let found = found.map(|found| found.map(|view| Arc::clone(&view)));
        match found {
            Ok(Ok(view)) => Ok(view),
            Ok(Err(_)) => Err(format!("{what}: the follower stopped")),
            Err(_) => Err(format!("{what}: not in {limit:?}; {}", self.describe())),
        }
    }

    /// Waits until the view changes, for so long.
    pub(crate) async fn changed(&mut self, limit: Duration) {
        self.views.mark_unchanged();
        // Whether it changed is for the caller to see.
        let _ = timeout(limit, self.views.changed()).await;
    }

    /// The view that is there, in short.
    pub(crate) fn describe(&self) -> String {
        let view = self.view();
        format!(
            "the view says {:?} ({:?}), {:?}, {:?}, error {:?}, open: {:?}",
            view.stage,
            view.step,
            view.stream,
            view.notice,
            view.error.as_ref().map(|error| error.code.as_str()),
            view.prompt.as_ref().map(|prompt| prompt.open),
        )
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(mut views: watch::Receiver<Arc<View>>, said: Arc<Mutex<Vec<Shown>>>) {
    loop {
        let shown = Shown {
            at: Instant::now(),
            view: views.borrow_and_update().clone(),
        };
        said.lock()
            .expect("nobody panics while reading")
            .push(shown);
        if views.changed().await.is_err() {
            return;
        }
    }
}

/// Whether a view shows the flow where it truly is, with news arriving, or its end.
pub(crate) fn is_true(view: &View, truth: &Truth) -> bool {
    let ended = match truth.flow_status.as_deref() {
        Some("SUCCESS") => Some(Stage::LoggedIn),
        Some("FAILED") => Some(Stage::Failed),
        Some("EXPIRED") => Some(Stage::Expired),
        Some("CANCELED") => Some(Stage::Canceled),
        _ => None,
    };
    if let Some(stage) = ended {
        return view.stage == stage;
    }
    let step = serde_json::to_value(&view.step).unwrap_or_default();
    let step = match &step {
        Value::String(word) => Some(word.as_str()),
        _ => None,
    };
    let message = view.message.as_ref().map(ToString::to_string);
    let asks = |id: &String| {
        let prompt = view.prompt.as_ref();
        prompt.is_some_and(|prompt| prompt.interaction_id == *id && prompt.open)
    };
    // A flow that waits for a person outside may ask nothing.
    let is_asked = truth.flow_step.as_deref() != Some("AWAITING_INPUT")
        || view.prompt.as_ref().is_some_and(|prompt| prompt.open);
    let is_same = truth.interaction_id.as_ref().is_none_or(asks) || view.prompt.is_none();
    view.stream == StreamState::Live
        && step == truth.flow_step.as_deref()
        && message == truth.external_action_message
        && is_asked
        && is_same
}
