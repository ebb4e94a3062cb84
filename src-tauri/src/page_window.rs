//! Remote pages in windows of their own: the hosted page and the live view.
//!
//! Such a window matches no capability, so its page can call nothing. It stays at the origins of
//! the environment, opens no other window, starts no download, and keeps nothing when it closes.

use std::sync::atomic::{AtomicU32, Ordering};

use secrecy::{ExposeSecret, SecretString};
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder, webview::NewWindowResponse};

use crate::{
    engine_folder::with_a_folder,
    login_window::{NotOpenable, Opened, PageKind},
    origin::openable,
    page_opener::Offer,
    run::take_link,
};

/// Keeps the clipboard from remote pages.
pub const NO_CLIPBOARD: &str = include_str!("no_clipboard.js");

/// Tells the windows of one start apart.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// Opens a page in a window of its own. `None` if its origin is not on the list: it may only open
/// in the browser, after the person has seen its host.
pub fn open(app: &AppHandle, page: PageKind, offer: &Offer, site: &str) -> Option<Opened> {
    let Some(url) = openable(offer.url.expose_secret()) else {
        return Some(Opened::Refused {
            why: NotOpenable::BadAddress,
        });
    };
    if !offer.origins.iter().any(|origin| origin.covers(&url)) {
        return None;
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (label, title, width, height) = match page {
        PageKind::LiveView => (
            format!("live-{number}"),
            format!("{site} – remote browser, to look at"),
            1280.0,
            860.0,
        ),
        PageKind::HostedPage => (
            format!("hosted-{number}"),
            format!("{site} – Kernel’s own page"),
            520.0,
            780.0,
        ),
    };
    let (origins, handle) = (offer.origins.clone(), app.clone());
    let may_go = move |url: &Url| {
        // The way back that was put into the hosted page's address.
        if url.scheme() == "usher" {
            take_link(&handle, SecretString::from(url.as_str()));
            return false;
        }
        url.as_str() == "about:blank"
            || openable(url.as_str())
                .is_some_and(|url| origins.iter().any(|origin| origin.covers(&url)))
    };
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::External(url));
    let window = with_a_folder(window, app)
        .title(title)
        .inner_size(width, height)
        .incognito(true)
        .initialization_script_for_all_frames(NO_CLIPBOARD)
        .on_navigation(may_go)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build();
    Some(match window {
        Ok(_) => Opened::Opened,
        Err(error) => {
            tracing::error!(%error, "a window for a remote page can't be opened");
            Opened::Refused {
                why: NotOpenable::NoBrowser,
            }
        }
    })
}
