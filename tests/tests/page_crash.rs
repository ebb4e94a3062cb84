//! The process that draws the page dies; all that matters is in another one.

use usher_tests::{app::App, desktop::Desktop, service::Service, waiting::until};

/// The login window as it opens.
const LOGIN: &str = "440x680";

/// The driver's session ends with the page, so the rest is done with the keyboard itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_login_whose_page_has_died_is_shown_again_at_the_same_step() {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    let handoff = service.invite("sms.example").await;
    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.sign_in().await;
    app.wait_fields(&["f_code"]).await;
    App::crash_page(&desktop).await;
    desktop.focus_window(LOGIN);
    // The code's field has the keyboard as soon as the page is there.
    let type_the_code = || async {
        desktop.type_keys(&["ctrl+a", "1", "2", "3", "4", "5", "6", "Return"]);
        service.connection(&handoff.connection_id).await
    };
    until("the login is completed", type_the_code, |connection| {
        connection["flow_status"] == "SUCCESS"
    })
    .await;
    assert_eq!(service.count(&handoff.connection_id, "exchange").await, 1);
}
