//! What is said when a call did not work.

use std::{collections::HashSet, time::Duration};

use managed_auth::{Error, ErrorBody, NetworkProblem, ProxyProblem, TlsProblem};
use support::trouble_of;

const SECRET: &str = "https://auth.kernel.com/login/x?code=SECRET";

/// What the service says, as hostile as can be.
fn body(code: Option<&str>) -> ErrorBody {
    ErrorBody {
        code: code.map(str::to_owned),
        message: Some(format!("see {SECRET}\u{202e}")),
    }
}

fn refused(status: u16, code: Option<&str>) -> Error {
    Error::Refused {
        status,
        retry_after: None,
        body: body(code),
    }
}

/// Every way in which a call can fail that is not like another.
fn errors(code: Option<&str>) -> Vec<Error> {
    vec![
        Error::Unauthorised(body(code)),
        Error::Forbidden(body(code)),
        Error::NotFound(body(code)),
        Error::Gone(body(code)),
        Error::Conflict {
            existing_id: None,
            body: body(code),
        },
        Error::StaleInteraction(body(code)),
        Error::RateLimited {
            retry_after: None,
            body: body(code),
        },
        refused(400, code),
        refused(500, code),
        Error::NotTheApi { status: 200 },
        Error::Network(NetworkProblem::Offline),
        Error::Network(NetworkProblem::Lookup),
        Error::Network(NetworkProblem::Refused),
        Error::Network(NetworkProblem::Connect),
        Error::Network(NetworkProblem::Broken),
        Error::Network(NetworkProblem::Tls(TlsProblem::Other)),
        Error::Network(NetworkProblem::Proxy(ProxyProblem::WantsLogin)),
        Error::Timeout,
        Error::Impossible("an id that would leave its path"),
    ]
}

/// Does nothing. A new way to fail has to be added to those above before this builds.
fn is_among_them(error: &Error) {
    match error {
        Error::Unauthorised(_)
        | Error::Forbidden(_)
        | Error::NotFound(_)
        | Error::Gone(_)
        | Error::Conflict { .. }
        | Error::StaleInteraction(_)
        | Error::RateLimited { .. }
        | Error::Refused { .. }
        | Error::NotTheApi { .. }
        | Error::Timeout
        | Error::Impossible(_)
        | Error::Network(
            NetworkProblem::Offline
            | NetworkProblem::Lookup
            | NetworkProblem::Refused
            | NetworkProblem::Connect
            | NetworkProblem::Broken
            | NetworkProblem::Tls(_)
            | NetworkProblem::Proxy(_),
        ) => {}
    }
}

fn title(error: &Error) -> String {
    trouble_of(error).title.to_string()
}

fn advice(error: &Error) -> String {
    trouble_of(error).advice.to_string()
}

#[test]
fn every_trouble_has_words_of_its_own_and_says_what_to_do() {
    let (mut titles, mut codes) = (HashSet::new(), HashSet::new());
    for error in errors(None) {
        is_among_them(&error);
        let trouble = trouble_of(&error);
        assert!(titles.insert(trouble.title.to_string()), "{error:?}");
        assert!(codes.insert(trouble.code.to_string()), "{error:?}");
        for sentence in [trouble.title.as_str(), trouble.advice.as_str()] {
            assert!(sentence.ends_with('.'), "{error:?}: {sentence}");
            assert!(sentence.starts_with(char::is_uppercase), "{sentence}");
        }
    }
}

#[test]
fn what_a_person_can_not_tell_apart_is_called_the_same() {
    // A relay's page in place of an answer is the service in trouble (`kernel-api.md` 11.2): what
    // was asked may have been done.
    let relay = Error::NotTheApi { status: 502 };
    assert_eq!(title(&relay), title(&refused(502, None)));
    assert!(advice(&relay).contains("all the same"));
    assert_ne!(title(&relay), title(&Error::NotTheApi { status: 403 }));
}

#[test]
fn codes_that_mean_something_of_their_own_say_it() {
    let conflict = |code| Error::Conflict {
        existing_id: None,
        body: body(Some(code)),
    };
    let pending = trouble_of(&conflict("too_many_pending_sessions"));
    assert_eq!(pending.title.as_str(), "Too many logins are open.");
    assert_ne!(title(&conflict("already_exists")), pending.title.as_str());

    let project = trouble_of(&Error::NotFound(body(Some("project_not_found"))));
    assert_eq!(
        project.title.as_str(),
        "The project in the settings does not exist."
    );
    assert!(project.advice.as_str().contains("environments.toml"));

    for code in ["sdk_upgrade_required", "sdk_update_required"] {
        let old = trouble_of(&refused(400, Some(code)));
        assert_eq!(old.title.as_str(), "Usher is too old for this service.");
        assert_eq!(old.advice.as_str(), "Update Usher.");
        assert_eq!(old.code.as_str(), code);
    }
}

#[test]
fn a_pause_is_as_long_as_the_service_asks() {
    let asked = |retry_after| {
        let body = body(None);
        advice(&Error::RateLimited { retry_after, body })
    };
    assert_eq!(asked(None), "Wait a minute, then try again.");
    for (pause, words) in [
        (Duration::ZERO, "Wait a second, then try again."),
        (
            Duration::from_millis(1100),
            "Wait 2 seconds, then try again.",
        ),
        (Duration::from_secs(90), "Wait 90 seconds, then try again."),
        (Duration::from_secs(91), "Wait 2 minutes, then try again."),
        (
            Duration::from_secs(3600),
            "Wait 60 minutes, then try again.",
        ),
        (
            Duration::from_secs(3601),
            "Wait for more than an hour, then try again.",
        ),
        (Duration::MAX, "Wait for more than an hour, then try again."),
    ] {
        assert_eq!(asked(Some(pause)), words);
    }
}

#[test]
fn the_services_words_are_details_and_its_code_is_kept_and_nothing_else_of_it() {
    for code in [None, Some("some_code"), Some("project_not_found")] {
        for error in errors(code) {
            let trouble = trouble_of(&error);
            for ours in [&trouble.code, &trouble.title, &trouble.advice] {
                let ours = ours.as_str();
                assert!(!ours.contains("SECRET") && !ours.contains("://"), "{ours}");
            }
            let said = trouble.details.as_ref().map(ToString::to_string);
            match error.body() {
                // Cleaned, and shown only when it is asked for.
                Some(_) => {
                    assert_eq!(said, Some(format!("see {SECRET}")));
                    assert!(code.is_none_or(|code| trouble.code.as_str() == code));
                }
                None => assert_eq!(said, None),
            }
        }
    }
}

#[test]
fn what_is_not_for_people_is_not_said() {
    // The reason is for a log.
    let impossible = trouble_of(&Error::Impossible("an id that would leave its path"));
    assert!(!format!("{impossible:?}").contains("path"));
    assert!(!format!("{:?}", trouble_of(&Error::NotTheApi { status: 418 })).contains("418"));
}

#[test]
fn hostile_and_huge_words_are_bounded() {
    let huge = format!("a\u{202e}{}", "b".repeat(1_000_000));
    let trouble = trouble_of(&Error::Unauthorised(ErrorBody {
        code: Some(huge.clone()),
        message: Some(huge),
    }));
    assert!(trouble.code.as_str().chars().count() <= 61);
    let details = trouble.details.expect("details");
    assert!(details.as_str().chars().count() <= 401);
    assert!(details.as_str().starts_with("abb"));

    let silent = trouble_of(&Error::Unauthorised(ErrorBody {
        code: Some("\u{202e}".into()),
        message: Some(" ".into()),
    }));
    assert_eq!(
        (silent.code.as_str(), silent.details),
        ("key_refused", None)
    );
}
