//! What is asked of the service about connections.
//!
//! The service refuses keys that it does not know (`kernel-api.md` 0.2), so these types hold
//! what the contract lists and nothing else, and a member that is not set is not sent.

mod browser;
mod change;
mod create;
mod list;
mod telemetry;
mod update;

pub use browser::{BrowserSettings, ProxyChoice, ProxyMode};
pub use change::Change;
pub use create::{CreateConnection, CredentialRef};
pub use list::{ConnectionFilter, PageRequest};
pub use telemetry::{Export, Otlp, OtlpDestination, Switch, TelemetrySettings};
pub use update::UpdateConnection;
