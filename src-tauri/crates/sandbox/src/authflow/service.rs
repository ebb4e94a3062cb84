//! The handlers of the authflow service and of its hooks.

use std::time::Duration;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{
    AUTHFLOW_TOKEN, Authflows, id,
    play::{Broken, Play, bend, error, status_of},
};
use crate::{body::read, refusal::Refusal};

/// The time in the ids of what is there from the beginning: the documentation's.
const MADE: Timestamp = Timestamp::constant(1_234_567_890, 0);
const SLOW: Duration = Duration::from_secs(30);
const PAGE: &str = "<!doctype html><title>Sign in</title><h1>Welcome to the network</h1>";
const BROWSER: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, \
                       like Gecko) Chrome/91.0.4472.114 Safari/537.36";

/// `GET /api/v1/authflow/{authflow_id}`
pub(super) async fn fetch(
    State(authflows): State<Authflows>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(code) = authflows.admit(&headers) {
        return refused(code);
    }
    if !id::is_one(&id) {
        return refused("invalid_value");
    }
    let Some((play, known)) = authflows.ask(&id) else {
        return refused("not_found");
    };
    match &play {
        Play::Error(code) => refused(code),
        Play::Broken(Broken::Slow) => {
            sleep(SLOW).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
        Play::Broken(broken) => answer_broken(*broken, &id),
        Play::Status(_) | Play::Moves(_) | Play::Odd(_) => {
            let status = play.status_after(known, authflows.0.pace);
            let mut summary = summary(&id, status);
            if let Play::Odd(odd) = play {
                bend(&mut summary, odd);
            }
            Json(json!({"status": "success", "summary": summary})).into_response()
        }
    }
}

/// `GET /sandbox/authflows`: what there is from the beginning.
pub(super) async fn list() -> Json<Value> {
    let all =
        Play::all().map(|(name, what)| json!({"id": id_of(&name), "plays": name, "what": what}));
    Json(all.collect())
}

/// The body of `POST /sandbox/authflows/{id}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    plays: String,
}

/// `POST /sandbox/authflows/{id}`: from now on this id plays this.
pub(super) async fn play(
    State(authflows): State<Authflows>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let told: Told = read(&body)?;
    if !id::is_one(&id) {
        return Err(Refusal::invalid("this is no id of an authflow"));
    }
    let mut world = authflows.world();
    world.first_asked.remove(&id);
    world.played.insert(id, Play::named(&told.plays));
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /sandbox/authflows/{id}`: how often it was asked for.
pub(super) async fn asked(
    State(authflows): State<Authflows>,
    Path(id): Path<String>,
) -> Json<Value> {
    let asked = authflows
        .world()
        .asked
        .get(&id)
        .copied()
        .unwrap_or_default();
    Json(json!({"asked": asked}))
}

/// The body of `POST /sandbox/authflows/token`; what is not named is as it was at the start.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    header: Option<String>,
    #[serde(default = "yes")]
    accepted: bool,
}

fn yes() -> bool {
    true
}

/// `POST /sandbox/authflows/token`: how the token has to come, and whether it is accepted.
pub(super) async fn token(
    State(authflows): State<Authflows>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let token: Token = read(&body)?;
    let mut world = authflows.world();
    world.header = token.header;
    world.refuses_token = !token.accepted;
    Ok(StatusCode::NO_CONTENT)
}

impl Authflows {
    /// Lets the token pass, else says the code of the refusal.
    fn admit(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        let world = self.world();
        let sent = match &world.header {
            Some(name) => headers
                .get(name.as_str())
                .and_then(|value| value.to_str().ok()),
            None => crate::caller::bearer(headers),
        };
        match sent {
            Some(AUTHFLOW_TOKEN) if !world.refuses_token => Ok(()),
            Some(_) => Err("bad_authtoken"),
            None => Err("not_authenticated"),
        }
    }

    /// What this id plays, if there is such an authflow, and how long it has been asked for.
    fn ask(&self, id: &str) -> Option<(Play, Duration)> {
        let mut world = self.world();
        *world.asked.entry(id.to_owned()).or_default() += 1;
        let play = world.played.get(id).cloned().or_else(|| {
            let mut all = Play::all();
            let (name, _) = all.find(|(name, _)| id_of(name) == id)?;
            Some(Play::named(&name))
        })?;
        let first = *world
            .first_asked
            .entry(id.to_owned())
            .or_insert_with(Instant::now);
        Some((play, first.elapsed()))
    }
}

pub(super) fn id_of(name: &str) -> String {
    id::of("authflow", name, MADE)
}

fn refused(code: &str) -> Response {
    (status_of(code), Json(error(code))).into_response()
}

fn summary(id: &str, status: &str) -> Value {
    let other = |kind| id::of(kind, id, MADE);
    let seen = |ago: i64| {
        json!({
            "at": Timestamp::now().as_second() - ago,
            "remote_ip": "127.0.0.1",
            "user_agent": BROWSER,
        })
    };
    let last_seen = if status == "new" {
        Value::Null
    } else {
        seen(5)
    };
    json!({
        "type": "authflow",
        "id": id,
        "title": "Sign in to Example",
        "status": status,
        "account_id": other("account"),
        "domain_id": other("domain"),
        "pool_id": other("pool"),
        "device_id": other("device"),
        "session_id": other("session"),
        "plan_name": "basic",
        "factor_names": ["username", "password"],
        "return_url": "https://app.example.com/callback?code=c0de-of-the-return&state=st4te",
        "first_seen": seen(90),
        "last_seen": last_seen,
    })
}

fn answer_broken(broken: Broken, id: &str) -> Response {
    let json = |body: &'static str| ([(header::CONTENT_TYPE, "application/json")], body);
    match broken {
        Broken::Page => Html(PAGE).into_response(),
        Broken::BadGateway => (StatusCode::BAD_GATEWAY, Html(PAGE)).into_response(),
        Broken::HalfJson => {
            json(r#"{"status":"success","summary":{"status":"comp"#).into_response()
        }
        Broken::OtherShape => json(r#"{"ok":true,"flow":{"state":"complete"}}"#).into_response(),
        Broken::InnerError => {
            Json(json!({"status": "success", "summary": summary(id, "error")})).into_response()
        }
        Broken::OuterError => {
            let mut both = error("not_permitted");
            both["summary"] = summary(id, "complete");
            Json(both).into_response()
        }
        Broken::StatusOfTheFlow => {
            Json(json!({"status": "complete", "summary": summary(id, "pending")})).into_response()
        }
        Broken::Quoting => {
            let message = format!("The token {AUTHFLOW_TOKEN} may not see this");
            let quoting = json!({"status": "error", "code": "not_permitted", "message": message});
            (StatusCode::FORBIDDEN, Json(quoting)).into_response()
        }
        Broken::Empty => StatusCode::OK.into_response(),
        Broken::TooMany => {
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "2")]).into_response()
        }
        Broken::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Broken::Redirect => {
            let there = [(
                header::LOCATION,
                "https://elsewhere.invalid/api/v1/authflow",
            )];
            (StatusCode::TEMPORARY_REDIRECT, there).into_response()
        }
        // Answered by the caller, as it takes its time.
        Broken::Slow => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}
