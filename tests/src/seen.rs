//! What the page shows at one moment, read in one go so that it fits together.

use serde::Deserialize;

/// What the page shows at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// The screen.
    pub screen: String,
    /// The stage of the flow; empty where there is none.
    pub stage: String,
    /// The ids of the fields, in their order.
    pub fields: Vec<String>,
    /// The ids of the choices, in their order.
    pub choices: Vec<String>,
    /// Whether an answer is on its way.
    pub sending: bool,
    /// What stands in the inputs, in their order.
    pub values: Vec<String>,
    /// Everything there is to read.
    pub text: String,
}

impl Seen {
    /// Whether an answer with these can be given now.
    #[must_use]
    pub fn asks(&self, fields: &[String], choices: &[String]) -> bool {
        !self.sending
            && fields.iter().all(|field| self.fields.contains(field))
            && choices.iter().all(|choice| self.choices.contains(choice))
    }

    /// Whether nothing more will come.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self.stage.as_str(),
            "logged_in"
                | "failed"
                | "expired"
                | "canceled"
                | "access_ended"
                | "refused"
                | "gone"
                | "unconfirmed"
                | "not_running"
                | "cannot_follow"
        )
    }
}

/// Reads a [`Seen`].
pub(crate) const SCRIPT: &str = r#"
const root = document.querySelector("[data-screen]");
const shown = (selector) =>
  [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
const all = (selector, name) => shown(selector).map((element) => element.getAttribute(name));
const prompt = document.querySelector("[data-part=prompt]");
return {
  screen: root?.dataset.screen ?? "",
  stage: document.querySelector("[data-stage]")?.dataset.stage ?? "",
  fields: all("input[data-field]", "data-field"),
  choices: all("[data-choice]", "data-choice"),
  sending: prompt?.getAttribute("aria-busy") === "true",
  values: shown("input[data-field]").map((input) => input.value),
  text: document.body?.innerText ?? "",
};
"#;
