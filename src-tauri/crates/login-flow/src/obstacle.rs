//! What keeps Usher from the service, in plain words, and what to do about it.
//!
//! Only a host is named, and it is the environment's own.

use jiff::SignedDuration;
use managed_auth::{ClockError, NetworkProblem, ProxyProblem, TlsProblem};

use crate::view::Lost;

/// What keeps Usher from the service, in words. Nothing has been sent then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// A word of ours. For support.
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub title: String,
    /// What to do about it, in a sentence or two.
    pub advice: &'static str,
}

impl Obstacle {
    /// The words for a problem on the way to this host; without one it is “the service”. `None`
    /// for a connection that broke in use: something may have been sent.
    #[must_use]
    pub fn of(problem: NetworkProblem, host: Option<&str>) -> Option<Self> {
        let (begins, within) = match host {
            Some(host) => (host, host),
            None => ("The service", "the service"),
        };
        let said = |code, title: String, advice| {
            Some(Self {
                code,
                title,
                advice,
            })
        };
        match problem {
            NetworkProblem::Broken => None,
            NetworkProblem::Offline => said(
                "offline",
                "This computer is not connected to a network.".to_owned(),
                "Connect it, then try again.",
            ),
            NetworkProblem::Lookup => said(
                "name_unknown",
                match host {
                    Some(host) => format!("The name {host} is not known here."),
                    None => "The service’s name is not known here.".to_owned(),
                },
                "Check your connection. On a company’s network, a VPN may have to be on.",
            ),
            NetworkProblem::Refused => said(
                "refused_connection",
                format!("{begins} does not take connections."),
                "It may be down for a while, or a firewall is in the way. Wait a minute, then try again.",
            ),
            NetworkProblem::Connect => said(
                "unreachable",
                format!("{begins} can’t be reached."),
                "Check your connection. If other sites work, a firewall may be in the way.",
            ),
            NetworkProblem::Tls(problem) => Some(insecure(problem, begins, within)),
            NetworkProblem::Proxy(ProxyProblem::Unreachable) => said(
                "proxy_unreachable",
                format!("The proxy on the way to {within} can’t be reached."),
                "Check the proxy in this computer’s network settings.",
            ),
            NetworkProblem::Proxy(ProxyProblem::WantsLogin) => said(
                "proxy_wants_login",
                format!("The proxy on the way to {within} asks for a login."),
                "Put its user name and password into this computer’s proxy settings, or ask whoever looks after your network.",
            ),
            NetworkProblem::Proxy(ProxyProblem::Refused) => said(
                "proxy_refused",
                format!("The proxy does not let Usher through to {within}."),
                "Ask whoever looks after your network to allow it.",
            ),
        }
    }
}

/// There is no secure connection.
fn insecure(problem: TlsProblem, begins: &str, within: &str) -> Obstacle {
    let (code, title, advice) = match problem {
        TlsProblem::Expired => (
            "certificate_expired",
            format!("The certificate of {within} has expired."),
            "Check this computer’s date. If that is right, only the service can renew its certificate: try again later.",
        ),
        TlsProblem::NotYetValid => (
            "certificate_not_yet_valid",
            format!("The certificate of {within} is not valid yet."),
            "Only the service can change that. Try again later.",
        ),
        TlsProblem::WrongClock(error) => (
            "wrong_clock",
            clock(error),
            "Set this computer’s date and time, then try again.",
        ),
        TlsProblem::WrongHost => (
            "certificate_wrong_host",
            format!("What answers is not {within}: its certificate is for another name."),
            "A network’s sign-in page may be in the way. Open any page in your browser, or try another network.",
        ),
        TlsProblem::UnknownIssuer => (
            "certificate_unknown_issuer",
            format!(
                "The certificate of {within} is from an issuer that this computer does not know."
            ),
            "On a company’s network, its own certificate may have to be added to this computer. Elsewhere, try another network.",
        ),
        TlsProblem::Revoked => (
            "certificate_revoked",
            format!("The certificate of {within} was revoked."),
            "Try another network. If it stays so, only the service can mend it.",
        ),
        TlsProblem::NotTls => (
            "not_secure",
            format!("What answers in place of {within} does not speak securely."),
            "A network’s sign-in page or a proxy may be in the way. Open any page in your browser, or try another network.",
        ),
        TlsProblem::NothingTrusted => (
            "no_certificates",
            "This computer has no certificates to check anybody with.".to_owned(),
            "Install the system’s certificates, then start Usher again.",
        ),
        TlsProblem::Other => (
            "untrusted",
            format!("{begins} could not prove who it is."),
            "Check that this computer’s clock is right, or try another network.",
        ),
    };
    Obstacle {
        code,
        title,
        advice,
    }
}

fn clock(error: ClockError) -> String {
    match error {
        ClockError::Behind => "This computer’s clock is behind.".to_owned(),
        ClockError::BehindAtLeast(by) => {
            format!("This computer’s clock is behind, by {} or more.", span(by))
        }
        ClockError::Ahead(by) if by.is_negative() => {
            format!("This computer’s clock is about {} behind.", span(by))
        }
        ClockError::Ahead(by) => format!("This computer’s clock is about {} ahead.", span(by)),
    }
}

/// How long that is, in the largest unit of which there are two.
#[must_use]
pub fn span(time: SignedDuration) -> String {
    let seconds = time.unsigned_abs().as_secs();
    let (count, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        172_800..63_072_000 => (seconds / 86_400, "day"),
        _ => (seconds / 31_536_000, "year"),
    };
    let many = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{many}")
}

/// What a problem on the way means for a stream that is not there.
pub(crate) fn lost_to(problem: NetworkProblem) -> Lost {
    match problem {
        NetworkProblem::Offline => Lost::Offline,
        NetworkProblem::Lookup => Lost::NameUnknown,
        NetworkProblem::Refused => Lost::Refused,
        NetworkProblem::Connect => Lost::Unreachable,
        NetworkProblem::Broken => Lost::Ended,
        NetworkProblem::Tls(problem) => match problem {
            TlsProblem::Expired => Lost::CertificateExpired,
            TlsProblem::WrongClock(_) => Lost::WrongClock,
            TlsProblem::WrongHost => Lost::CertificateWrongHost,
            TlsProblem::UnknownIssuer => Lost::CertificateUnknownIssuer,
            TlsProblem::NotTls => Lost::NotSecure,
            TlsProblem::NotYetValid
            | TlsProblem::Revoked
            | TlsProblem::NothingTrusted
            | TlsProblem::Other => Lost::Untrusted,
        },
        NetworkProblem::Proxy(ProxyProblem::Unreachable) => Lost::ProxyUnreachable,
        NetworkProblem::Proxy(ProxyProblem::WantsLogin) => Lost::ProxyWantsLogin,
        NetworkProblem::Proxy(ProxyProblem::Refused) => Lost::ProxyRefused,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// One of each kind.
    const PROBLEMS: [NetworkProblem; 16] = [
        NetworkProblem::Offline,
        NetworkProblem::Lookup,
        NetworkProblem::Refused,
        NetworkProblem::Connect,
        NetworkProblem::Tls(TlsProblem::Expired),
        NetworkProblem::Tls(TlsProblem::NotYetValid),
        NetworkProblem::Tls(TlsProblem::WrongClock(ClockError::Behind)),
        NetworkProblem::Tls(TlsProblem::WrongHost),
        NetworkProblem::Tls(TlsProblem::UnknownIssuer),
        NetworkProblem::Tls(TlsProblem::Revoked),
        NetworkProblem::Tls(TlsProblem::NotTls),
        NetworkProblem::Tls(TlsProblem::NothingTrusted),
        NetworkProblem::Tls(TlsProblem::Other),
        NetworkProblem::Proxy(ProxyProblem::Unreachable),
        NetworkProblem::Proxy(ProxyProblem::WantsLogin),
        NetworkProblem::Proxy(ProxyProblem::Refused),
    ];

    #[test]
    fn every_obstacle_has_words_of_its_own_with_and_without_a_host() {
        for host in [None, Some("api.example")] {
            let (mut codes, mut titles) = (HashSet::new(), HashSet::new());
            for problem in PROBLEMS {
                let said = Obstacle::of(problem, host).expect("words");
                assert!(codes.insert(said.code), "{}", said.code);
                assert!(titles.insert(said.title.clone()), "{}", said.title);
                assert!(said.title.ends_with('.') && said.advice.ends_with('.'));
                assert!(said.advice.starts_with(char::is_uppercase));
            }
        }
    }

    #[test]
    fn a_connection_that_broke_in_use_is_no_obstacle() {
        assert_eq!(Obstacle::of(NetworkProblem::Broken, None), None);
        assert_eq!(lost_to(NetworkProblem::Broken), Lost::Ended);
    }

    #[test]
    fn the_difference_of_the_clocks_is_told() {
        let title = |error| {
            let problem = NetworkProblem::Tls(TlsProblem::WrongClock(error));
            Obstacle::of(problem, None).expect("words").title
        };
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        assert_eq!(
            title(ClockError::Ahead(days(3))),
            "This computer’s clock is about 3 days ahead."
        );
        assert_eq!(
            title(ClockError::Ahead(-days(800))),
            "This computer’s clock is about 2 years behind."
        );
        assert_eq!(
            title(ClockError::BehindAtLeast(SignedDuration::from_mins(90))),
            "This computer’s clock is behind, by 90 minutes or more."
        );
        assert_eq!(
            title(ClockError::Behind),
            "This computer’s clock is behind."
        );
        assert_eq!(span(SignedDuration::from_secs(1)), "1 second");
        assert_eq!(span(SignedDuration::from_secs(-119)), "119 seconds");
        assert_eq!(span(SignedDuration::from_hours(2)), "2 hours");
    }

    #[test]
    fn a_span_is_told_in_the_largest_unit_of_which_there_are_two() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (119, "119 seconds"),
            (120, "2 minutes"),
            (7_199, "119 minutes"),
            (7_200, "2 hours"),
            (172_799, "47 hours"),
            (172_800, "2 days"),
            (63_071_999, "729 days"),
            (63_072_000, "2 years"),
            (315_360_000, "10 years"),
        ] {
            assert_eq!(span(SignedDuration::from_secs(seconds)), words);
            assert_eq!(span(SignedDuration::from_secs(-seconds)), words);
        }
    }
}
