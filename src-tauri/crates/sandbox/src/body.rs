//! Reading what was sent.

use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// The JSON of a body. The content type is not looked at, as it says nothing that the body doesn't.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::invalid(error.to_string()))
}
