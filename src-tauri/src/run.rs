//! Starting: the parts are made and put together here, once.

use std::io::Write;

use keychain::Keychain;
use sandbox::{Sandbox, Settings};
use tauri::{App, AppHandle, Manager};
use tauri_plugin_deep_link::DeepLinkExt;
use thiserror::Error;

use crate::{
    commands,
    environment::{Environments, EnvironmentsError},
    kept_session::SessionStore,
    launch::{Launch, link_in},
    link_handler,
    login_desk::LoginDesk,
    window,
};

/// The name of Usher's entries in the keychain.
const KEYCHAIN_SERVICE: &str = "usher";

/// The name of the environment that `--sandbox` adds.
const SANDBOX: &str = "sandbox";

/// Why Usher can't start.
#[derive(Debug, Error)]
pub enum StartError {
    /// `environments.toml` can't be used.
    #[error(transparent)]
    Environments(#[from] EnvironmentsError),
    /// The sandbox can't be started.
    #[error("the sandbox can't be started: {0}")]
    Sandbox(#[from] sandbox::Error),
    /// The window system, or the app's own folders, can't be had.
    #[error("Usher can't open its window: {0}")]
    Window(#[from] tauri::Error),
}

/// Runs Usher until its window is closed.
pub fn run(launch: Launch) -> Result<(), StartError> {
    let mut launch = launch;
    tauri::Builder::default()
        // First, so that a second launch hands over its link before anything else happens in it.
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, _folder| second_launch(app, &arguments),
        ))
        .plugin(tauri_plugin_deep_link::init())
        .manage(commands::Watching::default())
        .invoke_handler(tauri::generate_handler![
            commands::watch_login,
            commands::ready,
            commands::begin,
            commands::dismiss_link,
            commands::answer,
            commands::check_again,
            commands::open_page,
            commands::open_link,
            commands::close_window,
        ])
        .setup(move |app| Ok(set_up(app, &mut launch)?))
        .run(tauri::generate_context!())?;
    Ok(())
}

fn set_up(app: &App, launch: &mut Launch) -> Result<(), StartError> {
    let mut environments = load_environments(app)?;
    if launch.sandbox {
        let sandbox = start_sandbox(launch.sandbox_listen)?;
        let address = format!("http://{}", sandbox.address());
        environments.add_local(SANDBOX, &address)?;
        app.manage(sandbox);
        link_handler::register(app.handle());
        announce(&address);
    }
    let sessions = SessionStore::new(Keychain::new(KEYCHAIN_SERVICE));
    let link = launch.take_link();
    let desk =
        tauri::async_runtime::block_on(async { LoginDesk::open(environments, sessions, link) });
    app.manage(desk);
    window::open_login(app)?;
    take_links_from_the_system(app.handle());
    Ok(())
}

fn load_environments(app: &App) -> Result<Environments, StartError> {
    let folder = app.path().config_dir()?.join("usher");
    Ok(Environments::load(&folder.join("environments.toml"))?)
}

fn start_sandbox(listen: std::net::SocketAddr) -> Result<Sandbox, sandbox::Error> {
    let settings = Settings {
        listen,
        ..Settings::default()
    };
    tauri::async_runtime::block_on(Sandbox::start(settings))
}

/// Says where the sandbox is, for scripts that start Usher with one.
fn announce(address: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody may be reading.
    let _ = writeln!(out, "listening on {address}");
    let _ = out.flush();
}

/// On macOS the system delivers links as events. Elsewhere a link is an argument: of this process
/// at the start, of a second one later.
fn take_links_from_the_system(app: &AppHandle) {
    if !cfg!(target_os = "macos") {
        return;
    }
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            take_link(&handle, secrecy::SecretString::from(url.as_str()));
        }
    });
}

fn second_launch(app: &AppHandle, arguments: &[String]) {
    if let Some(link) = link_in(arguments) {
        take_link(app, link);
    }
    window::bring_forward(app);
}

fn take_link(app: &AppHandle, link: secrecy::SecretString) {
    let Some(desk) = app.try_state::<LoginDesk>() else {
        return;
    };
    let desk = desk.inner().clone();
    tauri::async_runtime::spawn(async move { desk.link(link).await });
}
