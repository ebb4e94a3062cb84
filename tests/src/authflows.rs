//! Prefactor's authflows at the console.

use sandbox::{API_KEY, AUTHFLOW_TOKEN};

use crate::{app::App, console::sign_in, desktop::Desktop, service::Service, waiting::until};

/// Makes the service the environment that is worked in, for both vendors' APIs. `more` stands in
/// the table of the Prefactor service.
pub fn set_up(desktop: &Desktop, service: &Service, more: &str) {
    let address = service.url();
    desktop.write_environments(&format!(
        "[[environment]]\nname = \"sandbox\"\napi = \"{address}\"\n\
         hosted_origins = [\"{address}\"]\nlive_view_origins = [\"{address}\"]\n\
         [environment.authflow]\napi = \"{address}\"\n{more}"
    ));
    desktop.choose_environment("sandbox");
}

/// Opens the console with both keys typed in, the second at the look at an authflow that stands.
pub async fn open(desktop: &Desktop, service: &Service, more: &str) -> App {
    set_up(desktop, service, more);
    let app = App::start(desktop, &[]).await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    app.look_up(&sandbox::authflow_id("new")).await;
    app.wait("[data-part=authflow][data-screen=no_key]").await;
    app.use_authflow_key(AUTHFLOW_TOKEN).await;
    app.wait_authflow(&sandbox::authflow_id("new"), "[data-status=new]")
        .await;
    app
}

impl App {
    /// Asks for an authflow as a person does who has pasted its id.
    pub async fn look_up(&self, text: &str) {
        self.press("look_up").await;
        self.fill("authflow", text).await;
        self.press("look_up_go").await;
    }

    /// Looks an authflow up by what it plays, and waits until it is open in this state. Its id.
    pub async fn look_up_play(&self, plays: &str, state: &str) -> String {
        let id = sandbox::authflow_id(plays);
        self.look_up(&id).await;
        self.wait_authflow(&id, state).await;
        id
    }

    /// Waits until an authflow is open in this state: a selector of the pane's attributes.
    pub async fn wait_authflow(&self, id: &str, state: &str) {
        self.wait(&format!(
            "[data-part=authflow][data-authflow=\"{id}\"]{state}"
        ))
        .await;
    }

    /// Enters a key for Prefactor.
    pub async fn use_authflow_key(&self, key: &str) {
        self.fill("authflow_key", key).await;
        self.press("use_authflow_key").await;
    }

    /// What the pane of the authflow says.
    pub async fn authflow_text(&self) -> String {
        self.text("[data-part=authflow]").await
    }

    /// The statuses that the page says were seen, the oldest first.
    pub async fn statuses_seen(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[data-seen-status]')]\
                      .map((seen) => seen.dataset.seenStatus)";
        serde_json::from_value(self.script(script).await).unwrap_or_default()
    }

    /// Waits until the trouble with the authflow has this code. What is said of it.
    pub async fn wait_authflow_trouble(&self, code: &str) -> String {
        let selector = format!("[data-part=authflow-trouble][data-code=\"{code}\"]");
        until(
            &selector,
            || self.text_now(&selector),
            |text| text.as_ref().is_some_and(|text| !text.is_empty()),
        )
        .await
        .unwrap_or_default()
    }
}
