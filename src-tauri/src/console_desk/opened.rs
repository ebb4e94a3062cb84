//! The connection that is open, and how it is drawn.

use jiff::Timestamp;
use login_flow::{Audience, Page, Text, Trouble, View, glance};
use managed_auth::Connection;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use support::{Facts, at};

use super::world::World;
use crate::{
    console_window::{HandoffView, LiveViewState, OpenConnection},
    frame,
    handoff::Handoff,
    origin::openable,
};

/// The connection that is open.
pub(super) struct Opened {
    pub(super) id: String,
    /// Whether a link asked for it: it may never have existed.
    pub(super) by_link: bool,
    pub(super) connection: Option<Box<Connection>>,
    pub(super) trouble: Option<Trouble>,
    /// The links of its running flow.
    pub(super) handoff: Option<Handoff>,
    live_view: Option<SeenView>,
    /// How many different live views it has had.
    views_seen: u32,
}

/// A live view that is there.
struct SeenView {
    /// Tells it from others without being its address.
    mark: [u8; 32],
    host: Text,
    url: url::Url,
}

impl Opened {
    pub(super) fn new(id: String, by_link: bool) -> Self {
        Self {
            id,
            by_link,
            connection: None,
            trouble: None,
            handoff: None,
            live_view: None,
            views_seen: 0,
        }
    }

    /// Notes the live view that is there now.
    pub(super) fn see_live_view(&mut self, url: Option<&SecretString>) {
        let seen = url
            .and_then(|url| openable(url.expose_secret()))
            .and_then(|url| {
                Some(SeenView {
                    mark: Sha256::digest(url.as_str().as_bytes()).into(),
                    host: Text::bounded(url.host_str()?, 253)?,
                    url,
                })
            });
        let mark = |seen: &SeenView| seen.mark;
        if seen.is_some() && seen.as_ref().map(mark) != self.live_view.as_ref().map(mark) {
            self.views_seen += 1;
        }
        self.live_view = seen;
    }

    /// Draws it. Its revision is the caller's to set.
    pub(super) fn draw(&self, world: &World) -> OpenConnection {
        let followed = world.view(&self.id);
        let flow = followed
            .map(|view| (*view).clone())
            .or_else(|| self.look(world.service_now()));
        let live_view = self.live_view(world, flow.as_ref());
        OpenConnection {
            revision: 0,
            id: self.id.clone(),
            facts: self.connection.as_deref().map(Facts::of),
            trouble: self.trouble.clone(),
            flow,
            handoff: self.handoff(),
            live_view,
            in_control: world.in_control.as_ref() == Some(&self.id),
        }
    }

    /// The latest flow, as the last read shows it.
    fn look(&self, now: Timestamp) -> Option<View> {
        let connection = self.connection.as_deref()?;
        connection.flow_status.as_ref()?;
        Some(glance(connection.clone(), Audience::Support, at(now)))
    }

    fn handoff(&self) -> HandoffView {
        let Some(handoff) = &self.handoff else {
            return HandoffView::None;
        };
        let hosted_page = handoff.hosted_page(&self.id);
        if handoff.code.is_none() && hosted_page.is_none() {
            return HandoffView::None;
        }
        HandoffView::Ready {
            usher_link: handoff.code.is_some(),
            hosted_page,
            ours: handoff.ours,
        }
    }

    fn live_view(&self, world: &World, flow: Option<&View>) -> LiveViewState {
        let Some(flow) = flow else {
            return LiveViewState::None;
        };
        if flow.stage.is_end() {
            return if self.views_seen > 0 {
                LiveViewState::Gone
            } else {
                LiveViewState::None
            };
        }
        let Some(seen) = &self.live_view else {
            return match &flow.live_view {
                // An address that may not be opened at all is no view.
                Page::Offered { host, .. } => LiveViewState::Elsewhere { host: host.clone() },
                Page::None if self.views_seen > 0 => LiveViewState::Gone,
                Page::None => LiveViewState::Coming,
            };
        };
        let host = seen.host.clone();
        let origins = &world.environment.live_view_origins;
        if origins.iter().any(|origin| origin.covers(&seen.url)) {
            LiveViewState::Here {
                host,
                frame: frame::address(&self.id, self.views_seen),
            }
        } else {
            LiveViewState::Elsewhere { host }
        }
    }
}

/// The address of a live view for those who only look, or for who is in control
/// (`kernel-api.md` 10).
pub(super) fn live_view_url(url: &SecretString, control: bool) -> Option<SecretString> {
    let mut url = openable(url.expose_secret())?;
    let others: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| key != "readOnly")
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    {
        let mut pairs = url.query_pairs_mut();
        pairs.clear().extend_pairs(others);
        if !control {
            pairs.append_pair("readOnly", "true");
        }
    }
    if url.query() == Some("") {
        url.set_query(None);
    }
    Some(SecretString::from(String::from(url)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url_for(url: &str, control: bool) -> String {
        let url = live_view_url(&SecretString::from(url), control).expect("an address");
        url.expose_secret().to_owned()
    }

    #[test]
    fn who_only_looks_can_not_type_whatever_the_service_wrote() {
        let view = "https://live.onkernel.com/abc";
        assert_eq!(url_for(view, false), format!("{view}?readOnly=true"));
        assert_eq!(
            url_for(&format!("{view}?a=1&readOnly=false"), false),
            format!("{view}?a=1&readOnly=true")
        );
        assert_eq!(url_for(&format!("{view}?readOnly=true"), true), view);
    }
}
