//! The shell: the only crate that knows Tauri. It puts the rooms together and holds no rules.

#![allow(
    clippy::missing_panics_doc,
    clippy::needless_pass_by_value,
    reason = "Tauri's commands take their arguments by value, and its macros add panics of their own"
)]

pub mod api_key;
pub mod authflow_commands;
pub mod authflow_window;
pub mod clipboard;
pub mod commands;
pub mod console_commands;
pub mod console_desk;
pub mod console_window;
pub mod desktop_proxy;
pub mod details;
mod engine;
pub mod engine_folder;
pub mod environment;
pub mod environment_book;
pub mod frame;
pub mod handoff;
pub mod kept_session;
pub mod launch;
pub mod link;
pub mod link_handler;
pub mod login_desk;
pub mod login_window;
pub mod notes;
pub mod origin;
pub mod page_opener;
pub mod page_window;
mod run;
pub mod settings;
pub mod tray;
pub mod window;

pub use run::{StartError, run};

#[cfg(test)]
mod typescript;
