//! How a request is refused: a status and the error body of kernel-api.md 1.2.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// An error answer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    existing_id: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Detail {
    code: &'static str,
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: Vec::new(),
            existing_id: None,
        }
    }

    pub(crate) fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// A body or query that breaks the rules; `why` says which.
    pub(crate) fn invalid(why: impl Into<String>) -> Self {
        let why = why.into();
        let mut refusal = Self::bad_request("bad_request", format!("Invalid request: {why}"));
        refusal.details.push(Detail {
            code: "invalid_input",
            message: why,
        });
        refusal
    }

    /// An answer that is well-formed but does not fit the question.
    pub(crate) fn unprocessable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_input", message)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "Invalid or missing credentials",
        )
    }

    pub(crate) fn forbidden() -> Self {
        let message = "This token does not permit this call";
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    pub(crate) fn not_found(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    pub(crate) fn no_connection() -> Self {
        Self::not_found("Auth connection not found")
    }

    pub(crate) fn gone(message: &str) -> Self {
        Self::new(StatusCode::GONE, "gone", message)
    }

    pub(crate) fn conflict(code: &'static str, message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// The pair of profile and domain is taken; the id says by which connection.
    pub(crate) fn already_exists(existing: &str) -> Self {
        let message = "An auth connection for this domain and profile already exists";
        let mut refusal = Self::conflict("already_exists", message);
        refusal.existing_id = Some(existing.to_owned());
        refusal
    }

    /// What a person is told on a page.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}
