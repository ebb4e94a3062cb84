//! What a flow asks for, in both generations of the contract (`kernel-api.md` 5).
//!
//! Every text in here was written by the site or taken from its page, and is hostile until it
//! has been cleaned for display.

use serde::{Deserialize, Serialize};

use crate::{lenient, open_enum::open_enum};

open_enum! {
    /// What kind of value a canonical field takes.
    #[derive(Default)]
    pub enum FieldType {
        /// A user name, an address or a telephone number: never validated as an e-mail address.
        Identifier = "identifier",
        /// A password.
        Password = "password",
        /// A one-time code that was sent to the person.
        Code = "code",
        /// A one-time code from an authenticator app.
        TotpCode = "totp_code",
        /// The long-lived secret that an authenticator app is set up with.
        TotpSecret = "totp_secret",
        /// Anything else.
        #[default]
        Text = "text",
    }
}

open_enum! {
    /// Why a canonical field is asked for.
    #[derive(Default)]
    pub enum FieldReason {
        /// There is no value yet.
        #[default]
        Missing = "missing",
        /// The saved or submitted value was refused; it must not be sent again.
        Rejected = "rejected",
    }
}

open_enum! {
    /// Which keyboard suits a field. A hint for the screen, not a validation.
    pub enum InputMode {
        /// Letters.
        Text = "text",
        /// With an at sign.
        Email = "email",
        /// A telephone's.
        Tel = "tel",
        /// Digits.
        Numeric = "numeric",
    }
}

open_enum! {
    /// What kind of option a canonical choice is.
    #[derive(Default)]
    pub enum ChoiceType {
        /// A way to receive or give a second factor.
        MfaMethod = "mfa_method",
        /// Another account provider, such as Google.
        SsoProvider = "sso_provider",
        /// A way to sign in.
        SignInMethod = "sign_in_method",
        /// A way to prove who one is.
        AuthMethod = "auth_method",
        /// A kind of identifier, such as e-mail or telephone.
        IdentifierMethod = "identifier_method",
        /// One of several accounts.
        Account = "account",
        /// Anything else.
        #[default]
        Other = "other",
    }
}

open_enum! {
    /// The way a second factor is delivered.
    pub enum MfaType {
        /// A text message.
        Sms = "sms",
        /// A telephone call.
        Call = "call",
        /// An e-mail.
        Email = "email",
        /// An authenticator app.
        Totp = "totp",
        /// A tap on a phone.
        Push = "push",
        /// A password.
        Password = "password",
        /// A passkey, which Kernel cannot use (`kernel-api.md` 5.3).
        Passkey = "passkey",
        /// The site's "use another method" link, which names no method itself.
        Switch = "switch",
        /// Anything else.
        Other = "other",
    }
}

/// A canonical field (`kernel-api.md` 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Field {
    /// Stable within the interaction; the key of `field_values`.
    pub id: String,
    /// The name under which the value is kept in the credential, e.g. `username`.
    #[serde(rename = "ref", default)]
    pub reference: Option<String>,
    /// What kind of value it takes.
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    pub kind: FieldType,
    /// Why it is asked for.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub reason: FieldReason,
    /// Text for a person; absent means: use the reference.
    #[serde(default)]
    pub label: Option<String>,
    /// Text near the field, sometimes with a masked destination.
    #[serde(default)]
    pub hint: Option<String>,
    /// Absent means required.
    #[serde(default)]
    pub required: Option<bool>,
    /// Which keyboard suits it.
    #[serde(default)]
    pub input_mode: Option<InputMode>,
}

/// A canonical choice (`kernel-api.md` 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Choice {
    /// The identity of the option; the value of `selected_choice_id`.
    pub id: String,
    /// Text for a person.
    #[serde(default)]
    pub label: Option<String>,
    /// What kind of option it is.
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    pub kind: ChoiceType,
    /// How a second factor is delivered; two choices may share one.
    #[serde(default)]
    pub mfa_type: Option<MfaType>,
    /// Text taken from the page.
    #[serde(default)]
    pub display_text: Option<String>,
    /// Secondary text.
    #[serde(default)]
    pub context: Option<String>,
    /// Secondary text, if there is no context.
    #[serde(default)]
    pub description: Option<String>,
    /// A masked telephone number or address.
    #[serde(default)]
    pub masked_destination: Option<String>,
}

/// A legacy field (`kernel-api.md` 5.2). Its `type` is an open word.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DiscoveredField {
    /// The key of the legacy `fields` map.
    pub name: String,
    /// `text`, `email`, `password`, `tel`, `number`, `url`, `code`, `totp`, or a later word.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// Text for a person.
    #[serde(default)]
    pub label: Option<String>,
    /// Text near the field.
    #[serde(default)]
    pub hint: Option<String>,
    /// Example text.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// Absent means required.
    #[serde(default)]
    pub required: Option<bool>,
    /// The August 2026 form of a rejected value (`kernel-api.md` 5.2).
    #[serde(default)]
    pub replace_existing: Option<bool>,
}

/// A legacy way to receive a second factor. It has no identity of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct MfaOption {
    /// The value of `mfa_option_id`.
    #[serde(rename = "type")]
    pub kind: MfaType,
    /// Text for a person.
    #[serde(default)]
    pub label: Option<String>,
    /// A masked destination.
    #[serde(default)]
    pub target: Option<String>,
    /// Secondary text.
    #[serde(default)]
    pub description: Option<String>,
}

/// A legacy way to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct SignInOption {
    /// The value of `sign_in_option_id`.
    pub id: String,
    /// Text for a person.
    #[serde(default)]
    pub label: Option<String>,
    /// Secondary text.
    #[serde(default)]
    pub description: Option<String>,
}

/// A legacy button of another account provider.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct SsoButton {
    /// The provider, e.g. `google`.
    #[serde(default)]
    pub provider: Option<String>,
    /// An opaque string to send back; never evaluated here.
    #[serde(default)]
    pub selector: Option<String>,
    /// Text for a person.
    #[serde(default)]
    pub label: Option<String>,
}

/// Everything a flow may ask at one moment, in both generations.
///
/// `None` and an empty list differ: canonical data hide the legacy data also when they are empty
/// (`kernel-api.md` 5.1). Entries that can't be read, such as a choice without an id, are left
/// out; a list of nothing but such entries counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Prompt {
    /// Names this pause of the flow; new at every pause. Absent before August 2026.
    pub interaction_id: Option<String>,
    /// Canonical fields.
    #[serde(deserialize_with = "lenient::list")]
    pub fields: Option<Vec<Field>>,
    /// Canonical choices.
    #[serde(deserialize_with = "lenient::list")]
    pub choices: Option<Vec<Choice>>,
    /// Legacy fields.
    #[serde(deserialize_with = "lenient::list")]
    pub discovered_fields: Option<Vec<DiscoveredField>>,
    /// Legacy second factors.
    #[serde(deserialize_with = "lenient::list")]
    pub mfa_options: Option<Vec<MfaOption>>,
    /// Legacy ways to sign in.
    #[serde(deserialize_with = "lenient::list")]
    pub sign_in_options: Option<Vec<SignInOption>>,
    /// Legacy provider buttons.
    #[serde(deserialize_with = "lenient::list")]
    pub pending_sso_buttons: Option<Vec<SsoButton>>,
    /// What to do on another device.
    pub external_action_message: Option<String>,
    /// What the site itself says went wrong.
    pub website_error: Option<String>,
    /// Why the flow failed, for support; may itself be JSON.
    pub error_message: Option<String>,
    /// Why the flow failed, as an open word.
    pub error_code: Option<String>,
}
