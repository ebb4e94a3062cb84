//! What is known of an authflow (`authflow-api.md` 3).

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::status::Status;

/// Most factors that are kept: a person has a handful.
const MOST_FACTORS: usize = 50;

/// All that a service tells of one authflow. Any member may be missing: none of them is marked as
/// required, and the schema has changed before (`authflow-api.md` 3.3). What can't be read is
/// absent; the rest is kept.
///
/// Every text is as it came: hostile until it is cleaned for display.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Its id.
    pub id: Option<String>,
    /// What kind of thing it is; always `authflow` so far.
    pub kind: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// How it stands. Not the envelope's status.
    pub status: Option<Status>,
    /// The account it belongs to.
    pub account_id: Option<String>,
    /// The domain it belongs to.
    pub domain_id: Option<String>,
    /// The pool of identities it belongs to.
    pub pool_id: Option<String>,
    /// The device it was seen on.
    pub device_id: Option<String>,
    /// The session it leads to.
    pub session_id: Option<String>,
    /// The plan that decides its steps.
    pub plan_name: Option<String>,
    /// Factors, such as a password. Whether required, offered or passed is not known.
    pub factor_names: Vec<String>,
    /// Where the browser is sent at the end, perhaps.
    pub return_url: Option<ReturnUrl>,
    /// When and where it was seen first.
    pub first_seen: Option<Sighting>,
    /// When and where it was seen last.
    pub last_seen: Option<Sighting>,
}

/// Where the browser is sent at the end, perhaps: no document says it. It may carry codes in its
/// query, so it can't be printed (`authflow-api.md` 4).
#[derive(Clone)]
pub struct ReturnUrl(SecretString);

/// When and on which device an authflow was seen. Personal data: shown on request, never printed.
#[derive(Clone, Default, PartialEq)]
pub struct Sighting {
    /// When.
    pub at: Option<Timestamp>,
    /// From which address.
    pub remote_ip: Option<String>,
    /// By which browser, in its own words.
    pub user_agent: Option<String>,
    /// The number of the network.
    pub asn: Option<u64>,
    /// The town.
    pub city: Option<String>,
    /// The region's code.
    pub region_code: Option<String>,
    /// The country's code, of two letters.
    pub country_code: Option<String>,
    /// The time zone's name.
    pub timezone: Option<String>,
    /// A fingerprint of how the browser speaks TLS.
    pub ja4_fingerprint: Option<String>,
    /// Latitude and longitude in degrees.
    pub lat_long: Option<(f64, f64)>,
}

impl Summary {
    /// Reads the `summary` member of an answer.
    #[must_use]
    pub fn from_json(object: &Map<String, Value>) -> Self {
        let text = |key| text(object, key);
        Self {
            id: text("id"),
            kind: text("type"),
            title: text("title"),
            status: text("status").map(Status::from),
            account_id: text("account_id"),
            domain_id: text("domain_id"),
            pool_id: text("pool_id"),
            device_id: text("device_id"),
            session_id: text("session_id"),
            plan_name: text("plan_name"),
            factor_names: texts(object, "factor_names"),
            return_url: text("return_url").map(ReturnUrl::from),
            first_seen: Sighting::from_json(object.get("first_seen")),
            last_seen: Sighting::from_json(object.get("last_seen")),
        }
    }
}

impl ReturnUrl {
    /// All of it, as it came.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What stands before its query.
    #[must_use]
    pub fn before_query(&self) -> &str {
        self.expose().split(['?', '#']).next().unwrap_or_default()
    }
}

impl From<String> for ReturnUrl {
    fn from(url: String) -> Self {
        Self(SecretString::from(url))
    }
}

impl fmt::Debug for ReturnUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReturnUrl(…)")
    }
}

impl PartialEq for ReturnUrl {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Sighting {
    /// `None` for null, for what is absent, and for what says nothing that can be read.
    fn from_json(value: Option<&Value>) -> Option<Self> {
        let object = value?.as_object()?;
        let text = |key| text(object, key);
        let sighting = Self {
            at: object.get("at").and_then(time),
            remote_ip: text("remote_ip"),
            user_agent: text("user_agent"),
            asn: object.get("asn").and_then(Value::as_u64),
            city: text("city"),
            region_code: text("region_code"),
            country_code: text("country_code"),
            timezone: text("timezone"),
            ja4_fingerprint: text("ja4_fingerprint"),
            lat_long: object.get("lat_long").and_then(place),
        };
        (sighting != Self::default()).then_some(sighting)
    }
}

impl fmt::Debug for Sighting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sighting")
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = object.get(key)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn texts(object: &Map<String, Value>, key: &str) -> Vec<String> {
    let entries = object.get(key).and_then(Value::as_array);
    let texts = entries.into_iter().flatten().filter_map(Value::as_str);
    texts.take(MOST_FACTORS).map(str::to_owned).collect()
}

/// A Unix time in seconds, which may have a fraction (`authflow-api.md` 3.1).
fn time(value: &Value) -> Option<Timestamp> {
    if let Some(seconds) = value.as_i64() {
        return Timestamp::from_second(seconds).ok();
    }
    let seconds = value.as_f64()?;
    let duration = jiff::SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::from_duration(duration).ok()
}

fn place(value: &Value) -> Option<(f64, f64)> {
    match value.as_array()?.as_slice() {
        [latitude, longitude] => Some((latitude.as_f64()?, longitude.as_f64()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_address_is_whole_inside_and_can_not_be_printed() {
        let address = ReturnUrl::from("https://app.example/cb?code=s3cret".to_owned());
        assert_eq!(address.expose(), "https://app.example/cb?code=s3cret");
        assert_eq!(address.before_query(), "https://app.example/cb");
        let fragment = ReturnUrl::from("https://app.example/cb#s3cret".to_owned());
        assert_eq!(fragment.before_query(), "https://app.example/cb");
        assert!(address == address.clone() && address != fragment);
        let summary = Summary {
            return_url: Some(address),
            ..Summary::default()
        };
        let printed = format!("{summary:?}");
        assert!(printed.contains("ReturnUrl(…)"), "{printed}");
        assert!(!printed.contains("s3cret"), "{printed}");
    }

    #[test]
    fn what_is_known_of_a_person_is_not_printed() {
        let seen = Sighting {
            remote_ip: Some("192.0.2.7".to_owned()),
            city: Some("Delft".to_owned()),
            ..Sighting::default()
        };
        let printed = format!("{seen:?}");
        assert!(printed.starts_with("Sighting"), "{printed}");
        assert!(!printed.contains("192.0.2.7") && !printed.contains("Delft"));
    }
}
