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

    /// The answer with this part of `all`, each as `told`. It looks no further than it must, and
    /// tells nothing that is on another page.
    pub(crate) fn page<T, U: Serialize>(
        self,
        all: impl Iterator<Item = T>,
        told: impl Fn(T) -> U,
    ) -> Response {
        let mut rest = all.skip(self.offset);
        let part: Vec<U> = rest.by_ref().take(self.limit).map(told).collect();
        let more = rest.next().is_some();
        // The next offset is absolute, and 0 stands for the end.
        let next = if more {
            self.offset.saturating_add(self.limit)
        } else {
            0
        };
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
