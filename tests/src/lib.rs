//! The built app, driven from outside, as people use it: a real window on a display of its own, a
//! real keychain, the system's own link handler, and the sandbox over real sockets.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test that can't be set up has failed, and says where"
)]

pub mod app;
pub mod authflows;
pub mod console;
pub mod desktop;
pub mod gateway;
pub mod half_typed;
pub mod hurt;
pub mod leak;
pub mod mute;
pub mod scratch;
pub mod seen;
pub mod service;
mod session;
pub mod shell;
pub mod waiting;
pub mod walker;

/// The programs that the tests drive.
pub mod programs {
    use std::path::PathBuf;

    fn root() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .canonicalize()
            .expect("the repository")
    }

    fn target() -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
    }

    /// The built app.
    #[must_use]
    pub fn usher() -> PathBuf {
        std::env::var_os("USHER_BIN").map_or_else(|| target().join("debug/usher"), PathBuf::from)
    }

    /// The `WebDriver` server that starts it.
    #[must_use]
    pub fn tauri_driver() -> PathBuf {
        root().join("target/tools/bin/tauri-driver")
    }

    /// Where pictures are left.
    #[must_use]
    pub fn pictures(of: &str) -> PathBuf {
        root().join("target").join(of)
    }
}
