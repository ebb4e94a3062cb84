//! What becomes of keys and reads that come at the wrong time. Nothing is sent or kept: there is nobody
//! at the address, and what is spawned is never waited for.

use std::time::Duration;

use authflow::{Code, Error, Meaning, Status, TokenHeader};
use keychain::Keychain;
use managed_auth::ApiBase;
use secrecy::SecretString;
use tokio::{sync::mpsc, time};

use super::*;
use crate::{
    authflow_window::{AuthflowKeyState, AuthflowScreen},
    console_desk::news::News,
};

const ID: &str = "013xrzp12g3nqk8ny06sgdxs6ed3w5wy";

/// The authflows of an environment whose keychain has not answered yet, and where their news go.
fn authflows() -> (Authflows, Roster, mpsc::Receiver<News>) {
    let api = ApiBase::parse("http://127.0.0.1:9").expect("an address");
    let endpoint = AuthflowEndpoint {
        api,
        token_header: TokenHeader::Bearer,
        meaning: Meaning::default(),
        watch_for: Duration::from_mins(20),
    };
    let (news, arrivals) = mpsc::channel(16);
    let messenger = Messenger { world: 1, news };
    let keys = KeyStore::new(Keychain::new("usher-of-a-test"));
    let authflows = Authflows::without_key("test".to_owned(), Some(endpoint), keys, messenger);
    (authflows, Roster::default(), arrivals)
}

fn key(text: &str) -> SecretString {
    SecretString::from(text)
}

fn read(key_number: u64, outcome: Result<Summary, Error>) -> AuthflowNews {
    AuthflowNews::Read {
        id: AuthflowId::parse(ID).expect("an id"),
        key_number,
        outcome: Box::new(outcome),
    }
}

fn complete() -> Summary {
    Summary {
        status: Some(Status::Complete),
        ..Summary::default()
    }
}

fn refusal(code: Code) -> Error {
    Error::Refused {
        code,
        message: Some("The token pf_first is not one".to_owned()),
        status: 401,
        retry_after: None,
    }
}

fn state(authflows: &Authflows) -> State {
    let watched = authflows.watched.values().next().expect("one is watched");
    watched.watch.state()
}

#[tokio::test(start_paused = true)]
async fn a_key_that_comes_late_finds_all_the_time_there_is() {
    let (mut authflows, mut roster, _arrivals) = authflows();
    authflows.look_up(ID, false, &mut roster).expect("an id");
    assert_eq!(authflows.due(), None, "nothing can be read");
    time::advance(Duration::from_hours(1)).await;
    authflows.use_key(key("pf_first"), &mut roster);
    assert_eq!(state(&authflows), State::Watching);
    let watched = authflows.watched.values().next().expect("one is watched");
    assert!(watched.reading.is_some(), "it is read at once");
}

#[tokio::test(start_paused = true)]
async fn what_an_older_key_brings_is_for_nobody() {
    let (mut authflows, mut roster, _arrivals) = authflows();
    authflows.use_key(key("pf_first"), &mut roster);
    authflows.look_up(ID, false, &mut roster).expect("an id");
    let first = authflows.key_number;
    authflows.use_key(key("pf_second"), &mut roster);
    for outcome in [Ok(complete()), Err(refusal(Code::BadAuthtoken))] {
        assert!(!authflows.hear(read(first, outcome), &mut roster));
        assert_eq!(state(&authflows), State::Watching);
        assert!(authflows.key.client().is_some());
    }
    let second = authflows.key_number;
    assert!(authflows.hear(read(second, Ok(complete())), &mut roster));
    assert_eq!(state(&authflows), State::Ended);
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_is_told_without_itself_and_the_next_one_goes_on() {
    let (mut authflows, mut roster, _arrivals) = authflows();
    authflows.use_key(key("pf_first"), &mut roster);
    authflows.look_up(ID, false, &mut roster).expect("an id");
    let refused = read(authflows.key_number, Err(refusal(Code::BadAuthtoken)));
    assert!(
        authflows.hear(refused, &mut roster),
        "the row waits for a key"
    );
    assert_eq!(authflows.due(), None, "nothing more is asked for");
    let open = authflows.draw("").expect("it is open");
    let AuthflowScreen::NoKey {
        key: AuthflowKeyState::Refused { trouble },
    } = open.screen
    else {
        panic!("{:?}", open.screen);
    };
    let told = trouble.details.expect("the service's words");
    assert!(!told.as_str().contains("pf_first"), "{told}");

    authflows.use_key(key("pf_second"), &mut roster);
    assert_eq!(state(&authflows), State::Watching);
    assert!(authflows.due().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_key_that_can_not_be_sent_leaves_nothing_that_seems_to_go_on() {
    let (mut authflows, mut roster, _arrivals) = authflows();
    authflows.look_up(ID, false, &mut roster).expect("an id");
    authflows.use_key(key("pf_\nfirst"), &mut roster);
    assert_eq!(authflows.due(), None);
    assert_eq!(roster.counts().in_progress, 0);
}

#[tokio::test(start_paused = true)]
async fn an_unusual_id_that_was_insisted_on_is_taken_from_then_on() {
    let (mut authflows, mut roster, _arrivals) = authflows();
    let unusual = "my-authflow";
    assert_eq!(
        authflows.look_up(unusual, false, &mut roster),
        Err(IdProblem::Unusual)
    );
    assert!(authflows.look_up(unusual, true, &mut roster).is_ok());
    authflows.look_up_by_link(format!(" {unusual} "), &mut roster);
    let open = authflows.draw("").expect("it is open");
    assert!(matches!(open.screen, AuthflowScreen::NoKey { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_new_one_takes_the_place_of_one_that_has_ended() {
    let (mut authflows, mut roster, _arrivals) = authflows();
    authflows.use_key(key("pf_first"), &mut roster);
    for number in 0..MOST_WATCHED {
        let id = format!("id-{number}");
        authflows.look_up(&id, true, &mut roster).expect("an id");
        time::advance(Duration::from_millis(1)).await;
    }
    let ended = AuthflowId::parse_any("id-7").expect("an id");
    let news = AuthflowNews::Read {
        id: ended.clone(),
        key_number: authflows.key_number,
        outcome: Box::new(Ok(complete())),
    };
    authflows.hear(news, &mut roster);
    authflows.look_up(ID, false, &mut roster).expect("an id");
    assert_eq!(authflows.watched.len(), MOST_WATCHED);
    assert!(!authflows.watched.contains_key(&ended));
    assert_eq!(roster.counts().all as usize, MOST_WATCHED);
}
