//! Every way a login can go, from its link to its end, in the built app.
//!
//! Most links reach an app that runs already, through the system's own handler, one after the
//! other; each then begins on whatever the one before has left behind.

use std::{sync::Arc, time::Duration};

use sandbox::Settings;
use usher_tests::{
    app::App,
    desktop::Desktop,
    service::Service,
    walker::{Scenario, Shape, walk},
};

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_ends_as_it_says() {
    walk_all(Shape::Canonical).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_by_itself_is_told_to_whoever_is_there() {
    walk_failures(Shape::Canonical).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_by_itself_is_told_to_whoever_is_there_on_an_older_server() {
    walk_failures(Shape::Legacy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_ends_as_it_says_on_an_older_server() {
    walk_all(Shape::Legacy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_starts_the_app_leads_to_each_kind_of_end() {
    let service = Service::start().await;
    let kinds = ["push", "fail-account-locked", "expiry", "cancel"];
    for scenario in service.scenarios().await {
        if kinds.contains(&scenario.name()) {
            let desktop = Desktop::new();
            desktop.set_up_environment(&service.url());
            let handoff = service.invite(&scenario.domain(Shape::Canonical)).await;
            let app = App::start(&desktop, &[&handoff.link()]).await;
            walk(&service, &app, &handoff, &scenario, Shape::Canonical).await;
        }
    }
}

async fn walk_all(shape: Shape) {
    let service = Service::start().await;
    let scenarios = service.scenarios().await;
    let (quick, others): (Vec<_>, Vec<_>) =
        scenarios.into_iter().partition(Scenario::fails_by_itself);
    assert!(quick.len() > 5, "{}", quick.len());
    assert!(others.len() > 40, "{}", others.len());
    walk_these(service, others, shape).await;
}

/// These are over by themselves soon, and an ended flow's link opens nothing. So the site is slow
/// enough here for the person to be there in time.
async fn walk_failures(shape: Shape) {
    let service = Service::with(Settings {
        pace: Duration::from_millis(2500),
        ..Settings::default()
    });
    let service = service.await;
    let scenarios = service.scenarios().await;
    let quick = scenarios
        .into_iter()
        .filter(Scenario::fails_by_itself)
        .collect();
    walk_these(service, quick, shape).await;
}

async fn walk_these(service: Service, scenarios: Vec<Scenario>, shape: Shape) {
    let service = Arc::new(service);
    let desktop = Arc::new(Desktop::new());
    desktop.set_up_environment(&service.url());
    let app = Arc::new(App::start_for_guest(&desktop).await);
    let mut failed = Vec::new();
    for scenario in scenarios {
        let name = scenario.name().to_owned();
        // A task of its own, so that one that fails is named and the others go on.
        let one = one(
            Arc::clone(&service),
            Arc::clone(&desktop),
            Arc::clone(&app),
            scenario,
            shape,
        );
        if tokio::spawn(one).await.is_err() {
            failed.push(name);
        }
    }
    assert!(
        failed.is_empty(),
        "these did not end as they say: {failed:?}"
    );
}

async fn one(
    service: Arc<Service>,
    desktop: Arc<Desktop>,
    app: Arc<App>,
    scenario: Scenario,
    shape: Shape,
) {
    let handoff = service.invite(&scenario.domain(shape)).await;
    desktop.open_link(&handoff.link()).await;
    walk(&service, &app, &handoff, &scenario, shape).await;
}
