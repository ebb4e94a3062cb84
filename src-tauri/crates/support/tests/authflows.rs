//! How an authflow that is watched is shown, alone and beside Kernel's connections.

mod kit;

use std::time::Duration;

use authflow::{AuthflowId, Code, Error, Meaning, Summary, Watch};
use jiff::Timestamp;
use kit::{everything, idle, ids, roster};
use serde_json::{Value, json};
use support::{
    AuthflowPhase, AuthflowStatus, AuthflowView, AuthflowWatch, Filter, RowKind, RowState, Subject,
    Window, return_address, trouble_of_authflow,
};

const ID: &str = "013xrzp12g3nqk8ny06sgdxs6ed3w5wy";

fn id() -> AuthflowId {
    AuthflowId::parse(ID).expect("an id")
}

fn summary(json: Value) -> Summary {
    let Value::Object(members) = json else {
        panic!("a summary is an object");
    };
    Summary::from_json(&members)
}

fn watch_at(json: Value) -> Watch {
    let minutes = Duration::from_mins(20);
    let mut watch = Watch::new(Meaning::default(), minutes, 1, Duration::ZERO);
    assert!(watch.tick(Duration::ZERO), "the first read is due at once");
    watch.read(summary(json), Duration::ZERO, Timestamp::UNIX_EPOCH);
    watch
}

fn view_of(json: Value) -> AuthflowView {
    AuthflowView::of(&id(), &watch_at(json))
}

#[test]
fn what_the_documentation_shows_is_shown() {
    let view = view_of(json!({
        "type": "authflow", "id": ID, "title": "My Authflow", "status": "pending",
        "account_id": "013xrzp12g3nqk8n6cyr5x0k8yb10h59", "plan_name": "basic",
        "factor_names": ["username", "password"],
        "return_url": "https://app.example.com/callback?code=c0de#st4te",
        "first_seen": {"at": 1_234_567_890, "remote_ip": "127.0.0.1", "user_agent": "Mozilla/5.0"},
        "last_seen": null,
    }));
    assert_eq!(view.watch, AuthflowWatch::Watching);
    assert_eq!(view.phase, AuthflowPhase::Waiting);
    assert_eq!(view.status, Some(AuthflowStatus::Pending));
    assert_eq!(view.minutes, 20);
    let made = view.created_at.expect("the id begins with its time");
    assert_eq!(made, Timestamp::constant(1_234_567_890, 0));
    let facts = view.facts.expect("it was read");
    assert_eq!(facts.plan.expect("a plan").as_str(), "basic");
    assert_eq!(facts.factors.len(), 2);
    assert_eq!(facts.last_seen, None);
    let seen = facts.first_seen.expect("it was seen");
    assert_eq!(seen.at, Some(Timestamp::constant(1_234_567_890, 0)));
    assert_eq!(seen.address.expect("an address").as_str(), "127.0.0.1");
    let address = facts.return_address.expect("an address");
    assert_eq!(address.shown.as_str(), "https://app.example.com/callback");
    assert!(address.shortened && address.can_open);
}

#[test]
fn nothing_of_a_return_address_that_may_be_secret_is_shown_or_sent_to_the_page() {
    for (address, shown) in [
        (
            "https://app.example/cb?code=s3cret",
            "https://app.example/cb",
        ),
        ("https://app.example/cb#s3cret", "https://app.example/cb"),
        (
            "https://s3cret:s3cret@app.example/cb",
            "https://app.example/cb",
        ),
        ("app.example/cb?s3cret", "app.example/cb"),
    ] {
        let view = view_of(json!({"status": "new", "return_url": address}));
        let sent = serde_json::to_string(&view).expect("it is sent");
        assert!(!sent.contains("s3cret"), "{address}: {sent}");
        let facts = view.facts.expect("it was read");
        let address = facts.return_address.expect("an address");
        assert_eq!(address.shown.as_str(), shown);
        assert!(address.shortened);
    }
}

#[test]
fn a_return_address_is_opened_over_https_alone() {
    assert!(return_address("https://app.example.com/callback?code=1").is_some());
    for address in [
        "javascript:alert(document.domain)//https://app.example.com",
        "http://app.example.com/",
        "http://127.0.0.1:3000/",
        "data:text/html,hello",
        "file:///etc/passwd",
        "https://user@app.example.com/",
        "https://user:word@app.example.com/",
        "usher://login/ma_1?code=1",
        "//app.example.com",
        "https:",
        "",
    ] {
        assert_eq!(return_address(address), None, "{address}");
    }
}

#[test]
fn hostile_texts_are_cleaned_and_bounded() {
    let view = view_of(json!({
        "status": format!("\u{202e}{}", "x".repeat(500)),
        "title": "<img src=x> \u{202e}drowssap \u{7}", "plan_name": "x".repeat(5_000),
        "factor_names": ["\u{200b}", "otp\u{2066}"],
        "last_seen": {"user_agent": "x".repeat(10_000), "remote_ip": "javascript:alert(1)"},
    }));
    let sent = serde_json::to_string(&view).expect("it is sent");
    assert!(sent.len() < 2_000, "{}", sent.len());
    for odd in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{7}'] {
        assert!(!sent.contains(odd), "{odd:?}");
    }
}

#[test]
fn a_refusal_is_told_by_its_code_with_the_services_own_words() {
    let refused = Error::Refused {
        code: Code::Other("moon_phase".to_owned()),
        message: Some("Not \u{202e}today".to_owned()),
        status: 200,
        retry_after: None,
    };
    let trouble = trouble_of_authflow(&refused);
    assert_eq!(trouble.code.as_str(), "moon_phase");
    assert_eq!(trouble.details.expect("its words").as_str(), "Not today");
}

#[test]
fn an_authflow_stands_in_the_same_list_and_is_never_taken_for_a_connection() {
    // Somebody may well call a connection like that.
    let mut roster = roster([idle(ID, json!({"domain": "zoo.example"}))]);
    let watch = watch_at(json!({"status": "pending", "title": "Sign in"}));
    assert!(roster.watch(&id(), &watch, true), "its row is new");
    assert!(!roster.watch(&id(), &watch, true), "nothing has changed");

    let list = roster.list(everything(Filter::All));
    assert_eq!(ids(&list), [ID, ID]);
    assert_eq!(
        list.rows[0].kind,
        RowKind::Authflow,
        "what runs comes first"
    );
    assert_eq!(list.rows[0].domain.as_str(), "Sign in");
    assert_eq!(list.counts.in_progress, 1);
    assert_eq!((roster.len(), roster.running_connections()), (1, 0));
    assert_eq!(list.counts.logged_in, 0);
    for (open, place) in [
        (Subject::Authflow(ID.to_owned()), 0),
        (Subject::Connection(ID.to_owned()), 1),
    ] {
        let window = Window {
            open: Some(&open),
            ..everything(Filter::All)
        };
        assert_eq!(roster.list(window).open_at, Some(place));
    }
    assert_eq!(roster.running(Timestamp::UNIX_EPOCH).count(), 0);
    assert_eq!(roster.waiting().count(), 0);

    // Kernel's list knows nothing of it.
    for _ in 0..3 {
        roster.begin_walk();
        let gone = roster.end_walk();
        assert!(gone.iter().all(|gone| gone == ID));
    }
    assert_eq!(listed_kinds(&roster), [RowKind::Authflow]);
    assert!(roster.is_empty(), "no connection is left");
    roster.forget_authflow(&id());
    assert_eq!(listed_kinds(&roster), []);
}

#[test]
fn an_authflow_that_ended_is_counted_for_what_it_is() {
    let mut roster = roster([]);
    for (status, in_progress, failed) in [
        ("pending", 1, 0),
        ("complete", 0, 0),
        ("cancelled", 0, 1),
        ("verifying", 1, 0),
    ] {
        roster.watch(&id(), &watch_at(json!({"status": status})), true);
        let counts = roster.counts();
        assert_eq!(
            (
                counts.all,
                counts.in_progress,
                counts.failed,
                counts.logged_in
            ),
            (1, in_progress, failed, 0),
            "{status}"
        );
        let row = roster.list(everything(Filter::All)).rows.remove(0);
        assert!(matches!(row.state, RowState::Authflow { .. }), "{status}");
    }
}

#[test]
fn without_a_key_nothing_is_said_to_go_on_and_what_has_ended_stands() {
    let mut roster = roster([]);
    for (status, waits) in [("pending", true), ("complete", false)] {
        roster.watch(&id(), &watch_at(json!({"status": status})), false);
        let row = roster.list(everything(Filter::All)).rows.remove(0);
        assert_eq!(row.state == RowState::AuthflowWithoutKey, waits, "{status}");
        assert_eq!(roster.counts().in_progress, 0, "{status}");
    }
}

fn listed_kinds(roster: &support::Roster) -> Vec<RowKind> {
    let list = roster.list(everything(Filter::All));
    list.rows.iter().map(|row| row.kind).collect()
}
