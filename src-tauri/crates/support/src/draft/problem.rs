//! What is wrong with a draft, and where.

use login_flow::Text;
use serde::Serialize;

/// What is wrong with a draft, at one of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DraftProblem {
    /// The field.
    pub field: DraftField,
    /// What is wrong.
    pub problem: ProblemKind,
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DraftField {
    /// The site.
    Domain,
    /// The browser profile.
    Profile,
    /// Where the login starts.
    LoginUrl,
    /// Where credentials may be typed.
    AllowedDomains,
    /// The stored credential.
    Credential,
    /// Whether Kernel may log in again by itself.
    AutoReauth,
    /// Seconds between checks.
    HealthCheckInterval,
    /// The proxy.
    Proxy,
    /// The region.
    Region,
    /// Telemetry.
    Telemetry,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// It has to be filled in.
    Missing,
    /// It is longer than any real one.
    TooLong,
    /// It is no host name, like `netflix.com`.
    NotAHost {
        /// What is none.
        text: Text,
    },
    /// It is no web address that begins with `https://` or `http://`.
    NotAnAddress,
    /// It is no whole number between these, both included.
    OutOfRange {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Telemetry is off, so categories can't be chosen.
    CategoriesWhileOff,
    /// Kernel can keep nothing only if it is sent elsewhere.
    NeitherKeptNorSent,
}
