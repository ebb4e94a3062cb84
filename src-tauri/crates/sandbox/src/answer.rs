//! The body of a submit: exactly one of seven modes (kernel-api.md 8.1).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::refusal::Refusal;

/// The body as sent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    interaction_id: Option<String>,
    field_values: Option<BTreeMap<String, String>>,
    selected_choice_id: Option<String>,
    fields: Option<BTreeMap<String, String>>,
    mfa_option_id: Option<String>,
    sign_in_option_id: Option<String>,
    sso_button_selector: Option<String>,
    sso_provider: Option<String>,
}

/// What a submit answers.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The pause that it answers; none in the legacy modes.
    pub(crate) interaction: Option<String>,
    pub(crate) given: Given,
}

/// The one mode that was used.
#[derive(Debug)]
pub(crate) enum Given {
    FieldValues(BTreeMap<String, String>),
    Choice(String),
    LegacyFields(BTreeMap<String, String>),
    Mfa(String),
    SignIn(String),
    SsoSelector(String),
    SsoProvider(String),
}

/// The name of the mode, for the log of calls. It never carries a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mode(pub(crate) &'static str);

impl Given {
    pub(crate) fn mode(&self) -> Mode {
        Mode(match self {
            Self::FieldValues(_) => "field_values",
            Self::Choice(_) => "selected_choice_id",
            Self::LegacyFields(_) => "fields",
            Self::Mfa(_) => "mfa_option_id",
            Self::SignIn(_) => "sign_in_option_id",
            Self::SsoSelector(_) => "sso_button_selector",
            Self::SsoProvider(_) => "sso_provider",
        })
    }

    fn is_canonical(&self) -> bool {
        matches!(self, Self::FieldValues(_) | Self::Choice(_))
    }
}

impl Body {
    /// The answer, if the body uses exactly one mode and names an interaction just when it must.
    pub(crate) fn answer(self) -> Result<Answer, Refusal> {
        // An empty map is a mode as well (kernel-api.md 8.2, rule 4).
        let modes: Vec<Given> = [
            self.field_values.map(Given::FieldValues),
            self.selected_choice_id.map(Given::Choice),
            self.fields.map(Given::LegacyFields),
            self.mfa_option_id.map(Given::Mfa),
            self.sign_in_option_id.map(Given::SignIn),
            self.sso_button_selector.map(Given::SsoSelector),
            self.sso_provider.map(Given::SsoProvider),
        ]
        .into_iter()
        .flatten()
        .collect();
        let [given] = <[Given; 1]>::try_from(modes).map_err(|modes| match modes.len() {
            0 => Refusal::invalid("one of the ways to answer is required"),
            _ => Refusal::invalid("exactly one way to answer is allowed"),
        })?;
        match (given.is_canonical(), self.interaction_id) {
            (true, None) => Err(Refusal::invalid("interaction_id is required")),
            (false, Some(_)) => Err(Refusal::invalid(
                "interaction_id does not go with legacy answers",
            )),
            (_, interaction) => Ok(Answer { interaction, given }),
        }
    }
}
