//! The paths of the API.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;

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

/// What a call is for, in a word or two that can stand in a report: a path holds an id.
pub(crate) fn name(method: &Method, path: &str) -> &'static str {
    if path == CONTEXT {
        return "check the key";
    }
    let rest = path.strip_prefix(CONNECTIONS).unwrap_or_default();
    let mut parts = rest.split('/').skip(1);
    match (parts.next(), parts.next(), method.as_str()) {
        (None, _, "POST") => "create",
        (None, ..) => "list",
        (Some(_), None, "PATCH") => "change",
        (Some(_), None, "DELETE") => "delete",
        (Some(_), None, _) => "read",
        (Some(_), Some("events"), _) => "events",
        (Some(_), Some("exchange"), _) => "exchange",
        (Some(_), Some("login"), _) => "login",
        (Some(_), Some("submit"), _) => "submit",
        (Some(_), Some("timeline"), _) => "timeline",
        (Some(_), Some(_), _) => "call",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_has_a_name_without_an_id() {
        let of = |tail| connection("ma_1", tail).expect("a path");
        for (method, path, expected) in [
            (Method::GET, CONTEXT.to_owned(), "check the key"),
            (Method::GET, CONNECTIONS.to_owned(), "list"),
            (Method::POST, CONNECTIONS.to_owned(), "create"),
            (Method::GET, of(""), "read"),
            (Method::PATCH, of(""), "change"),
            (Method::DELETE, of(""), "delete"),
            (Method::GET, of("/events"), "events"),
            (Method::POST, of("/exchange"), "exchange"),
            (Method::POST, of("/login"), "login"),
            (Method::POST, of("/submit"), "submit"),
            (Method::GET, of("/timeline"), "timeline"),
            (Method::GET, of("/new"), "call"),
        ] {
            assert_eq!(name(&method, &path), expected, "{method} {path}");
        }
    }
}
