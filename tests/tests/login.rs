//! A person completes a login from a handoff link.

use usher_tests::{app::App, desktop::Desktop, service::Service};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_leads_to_a_login() {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    let handoff = service.invite("demo.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.wait_screen("invited").await;
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 0);
    app.press("begin").await;
    app.wait_stage("asking").await;
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", "correct horse").await;
    app.press("submit").await;
    app.fill("f_code", "000000").await;
    app.press("submit").await;
    app.wait("[data-part=website-error]").await;
    app.fill("f_code", "123 456").await;
    app.enter("f_code").await;
    app.wait_stage("logged_in").await;
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 1);
    app.picture(&usher_tests::programs::pictures("e2e").join("logged_in.png"))
        .await;
}
