//! When an authflow is read again, and when not any more.

use std::time::Duration;

use authflow::{Code, Error, Meaning, Phase, Sighting, State, Status, Summary, Watch};
use jiff::Timestamp;
use proptest::prelude::*;

const MINUTE: Duration = Duration::from_secs(60);
const LIMIT: Duration = Duration::from_secs(20 * 60);

fn at(status: &str) -> Summary {
    Summary {
        status: Some(Status::from(status.to_owned())),
        ..Summary::default()
    }
}

fn watch() -> Watch {
    Watch::new(Meaning::default(), LIMIT, 7, Duration::ZERO)
}

/// Goes to the next thing that is due, and says whether it is a read.
fn go_on(watch: &mut Watch, now: &mut Duration) -> bool {
    *now = watch.due().expect("something is due");
    watch.tick(*now)
}

fn passing() -> Error {
    Error::ServiceTrouble {
        status: 503,
        retry_after: None,
    }
}

#[test]
fn it_is_read_at_once_soon_while_it_moves_and_seldom_while_it_rests() {
    let (mut watch, mut now) = (watch(), Duration::ZERO);
    assert!(go_on(&mut watch, &mut now) && now.is_zero());
    let mut waits = Vec::new();
    for _ in 0..6 {
        watch.read(at("pending"), now, Timestamp::UNIX_EPOCH);
        let before = now;
        assert!(go_on(&mut watch, &mut now));
        waits.push(now.saturating_sub(before).as_secs_f64());
    }
    let bounds = [
        (1.0, 2.0),
        (2.0, 4.0),
        (4.0, 8.0),
        (7.5, 15.0),
        (7.5, 15.0),
        (7.5, 15.0),
    ];
    for (wait, (least, most)) in waits.iter().zip(bounds) {
        assert!((least..=most).contains(wait), "{waits:?}");
    }
    watch.read(at("finished"), now, Timestamp::UNIX_EPOCH);
    let before = now;
    go_on(&mut watch, &mut now);
    assert!(
        now.saturating_sub(before) <= Duration::from_secs(2),
        "it has moved"
    );
    let mut seen = at("finished");
    seen.last_seen = Some(Sighting {
        at: Some(Timestamp::UNIX_EPOCH),
        ..Sighting::default()
    });
    watch.read(at("finished"), now, Timestamp::UNIX_EPOCH);
    go_on(&mut watch, &mut now);
    watch.read(seen, now, Timestamp::UNIX_EPOCH);
    let before = now;
    go_on(&mut watch, &mut now);
    assert!(
        now.saturating_sub(before) <= Duration::from_secs(2),
        "somebody was seen"
    );
}

#[test]
fn what_was_read_last_is_told_with_its_time() {
    let limit = Duration::from_mins(7);
    let mut watch = Watch::new(Meaning::default(), limit, 1, Duration::ZERO);
    assert_eq!(watch.limit(), limit);
    assert_eq!((watch.latest(), watch.read_at()), (None, None));
    let (summary, when) = (at("pending"), Timestamp::constant(1_763_718_000, 0));
    assert!(watch.tick(Duration::ZERO));
    watch.read(summary.clone(), Duration::ZERO, when);
    assert_eq!(
        (watch.latest(), watch.read_at()),
        (Some(&summary), Some(when))
    );
}

#[test]
fn one_read_at_a_time() {
    let (mut watch, mut now) = (watch(), Duration::ZERO);
    assert!(go_on(&mut watch, &mut now));
    assert!(!watch.tick(now) && !watch.tick(MINUTE), "one is on its way");
    assert_eq!(watch.due(), Some(LIMIT), "only the deadline is due");
}

#[test]
fn the_end_ends_it() {
    for (word, phase) in [
        ("complete", Phase::Success),
        ("cancelled", Phase::Cancelled),
    ] {
        let (mut watch, mut now) = (watch(), Duration::ZERO);
        go_on(&mut watch, &mut now);
        watch.read(at(word), now, Timestamp::UNIX_EPOCH);
        assert_eq!((watch.state(), watch.phase()), (State::Ended, phase));
        assert_eq!(watch.due(), None);
        assert!(!watch.tick(LIMIT * 2));
    }
}

#[test]
fn what_is_finished_or_unheard_of_is_read_on_until_the_deadline() {
    for (word, phase) in [("finished", Phase::Waiting), ("verifying", Phase::Unknown)] {
        let (mut watch, mut now) = (watch(), Duration::ZERO);
        let mut reads = 0;
        while go_on(&mut watch, &mut now) {
            reads += 1;
            watch.read(at(word), now, Timestamp::UNIX_EPOCH);
            assert_eq!(watch.phase(), phase);
        }
        assert_eq!((watch.state(), now), (State::GivenUp, LIMIT));
        assert!((80..180).contains(&reads), "{reads} reads in 20 minutes");
        watch.again(now);
        assert!(watch.tick(now), "the person wants to go on");
    }
}

#[test]
fn trouble_that_may_pass_is_come_through() {
    let (mut watch, mut now) = (watch(), Duration::ZERO);
    go_on(&mut watch, &mut now);
    watch.read(at("pending"), now, Timestamp::UNIX_EPOCH);
    go_on(&mut watch, &mut now);
    watch.failed(passing(), now);
    assert_eq!(watch.state(), State::Watching);
    assert!(
        watch.trouble().is_some() && watch.latest().is_some(),
        "what was known is kept"
    );
    go_on(&mut watch, &mut now);
    watch.read(at("complete"), now, Timestamp::UNIX_EPOCH);
    assert!(watch.trouble().is_none() && watch.state() == State::Ended);
}

#[test]
fn a_refusal_stops_it_until_the_person_looks_again() {
    let (mut watch, mut now) = (watch(), Duration::ZERO);
    go_on(&mut watch, &mut now);
    watch.failed(
        Error::Refused {
            code: Code::NotFound,
            message: None,
            status: 404,
            retry_after: None,
        },
        now,
    );
    assert_eq!((watch.state(), watch.due()), (State::Stopped, None));
    watch.again(MINUTE);
    assert!(watch.tick(MINUTE));
}

#[test]
fn the_statuses_that_were_seen_are_remembered_with_their_times() {
    let (mut watch, mut now) = (watch(), Duration::ZERO);
    let words = ["new", "new", "pending", "finished", "finished", "complete"];
    for (second, word) in (0..).zip(words) {
        go_on(&mut watch, &mut now);
        let wall = Timestamp::from_second(second).expect("a time");
        watch.read(at(word), now, wall);
    }
    let seen: Vec<_> = watch
        .history()
        .iter()
        .map(|change| {
            (
                change.at.as_second(),
                change.status.as_ref().map(Status::as_str),
            )
        })
        .collect();
    let expected = [
        (0, Some("new")),
        (2, Some("pending")),
        (3, Some("finished")),
        (5, Some("complete")),
    ];
    assert_eq!(seen, expected);
}

#[derive(Clone, Debug)]
enum Event {
    Read(&'static str),
    Trouble(Option<u64>),
    Refusal,
    Again,
    Pass(u64),
}

fn event() -> impl Strategy<Value = Event> {
    let words = prop::sample::select(vec![
        "new",
        "pending",
        "finished",
        "complete",
        "cancelled",
        "verifying",
    ]);
    prop_oneof![
        4 => words.prop_map(Event::Read),
        2 => prop::option::of(0_u64..10_000).prop_map(Event::Trouble),
        1 => Just(Event::Refusal),
        1 => Just(Event::Again),
        4 => (0_u64..40_000).prop_map(Event::Pass),
    ]
}

proptest! {
    /// Whatever comes: never two reads within a second unless the person asks, none after an end,
    /// no wait that nobody asked for, and `Retry-After` is kept.
    #[test]
    fn reads_keep_their_distance(seed: u64, events in prop::collection::vec(event(), 0..200)) {
        let mut now = Duration::ZERO;
        let mut watch = Watch::new(Meaning::default(), LIMIT, seed, now);
        let (mut reading, mut last_read, mut asked_until) = (false, None::<Duration>, Duration::ZERO);
        for event in events {
            match event {
                Event::Read(word) if reading => {
                    watch.read(at(word), now, Timestamp::UNIX_EPOCH);
                    reading = false;
                }
                Event::Trouble(asked) if reading => {
                    let retry_after = asked.map(Duration::from_secs);
                    watch.failed(Error::RateLimited { retry_after }, now);
                    asked_until = now + retry_after.unwrap_or_default().min(MINUTE * 5);
                    reading = false;
                }
                Event::Refusal if reading => {
                    watch.failed(Error::NotTheApi { status: 200 }, now);
                    reading = false;
                }
                Event::Again if !reading => {
                    watch.again(now);
                    (last_read, asked_until) = (None, Duration::ZERO);
                }
                Event::Pass(milliseconds) => now += Duration::from_millis(milliseconds),
                Event::Read(_) | Event::Trouble(_) | Event::Refusal | Event::Again => {}
            }
            let due = watch.due();
            prop_assert_eq!(due.is_some(), watch.state() == State::Watching);
            if let (Some(due), false) = (due, reading) {
                prop_assert!(due <= now + MINUTE * 5, "{due:?} after {now:?}");
            }
            if watch.tick(now) {
                prop_assert!(!reading && watch.state() == State::Watching);
                prop_assert!(now >= asked_until, "Retry-After was not kept");
                if let Some(last) = last_read {
                    prop_assert!(now.saturating_sub(last) >= Duration::from_secs(1));
                }
                (reading, last_read) = (true, Some(now));
            }
        }
    }
}
