//! What the site makes of an answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    answer::Given,
    prompt::LegacyKind,
    refusal::Refusal,
    scenario::{Choice, Field, Step},
};

/// What came of an answer that fits the page.
#[derive(Debug)]
pub(crate) enum Verdict<'a> {
    /// Values were typed, and the site has nothing against them.
    Right(Typed),
    /// Values were typed, and the site refuses those of these fields, with these words.
    Wrong(Typed, BTreeSet<String>, String),
    /// A choice was clicked.
    Picked(&'a Choice),
}

/// What the page shows as typed, by `ref`; secrets as dots.
pub(crate) type Typed = BTreeMap<String, String>;

/// The site's verdict on an answer to a page, if it answers what the page asks.
pub(crate) fn judge<'a>(step: &'a Step, given: &Given) -> Result<Verdict<'a>, Refusal> {
    let of_kind = |choice: &Choice, kind| choice.legacy_kind() == kind;
    match given {
        Given::FieldValues(values) => fill(step, values, Field::id),
        Given::LegacyFields(values) => fill(step, values, |field| field.reference.clone()),
        Given::Choice(id) => pick(step, |it| it.id == *id),
        Given::Mfa(kind) => pick(step, |it| {
            of_kind(it, LegacyKind::Mfa) && it.mfa_kind() == kind
        }),
        Given::SignIn(id) => pick(step, |it| of_kind(it, LegacyKind::SignIn) && it.id == *id),
        Given::SsoSelector(selector) => pick(step, |it| {
            of_kind(it, LegacyKind::Sso) && it.sso_selector() == *selector
        }),
        Given::SsoProvider(provider) => pick(step, |it| {
            of_kind(it, LegacyKind::Sso) && it.id == *provider
        }),
    }
}

/// Types values into the fields, which `key` names.
fn fill<'a>(
    step: &'a Step,
    values: &BTreeMap<String, String>,
    key: impl Fn(&Field) -> String,
) -> Result<Verdict<'a>, Refusal> {
    if let Some(name) = values
        .keys()
        .find(|name| !step.fields.iter().any(|it| key(it) == **name))
    {
        return Err(Refusal::unprocessable(format!(
            "No field {name:?} is asked for"
        )));
    }
    let value = |field: &Field| values.get(&key(field)).filter(|value| !value.is_empty());
    let missing = step
        .fields
        .iter()
        .find(|it| it.is_required() && value(it).is_none());
    if values.is_empty() || missing.is_some() {
        let name = missing.map_or("any field", |field| &field.reference);
        return Err(Refusal::unprocessable(format!(
            "A value for {name:?} is required"
        )));
    }
    let shown = |field: &Field| {
        let text = value(field)
            .map(|value| shown(field, value))
            .unwrap_or_default();
        (field.reference.clone(), text)
    };
    let typed = step.fields.iter().map(shown).collect();
    let is_wrong = |field: &&Field| match (&field.accept, value(field)) {
        (Some(right), Some(given)) => given != right,
        _ => false,
    };
    let wrong: Vec<&Field> = step.fields.iter().filter(is_wrong).collect();
    Ok(match wrong.first() {
        None => Verdict::Right(typed),
        Some(first) => {
            let words = first
                .wrong
                .as_deref()
                .unwrap_or("Incorrect password")
                .to_owned();
            let names = wrong.iter().map(|field| field.reference.clone()).collect();
            Verdict::Wrong(typed, names, words)
        }
    })
}

/// Clicks the choice that `wanted` describes.
fn pick(step: &Step, wanted: impl Fn(&Choice) -> bool) -> Result<Verdict<'_>, Refusal> {
    let choice = step.choices.iter().find(|choice| wanted(choice));
    choice
        .map(Verdict::Picked)
        .ok_or_else(|| Refusal::unprocessable("No such choice is offered"))
}

fn shown(field: &Field, value: &str) -> String {
    if field.is_secret() {
        "•".repeat(value.chars().count())
    } else {
        value.to_owned()
    }
}
