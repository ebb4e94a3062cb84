//! Kernel's Managed Auth API, typed: requests, the event stream, errors.
//!
//! The contract is Kernel's own; comments name the part of it that a rule comes from. This crate
//! knows every quirk of the wire and nothing of when to reconnect or what a screen is.
//!
//! ```no_run
//! # async fn example() -> Result<(), managed_auth::Error> {
//! use futures_util::StreamExt;
//! use managed_auth::{ApiBase, Client, Events, FlowEvent, Settings, StreamItem};
//!
//! let api: ApiBase = "https://api.onkernel.com".parse().expect("a valid address");
//! let access = Client::exchange(api.clone(), "ma_1", &"code".into(), Settings::default()).await?;
//! let client = Client::new(api, &access, Settings::default())?;
//! println!("{:?}", client.get("ma_1").await?.value.flow_step);
//! if let Events::Open(mut stream) = client.events("ma_1").await? {
//!     while let Some(item) = stream.next().await {
//!         if let StreamItem::Event(FlowEvent::State(state)) = item? {
//!             println!("{:?}", state.flow_step);
//!         }
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod access;
mod client;
mod connection;
mod error;
mod event;
mod events;
mod key_check;
mod lenient;
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
pub use client::{Client, Read};
pub use connection::{Connection, ConnectionStatus, FlowStatus, FlowStep, FlowType};
pub use error::{Error, ErrorBody};
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
// What a client is made with and what it fails with, so that its users need one name for it.
pub use wire::{
    ApiBase, ApiBaseError, Call, ClockError, Journal, NetworkProblem, Outcome, Proxy, ProxyAddress,
    ProxyAddressError, ProxyProblem, RequestId, TlsProblem,
};
