//! Why a login did not work, in plain words, and what to do now (`kernel-api.md` 11).
//!
//! The English catalogue of this room: every sentence that the rules say to a person is here.

use serde_json::Value;

use crate::{
    text::Text,
    view::{Trouble, Way},
};

/// Whom the words are for. It decides what "start again" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A person with a link and no account.
    Guest,
    /// Somebody with an API key.
    Support,
}

/// What a person can do about a failed login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    /// Try it again from the start.
    StartAgain,
    /// Later, not now.
    Later,
    /// Not here: another try could do harm.
    ElsewhereOnly,
    /// In the remote browser, or with other settings.
    Settings(&'static str),
}

/// Every code of the contract: what happened, what else to know, and the remedy. `{site}` stands
/// for the site's name.
const FAILURES: &[(&str, &str, &str, Remedy)] = &[
    (
        "credentials_invalid",
        "{site} did not accept the user name or password.",
        "Check both before you try again.",
        Remedy::StartAgain,
    ),
    (
        "totp_code_rejected",
        "{site} did not accept the code.",
        "Wait for the next code in your authenticator app, then try again.",
        Remedy::StartAgain,
    ),
    (
        "totp_required",
        "{site} wants a code from your authenticator app.",
        "You need to be there to enter it.",
        Remedy::StartAgain,
    ),
    (
        "sms_code_required",
        "{site} wants a code that it sends by text message.",
        "You need to be there to enter it.",
        Remedy::StartAgain,
    ),
    (
        "email_code_required",
        "{site} wants a code that it sends by e-mail.",
        "You need to be there to enter it.",
        Remedy::StartAgain,
    ),
    (
        "account_choice_required",
        "{site} wants to know which account to use.",
        "You need to be there to choose it.",
        Remedy::StartAgain,
    ),
    (
        "customer_input_required",
        "{site} asks something only you can answer.",
        "You need to be there to answer it.",
        Remedy::StartAgain,
    ),
    (
        "external_action_required",
        "{site} wants you to approve this on another device.",
        "Have that device at hand.",
        Remedy::StartAgain,
    ),
    (
        "mfa_required",
        "{site} asks for a second step, and nobody was there to take it.",
        "You need to be there for it.",
        Remedy::StartAgain,
    ),
    (
        "account_locked",
        "{site} has locked this account.",
        "Unlock it at {site} first. Trying again now can make it worse.",
        Remedy::ElsewhereOnly,
    ),
    (
        "rate_limited",
        "{site} wants us to wait before trying again.",
        "Leave it for a while: an hour is usually enough.",
        Remedy::Later,
    ),
    (
        "unsupported_auth_method",
        "This account signs in with something Kernel cannot use, such as a passkey.",
        "At {site}, set up a password with an authenticator app.",
        Remedy::StartAgain,
    ),
    (
        "bot_detected",
        "{site} refused the automated browser.",
        "",
        Remedy::Settings("Another proxy or stealth setting may help."),
    ),
    (
        "captcha_blocked",
        "{site} showed a puzzle that could not be solved.",
        "",
        Remedy::Settings("Another proxy or stealth setting may help."),
    ),
    (
        "domain_not_allowed",
        "{site} sent the browser to an address that is not on the allowed list.",
        "",
        Remedy::Settings("Add the domain to the connection’s allowed domains."),
    ),
    (
        "login_form_not_found",
        "No login form was found on {site}’s page.",
        "",
        Remedy::Settings("Set the connection’s login URL to the page with the form."),
    ),
    (
        "stuck_in_loop",
        "The login at {site} kept going round in circles.",
        "",
        Remedy::StartAgain,
    ),
    (
        "max_attempts_reached",
        "It did not work after several tries.",
        "",
        Remedy::StartAgain,
    ),
    (
        "max_steps_exceeded",
        "The login at {site} took more steps than allowed.",
        "",
        Remedy::StartAgain,
    ),
    (
        "navigation_confused",
        "{site}’s pages were confusing to the automated browser.",
        "",
        Remedy::StartAgain,
    ),
    (
        "element_not_found",
        "Something on {site}’s page was not where it was expected.",
        "",
        Remedy::StartAgain,
    ),
    (
        "website_error",
        "{site} itself reports an error.",
        "It may be down for a while.",
        Remedy::Later,
    ),
    (
        "network_error",
        "The remote browser could not reach {site}.",
        "",
        Remedy::StartAgain,
    ),
    (
        "browser_error",
        "The remote browser had a problem.",
        "",
        Remedy::StartAgain,
    ),
    (
        "internal_error",
        "The login service had a problem.",
        "",
        Remedy::StartAgain,
    ),
    (
        "flow_failed",
        "The login service had a problem.",
        "",
        Remedy::StartAgain,
    ),
    (
        "session_expired",
        "This login ran out of time.",
        "",
        Remedy::StartAgain,
    ),
    (
        "awaiting_input_timeout",
        "Nobody answered in time, so the login was closed.",
        "There are about ten minutes for each answer.",
        Remedy::StartAgain,
    ),
    (
        "external_action_timeout",
        "The approval on your other device did not arrive in time.",
        "Have that device at hand.",
        Remedy::StartAgain,
    ),
    (
        "no_active_flow",
        "There is no login in progress any more.",
        "",
        Remedy::StartAgain,
    ),
];

/// Why a flow failed, from its `error_code` and `error_message`, in words for this audience.
#[must_use]
pub fn failure(
    code: Option<&str>,
    message: Option<&str>,
    site: &str,
    audience: Audience,
) -> Trouble {
    let (title, hint, remedy) = FAILURES
        .iter()
        .find(|(known, ..)| code.is_some_and(|code| code.eq_ignore_ascii_case(known)))
        .map_or(
            ("The login did not succeed.", "", Remedy::StartAgain),
            |(_, title, hint, remedy)| (*title, *hint, *remedy),
        );
    Trouble {
        code: code
            .and_then(|code| Text::bounded(code, 60))
            .unwrap_or_else(|| plain("unknown")),
        title: plain(&title.replace("{site}", site)),
        advice: plain(&sentences(
            &hint.replace("{site}", site),
            remedy_words(remedy, audience),
        )),
        details: message.and_then(unwrapped),
    }
}

/// What can be done after a failure with this code, best first.
pub(crate) fn failure_ways(code: Option<&str>, audience: Audience) -> Vec<Way> {
    let locked = code.is_some_and(|code| code.eq_ignore_ascii_case("account_locked"));
    match (locked, audience) {
        (true, _) => vec![Way::Close],
        (false, Audience::Guest) => vec![Way::AskForNewLink, Way::Close],
        (false, Audience::Support) => vec![Way::StartAgain, Way::Close],
    }
}

fn remedy_words(remedy: Remedy, audience: Audience) -> String {
    match (remedy, audience) {
        (Remedy::StartAgain, Audience::Guest) => {
            "Ask whoever sent you the link for a new one.".to_owned()
        }
        (Remedy::StartAgain, Audience::Support) => "Start the login again.".to_owned(),
        (Remedy::Later, Audience::Guest) => {
            "Then ask whoever sent you the link for a new one.".to_owned()
        }
        (Remedy::Later, Audience::Support) => "Then start the login again.".to_owned(),
        (Remedy::ElsewhereOnly, _) => String::new(),
        (Remedy::Settings(_), Audience::Guest) => {
            "Tell whoever sent you the link, so that they can change it and send a new one."
                .to_owned()
        }
        (Remedy::Settings(change), Audience::Support) => {
            format!("{change} Then start the login again.")
        }
    }
}

fn sentences(first: &str, second: String) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second,
        (false, true) => first.to_owned(),
        (false, false) => format!("{first} {second}"),
    }
}

/// A message may itself be JSON, `{"error":"…"}` (`kernel-api.md` 4.1).
fn unwrapped(message: &str) -> Option<Text> {
    let inside = serde_json::from_str::<Value>(message)
        .ok()
        .and_then(|value| {
            ["error", "message"]
                .iter()
                .find_map(|key| match value.get(key) {
                    Some(Value::String(text)) => Some(text.clone()),
                    Some(nested) => nested
                        .get("message")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                    None => None,
                })
        });
    Text::new(inside.as_deref().unwrap_or(message))
}

/// How following can end other than by the flow's own failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The flow ran out of time.
    Expired,
    /// The flow was canceled.
    Canceled,
    /// Our token is over while the flow may go on.
    AccessEnded,
    /// The key was refused (401).
    KeyRefused,
    /// The key may not do this (403).
    NotPermitted,
    /// The connection does not exist.
    Gone,
    /// The flow is over, and nobody says how it ended.
    Unconfirmed,
    /// There is no flow.
    NotRunning,
    /// What answers is not Kernel's API.
    NotTheApi,
    /// The service wants a newer client.
    ClientTooOld,
    /// The service does not let us follow.
    NoStream,
}

impl Ending {
    pub(crate) fn trouble(self, site: &str, audience: Audience, details: Option<Text>) -> Trouble {
        let again = remedy_words(Remedy::StartAgain, audience);
        let (code, title, advice) = match self {
            Self::Expired => ("expired", "This login ran out of time.".to_owned(), again),
            Self::Canceled => ("canceled", "This login was cancelled, perhaps because a new one was started.".to_owned(), again),
            Self::AccessEnded => ("access_ended", "Your access to this login has ended.".to_owned(), format!("The login itself may still be running. {again}")),
            Self::KeyRefused => ("key_refused", "The API key was not accepted.".to_owned(), "Check the key in the settings.".to_owned()),
            Self::NotPermitted => ("not_permitted", "This key may not do that.".to_owned(), "Use a key that may, or ask the owner of the project.".to_owned()),
            Self::Gone => ("not_found", "This connection does not exist, or no longer.".to_owned(), match audience {
                Audience::Guest => again,
                Audience::Support => "Choose another connection.".to_owned(),
            }),
            Self::Unconfirmed => ("unconfirmed", "It could not be confirmed how this login ended.".to_owned(), match audience {
                Audience::Guest => format!("It may have worked. Ask whoever sent you the link whether they see {site} logged in."),
                Audience::Support => "Look at the connection’s timeline, or check again in a moment.".to_owned(),
            }),
            Self::NotRunning => ("no_active_flow", "No login is running on this connection.".to_owned(), again),
            Self::NotTheApi => ("not_the_api", "What answers at this address is not the login service.".to_owned(), "A network sign-in page or a proxy may be in the way. Check your connection, then look again.".to_owned()),
            Self::ClientTooOld => ("client_too_old", "Usher is too old for this service.".to_owned(), "Update Usher, then open the link again.".to_owned()),
            Self::NoStream => ("stream_unavailable", "The login service does not send news of this login.".to_owned(), "Look again in a moment.".to_owned()),
        };
        Trouble {
            code: plain(code),
            title: plain(&title),
            advice: plain(&advice),
            details,
        }
    }

    pub(crate) fn ways(self, audience: Audience) -> Vec<Way> {
        let again = match audience {
            Audience::Guest => Way::AskForNewLink,
            Audience::Support => Way::StartAgain,
        };
        match self {
            Self::Expired | Self::Canceled | Self::AccessEnded => vec![again, Way::Close],
            Self::NotRunning => vec![again, Way::CheckAgain, Way::Close],
            Self::KeyRefused | Self::NotPermitted => match audience {
                Audience::Guest => vec![again, Way::Close],
                Audience::Support => vec![Way::OpenSettings, Way::CheckAgain],
            },
            Self::Gone => match audience {
                Audience::Guest => vec![again, Way::Close],
                Audience::Support => vec![Way::Close],
            },
            Self::Unconfirmed => vec![Way::CheckAgain, again, Way::Close],
            Self::NotTheApi | Self::NoStream => vec![Way::CheckAgain, Way::Close],
            Self::ClientTooOld => vec![Way::Close],
        }
    }
}

/// Whether an error's code says that this client is too old (`kernel-api.md` 1.2).
pub(crate) fn is_upgrade(code: Option<&str>) -> bool {
    matches!(code, Some("sdk_upgrade_required" | "sdk_update_required"))
}

/// Words of our own, which are never empty.
pub(crate) fn plain(words: &str) -> Text {
    Text::new(words).unwrap_or_else(Text::nameless)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_contract_has_words_of_its_own() {
        let contract = "credentials_invalid totp_code_rejected totp_required sms_code_required \
            email_code_required account_choice_required customer_input_required \
            external_action_required mfa_required account_locked rate_limited \
            unsupported_auth_method bot_detected captcha_blocked domain_not_allowed \
            login_form_not_found stuck_in_loop max_attempts_reached max_steps_exceeded \
            navigation_confused element_not_found website_error network_error browser_error \
            internal_error flow_failed session_expired awaiting_input_timeout \
            external_action_timeout no_active_flow";
        let fallback = failure(None, None, "netflix.com", Audience::Guest).title;
        for code in contract.split_whitespace() {
            let trouble = failure(Some(code), None, "netflix.com", Audience::Guest);
            assert_ne!(trouble.title, fallback, "{code}");
            assert_eq!(trouble.code.as_str(), code);
            assert!(
                trouble.advice.as_str().ends_with('.'),
                "{code}: {}",
                trouble.advice
            );
            assert!(
                !trouble.advice.as_str().contains("{site}")
                    && !trouble.title.as_str().contains("{site}")
            );
        }
        assert_eq!(contract.split_whitespace().count(), FAILURES.len());
    }

    #[test]
    fn an_unknown_code_keeps_its_word_and_gets_a_way_on() {
        let trouble = failure(
            Some("new\u{202e}_word"),
            None,
            "netflix.com",
            Audience::Guest,
        );
        assert_eq!(trouble.code.as_str(), "new_word");
        assert_eq!(trouble.title.as_str(), "The login did not succeed.");
        assert!(
            trouble
                .advice
                .as_str()
                .contains("Ask whoever sent you the link")
        );
    }

    #[test]
    fn a_locked_account_is_never_offered_another_try() {
        for audience in [Audience::Guest, Audience::Support] {
            assert_eq!(failure_ways(Some("account_locked"), audience), [Way::Close]);
            let advice = failure(Some("account_locked"), None, "a.example", audience).advice;
            assert!(
                !advice.as_str().contains("Ask whoever")
                    && !advice.as_str().contains("Start the login")
            );
        }
    }

    #[test]
    fn a_message_that_is_json_is_unwrapped() {
        for (raw, shown) in [
            (r#"{"error":"Wrong password"}"#, "Wrong password"),
            (r#"{"error":{"message":"Deep"}}"#, "Deep"),
            ("plain words", "plain words"),
            ("{broken", "{broken"),
            (r#"{"other":1}"#, r#"{"other":1}"#),
        ] {
            let details = failure(None, Some(raw), "s", Audience::Guest).details;
            assert_eq!(details.as_ref().map(Text::as_str), Some(shown));
        }
    }
}
