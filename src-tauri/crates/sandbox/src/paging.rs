//! Paging of the lists (kernel-api.md 1.5).

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::refusal::Refusal;

const DEFAULT_LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    limit: usize,
    offset: usize,
}

impl Window {
    /// From the query's members, as sent.
    pub(crate) fn new(limit: Option<&str>, offset: Option<&str>) -> Result<Self, Refusal> {
        let limit = number("limit", limit, DEFAULT_LIMIT)?;
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Refusal::invalid(format!(
                "limit must be from 1 to {MAX_LIMIT}"
            )));
        }
        Ok(Self {
            limit,
            offset: number("offset", offset, 0)?,
        })
    }

    /// The answer with this part of `all`.
    pub(crate) fn page<T: Serialize>(self, all: Vec<T>) -> Response {
        let end = self.offset.saturating_add(self.limit);
        let more = all.len() > end;
        // The next offset is absolute, and 0 stands for the end.
        let next = if more { end } else { 0 };
        let part: Vec<T> = all.into_iter().skip(self.offset).take(self.limit).collect();
        let headers = [
            ("x-has-more", more.to_string()),
            ("x-next-offset", next.to_string()),
        ];
        (headers, Json(part)).into_response()
    }
}

fn number(key: &str, text: Option<&str>, default: usize) -> Result<usize, Refusal> {
    text.map_or(Ok(default), |text| {
        text.parse()
            .map_err(|_| Refusal::invalid(format!("{key} must be a whole number")))
    })
}
