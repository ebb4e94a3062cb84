//! Lists that come in pages (`kernel-api.md` 1.5).

use std::collections::HashSet;

use jiff::Timestamp;
use reqwest::header::HeaderMap;

use crate::error::Error;

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// The offset of the next page; `None` at the end.
    pub next: Option<u64>,
    /// The time by the server's clock when it answered, to a second, if it said so.
    pub server_time: Option<Timestamp>,
}

/// Reads where the page after the one at `offset` begins.
///
/// The number in the header is absolute and may go backwards. The end is: no more by
/// `X-Has-More`, a next offset of 0 or of the page just read, or no next offset. A page that has
/// more but doesn't say where is an error, not the end.
pub(crate) fn next_offset(
    headers: &HeaderMap,
    offset: u64,
    status: u16,
) -> Result<Option<u64>, Error> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let not_the_api = Error::NotTheApi { status };
    let has_more = text("x-has-more").map(|word| word.eq_ignore_ascii_case("true"));
    if has_more == Some(false) {
        return Ok(None);
    }
    match text("x-next-offset") {
        Some(number) => {
            let next: u64 = number.parse().map_err(|_| not_the_api)?;
            Ok(Some(next).filter(|&next| next != 0 && next != offset))
        }
        None if has_more == Some(true) => Err(not_the_api),
        None => Ok(None),
    }
}

/// A walk over all pages, which notices when it is led in a circle.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    visited: HashSet<u64>,
}

impl Walk {
    /// Notes that the page at `offset` is going to be read.
    pub(crate) fn visit(&mut self, offset: u64) -> Result<(), Error> {
        // Offsets may go backwards, but one that comes twice would come for ever.
        if self.visited.insert(offset) {
            Ok(())
        } else {
            Err(Error::NotTheApi { status: 200 })
        }
    }
}
