//! A form that somebody has begun to fill, and what becomes of it while other things happen.

use serde_json::Value;

use crate::app::App;

/// A form with something in it that was not sent.
#[derive(Debug)]
pub struct HalfTyped {
    typed: Vec<(String, String)>,
}

impl HalfTyped {
    /// Waits for these fields, types into them, and keeps an eye on them from now on.
    pub async fn begin(app: &App, typed: &[(&str, &str)]) -> Self {
        let ids: Vec<&str> = typed.iter().map(|(id, _)| *id).collect();
        app.wait_fields(&ids).await;
        for (id, value) in typed {
            app.fill(id, value).await;
        }
        app.script(WATCH).await;
        let owned = |(id, value): &(&str, &str)| ((*id).to_owned(), (*value).to_owned());
        Self {
            typed: typed.iter().map(owned).collect(),
        }
    }

    /// What was typed is there, and its fields were there all the time.
    pub async fn assert_kept(&self, app: &App, after: &str) {
        self.assert_there(app, after).await;
        let left = app.script("return window.watched.left").await;
        assert_eq!(left, Value::from(0), "{after}: the form left the screen");
    }

    /// What was typed is there now.
    pub async fn assert_there(&self, app: &App, after: &str) {
        for (id, value) in &self.typed {
            assert_eq!(app.value(id).await, *value, "{after}: what was typed");
        }
    }

    /// How often the window has said that it lost the service, since the fields were filled.
    pub async fn alarms(&self, app: &App) -> u64 {
        let alarms = app.script("return window.watched.alarms").await;
        alarms.as_u64().expect("a number")
    }
}

/// Notes in the page itself what would be over before it is looked at from outside.
const WATCH: &str = r#"
window.watched?.observer.disconnect();
const fields = [...document.querySelectorAll("input[data-field]")];
const watched = { left: 0, alarms: 0, lost: false };
watched.observer = new MutationObserver(() => {
  if (fields.some((field) => !field.isConnected)) watched.left += 1;
  const lost = document.querySelector("[data-part=reconnecting]") !== null;
  if (lost && !watched.lost) watched.alarms += 1;
  watched.lost = lost;
});
watched.observer.observe(document.body, { childList: true, subtree: true });
window.watched = watched;
"#;
