//! Usher is killed at every step of a login, as a crash, an empty battery or an impatient person
//! does it, and started again: it is at the same step, and the code is spent once.
//!
//! One scenario for each kind of step by default; all of them with `USHER_KILL_EVERYWHERE=1`.

#![allow(
    clippy::print_stdout,
    reason = "how often it was killed is told with `--nocapture`"
)]

use std::{collections::BTreeSet, time::Duration};

use fault_proxy::{Fault, Target};
use sandbox::Settings;
use usher_tests::{
    app::App,
    desktop::Desktop,
    hurt::{How, Hurt},
    service::{Handoff, Service},
    waiting::until,
    walker::{Scenario, Shape, Turn, end, reach, take, wait_sent},
};

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_of_a_login_it_comes_back_to_that_step() {
    kill_at_every_step(Shape::Canonical, 100, |scenario| !waits(scenario)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_on_an_older_server_it_comes_back_to_that_step() {
    kill_at_every_step(Shape::Legacy, 100, |scenario| !waits(scenario)).await;
}

/// The service is slow enough here for a restart to come in between.
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_a_login_goes_on_by_itself_it_comes_back_or_tells_the_end() {
    let slowly = |scenario: &Scenario| waits(scenario) && !scenario.fails_by_itself();
    kill_at_every_step(Shape::Canonical, 400, slowly).await;
    kill_at_every_step(Shape::Canonical, 2500, Scenario::fails_by_itself).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_the_site_is_opened_it_asks_when_the_site_does() {
    let (service, desktop) = place(300).await;
    let handoff = service.invite("slow.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_stage("finding_out").await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 1);
    assert_eq!(service.count(&handoff.connection_id, "submit").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_an_answer_is_worked_on_it_comes_back_to_what_is_asked_next() {
    let (service, desktop) = place(1500).await;
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    wait_sent(&service, &handoff, 1).await;
    wait_kept(&desktop, &handoff).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 1);
    assert_eq!(service.count(&handoff.connection_id, "submit").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_an_answer_arrived_it_asks_for_it_again_and_sends_nothing_by_itself() {
    let hurt = Hurt::place().await;
    let handoff = hurt.service.invite("password.example").await;
    let app = App::start(&hurt.desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username"]).await;
    wait_kept(&hurt.desktop, &handoff).await;
    hurt.strike(&handoff, &How::Proxy(Target::Submit, Fault::Blackhole))
        .await;
    app.sign_in().await;
    let sent = || async { hurt.answers_sent() };
    until("the answer on its way", sent, |sent| *sent == 1).await;
    app.kill(&hurt.desktop).await;
    hurt.calm(&handoff).await;
    let app = App::start(&hurt.desktop, &[]).await;
    let seen = app.wait_fields(&["f_username", "f_password"]).await;
    assert_eq!(seen.values, ["", ""]);
    assert_eq!(hurt.answers_sent(), 1);
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    assert_eq!(hurt.answers_sent(), 2);
    let id = &handoff.connection_id;
    assert_eq!(hurt.service.count(id, "submit").await, 1);
    assert_eq!(hurt.service.count(id, "exchange").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_code_arrived_its_link_is_still_good() {
    let hurt = Hurt::place().await;
    let handoff = hurt.service.invite("password.example").await;
    let app = App::start(&hurt.desktop, &[&handoff.link()]).await;
    let fault = How::Proxy(Target::All, Fault::Blackhole);
    hurt.strike(&handoff, &fault).await;
    app.begin(&handoff).await;
    app.wait_screen("opening").await;
    app.kill(&hurt.desktop).await;
    hurt.calm(&handoff).await;
    let app = App::start(&hurt.desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    let id = &handoff.connection_id;
    assert_eq!(hurt.service.count(id, "exchange").await, 1);
}

/// Whether it goes on by itself at some step.
fn waits(scenario: &Scenario) -> bool {
    let turns = scenario.turns(Shape::Canonical);
    turns.iter().any(|turn| matches!(turn, Turn::Nothing))
}

/// Walks these scenarios on one desktop, with a kill before each turn and after the end.
async fn kill_at_every_step(shape: Shape, pace: u64, chosen: impl Fn(&Scenario) -> bool) {
    let (service, desktop) = place(pace).await;
    let mut scenarios = service.scenarios().await;
    scenarios.retain(chosen);
    if std::env::var_os("USHER_KILL_EVERYWHERE").is_none() {
        scenarios = one_for_each_kind(scenarios, shape);
    }
    assert!(!scenarios.is_empty());
    let mut app = App::start_for_guest(&desktop).await;
    let (mut kills, mut failed) = (0, Vec::new());
    let walked = scenarios.len();
    for scenario in scenarios {
        let handoff = service.invite(&scenario.domain(shape)).await;
        desktop.open_link(&handoff.link()).await;
        app.begin(&handoff).await;
        let mut sent = 0;
        for turn in scenario.turns(shape) {
            let before = reach(&app, &turn).await;
            wait_kept(&desktop, &handoff).await;
            app.kill(&desktop).await;
            kills += 1;
            app = App::start(&desktop, &[]).await;
            let after = reach(&app, &turn).await;
            let went_on = matches!(turn, Turn::Nothing);
            let is_same = (&before.stage, &before.fields, &before.choices)
                == (&after.stage, &after.fields, &after.choices);
            if !is_same && !went_on {
                failed.push(format!("{}: {before:?}, then {after:?}", scenario.name()));
            }
            take(&service, &app, &handoff, &turn).await;
            if turn.is_answer() {
                sent += 1;
                wait_sent(&service, &handoff, sent).await;
            }
        }
        end(&service, &app, &handoff, &scenario, sent).await;
    }
    let is_empty = |entries: &String| !entries.contains("secret");
    let entries = || async { desktop.keyring_entries() };
    until("an empty keychain", entries, is_empty).await;
    app.kill(&desktop).await;
    let app = App::start(&desktop, &[]).await;
    app.wait_screen("welcome").await;
    println!(
        "{shape:?}: {walked} scenarios, {kills} kills before their end, {} wrong",
        failed.len()
    );
    assert!(failed.is_empty(), "{failed:#?}");
}

/// The first scenarios in which each kind of step is found.
fn one_for_each_kind(scenarios: Vec<Scenario>, shape: Shape) -> Vec<Scenario> {
    let mut seen = BTreeSet::new();
    let mut is_new = |scenario: &Scenario| {
        let kind = |turn: &Turn| match turn {
            Turn::Fields(values) => {
                let mut ids: Vec<&str> = values.iter().map(|(id, _)| id.as_str()).collect();
                ids.sort_unstable();
                ids.join(" ")
            }
            Turn::Choice(_) => "a choice".to_owned(),
            Turn::Hook(_) => format!("the hook of {}", scenario.name()),
            Turn::Nothing if scenario.fails_by_itself() => "a failure".to_owned(),
            Turn::Nothing => format!("the wait of {}", scenario.name()),
        };
        let turns = scenario.turns(shape);
        // Not only the first: every kind of it is to be noted.
        let new: Vec<bool> = turns.iter().map(|turn| seen.insert(kind(turn))).collect();
        new.contains(&true)
    };
    scenarios
        .into_iter()
        .filter(|scenario| is_new(scenario))
        .collect()
}

async fn place(pace: u64) -> (Service, Desktop) {
    let settings = Settings {
        pace: Duration::from_millis(pace),
        ..Settings::default()
    };
    let service = Service::with(settings).await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    (service, desktop)
}

/// Waits until another program can see that the keychain holds the access.
async fn wait_kept(desktop: &Desktop, handoff: &Handoff) {
    let is_there = |entries: &String| entries.contains(&handoff.connection_id);
    let entries = || async { desktop.keyring_entries() };
    until("the access in the keychain", entries, is_there).await;
}
