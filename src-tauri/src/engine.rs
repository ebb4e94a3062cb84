//! What Usher asks of the web engine beyond what Tauri has words for. On other systems than Linux
//! the engines' own rules hold.

use tauri::WebviewWindow;

/// What is loaded in frames has addresses that are secrets, so the engine keeps no cache of it.
#[cfg(target_os = "linux")]
pub(crate) fn keep_nothing(window: &WebviewWindow) {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

    let kept = window.with_webview(|webview| {
        if let Some(context) = webview.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    });
    if let Err(error) = kept {
        tracing::error!(%error, "the engine's cache can't be turned off");
    }
}

/// A page whose process has died would stay blank for ever. All that matters is on this side, so
/// it is loaded again and shows it; what was being typed is lost with the process.
#[cfg(target_os = "linux")]
pub(crate) fn load_again_after_a_crash(window: &WebviewWindow) {
    use std::{cell::Cell, time::Instant};

    use gtk::glib;
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

    let label = window.label().to_owned();
    let watched = window.with_webview(move |webview| {
        let last: Cell<Option<Instant>> = Cell::new(None);
        webview
            .inner()
            .connect_web_process_terminated(move |page, reason| {
                if reason == WebProcessTerminationReason::TerminatedByApi {
                    return;
                }
                tracing::error!(window = %label, "the page's process has died");
                let before = last.replace(Some(Instant::now()));
                let again = before.is_some_and(|before| before.elapsed() < SOON);
                let page = page.clone();
                // One that dies at once is not loaded all the time.
                let pause = if again {
                    SOON
                } else {
                    std::time::Duration::ZERO
                };
                glib::timeout_add_local_once(pause, move || page.reload());
            });
    });
    if let Err(error) = watched {
        tracing::error!(%error, "a crash of the page can't be noticed");
    }
}

/// Two crashes within this time are one trouble.
#[cfg(target_os = "linux")]
const SOON: std::time::Duration = std::time::Duration::from_secs(10);

/// On other systems the engine's own rules hold.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_nothing(_window: &WebviewWindow) {}

/// On other systems the engine itself says that the page is gone.
#[cfg(not(target_os = "linux"))]
pub(crate) fn load_again_after_a_crash(_window: &WebviewWindow) {}
