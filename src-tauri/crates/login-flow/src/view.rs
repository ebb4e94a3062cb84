//! The view: one value that says all that may be shown of a flow, and all that may be answered.
//!
//! It holds no secret: no token, no handoff code, no address of the hosted page or the live view,
//! and nothing that was typed.

use jiff::Timestamp;
use serde::Serialize;

use crate::text::Text;

/// All that is to be known of one flow at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct View {
    /// Rises with every change; a view with a lower one is older.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub revision: u64,
    /// What is being logged in to, and for whom.
    pub connection: ConnectionView,
    /// The flow's status in Kernel's word, or null before the first read and without a flow.
    pub status: Option<Status>,
    /// The flow's step in Kernel's word.
    pub step: Option<Step>,
    /// What this means for the person: the screen to show.
    pub stage: Stage,
    /// What is asked. It stays while an answer is being sent, so that a form is kept.
    pub prompt: Option<PromptView>,
    /// What to do on another device, in the site's words.
    pub message: Option<Text>,
    /// What the site itself says went wrong, in its words.
    pub website_error: Option<Text>,
    /// What became of the last answer, if that needs saying.
    pub notice: Option<Notice>,
    /// Why it did not work, and what to do now. Always there when the flow ended without a login.
    pub error: Option<Trouble>,
    /// When the flow ends by itself, by the service's clock.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub expires_at: Option<Timestamp>,
    /// About when an unanswered prompt ends the flow, by the service's clock: ten minutes from
    /// when it was first seen (`kernel-api.md` 4.5). An estimate.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub answer_by: Option<Timestamp>,
    /// This computer's clock minus the service's, in milliseconds, so that a countdown is right
    /// on a computer whose clock is wrong. 0 if not known.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub clock_ahead_ms: i64,
    /// Kernel's own page for this flow.
    pub hosted_page: Page,
    /// The view of the remote browser.
    pub live_view: Page,
    /// Whether news arrive.
    pub stream: StreamState,
    /// What the person can do now, best first. Never empty.
    pub ways: Vec<Way>,
}

/// The connection a flow belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ConnectionView {
    /// The connection's id.
    pub id: Text,
    /// The site, e.g. `netflix.com`; null before the first read.
    pub domain: Option<Text>,
    /// The browser profile that is to be logged in.
    pub profile: Option<Text>,
    /// Whether what is typed is kept for the next login; null if not known.
    pub saves_credentials: Option<bool>,
    /// Whether the remote browser is recorded; null if not known.
    pub records_session: Option<bool>,
}

/// The flow's status, in Kernel's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Not begun yet.
    Pending,
    /// Running.
    InProgress,
    /// Ended well.
    Success,
    /// Ended without a login.
    Failed,
    /// Ran out of time.
    Expired,
    /// Replaced or given up.
    Canceled,
    /// A word this version does not know.
    #[serde(rename = "unknown")]
    Unknown(Text),
}

/// The flow's step, in Kernel's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Step {
    /// The login page is being opened and read.
    Discovering,
    /// An answer is awaited.
    AwaitingInput,
    /// Something on another device is awaited.
    AwaitingExternalAction,
    /// A person must act in the remote browser.
    AwaitingHumanIntervention,
    /// The answer is being typed into the site.
    Submitting,
    /// Over.
    Completed,
    /// A word this version does not know.
    #[serde(rename = "unknown")]
    Unknown(Text),
}

/// What the flow means for the person. One screen each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing has been read yet.
    Opening,
    /// The site's login page is being opened and read.
    FindingOut,
    /// The site asks something.
    Asking,
    /// The person must do something on another device; ways out may be offered.
    WaitingElsewhere,
    /// An answer is on its way or being typed into the site.
    Sending,
    /// A person must act in the remote browser.
    NeedsAPerson,
    /// The flow is at a step this version does not know.
    Unfamiliar,
    /// Ended: logged in.
    LoggedIn,
    /// Ended: not logged in; `error` says why.
    Failed,
    /// Ended: out of time.
    Expired,
    /// Ended: canceled.
    Canceled,
    /// Our access to the flow is over; the flow may go on without us.
    AccessEnded,
    /// The key was refused, or may not do this.
    Refused,
    /// There is no such connection, or no longer.
    Gone,
    /// The flow ended, and it can't be told how.
    Unconfirmed,
    /// No login is running on this connection.
    NotRunning,
    /// This client can't follow: what answers is not the service, or the service asks for a
    /// newer client.
    CannotFollow,
}

impl Stage {
    /// Whether nothing more will come.
    #[must_use]
    pub fn is_end(self) -> bool {
        match self {
            Self::Opening
            | Self::FindingOut
            | Self::Asking
            | Self::WaitingElsewhere
            | Self::Sending
            | Self::NeedsAPerson
            | Self::Unfamiliar => false,
            Self::LoggedIn
            | Self::Failed
            | Self::Expired
            | Self::Canceled
            | Self::AccessEnded
            | Self::Refused
            | Self::Gone
            | Self::Unconfirmed
            | Self::NotRunning
            | Self::CannotFollow => true,
        }
    }
}

/// What the flow asks: canonical and legacy prompts alike.
///
/// A person answers with one thing: all the fields, or one choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PromptView {
    /// Names this prompt; an answer carries it back. For a legacy prompt Usher makes it up.
    pub interaction_id: String,
    /// Whether it may be answered now. False while an answer is on its way.
    pub open: bool,
    /// Whether these are ways out of waiting on another device, rather than the main thing.
    pub fall_back: bool,
    /// The fields to fill, in the site's order.
    pub fields: Vec<FieldView>,
    /// The choices to pick one from; "another way" is last.
    pub choices: Vec<ChoiceView>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FieldView {
    /// The key of the value in an answer. Opaque: never shown.
    pub id: String,
    /// The site's label; null if it gave none.
    pub label: Option<Text>,
    /// What kind of value it takes.
    pub kind: FieldKind,
    /// Whether an answer must have it.
    pub required: bool,
    /// Why it is asked for.
    pub reason: Reason,
    /// The site's words near the field.
    pub hint: Option<Text>,
    /// The site's example.
    pub placeholder: Option<Text>,
    /// Which on-screen keyboard suits it.
    pub keyboard: Keyboard,
    /// What the system may fill in by itself.
    pub autocomplete: Autocomplete,
}

/// What kind of value a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A user name, an address or a telephone number.
    Identifier,
    /// A password.
    Password,
    /// A one-time code.
    Code,
    /// A one-time code from an authenticator app.
    TotpCode,
    /// The long-lived secret of an authenticator app.
    TotpSecret,
    /// Anything.
    Text,
    /// A kind this version does not know. Shown as text.
    Unknown(Text),
}

/// Why a field is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is no value yet.
    Missing,
    /// The value used before was refused; a new one is needed.
    Rejected,
    /// A reason this version does not know.
    Unknown(Text),
}

/// An on-screen keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Keyboard {
    /// Letters.
    Text,
    /// With an at sign.
    Email,
    /// A telephone's.
    Tel,
    /// Digits.
    Numeric,
}

/// What the system may fill into a field (`kernel-api.md` 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Autocomplete {
    /// A code that arrived by message.
    OneTimeCode,
    /// A saved password.
    CurrentPassword,
    /// A saved user name.
    Username,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// Nothing.
    Off,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ChoiceView {
    /// Identifies the choice in an answer. Opaque: never shown.
    pub id: String,
    /// What kind of choice it is.
    pub kind: ChoiceKind,
    /// How a second factor is delivered, if that is known.
    pub method: Option<Method>,
    /// The site's words; null if it gave none.
    pub label: Option<Text>,
    /// More of the site's words: the masked destination, a description, or both.
    pub detail: Option<Text>,
}

/// What kind of choice it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// A way to receive or give a second factor.
    MfaMethod,
    /// Another account provider.
    SsoProvider,
    /// A way to sign in.
    SignInMethod,
    /// A way to prove who one is.
    AuthMethod,
    /// A kind of identifier.
    IdentifierMethod,
    /// One of several accounts.
    Account,
    /// Anything else.
    Other,
    /// A kind this version does not know.
    Unknown(Text),
}

/// How a second factor is delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A text message.
    Sms,
    /// A telephone call.
    Call,
    /// An e-mail.
    Email,
    /// An authenticator app.
    Totp,
    /// A tap on a phone.
    Push,
    /// A password.
    Password,
    /// A passkey.
    Passkey,
    /// The site's "another way" link.
    Switch,
    /// Anything else.
    Other,
}

/// What became of the last answer, or what the service says in passing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// The site moved on before the answer arrived; it was not used.
    PageMovedOn,
    /// The service refused the answer. It was not used.
    NotAccepted {
        /// The service's words.
        message: Option<Text>,
    },
    /// The network failed while the answer was being sent; it may or may not have arrived.
    OutcomeUnknown,
    /// The answer arrived, and the same question still stands.
    StillAsked,
    /// The service wants a pause before the next try.
    Wait {
        /// Until when, by this computer's clock.
        #[cfg_attr(feature = "types", ts(type = "string"))]
        until: Timestamp,
    },
    /// The site has asked the same thing several times.
    AskedAgain {
        /// How many times.
        rounds: u32,
    },
    /// The service reports a problem, and the flow may go on.
    ServiceTrouble {
        /// The service's words.
        message: Option<Text>,
    },
}

/// Why it did not work, and what to do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Trouble {
    /// Kernel's word, or Usher's own where Kernel has none. For support; show it small.
    pub code: Text,
    /// What happened, in a short sentence.
    pub title: Text,
    /// What to do now.
    pub advice: Text,
    /// The service's own words, for "Show details".
    pub details: Option<Text>,
}

/// A page that belongs to the flow and opens elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Page {
    /// There is none now.
    None,
    /// It can be opened.
    Offered {
        /// Where it is, for the person to judge.
        host: Text,
        /// Whether its one-time link has probably been used up by us (`kernel-api.md` 9).
        used_up: bool,
    },
}

/// Whether news arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StreamState {
    /// On the way to the first connection.
    Connecting,
    /// News arrive.
    Live,
    /// The connection was lost and is being made again.
    Reconnecting {
        /// Since when, by this computer's clock.
        #[cfg_attr(feature = "types", ts(type = "string"))]
        since: Timestamp,
        /// How many tries have failed.
        attempts: u32,
        /// What was in the way, as far as it is known.
        cause: Lost,
    },
    /// Nothing more is expected.
    Ended,
}

/// Why a stream is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// It ended.
    Ended,
    /// It was silent for too long.
    Silent,
    /// No way leads out of this computer.
    Offline,
    /// The server's name is not known here.
    NameUnknown,
    /// The server does not take connections.
    Refused,
    /// The server could not be reached.
    Unreachable,
    /// The server's certificate has expired.
    CertificateExpired,
    /// The server's certificate is for another name.
    CertificateWrongHost,
    /// The server's certificate is from an issuer that this computer does not know.
    CertificateUnknownIssuer,
    /// This computer's clock is too wrong to check a certificate.
    WrongClock,
    /// What answers does not speak securely.
    NotSecure,
    /// The server could not prove who it is, for another reason.
    Untrusted,
    /// The proxy on the way could not be reached.
    ProxyUnreachable,
    /// The proxy on the way asks for a login.
    ProxyWantsLogin,
    /// The proxy on the way does not let us through.
    ProxyRefused,
    /// The server did not answer in time.
    Slow,
    /// The service has a problem.
    ServiceTrouble,
    /// The service asked to wait.
    RateLimited,
}

/// Something the person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Answer the prompt.
    Answer,
    /// Wait: it goes on by itself.
    Wait,
    /// Open the view of the remote browser.
    OpenLiveView,
    /// Open Kernel's own page.
    OpenHostedPage,
    /// Look again now.
    CheckAgain,
    /// Ask whoever sent the link for a new one.
    AskForNewLink,
    /// Start another login. Support only.
    StartAgain,
    /// Look at the key. Support only.
    OpenSettings,
    /// Done: close the window.
    Close,
}
