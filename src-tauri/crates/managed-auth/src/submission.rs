//! An answer on its way to the service (`kernel-api.md` 8.1).

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

use wire::{SecretBytes, json_length};

use crate::error::Error;

/// The values of a form: field id (canonical) or name (legacy) to what was typed, untrimmed.
pub type FieldValues = BTreeMap<String, SecretString>;

/// Exactly one of the ways to answer. Mixing two of them is refused by the service, so it can't
/// be written here.
#[derive(Clone, Debug)]
pub enum Submission {
    /// Canonical fields, keyed by field id.
    Fields {
        /// The interaction that was shown with the form.
        interaction_id: String,
        /// Never empty.
        values: FieldValues,
    },
    /// A canonical choice.
    Choice {
        /// The interaction that was shown with the choice.
        interaction_id: String,
        /// The identity of the choice.
        choice_id: String,
    },
    /// Legacy fields, keyed by name. An empty map would be read as a second mode
    /// (`kernel-api.md` 8.2, 4).
    LegacyFields(FieldValues),
    /// A legacy second factor, by its type.
    LegacyMfa(String),
    /// A legacy way to sign in, by its id.
    LegacySignIn(String),
    /// A legacy provider button, by its selector.
    LegacySsoButton(String),
    /// A legacy provider, by its name.
    LegacySsoProvider(String),
}

impl Submission {
    /// Writes the request. An empty map, id or word would be taken for another way to answer, or
    /// for none, so it is refused here (`kernel-api.md` 8.2).
    pub(crate) fn to_body(&self) -> Result<SecretBytes, Error> {
        let body = self.body();
        if body.is_empty() {
            return Err(Error::Impossible("the answer is empty"));
        }
        Ok(SecretBytes::json(&body, body.capacity())?)
    }

    fn body(&self) -> Body<'_> {
        match self {
            Self::Fields {
                interaction_id,
                values,
            } => Body::Fields {
                interaction_id,
                field_values: Exposed(values),
            },
            Self::Choice {
                interaction_id,
                choice_id,
            } => Body::Choice {
                interaction_id,
                selected_choice_id: choice_id,
            },
            Self::LegacyFields(values) => Body::LegacyFields {
                fields: Exposed(values),
            },
            Self::LegacyMfa(kind) => Body::LegacyMfa {
                mfa_option_id: kind,
            },
            Self::LegacySignIn(id) => Body::LegacySignIn {
                sign_in_option_id: id,
            },
            Self::LegacySsoButton(selector) => Body::LegacySsoButton {
                sso_button_selector: selector,
            },
            Self::LegacySsoProvider(provider) => Body::LegacySsoProvider {
                sso_provider: provider,
            },
        }
    }
}

/// A submission as it stands on the wire. It lives only while it is written.
#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Fields {
        interaction_id: &'a str,
        field_values: Exposed<'a>,
    },
    Choice {
        interaction_id: &'a str,
        selected_choice_id: &'a str,
    },
    LegacyFields {
        fields: Exposed<'a>,
    },
    LegacyMfa {
        mfa_option_id: &'a str,
    },
    LegacySignIn {
        sign_in_option_id: &'a str,
    },
    LegacySsoButton {
        sso_button_selector: &'a str,
    },
    LegacySsoProvider {
        sso_provider: &'a str,
    },
}

impl Body<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Fields {
                interaction_id,
                field_values,
            } => interaction_id.is_empty() || field_values.0.is_empty(),
            Self::Choice {
                interaction_id,
                selected_choice_id,
            } => interaction_id.is_empty() || selected_choice_id.is_empty(),
            Self::LegacyFields { fields } => fields.0.is_empty(),
            Self::LegacyMfa {
                mfa_option_id: word,
            }
            | Self::LegacySignIn {
                sign_in_option_id: word,
            }
            | Self::LegacySsoButton {
                sso_button_selector: word,
            }
            | Self::LegacySsoProvider { sso_provider: word } => word.is_empty(),
        }
    }

    /// How long its JSON may become.
    fn capacity(&self) -> usize {
        const NAMES: usize = 64;
        let value = match self {
            Self::Fields {
                interaction_id,
                field_values,
            } => json_length(interaction_id) + field_values.capacity(),
            Self::Choice {
                interaction_id,
                selected_choice_id,
            } => json_length(interaction_id) + json_length(selected_choice_id),
            Self::LegacyFields { fields } => fields.capacity(),
            Self::LegacyMfa {
                mfa_option_id: word,
            }
            | Self::LegacySignIn {
                sign_in_option_id: word,
            }
            | Self::LegacySsoButton {
                sso_button_selector: word,
            }
            | Self::LegacySsoProvider { sso_provider: word } => json_length(word),
        };
        NAMES + value
    }
}

/// Values that are about to be written, in the only place where they may be.
struct Exposed<'a>(&'a FieldValues);

impl Exposed<'_> {
    fn capacity(&self) -> usize {
        self.0
            .iter()
            .map(|(key, value)| json_length(key) + json_length(value.expose_secret()))
            .sum()
    }
}

impl Serialize for Exposed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .iter()
                .map(|(key, value)| (key, value.expose_secret())),
        )
    }
}
