//! An answer of the service, told apart from what it tells of (`authflow-api.md` 3).

use std::time::Duration;

use serde_json::Value;

use crate::{
    error::{Code, Error},
    summary::Summary,
};

/// The most characters of a code and of a message that are kept.
const LONGEST_CODE: usize = 100;
const LONGEST_MESSAGE: usize = 1000;

/// Reads an answer: by its own words first, then by its HTTP status (`authflow-api.md` 3.2).
///
/// There are two members called `status`: the envelope's, which says whether the question was
/// answered, and the authflow's inside the summary. The envelope's decides what this is; without
/// a word of its own that is known here, the shape does.
pub fn read(status: u16, body: &[u8], retry_after: Option<Duration>) -> Result<Summary, Error> {
    let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let word = json.get("status").and_then(Value::as_str);
    let summary = json.get("summary").and_then(Value::as_object);
    let code = json.get("code").and_then(Value::as_str);
    match (word, summary, code) {
        (Some("error"), _, code) => Err(refused(code, &json, status, retry_after)),
        (Some("success"), Some(summary), _) if is_success(status) => {
            Ok(Summary::from_json(summary))
        }
        // Neither envelope: what a proxy in between, or another service, says.
        _ if is_page(body) => Err(of_a_page(status, retry_after)),
        _ => Err(by_status(status, retry_after)),
    }
}

fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// A page is written by a web server or a proxy, which know nothing of tokens.
fn of_a_page(status: u16, retry_after: Option<Duration>) -> Error {
    match by_status(status, retry_after) {
        Error::Refused { status, .. } => Error::NotTheApi { status },
        other => other,
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// An error envelope, whatever HTTP status it came with.
fn refused(code: Option<&str>, json: &Value, status: u16, retry_after: Option<Duration>) -> Error {
    let message = json.get("message").and_then(Value::as_str);
    Error::Refused {
        code: Code::from(shortened(code.unwrap_or_default(), LONGEST_CODE).as_str()),
        message: message
            .filter(|message| !message.trim().is_empty())
            .map(|message| shortened(message, LONGEST_MESSAGE)),
        status,
        retry_after,
    }
}

fn by_status(status: u16, retry_after: Option<Duration>) -> Error {
    let refused = |code| Error::Refused {
        code,
        message: None,
        status,
        retry_after,
    };
    match status {
        401 => refused(Code::BadAuthtoken),
        403 => refused(Code::NotPermitted),
        300..=399 => Error::Redirected { status },
        429 => Error::RateLimited { retry_after },
        500.. => Error::ServiceTrouble {
            status,
            retry_after,
        },
        // A 404 without an envelope is some web server's: nobody asked Prefactor's API.
        _ => Error::NotTheApi { status },
    }
}

fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
