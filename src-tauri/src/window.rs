//! The app's own windows: the guest's login, and support's console.

use std::{sync::PoisonError, time::Duration};

use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    http::header::CONTENT_SECURITY_POLICY, webview::NewWindowResponse,
};

use crate::{
    console_desk::ConsoleDesk,
    engine::{keep_nothing, load_again_after_a_crash},
    engine_folder::with_a_folder,
    frame::Framed,
    page_window::NO_CLIPBOARD,
    run::open_console_desk,
};

/// The label of the login window, which its capability goes by.
pub const LOGIN: &str = "login";
/// The label of the console, which its capability goes by.
pub const CONSOLE: &str = "console";

/// A page that is not drawn by then is shown as it is, rather than never.
const LATEST_SHOW: Duration = Duration::from_secs(3);

/// Opens the login window, hidden until its page is drawn; one that is open comes forward.
pub fn show_login(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LOGIN) {
        return bring_forward(&window);
    }
    let window = WebviewWindowBuilder::new(app, LOGIN, WebviewUrl::App("index.html".into()));
    let window = with_a_folder(window, app)
        .title("Usher")
        .inner_size(440.0, 680.0)
        .min_inner_size(360.0, 480.0)
        .center()
        .visible(false)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build();
    if let Ok(window) = &window {
        load_again_after_a_crash(window);
    }
    show_in_time(window);
}

/// Opens the console, hidden until its page is drawn; one that is open or hidden comes forward.
pub fn show_console(app: &AppHandle) {
    let desk = open_console_desk(app);
    if let Some(window) = app.get_webview_window(CONSOLE) {
        return bring_forward(&window);
    }
    let framed = app.state::<Framed>().inner().clone();
    let policy = framed.clone();
    let window = WebviewWindowBuilder::new(app, CONSOLE, WebviewUrl::App("console.html".into()));
    let window = with_a_folder(window, app)
        .title("Usher")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 480.0)
        .center()
        .visible(false)
        .initialization_script_for_all_frames(NO_CLIPBOARD)
        // Live views are framed in this page alone, and only at the environment's origins.
        .on_web_resource_request(move |_, response| {
            let headers = response.headers_mut();
            let with_frames = headers
                .get(CONTENT_SECURITY_POLICY)
                .and_then(|policy| policy.to_str().ok())
                .map(|text| {
                    text.replace(
                        "frame-src 'none'",
                        &format!("frame-src {}", policy.sources()),
                    )
                })
                .and_then(|text| text.parse().ok());
            if let Some(with_frames) = with_frames {
                headers.insert(CONTENT_SECURITY_POLICY, with_frames);
            }
        })
        .on_navigation(move |url| is_own_page(url) || framed.may_go(url))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build();
    if let Ok(window) = &window {
        listen(window, &desk);
        catch_give_back(window, &desk);
        keep_nothing(window);
        load_again_after_a_crash(window);
    }
    show_in_time(window);
}

/// Hides the console; what is followed goes on.
pub fn hide_console(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(CONSOLE)
        && let Err(error) = window.hide()
    {
        tracing::error!(%error, "the window can't be hidden");
    }
}

/// Loads the console's page again, under its present policy.
pub fn reload_console(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(CONSOLE)
        && let Err(error) = window.reload()
    {
        tracing::error!(%error, "the page can't be loaded again");
    }
}

/// Brings what is open before the person.
pub fn show_any(app: &AppHandle) {
    match (
        app.get_webview_window(CONSOLE),
        app.get_webview_window(LOGIN),
    ) {
        (Some(_), _) | (None, None) => show_console(app),
        (None, Some(window)) => bring_forward(&window),
    }
}

/// Shows a window; one that is shown stays so.
pub fn show(window: &WebviewWindow) {
    if let Err(error) = window.show() {
        tracing::error!(%error, "the window can't be shown");
    }
}

fn bring_forward(window: &WebviewWindow) {
    show(window);
    // A window manager may refuse to raise a window; what was asked for is in it all the same.
    let _ = window.unminimize();
    let _ = window.set_focus();
}

fn show_in_time(window: tauri::Result<WebviewWindow>) {
    match window {
        Ok(window) => {
            tauri::async_runtime::spawn(async move {
                tokio::time::sleep(LATEST_SHOW).await;
                // One that was closed or hidden meanwhile was shown before.
                if !window.is_visible().unwrap_or(true) && !was_shown(&window) {
                    show(&window);
                }
            });
        }
        Err(error) => tracing::error!(%error, "a window can't be opened"),
    }
}

/// Whether the page has asked to be shown.
fn was_shown(window: &WebviewWindow) -> bool {
    let shown = window.state::<Shown>();
    let shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    shown.iter().any(|label| label == window.label())
}

/// The windows whose pages have asked to be shown.
#[derive(Debug, Default)]
pub struct Shown(pub std::sync::Mutex<Vec<String>>);

/// Closing asks the desk, which knows whether the person wants to go on watching; and the desk
/// wants to know whether the person sees the console.
fn listen(window: &WebviewWindow, desk: &ConsoleDesk) {
    let desk = desk.clone();
    window.on_window_event(move |event| {
        let desk = desk.clone();
        match event {
            WindowEvent::CloseRequested { api, .. } => {
                api.prevent_close();
                tauri::async_runtime::spawn(async move { desk.want_to_close().await });
            }
            WindowEvent::Focused(is) => {
                let is = *is;
                tauri::async_runtime::spawn(async move { desk.in_view(is).await });
            }
            _ => {}
        }
    });
}

/// F8 gives a remote browser back, also while its page has the keyboard: the key is caught before
/// the page can have it.
#[cfg(target_os = "linux")]
fn catch_give_back(window: &WebviewWindow, desk: &ConsoleDesk) {
    use gtk::{gdk::keys::constants::F8, glib::Propagation, prelude::WidgetExt};

    let desk = desk.clone();
    let caught = window.with_webview(move |webview| {
        webview.inner().connect_key_press_event(move |_, key| {
            if key.keyval() != F8 || !desk.is_in_control() {
                return Propagation::Proceed;
            }
            let desk = desk.clone();
            tauri::async_runtime::spawn(async move { desk.give_back().await });
            Propagation::Stop
        });
    });
    if let Err(error) = caught {
        tracing::error!(%error, "F8 can't be caught; the button gives back all the same");
    }
}

/// On other systems the page catches the key, as long as it has the keyboard itself.
#[cfg(not(target_os = "linux"))]
fn catch_give_back(_window: &WebviewWindow, _desk: &ConsoleDesk) {}

/// A window stays with the app's own page, wherever a link or a script would lead it.
fn is_own_page(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    own || (cfg!(dev) && url.as_str().starts_with("http://localhost:5173/"))
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn the_window_never_leaves_its_own_page() {
        let own = |address: &str| is_own_page(&address.parse().expect("an address"));
        assert!(own("tauri://localhost/index.html"));
        for address in [
            "https://evil.example/",
            "tauri://localhost.evil.example/",
            "data:text/html,x",
            "file:///etc/passwd",
            "http://127.0.0.1/",
        ] {
            assert!(!own(address), "{address}");
        }
    }
}
