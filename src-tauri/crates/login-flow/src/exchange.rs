//! Why a link did not open, in plain words, and what to do now.

use managed_auth::Error;

use crate::{
    obstacle::Obstacle,
    text::Text,
    trouble::{is_upgrade, plain},
    view::Trouble,
};

/// Why a handoff code could not be exchanged for access (`kernel-api.md` 9, 11.2).
///
/// `host` is where the service is. The flag says whether the same link may still work.
#[must_use]
pub fn exchange_trouble(error: &Error, host: &str) -> (Trouble, bool) {
    if let Error::Network(problem) = error
        && let Some(obstacle) = Obstacle::of(*problem, Some(host))
    {
        return (before_it_was_used(&obstacle), true);
    }
    let used = (
        "link_used",
        "This link has been used or has expired.",
        "Each link works once. Ask whoever sent it for a new one.",
        false,
    );
    let unsure = (
        "unsure_if_used",
        "The connection broke while the link was being used.",
        "It may still work: try once more. If it doesn't, ask whoever sent it for a new one.",
        true,
    );
    let (code, title, advice, again) = match error {
        Error::Gone(_)
        | Error::NotFound(_)
        | Error::Unauthorised(_)
        | Error::Forbidden(_)
        | Error::Conflict { .. }
        | Error::StaleInteraction(_) => used,
        Error::Refused { body, .. } if is_upgrade(body.code.as_deref()) => (
            "client_too_old",
            "Usher is too old for this service.",
            "Update Usher, then ask for a new link.",
            false,
        ),
        Error::Refused { status, .. } if *status < 500 => used,
        Error::RateLimited { .. } => (
            "rate_limited",
            "The login service is busy and asks to wait.",
            "Wait a minute, then try once more.",
            true,
        ),
        Error::Refused { .. } => (
            "service_trouble",
            "The login service has a problem.",
            "Your link may still work: try once more in a minute.",
            true,
        ),
        Error::NotTheApi { .. } => (
            "not_the_api",
            "What answers at this address is not the login service.",
            "A network sign-in page or a proxy may be in the way. Check your connection, then try once more.",
            true,
        ),
        Error::Network(_) | Error::Timeout => unsure,
        Error::Impossible(_) => (
            "bad_link",
            "This link is damaged.",
            "Ask whoever sent it for a new one.",
            false,
        ),
    };
    let details = error
        .body()
        .and_then(|body| body.message.as_deref())
        .and_then(Text::new);
    (
        Trouble {
            code: plain(code),
            title: plain(title),
            advice: plain(advice),
            details,
        },
        again,
    )
}

/// The service was not even asked.
fn before_it_was_used(obstacle: &Obstacle) -> Trouble {
    Trouble {
        code: plain(obstacle.code),
        title: plain(&obstacle.title),
        advice: plain(&format!("{} Your link is still good.", obstacle.advice)),
        details: None,
    }
}

#[cfg(test)]
mod tests {
    use managed_auth::{ErrorBody, NetworkProblem, ProxyProblem};

    use super::*;

    #[test]
    fn what_kept_the_code_from_being_sent_is_said_with_the_host_and_leaves_the_link_good() {
        for (problem, code, words) in [
            (NetworkProblem::Lookup, "name_unknown", "api.example"),
            (NetworkProblem::Offline, "offline", "network"),
            (
                NetworkProblem::Proxy(ProxyProblem::WantsLogin),
                "proxy_wants_login",
                "api.example",
            ),
        ] {
            let (trouble, again) = exchange_trouble(&Error::Network(problem), "api.example");
            assert_eq!(trouble.code.as_str(), code);
            assert!(trouble.title.as_str().contains(words), "{}", trouble.title);
            assert!(
                trouble
                    .advice
                    .as_str()
                    .ends_with("Your link is still good.")
            );
            assert!(again);
        }
    }

    #[test]
    fn a_connection_that_broke_on_the_way_leaves_it_open_whether_the_code_was_used() {
        for error in [Error::Network(NetworkProblem::Broken), Error::Timeout] {
            let (trouble, again) = exchange_trouble(&error, "api.example");
            assert_eq!(trouble.code.as_str(), "unsure_if_used");
            assert!(again);
        }
    }

    #[test]
    fn a_refusal_is_final_unless_the_service_itself_is_in_trouble() {
        let refused = |status, code: &str| Error::Refused {
            status,
            retry_after: None,
            body: ErrorBody {
                code: Some(code.to_owned()),
                message: None,
            },
        };
        for (error, code, may_still_work) in [
            (refused(400, "bad_request"), "link_used", false),
            (refused(499, "bad_request"), "link_used", false),
            (refused(500, "internal"), "service_trouble", true),
            (refused(503, "internal"), "service_trouble", true),
            // Its status says nothing then: an update is needed, whatever it is.
            (
                refused(426, "sdk_upgrade_required"),
                "client_too_old",
                false,
            ),
            (refused(500, "sdk_update_required"), "client_too_old", false),
        ] {
            let (trouble, again) = exchange_trouble(&error, "api.example");
            assert_eq!((trouble.code.as_str(), again), (code, may_still_work));
        }
    }
}
