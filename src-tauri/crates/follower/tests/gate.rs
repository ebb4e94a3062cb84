//! The gate, on a clock of the test's own: time passes only when everybody waits.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use follower::Gate;
use futures_util::FutureExt;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

const APART: Duration = Duration::from_millis(28);

/// What those who passed have seen.
#[derive(Debug, Default)]
struct Seen {
    passed: Mutex<Vec<(usize, Instant)>>,
    inside: AtomicUsize,
    most_inside: AtomicUsize,
}

impl Seen {
    /// Passes the gate as the `who`th, and is on the way for so long.
    async fn pass(self: Arc<Self>, gate: Gate, who: usize, on_the_way: Duration) {
        let turn = gate.pass().await;
        assert!(turn.is_some());
        let now = Instant::now();
        self.passed.lock().expect("a list").push((who, now));
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_inside.fetch_max(inside, Ordering::SeqCst);
        sleep(on_the_way).await;
        self.inside.fetch_sub(1, Ordering::SeqCst);
        drop(turn);
    }

    fn order(&self) -> Vec<usize> {
        let passed = self.passed.lock().expect("a list");
        passed.iter().map(|(who, _)| *who).collect()
    }

    fn gaps(&self) -> Vec<Duration> {
        let passed = self.passed.lock().expect("a list");
        passed
            .windows(2)
            .map(|pair| pair[1].1.duration_since(pair[0].1))
            .collect()
    }
}

/// Lets so many through, and gives back what they saw and how long it took.
async fn crowd(gate: &Gate, many: usize, on_the_way: Duration) -> (Arc<Seen>, Duration) {
    let seen = Arc::new(Seen::default());
    let began = Instant::now();
    let mut all = JoinSet::new();
    for who in 0..many {
        all.spawn(Arc::clone(&seen).pass(gate.clone(), who, on_the_way));
    }
    all.join_all().await;
    (seen, began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_crowd_passes_one_by_one_in_its_order_and_wastes_no_turn() {
    let (seen, took) = crowd(&Gate::new(8, APART), 100, Duration::ZERO).await;

    assert_eq!(seen.order(), (0..100).collect::<Vec<_>>());
    let gaps = seen.gaps();
    assert!(gaps.iter().all(|gap| *gap >= APART), "{gaps:?}");
    let ideal = APART * 99;
    assert!(
        took >= ideal && took <= ideal + Duration::from_millis(200),
        "{took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn only_so_many_are_on_their_way_at_once() {
    let slow = APART * 100;
    let (seen, took) = crowd(&Gate::new(3, APART), 12, slow).await;

    assert_eq!(seen.most_inside.load(Ordering::SeqCst), 3);
    assert!(seen.gaps().iter().all(|gap| *gap >= APART));
    // Four lots of three, each as long as its slowest.
    assert!(took >= slow * 4 && took < slow * 5, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn who_comes_alone_does_not_wait() {
    let gate = Gate::new(1, APART);
    for _ in 0..3 {
        let began = Instant::now();
        drop(gate.pass().await);
        assert_eq!(began.elapsed(), Duration::ZERO);
        sleep(APART * 10).await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_leaves_the_turn_to_the_next() {
    let gate = Gate::new(2, APART);
    drop(gate.pass().await);
    let began = Instant::now();
    for _ in 0..1000 {
        // Gone before its turn comes.
        assert!(gate.pass().now_or_never().is_none());
    }
    assert!(gate.pass().await.is_some());

    assert_eq!(began.elapsed(), APART);
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_for_room_leaves_the_queue_to_the_others() {
    let gate = Gate::new(1, APART);
    let inside = gate.pass().await;
    for _ in 0..10 {
        assert!(timeout(APART * 2, gate.pass()).await.is_err());
    }
    drop(inside);

    let began = Instant::now();
    assert!(gate.pass().await.is_some());
    assert_eq!(began.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_gate_for_nobody_is_a_gate_for_one() {
    let gate = Gate::new(0, Duration::ZERO);
    let inside = timeout(APART, gate.pass()).await.expect("let through");
    assert!(timeout(APART, gate.pass()).await.is_err());
    drop(inside);
    assert!(timeout(APART, gate.pass()).await.is_ok());
}
