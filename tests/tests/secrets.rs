//! A secret that was typed or received is found nowhere afterwards: in no log, no file, no
//! argument list, no environment, no title.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use usher_tests::{
    app::App,
    desktop::{Desktop, Keyring},
    service::{Handoff, Service},
};

/// Typed into the password field, and refused by the site.
const WRONG_PASSWORD: &str = "SENTINEL~pass word&<1>";
/// Typed into the code field, and refused by the site.
const WRONG_CODE: &str = "840173926651";

/// Everything in this run that must not be found.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn typed() -> Self {
        let mut secrets = Self::default();
        secrets.add("the refused password", WRONG_PASSWORD);
        secrets.add("the right password", "correct horse");
        secrets.add("the refused code", WRONG_CODE);
        secrets
    }

    fn add(&mut self, what: &'static str, secret: &str) {
        assert!(
            secret.len() >= 8,
            "{what} is long enough to be told from chance"
        );
        self.0.push((what, secret.to_owned()));
    }

    /// What the service knows of a flow: the code of its link, and the addresses that let whoever
    /// has them type into the remote browser.
    async fn add_flow(&mut self, service: &Service, handoff: &Handoff) {
        self.add("the handoff code", &handoff.code);
        let connection = service.connection(&handoff.connection_id).await;
        if let Some(url) = connection["live_view_url"].as_str() {
            let token = url.rsplit('/').next().unwrap_or_default();
            self.add("the live view's token", token);
        }
    }

    /// The guest's token, as another program reads it from the unlocked keyring.
    fn add_token(&mut self, desktop: &Desktop) {
        let entries = desktop.keyring_entries();
        let token = entries
            .split("\"token\":\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        self.add(
            "the guest's token",
            token.expect("the keyring holds the token"),
        );
    }

    /// Fails if one of them, in any of the forms that programs write secrets in, is in `bytes`.
    fn assert_absent(&self, bytes: &[u8], place: &str) {
        for (what, secret) in &self.0 {
            for (form, needle) in forms(secret) {
                let found = bytes.windows(needle.len()).any(|window| window == needle);
                assert!(!found, "{what} ({form}) is in {place}");
            }
        }
    }
}

fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let percent: String = secret
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let json = json!(secret).to_string();
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let decimal = secret
        .bytes()
        .map(|byte| byte.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let mut forms = vec![
        ("as it is", secret.as_bytes().to_vec()),
        ("percent-encoded", percent.into_bytes()),
        ("in JSON", json.trim_matches('"').as_bytes().to_vec()),
        ("in two-byte characters", wide),
        ("as a list of bytes", decimal.into_bytes()),
    ];
    // Base64 looks different at each of three offsets; the edges depend on the neighbours.
    for offset in 0..3 {
        let padded = [vec![0; offset], secret.as_bytes().to_vec()].concat();
        let text = STANDARD.encode(padded);
        let inner = text.trim_end_matches('=');
        forms.push(("in base64", inner.as_bytes()[4..inner.len() - 2].to_vec()));
    }
    forms
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let kind = entry.file_type();
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            found.extend(files(&entry.path()));
        } else if kind.is_ok_and(|kind| kind.is_file()) {
            found.push(entry.path());
        }
    }
    found
}

/// Searches every file on the desktop: logs, configuration, data, caches, the engine's folders.
/// The keyring's own file is among them; it is encrypted.
fn search_files(desktop: &Desktop, secrets: &Secrets) {
    let files = files(desktop.folder());
    assert!(files.contains(&desktop.app_log()), "the log is searched");
    for file in files {
        let bytes = fs::read(&file).unwrap_or_default();
        secrets.assert_absent(&bytes, &file.display().to_string());
    }
}

/// Searches the arguments and the environment of everything that runs on the desktop.
fn search_processes(desktop: &Desktop, secrets: &Secrets) {
    let marker = desktop.folder().join("home").display().to_string();
    let mut searched = 0;
    for entry in fs::read_dir("/proc").expect("/proc").flatten() {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        if !String::from_utf8_lossy(&environment).contains(&marker) {
            continue;
        }
        searched += 1;
        let arguments = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let name = String::from_utf8_lossy(&arguments).replace('\0', " ");
        secrets.assert_absent(&environment, &format!("the environment of {name}"));
        secrets.assert_absent(&arguments, &format!("the arguments of {name}"));
    }
    assert!(
        searched >= 3,
        "the app, its page and its driver are searched"
    );
}

/// Signs in at `demo.example`'s form, wrong once in each part.
async fn sign_in_clumsily(app: &App) {
    app.fill("f_username", "ada@example.com").await;
    app.fill("f_password", WRONG_PASSWORD).await;
    app.press("submit").await;
    app.wait_text("[data-part=website-error]", "Incorrect")
        .await;
    app.fill("f_password", "correct horse").await;
    if app.value("f_username").await.is_empty() {
        app.fill("f_username", "ada@example.com").await;
    }
    app.press("submit").await;
    app.fill("f_code", WRONG_CODE).await;
    app.press("submit").await;
    app.wait_text("[data-part=website-error]", "not right")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_left_behind_by_a_login_with_mistakes_and_a_crash() {
    let service = Service::start().await;
    let desktop = Desktop::new();
    desktop.set_up_environment(&service.url());
    let handoff = service.invite("demo.example").await;
    let mut secrets = Secrets::typed();
    secrets.add_flow(&service, &handoff).await;

    let app = App::start(&desktop, &[]).await;
    desktop.open_link(&handoff.link()).await;
    app.wait_screen("invited").await;
    app.press("begin").await;
    app.wait_stage("asking").await;
    sign_in_clumsily(&app).await;
    secrets.add_token(&desktop);
    search_processes(&desktop, &secrets);
    secrets.assert_absent(
        app.page().title().await.expect("a title").as_bytes(),
        "the window's title",
    );
    app.kill(&desktop).await;
    search_files(&desktop, &secrets);

    let app = App::start(&desktop, &[]).await;
    app.fill("f_code", "123456").await;
    app.press("submit").await;
    app.wait_stage("logged_in").await;
    search_processes(&desktop, &secrets);
    app.close(&desktop).await;
    search_files(&desktop, &secrets);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_left_behind_by_logins_that_go_wrong() {
    let service = Service::start().await;
    let desktop = Desktop::with(Keyring::None);
    desktop.set_up_environment(&service.url());
    let mut secrets = Secrets::typed();
    let app = App::start(&desktop, &[]).await;

    for (domain, fault) in [
        (
            "one.demo.example",
            json!({ "submit": { "status": 503, "times": 1 } }),
        ),
        ("two.demo.example", json!({ "events": "garbage" })),
        (
            "three.demo.example",
            json!({ "submit": { "status": 400, "times": 1 } }),
        ),
        ("four.demo.example", json!({ "html": true })),
    ] {
        let handoff = service.invite(domain).await;
        secrets.add_flow(&service, &handoff).await;
        desktop.open_link(&handoff.link()).await;
        app.wait_text("body", &handoff.connection_id).await;
        app.press("begin").await;
        app.wait_stage("asking").await;
        app.fill("f_username", "ada@example.com").await;
        app.fill("f_password", WRONG_PASSWORD).await;
        service.hook(&handoff.connection_id, "faults", fault).await;
        app.press("submit").await;
        app.wait("[data-part=notice], [data-part=website-error], [data-part=error-title]")
            .await;
        service
            .hook(&handoff.connection_id, "faults", json!({}))
            .await;
    }
    let spent = service.invite("five.demo.example").await;
    secrets.add_flow(&service, &spent).await;
    service.exchange(&spent).await;
    desktop.open_link(&spent.link()).await;
    app.wait_text("body", &spent.connection_id).await;
    app.press("begin").await;
    app.wait_screen("not_opened").await;
    desktop.open_link(&format!("{}&api=x", spent.link())).await;
    app.wait_screen("bad_link").await;

    search_processes(&desktop, &secrets);
    app.close(&desktop).await;
    search_files(&desktop, &secrets);
}

/// The search itself is shown to find what is there.
#[test]
fn a_secret_that_is_there_is_found_in_every_form() {
    let mut secrets = Secrets::default();
    secrets.add("a secret", WRONG_PASSWORD);
    let written = [
        format!("log line: {WRONG_PASSWORD}."),
        "url?password=SENTINEL~pass%20word%26%3C1%3E&x".to_owned(),
        format!(
            "basic {}",
            STANDARD.encode(format!("ada:{WRONG_PASSWORD}!"))
        ),
        format!("basic {}", STANDARD.encode(format!("ad:{WRONG_PASSWORD}!"))),
        format!("{:?}", WRONG_PASSWORD.as_bytes()),
    ];
    for text in written {
        let search = || secrets.assert_absent(text.as_bytes(), "the text");
        assert!(std::panic::catch_unwind(search).is_err(), "{text}");
    }
    secrets.assert_absent(b"nothing of the kind", "the text");
}
