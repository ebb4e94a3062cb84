//! A service that tells nothing of a flow once it has ended: support learns how it ended from the
//! timeline, and a guest, who may not ask it, that it could not be confirmed.

use std::time::Duration;

use sandbox::Settings;
use serde_json::{Value, json};
use usher_tests::{
    app::App,
    console::open,
    desktop::Desktop,
    service::{Handoff, Service},
};

#[tokio::test(flavor = "multi_thread")]
async fn support_learns_from_the_timeline_how_a_login_ended() {
    let (service, desktop) = (forgetful().await, Desktop::new());
    let in_the_list = service.invite_to("error-json").await;
    let app = open(&desktop, &service, &[]).await;
    app.wait_row(&in_the_list.connection_id, "needs_a_person")
        .await;
    end_unseen(&service, &in_the_list, json!({})).await;
    app.wait_row(&in_the_list.connection_id, "failed").await;
    for (scenario, end) in [("password", "logged_in"), ("error-json", "failed")] {
        let handoff = service.invite_to(scenario).await;
        app.open_row(&handoff.connection_id).await;
        app.wait_fields(&["f_username", "f_password"]).await;
        end_unseen(&service, &handoff, json!({})).await;
        app.wait_row(&handoff.connection_id, end).await;
        app.wait_stage(end).await;
    }
    app.wait_text("[data-part=website-error]", "We will be right back")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_that_can_not_be_had_leaves_the_end_unconfirmed_until_it_can() {
    let (service, desktop) = (forgetful().await, Desktop::new());
    let handoff = service.invite_to("password").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&handoff.connection_id).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    let no_timeline = json!({ "timeline": { "status": 404 } });
    end_unseen(&service, &handoff, no_timeline).await;
    app.wait_stage("unconfirmed").await;
    let id = &handoff.connection_id;
    service.hook(id, "faults", json!({})).await;
    app.press("check_again").await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_told_that_the_end_could_not_be_confirmed() {
    let (service, desktop) = (forgetful().await, Desktop::new());
    desktop.set_up_environment(&service.url());
    let handoff = service.invite_to("password").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    end_unseen(&service, &handoff, json!({})).await;
    app.wait_stage("unconfirmed").await;
    app.wait_text("[data-part=error-title]", "could not be confirmed")
        .await;
    let id = &handoff.connection_id;
    assert_eq!(service.count(id, "timeline").await, 0);
}

async fn forgetful() -> Service {
    Service::with(Settings {
        pace: Duration::from_millis(100),
        forget_ended_flows: true,
        ..Settings::default()
    })
    .await
}

/// Somebody else completes the login while no stream is to be had, so that nobody hears its end.
async fn end_unseen(service: &Service, handoff: &Handoff, mut faults: Value) {
    let id = &handoff.connection_id;
    faults["events"] = json!({ "status": 503 });
    service.hook(id, "faults", faults).await;
    service.hook(id, "close-streams", json!({})).await;
    let connection = service.connection(id).await;
    let answer = json!({
        "interaction_id": connection["interaction_id"],
        "field_values": { "f_username": "ada@example.com", "f_password": "correct horse" },
    });
    service.submit(handoff, answer).await;
}
