//! What authflows play: every status, one that moves, what has drifted, and every way to fail.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

/// Something that an authflow can play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Play {
    /// Stands at this status.
    Status(String),
    /// Moves through these, each for so many steps, and stays at the last.
    Moves(&'static [(&'static str, u32)]),
    /// A summary of another time or shape.
    Odd(Odd),
    /// An error envelope with this code.
    Error(String),
    /// No envelope at all.
    Broken(Broken),
}

/// Summaries that are not as the seed shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// With everything that the later edition shows, and members of no edition.
    Drifted,
    /// Every member null.
    Nulls,
    /// Nothing but a status.
    Bare,
    /// No status.
    NoStatus,
    /// Members of other types than they should have.
    Mistyped,
    /// Texts that try to be more than text.
    Hostile,
    /// A return address that is a script.
    Script,
}

/// Answers that are none of this API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// A page, with 200.
    Page,
    /// A page, with 502.
    BadGateway,
    /// JSON that breaks off.
    HalfJson,
    /// JSON of another service.
    OtherShape,
    /// `summary.status` is `error`, and the envelope says success.
    InnerError,
    /// The envelope says error, with 200, and there is a summary that is complete.
    OuterError,
    /// An error envelope's words with a `status` of an authflow.
    StatusOfTheFlow,
    /// An error envelope whose message quotes the token.
    Quoting,
    /// Nothing.
    Empty,
    /// 429, with `Retry-After: 2`.
    TooMany,
    /// 503 without words.
    Unavailable,
    /// To another host.
    Redirect,
    /// No answer for half a minute.
    Slow,
}

/// All that has a name of its own, beside `error-<code>`.
const NAMED: [(&str, &str); 27] = [
    ("new", "Not begun"),
    ("pending", "On the way"),
    ("finished", "Steps done, not complete"),
    ("complete", "Ended well"),
    ("cancelled", "Ended early"),
    ("moving", "Goes through every status to complete"),
    ("moving-cancelled", "Begins, and is cancelled"),
    ("verifying", "A status that nobody has heard of"),
    ("drifted", "A summary of a later schema"),
    ("nulls", "Every member null"),
    ("bare", "A status and nothing else"),
    ("no-status", "No status"),
    ("mistyped", "Members of other types"),
    ("hostile", "Texts that try to be more"),
    ("script", "A return address that is a script"),
    ("page", "A page in place of JSON"),
    ("bad-gateway", "502 with a page"),
    ("half-json", "JSON that breaks off"),
    ("other-shape", "JSON of another service"),
    ("inner-error", "Success, with a status called error"),
    ("outer-error", "An error with 200, and a summary"),
    (
        "status-of-the-flow",
        "An envelope whose status is the authflow's",
    ),
    ("quoting", "A refusal that quotes the token"),
    ("empty", "Nothing at all"),
    ("too-many", "429 with a wait of two seconds"),
    ("unavailable", "503 without words"),
    ("redirect", "Sends to another host"),
];

/// The codes of the contract, and the HTTP status that each comes with here; which it is in life is
/// not known.
const CODES: [(&str, u16); 12] = [
    ("bad_request", 400),
    ("bad_authtoken", 401),
    ("not_authenticated", 401),
    ("not_permitted", 403),
    ("not_implemented", 501),
    ("unknown", 500),
    ("not_found", 404),
    ("unexpected_ref_type", 400),
    ("unexpected", 500),
    ("invalid_action", 409),
    ("invalid_value", 422),
    ("required_value", 422),
];

impl Play {
    /// The play of this name. Any other word is a status that stays.
    pub(super) fn named(name: &str) -> Self {
        if let Some(code) = name.strip_prefix("error-") {
            return Self::Error(code.replace('-', "_"));
        }
        match name {
            "moving" => Self::Moves(&[
                ("new", 5),
                ("pending", 10),
                ("finished", 8),
                ("complete", 1),
            ]),
            "moving-cancelled" => Self::Moves(&[("new", 5), ("pending", 10), ("cancelled", 1)]),
            "drifted" => Self::Odd(Odd::Drifted),
            "nulls" => Self::Odd(Odd::Nulls),
            "bare" => Self::Odd(Odd::Bare),
            "no-status" => Self::Odd(Odd::NoStatus),
            "mistyped" => Self::Odd(Odd::Mistyped),
            "hostile" => Self::Odd(Odd::Hostile),
            "script" => Self::Odd(Odd::Script),
            "page" => Self::Broken(Broken::Page),
            "bad-gateway" => Self::Broken(Broken::BadGateway),
            "half-json" => Self::Broken(Broken::HalfJson),
            "other-shape" => Self::Broken(Broken::OtherShape),
            "inner-error" => Self::Broken(Broken::InnerError),
            "outer-error" => Self::Broken(Broken::OuterError),
            "status-of-the-flow" => Self::Broken(Broken::StatusOfTheFlow),
            "quoting" => Self::Broken(Broken::Quoting),
            "empty" => Self::Broken(Broken::Empty),
            "too-many" => Self::Broken(Broken::TooMany),
            "unavailable" => Self::Broken(Broken::Unavailable),
            "redirect" => Self::Broken(Broken::Redirect),
            "slow" => Self::Broken(Broken::Slow),
            status => Self::Status(status.to_owned()),
        }
    }

    /// The names of all plays, and what each is.
    pub(super) fn all() -> impl Iterator<Item = (String, String)> {
        let named = NAMED
            .iter()
            .map(|(name, what)| ((*name).to_owned(), (*what).to_owned()));
        let errors = CODES.iter().map(|(code, status)| {
            (
                format!("error-{}", code.replace('_', "-")),
                format!("{status} with {code}"),
            )
        });
        named.chain(errors)
    }

    /// The status of the authflow after it has been known for so many steps.
    pub(super) fn status_after(&self, known: Duration, step: Duration) -> &str {
        match self {
            Self::Status(status) => status,
            Self::Moves(stages) => {
                let mut left = known;
                for (status, steps) in *stages {
                    let lasts = step * *steps;
                    if left < lasts {
                        return status;
                    }
                    left -= lasts;
                }
                stages.last().map_or("new", |(status, _)| status)
            }
            Self::Odd(_) | Self::Error(_) | Self::Broken(_) => "pending",
        }
    }
}

/// The HTTP status that a code comes with here.
pub(super) fn status_of(code: &str) -> StatusCode {
    let known = CODES.iter().find(|(known, _)| *known == code);
    let status = known.map_or(400, |(_, status)| *status);
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)
}

/// An error envelope.
pub(super) fn error(code: &str) -> Value {
    let message = match code {
        "not_found" => "The authflow could not be found",
        "bad_authtoken" => "The auth token is not valid",
        "not_authenticated" => "No auth token was given",
        _ => "The request could not be carried out",
    };
    json!({"status": "error", "code": code, "message": message})
}

/// Changes a summary as its play wants it.
pub(super) fn bend(summary: &mut Value, odd: Odd) {
    let later = json!({
        "at": 1_763_718_000.25, "remote_ip": "2001:db8::7", "asn": 64496, "city": "Delft",
        "country_code": "NL", "region_code": "ZH", "timezone": "Europe/Amsterdam",
        "ja4_fingerprint": "t13d1516h2_8daaf6152771_b0da82dd1658", "lat_long": [52.01, 4.36],
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "weather": "fine",
    });
    match odd {
        Odd::Drifted => {
            summary["last_seen"] = later;
            summary["ruleset_version"] = json!(7);
            summary["identity"] = json!({"id": "013xrzp12g3nqk8ny06sgdxs6ed3w5wz"});
        }
        Odd::Nulls => {
            for (_, member) in summary.as_object_mut().into_iter().flatten() {
                *member = Value::Null;
            }
        }
        Odd::Bare => *summary = json!({"status": "pending"}),
        Odd::NoStatus => {
            summary
                .as_object_mut()
                .map(|members| members.remove("status"));
        }
        Odd::Mistyped => {
            summary["title"] = json!(7);
            summary["factor_names"] = json!({"first": "password"});
            summary["first_seen"] = json!("yesterday");
            summary["last_seen"] =
                json!({"at": "soon", "remote_ip": 4, "asn": "AS1", "lat_long": [1]});
            summary["return_url"] = json!(["https://app.example.com"]);
        }
        Odd::Hostile => {
            summary["title"] = json!("<img src=x onerror=alert(1)> \u{202e}drowssap \u{0007}");
            summary["plan_name"] = json!("x".repeat(5_000));
            summary["factor_names"] = json!(["<b>password</b>", "\u{200b}", "otp\u{2066}"]);
            summary["last_seen"]["user_agent"] = json!("<script>alert(1)</script>".repeat(400));
            summary["last_seen"]["remote_ip"] = json!("javascript:alert(1)");
        }
        Odd::Script => {
            summary["return_url"] =
                json!("javascript:alert(document.domain)//https://app.example.com");
        }
    }
}
