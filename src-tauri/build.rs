//! Declares the app's commands, so that each needs a grant even from a local page.

const COMMANDS: &[&str] = &[
    "watch_login",
    "ready",
    "begin",
    "dismiss_link",
    "answer",
    "check_again",
    "open_page",
    "open_link",
    "close_window",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
