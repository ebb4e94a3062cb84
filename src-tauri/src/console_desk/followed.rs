//! A flow that is followed, among many.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use follower::{FlowPage, Follower, Gate};
use jiff::Timestamp;
use login_flow::{Audience, Following, View};
use managed_auth::Client;
use secrecy::SecretString;
use tokio::{sync::watch, task::JoinHandle};

use super::news::{Messenger, What};
use crate::login_window::PageKind;

/// A flow that is followed. Following stops when this is dropped.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) follower: Follower,
    views: watch::Receiver<Arc<View>>,
    telling: JoinHandle<()>,
}

impl Followed {
    pub(super) fn start(
        id: &str,
        client: Client,
        gate: Gate,
        started_until: Option<Timestamp>,
        messenger: Messenger,
    ) -> Self {
        let following = Following {
            connection_id: id.to_owned(),
            audience: Audience::Support,
            started_until,
            // Flows that lose their streams together come back apart.
            seed: RandomState::new().hash_one(id),
        };
        let follower = Follower::start_behind(gate, client, following);
        let views = follower.views();
        let telling = tokio::spawn(tell(id.to_owned(), follower.views(), messenger));
        Self {
            follower,
            views,
            telling,
        }
    }

    pub(super) fn view(&self) -> Arc<View> {
        self.views.borrow().clone()
    }

    pub(super) async fn page(&self, page: PageKind) -> Option<SecretString> {
        self.follower
            .page(match page {
                PageKind::HostedPage => FlowPage::Hosted,
                PageKind::LiveView => FlowPage::LiveView,
            })
            .await
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        self.telling.abort();
    }
}

/// Says that the flow has changed, as often as it does and nobody has looked since.
async fn tell(id: String, mut views: watch::Receiver<Arc<View>>, messenger: Messenger) {
    while views.changed().await.is_ok() {
        messenger.tell(What::Flow(id.clone())).await;
    }
}
