//! Support at the console.

use fantoccini::{elements::Element, key::Key};
use sandbox::API_KEY;
use serde_json::Value;

use crate::{app::App, desktop::Desktop, service::Service, waiting::until};

/// Opens the console at a service, with its key typed in.
pub async fn open(desktop: &Desktop, service: &Service, arguments: &[&str]) -> App {
    set_up(desktop, service);
    let app = App::start(desktop, arguments).await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app
}

/// Makes the service the environment that is worked in.
pub fn set_up(desktop: &Desktop, service: &Service) {
    desktop.set_up_environment(&service.url());
    desktop.choose_environment("sandbox");
}

/// Types a key into the first screen and sends it.
pub async fn sign_in(app: &App, key: &str) {
    app.wait_screen("welcome").await;
    app.fill("key", key).await;
    app.press("use_key").await;
}

impl App {
    /// The ids of the rows that are drawn, from the top.
    pub async fn rows(&self) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('[data-row]')].map((row) => row.dataset.row)";
        serde_json::from_value(self.script(script).await).unwrap_or_default()
    }

    /// Waits until a connection's row is drawn in this state.
    pub async fn wait_row(&self, id: &str, state: &str) -> Element {
        self.wait(&format!("[data-row=\"{id}\"][data-state={state}]"))
            .await
    }

    /// Opens a connection by its row, found by a search if it isn't drawn.
    pub async fn open_row(&self, id: &str) {
        let selector = format!("[data-row=\"{id}\"]");
        if self.find(&selector).await.is_none() {
            self.search(id).await;
        }
        self.wait(&selector)
            .await
            .click()
            .await
            .expect("it can be clicked");
        self.wait_opened(id).await;
    }

    /// Waits until a connection is open.
    pub async fn wait_opened(&self, id: &str) {
        self.wait(&format!("[data-part=connection][data-connection=\"{id}\"]"))
            .await;
    }

    /// Types into the search, in place of what was there.
    pub async fn search(&self, query: &str) {
        self.fill("search", query).await;
    }

    /// How many connections a filter shows, as its button says.
    pub async fn count_of(&self, filter: &str) -> Option<u32> {
        let selector = format!("[data-filter={filter}] [data-part=count]");
        let text = self.find(&selector).await?.text().await.ok()?;
        text.replace(',', "").trim().parse().ok()
    }

    /// Waits until a filter shows so many.
    pub async fn wait_count(&self, filter: &str, count: u32) {
        until(
            &format!("{filter}: {count}"),
            || self.count_of(filter),
            |seen| *seen == Some(count),
        )
        .await;
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: &str) {
        let element = self.page().active_element().await.expect("a focus");
        element.send_keys(key).await.expect("it takes keys");
    }

    /// Presses a key that has no letter.
    pub async fn named_key(&self, key: Key) {
        self.key(&key.to_string()).await;
    }

    /// Fills a field of a form, in place of what was there.
    pub async fn draft(&self, name: &str, value: &str) {
        let element = self.wait(&format!("[data-draft={name}]")).await;
        // As a person replaces a text; lines end where Enter is pressed.
        let select_all = format!("{}a{}", Key::Control, Key::Null);
        let lines = value.replace('\n', &Key::Enter.to_string());
        for keys in [select_all, Key::Backspace.to_string(), lines] {
            if !keys.is_empty() {
                element
                    .send_keys(&keys)
                    .await
                    .expect("it can be typed into");
            }
        }
    }

    /// Takes the focus out of a field, as a person does before pressing a letter that is a command.
    pub async fn leave_field(&self) {
        self.script("document.activeElement?.blur()").await;
    }

    /// What the page shows in an element, if it is there.
    pub async fn text_now(&self, selector: &str) -> Option<String> {
        self.find(selector).await?.text().await.ok()
    }

    /// Waits until an element is gone.
    pub async fn wait_gone(&self, selector: &str) {
        until(selector, || self.find(selector), Option::is_none).await;
    }

    /// Opens what there is to say and to do about the key.
    pub async fn open_key_menu(&self) {
        self.press("show_key").await;
    }

    /// The attribute of an element; empty without it.
    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        let element = self.wait(selector).await;
        element.attr(name).await.ok().flatten().unwrap_or_default()
    }
}

/// The ids in an answer of the sandbox.
#[must_use]
pub fn ids(answer: &Value, of: &str) -> Vec<String> {
    serde_json::from_value(answer[of].clone()).unwrap_or_default()
}
