//! A person's answer, and why it may not be sent.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::Error as _};

use crate::prompt::{Asked, AskedField, Route};
use crate::view::FieldKind;
use managed_auth::{FieldValues, Submission};

/// An answer to the prompt it names: all the fields, or one choice.
///
/// It carries the interaction it was shown with, never one that was looked up when it was sent;
/// that would defeat the guard against answering a question that has changed
/// (`kernel-api.md` 8.2, 3).
#[derive(Clone, Debug)]
pub struct Answer {
    /// The prompt that was on the screen.
    pub interaction_id: String,
    /// What was answered.
    pub reply: Reply,
}

/// What was answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Field id to what was typed.
    Fields(FieldValues),
    /// The choice's id.
    Choice(String),
}

/// Why an answer was not sent. What was typed is still wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnswerProblem {
    /// The question it belongs to is gone.
    #[error("the question has changed")]
    Stale,
    /// An answer to this question is on its way, or the service wants a pause.
    #[error("an answer is on its way")]
    Busy,
    /// It names a field or choice that was not shown.
    #[error("this was not asked")]
    NotAsked,
    /// A required field is empty.
    #[error("a required field is empty")]
    Incomplete {
        /// The field's id.
        field: String,
    },
    /// Nothing is asked any more.
    #[error("the login is over")]
    Over,
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            interaction_id: String,
            field_values: Option<BTreeMap<String, SecretString>>,
            selected_choice_id: Option<String>,
        }
        let written = Written::deserialize(deserializer)?;
        let reply = match (written.field_values, written.selected_choice_id) {
            (Some(values), None) => Reply::Fields(values),
            (None, Some(id)) => Reply::Choice(id),
            (Some(_), Some(_)) => {
                return Err(D::Error::custom(
                    "an answer is fields or a choice, not both",
                ));
            }
            (None, None) => {
                return Err(D::Error::custom(
                    "an answer needs field_values or selected_choice_id",
                ));
            }
        };
        Ok(Self {
            interaction_id: written.interaction_id,
            reply,
        })
    }
}

/// Writes the one submission that says this reply, if the prompt asked for it.
pub(crate) fn submission(asked: &Asked, reply: Reply) -> Result<Submission, AnswerProblem> {
    match reply {
        Reply::Fields(values) => fields(asked, values),
        Reply::Choice(id) => choice(asked, &id),
    }
}

fn fields(asked: &Asked, mut values: FieldValues) -> Result<Submission, AnswerProblem> {
    if asked.fields.is_empty() || values.keys().any(|id| !asked.has_field(id)) {
        return Err(AnswerProblem::NotAsked);
    }
    // Whether an empty string is accepted is not known, so an empty field is left out.
    values.retain(|_, value| !value.expose_secret().is_empty());
    if let Some(missing) = asked
        .fields
        .iter()
        .find(|field| field.view.required && !values.contains_key(&field.view.id))
    {
        return Err(AnswerProblem::Incomplete {
            field: missing.view.id.clone(),
        });
    }
    if values.is_empty() {
        let first = asked
            .fields
            .first()
            .map(|field| field.view.id.clone())
            .unwrap_or_default();
        return Err(AnswerProblem::Incomplete { field: first });
    }
    for field in &asked.fields {
        if let Some(value) = values.get_mut(&field.view.id) {
            tidy(field, value);
        }
    }
    match &asked.wire_id {
        Some(interaction_id) if asked.canonical_fields => Ok(Submission::Fields {
            interaction_id: interaction_id.clone(),
            values,
        }),
        _ => Ok(Submission::LegacyFields(values)),
    }
}

/// Takes the spaces and dashes out of a code that is otherwise all digits: sites print
/// "123 456" and accept only "123456". Everything else goes as it was typed; a password is never
/// touched (`kernel-api.md` 8.2, 6).
fn tidy(field: &AskedField, value: &mut SecretString) {
    if !matches!(field.view.kind, FieldKind::Code | FieldKind::TotpCode) {
        return;
    }
    let is_filler = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    let digits: String = value
        .expose_secret()
        .chars()
        .filter(|c| !is_filler(*c))
        .collect();
    if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
        *value = SecretString::from(digits);
    }
}

fn choice(asked: &Asked, id: &str) -> Result<Submission, AnswerProblem> {
    let choice = asked
        .choices
        .iter()
        .find(|choice| choice.view.id == id)
        .ok_or(AnswerProblem::NotAsked)?;
    Ok(match (&choice.route, &asked.wire_id) {
        (Route::Canonical(choice_id), Some(interaction_id)) => Submission::Choice {
            interaction_id: interaction_id.clone(),
            choice_id: choice_id.clone(),
        },
        // A canonical prompt without its interaction is never open, so this can't be reached
        // from a screen.
        (Route::Canonical(_), None) => return Err(AnswerProblem::Stale),
        (Route::Mfa(kind), _) => Submission::LegacyMfa(kind.clone()),
        (Route::SignIn(id), _) => Submission::LegacySignIn(id.clone()),
        (Route::SsoButton(selector), _) => Submission::LegacySsoButton(selector.clone()),
        (Route::SsoProvider(provider), _) => Submission::LegacySsoProvider(provider.clone()),
    })
}
