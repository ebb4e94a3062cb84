//! What the pages load: from here, never from outside.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::refusal::Refusal;

pub(crate) async fn get(Path(name): Path<String>) -> Result<Response, Refusal> {
    let (kind, text) = match name.as_str() {
        "page.css" => (
            "text/css; charset=utf-8",
            include_str!("../assets/page.css"),
        ),
        "live.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../assets/live.js"),
        ),
        "hostile.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../assets/hostile.js"),
        ),
        "hostile-worker.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../assets/hostile-worker.js"),
        ),
        _ => return Err(Refusal::not_found("No such file")),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
