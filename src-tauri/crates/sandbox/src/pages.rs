//! Pages that behave badly: the hosted page or the live view of one connection, by hook.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tokio::time::sleep;

use crate::{body::read, hostile, refusal::Refusal, world::Shared};

/// How long a slow page takes.
const SLOW: Duration = Duration::from_secs(3);

/// How a page behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Manner {
    #[default]
    Normal,
    /// It tries whatever a page can try, and reports how far it came.
    Hostile,
    /// Its address is at a host that nobody has heard of.
    Foreign,
    /// It comes, but late.
    Slow,
    /// It takes the connection, and never answers.
    Never,
    /// It was there once.
    Gone,
}

/// How the pages of a connection behave.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pages {
    pub(crate) live_view: Manner,
    pub(crate) hosted_page: Manner,
}

/// The body of the hook; what is not named stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    live_view: Option<Manner>,
    hosted_page: Option<Manner>,
}

/// Changes the manners, and tells the addresses anew, as they may be others now.
pub(crate) async fn change(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let change: Change = read(&body)?;
    let mut world = shared.world();
    let connection = world.connection_mut(&id)?;
    let pages = &mut connection.pages;
    pages.live_view = change.live_view.unwrap_or(pages.live_view);
    pages.hosted_page = change.hosted_page.unwrap_or(pages.hosted_page);
    if connection.live_flow().is_some() {
        connection.publish();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What comes in place of the page of a connection; none if it is the page after all.
pub(crate) async fn instead(shared: &Shared, manner: Manner, connection: &str) -> Option<Response> {
    match manner {
        Manner::Normal | Manner::Foreign => None,
        Manner::Hostile => Some(hostile::page(shared, connection)),
        Manner::Slow => {
            tokio::select! {
                () = sleep(SLOW) => {}
                () = shared.stopped() => {}
            }
            None
        }
        Manner::Never => {
            shared.stopped().await;
            Some(StatusCode::SERVICE_UNAVAILABLE.into_response())
        }
        Manner::Gone => Some(hostile::gone(shared)),
    }
}
