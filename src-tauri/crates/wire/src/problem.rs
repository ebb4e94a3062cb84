//! What kept a request from being answered.

use std::{error::Error as StdError, io};

use http::Uri;
use hyper_util::client::legacy::connect::{HttpConnector, proxy::Tunnel};
use jiff::{SignedDuration, Timestamp};
use rustls::{AlertDescription, CertificateError, InvalidMessage};
use tower_service::Service;

use crate::{
    failure::Failure,
    network_problem::{ClockError, NetworkProblem, ProxyProblem, TlsProblem},
    route,
};

/// What a tunnel through a proxy fails with. The library exports it by this way alone.
type TunnelError = <Tunnel<HttpConnector> as Service<Uri>>::Error;

/// A clock that is off by less is not why a certificate's time is over.
const MATTERS: SignedDuration = SignedDuration::from_mins(5);

/// Tells what went wrong. Nothing of the library's own text is kept: it names the URL.
#[must_use]
pub fn from_reqwest(error: &reqwest::Error) -> Failure {
    if let Some(problem) = causes(error).find_map(told_by_type) {
        Failure::Network(problem)
    } else if error.is_dns() {
        Failure::Network(NetworkProblem::Lookup)
    } else if error.is_connect() {
        Failure::Network(if causes(error).any(is_refusal) {
            NetworkProblem::Refused
        } else {
            // Also if no connection came about in time: the server has not even been asked.
            NetworkProblem::Connect
        })
    } else if error.is_timeout() {
        Failure::Timeout
    } else if error.is_builder() {
        Failure::Impossible("the request can't be written")
    } else {
        Failure::Network(NetworkProblem::Broken)
    }
}

/// Why no client can be made: of what we ask for, only the system's certificates can be missing.
pub(crate) fn from_building(error: &reqwest::Error) -> Failure {
    if causes(error).any(<dyn StdError>::is::<rustls::Error>) {
        Failure::Network(NetworkProblem::Tls(TlsProblem::NothingTrusted))
    } else {
        Failure::Impossible("secure connections can't be made here")
    }
}

/// The same problem, with what is known beside the error: whether any way leads out of this
/// computer, and how far its clock was from the service's when that last told its time.
pub(crate) fn with_circumstances(failure: Failure, clock_ahead: Option<SignedDuration>) -> Failure {
    let Failure::Network(problem) = failure else {
        return failure;
    };
    Failure::Network(match problem {
        NetworkProblem::Lookup
        | NetworkProblem::Connect
        | NetworkProblem::Proxy(ProxyProblem::Unreachable)
            if !route::leads_out() =>
        {
            NetworkProblem::Offline
        }
        NetworkProblem::Tls(problem) => NetworkProblem::Tls(by_the_clock(problem, clock_ahead)),
        other => other,
    })
}

/// Whether it is the certificate's time that is wrong, or this computer's.
fn by_the_clock(problem: TlsProblem, clock_ahead: Option<SignedDuration>) -> TlsProblem {
    match (problem, clock_ahead) {
        (TlsProblem::Expired, Some(ahead)) if ahead >= MATTERS => {
            TlsProblem::WrongClock(ClockError::Ahead(ahead))
        }
        (TlsProblem::NotYetValid | TlsProblem::WrongClock(_), Some(ahead)) if ahead <= -MATTERS => {
            TlsProblem::WrongClock(ClockError::Ahead(ahead))
        }
        // The service has told its time, and ours is the same.
        (TlsProblem::WrongClock(_), Some(_)) => TlsProblem::NotYetValid,
        // Nobody serves a certificate before its time.
        (TlsProblem::NotYetValid, None) => TlsProblem::WrongClock(ClockError::Behind),
        (problem, _) => problem,
    }
}

/// Each cause of an error in turn, the error itself first.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
        inside(*error)
    })
}

fn inside<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>() {
        // An io::Error names the cause of what it wraps, and not what it wraps.
        Some(error) => error
            .get_ref()
            .map(|inner| inner as &(dyn StdError + 'static)),
        None => error.source(),
    }
}

/// What a cause means whose type says it. The first one counts: a proxy's own trouble wraps the
/// trouble on the way to it.
fn told_by_type(cause: &(dyn StdError + 'static)) -> Option<NetworkProblem> {
    if let Some(tunnel) = cause.downcast_ref::<TunnelError>() {
        return Some(NetworkProblem::Proxy(match tunnel {
            TunnelError::ProxyAuthRequired => ProxyProblem::WantsLogin,
            TunnelError::ConnectFailed(_) => ProxyProblem::Unreachable,
            _ => ProxyProblem::Refused,
        }));
    }
    let tls = cause.downcast_ref::<rustls::Error>()?;
    Some(NetworkProblem::Tls(tls_problem(tls)))
}

fn tls_problem(error: &rustls::Error) -> TlsProblem {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                TlsProblem::Expired
            }
            CertificateError::NotValidYet => TlsProblem::NotYetValid,
            CertificateError::NotValidYetContext { time, not_before } => {
                not_yet_valid(time.as_secs(), not_before.as_secs())
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsProblem::WrongHost
            }
            // The second is from somebody who has the name of an issuer that is known.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                TlsProblem::UnknownIssuer
            }
            CertificateError::Revoked => TlsProblem::Revoked,
            _ => TlsProblem::Other,
        },
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => TlsProblem::NotTls,
        // What a server says that has no certificate for the name it was asked for.
        rustls::Error::AlertReceived(AlertDescription::UnrecognisedName) => TlsProblem::WrongHost,
        _ => TlsProblem::Other,
    }
}

/// Both in seconds since 1970.
fn not_yet_valid(now: u64, begins: u64) -> TlsProblem {
    let seconds = i64::try_from(begins.saturating_sub(now)).unwrap_or(i64::MAX);
    TlsProblem::WrongClock(ClockError::BehindAtLeast(SignedDuration::from_secs(
        seconds,
    )))
}

fn is_refusal(cause: &(dyn StdError + 'static)) -> bool {
    cause
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
}

/// This computer's clock minus the service's, now that the service has told its time.
pub(crate) fn clock_ahead(service_time: Timestamp) -> SignedDuration {
    Timestamp::now().duration_since(service_time)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: SignedDuration = SignedDuration::from_hours(24);

    #[test]
    fn a_certificate_before_its_time_means_a_clock_that_is_behind() {
        let seen = not_yet_valid(1_000, 1_000 + 86_400);
        let at_least = TlsProblem::WrongClock(ClockError::BehindAtLeast(DAY));
        assert_eq!(by_the_clock(seen, None), at_least);
        assert_eq!(
            by_the_clock(TlsProblem::NotYetValid, None),
            TlsProblem::WrongClock(ClockError::Behind)
        );
        for problem in [seen, TlsProblem::NotYetValid] {
            assert_eq!(
                by_the_clock(problem, Some(-DAY * 3)),
                TlsProblem::WrongClock(ClockError::Ahead(-DAY * 3))
            );
        }
    }

    #[test]
    fn a_clock_that_agrees_with_the_service_is_not_blamed() {
        let right = Some(SignedDuration::from_secs(2));
        assert_eq!(
            by_the_clock(not_yet_valid(0, 9), right),
            TlsProblem::NotYetValid
        );
        assert_eq!(
            by_the_clock(TlsProblem::NotYetValid, right),
            TlsProblem::NotYetValid
        );
        assert_eq!(
            by_the_clock(TlsProblem::Expired, right),
            TlsProblem::Expired
        );
        assert_eq!(by_the_clock(TlsProblem::Expired, None), TlsProblem::Expired);
    }

    #[test]
    fn an_expired_certificate_and_a_clock_far_ahead_mean_the_clock() {
        assert_eq!(
            by_the_clock(TlsProblem::Expired, Some(DAY)),
            TlsProblem::WrongClock(ClockError::Ahead(DAY))
        );
        // A clock that is behind makes nothing expire.
        assert_eq!(
            by_the_clock(TlsProblem::Expired, Some(-DAY)),
            TlsProblem::Expired
        );
    }

    #[test]
    fn each_kind_of_certificate_error_has_a_problem_with_and_without_context() {
        let problem = |error| tls_problem(&rustls::Error::InvalidCertificate(error));
        assert_eq!(problem(CertificateError::Expired), TlsProblem::Expired);
        assert_eq!(
            problem(CertificateError::NotValidYet),
            TlsProblem::NotYetValid
        );
        assert_eq!(
            problem(CertificateError::NotValidForName),
            TlsProblem::WrongHost
        );
        assert_eq!(
            problem(CertificateError::UnknownIssuer),
            TlsProblem::UnknownIssuer
        );
        assert_eq!(problem(CertificateError::Revoked), TlsProblem::Revoked);
        assert_eq!(problem(CertificateError::BadEncoding), TlsProblem::Other);
        assert_eq!(tls_problem(&rustls::Error::DecryptError), TlsProblem::Other);
    }
}
