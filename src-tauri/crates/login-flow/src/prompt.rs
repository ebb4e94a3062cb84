//! One prompt out of two generations of fields and choices (`kernel-api.md` 5).

use managed_auth::{
    Choice, ChoiceType, DiscoveredField, Field, FieldReason, FieldType, InputMode, MfaOption,
    MfaType, Prompt, SignInOption, SsoButton,
};

use crate::{
    text::Text,
    view::{Autocomplete, ChoiceKind, ChoiceView, FieldKind, FieldView, Keyboard, Method, Reason},
};

/// What is asked, with how each part of it is to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The service's name for this pause of the flow; absent in a legacy prompt.
    pub(crate) wire_id: Option<String>,
    pub(crate) fields: Vec<AskedField>,
    /// Whether the fields are canonical, and so must be answered with the interaction.
    pub(crate) canonical_fields: bool,
    pub(crate) choices: Vec<AskedChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedField {
    pub(crate) view: FieldView,
    /// The name under which the value is kept; what makes two rounds the same question.
    pub(crate) reference: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedChoice {
    pub(crate) view: ChoiceView,
    pub(crate) route: Route,
}

/// How a choice is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Canonical(String),
    Mfa(String),
    SignIn(String),
    SsoButton(String),
    SsoProvider(String),
}

impl Asked {
    /// Reads what is asked. Canonical data hide the legacy data of their kind, also when they are
    /// empty. `None` if nothing is asked at all.
    pub(crate) fn read(prompt: &Prompt) -> Option<Self> {
        let canonical_fields = prompt.fields.is_some();
        let mut fields: Vec<AskedField> = match &prompt.fields {
            Some(fields) => fields
                .iter()
                .map(|field| canonical_field(field, prompt))
                .collect(),
            None => prompt
                .discovered_fields
                .iter()
                .flatten()
                .map(legacy_field)
                .collect(),
        };
        let mut choices: Vec<AskedChoice> = match &prompt.choices {
            Some(choices) => choices
                .iter()
                .map(|choice| canonical_choice(choice, prompt))
                .collect(),
            None => legacy_choices(prompt),
        };
        keep_first(&mut fields, |field| &field.view.id);
        keep_first(&mut choices, |choice| &choice.view.id);
        // "Another way" names no method, so it stands after those that do.
        choices.sort_by_key(|choice| choice.view.method == Some(Method::Switch));
        if fields.is_empty() && choices.is_empty() {
            return None;
        }
        Some(Self {
            wire_id: prompt.interaction_id.clone(),
            fields,
            canonical_fields,
            choices,
        })
    }

    /// Whether an answer can be bound to its question: canonical parts need the interaction
    /// (`kernel-api.md` 8.2, 2).
    pub(crate) fn can_be_bound(&self) -> bool {
        self.wire_id.is_some() || !self.is_canonical()
    }

    /// Whether any part of it is canonical.
    fn is_canonical(&self) -> bool {
        (self.canonical_fields && !self.fields.is_empty())
            || self
                .choices
                .iter()
                .any(|choice| matches!(choice.route, Route::Canonical(_)))
    }

    /// Whether a field with this id was shown.
    pub(crate) fn has_field(&self, id: &str) -> bool {
        self.fields.iter().any(|field| field.view.id == id)
    }

    /// What stays the same when a site asks the same thing once more.
    pub(crate) fn same_question(&self, other: &Self) -> bool {
        let names = |asked: &Self| {
            asked
                .fields
                .iter()
                .map(|field| field.reference.clone())
                .collect::<Vec<_>>()
        };
        !self.fields.is_empty() && names(self) == names(other)
    }
}

fn keep_first<T>(items: &mut Vec<T>, id: impl Fn(&T) -> &String) {
    let mut seen = std::collections::HashSet::new();
    items.retain(|item| seen.insert(id(item).clone()));
}

fn text(raw: Option<&String>) -> Option<Text> {
    raw.and_then(|raw| Text::new(raw))
}

fn canonical_field(field: &Field, prompt: &Prompt) -> AskedField {
    let reference = field.reference.clone().unwrap_or_else(|| field.id.clone());
    let legacy = prompt
        .discovered_fields
        .iter()
        .flatten()
        .find(|legacy| legacy.name == reference);
    let kind = match &field.kind {
        FieldType::Identifier => FieldKind::Identifier,
        FieldType::Password => FieldKind::Password,
        FieldType::Code => FieldKind::Code,
        FieldType::TotpCode => FieldKind::TotpCode,
        FieldType::TotpSecret => FieldKind::TotpSecret,
        FieldType::Text => FieldKind::Text,
        FieldType::Unknown(word) => unknown(word).map_or(FieldKind::Text, FieldKind::Unknown),
    };
    let keyboard = match &field.input_mode {
        Some(InputMode::Email) => Keyboard::Email,
        Some(InputMode::Tel) => Keyboard::Tel,
        Some(InputMode::Numeric) => Keyboard::Numeric,
        None if matches!(kind, FieldKind::Code | FieldKind::TotpCode) => Keyboard::Numeric,
        Some(InputMode::Text | InputMode::Unknown(_)) | None => Keyboard::Text,
    };
    let mixed = matches!(field.input_mode, Some(InputMode::Text));
    let reason = match &field.reason {
        FieldReason::Missing => Reason::Missing,
        FieldReason::Rejected => Reason::Rejected,
        FieldReason::Unknown(word) => unknown(word).map_or(Reason::Missing, Reason::Unknown),
    };
    AskedField {
        view: FieldView {
            id: field.id.clone(),
            label: text(field.label.as_ref()).or_else(|| text(field.reference.as_ref())),
            autocomplete: autocomplete(&kind, keyboard, &reference, mixed),
            kind,
            required: field.required.unwrap_or(true),
            reason,
            hint: text(field.hint.as_ref())
                .or_else(|| text(legacy.and_then(|legacy| legacy.hint.as_ref()))),
            placeholder: text(legacy.and_then(|legacy| legacy.placeholder.as_ref())),
            keyboard,
        },
        reference,
    }
}

fn legacy_field(field: &DiscoveredField) -> AskedField {
    let word = field.kind.as_deref().unwrap_or("text").to_ascii_lowercase();
    let (kind, keyboard) = match word.as_str() {
        "text" if is_identifier(&field.name) => (FieldKind::Identifier, Keyboard::Text),
        "text" | "url" => (FieldKind::Text, Keyboard::Text),
        "email" => (FieldKind::Identifier, Keyboard::Email),
        "tel" => (FieldKind::Identifier, Keyboard::Tel),
        "number" => (FieldKind::Text, Keyboard::Numeric),
        "password" => (FieldKind::Password, Keyboard::Text),
        "code" => (FieldKind::Code, Keyboard::Numeric),
        "totp" => (FieldKind::TotpCode, Keyboard::Numeric),
        _ => (
            unknown(&word).map_or(FieldKind::Text, FieldKind::Unknown),
            Keyboard::Text,
        ),
    };
    let rejected = field.replace_existing == Some(true);
    AskedField {
        view: FieldView {
            id: field.name.clone(),
            label: text(field.label.as_ref()).or_else(|| Text::new(&field.name)),
            autocomplete: autocomplete(&kind, keyboard, &field.name, false),
            kind,
            required: field.required.unwrap_or(true),
            reason: if rejected {
                Reason::Rejected
            } else {
                Reason::Missing
            },
            hint: text(field.hint.as_ref()),
            placeholder: text(field.placeholder.as_ref()),
            keyboard,
        },
        reference: field.name.clone(),
    }
}

/// What the system may fill in, as the reference UI decides it (`kernel-api.md` 12). A mixed
/// identifier, which takes a name or an address, gets nothing: an e-mail filled in may be wrong.
fn autocomplete(
    kind: &FieldKind,
    keyboard: Keyboard,
    reference: &str,
    mixed: bool,
) -> Autocomplete {
    match (kind, keyboard) {
        (FieldKind::Code | FieldKind::TotpCode, _) => Autocomplete::OneTimeCode,
        (FieldKind::Password, _) => Autocomplete::CurrentPassword,
        (FieldKind::TotpSecret, _) => Autocomplete::Off,
        (_, Keyboard::Email) => Autocomplete::Email,
        (_, Keyboard::Tel) => Autocomplete::Tel,
        (FieldKind::Identifier, _) if mixed && !is_identifier(reference) => Autocomplete::Off,
        _ if is_identifier(reference) => Autocomplete::Username,
        _ => Autocomplete::Off,
    }
}

fn is_identifier(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("user") || name.contains("identifier") || name == "login"
}

fn canonical_choice(choice: &Choice, prompt: &Prompt) -> AskedChoice {
    let kind = match &choice.kind {
        ChoiceType::MfaMethod => ChoiceKind::MfaMethod,
        ChoiceType::SsoProvider => ChoiceKind::SsoProvider,
        ChoiceType::SignInMethod => ChoiceKind::SignInMethod,
        ChoiceType::AuthMethod => ChoiceKind::AuthMethod,
        ChoiceType::IdentifierMethod => ChoiceKind::IdentifierMethod,
        ChoiceType::Account => ChoiceKind::Account,
        ChoiceType::Other => ChoiceKind::Other,
        ChoiceType::Unknown(word) => unknown(word).map_or(ChoiceKind::Other, ChoiceKind::Unknown),
    };
    let is_mfa = kind == ChoiceKind::MfaMethod;
    let delivery = choice
        .mfa_type
        .clone()
        .or_else(|| is_mfa.then(|| guess_delivery(&choice.id)));
    let label = if kind == ChoiceKind::SsoProvider {
        text(choice.label.as_ref())
    } else {
        text(choice.display_text.as_ref()).or_else(|| text(choice.label.as_ref()))
    };
    let destination = choice.masked_destination.as_ref().or_else(|| {
        let twin = |option: &&MfaOption| {
            Some(&option.kind) == delivery.as_ref() && option.label == choice.label
        };
        prompt
            .mfa_options
            .iter()
            .flatten()
            .find(twin)
            .and_then(|option| option.target.as_ref())
    });
    let secondary = text(choice.context.as_ref()).or_else(|| text(choice.description.as_ref()));
    AskedChoice {
        view: ChoiceView {
            id: choice.id.clone(),
            kind,
            method: delivery.as_ref().map(method),
            label,
            detail: detail(text(destination), secondary),
        },
        route: Route::Canonical(choice.id.clone()),
    }
}

/// The masked destination first: it is what tells two telephones apart.
fn detail(destination: Option<Text>, secondary: Option<Text>) -> Option<Text> {
    match (destination, secondary) {
        (Some(to), Some(more)) if to != more => Text::new(&format!("{to} · {more}")),
        (Some(to), _) => Some(to),
        (None, more) => more,
    }
}

fn legacy_choices(prompt: &Prompt) -> Vec<AskedChoice> {
    let sign_in = prompt.sign_in_options.iter().flatten().map(legacy_sign_in);
    let sso = prompt
        .pending_sso_buttons
        .iter()
        .flatten()
        .enumerate()
        .filter_map(legacy_sso);
    let mut choices: Vec<AskedChoice> = sign_in.collect();
    choices.extend(legacy_mfa(
        prompt.mfa_options.as_deref().unwrap_or_default(),
    ));
    choices.extend(sso);
    choices
}

fn legacy_sign_in(option: &SignInOption) -> AskedChoice {
    AskedChoice {
        view: ChoiceView {
            id: format!("sign_in:{}", option.id),
            kind: ChoiceKind::SignInMethod,
            method: None,
            label: text(option.label.as_ref()),
            detail: text(option.description.as_ref()),
        },
        route: Route::SignIn(option.id.clone()),
    }
}

/// Legacy options have no identity but their type. Two of one type are shown apart and sent
/// alike: the service can't tell them apart either (`kernel-api.md` 14, 10).
fn legacy_mfa(options: &[MfaOption]) -> impl Iterator<Item = AskedChoice> + '_ {
    options.iter().enumerate().map(|(at, option)| {
        let earlier = options[..at]
            .iter()
            .filter(|other| other.kind == option.kind)
            .count();
        let mut id = format!("mfa:{}", option.kind);
        if earlier > 0 {
            id = format!("{id}#{}", earlier + 1);
        }
        AskedChoice {
            view: ChoiceView {
                id,
                kind: ChoiceKind::MfaMethod,
                method: Some(method(&option.kind)),
                label: text(option.label.as_ref()),
                detail: detail(
                    text(option.target.as_ref()),
                    text(option.description.as_ref()),
                ),
            },
            route: Route::Mfa(option.kind.as_str().to_owned()),
        }
    })
}

/// A button goes by its selector, or by its provider where it has none; never by both
/// (`kernel-api.md` 8.1). One with neither can't be pressed.
fn legacy_sso((at, button): (usize, &SsoButton)) -> Option<AskedChoice> {
    let selector = button
        .selector
        .as_ref()
        .filter(|selector| !selector.is_empty());
    let provider = button
        .provider
        .as_ref()
        .filter(|provider| !provider.is_empty());
    let route = match (selector, provider) {
        (Some(selector), _) => Route::SsoButton(selector.clone()),
        (None, Some(provider)) => Route::SsoProvider(provider.clone()),
        (None, None) => return None,
    };
    Some(AskedChoice {
        view: ChoiceView {
            id: provider.map_or_else(|| format!("sso:{at}"), |provider| format!("sso:{provider}")),
            kind: ChoiceKind::SsoProvider,
            method: None,
            label: text(button.label.as_ref()).or_else(|| text(provider)),
            detail: None,
        },
        route,
    })
}

fn method(kind: &MfaType) -> Method {
    match kind {
        MfaType::Sms => Method::Sms,
        MfaType::Call => Method::Call,
        MfaType::Email => Method::Email,
        MfaType::Totp => Method::Totp,
        MfaType::Push => Method::Push,
        MfaType::Password => Method::Password,
        MfaType::Passkey => Method::Passkey,
        MfaType::Switch => Method::Switch,
        MfaType::Other | MfaType::Unknown(_) => Method::Other,
    }
}

/// The reference UI's guess where a choice doesn't say how it is delivered (`kernel-api.md` 5.1).
fn guess_delivery(id: &str) -> MfaType {
    match id.trim().to_ascii_lowercase().as_str() {
        "sms_code" | "sms" => MfaType::Sms,
        "email_code" | "email" => MfaType::Email,
        "totp_code" | "totp" | "authenticator" | "authenticator_app" => MfaType::Totp,
        "phone_call" | "call" => MfaType::Call,
        "push" => MfaType::Push,
        "password" => MfaType::Password,
        "passkey" => MfaType::Passkey,
        "switch" => MfaType::Switch,
        _ => MfaType::Other,
    }
}

/// An unknown word for the screen, short.
fn unknown(word: &str) -> Option<Text> {
    Text::bounded(word, 60)
}
