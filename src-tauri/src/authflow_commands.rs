//! What the console's page may ask of Prefactor's authflows. Each hands over to the console's desk.

use secrecy::SecretString;
use tauri::{State, ipc::Channel};

use crate::{
    authflow_window::{LookedUp, OpenAuthflow},
    console_commands::Subscription,
    console_desk::ConsoleDesk,
    login_window::{NotOpenable, Opened},
    page_opener,
};

/// The page's subscription to the open authflow.
#[derive(Debug, Default)]
pub struct AuthflowSubscription(Subscription);

/// Sends the open authflow, and again with every change.
#[tauri::command]
pub fn watch_authflow(
    desk: State<'_, ConsoleDesk>,
    subscription: State<'_, AuthflowSubscription>,
    channel: Channel<Option<OpenAuthflow>>,
) {
    subscription.0.begin(desk.authflows(), channel);
}

/// Looks an authflow up by a text that a person gave.
#[tauri::command]
pub async fn look_up_authflow(
    desk: State<'_, ConsoleDesk>,
    text: String,
    insist: bool,
) -> Result<LookedUp, ()> {
    desk.look_up_authflow(text, insist).await.ok_or(())
}

/// Opens an authflow that is in the list.
#[tauri::command]
pub async fn open_authflow(desk: State<'_, ConsoleDesk>, id: String) -> Result<(), ()> {
    desk.open_authflow(id).await;
    Ok(())
}

/// Reads an authflow now, and watches it again.
#[tauri::command]
pub async fn check_authflow(desk: State<'_, ConsoleDesk>, id: String) -> Result<(), ()> {
    desk.check_authflow(id).await;
    Ok(())
}

/// Watches an authflow no longer.
#[tauri::command]
pub async fn forget_authflow(desk: State<'_, ConsoleDesk>, id: String) -> Result<(), ()> {
    desk.forget_authflow(id).await;
    Ok(())
}

/// Opens an authflow's return address in the browser, after the person has confirmed its host.
#[tauri::command]
pub async fn open_return_address(
    desk: State<'_, ConsoleDesk>,
    id: String,
    confirmed: Option<String>,
) -> Result<Opened, ()> {
    let Some(offer) = desk.return_address(id).await else {
        return Ok(Opened::Refused {
            why: NotOpenable::BadAddress,
        });
    };
    Ok(page_opener::open_page(Some(offer), confirmed.as_deref()).await)
}

/// Works with this key for Prefactor. It is never handed out again.
#[tauri::command]
pub async fn use_authflow_key(desk: State<'_, ConsoleDesk>, key: SecretString) -> Result<(), ()> {
    desk.use_authflow_key(key).await;
    Ok(())
}

/// Asks the keychain for Prefactor's key once more, or to keep the one in memory.
#[tauri::command]
pub async fn ask_authflow_keychain_again(desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    desk.ask_authflow_keychain_again().await;
    Ok(())
}

/// Removes Prefactor's key.
#[tauri::command]
pub async fn forget_authflow_key(desk: State<'_, ConsoleDesk>) -> Result<(), ()> {
    desk.forget_authflow_key().await;
    Ok(())
}
