//! What the console does outside its window: notes, the tray, and going on when it is closed.

use sandbox::API_KEY;
use serde_json::json;
use usher_tests::{
    app::App,
    console::{open, set_up, sign_in},
    desktop::Desktop,
    service::Service,
    shell::Shell,
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn each_need_is_noted_once_and_a_click_goes_there() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let shell = Shell::start(&desktop).await;
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    let app = open(&desktop, &service, &[]).await;
    let notes = || async { shell.notes() };
    let first = until("a note", notes, |notes| notes.len() == 1).await;
    assert!(first[0].title.contains("sms.example"), "{first:?}");
    assert!(first[0].text.contains("ada"), "{first:?}");
    // The stream breaks and comes back with the same question: nothing new.
    service.hook(id, "close-streams", json!({})).await;
    let streams = || service.count(id, "events");
    until("a second stream", streams, |count| *count == 2).await;
    // The next question is.
    let asked = service.connection(id).await;
    let answer = json!({
        "interaction_id": asked["interaction_id"],
        "field_values": { "f_username": "ada@example.com", "f_password": "correct horse" },
    });
    service.submit(&handoff, answer).await;
    let notes_now = until("a second note", notes, |notes| notes.len() == 2).await;
    assert!(notes_now[1].title.contains("wants a code"), "{notes_now:?}");
    assert!(notes_now[1].clickable);
    let opened = format!("[data-part=connection][data-connection=\"{id}\"]");
    let click = || async {
        shell.click(notes_now[1].id).await;
        app.find(&opened).await
    };
    until("the connection", click, Option::is_some).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_needs_at_once_share_a_note() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let shell = Shell::start(&desktop).await;
    service
        .sandbox("populate", json!({ "connections": 20, "live": 12 }))
        .await;
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("needs_a_person", 12).await;
    let notes = || async { shell.notes() };
    let notes = until("the shared note", notes, |notes| notes.len() == 4).await;
    assert_eq!(notes[3].title, "9 more logins wait", "{notes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_view_is_not_noted_and_notes_can_be_turned_off() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let shell = Shell::start(&desktop).await;
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    let app = open(&desktop, &service, &[]).await;
    let notes = || async { shell.notes() };
    until("a note", notes, |notes| notes.len() == 1).await;
    app.open_row(id).await;
    desktop.focus_window("1280x800");
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    // Another one, which is not in view, is noted after it.
    service.invite("other.sms.example").await;
    let walked = until("the other", notes, |notes| notes.len() > 1).await;
    assert!(walked[1].title.contains("other.sms.example"), "{walked:?}");
    app.press("show_settings").await;
    app.press("toggle_notifications").await;
    let third = service.invite("third.sms.example").await;
    app.press("show_settings").await;
    app.wait_row(&third.connection_id, "needs_a_person").await;
    assert_eq!(shell.notes().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_tells_how_many_wait_and_leads_to_each() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let shell = Shell::start(&desktop).await;
    let one = service.invite("one.sms.example").await;
    service.invite("two.sms.example").await;
    let app = open(&desktop, &service, &[]).await;
    let tray = || shell.tray();
    let both = |seen: &Option<(String, Vec<(i32, String)>)>| {
        seen.as_ref().is_some_and(|(label, lines)| {
            label == "2"
                && lines
                    .iter()
                    .any(|(_, line)| line.contains("one.sms.example"))
        })
    };
    let (_, lines) = until("the tray", tray, both).await.expect("a tray");
    assert!(
        lines.iter().any(|(_, line)| line == "2 logins wait"),
        "{lines:?}"
    );
    let line = lines
        .iter()
        .find(|(_, line)| line.contains("one.sms.example"));
    shell.choose(line.expect("its line").0).await;
    app.wait_opened(&one.connection_id).await;
    app.sign_in().await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    until("one less", tray, |seen| {
        seen.as_ref().is_some_and(|(label, _)| label == "1")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_console_goes_on_watching_if_the_person_wants_and_says_so_once() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let shell = Shell::start(&desktop).await;
    let handoff = service.invite("sms.example").await;
    let id = &handoff.connection_id;
    let app = open(&desktop, &service, &[]).await;
    app.wait_row(id, "needs_a_person").await;
    desktop.close_window("1280x800");
    app.press_and_hide("close_keep").await;
    let says_so = |notes: &Vec<usher_tests::shell::Note>| {
        notes
            .iter()
            .filter(|note| note.title.contains("goes on"))
            .count()
    };
    let notes = || async { shell.notes() };
    until("it says so", notes, |notes| says_so(notes) == 1).await;
    assert!(!desktop.shows_window("1280x800"));
    // It still watches, and tells.
    let told = shell.notes().len();
    service.invite("later.sms.example").await;
    until("a note from behind", notes, |notes| notes.len() > told).await;
    // Started once more, it is there again; closed again, it says nothing.
    desktop.start_again().await;
    let shown = || async { desktop.shows_window("1280x800") };
    until("the window", shown, |shown| *shown).await;
    desktop.close_window("1280x800");
    until("no window", shown, |shown| !*shown).await;
    assert_eq!(says_so(&shell.notes()), 1);
    assert_eq!(service.open_streams(id).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_can_end_usher_and_is_remembered() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, &[]).await;
    desktop.close_window("1280x800");
    app.press("close_stay").await;
    app.wait_gone("dialog[open]").await;
    desktop.close_window("1280x800");
    app.press_and_end("close_end", &desktop).await;

    // The key is still there, and the answer as well.
    let again = App::start(&desktop, &[]).await;
    again.wait_screen("desk").await;
    desktop.close_window("1280x800");
    again.wait_end(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_closing_just_ends() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    set_up(&desktop, &service);
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, "sk_wrong").await;
    app.wait_text("[data-screen=welcome]", "was not accepted")
        .await;
    desktop.close_window("1280x800");
    app.wait_end(&desktop).await;
    assert!(!desktop.keyring_entries().contains(API_KEY));
}
