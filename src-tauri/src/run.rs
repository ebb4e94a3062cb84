//! Starting: the parts are made and put together here, once.

use std::{
    io::Write,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use keychain::Keychain;
use sandbox::{Sandbox, Settings, World};
use secrecy::{ExposeSecret, SecretString};
use support::NewNeed;
use tauri::{App, AppHandle, Manager, RunEvent};
use tauri_plugin_deep_link::DeepLinkExt;
use thiserror::Error;
use tokio::sync::mpsc;

use crate::{
    api_key::KeyStore,
    authflow_commands::{self, AuthflowSubscription},
    clipboard::{STAY, SecretClipboard},
    commands,
    console_commands::{self, Subscriptions},
    console_desk::{ConsoleDesk, Signal},
    environment_book::EnvironmentBook,
    frame::{self, Framed},
    kept_session::SessionStore,
    launch::{Launch, link_in},
    link::Link,
    link_handler,
    login_desk::LoginDesk,
    notes::{Crowd, Notes},
    settings::SettingsFile,
    tray::Tray,
    window,
};

/// The name of Usher's entries in the keychain.
const KEYCHAIN_SERVICE: &str = "usher";

/// Without a link, so long the keychain may take to tell of a login that was left open, before
/// the console is shown instead.
const LEFT_OPEN_WAIT: Duration = Duration::from_millis(1500);

/// Why Usher can't start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The sandbox can't be started.
    #[error("the sandbox can't be started: {0}")]
    Sandbox(#[from] sandbox::Error),
    /// The window system, or the app's own folders, can't be had.
    #[error("Usher can't open its window: {0}")]
    Window(#[from] tauri::Error),
}

/// Runs Usher until its last window is closed.
pub fn run(launch: Launch) -> Result<(), StartError> {
    let mut launch = launch;
    let app = tauri::Builder::default()
        // First, so that a second launch hands over its link before anything else happens in it.
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, _folder| second_launch(app, &arguments),
        ))
        .plugin(tauri_plugin_deep_link::init())
        .register_asynchronous_uri_scheme_protocol(frame::SCHEME, frame::answer)
        .manage(commands::Watching::default())
        .manage(Subscriptions::default())
        .manage(AuthflowSubscription::default())
        .manage(Framed::default())
        .manage(window::Shown::default())
        .manage(Running::default())
        .manage(SecretClipboard::new(STAY))
        .invoke_handler(tauri::generate_handler![
            commands::watch_login,
            commands::ready,
            commands::begin,
            commands::dismiss_link,
            commands::answer,
            commands::check_again,
            commands::copy_details,
            commands::open_page,
            commands::open_link,
            commands::close_window,
            console_commands::watch_console,
            console_commands::watch_list,
            console_commands::watch_connection,
            console_commands::look,
            console_commands::open_connection,
            console_commands::open_next,
            console_commands::check_connection,
            console_commands::answer_flow,
            console_commands::open_flow_page,
            console_commands::copy_link,
            console_commands::copy_console_details,
            console_commands::start_login,
            console_commands::create_connection,
            console_commands::change_connection,
            console_commands::delete_connection,
            console_commands::history,
            console_commands::take_over,
            console_commands::give_back,
            console_commands::use_key,
            console_commands::try_key_again,
            console_commands::ask_keychain_again,
            console_commands::forget_key,
            console_commands::choose_environment,
            console_commands::try_sandbox,
            console_commands::read_environments_again,
            console_commands::open_environments_file,
            console_commands::set_notifications,
            console_commands::set_keep_watching,
            console_commands::close_console,
            authflow_commands::watch_authflow,
            authflow_commands::look_up_authflow,
            authflow_commands::open_authflow,
            authflow_commands::check_authflow,
            authflow_commands::forget_authflow,
            authflow_commands::open_return_address,
            authflow_commands::use_authflow_key,
            authflow_commands::ask_authflow_keychain_again,
            authflow_commands::forget_authflow_key,
        ])
        .setup(move |app| Ok(set_up(app, &mut launch)?))
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<SecretClipboard>().leave();
        }
    });
    Ok(())
}

/// What is made once, when it is first needed.
#[derive(Debug, Default)]
struct Running {
    console: OnceLock<ConsoleDesk>,
    sandbox: tokio::sync::Mutex<Option<Sandbox>>,
}

fn set_up(app: &App, launch: &mut Launch) -> Result<(), StartError> {
    let folder = app.path().config_dir()?.join("usher");
    let book = Arc::new(EnvironmentBook::open(folder.join("environments.toml")));
    app.manage(book.clone());
    if launch.sandbox {
        let start = start_sandbox(app.handle(), launch.sandbox_listen);
        let address = tauri::async_runtime::block_on(start)?;
        link_handler::register(app.handle());
        announce(&address);
    }
    let sessions = SessionStore::new(Keychain::new(KEYCHAIN_SERVICE));
    let (link, for_support) = sorted(launch.take_link());
    let desk = tauri::async_runtime::block_on(async {
        LoginDesk::open(book.follow(), sessions, link.clone())
    });
    app.manage(desk.clone());
    match (link, for_support) {
        (Some(_), _) if book.follow().borrow().is_ok() => window::show_login(app.handle()),
        // The console shows what is wrong with the environments; then the link goes on.
        (Some(link), _) | (None, Some(link)) => take_link(app.handle(), link),
        (None, None) => open_first_window(app.handle(), desk),
    }
    take_links_from_the_system(app.handle());
    Ok(())
}

/// Tells a link for guests, or one that can't be read, from one for support.
fn sorted(link: Option<SecretString>) -> (Option<SecretString>, Option<SecretString>) {
    match link {
        Some(link) if is_for_support(&link) => (None, Some(link)),
        link => (link, None),
    }
}

fn is_for_support(link: &SecretString) -> bool {
    matches!(
        Link::parse(link.expose_secret()),
        Ok(Link::Watch { .. } | Link::Authflow { .. } | Link::Return { .. })
    )
}

/// Without a link: a login that was left open goes on; else it is support who starts Usher.
fn open_first_window(app: &AppHandle, desk: LoginDesk) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let left_open = tokio::time::timeout(LEFT_OPEN_WAIT, desk.has_something_to_show());
        let left_open = left_open.await.unwrap_or(false);
        on_main_thread(&app, move |app| {
            if left_open {
                window::show_login(app);
            } else {
                window::show_console(app);
            }
        });
    });
}

/// Starts the sandbox, if it does not run yet. Its address.
pub(crate) async fn start_sandbox(
    app: &AppHandle,
    listen: SocketAddr,
) -> Result<String, sandbox::Error> {
    let running = app.state::<Running>();
    let mut running = running.sandbox.lock().await;
    let sandbox = match running.take() {
        Some(sandbox) => sandbox,
        None => {
            Sandbox::start(Settings {
                listen,
                world: World::Demo,
                ..Settings::default()
            })
            .await?
        }
    };
    let address = format!("http://{}", sandbox.address());
    *running = Some(sandbox);
    app.state::<Arc<EnvironmentBook>>()
        .add_sandbox(address.clone());
    Ok(address)
}

/// Says where the sandbox is, for scripts that start Usher with one.
fn announce(address: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody may be reading.
    let _ = writeln!(out, "listening on {address}");
    let _ = out.flush();
}

/// The console's desk, which is opened when it is first needed: a guest's Usher looks for no API
/// key.
pub(crate) fn open_console_desk(app: &AppHandle) -> ConsoleDesk {
    let running = app.state::<Running>();
    let desk = running.console.get_or_init(|| {
        let book = app.state::<Arc<EnvironmentBook>>().inner().clone();
        let folder = book.file().parent().map(std::path::Path::to_owned);
        let settings = SettingsFile::open(folder.unwrap_or_default().join("settings.toml"));
        let keys = KeyStore::new(Keychain::new(KEYCHAIN_SERVICE));
        let (desk, signals) = {
            let _inside = tauri::async_runtime::handle().inner().enter();
            ConsoleDesk::open(book, keys, settings)
        };
        app.manage(desk.clone());
        tauri::async_runtime::spawn(heed(app.clone(), desk.clone(), signals));
        desk
    });
    desk.clone()
}

/// Does what the console wants of the system around it.
async fn heed(app: AppHandle, desk: ConsoleDesk, mut signals: mpsc::UnboundedReceiver<Signal>) {
    let notes = Notes::default();
    let mut crowd = Crowd::default();
    let tray = Arc::new(Mutex::new(Tray::default()));
    loop {
        let signal = tokio::select! {
            signal = signals.recv() => match signal {
                Some(signal) => signal,
                None => return,
            },
            more = crowd.over() => {
                let app = app.clone();
                notes.more(more, move || on_main_thread(&app, window::show_console));
                continue;
            }
        };
        match signal {
            Signal::Need(need) => {
                if crowd.comes() {
                    note_need(&app, &desk, &notes, &need);
                }
            }
            Signal::Waiting(waiting) => {
                let tray = tray.clone();
                on_main_thread(&app, move |app| {
                    let mut tray = tray.lock().unwrap_or_else(PoisonError::into_inner);
                    if waiting.at_work {
                        tray.show(app, &waiting.first, waiting.count);
                    } else {
                        tray.hide(app);
                    }
                });
            }
            Signal::Frames(origins) => {
                let framed = app.state::<Framed>();
                let before = framed.sources();
                framed.set(origins);
                if framed.sources() != before {
                    window::reload_console(&app);
                }
            }
            Signal::GoOn { say_so } => {
                window::hide_console(&app);
                desk.in_view(false).await;
                if say_so {
                    let app = app.clone();
                    notes.goes_on(move || on_main_thread(&app, window::show_console));
                }
            }
            Signal::End => app.exit(0),
        }
    }
}

/// A note whose click leads to who waits.
fn note_need(app: &AppHandle, desk: &ConsoleDesk, notes: &Notes, need: &NewNeed) {
    let (app, desk, id) = (app.clone(), desk.clone(), need.id.clone());
    notes.need(need, move || {
        on_main_thread(&app, window::show_console);
        tauri::async_runtime::spawn(async move { desk.open_connection(Some(id)).await });
    });
}

fn on_main_thread(app: &AppHandle, what: impl FnOnce(&AppHandle) + Send + 'static) {
    let handle = app.clone();
    if let Err(error) = app.run_on_main_thread(move || what(&handle)) {
        tracing::error!(%error, "the window system does not answer");
    }
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
            take_link(&handle, SecretString::from(url.as_str()));
        }
    });
}

fn second_launch(app: &AppHandle, arguments: &[String]) {
    match link_in(arguments) {
        Some(link) => take_link(app, link),
        None => window::show_any(app),
    }
}

/// Takes a link, from the system or from a person's hands, to the window that it is for.
pub(crate) fn take_link(app: &AppHandle, link: SecretString) {
    let book = app.state::<Arc<EnvironmentBook>>().inner().clone();
    if book.follow().borrow().is_err() {
        return take_link_later(app, link, &book);
    }
    let is_set_up = |environment: &str| {
        let known = book.follow().borrow().clone();
        matches!(known.as_ref(), Ok(environments) if environments.named(environment).is_some())
    };
    match Link::parse(link.expose_secret()) {
        Ok(Link::Watch {
            connection_id,
            environment,
        }) if is_set_up(&environment) => {
            in_console(app, |desk| async move {
                desk.watch(connection_id, environment).await;
            });
        }
        Ok(Link::Authflow {
            authflow_id,
            environment,
        }) if is_set_up(&environment) => {
            in_console(app, |desk| async move {
                desk.look_up_by_link(authflow_id, environment).await;
            });
        }
        Ok(Link::Return {
            connection_id,
            state,
        }) => {
            // Without a console nobody has given it anything to come back with.
            if let Some(desk) = app.try_state::<ConsoleDesk>() {
                let desk = desk.inner().clone();
                tauri::async_runtime::spawn(async move {
                    desk.come_back(connection_id, state).await;
                });
            }
        }
        // What can't be used is said in the login window, whatever it is for.
        Ok(Link::Login(_) | Link::Watch { .. } | Link::Authflow { .. }) | Err(_) => {
            let desk = app.state::<LoginDesk>().inner().clone();
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                desk.link(link).await;
                on_main_thread(&app, window::show_login);
            });
        }
    }
}

/// Shows the console and does this there.
fn in_console<F>(app: &AppHandle, doing: impl FnOnce(ConsoleDesk) -> F + Send + 'static)
where
    F: Future<Output = ()> + Send,
{
    on_main_thread(app, window::show_console);
    let app = app.clone();
    tauri::async_runtime::spawn(async move { doing(open_console_desk(&app)).await });
}

/// Until the environments are right again, nobody can say where a link leads.
fn take_link_later(app: &AppHandle, link: SecretString, book: &EnvironmentBook) {
    on_main_thread(app, window::show_console);
    let (app, mut known) = (app.clone(), book.follow());
    tauri::async_runtime::spawn(async move {
        if known.wait_for(|known| known.is_ok()).await.is_ok() {
            take_link(&app, link);
        }
    });
}
