//! What a step asks, as it is on the wire: the canonical prompt and the legacy arrays beside it
//! (kernel-api.md 5).

use std::collections::BTreeSet;

use serde::Serialize;

use crate::scenario::{Choice, Field, Step};

/// Both generations of one prompt. All absent when nothing is asked.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Prompt {
    pub(crate) interaction_id: Option<String>,
    pub(crate) fields: Option<Vec<CanonicalField>>,
    pub(crate) choices: Option<Vec<CanonicalChoice>>,
    pub(crate) discovered_fields: Option<Vec<DiscoveredField>>,
    pub(crate) mfa_options: Option<Vec<MfaOption>>,
    pub(crate) sign_in_options: Option<Vec<SignInOption>>,
    pub(crate) pending_sso_buttons: Option<Vec<SsoButton>>,
}

/// An entry of `fields`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CanonicalField {
    pub(crate) id: String,
    #[serde(rename = "ref")]
    reference: String,
    #[serde(rename = "type")]
    kind: String,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_mode: Option<String>,
    observed_selector: String,
}

/// An entry of `choices`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CanonicalChoice {
    pub(crate) id: String,
    label: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mfa_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked_destination: Option<String>,
}

/// An entry of `discovered_fields`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DiscoveredField {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    label: String,
    selector: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<String>,
    required: bool,
}

/// An entry of `mfa_options`. It has no id: two of one type cannot be told apart.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MfaOption {
    #[serde(rename = "type")]
    kind: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// An entry of `sign_in_options`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SignInOption {
    id: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// An entry of `pending_sso_buttons`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SsoButton {
    provider: String,
    selector: String,
    label: String,
}

/// Which legacy array a choice belongs to (kernel-api.md 5.1, "How to render").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LegacyKind {
    Mfa,
    Sso,
    SignIn,
}

impl Prompt {
    /// The prompt of a step. `interaction` is none for a server that has only the legacy shape.
    pub(crate) fn of(step: &Step, interaction: Option<&str>, rejected: &BTreeSet<String>) -> Self {
        let mut prompt = Self::legacy(step);
        if let Some(interaction) = interaction {
            prompt.interaction_id = Some(interaction.to_owned());
            prompt.fields = Some(
                step.fields
                    .iter()
                    .map(|field| field.canonical(rejected))
                    .collect(),
            );
            prompt.choices = Some(step.choices.iter().map(Choice::canonical).collect());
        }
        prompt
    }

    fn legacy(step: &Step) -> Self {
        let of_kind = |kind| {
            step.choices
                .iter()
                .filter(move |choice| choice.legacy_kind() == kind)
        };
        Self {
            discovered_fields: some(step.fields.iter().map(Field::discovered)),
            mfa_options: some(of_kind(LegacyKind::Mfa).map(Choice::mfa_option)),
            sign_in_options: some(of_kind(LegacyKind::SignIn).map(Choice::sign_in_option)),
            pending_sso_buttons: some(of_kind(LegacyKind::Sso).map(Choice::sso_button)),
            ..Self::default()
        }
    }
}

/// The list, or nothing if it would be empty.
fn some<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}

impl Field {
    /// Its id in canonical answers: never its `ref`, so that mixing them up is noticed.
    pub(crate) fn id(&self) -> String {
        format!("f_{}", self.reference)
    }

    pub(crate) fn is_required(&self) -> bool {
        self.required.unwrap_or(true)
    }

    /// Whether what is typed must not be seen.
    pub(crate) fn is_secret(&self) -> bool {
        matches!(self.kind.as_str(), "password" | "totp_secret")
    }

    fn canonical(&self, rejected: &BTreeSet<String>) -> CanonicalField {
        CanonicalField {
            id: self.id(),
            reference: self.reference.clone(),
            kind: self.kind.clone(),
            reason: if rejected.contains(&self.reference) {
                "rejected"
            } else {
                "missing"
            },
            label: self.label.clone(),
            hint: self.hint.clone(),
            required: self.is_required(),
            input_mode: self.input_mode.clone(),
            observed_selector: self.selector(),
        }
    }

    fn discovered(&self) -> DiscoveredField {
        DiscoveredField {
            name: self.reference.clone(),
            kind: self.legacy_type().to_owned(),
            label: self.label.clone().unwrap_or_default(),
            selector: self.selector(),
            hint: self.hint.clone(),
            placeholder: self.placeholder.clone(),
            required: self.is_required(),
        }
    }

    fn selector(&self) -> String {
        format!("input[name=\"{}\"]", self.reference)
    }

    fn legacy_type(&self) -> &str {
        match (self.kind.as_str(), self.input_mode.as_deref()) {
            ("identifier" | "text", Some("email")) => "email",
            ("identifier" | "text", Some("tel")) => "tel",
            ("text", Some("numeric")) => "number",
            ("identifier" | "text", _) => "text",
            ("password" | "totp_secret", _) => "password",
            ("totp_code", _) => "totp",
            // `code`, and whatever a scenario invents to see what an unknown type does.
            (kind, _) => kind,
        }
    }
}

impl Choice {
    pub(crate) fn legacy_kind(&self) -> LegacyKind {
        match self.kind.as_str() {
            "mfa_method" => LegacyKind::Mfa,
            "sso_provider" => LegacyKind::Sso,
            _ => LegacyKind::SignIn,
        }
    }

    /// Its `type` among the legacy MFA options.
    pub(crate) fn mfa_kind(&self) -> &str {
        self.mfa_type.as_deref().unwrap_or(&self.id)
    }

    /// The selector of its legacy SSO button.
    pub(crate) fn sso_selector(&self) -> String {
        format!("xpath=//button[contains(text(), '{}')]", self.label)
    }

    fn canonical(&self) -> CanonicalChoice {
        CanonicalChoice {
            id: self.id.clone(),
            label: self.label.clone(),
            kind: self.kind.clone(),
            mfa_type: self.mfa_type.clone(),
            display_text: self.display_text.clone(),
            context: self.context.clone(),
            description: self.description.clone(),
            masked_destination: self.masked_destination.clone(),
        }
    }

    fn mfa_option(&self) -> MfaOption {
        MfaOption {
            kind: self.mfa_kind().to_owned(),
            label: self.label.clone(),
            target: self.masked_destination.clone(),
            description: self.description.clone(),
        }
    }

    fn sign_in_option(&self) -> SignInOption {
        SignInOption {
            id: self.id.clone(),
            label: self.label.clone(),
            description: self.context.clone().or_else(|| self.description.clone()),
        }
    }

    fn sso_button(&self) -> SsoButton {
        SsoButton {
            provider: self.id.clone(),
            selector: self.sso_selector(),
            label: self.label.clone(),
        }
    }
}
