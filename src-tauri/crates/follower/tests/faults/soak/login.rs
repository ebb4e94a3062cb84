//! One place in the crowd: a connection that is logged in again and again.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use fault_proxy::{Call, Proxy};
use follower::{Follower, Gate};
use login_flow::{Audience, Following};
use managed_auth::{Access, Client, Settings};
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::{
    person::{Deeds, Person},
    weather,
};
use crate::{
    catalogue::{MOST_OF_AN_EVENT, Row},
    step::Step,
    support::{
        dice::Dice,
        service::{Service, Started},
        watched::{Watched, is_true},
    },
    tally::say,
};

/// What came out so far.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) logins: usize,
    presses: usize,
    sent_twice: usize,
    connects: usize,
    pub(crate) failures: Vec<String>,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            logins,
            presses,
            sent_twice,
            connects,
            failures,
        } = self;
        let failed = failures.len();
        write!(
            f,
            "{logins} logins, {failed} with a wrong end; {presses} answers, {sent_twice} sent \
             twice; {connects} connects"
        )
    }
}

/// A place in the crowd.
pub(crate) struct Slot {
    number: usize,
    step: Step,
    domain: String,
    dice: Dice,
    service: Arc<Service>,
    gate: Gate,
    rows: Vec<Row>,
}

impl Slot {
    pub(crate) fn new(
        number: usize,
        step: Step,
        seed: u64,
        service: Arc<Service>,
        gate: Gate,
    ) -> Self {
        let generation = if number.is_multiple_of(5) {
            ".legacy"
        } else {
            ""
        };
        let scenario = step.scenario();
        Self {
            number,
            step,
            domain: format!("soak-{number}.{scenario}{generation}.example"),
            dice: Dice::of(seed, &number.to_string()),
            service,
            gate,
            rows: weather::survivable(),
        }
    }

    /// Logs in again and again.
    pub(crate) async fn live(mut self, began: Instant, until: Instant, totals: Arc<Mutex<Totals>>) {
        // They don't all come at once.
        sleep(Duration::from_millis(self.dice.within(0..20_000))).await;
        let id = self.service.connection(&self.domain).await;
        while Instant::now() < until {
            let outcome = self.log_in(&id, began, &totals).await;
            if outcome.is_err() {
                // It may still run, and the next login is to be one of its own.
                self.service.try_hook(&id, "cancel").await;
            }
            let mut totals = totals.lock().expect("nobody panics while counting");
            totals.logins += 1;
            if let Err(failure) = outcome {
                let failure = format!("{}: {failure}", self.domain);
                say(&failure);
                totals.failures.push(failure);
            }
        }
    }

    async fn log_in(
        &mut self,
        id: &str,
        began: Instant,
        totals: &Mutex<Totals>,
    ) -> Result<(), String> {
        // What the login before left behind.
        self.service.hook(id, "faults", &json!({})).await;
        let before = self.service.calls(id).await;
        let started = self.service.login_of(id).await;
        let proxy = Proxy::start(self.service.address());
        let mut watched = self.follow(&started, &proxy).await?;
        let weather = self.dice.fork();
        let person = Person {
            service: &self.service,
            id,
            domain: &self.domain,
            step: self.step,
            dice: self.dice.fork(),
        };
        let deeds = tokio::select! {
            deeds = person.complete(&mut watched) => deeds?,
            () = weather::rage(&proxy, &self.service, id, &self.rows, weather, began) => {
                unreachable!("it never ends")
            }
        };
        proxy.calm();
        self.service
            .hook(id, "faults", &serde_json::json!({}))
            .await;
        let truth = self.service.truth(&self.domain).await;
        if !is_true(&watched.view(), &truth) {
            return Err(format!("a wrong end: {truth:?}; {}", watched.describe()));
        }
        let after = self.service.calls(id).await;
        let Deeds { presses, answered } = deeds;
        let (submits, connects) = {
            let log = proxy.log();
            (log.count(Call::Submit), log.accepted.len())
        };
        let accepted = after.accepted - before.accepted;
        let submitted = submits.max(after.submits - before.submits);
        let more = submitted
            .saturating_sub(presses)
            .max(accepted.saturating_sub(answered.len()));
        let mut totals = totals.lock().expect("nobody panics while counting");
        totals.presses += presses;
        totals.connects += connects;
        totals.sent_twice += more;
        if more > 0 {
            return Err(format!("sent {more} times more than pressed"));
        }
        Ok(())
    }

    async fn follow(&mut self, started: &Started, proxy: &Proxy) -> Result<Watched, String> {
        let audience = if self.number.is_multiple_of(2) {
            Audience::Guest
        } else {
            Audience::Support
        };
        let access = match audience {
            Audience::Support => Access::key(sandbox::API_KEY.into()),
            Audience::Guest => {
                let direct = self.service.url().parse().map_err(|_| "no address")?;
                let code = started.handoff_code.as_str().into();
                Client::exchange(direct, &started.id, &code, Settings::default())
                    .await
                    .map_err(|error| format!("no access: {error}"))?
            }
        };
        let api = format!("http://{}", proxy.address);
        let api = api.parse().map_err(|_| "no address")?;
        let client = Client::new(api, &access, settings()).map_err(|error| error.to_string())?;
        let following = Following {
            connection_id: started.id.clone(),
            audience,
            started_until: (audience == Audience::Support).then_some(started.flow_expires_at),
            seed: self.dice.number(),
        };
        let follower = match audience {
            Audience::Guest => Follower::start(client, following),
            Audience::Support => Follower::start_behind(self.gate.clone(), client, following),
        };
        Ok(Watched::new(follower))
    }
}

/// Less patient than in life, so that more happens in an hour.
fn settings() -> Settings {
    Settings {
        connect_timeout: Duration::from_secs(3),
        request_timeout: Duration::from_secs(5),
        stream_headers_timeout: Duration::from_secs(5),
        max_event: MOST_OF_AN_EVENT,
        ..Settings::default()
    }
}
