//! Kernel's Managed Auth API, typed: requests, the event stream, errors.
//!
//! The contract is Kernel's own; comments name the part of it that a rule comes from. This crate
//! knows every quirk of the wire and nothing of when to reconnect or what a screen is.

mod access;
mod api_base;
mod client;
mod connection;
mod error;
mod event;
mod events;
mod key_check;
mod login;
mod open_enum;
mod page;
mod path;
mod prompt;
mod request;
mod settings;
mod stream;
mod submission;
mod timeline;
mod transport;

pub use access::Access;
pub use api_base::{ApiBase, ApiBaseError};
pub use client::{Client, Read};
pub use connection::{Connection, ConnectionStatus, FlowStatus, FlowStep, FlowType};
pub use error::{Error, ErrorBody, NetworkProblem};
pub use event::{FlowEvent, StateEvent};
pub use events::{EventStream, Events, StreamItem};
pub use key_check::{AuthContext, Authentication, Authorization, Organization, Principal, Scope};
pub use login::{LoginStarted, SkillMode, StartLogin};
pub use page::Page;
pub use prompt::{
    Choice, ChoiceType, DiscoveredField, Field, FieldReason, FieldType, InputMode, MfaOption,
    MfaType, Prompt, SignInOption, SsoButton,
};
pub use request::{
    BrowserSettings, Change, ConnectionFilter, CreateConnection, CredentialRef, Export, Otlp,
    OtlpDestination, PageRequest, ProxyChoice, ProxyMode, Switch, TelemetrySettings,
    UpdateConnection,
};
pub use settings::Settings;
pub use stream::{DEFAULT_MAX_EVENT, Decoded, Decoder, RawEvent};
pub use submission::{FieldValues, Submission};
pub use timeline::{TimelineEvent, TimelineKind, TimelineStatus, TimelineStep};
