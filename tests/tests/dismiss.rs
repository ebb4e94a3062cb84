//! A link that comes while a login is open can be put away again.

use usher_tests::{app::App, desktop::Desktop, service::Service};

#[tokio::test(flavor = "multi_thread")]
async fn the_login_behind_a_link_comes_back_with_its_form() {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    let first = service.invite("password.example").await;
    let app = App::start(&desktop, &[&first.link()]).await;
    app.begin(&first).await;
    app.wait_fields(&["f_username"]).await;

    let second = service.invite("totp.example").await;
    desktop.open_link(&second.link()).await;
    app.wait_invited(&second).await;
    app.press("dismiss_link").await;
    app.wait_fields(&["f_username"]).await;

    desktop.open_link("usher://login/ma_1").await;
    app.wait_screen("bad_link").await;
    app.press("dismiss_link").await;

    app.sign_in().await;
    app.wait_stage("logged_in").await;
    assert_eq!(service.count(&first.connection_id, "exchange").await, 1);
    assert_eq!(service.count(&second.connection_id, "exchange").await, 0);
    app.close(&desktop).await;
}
