//! Where the engine keeps its things: the app's own folder. On a full disk, or where nobody may
//! write, that can't be made; without any there would be no window.

use std::{env, fs, path::PathBuf};

use tauri::{AppHandle, Manager, Wry, webview::WebviewWindowBuilder};

/// Lets a window be opened also where the app's own folder can't be made. What the engine keeps is
/// then gone with the session.
#[must_use]
pub fn with_a_folder<'a>(
    window: WebviewWindowBuilder<'a, Wry, AppHandle>,
    app: &AppHandle,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    match folder_instead(app) {
        Some(folder) => window.data_directory(folder),
        None => window,
    }
}

/// Another folder than the app's own, if that can't be made and another can.
fn folder_instead(app: &AppHandle) -> Option<PathBuf> {
    let own = app.path().app_local_data_dir().ok()?;
    let error = fs::create_dir_all(own).err()?;
    tracing::warn!(%error, "the app's own folder can't be made");
    let session = app.path().runtime_dir().ok();
    let folders = session.into_iter().chain([env::temp_dir()]);
    folders
        .map(|folder| folder.join("dev.usher.Usher"))
        .find(|folder| fs::create_dir_all(folder).is_ok())
}
