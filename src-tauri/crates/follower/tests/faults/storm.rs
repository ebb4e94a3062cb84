//! Two hundred flows and a service that restarts.
//!
//! The restart is the proxy's: connections are reset, then refused, and then accepted again. A
//! sandbox that truly stopped would have forgotten its flows.

use std::{
    collections::{BTreeMap, HashSet},
    env,
    time::Duration,
};

use fault_proxy::{Call, Fault, Proxy, Target};
use follower::{Follower, Gate};
use login_flow::{Audience, Following, Lost, Stage, StreamState, View};
use managed_auth::{Access, Client, Settings};
use tokio::time::{Instant, sleep};

use crate::{
    step::PACE,
    support::{
        dice::{Dice, SEED, seed},
        service::Service,
        watched::{Watched, is_true},
    },
    tally::{Tally, say},
};

/// As many as support follows, and as its console lets them through.
const MANY: usize = 200;
const ON_THEIR_WAY: usize = 8;
const APART: Duration = Duration::from_millis(28);
/// What the issue asks for.
const ALL_BACK: Duration = Duration::from_secs(35);
const MOST_CONNECTS: usize = 40;
const SECOND: Duration = Duration::from_secs(1);

/// Many flows that are followed behind one gate.
struct Crowd {
    service: Service,
    proxy: Proxy,
    flows: BTreeMap<String, Watched>,
    seed: u64,
    began: Instant,
}

impl Crowd {
    async fn gather(seed: u64) -> Self {
        let service = Service::start(PACE, Duration::from_secs(2)).await;
        let mut ids = Vec::new();
        for number in 0..MANY {
            let started = service.login(&format!("storm-{number}.sms.example")).await;
            ids.push(started.id);
        }
        let proxy = Proxy::start(service.address());
        let api = format!("http://{}", proxy.address);
        let access = Access::key(sandbox::API_KEY.into());
        let api = api.parse().expect("an address");
        let client = Client::new(api, &access, Settings::default()).expect("a client");
        let gate = Gate::new(ON_THEIR_WAY, APART);
        let follow = |id: String| {
            let following = Following {
                connection_id: id.clone(),
                audience: Audience::Support,
                started_until: None,
                seed: Dice::of(seed, &id).number(),
            };
            let follower = Follower::start_behind(gate.clone(), client.clone(), following);
            (id, Watched::new(follower))
        };
        let mut crowd = Self {
            began: Instant::now(),
            flows: ids.into_iter().map(follow).collect(),
            service,
            proxy,
            seed,
        };
        crowd.until_live(crowd.began, &HashSet::new()).await;
        crowd
    }

    /// Waits until all flows but some are live, and says how long each took since then.
    async fn until_live(&mut self, since: Instant, but: &HashSet<String>) -> Tally {
        let limit = ALL_BACK * 3;
        let mut tally = Tally::default();
        for (id, flow) in &mut self.flows {
            if but.contains(id) {
                continue;
            }
            let is_live = |view: &View| view.stream == StreamState::Live;
            if let Err(failure) = flow.until("news", limit, is_live).await {
                panic!("{id}: {failure}");
            }
            let live = flow
                .since(since)
                .into_iter()
                .find(|shown| shown.view.stream == StreamState::Live);
            let took = live.map(|shown| shown.at - since);
            tally.recoveries.push(took.unwrap_or_default());
        }
        tally
    }

    async fn until_lost(&mut self, cause: Lost) {
        for (id, flow) in &mut self.flows {
            let is_lost = |view: &View| matches!(view.stream, StreamState::Reconnecting { cause: told, .. } if told == cause);
            let lost = flow.until("the loss", ALL_BACK, is_lost).await;
            lost.unwrap_or_else(|failure| panic!("{id}: {failure}"));
        }
    }

    /// Waits until nothing is on its way but streams.
    async fn until_settled(&mut self) {
        let limit = Instant::now() + ALL_BACK;
        loop {
            let asked = self.proxy.log().count(Call::Read);
            sleep(SECOND).await;
            if self.proxy.log().count(Call::Read) == asked {
                return;
            }
            assert!(Instant::now() < limit, "they never stop reading");
        }
    }

    /// Checks that every flow is shown where it truly is.
    async fn check_true(&self) {
        for (id, flow) in &self.flows {
            let truth = self.service.truth_of(id).await;
            let view = flow.view();
            assert!(is_true(&view, &truth), "{truth:?}; {}", flow.describe());
        }
    }
}

/// How long the service is away; `USHER_FAULT_OUTAGE` says another number of seconds.
fn outage() -> Duration {
    let asked = env::var("USHER_FAULT_OUTAGE").ok();
    let seconds = asked.and_then(|asked| asked.parse().ok()).unwrap_or(8);
    Duration::from_secs(seconds)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "holds times that a busy computer misses: `make faults`"]
async fn two_hundred_flows_come_through_a_restart_the_trouble_of_some_and_a_refused_key() {
    let seed = seed();
    let mut crowd = Crowd::gather(seed).await;
    crowd.restart().await;
    crowd.trouble().await;
    crowd.refused_key().await;
}

impl Crowd {
    async fn restart(&mut self) {
        self.proxy.strike(Target::All, Fault::Refuse);
        self.until_lost(Lost::Refused).await;
        sleep(outage()).await;
        let back = Instant::now();
        self.proxy.calm();
        let tally = self.until_live(back, &HashSet::new()).await;
        let most = self.proxy.log().most_accepted_within(SECOND, self.began);
        self.check_true().await;
        say(&format!(
            "storm: {MANY} flows, away for {:?} and more, back: worst {:.1?}, median {:.1?}; at \
             most {most} connects in any second; {SEED}={}",
            outage(),
            tally.worst(),
            tally.median(),
            self.seed,
        ));
        assert!(tally.worst() <= ALL_BACK, "{:?}", tally.worst());
        assert!(most <= MOST_CONNECTS, "{most} connects in a second");
    }

    /// More are in trouble than the gate lets through at once.
    async fn trouble(&mut self) {
        self.until_settled().await;
        self.proxy.strike(Target::All, Fault::Refuse);
        self.until_lost(Lost::Refused).await;
        let in_trouble: HashSet<String> = self.flows.keys().take(24).cloned().collect();
        let back = Instant::now();
        self.proxy
            .strike_only(Target::All, Fault::Blackhole, in_trouble.clone());
        let others = self.until_live(back, &in_trouble).await;
        let is_lost = |id: &&String| self.flows[*id].view().stream != StreamState::Live;
        let still = in_trouble.iter().filter(is_lost).count();
        say(&format!(
            "trouble: {still} flows stay in a blackhole, the other {} are back: worst {:.1?}, \
             median {:.1?}; {SEED}={}",
            others.recoveries.len(),
            others.worst(),
            others.median(),
            self.seed,
        ));
        assert_eq!(still, in_trouble.len(), "they were in trouble all the time");
        assert!(others.worst() <= ALL_BACK, "{:?}", others.worst());
        self.proxy.calm();
        self.until_live(Instant::now(), &HashSet::new()).await;
        self.check_true().await;
    }

    async fn refused_key(&mut self) {
        self.until_settled().await;
        let streams = self.proxy.log().count(Call::Events);
        let refused = Instant::now();
        self.service.accept_key(false).await;
        for (id, flow) in &mut self.flows {
            let is_end = |view: &View| view.stage.is_end();
            let view = flow.until("the end", ALL_BACK, is_end).await;
            let view = view.unwrap_or_else(|failure| panic!("{id}: {failure}"));
            assert_eq!(view.stage, Stage::Refused);
        }
        let took = refused.elapsed();
        let asked = self.proxy.log().total();
        // That nothing happens can only be seen by looking for a while.
        sleep(Duration::from_secs(4)).await;
        assert_eq!(self.proxy.log().total(), asked, "nobody asks any more");
        for flow in self.flows.values() {
            let shown = flow.since(refused);
            let mut stages: Vec<Stage> = shown.iter().map(|shown| shown.view.stage).collect();
            stages.dedup();
            let ends = stages.iter().filter(|stage| stage.is_end()).count();
            assert_eq!(ends, 1, "{stages:?}");
        }
        say(&format!(
            "key refused: all {MANY} flows ended in {took:.1?}, {} streams were asked for; \
             {SEED}={}",
            self.proxy.log().count(Call::Events) - streams,
            self.seed,
        ));
    }
}
