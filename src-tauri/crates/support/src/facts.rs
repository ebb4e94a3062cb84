//! What is known of one connection, ready to be shown.

use std::time::Duration;

use jiff::Timestamp;
use login_flow::Text;
use managed_auth::{Connection, ConnectionStatus};
use secrecy::ExposeSecret;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::{draft::ConnectionDraft, list::Standing, reauth::ReauthReason};

/// The longest address that is shown, in characters.
const LONGEST_ADDRESS: usize = 300;

/// What is known of one connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Facts {
    /// Its id.
    pub id: Text,
    /// The site.
    pub domain: Text,
    /// The browser profile.
    pub profile: Text,
    /// Whether the profile was last known to be logged in.
    pub standing: Standing,
    /// Where the login starts.
    pub login_url: Option<Text>,
    /// Where the browser landed after a login, without what follows `?` or `#`: that may be
    /// private (`kernel-api.md` 4.1).
    pub landed_at: Option<Text>,
    /// Where credentials may be typed besides the site; empty means anywhere, null not known.
    pub allowed_domains: Option<Vec<Text>>,
    /// The stored credential it uses.
    pub credential: Option<CredentialFact>,
    /// Whether what is typed is kept for the next login.
    pub saves_credentials: Option<bool>,
    /// Whether the remote browser is recorded.
    pub records_session: Option<bool>,
    /// The checks whether it is still logged in.
    pub health: HealthFacts,
    /// Whether Kernel logs in again by itself.
    pub renewal: RenewalFacts,
    /// From which address sites see the remote browser come.
    pub proxy: Option<ProxyFact>,
    /// Where the remote browser runs.
    pub region: Option<Text>,
    /// Whether the remote browser hides that it is automated.
    pub stealth: Option<bool>,
    /// Whether telemetry of the remote browser is recorded.
    pub telemetry: Option<bool>,
    /// The latest remote browser.
    pub browser_session: Option<Text>,
    /// The settings as a form holds them, to begin a change with.
    pub draft: ConnectionDraft,
}

/// The checks whether a profile is still logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HealthFacts {
    /// Whether there are any.
    pub on: Option<bool>,
    /// Seconds between them.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub every_s: Option<u64>,
    /// When the latest was, whatever it found.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub last_at: Option<Timestamp>,
    /// About when the next is due.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub next_at: Option<Timestamp>,
    /// Kernel's word for why the checks can prove nothing.
    pub blind: Option<Text>,
}

/// Whether Kernel logs in again by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RenewalFacts {
    /// Whether it may.
    pub allowed: Option<bool>,
    /// Whether it could try. Not a forecast.
    pub able: Option<bool>,
    /// Why.
    pub reason: Option<ReauthReason>,
}

/// The stored credential a connection uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CredentialFact {
    /// One that Kernel keeps.
    Kernel {
        /// Its name.
        name: Text,
    },
    /// An item of an external provider.
    Item {
        /// The provider.
        provider: Text,
        /// The item.
        path: Text,
    },
    /// Whatever an external provider has for the site.
    Search {
        /// The provider.
        provider: Text,
    },
    /// A provider without an item and without leave to search: it does nothing
    /// (`kernel-api.md` 3.1).
    Inert {
        /// The provider.
        provider: Text,
    },
}

/// From which address sites see a remote browser come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProxyFact {
    /// A proxy, by its id.
    Id {
        /// The id.
        id: Text,
    },
    /// A proxy, by its name.
    Name {
        /// The name.
        name: Text,
    },
    /// None.
    Direct,
    /// Kernel's own if stealth is on, else none.
    Default,
}

impl Facts {
    /// Reads what a connection says of itself.
    #[must_use]
    pub fn of(connection: &Connection) -> Self {
        let browser = connection.browser.as_ref();
        Self {
            id: Text::or_dash(&connection.id),
            domain: named(connection.domain.as_deref()),
            profile: named(connection.profile_name.as_deref()),
            standing: Standing::of(connection.status.as_ref()),
            login_url: connection.login_url.as_deref().and_then(address),
            landed_at: connection
                .post_login_url
                .as_ref()
                .and_then(|url| without_query(url.expose_secret())),
            allowed_domains: connection.allowed_domains.as_ref().map(|domains| {
                // One that can't be shown still restricts, so it keeps its place.
                domains.iter().map(|domain| Text::or_dash(domain)).collect()
            }),
            credential: connection.credential.as_ref().and_then(credential),
            saves_credentials: connection.save_credentials,
            records_session: connection.record_session,
            health: health(connection),
            renewal: RenewalFacts {
                allowed: connection.auto_reauth,
                able: connection.can_reauth,
                reason: connection
                    .can_reauth_reason
                    .as_deref()
                    .and_then(ReauthReason::read),
            },
            proxy: browser
                .and_then(|browser| browser.get("proxy"))
                .and_then(proxy),
            region: browser
                .and_then(|browser| browser.get("region"))
                .and_then(Value::as_str)
                .and_then(|region| Text::bounded(region, 60)),
            stealth: browser
                .and_then(|browser| browser.get("stealth"))
                .and_then(Value::as_bool),
            telemetry: browser
                .and_then(|browser| browser.pointer("/telemetry/enabled"))
                .and_then(Value::as_bool),
            browser_session: connection
                .browser_session_id
                .as_deref()
                .and_then(|id| Text::bounded(id, 120)),
            draft: ConnectionDraft::of(connection),
        }
    }
}

impl Standing {
    /// Reads Kernel's word.
    #[must_use]
    pub fn of(status: Option<&ConnectionStatus>) -> Self {
        match status {
            Some(ConnectionStatus::Authenticated) => Self::LoggedIn,
            Some(ConnectionStatus::NeedsAuth) => Self::NeedsLogin,
            Some(ConnectionStatus::Unknown(word)) => Self::Unknown(Text::bounded(word, 60)),
            None => Self::Unknown(None),
        }
    }
}

fn named(name: Option<&str>) -> Text {
    Text::or_dash(name.unwrap_or_default())
}

fn address(address: &str) -> Option<Text> {
    Text::bounded(address, LONGEST_ADDRESS)
}

fn without_query(address: &str) -> Option<Text> {
    let mut url = Url::parse(address).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    // A name and a password in an address are secrets, and an address that can't lose them is
    // not shown.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Text::bounded(url.as_str(), LONGEST_ADDRESS)
}

fn credential(credential: &Value) -> Option<CredentialFact> {
    // A name that can't be shown is still one.
    let text = |key: &str| {
        credential
            .get(key)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(Text::or_dash)
    };
    let searches = credential.get("auto").and_then(Value::as_bool) == Some(true);
    match (text("name"), text("provider"), text("path")) {
        (Some(name), None, _) => Some(CredentialFact::Kernel { name }),
        (_, Some(provider), Some(path)) => Some(CredentialFact::Item { provider, path }),
        (_, Some(provider), None) if searches => Some(CredentialFact::Search { provider }),
        (_, Some(provider), None) => Some(CredentialFact::Inert { provider }),
        (None, None, _) => None,
    }
}

fn proxy(proxy: &Value) -> Option<ProxyFact> {
    let text = |key: &str| {
        proxy
            .get(key)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(Text::or_dash)
    };
    let mode = proxy.get("mode").and_then(Value::as_str);
    match (text("id"), text("name"), mode) {
        (Some(id), _, _) => Some(ProxyFact::Id { id }),
        (None, Some(name), _) => Some(ProxyFact::Name { name }),
        (None, None, Some("direct")) => Some(ProxyFact::Direct),
        (None, None, Some("default")) => Some(ProxyFact::Default),
        (None, None, _) => None,
    }
}

fn health(connection: &Connection) -> HealthFacts {
    let next_at = connection
        .last_auth_check_at
        .zip(connection.health_check_interval)
        .filter(|_| connection.health_checks != Some(false))
        .and_then(|(last, every)| last.checked_add(Duration::from_secs(every)).ok());
    HealthFacts {
        on: connection.health_checks,
        every_s: connection.health_check_interval,
        last_at: connection.last_auth_check_at,
        next_at,
        blind: connection
            .health_check_unavailable_reason
            .as_deref()
            .and_then(|word| Text::bounded(word, 60)),
    }
}
