//! Pages of a flow that are opened, and links to it that are given to somebody.

use secrecy::{ExposeSecret, SecretString};

use super::world::World;
use crate::{
    console_window::LinkKind,
    handoff::{Handoff, nonce},
    login_window::PageKind,
    page_opener::Offer,
};

/// So many ways back from hosted pages are remembered; the oldest are forgotten.
const MOST_WAYS_BACK: usize = 100;

/// What was put into the return addresses of hosted pages, each once: the nonce and its
/// connection, the oldest first.
#[derive(Default)]
pub(super) struct WaysBack(Vec<(SecretString, String)>);

impl WaysBack {
    fn give(&mut self, state: SecretString, id: &str) {
        self.0.push((state, id.to_owned()));
        let too_many = self.0.len().saturating_sub(MOST_WAYS_BACK);
        self.0.drain(..too_many);
    }

    /// A hosted page has come back with this nonce. True, once, if it was given to it.
    pub(super) fn take(&mut self, id: &str, state: &SecretString) -> bool {
        let is_it = |(given, to): &(SecretString, String)| {
            to == id && given.expose_secret() == state.expose_secret()
        };
        let place = self.0.iter().position(is_it);
        place.map(|place| self.0.remove(place)).is_some()
    }
}

impl World {
    /// The address of a flow's page and the origins it may have. A hosted page comes back to us.
    pub(super) async fn page(&mut self, id: &str, page: PageKind) -> Option<Offer> {
        let (url, origins) = match page {
            PageKind::HostedPage => (
                self.link(id, LinkKind::HostedPage).await?,
                self.environment.hosted_origins.clone(),
            ),
            PageKind::LiveView => (
                self.flows.get(id)?.page(page).await?,
                self.environment.live_view_origins.clone(),
            ),
        };
        Some(Offer { url, origins })
    }

    /// A link of a flow, to be copied.
    pub(super) async fn link(&mut self, id: &str, link: LinkKind) -> Option<SecretString> {
        let handoff = self.handoff(id).await?;
        match link {
            LinkKind::Usher => handoff.usher_link(id, &self.environment.name),
            LinkKind::HostedPage => {
                let state = nonce()?;
                let url = handoff.hosted_link(id, &state)?;
                self.ways_back.give(state, id);
                Some(url)
            }
        }
    }

    /// The running flow's links, as far as they are known.
    async fn handoff(&self, id: &str) -> Option<Handoff> {
        let followed = self.flows.get(id)?;
        if followed.view().stage.is_end() {
            return None;
        }
        if let Some(ours) = self.handoffs.get(id) {
            return Some(ours.clone());
        }
        Some(Handoff::seen(followed.page(PageKind::HostedPage).await))
    }

    /// What the open connection shows of its flow and of its pages.
    pub(super) async fn refresh_open(&mut self) {
        let Some(id) = self.open_id().map(str::to_owned) else {
            return;
        };
        let handoff = self.handoff(&id).await;
        let live_view = match self.flows.get(&id) {
            Some(followed) if !followed.view().stage.is_end() => {
                followed.page(PageKind::LiveView).await
            }
            _ => None,
        };
        if let Some(open) = &mut self.open {
            open.handoff = handoff;
            open.see_live_view(live_view.as_ref());
        }
    }
}
