//! The types that cross to the page, as TypeScript: generated, committed, and checked for drift.

use login_flow::{
    AnswerProblem,
    typescript::{declaration, declarations},
};

use crate::{
    authflow_window::{AuthflowKeyState, AuthflowScreen, AuthflowService, LookedUp, OpenAuthflow},
    console_window::{
        ConsoleScreen, ConsoleWindow, Copied, Deleted, DeskView, EnvironmentChoice, HandoffView,
        HistoryRead, KeyState, LinkKind, LiveViewState, Look, OpenConnection, Place, Reading,
        Saved, SettingsView, Started,
    },
    link::LinkProblem,
    login_window::{KeychainUse, LoginScreen, LoginWindow, NotOpenable, Opened, PageKind},
};

/// Where they are committed.
const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ui/src/lib/platform/types.ts"
);

/// An answer is read by hand in Rust, to refuse one that is both fields and a choice, so its type
/// is written by hand too.
const ANSWER: &str = "\
/**
 * A person's answer to the prompt it names: the fields, or one choice.
 */
export type Answer =
  | { interaction_id: string; field_values: Record<string, string> }
  | { interaction_id: string; selected_choice_id: string };
";

fn generated() -> String {
    [
        "// Generated from the Rust types by `make types`. Do not edit.\n\n".to_owned(),
        declarations(),
        declaration::<LoginWindow>(),
        declaration::<KeychainUse>(),
        declaration::<keychain::KeychainTrouble>(),
        declaration::<LoginScreen>(),
        declaration::<LinkProblem>(),
        declaration::<AnswerProblem>(),
        declaration::<Opened>(),
        declaration::<NotOpenable>(),
        declaration::<PageKind>(),
        ANSWER.to_owned(),
        "\n".to_owned(),
        support::typescript::declarations(),
        declaration::<ConsoleWindow>(),
        declaration::<ConsoleScreen>(),
        declaration::<EnvironmentChoice>(),
        declaration::<KeyState>(),
        declaration::<DeskView>(),
        declaration::<AuthflowService>(),
        declaration::<OpenAuthflow>(),
        declaration::<AuthflowScreen>(),
        declaration::<AuthflowKeyState>(),
        declaration::<LookedUp>(),
        declaration::<Reading>(),
        declaration::<SettingsView>(),
        declaration::<OpenConnection>(),
        declaration::<HandoffView>(),
        declaration::<LiveViewState>(),
        declaration::<Started>(),
        declaration::<Saved>(),
        declaration::<Deleted>(),
        declaration::<HistoryRead>(),
        declaration::<LinkKind>(),
        declaration::<Copied>(),
        declaration::<Place>(),
        declaration::<Look>(),
    ]
    .concat()
}

/// With `USHER_WRITE_TYPES` set this writes the file; otherwise it checks it.
#[test]
fn the_committed_types_are_those_of_the_code() {
    let generated = generated();
    if std::env::var_os("USHER_WRITE_TYPES").is_some() {
        std::fs::write(FILE, &generated).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        committed == generated,
        "ui/src/lib/platform/types.ts is out of date: run `make types` and commit it"
    );
}
