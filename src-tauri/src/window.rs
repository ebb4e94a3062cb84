//! The login window.

use std::time::Duration;

use tauri::{
    App, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, webview::NewWindowResponse,
};

/// Its label, which its capability goes by.
pub const LOGIN: &str = "login";

/// A page that is not drawn by then is shown as it is, rather than never.
const LATEST_SHOW: Duration = Duration::from_secs(3);

/// Opens the login window, hidden until its page is drawn.
pub fn open_login(app: &App) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LOGIN, WebviewUrl::App("index.html".into()))
        .title("Usher")
        .inner_size(440.0, 680.0)
        .min_inner_size(360.0, 480.0)
        .center()
        .visible(false)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LATEST_SHOW).await;
        show(&window);
    });
    Ok(())
}

/// Brings the login window before the person.
pub fn bring_forward(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window(LOGIN) {
        show(&window);
        // A window manager may refuse to raise a window; the link is in it all the same.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Shows a window; one that is shown stays so.
pub fn show(window: &WebviewWindow) {
    if let Err(error) = window.show() {
        tracing::error!(%error, "the window can't be shown");
    }
}

/// The window stays with the app's own page, wherever a link or a script would lead it.
fn is_own_page(url: &tauri::Url) -> bool {
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
