//! The property that the fuzz target and a test of the crate share. `link` is beside it.

use secrecy::ExposeSecret;

use super::link::{Invitation, Link};

/// Panics unless a link is refused, or names only what a link may name and says so again when it
/// is written anew.
pub(crate) fn link_names_only_what_it_may(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(link) = Link::parse(&text) else { return };
    assert!(text.len() <= 2048 && text.is_ascii());
    let parts = parts(&link);
    assert_identifier(&parts[1], 128, "-_.");
    assert!(parts[1] != "." && parts[1] != "..");
    let secret = match &link {
        Link::Login(_) | Link::Return { .. } => Some(parts[2].as_str()),
        Link::Watch { .. } | Link::Authflow { .. } => None,
    };
    if let Some(secret) = secret {
        assert_identifier(secret, 512, "-_.~+/=");
        // A short one may be a part of anything.
        let printed = format!("{link:?}");
        assert!(secret.len() < 32 || parts[1].contains(secret) || !printed.contains(secret));
    }
    let environment = parts.last().filter(|_| parts[0] != "return");
    if let Some(environment) = environment {
        assert_identifier(environment, 64, "-_");
    }
    let again = Link::parse(&written(&link)).expect("what was read can be read again");
    assert_eq!(self::parts(&again), parts);
}

fn assert_identifier(text: &str, longest: usize, marks: &str) {
    assert!(!text.is_empty() && text.len() <= longest, "{text}");
    let known = |c: char| c.is_ascii_alphanumeric() || marks.contains(c);
    assert!(text.chars().all(known), "{text}");
}

/// Its kind and all that it says.
fn parts(link: &Link) -> Vec<String> {
    let all = match link {
        Link::Login(Invitation {
            connection_id,
            environment,
            code,
        }) => vec!["login", connection_id, code.expose_secret(), environment],
        Link::Watch {
            connection_id,
            environment,
        } => vec!["watch", connection_id, environment],
        Link::Authflow {
            authflow_id,
            environment,
        } => vec!["authflow", authflow_id, environment],
        Link::Return {
            connection_id,
            state,
        } => vec!["return", connection_id, state.expose_secret()],
    };
    all.into_iter().map(str::to_owned).collect()
}

fn written(link: &Link) -> String {
    let parts = parts(link);
    let (kind, id) = (&parts[0], &parts[1]);
    match link {
        Link::Login(_) => format!("usher://{kind}/{id}?code={}&env={}", parts[2], parts[3]),
        Link::Watch { .. } | Link::Authflow { .. } => {
            format!("usher://{kind}/{id}?env={}", parts[2])
        }
        Link::Return { .. } => format!("usher://{kind}/{id}?state={}", parts[2]),
    }
}
