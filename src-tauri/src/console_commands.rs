//! What the console's page may ask of the app. Each hands over to the console's desk.

use std::sync::{Arc, Mutex, PoisonError};

use login_flow::{Answer, AnswerProblem};
use secrecy::SecretString;
use serde::Serialize;
use support::{ConnectionDraft, HappeningKind, ListView, LoginDraft};
use tauri::{AppHandle, State, async_runtime::JoinHandle, ipc::Channel};
use tokio::sync::watch;

use crate::{
    clipboard::SecretClipboard,
    console_desk::ConsoleDesk,
    console_window::{
        ConsoleWindow, Copied, Deleted, HistoryRead, LinkKind, Look, OpenConnection, Place, Saved,
        Started,
    },
    environment_book::EnvironmentBook,
    login_window::{NotOpenable, Opened, PageKind},
    page_opener, page_window,
    run::start_sandbox,
};

/// The page's three subscriptions. A page that loads again subscribes again, and the old ones
/// end.
#[derive(Debug, Default)]
pub struct Subscriptions {
    window: Subscription,
    list: Subscription,
    connection: Subscription,
}

/// One subscription of the page.
#[derive(Debug, Default)]
pub(crate) struct Subscription(Mutex<Option<JoinHandle<()>>>);

impl Subscription {
    /// Sends what there is now and again with every change. What changes faster than it can be
    /// sent is sent once, as it is then.
    pub(crate) fn begin<T, S>(&self, mut values: watch::Receiver<Arc<T>>, channel: Channel<S>)
    where
        T: Clone + Into<S> + Send + Sync + 'static,
        S: Serialize + Send + Sync + 'static,
    {
        let task = tauri::async_runtime::spawn(async move {
            loop {
                let value = values.borrow_and_update().as_ref().clone();
                if channel.send(value.into()).is_err() || values.changed().await.is_err() {
                    return;
                }
            }
        });
        let mut present = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(former) = present.replace(task) {
            former.abort();
        }
    }
}

/// Sends the console's window as it is now, and again with every change.
#[tauri::command]
pub fn watch_console(
    desk: State<'_, ConsoleDesk>,
    subscriptions: State<'_, Subscriptions>,
    channel: Channel<ConsoleWindow>,
) {
    subscriptions.window.begin(desk.windows(), channel);
}

/// Sends the part of the list that is looked at, and again with every change.
#[tauri::command]
pub fn watch_list(
    desk: State<'_, ConsoleDesk>,
    subscriptions: State<'_, Subscriptions>,
    channel: Channel<ListView>,
) {
    subscriptions.list.begin(desk.lists(), channel);
}

/// Sends the open connection, and again with every change.
#[tauri::command]
pub fn watch_connection(
    desk: State<'_, ConsoleDesk>,
    subscriptions: State<'_, Subscriptions>,
    channel: Channel<Option<OpenConnection>>,
) {
    subscriptions.connection.begin(desk.opened(), channel);
}

/// Looks at a part of the list.
#[tauri::command]
pub async fn look(desk: State<'_, ConsoleDesk>, look: Look) -> Result<(), ()> {
    desk.look(look).await;
    Ok(())
}

/// Opens a connection, or none.
#[tauri::command]
pub async fn open_connection(desk: State<'_, ConsoleDesk>, id: Option<String>) -> Result<(), ()> {
    desk.open_connection(id).await;
    Ok(())
}

/// Opens the next connection that waits for a person.
#[tauri::command]
pub async fn open_next(desk: State<'_, ConsoleDesk>) -> Result<bool, ()> {
    Ok(desk.open_next().await)
}

/// Reads a connection again.
#[tauri::command]
pub async fn check_connection(desk: State<'_, ConsoleDesk>, id: String) -> Result<(), ()> {
    desk.check(id).await;
    Ok(())
}

/// Sends an answer to a flow, once.
#[tauri::command]
pub async fn answer_flow(
    desk: State<'_, ConsoleDesk>,
    id: String,
    answer: Answer,
) -> Result<(), AnswerProblem> {
    desk.answer(id, answer).await
}

/// Opens a page of a flow, in the browser or in a window of its own.
#[tauri::command]
pub async fn open_flow_page(
    app: AppHandle,
    desk: State<'_, ConsoleDesk>,
    id: String,
    page: PageKind,
    place: Place,
    confirmed: Option<String>,
) -> Result<Opened, ()> {
    let offer = match place {
        Place::Browser => desk.page(id.clone(), page).await,
        Place::Window => desk.page_to_look_at(id.clone(), page).await,
    };
    let Some(offer) = offer else {
        return Ok(Opened::Refused {
            why: NotOpenable::NoPage,
        });
    };
    if place == Place::Window
        && confirmed.is_none()
        && let Some(opened) = page_window::open(&app, page, &offer, &desk.site(&id))
    {
        return Ok(opened);
    }
    Ok(page_opener::open_page(Some(offer), confirmed.as_deref()).await)
}

/// Copies a link of a flow.
#[tauri::command]
pub async fn copy_link(
    desk: State<'_, ConsoleDesk>,
    clipboard: State<'_, SecretClipboard>,
    id: String,
    link: LinkKind,
) -> Result<Copied, ()> {
    let Some(link) = desk.link(id, link).await else {
        return Ok(Copied::NoLink);
    };
    Ok(if clipboard.copy(link).await {
        Copied::Copied {
            seconds: u32::try_from(clipboard.stay().as_secs()).unwrap_or(u32::MAX),
        }
    } else {
        Copied::NoClipboard
    })
}

/// Copies what support needs to know about what the console shows. Whether it could be copied.
#[tauri::command]
pub async fn copy_console_details(
    desk: State<'_, ConsoleDesk>,
    clipboard: State<'_, SecretClipboard>,
) -> Result<bool, ()> {
    let details = desk.details().await.ok_or(())?;
    Ok(clipboard.copy_plain(details).await)
}

/// Starts a login.
#[tauri::command]
pub async fn start_login(
    desk: State<'_, ConsoleDesk>,
    id: String,
    draft: LoginDraft,
    over: bool,
) -> Result<Started, ()> {
    desk.start(id, draft, over).await.ok_or(())
}

/// Creates a connection.
#[tauri::command]
pub async fn create_connection(
    desk: State<'_, ConsoleDesk>,
    draft: ConnectionDraft,
) -> Result<Saved, ()> {
    desk.create(draft).await.ok_or(())
}

/// Changes a connection.
#[tauri::command]
pub async fn change_connection(
    desk: State<'_, ConsoleDesk>,
    id: String,
    before: ConnectionDraft,
    after: ConnectionDraft,
) -> Result<Saved, ()> {
    desk.change(id, before, after).await.ok_or(())
}

/// Deletes a connection.
#[tauri::command]
pub async fn delete_connection(desk: State<'_, ConsoleDesk>, id: String) -> Result<Deleted, ()> {
    desk.delete(id).await.ok_or(())
}

/// Reads what happened on a connection.
#[tauri::command]
pub async fn history(
    desk: State<'_, ConsoleDesk>,
    id: String,
    kind: Option<HappeningKind>,
    from: u64,
) -> Result<HistoryRead, ()> {
    desk.history(id, kind, from).await.ok_or(())
}

/// Takes a remote browser over.
#[tauri::command]
pub async fn take_over(desk: State<'_, ConsoleDesk>, id: String) -> Result<(), ()> {
    desk.take_over(id).await;
    Ok(())
}

/// Gives the remote browser back.
#[tauri::command]
pub async fn give_back(desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    desk.give_back().await;
    Ok(())
}

/// Tries a key. It is never handed out again.
#[tauri::command]
pub async fn use_key(desk: State<'_, ConsoleDesk>, key: SecretString) -> Result<(), ()> {
    desk.use_key(key).await;
    Ok(())
}

/// Tries the key that could not be checked once more.
#[tauri::command]
pub async fn try_key_again(desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    desk.try_key_again().await;
    Ok(())
}

/// Asks the keychain once more.
#[tauri::command]
pub async fn ask_keychain_again(desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    desk.ask_keychain_again().await;
    Ok(())
}

/// Removes the key.
#[tauri::command]
pub async fn forget_key(desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    desk.forget_key().await;
    Ok(())
}

/// Works in another environment.
#[tauri::command]
pub async fn choose_environment(desk: State<'_, ConsoleDesk>, name: String) -> Result<(), ()> {
    desk.choose_environment(name).await;
    Ok(())
}

/// Starts the sandbox, if it does not run yet, and works in it.
#[tauri::command]
pub async fn try_sandbox(app: AppHandle, desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    start_sandbox(&app, std::net::SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .map_err(|error| tracing::error!(%error, "the sandbox can't be started"))?;
    desk.choose_environment(crate::environment_book::SANDBOX.to_owned())
        .await;
    Ok(())
}

/// Reads `environments.toml` again.
#[tauri::command]
pub fn read_environments_again(book: State<'_, Arc<EnvironmentBook>>) {
    book.read_again();
}

/// Opens `environments.toml` in the system's editor.
#[tauri::command]
pub async fn open_environments_file(book: State<'_, Arc<EnvironmentBook>>) -> Result<(), ()> {
    let file = book.file().to_owned();
    let opened = tokio::task::spawn_blocking(move || open::that_detached(file)).await;
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(()),
    }
}

/// Whether the system shows a note when a flow begins to wait.
#[tauri::command]
pub async fn set_notifications(desk: State<'_, ConsoleDesk>, on: bool) -> Result<(), ()> {
    desk.set_notifications(on).await;
    Ok(())
}

/// Whether closing the window goes on watching.
#[tauri::command]
pub async fn set_keep_watching(desk: State<'_, ConsoleDesk>, on: bool) -> Result<(), ()> {
    desk.set_keep_watching(on).await;
    Ok(())
}

/// Says what closing means, or that the window stays.
#[tauri::command]
pub async fn close_console(
    desk: State<'_, ConsoleDesk>,
    keep_watching: Option<bool>,
) -> Result<(), ()> {
    desk.close(keep_watching).await;
    Ok(())
}
