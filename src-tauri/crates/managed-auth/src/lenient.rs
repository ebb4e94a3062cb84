//! Reading what may be missing, null, or not as described, without losing the rest.
//!
//! A connection that can't be decoded is a dead end for a person. So where the service may err in
//! one place, only that place is lost.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// Reads a time, and takes one that is no RFC 3339 time as absent: a flow whose expiry can't be
/// read counts as live (`kernel-api.md` 4.3).
pub(crate) fn time<'de, D>(deserializer: D) -> Result<Option<Timestamp>, D::Error>
where
    D: Deserializer<'de>,
{
    let value = Option::<Value>::deserialize(deserializer)?;
    Ok(value
        .as_ref()
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok()))
}

/// Reads a list and leaves out the entries that can't be read, such as a choice without an id,
/// which nobody could choose.
///
/// A list of which nothing is left counts as absent: an empty one would hide the legacy data
/// (`kernel-api.md` 5.1), which may still be readable.
pub(crate) fn list<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let Some(Value::Array(entries)) = Option::<Value>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let was_empty = entries.is_empty();
    let readable: Vec<T> = entries
        .into_iter()
        .filter_map(|entry| serde_json::from_value(entry).ok())
        .collect();
    Ok(Some(readable).filter(|readable| was_empty || !readable.is_empty()))
}

/// Reads a value, and takes null for the default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
