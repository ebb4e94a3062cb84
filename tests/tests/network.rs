//! The built app on networks that are in its way: why it can't reach the service is said in words,
//! and the details of it can be copied and hold no secret.

use std::net::SocketAddr;

use tls_service::{Flaw, Front, Issuer, Proxy, Rule};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use usher_tests::{
    app::App, console::sign_in, desktop::Desktop, gateway::Gateway, leak::Secrets,
    service::Service, waiting::until,
};

/// A name that nobody has.
const NAME: &str = "api.usher.test";
const CODE: &str = "hc_planted_0123456789abcdef";
const TOKEN: &str = "eyJwbGFudGVk.eyJieSI6InRoZSBzZXJ2aWNlIn0.c2lnbmF0dXJl";

/// A service that gives one answer to everything.
struct Stubborn {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Stubborn {
    async fn saying(status: &'static str, body: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let answer = format!(
            "HTTP/1.1 {status}\r\nX-Request-Id: req_0123456789abcdef\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let serving = tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let mut request = [0; 4096];
                // Whoever asks may hang up.
                let _ = near.read(&mut request).await;
                let _ = near.write_all(answer.as_bytes()).await;
            }
        });
        Self { address, serving }
    }
}

impl Drop for Stubborn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn environment(name: &str, api: &str) -> String {
    format!("[[environment]]\nname = \"{name}\"\napi = \"{api}\"\n")
}

fn link(environment: &str) -> String {
    format!("usher://login/ma_1?code={CODE}&env={environment}")
}

/// An address where nobody listens.
async fn closed() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address")
}

/// Presses the button, and gives what it has put into the clipboard.
async fn copied(app: &App, desktop: &Desktop) -> String {
    app.press("copy_details").await;
    app.wait_text("[data-action=copy_details]", "copied").await;
    let clipboard = || async { desktop.clipboard() };
    until("the details", clipboard, |text| {
        text.starts_with("Details from Usher")
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn why_the_service_can_not_be_reached_is_said_in_words() {
    let mut desktop = Desktop::new();
    let service = Service::start().await;
    let plain: SocketAddr = service.url()["http://".len()..]
        .parse()
        .expect("an address");
    let (issuer, stranger) = (Issuer::new(), Issuer::new());
    let store = desktop.folder().join("store.pem");
    std::fs::write(&store, issuer.pem()).expect("written");
    desktop.set("SSL_CERT_FILE", store.to_str().expect("a path"));
    let proxy = Proxy::start(Rule::WithLogin("Basic x".into()), plain).await;
    desktop.set("https_proxy", &proxy.url());
    desktop.set("no_proxy", ".invalid");
    let front = async |issuer: &Issuer, flaw| Front::start(issuer, "localhost", flaw, plain).await;
    let fronts = [
        front(&issuer, Flaw::Expired).await,
        front(&stranger, Flaw::None).await,
        front(&issuer, Flaw::OtherName).await,
        front(&issuer, Flaw::NotYetValid).await,
    ];
    let secure = |at: usize| format!("https://localhost:{}", fronts[at].address().port());
    let broken = Stubborn::saying("503 Service Unavailable", "{}".to_owned()).await;
    let busy = Stubborn::saying("429 Too Many Requests", "{}".to_owned()).await;
    let cases = [
        (
            "refused",
            format!("http://{}", closed().await),
            "127.0.0.1 does not take connections.",
        ),
        (
            "nowhere",
            "https://api.usher.invalid".to_owned(),
            "The name api.usher.invalid is not known here.",
        ),
        (
            "expired",
            secure(0),
            "The certificate of localhost has expired.",
        ),
        (
            "stranger",
            secure(1),
            "is from an issuer that this computer does not know.",
        ),
        ("other", secure(2), "What answers is not localhost"),
        ("early", secure(3), "This computer’s clock is behind, by"),
        (
            "plain",
            format!("https://{plain}"),
            "does not speak securely",
        ),
        (
            "proxied",
            format!("https://{NAME}"),
            "The proxy on the way to api.usher.test asks for a login.",
        ),
        (
            "broken",
            format!("http://{}", broken.address),
            "The login service has a problem.",
        ),
        (
            "busy",
            format!("http://{}", busy.address),
            "is busy and asks to wait",
        ),
    ];
    let file: String = cases
        .iter()
        .map(|(name, api, _)| environment(name, api))
        .collect();
    desktop.write_environments(&file);

    let app = App::start_for_guest(&desktop).await;
    for (name, _, words) in &cases {
        desktop.open_link(&link(name)).await;
        app.wait_text("[data-screen=invited]", name).await;
        app.press("begin").await;
        app.wait_text("[data-screen=not_opened] [data-part=error-title]", words)
            .await;
        let advice = app.text("[data-part=error-advice]").await;
        assert!(advice.len() > 20, "{name}: {advice}");
    }
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_goes_through_a_proxy_with_the_systems_certificates() {
    let mut desktop = Desktop::new();
    let service = Service::start().await;
    let mut gateway = Gateway::to(&service.url());
    gateway.open().await;
    let way: SocketAddr = gateway.url()["http://".len()..]
        .parse()
        .expect("an address");
    let issuer = Issuer::new();
    let store = desktop.folder().join("store.pem");
    std::fs::write(&store, issuer.pem()).expect("written");
    desktop.set("SSL_CERT_FILE", store.to_str().expect("a path"));
    let front = Front::start(&issuer, NAME, Flaw::None, way).await;
    let login = Rule::WithLogin("Basic YWRhOnBsYW50ZWQtcHJveHk=".to_owned());
    let proxy = Proxy::start(login, front.address()).await;
    desktop.set(
        "https_proxy",
        &proxy.url().replace("//", "//ada:planted-proxy@"),
    );
    desktop.write_environments(&environment("sandbox", &format!("https://{NAME}")));
    let handoff = service.invite("password.example").await;

    let app = App::start(&desktop, &[&handoff.link()]).await;
    app.begin(&handoff).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    assert!(proxy.asked().contains(&format!("{NAME}:443")));

    // The way is lost in the middle: the line says so, and the details say what was tried.
    app.fill("f_password", "planted password").await;
    gateway.close().await;
    app.wait("[data-part=reconnecting]").await;
    let details = copied(&app, &desktop).await;
    for part in [
        "Service: api.usher.test",
        "Stage: asking",
        "Status: IN_PROGRESS",
        "Stream: lost since",
        "Keychain: kept",
        "exchange: 200",
        "events: 200",
        handoff.connection_id.as_str(),
    ] {
        assert!(details.contains(part), "{part} in {details}");
    }
    let mut secrets = Secrets::default();
    secrets.add("the code", &handoff.code);
    secrets.add("the password", "planted password");
    secrets.add("the proxy's password", "planted-proxy");
    let entries = desktop.keyring_entries();
    let token = entries
        .split("\"token\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    secrets.add("the token", token.expect("a kept token"));
    assert!(secrets.in_bytes(details.as_bytes()).is_empty(), "{details}");
    let log = desktop.app_log_text();
    assert!(secrets.in_bytes(log.as_bytes()).is_empty(), "{log}");

    gateway.open().await;
    app.press("check_again").await;
    app.sign_in().await;
    app.wait_stage("logged_in").await;
    app.close(&desktop).await;
}

/// The desktop's own settings, as its control panel writes them.
#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_of_the_desktops_settings_is_used() {
    let mut desktop = Desktop::new();
    let proxy = Proxy::start(Rule::Nobody, closed().await).await;
    let (_, port) = proxy
        .url()
        .rsplit_once(':')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a port");
    let settings = desktop.folder().join("config/glib-2.0/settings");
    std::fs::create_dir_all(&settings).expect("a folder");
    let text = format!(
        "[system/proxy]\nmode='manual'\n[system/proxy/https]\nhost='127.0.0.1'\nport={port}\n"
    );
    std::fs::write(settings.join("keyfile"), text).expect("written");
    desktop.set("GSETTINGS_BACKEND", "keyfile");
    desktop.set("XDG_CURRENT_DESKTOP", "GNOME");
    desktop.write_environments(&environment("far", &format!("https://{NAME}")));
    let app = App::start(&desktop, &[&link("far")]).await;
    app.press("begin").await;
    app.wait_text(
        "[data-screen=not_opened] [data-part=error-title]",
        "The proxy does not let Usher through to api.usher.test.",
    )
    .await;
    assert_eq!(proxy.asked(), [format!("{NAME}:443")]);
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_details_hold_what_support_needs_and_no_secret() {
    let desktop = Desktop::new();
    let says = format!(
        "{{\"code\":\"internal_error\",\"message\":\"no access for Bearer {TOKEN} with code {CODE} at https://auth.example/login?code={CODE}\"}}"
    );
    let broken = Stubborn::saying("503 Service Unavailable", says).await;
    desktop.write_environments(&environment(
        "broken",
        &format!("http://{}", broken.address),
    ));
    let app = App::start(&desktop, &[&link("broken")]).await;
    app.press("begin").await;
    app.wait_screen("not_opened").await;
    let details = copied(&app, &desktop).await;
    for part in [
        "Time: 20",
        "Usher: 0.",
        "System: ",
        "Web engine: 2.",
        "Environment: broken",
        "Service: 127.0.0.1",
        "Connection: ma_1",
        "Code: service_trouble",
        "The service says: no access for Bearer [removed]",
        "exchange: 503",
        "request req_0123456789abcdef",
    ] {
        assert!(details.contains(part), "{part} in {details}");
    }
    let mut secrets = Secrets::default();
    secrets.add("the code", CODE);
    secrets.add("a token that the service repeats", TOKEN);
    assert!(secrets.in_bytes(details.as_bytes()).is_empty(), "{details}");
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn supports_details_hold_what_was_tried_and_not_the_key() {
    const KEY: &str = "sk_planted_key_0123456789";
    let desktop = Desktop::new();
    let says = format!("{{\"message\":\"the key {KEY} can not be checked now\"}}");
    let broken = Stubborn::saying("503 Service Unavailable", says).await;
    desktop.write_environments(&environment(
        "broken",
        &format!("http://{}", broken.address),
    ));
    desktop.choose_environment("broken");
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, KEY).await;
    app.wait("[data-part=trouble]").await;
    let details = copied(&app, &desktop).await;
    for part in [
        "Environment: broken",
        "Code: service_trouble",
        "The service says: the key",
        "check the key: 503",
        "request req_0123456789abcdef",
    ] {
        assert!(details.contains(part), "{part} in {details}");
    }
    let mut secrets = Secrets::default();
    secrets.add("the key", KEY);
    assert!(secrets.in_bytes(details.as_bytes()).is_empty(), "{details}");
    app.close(&desktop).await;
}
