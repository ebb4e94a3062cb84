//! A service that is reached through a proxy, which does wrong what it is told to.

use std::time::Duration;

use fault_proxy::{Call, Canned, Fault, Moment, Proxy, Target};
use sandbox::Settings;
use serde_json::{Value, json};

use crate::{
    app::App,
    desktop::Desktop,
    half_typed::HalfTyped,
    service::{Handoff, Service},
    waiting::{until, until_at_last},
};

/// Longer than Usher waits for anything.
const WHATEVER_IT_TAKES: Duration = Duration::from_secs(60);

/// What goes wrong, and what the window has to say of it.
#[derive(Debug)]
pub struct Row {
    /// What the fault is called.
    pub name: &'static str,
    /// Who does it.
    pub how: How,
    /// Open event streams are cut as it begins, for a fault that strikes new answers only.
    pub cut: bool,
    /// What is said.
    pub told: Told,
}

/// Who does it.
#[derive(Clone, Debug)]
pub enum How {
    /// The proxy, to these calls.
    Proxy(Target, Fault),
    /// The service, by its hook.
    Service(Value),
}

/// What the window has to say while a fault lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// That the service is lost, in these words.
    Lost(&'static str),
    /// The same, and it comes back before the fault is over.
    LostAndFound(&'static str),
    /// Nothing, though the app had to read anew.
    NothingButReads,
    /// Nothing at all.
    Nothing,
}

/// A service behind a proxy, and a desktop whose Usher goes through it.
pub struct Hurt {
    /// The service itself.
    pub service: Service,
    /// What is between.
    pub proxy: Proxy,
    /// The desktop.
    pub desktop: Desktop,
}

impl Hurt {
    /// A service whose heartbeats come so often that silence is noticed within seconds.
    pub async fn place() -> Self {
        let settings = Settings {
            pace: Duration::from_millis(100),
            heartbeat: Duration::from_secs(1),
            ..Settings::default()
        };
        let service = Service::with(settings).await;
        let proxy = Proxy::start(service.address());
        let desktop = Desktop::new();
        desktop.set_up_environment(&format!("http://{}", proxy.address));
        Self {
            service,
            proxy,
            desktop,
        }
    }

    /// Begins to do something wrong.
    pub async fn strike(&self, handoff: &Handoff, how: &How) {
        match how {
            How::Proxy(target, fault) => self.proxy.strike(*target, fault.clone()),
            How::Service(faults) => self.set_faults(handoff, faults.clone()).await,
        }
    }

    /// Does nothing wrong any more.
    pub async fn calm(&self, handoff: &Handoff) {
        self.proxy.calm();
        self.set_faults(handoff, json!({})).await;
    }

    async fn set_faults(&self, handoff: &Handoff, faults: Value) {
        let id = &handoff.connection_id;
        self.service.hook(id, "faults", faults).await;
    }

    /// Lets a fault strike a form that is half filled, and end; looks at what is said of it, and
    /// that nothing that was typed is lost by it.
    pub async fn go_through(&self, app: &App, handoff: &Handoff, typed: &HalfTyped, row: &Row) {
        let Row { name, told, .. } = row;
        let (reads, streams, beats) = self.seen();
        let alarms = typed.alarms(app).await;
        self.strike(handoff, &row.how).await;
        if row.cut {
            self.proxy.cut();
        }
        if let Told::Lost(words) | Told::LostAndFound(words) = told {
            self.wait_told(app, name, words).await;
        }
        typed.assert_kept(app, name).await;
        let seen = || async { self.seen() };
        match told {
            Told::Lost(_) => {}
            Told::LostAndFound(_) => {
                self.wait_back(app, name).await;
                until(name, seen, |(_, now, _)| *now > streams).await;
                // Only what is understood keeps the line up.
                let from = self.seen().2;
                until(name, seen, |(_, _, now)| *now > from + 1).await;
            }
            Told::NothingButReads => {
                until(name, seen, |(now, _, _)| *now > reads).await;
            }
            Told::Nothing => {
                until(name, seen, |(_, _, now)| *now > beats + 1).await;
            }
        }
        self.calm(handoff).await;
        if matches!(told, Told::Lost(_)) {
            self.look_again(app).await;
            self.wait_back(app, name).await;
        }
        typed.assert_kept(app, name).await;
        let more = typed.alarms(app).await - alarms;
        let is_quiet = matches!(told, Told::Nothing | Told::NothingButReads);
        assert_eq!(more == 0, is_quiet, "{name}: {more} alarms");
    }

    /// How often answers were sent, whether or not the service got to see them.
    #[must_use]
    pub fn answers_sent(&self) -> usize {
        self.proxy.log().count(Call::Submit)
    }

    /// How often Usher was told that the service is there.
    #[must_use]
    pub fn beats(&self) -> usize {
        self.proxy.log().heartbeats
    }

    /// How often a login was read or followed so far.
    pub async fn looks(&self, handoff: &Handoff) -> u64 {
        let id = &handoff.connection_id;
        self.service.count(id, "get").await + self.service.count(id, "events").await
    }

    /// Reads, streams and heartbeats that went through.
    fn seen(&self) -> (usize, usize, usize) {
        let log = self.proxy.log();
        (
            log.count(Call::Read),
            log.count(Call::Events),
            log.heartbeats,
        )
    }

    async fn wait_told(&self, app: &App, name: &str, words: &str) {
        let line = || async {
            match app.find("[data-part=reconnecting]").await {
                Some(line) => line.text().await.unwrap_or_default(),
                None => String::new(),
            }
        };
        let is_told = |line: &String| line.contains(words) && line.contains("keeps trying");
        let what = format!("{name}: “{words}”");
        until_at_last(WHATEVER_IT_TAKES, &what, line, is_told).await;
    }

    /// Presses the button that looks how things stand. It may be back by itself before.
    async fn look_again(&self, app: &App) {
        if let Some(button) = app.find("[data-action=check_again]").await {
            let _ = button.click().await;
        }
    }

    async fn wait_back(&self, app: &App, name: &str) {
        let what = format!("{name}: the connection is back");
        let line = || app.find("[data-part=reconnecting]");
        until(&what, line, Option::is_none).await;
    }
}

/// An answer that the proxy makes up.
#[must_use]
pub fn canned(status: u16, headers: &str, body: &'static str, moment: Moment) -> Fault {
    let headers = headers.to_owned();
    let canned = Canned {
        status,
        headers,
        body,
    };
    Fault::Answer(canned, moment)
}

/// The same status for every call of a flow.
#[must_use]
pub fn every_call(status: u16, retry_after: Option<u64>) -> How {
    let mut fault = json!({ "status": status });
    if let Some(seconds) = retry_after {
        fault["retry_after"] = json!(seconds);
    }
    How::Service(json!({ "get": fault, "submit": fault, "events": fault }))
}
