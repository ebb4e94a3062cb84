//! Declares the app's commands, so that each needs a grant even from a local page.

const COMMANDS: &[&str] = &[
    "watch_login",
    "ready",
    "begin",
    "dismiss_link",
    "answer",
    "check_again",
    "copy_details",
    "open_page",
    "open_link",
    "close_window",
    "watch_console",
    "watch_list",
    "watch_connection",
    "look",
    "open_connection",
    "open_next",
    "check_connection",
    "answer_flow",
    "open_flow_page",
    "copy_link",
    "copy_console_details",
    "start_login",
    "create_connection",
    "change_connection",
    "delete_connection",
    "history",
    "take_over",
    "give_back",
    "use_key",
    "try_key_again",
    "ask_keychain_again",
    "forget_key",
    "choose_environment",
    "try_sandbox",
    "read_environments_again",
    "open_environments_file",
    "set_notifications",
    "set_keep_watching",
    "close_console",
    "watch_authflow",
    "look_up_authflow",
    "open_authflow",
    "check_authflow",
    "forget_authflow",
    "open_return_address",
    "use_authflow_key",
    "ask_authflow_keychain_again",
    "forget_authflow_key",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
