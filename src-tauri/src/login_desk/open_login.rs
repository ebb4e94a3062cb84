//! A login that is being followed.

use std::{future::pending, sync::Arc};

use follower::{FlowPage, Follower};
use login_flow::{Stage, Text, View};
use tokio::sync::watch;

use super::front::Happening;
use crate::{
    environment::Environment,
    kept_session::{CodeMark, KeptSession},
    link::Invitation,
    login_window::PageKind,
    page_opener::Offer,
};

/// A login that is being followed.
pub(super) struct OpenLogin {
    pub(super) session: KeptSession,
    pub(super) environment: Environment,
    pub(super) follower: Follower,
    pub(super) views: watch::Receiver<Arc<View>>,
    pub(super) view: Arc<View>,
    /// Whether the keychain was told that it is over.
    pub(super) forgotten: bool,
}

impl OpenLogin {
    pub(super) fn came_from(&self, invitation: &Invitation) -> bool {
        self.session.environment == invitation.environment
            && self.session.connection_id == invitation.connection_id
            && self.session.code_mark == CodeMark::of(invitation)
    }

    /// Waits until the flow has changed, and takes the change in.
    pub(super) async fn next_view(&mut self) -> Happening {
        if self.views.changed().await.is_err() {
            // The follower has stopped; its last view stands.
            return pending().await;
        }
        self.view = self.views.borrow_and_update().clone();
        Happening::News
    }

    pub(super) fn site(&self) -> Text {
        self.view
            .connection
            .domain
            .clone()
            .unwrap_or_else(|| self.view.connection.id.clone())
    }

    pub(super) async fn offer(&self, page: PageKind) -> Option<Offer> {
        let (page, origins) = match page {
            PageKind::HostedPage => (FlowPage::Hosted, &self.environment.hosted_origins),
            PageKind::LiveView => (FlowPage::LiveView, &self.environment.live_view_origins),
        };
        let url = self.follower.page(page).await?;
        Some(Offer {
            url,
            origins: origins.clone(),
        })
    }
}

/// Whether the same access may still be of use after this end.
pub(super) fn can_come_back(stage: Stage) -> bool {
    matches!(stage, Stage::CannotFollow | Stage::Unconfirmed)
}
