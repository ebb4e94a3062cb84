//! The paths of the API.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// All but the characters that RFC 3986 calls unreserved, so that an id stays one segment.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// All connections.
pub(crate) const CONNECTIONS: &str = "/auth/connections";

/// The check of a credential.
pub(crate) const CONTEXT: &str = "/auth/context";

/// The path of one connection, followed by `tail`, which is empty or begins with a slash.
///
/// An empty id and the dot segments would lead to another path, so they are refused
/// (`kernel-api.md` 1.1).
pub(crate) fn connection(id: &str, tail: &str) -> Result<String, Error> {
    match id {
        "" => Err(Error::Impossible("a connection has to be named")),
        "." | ".." => Err(Error::Impossible("this is not a connection's id")),
        _ => Ok(format!(
            "{CONNECTIONS}/{}{tail}",
            utf8_percent_encode(id, RESERVED)
        )),
    }
}
