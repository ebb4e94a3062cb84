//! An answer on its way to the service (`kernel-api.md` 8.1).

use std::collections::BTreeMap;

use secrecy::SecretString;

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
