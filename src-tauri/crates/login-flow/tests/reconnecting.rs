//! When a lost stream is opened again, and what is said meanwhile.

mod support;

use std::time::Duration;

use login_flow::{Audience, Backoff, Following, Input, Lost, Pulse, StreamState};
use managed_auth::{ClockError, Error, ErrorBody, NetworkProblem, ProxyProblem, TlsProblem};
use support::*;

const SECOND: Duration = Duration::from_secs(1);

/// A flow that asks something, so that nothing but its stream has a deadline.
fn asking() -> Desk {
    Desk::live(Audience::Guest, connection(form("mai_1")))
}

/// How long it is until the flow wants to be told the time.
fn until_deadline(desk: &Desk) -> Duration {
    let at = desk.flow.deadline().expect("something is waited for");
    at.saturating_sub(desk.now.steady)
}

#[test]
fn a_live_stream_is_looked_at_when_its_silence_would_be_too_long() {
    let mut desk = asking();
    assert_eq!(until_deadline(&desk), 60 * SECOND);
    desk.now.steady += 20 * SECOND;
    desk.now.wall = desk.now.wall.checked_add(20 * SECOND).expect("a time");
    desk.give(Input::Tick);
    assert_eq!(until_deadline(&desk), 40 * SECOND);
    desk.give(Input::StreamAlive);
    assert_eq!(until_deadline(&desk), 60 * SECOND);
}

#[test]
fn a_lost_stream_is_opened_when_its_delay_is_over() {
    let mut desk = asking();
    desk.give(Input::StreamEnded);
    let delay = until_deadline(&desk);
    assert!(delay >= SECOND / 2 && delay <= SECOND, "{delay:?}");
    desk.pass(delay.saturating_sub(Duration::from_nanos(1)));
    assert_eq!(desk.count(is_open), 0);
    desk.pass(Duration::from_nanos(1));
    assert_eq!(desk.count(is_open), 1);
}

#[test]
fn a_stream_that_lived_for_a_minute_begins_the_delays_anew() {
    for (lived, longest) in [(59 * SECOND, 30 * SECOND), (60 * SECOND, SECOND)] {
        let mut desk = asking();
        for _ in 0..6 {
            desk.give(Input::StreamEnded);
            desk.pass(30 * SECOND);
            desk.give(Input::ReadFailed(Error::Timeout));
        }
        desk.give(Input::StreamOpened);
        desk.read(connection(form("mai_1")));
        desk.pass(lived / 2);
        desk.give(Input::StreamAlive);
        desk.pass(lived.saturating_sub(lived / 2));
        desk.give(Input::StreamEnded);
        let delay = until_deadline(&desk);
        assert!(
            delay >= longest / 2 && delay <= longest,
            "{lived:?}: {delay:?}"
        );
    }
}

#[test]
fn the_reason_for_a_loss_is_said() {
    let body = ErrorBody::default;
    let network = Error::Network;
    let tls = |problem| network(NetworkProblem::Tls(problem));
    let proxy = |problem| network(NetworkProblem::Proxy(problem));
    for (error, expected) in [
        (network(NetworkProblem::Offline), Lost::Offline),
        (network(NetworkProblem::Lookup), Lost::NameUnknown),
        (network(NetworkProblem::Refused), Lost::Refused),
        (network(NetworkProblem::Connect), Lost::Unreachable),
        (network(NetworkProblem::Broken), Lost::Ended),
        (tls(TlsProblem::Expired), Lost::CertificateExpired),
        (
            tls(TlsProblem::WrongClock(ClockError::Behind)),
            Lost::WrongClock,
        ),
        (tls(TlsProblem::WrongHost), Lost::CertificateWrongHost),
        (
            tls(TlsProblem::UnknownIssuer),
            Lost::CertificateUnknownIssuer,
        ),
        (tls(TlsProblem::NotTls), Lost::NotSecure),
        (tls(TlsProblem::Revoked), Lost::Untrusted),
        (proxy(ProxyProblem::Unreachable), Lost::ProxyUnreachable),
        (proxy(ProxyProblem::WantsLogin), Lost::ProxyWantsLogin),
        (proxy(ProxyProblem::Refused), Lost::ProxyRefused),
        (Error::Timeout, Lost::Slow),
        (
            Error::RateLimited {
                retry_after: None,
                body: body(),
            },
            Lost::RateLimited,
        ),
        (refused(503, "x"), Lost::ServiceTrouble),
        (Error::NotTheApi { status: 502 }, Lost::ServiceTrouble),
    ] {
        let mut desk = asking();
        let printed = format!("{error:?}");
        desk.give(Input::StreamFailed(error));
        match desk.view().stream {
            StreamState::Reconnecting { cause, .. } => assert_eq!(cause, expected, "{printed}"),
            ref other => panic!("{printed}: {other:?}"),
        }
    }
}

#[test]
fn a_server_error_may_ask_for_a_pause_as_a_rate_limit_may() {
    let asked = 100 * SECOND;
    for error in [
        Error::Refused {
            status: 503,
            retry_after: Some(asked),
            body: ErrorBody::default(),
        },
        Error::RateLimited {
            retry_after: Some(asked),
            body: ErrorBody::default(),
        },
    ] {
        let mut desk = asking();
        desk.give(Input::StreamFailed(error));
        assert_eq!(until_deadline(&desk), asked);
    }
}

#[test]
fn the_service_sets_the_first_delay_within_one_and_thirty_seconds() {
    for (asked, base) in [(0, 1), (1, 1), (8, 8), (30, 30), (3600, 30)] {
        let mut backoff = Backoff::new(1);
        backoff.set_base(asked * SECOND);
        for n in 0..3 {
            let full = (base * SECOND * 2_u32.pow(n)).min(30 * SECOND);
            let delay = backoff.failed(Duration::ZERO, None);
            assert!(
                delay >= full / 2 && delay <= full,
                "{asked} s, try {n}: {delay:?}"
            );
        }
    }
}

#[test]
fn delays_are_spread_over_the_whole_of_their_step() {
    let delays: Vec<_> = (0..200)
        .map(|seed| Backoff::new(seed).failed(Duration::ZERO, None))
        .collect();
    for tenth in 0..10 {
        let from = SECOND / 2 + SECOND / 20 * tenth;
        let here = delays
            .iter()
            .filter(|delay| (from..from + SECOND / 20).contains(delay));
        let here = here.count();
        assert!((5..60).contains(&here), "{here} of 200 from {from:?}");
    }
}

#[test]
fn streams_that_a_sleep_has_ended_come_back_within_a_second_and_not_in_step() {
    let delays: Vec<_> = (0..20)
        .map(|seed| {
            let mut desk = Desk::following(Following {
                connection_id: "ma_1".into(),
                audience: Audience::Guest,
                started_until: None,
                seed,
            });
            desk.read(connection(form("mai_1")));
            desk.give(Input::StreamOpened);
            desk.read(connection(form("mai_1")));
            // The wall clock went on while the computer slept.
            desk.now.wall = desk.now.wall.checked_add(400 * SECOND).expect("a time");
            desk.give(Input::Tick);
            until_deadline(&desk)
        })
        .collect();
    assert!(delays.iter().all(|delay| *delay < SECOND), "{delays:?}");
    let late = delays.iter().filter(|delay| **delay > SECOND / 2).count();
    assert!((4..=16).contains(&late), "{delays:?}");
}

#[test]
fn failures_are_counted_until_they_are_forgotten() {
    let mut backoff = Backoff::new(1);
    for n in 1..=40 {
        backoff.failed(Duration::ZERO, None);
        assert_eq!(backoff.failures(), n);
    }
    backoff.reset();
    assert_eq!(backoff.failures(), 0);
    assert!(backoff.failed(Duration::ZERO, None) <= SECOND);
}

#[test]
fn the_longest_gap_between_heartbeats_sets_the_silence_within_its_bounds() {
    let limit_after = |beats: &[u64]| {
        let mut pulse = Pulse::default();
        for at in beats {
            pulse.beat(Duration::from_secs(*at));
        }
        pulse.limit()
    };
    assert_eq!(limit_after(&[0, 10, 15, 25]), 25 * SECOND);
    assert_eq!(limit_after(&[0, 10, 30]), 50 * SECOND);
    assert_eq!(
        limit_after(&[0, 1]),
        5 * SECOND,
        "a network may hiccup for that long"
    );
    assert_eq!(limit_after(&[0, 48]), 120 * SECOND);
    assert_eq!(limit_after(&[0, 1000]), 120 * SECOND);
}
