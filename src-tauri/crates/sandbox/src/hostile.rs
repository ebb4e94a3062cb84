//! A page that tries to get out of wherever it is shown, and what it reports. It is served without
//! any policy of its own, so that what stops it is whoever shows it.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    html::{Page, escape},
    refusal::Refusal,
    world::{Shared, World},
};

/// As many reports of one page as are kept.
const MOST: usize = 2000;
/// As many characters as are kept of each part of a report.
const LENGTH: usize = 300;

/// What came of one try.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Report {
    #[serde(rename = "try")]
    name: String,
    outcome: String,
}

/// Which try fetches the file.
#[derive(Debug, Deserialize)]
pub(crate) struct Fetch {
    #[serde(rename = "try")]
    name: Option<String>,
}

pub(crate) fn page(shared: &Shared, connection: &str) -> Response {
    let reports = format!("{}/sandbox/hostile/{connection}", shared.origin());
    let markup = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Hostile page</title>\n\
         <body data-reports=\"{}\">\n<h1>Hostile page</h1>\n\
         <p id=\"bait\">hostile-was-here</p>\n<button>Press anywhere</button>\n\
         <button id=\"paste\">Read the clipboard</button>\n\
         <script src=\"/sandbox/assets/hostile.js\"></script>\n</body>\n</html>\n",
        escape(&reports)
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, markup).into_response()
}

pub(crate) fn gone(shared: &Shared) -> Response {
    Page {
        status: StatusCode::GONE,
        title: "Gone",
        main: "<p class=\"over\">This page is gone.</p>",
        body: "class=\"live\"",
        refresh: None,
        script: false,
        origin: &shared.origin(),
    }
    .respond()
}

/// Takes a report. With 204, so that a window that is led here stays where it is.
pub(crate) async fn report(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(report): Query<Report>,
) -> Result<StatusCode, Refusal> {
    note(&mut shared.world(), id, report)?;
    Ok(StatusCode::NO_CONTENT)
}

/// All reports, oldest first.
pub(crate) async fn reports(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Json<Vec<Report>> {
    let world = shared.world();
    Json(world.reports.get(&id).cloned().unwrap_or_default())
}

pub(crate) async fn forget(State(shared): State<Shared>, Path(id): Path<String>) -> StatusCode {
    shared.world().reports.remove(&id);
    StatusCode::NO_CONTENT
}

/// A file to save. That it was fetched is reported; whether it was saved, the disk tells.
pub(crate) async fn file(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(fetch): Query<Fetch>,
) -> Result<Response, Refusal> {
    let report = Report {
        name: fetch.name.unwrap_or_else(|| "file".to_owned()),
        outcome: "fetched".to_owned(),
    };
    note(&mut shared.world(), id, report)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"hostile-was-here.txt\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, "hostile-was-here\n").into_response())
}

fn note(world: &mut World, id: String, report: Report) -> Result<(), Refusal> {
    world.connection(&id)?;
    let reports = world.reports.entry(id).or_default();
    if reports.len() < MOST {
        let cut = |text: String| text.chars().take(LENGTH).collect();
        reports.push(Report {
            name: cut(report.name),
            outcome: cut(report.outcome),
        });
    }
    Ok(())
}
