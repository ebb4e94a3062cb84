//! The hosted page: the same flow, completed in a browser without any client (kernel-api.md 10).

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tokio::time::Instant;
use url::Url;

use crate::{
    answer::Given,
    connection::Connection,
    flow::Flow,
    html::{Page, escape},
    pages::instead,
    random,
    refusal::Refusal,
    scenario::{Choice, Field, Status, Step},
    world::{Shared, World},
};

const COOKIE: &str = "hosted_session";

/// Somebody's visit to the page, begun by spending a code.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    connection: String,
    flow: String,
    success_url: Option<String>,
    error_url: Option<String>,
}

/// The query of the address that is handed out.
#[derive(Debug, Deserialize)]
pub(crate) struct Entrance {
    code: Option<String>,
    success_url: Option<String>,
    error_url: Option<String>,
}

/// Spends the code on the first visit, and shows what the flow asks on all later ones.
pub(crate) async fn open(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(entrance): Query<Entrance>,
    headers: HeaderMap,
) -> Response {
    let manner = shared
        .world()
        .connection(&id)
        .map(|it| it.pages.hosted_page);
    if let Some(other) = instead(&shared, manner.unwrap_or_default(), &id).await {
        return other;
    }
    let mut world = shared.world();
    let visit = visit(&world, &headers, &id);
    match (visit, &entrance.code) {
        (Some(visit), None) => show(&shared, &world, &visit, None),
        // A reload of the link by the one who opened it first.
        (Some(_), Some(code)) if world.codes.get(code).is_some_and(|it| it.used) => clean(&id),
        (_, Some(code)) => match world.spend(&id, code) {
            Ok(()) => enter(&mut world, &id, &entrance),
            Err(refusal) => refuse(&shared, &refusal),
        },
        (None, None) => refuse(&shared, &Refusal::unauthorized()),
    }
}

/// Takes what was typed or clicked. The answer is the page itself rather than a redirect to it:
/// a redirect after a form would make the policy forbid `success_url` with another scheme.
pub(crate) async fn answer(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut world = shared.world();
    let Some(visit) = visit(&world, &headers, &id) else {
        return refuse(&shared, &Refusal::unauthorized());
    };
    let complaint = submit(&mut world, &visit, &body).err();
    show(&shared, &world, &visit, complaint.as_ref())
}

fn visit(world: &World, headers: &HeaderMap, id: &str) -> Option<Visit> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let session = cookies
        .split("; ")
        .find_map(|it| it.strip_prefix(COOKIE)?.strip_prefix('='))?;
    world
        .visits
        .get(session)
        .filter(|visit| visit.connection == id)
        .cloned()
}

fn enter(world: &mut World, id: &str, entrance: &Entrance) -> Response {
    let flow = world.connection(id).ok().and_then(Connection::live_flow);
    let visit = Visit {
        connection: id.to_owned(),
        flow: flow.map(|flow| flow.id.clone()).unwrap_or_default(),
        success_url: entrance.success_url.clone(),
        error_url: entrance.error_url.clone(),
    };
    let session = random::id("", 32);
    let cookie = format!("{COOKIE}={session}; Path=/hosted/{id}; HttpOnly; SameSite=Lax");
    world.visits.insert(session, visit);
    ([(header::SET_COOKIE, cookie)], clean(id)).into_response()
}

/// To the address without the code in it.
fn clean(id: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, format!("/hosted/{id}"))],
    )
        .into_response()
}

fn submit(world: &mut World, visit: &Visit, body: &[u8]) -> Result<(), Refusal> {
    let mut interaction = String::new();
    let mut values = BTreeMap::new();
    let mut choice = None;
    for (key, value) in url::form_urlencoded::parse(body) {
        match (key.as_ref(), key.strip_prefix("value.")) {
            ("interaction", _) => interaction = value.into_owned(),
            ("choice", _) => choice = Some(value.into_owned()),
            (_, Some(field)) if !value.is_empty() => {
                values.insert(field.to_owned(), value.into_owned());
            }
            _ => {}
        }
    }
    let given = choice.map_or(Given::FieldValues(values), Given::Choice);
    let connection = world.connection_mut(&visit.connection)?;
    let ended = || Refusal::gone("This login is over");
    let flow = connection
        .flow
        .as_mut()
        .filter(|it| it.id == visit.flow)
        .ok_or_else(ended)?;
    flow.submit_by_hand(&interaction, &given, Instant::now())?;
    connection.publish();
    Ok(())
}

fn show(shared: &Shared, world: &World, visit: &Visit, complaint: Option<&Refusal>) -> Response {
    let connection = world.connection(&visit.connection).ok();
    let flow = connection
        .and_then(|it| it.flow.as_ref())
        .filter(|it| it.id == visit.flow);
    let (Some(connection), Some(flow)) = (connection, flow) else {
        return refuse(shared, &Refusal::gone("This login is over"));
    };
    if let Some(target) = target(visit, connection, flow) {
        return (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response();
    }
    let (main, refresh) = content(connection, flow, complaint);
    let origin = shared.origin();
    let title = format!("Sign in to {}", connection.domain);
    Page {
        status: complaint.map_or(StatusCode::OK, Refusal::status),
        title: &title,
        main: &format!(
            "<main>\n<p class=\"site\">{}</p>\n{main}\n</main>",
            escape(&connection.domain)
        ),
        body: "class=\"hosted\"",
        refresh,
        script: false,
        origin: &origin,
    }
    .respond()
}

/// Where the page leads at the end, if it was told to lead anywhere.
fn target(visit: &Visit, connection: &Connection, flow: &Flow) -> Option<String> {
    let base = match flow.status {
        Status::InProgress => return None,
        Status::Success => visit.success_url.as_deref()?,
        Status::Failed | Status::Expired | Status::Canceled => visit.error_url.as_deref()?,
    };
    let mut url = Url::parse(base).ok()?;
    if flow.status == Status::Success {
        url.query_pairs_mut()
            .append_pair("profile_name", &connection.profile)
            .append_pair("domain", &connection.domain);
    } else {
        if let Some(code) = &flow.error_code {
            url.query_pairs_mut().append_pair("code", code);
        }
        url.query_pairs_mut().append_pair("message", ending(flow).1);
    }
    Some(url.into())
}

/// The middle of the page, and when to look again.
fn content(
    connection: &Connection,
    flow: &Flow,
    complaint: Option<&Refusal>,
) -> (String, Option<u32>) {
    if !flow.is_live() {
        let (title, text) = ending(flow);
        return (format!("<h1>{title}</h1>\n<p>{}</p>", escape(text)), None);
    }
    match (flow.state.as_str(), flow.asked()) {
        ("DISCOVERING", _) => (working("Opening the login page"), Some(1)),
        ("SUBMITTING", _) => (working("Signing in"), Some(1)),
        ("AWAITING_EXTERNAL_ACTION", asked) => {
            let message = flow
                .message()
                .unwrap_or("Complete the verification on your device");
            let ways = asked.map_or_else(String::new, |step| form(flow, step, None));
            (format!("<h1>{}</h1>\n{ways}", escape(message)), Some(3))
        }
        (_, Some(step)) => (form(flow, step, complaint), None),
        _ => {
            let live = escape(&connection.live_view_url(flow));
            let text = "<h1>Somebody has to look at the page</h1>\n\
                        <p>Do there what the site asks; this page then goes on.</p>";
            (
                format!("{text}\n<p><a href=\"{live}\">Open the live view</a></p>"),
                Some(3),
            )
        }
    }
}

fn working(text: &str) -> String {
    format!("<h1>{text}…</h1>\n<p role=\"status\">This page goes on by itself.</p>")
}

fn ending(flow: &Flow) -> (&'static str, &str) {
    match flow.status {
        Status::Success => ("You're signed in", "You can close this window."),
        Status::Expired => ("This login ran out of time", "Ask for a new link."),
        Status::Canceled => ("This login was canceled", "Ask for a new link."),
        Status::Failed | Status::InProgress => (
            "Login failed",
            flow.error_message
                .as_deref()
                .unwrap_or("The login did not succeed."),
        ),
    }
}

fn form(flow: &Flow, step: &Step, complaint: Option<&Refusal>) -> String {
    let title = if step.title.is_empty() {
        "Sign in"
    } else {
        &step.title
    };
    let words = flow
        .website_error
        .as_deref()
        .or(complaint.map(Refusal::message));
    let error = words.map_or_else(String::new, |words| {
        format!("<p class=\"error\" role=\"alert\">{}</p>\n", escape(words))
    });
    let hidden = format!(
        "<input type=\"hidden\" name=\"interaction\" value=\"{}\">",
        flow.interaction()
    );
    let fields: String = step.fields.iter().map(|field| input(flow, field)).collect();
    let fields = if fields.is_empty() {
        fields
    } else {
        format!(
            "<form method=\"post\">\n{hidden}\n{fields}<button class=\"main\">Continue</button>\n</form>\n"
        )
    };
    let choices: String = step.choices.iter().map(button).collect();
    let choices = if choices.is_empty() {
        choices
    } else {
        format!("<form method=\"post\" class=\"choices\">\n{hidden}\n{choices}</form>")
    };
    let heading = if step.message.is_some() {
        String::new()
    } else {
        format!("<h1>{}</h1>\n", escape(title))
    };
    format!("{heading}{error}{fields}{choices}")
}

fn input(flow: &Flow, field: &Field) -> String {
    let id = escape(&field.id());
    let label = field.label.as_deref().unwrap_or(&field.reference);
    let kind = if field.is_secret() {
        "password"
    } else {
        "text"
    };
    let mode = field.input_mode.as_deref().unwrap_or("text");
    let (required, star) = if field.is_required() {
        ("required", " *")
    } else {
        ("", "")
    };
    let rejected = flow.rejected().contains(&field.reference);
    let invalid = if rejected {
        "aria-invalid=\"true\""
    } else {
        ""
    };
    let hint = field.hint.as_deref().map_or_else(String::new, |hint| {
        format!("<small id=\"{id}-hint\">{}</small>\n", escape(hint))
    });
    let placeholder = field.placeholder.as_deref().unwrap_or_default();
    format!(
        "<label for=\"{id}\">{}{star}</label>\n{hint}<input id=\"{id}\" name=\"value.{id}\" \
         type=\"{kind}\" inputmode=\"{}\" placeholder=\"{}\" autocomplete=\"off\" \
         aria-describedby=\"{id}-hint\" {required} {invalid}>\n",
        escape(label),
        escape(mode),
        escape(placeholder),
    )
}

fn button(choice: &Choice) -> String {
    let text = if choice.label.is_empty() {
        &choice.id
    } else {
        &choice.label
    };
    let more = [
        &choice.masked_destination,
        &choice.context,
        &choice.description,
    ];
    let more: Vec<&str> = more.into_iter().flatten().map(String::as_str).collect();
    format!(
        "<button name=\"choice\" value=\"{}\">{} <small>{}</small></button>\n",
        escape(&choice.id),
        escape(text),
        escape(&more.join(" · ")),
    )
}

fn refuse(shared: &Shared, refusal: &Refusal) -> Response {
    let text = match refusal.status() {
        StatusCode::UNAUTHORIZED => "Open the link that you were sent.",
        _ => refusal.message(),
    };
    Page {
        status: refusal.status(),
        title: "Sign in",
        main: &format!(
            "<main>\n<h1>This page cannot be shown</h1>\n<p>{}</p>\n</main>",
            escape(text)
        ),
        body: "class=\"hosted\"",
        refresh: None,
        script: false,
        origin: &shared.origin(),
    }
    .respond()
}
