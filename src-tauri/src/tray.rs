//! The tray: how many wait, and a way to each of the first.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tauri::{
    AppHandle, Manager, Wry,
    menu::{Menu, MenuBuilder, MenuItemBuilder},
    tray::{TrayIcon, TrayIconBuilder},
};

use crate::{console_desk::ConsoleDesk, window};

const ID: &str = "usher";
const OPEN: &str = "open";
const QUIT: &str = "quit";
/// What a connection's item begins with.
const GO: &str = "go:";

/// Whether there is a tray. A desktop may have none, and nothing depends on it.
#[derive(Debug, Default)]
pub enum Tray {
    /// It was not wanted yet.
    #[default]
    Unwanted,
    /// It is there.
    There,
    /// This desktop has none, or lacks the library for it.
    Impossible,
}

impl Tray {
    /// Shows who waits. To be called on the main thread.
    pub fn show(&mut self, app: &AppHandle, first: &[(String, String)], count: u32) {
        let shown = match self {
            Self::Impossible => return,
            Self::Unwanted => {
                // The library behind it panics where it isn't installed.
                let made = catch_unwind(AssertUnwindSafe(|| make(app, first, count)));
                made.unwrap_or(Err(tauri::Error::WebviewNotFound))
            }
            Self::There => renew(app, first, count),
        };
        *self = match shown {
            Ok(()) => Self::There,
            Err(error) => {
                tracing::warn!(%error, "there is no tray");
                Self::Impossible
            }
        };
    }

    /// Takes it away. To be called on the main thread.
    pub fn hide(&mut self, app: &AppHandle) {
        if matches!(self, Self::There) {
            app.remove_tray_by_id(ID);
            *self = Self::Unwanted;
        }
    }
}

fn make(app: &AppHandle, first: &[(String, String)], count: u32) -> tauri::Result<()> {
    let mut tray = TrayIconBuilder::with_id(ID)
        .menu(&menu(app, first, count)?)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()));
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    label(&tray.build(app)?, count)
}

fn renew(app: &AppHandle, first: &[(String, String)], count: u32) -> tauri::Result<()> {
    let Some(tray) = app.tray_by_id(ID) else {
        return make(app, first, count);
    };
    tray.set_menu(Some(menu(app, first, count)?))?;
    label(&tray, count)
}

/// The number beside the icon, where the desktop shows one, and in words where it shows those.
fn label(tray: &TrayIcon<Wry>, count: u32) -> tauri::Result<()> {
    tray.set_title((count > 0).then(|| count.to_string()))?;
    tray.set_tooltip(Some(format!("Usher: {}", waiting(count))))
}

fn menu(app: &AppHandle, first: &[(String, String)], count: u32) -> tauri::Result<Menu<Wry>> {
    let heading = MenuItemBuilder::new(waiting(count))
        .enabled(false)
        .build(app)?;
    let mut menu = MenuBuilder::new(app).item(&heading);
    for (id, called) in first {
        menu = menu.text(format!("{GO}{id}"), called);
    }
    menu.separator()
        .text(OPEN, "Open Usher")
        .text(QUIT, "Quit Usher")
        .build()
}

fn waiting(count: u32) -> String {
    match count {
        0 => "Nobody waits".to_owned(),
        1 => "1 login waits".to_owned(),
        count => format!("{count} logins wait"),
    }
}

fn chosen(app: &AppHandle, item: &str) {
    match item {
        QUIT => app.exit(0),
        OPEN => window::show_console(app),
        item => {
            window::show_console(app);
            if let (Some(id), Some(desk)) = (
                item.strip_prefix(GO).map(str::to_owned),
                app.try_state::<ConsoleDesk>(),
            ) {
                let desk = desk.inner().clone();
                tauri::async_runtime::spawn(async move { desk.open_connection(Some(id)).await });
            }
        }
    }
}
