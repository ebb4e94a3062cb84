//! What the login window's page may ask of the app. Each hands over to the login desk.

use std::sync::{Mutex, PoisonError};

use login_flow::{Answer, AnswerProblem};
use secrecy::SecretString;
use tauri::{AppHandle, State, WebviewWindow, async_runtime::JoinHandle, ipc::Channel};

use crate::{
    clipboard::SecretClipboard,
    login_desk::LoginDesk,
    login_window::{LoginWindow, Opened, PageKind},
    page_opener,
    run::take_link,
    window::Shown,
};

/// The page's subscription. A page that loads again subscribes again, and the old one ends.
#[derive(Debug, Default)]
pub struct Watching(Mutex<Option<JoinHandle<()>>>);

/// Sends the window as it is now, and again with every change. What changes faster than it can
/// be sent is sent once, as it is then.
#[tauri::command]
pub fn watch_login(
    desk: State<'_, LoginDesk>,
    watching: State<'_, Watching>,
    channel: Channel<LoginWindow>,
) {
    let mut windows = desk.windows();
    let task = tauri::async_runtime::spawn(async move {
        loop {
            let window = windows.borrow_and_update().as_ref().clone();
            if channel.send(window).is_err() || windows.changed().await.is_err() {
                return;
            }
        }
    });
    let mut watching = watching.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(former) = watching.replace(task) {
        former.abort();
    }
}

/// The page has been drawn: the window may be shown.
#[tauri::command]
pub fn ready(window: WebviewWindow, shown: State<'_, Shown>) {
    let mut shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    // A page that loads again in a hidden window does not show it.
    if !shown.iter().any(|label| label == window.label()) {
        shown.push(window.label().to_owned());
        crate::window::show(&window);
    }
}

/// Goes on with the invitation.
#[tauri::command]
pub async fn begin(desk: State<'_, LoginDesk>) -> Result<(), ()> {
    desk.begin().await;
    Ok(())
}

/// Puts the link away that is on the screen.
#[tauri::command]
pub async fn dismiss_link(desk: State<'_, LoginDesk>) -> Result<(), ()> {
    desk.dismiss_link().await;
    Ok(())
}

/// Sends an answer, once.
#[tauri::command]
pub async fn answer(desk: State<'_, LoginDesk>, answer: Answer) -> Result<(), AnswerProblem> {
    desk.answer(answer).await
}

/// Looks how things stand now.
#[tauri::command]
pub async fn check_again(desk: State<'_, LoginDesk>) -> Result<(), ()> {
    desk.check_again().await;
    Ok(())
}

/// Copies what support needs to know about what is on the screen. Whether it could be copied.
#[tauri::command]
pub async fn copy_details(
    desk: State<'_, LoginDesk>,
    clipboard: State<'_, SecretClipboard>,
) -> Result<bool, ()> {
    let details = desk.details().await.ok_or(())?;
    Ok(clipboard.copy_plain(details).await)
}

/// Opens one of the flow's pages in the browser.
#[tauri::command]
pub async fn open_page(
    desk: State<'_, LoginDesk>,
    page: PageKind,
    confirmed: Option<String>,
) -> Result<Opened, ()> {
    let offer = desk.page(page).await;
    Ok(page_opener::open_page(offer, confirmed.as_deref()).await)
}

/// Takes the link that the person pasted, as if it had been clicked.
#[tauri::command]
pub fn open_link(app: AppHandle, link: String) {
    take_link(&app, SecretString::from(link.trim()));
}

/// Closes the login window.
#[tauri::command]
pub fn close_window(window: WebviewWindow) {
    if let Err(error) = window.close() {
        tracing::error!(%error, "the window can't be closed");
    }
}
