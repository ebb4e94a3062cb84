//! What each word of the service becomes on the screen.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a literal reads better where it is used than a reference to it"
)]

mod support;

use login_flow::{
    Audience, Autocomplete, ChoiceKind, ChoiceView, FieldKind, FieldView, Keyboard, Method,
    PromptView, Reason,
};
use serde_json::{Value, json};
use support::*;

fn prompt(more: Value) -> PromptView {
    let mut state = json!({"flow_step": "AWAITING_INPUT", "interaction_id": "mai_1"});
    for (key, value) in more.as_object().expect("an object") {
        state[key] = value.clone();
    }
    let desk = Desk::live(Audience::Guest, connection(state));
    desk.view().prompt.clone().expect("something is asked")
}

/// A canonical field: `more` replaces members.
fn field(more: Value) -> FieldView {
    let mut field = json!({"id": "f", "ref": "r", "type": "text", "reason": "missing"});
    for (key, value) in more.as_object().expect("an object") {
        field[key] = value.clone();
    }
    prompt(json!({"fields": [field]})).fields.swap_remove(0)
}

fn legacy_field(name: &str, kind: &str) -> FieldView {
    let field = json!({"name": name, "type": kind, "selector": "#x"});
    prompt(json!({"discovered_fields": [field]}))
        .fields
        .swap_remove(0)
}

fn choices(more: Value) -> Vec<ChoiceView> {
    prompt(more).choices
}

/// The choice that a canonical one with these members becomes.
fn choice(choice: Value) -> ChoiceView {
    choices(json!({"choices": [choice]})).swap_remove(0)
}

fn shown(text: Option<&login_flow::Text>) -> Option<&str> {
    text.map(login_flow::Text::as_str)
}

#[test]
fn a_canonical_fields_words_become_its_kind_its_keyboard_and_what_may_be_filled_in() {
    use Autocomplete as Fill;
    for (kind, mode, reference, expected) in [
        (
            "identifier",
            "email",
            "r",
            (FieldKind::Identifier, Keyboard::Email, Fill::Email),
        ),
        (
            "identifier",
            "tel",
            "r",
            (FieldKind::Identifier, Keyboard::Tel, Fill::Tel),
        ),
        (
            "identifier",
            "text",
            "username",
            (FieldKind::Identifier, Keyboard::Text, Fill::Username),
        ),
        (
            "identifier",
            "text",
            "phone_or_mail",
            (FieldKind::Identifier, Keyboard::Text, Fill::Off),
        ),
        (
            "identifier",
            "",
            "my_identifier",
            (FieldKind::Identifier, Keyboard::Text, Fill::Username),
        ),
        (
            "identifier",
            "",
            "Login",
            (FieldKind::Identifier, Keyboard::Text, Fill::Username),
        ),
        (
            "text",
            "",
            "last_login",
            (FieldKind::Text, Keyboard::Text, Fill::Off),
        ),
        (
            "text",
            "numeric",
            "r",
            (FieldKind::Text, Keyboard::Numeric, Fill::Off),
        ),
        (
            "password",
            "",
            "r",
            (FieldKind::Password, Keyboard::Text, Fill::CurrentPassword),
        ),
        (
            "code",
            "",
            "r",
            (FieldKind::Code, Keyboard::Numeric, Fill::OneTimeCode),
        ),
        (
            "totp_code",
            "",
            "r",
            (FieldKind::TotpCode, Keyboard::Numeric, Fill::OneTimeCode),
        ),
        (
            "code",
            "text",
            "r",
            (FieldKind::Code, Keyboard::Text, Fill::OneTimeCode),
        ),
        (
            "totp_secret",
            "",
            "user_secret",
            (FieldKind::TotpSecret, Keyboard::Text, Fill::Off),
        ),
    ] {
        let mode = Some(mode).filter(|mode| !mode.is_empty());
        let field = field(json!({"type": kind, "input_mode": mode, "ref": reference}));
        assert_eq!(
            (field.kind, field.keyboard, field.autocomplete),
            expected,
            "{kind} {mode:?} {reference}"
        );
    }
}

#[test]
fn a_legacy_fields_words_become_the_same() {
    use Autocomplete as Fill;
    for (name, word, expected) in [
        (
            "username",
            "text",
            (FieldKind::Identifier, Keyboard::Text, Fill::Username),
        ),
        (
            "company",
            "text",
            (FieldKind::Text, Keyboard::Text, Fill::Off),
        ),
        ("site", "url", (FieldKind::Text, Keyboard::Text, Fill::Off)),
        (
            "mail",
            "EMAIL",
            (FieldKind::Identifier, Keyboard::Email, Fill::Email),
        ),
        (
            "phone",
            "tel",
            (FieldKind::Identifier, Keyboard::Tel, Fill::Tel),
        ),
        (
            "pin",
            "number",
            (FieldKind::Text, Keyboard::Numeric, Fill::Off),
        ),
        (
            "pw",
            "password",
            (FieldKind::Password, Keyboard::Text, Fill::CurrentPassword),
        ),
        (
            "otp",
            "code",
            (FieldKind::Code, Keyboard::Numeric, Fill::OneTimeCode),
        ),
        (
            "otp",
            "totp",
            (FieldKind::TotpCode, Keyboard::Numeric, Fill::OneTimeCode),
        ),
    ] {
        let field = legacy_field(name, word);
        assert_eq!(
            (field.kind, field.keyboard, field.autocomplete),
            expected,
            "{name} {word}"
        );
        assert_eq!(field.reason, Reason::Missing);
    }
}

#[test]
fn a_word_of_tomorrow_is_shown_as_it_came() {
    let word = |word: &str| login_flow::Text::new(word).expect("it can be shown");
    assert_eq!(
        field(json!({"type": "hologram"})).kind,
        FieldKind::Unknown(word("hologram"))
    );
    assert_eq!(
        legacy_field("x", "hologram").kind,
        FieldKind::Unknown(word("hologram"))
    );
    assert_eq!(
        field(json!({"reason": "expired"})).reason,
        Reason::Unknown(word("expired"))
    );
    assert_eq!(
        choice(json!({"id": "c", "type": "dance"})).kind,
        ChoiceKind::Unknown(word("dance"))
    );
    // One that can't be shown stands for what is usual.
    assert_eq!(
        field(json!({"type": "\u{200b}", "reason": "\u{200b}"})).kind,
        FieldKind::Text
    );
}

#[test]
fn a_fields_words_come_from_its_older_form_where_it_has_none() {
    let prompt = prompt(json!({
        "fields": [
            {"id": "f1", "ref": "code", "type": "code", "reason": "rejected"},
            {"id": "f2", "ref": "user", "type": "identifier", "label": "E-mail", "hint": "as in your passport", "required": false}],
        "discovered_fields": [
            {"name": "user", "hint": "older", "placeholder": "ada@example.com", "selector": "x"},
            {"name": "code", "hint": "sent to ***-92", "placeholder": "123456", "selector": "x"}]
    }));
    let [code, user] = prompt.fields.as_slice() else {
        panic!("{prompt:?}")
    };
    assert_eq!(shown(code.label.as_ref()), Some("code"));
    assert_eq!(shown(code.hint.as_ref()), Some("sent to ***-92"));
    assert_eq!(shown(code.placeholder.as_ref()), Some("123456"));
    assert_eq!((&code.reason, code.required), (&Reason::Rejected, true));
    assert_eq!(shown(user.label.as_ref()), Some("E-mail"));
    assert_eq!(shown(user.hint.as_ref()), Some("as in your passport"));
    assert_eq!(shown(user.placeholder.as_ref()), Some("ada@example.com"));
    assert_eq!((&user.reason, user.required), (&Reason::Missing, false));
}

#[test]
fn how_a_second_factor_comes_is_said_or_guessed_from_its_name() {
    for (id, method) in [
        ("sms", Method::Sms),
        ("sms_code", Method::Sms),
        ("email", Method::Email),
        ("Email_Code", Method::Email),
        ("totp", Method::Totp),
        ("totp_code", Method::Totp),
        ("authenticator", Method::Totp),
        ("authenticator_app", Method::Totp),
        ("call", Method::Call),
        ("phone_call", Method::Call),
        ("push", Method::Push),
        ("password", Method::Password),
        ("passkey", Method::Passkey),
        ("switch", Method::Switch),
        ("carrier_pigeon", Method::Other),
    ] {
        let guessed = choice(json!({"id": id, "type": "mfa_method"}));
        assert_eq!(guessed.method, Some(method.clone()), "{id}");
        let said = choice(json!({"id": "x", "type": "mfa_method", "mfa_type": id}));
        let is_word = !id.contains('_') && id != "authenticator";
        assert!(!is_word || said.method == Some(method), "{id}");
        let other = choice(json!({"id": id, "type": "account"}));
        assert_eq!(other.method, None, "only a second factor's name is guessed");
    }
}

#[test]
fn every_kind_of_choice_is_told_apart() {
    for (word, kind) in [
        ("mfa_method", ChoiceKind::MfaMethod),
        ("sso_provider", ChoiceKind::SsoProvider),
        ("sign_in_method", ChoiceKind::SignInMethod),
        ("auth_method", ChoiceKind::AuthMethod),
        ("identifier_method", ChoiceKind::IdentifierMethod),
        ("account", ChoiceKind::Account),
        ("other", ChoiceKind::Other),
    ] {
        let choice = choice(
            json!({"id": "c", "type": word, "label": "Label", "display_text": "On the page"}),
        );
        assert_eq!(choice.kind, kind);
        // A provider is called by its name, whatever its button says.
        let label = if word == "sso_provider" {
            "Label"
        } else {
            "On the page"
        };
        assert_eq!(shown(choice.label.as_ref()), Some(label), "{word}");
    }
}

#[test]
fn a_choice_tells_where_it_leads_and_once() {
    let detail = |more: Value| {
        let mut choice =
            json!({"id": "c", "type": "mfa_method", "mfa_type": "sms", "label": "Text"});
        for (key, value) in more.as_object().expect("an object") {
            choice[key] = value.clone();
        }
        let older = json!([
            {"type": "call", "label": "Text", "target": "***-11"},
            {"type": "sms", "label": "Other", "target": "***-22"},
            {"type": "sms", "label": "Text", "target": "***-33"}]);
        let choice = choices(json!({"choices": [choice], "mfa_options": older})).swap_remove(0);
        shown(choice.detail.as_ref()).map(str::to_owned)
    };
    let expect = |more: Value, text: &str| assert_eq!(detail(more).as_deref(), Some(text));
    expect(json!({}), "***-33");
    expect(json!({"masked_destination": "***-92"}), "***-92");
    expect(
        json!({"masked_destination": "***-92", "context": "your work phone"}),
        "***-92 · your work phone",
    );
    expect(
        json!({"masked_destination": "***-92", "description": "***-92"}),
        "***-92",
    );
    expect(
        json!({"mfa_type": "email", "description": "by e-mail"}),
        "by e-mail",
    );
    assert_eq!(detail(json!({"mfa_type": "email"})), None);
}

#[test]
fn older_choices_keep_their_words_and_need_a_way_to_be_sent() {
    let all = choices(json!({
        "mfa_options": [
            {"type": "sms", "label": "Text me"}, {"type": "call", "label": "Call me"},
            {"type": "sms", "label": "Text me"}, {"type": "sms", "label": "Text me", "target": "***-92", "description": "work"}],
        "sign_in_options": [{"id": "key", "label": "Use a key", "description": "the small one"}],
        "pending_sso_buttons": [
            {"provider": "google", "selector": "s"}, {"provider": "", "selector": "", "label": "Nowhere"},
            {"provider": "", "selector": "s", "label": "By selector"}, {"label": "Neither"}]
    }));
    let ids: Vec<_> = all.iter().map(|choice| choice.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "sign_in:key",
            "mfa:sms",
            "mfa:call",
            "mfa:sms#2",
            "mfa:sms#3",
            "sso:google",
            "sso:2"
        ]
    );
    assert_eq!(shown(all[0].detail.as_ref()), Some("the small one"));
    assert_eq!(shown(all[4].detail.as_ref()), Some("***-92 · work"));
    assert_eq!(shown(all[5].label.as_ref()), Some("google"));
}

#[test]
fn of_two_parts_with_one_name_the_first_counts() {
    let prompt = prompt(json!({
        "fields": [{"id": "f", "type": "text", "label": "One"}, {"id": "f", "type": "text", "label": "Two"}],
        "choices": [{"id": "c", "type": "other", "label": "One"}, {"id": "c", "type": "other", "label": "Two"}]
    }));
    assert_eq!((prompt.fields.len(), prompt.choices.len()), (1, 1));
    assert_eq!(shown(prompt.fields[0].label.as_ref()), Some("One"));
    assert_eq!(shown(prompt.choices[0].label.as_ref()), Some("One"));
}
