//! The built app in its window, seen and touched through `WebDriver`.

use std::{path::Path, process::Command, time::Duration};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, key::Key};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use crate::{
    desktop::Desktop,
    programs,
    scratch::{Process, free_port},
    seen::{SCRIPT, Seen},
    service::Handoff,
    waiting::until,
};

/// The longest that the app may take to open its page.
const FIRST_PAGE: Duration = Duration::from_secs(30);

/// A running app. Close it with [`App::close`] or [`App::kill`]; it ends with its driver anyway.
#[derive(Debug)]
pub struct App {
    client: Client,
    _driver: Process,
}

impl App {
    /// Starts the app on a desktop with these arguments, and waits for its page.
    pub async fn start(desktop: &Desktop, arguments: &[&str]) -> Self {
        let (port, native_port) = (free_port(), free_port());
        let mut command: Command = desktop.command(programs::tauri_driver());
        command.args([
            "--port",
            &port.to_string(),
            "--native-port",
            &native_port.to_string(),
        ]);
        command.args(["--native-driver", "/usr/bin/WebKitWebDriver"]);
        let driver = Process::start(&mut command, &desktop.app_log());
        let address = format!("http://127.0.0.1:{port}");
        for port in [port, native_port] {
            until("the driver", || reachable(port), |there| *there).await;
        }
        let options = json!({ "application": desktop.launcher(), "args": arguments });
        let mut capabilities = Map::new();
        capabilities.insert("tauri:options".into(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(capabilities).connect(&address);
        // The driver waits for ever for an app that ends at once.
        let client = tokio::time::timeout(FIRST_PAGE, session)
            .await
            .expect("the app starts in time")
            .unwrap_or_else(|error| {
                let log = std::fs::read_to_string(desktop.app_log()).unwrap_or_default();
                panic!("a session with the app: {error}\n{log}")
            });
        let app = Self {
            client,
            _driver: driver,
        };
        until("the page", || app.find("[data-screen]"), Option::is_some).await;
        app
    }

    /// Starts the app with the login window open and no login in it, as after a link that is no
    /// use. Without any link it is support's console that opens.
    pub async fn start_for_guest(desktop: &Desktop) -> Self {
        let app = Self::start(desktop, &["usher://login/"]).await;
        app.wait_screen("bad_link").await;
        app
    }

    /// The page's own client, for what this type has no words for.
    #[must_use]
    pub fn page(&self) -> &Client {
        &self.client
    }

    /// Goes on in the window that has just opened.
    #[must_use]
    pub async fn in_the_other_window(self) -> Self {
        let here = self.client.window().await.expect("a window");
        let windows = || async { self.client.windows().await.unwrap_or_default() };
        let all = until("another window", windows, |all| all.len() == 2).await;
        let other = all.into_iter().find(|window| *window != here);
        self.client
            .switch_to_window(other.expect("another window"))
            .await
            .expect("it can be driven");
        self
    }

    /// The element that a selector finds, if it is there.
    pub async fn find(&self, selector: &str) -> Option<Element> {
        self.client.find(Locator::Css(selector)).await.ok()
    }

    /// Waits for an element.
    pub async fn wait(&self, selector: &str) -> Element {
        until(selector, || self.find(selector), Option::is_some)
            .await
            .expect("found")
    }

    /// What the page shows now. Nothing, while it loads.
    pub async fn seen(&self) -> Seen {
        let seen = self.client.execute(SCRIPT, Vec::new()).await;
        seen.ok()
            .and_then(|seen| serde_json::from_value(seen).ok())
            .unwrap_or_default()
    }

    /// Goes on with this invitation, once it is the one on the screen.
    pub async fn begin(&self, handoff: &Handoff) {
        self.wait_invited(handoff).await;
        self.press("begin").await;
    }

    /// Waits until the page shows this invitation.
    pub async fn wait_invited(&self, handoff: &Handoff) {
        let is_it =
            |seen: &Seen| seen.screen == "invited" && seen.text.contains(&handoff.connection_id);
        until("the invitation", || self.seen(), is_it).await;
    }

    /// Waits until these fields can be filled.
    pub async fn wait_fields(&self, fields: &[&str]) -> Seen {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        until(
            &format!("{fields:?}"),
            || self.seen(),
            |seen| seen.asks(&fields, &[]),
        )
        .await
    }

    /// Types name and password into the form that most logins begin with, and sends it.
    pub async fn sign_in(&self) {
        self.wait_fields(&["f_username", "f_password"]).await;
        self.fill("f_username", "ada@example.com").await;
        self.fill("f_password", "correct horse").await;
        self.press("submit").await;
    }

    /// Types a code and sends it, once the page asks for one.
    pub async fn give_code(&self, code: &str) {
        self.wait_fields(&["f_code"]).await;
        self.fill("f_code", code).await;
        self.press("submit").await;
    }

    /// Waits until the page shows a screen.
    pub async fn wait_screen(&self, screen: &str) {
        until(screen, || self.seen(), |seen| seen.screen == screen).await;
    }

    /// Waits until the flow is at a stage.
    pub async fn wait_stage(&self, stage: &str) {
        until(stage, || self.seen(), |seen| seen.stage == stage).await;
    }

    /// The text of an element as a person reads it.
    pub async fn text(&self, selector: &str) -> String {
        self.wait(selector).await.text().await.unwrap_or_default()
    }

    /// Waits until an element's text contains this.
    pub async fn wait_text(&self, selector: &str, part: &str) -> String {
        let look = || async {
            match self.find(selector).await {
                Some(element) => element.text().await.unwrap_or_default(),
                None => String::new(),
            }
        };
        until(&format!("{selector} with “{part}”"), look, |text| {
            text.contains(part)
        })
        .await
    }

    /// Types into a field, by its id in the prompt.
    pub async fn fill(&self, field: &str, value: &str) {
        let element = self.wait(&data("field", field)).await;
        element.clear().await.expect("it can be emptied");
        element
            .send_keys(value)
            .await
            .expect("it can be typed into");
    }

    /// What stands in a field.
    pub async fn value(&self, field: &str) -> String {
        let element = self.wait(&data("field", field)).await;
        element
            .prop("value")
            .await
            .ok()
            .flatten()
            .unwrap_or_default()
    }

    /// Presses a button by what it does.
    pub async fn press(&self, action: &str) {
        let element = self.wait(&data("action", action)).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{action}: {error}"));
    }

    /// Picks a choice by its id in the prompt.
    pub async fn choose(&self, choice: &str) {
        let element = self.wait(&data("choice", choice)).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{choice}: {error}"));
    }

    /// Presses Enter in a field.
    pub async fn enter(&self, field: &str) {
        let element = self.wait(&data("field", field)).await;
        element
            .send_keys(&Key::Enter.to_string())
            .await
            .expect("it takes a key");
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .expect("the script runs")
    }

    /// A picture of the page.
    pub async fn picture(&self, file: &Path) {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        // What was just drawn into the page may not be on the screen yet.
        let drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        self.client
            .execute_async(drawn, Vec::new())
            .await
            .expect("a frame");
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(file, picture).expect("written");
    }

    /// The processes of the app itself on this machine, by this desktop's display.
    #[must_use]
    pub fn process_ids(desktop: &Desktop) -> Vec<u32> {
        let usher = programs::usher();
        let is_usher = |id: &u32| {
            std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|program| program == usher)
        };
        desktop.process_ids().into_iter().filter(is_usher).collect()
    }

    /// The processes of the app, those of its engine among them.
    #[must_use]
    pub fn family_ids(desktop: &Desktop) -> Vec<u32> {
        let family = ["usher", "WebKitWebProcess", "WebKitNetworkProcess"];
        let is_of_it = |id: &u32| {
            let program = std::fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
            let name = program.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| family.contains(&name))
        };
        let ids = desktop.process_ids().into_iter();
        ids.filter(is_of_it).collect()
    }

    /// Kills the processes that draw the app's pages, and waits until others are there.
    pub async fn crash_page(desktop: &Desktop) {
        let pages = || {
            let is_page = |id: &u32| {
                let program = std::fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
                program
                    .file_name()
                    .is_some_and(|name| name == "WebKitWebProcess")
            };
            let ids: Vec<u32> = desktop.process_ids().into_iter().filter(is_page).collect();
            ids
        };
        let before = pages();
        signal(&before, "KILL");
        let is_new = |ids: &Vec<u32>| ids.iter().any(|id| !before.contains(id));
        until("another page process", || async { pages() }, is_new).await;
    }

    /// Stops the app where it stands, as a computer that is put to sleep does (SIGSTOP).
    pub fn freeze(desktop: &Desktop) {
        signal(&Self::family_ids(desktop), "STOP");
    }

    /// Lets it go on.
    pub fn thaw(desktop: &Desktop) {
        signal(&Self::family_ids(desktop), "CONT");
    }

    /// Kills the app as a crash or an impatient person would (SIGKILL), and waits until it is gone.
    pub async fn kill(self, desktop: &Desktop) {
        signal(&Self::process_ids(desktop), "KILL");
        Self::ended(desktop).await;
        // The session has lost its app, so there is nothing to close.
        drop(self);
    }

    /// Closes the window as a person does.
    pub async fn close(self, desktop: &Desktop) {
        // The answer may be lost with the window.
        let _ = tokio::time::timeout(Duration::from_secs(5), self.client.clone().close()).await;
        Self::ended(desktop).await;
    }

    /// Presses the page's own button to close the window, and waits until the app is gone.
    pub async fn press_close(self, desktop: &Desktop) {
        let button = self.wait("[data-action=close]").await;
        // The answer may be lost with the window.
        let _ = tokio::time::timeout(Duration::from_secs(5), button.click()).await;
        Self::ended(desktop).await;
    }

    /// Presses what hides the window. The driver may wait for ever for a page to be drawn that is
    /// not shown any more; what became of the press is for the caller to see.
    pub async fn press_and_hide(&self, action: &str) {
        let button = self.wait(&data("action", action)).await;
        let _ = tokio::time::timeout(Duration::from_secs(5), button.click()).await;
    }

    /// Presses what ends the app, and waits until it is gone.
    pub async fn press_and_end(self, action: &str, desktop: &Desktop) {
        let button = self.wait(&data("action", action)).await;
        // The answer may be lost with the window.
        let _ = tokio::time::timeout(Duration::from_secs(5), button.click()).await;
        Self::ended(desktop).await;
    }

    /// Waits until the app has ended by itself.
    pub async fn wait_end(self, desktop: &Desktop) {
        Self::ended(desktop).await;
    }

    /// Waits until the app's processes are gone and its names on the bus are free: until then a
    /// new start would hand itself over to the old one.
    async fn ended(desktop: &Desktop) {
        let look = || async { (Self::process_ids(desktop).len(), desktop.names_on_the_bus()) };
        until("the app's end", look, |(count, names)| {
            *count == 0 && !names.contains("dev.usher")
        })
        .await;
    }
}

fn signal(ids: &[u32], name: &str) {
    assert!(!ids.is_empty(), "the app runs");
    let mut command = Command::new("kill");
    command.arg(format!("-{name}"));
    command.args(ids.iter().map(u32::to_string));
    assert!(command.status().expect("kill runs").success());
}

async fn reachable(port: u16) -> bool {
    tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_ok()
}

/// A selector by a data attribute, whatever its value: ids come from the service, and may hold
/// anything.
fn data(name: &str, value: &str) -> String {
    let escaped: String = value
        .chars()
        .map(|sign| match sign {
            '"' | '\\' => format!("\\{sign}"),
            sign if sign.is_control() => format!("\\{:x} ", u32::from(sign)),
            sign => sign.to_string(),
        })
        .collect();
    format!("[data-{name}=\"{escaped}\"]")
}
