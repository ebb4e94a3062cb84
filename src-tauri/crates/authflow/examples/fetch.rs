//! Looks one authflow up and prints what was read as one JSON object:
//!
//! ```sh
//! PREFACTOR_TOKEN=… cargo run -p authflow --example fetch -- \
//!     --api https://prefactor.example --id 013xrzp12g3nqk8ny06sgdxs6ed3w5wy --token-env PREFACTOR_TOKEN
//! ```
//!
//! It ends with 0 if an authflow was read, whatever its status, and with 1 if not. The token is
//! taken from the environment, where other users of the computer can't see it.

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use authflow::{
    ApiBase, AuthflowId, Client, Error, IdProblem, Meaning, ReturnUrl, Settings, Sighting, Summary,
    TokenHeader, of_error, of_id_problem,
};
use clap::Parser;
use secrecy::SecretString;
use serde_json::{Value, json};

/// Looks one authflow up.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The service's address: https, or http on this computer.
    #[arg(long)]
    api: String,
    /// The authflow's id.
    #[arg(long)]
    id: String,
    /// The environment variable that holds the token.
    #[arg(long)]
    token_env: String,
    /// How the token is sent: `Bearer`, or the name of a header that takes it bare.
    #[arg(long, default_value = "Bearer")]
    token_header: String,
    /// A status that counts as success, besides others given so; `complete` if none is given.
    #[arg(long)]
    success: Vec<String>,
    /// Look up an id of an unusual form too.
    #[arg(long)]
    any_id: bool,
}

/// What is printed instead of an authflow.
struct Trouble {
    code: String,
    title: String,
    advice: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (object, code) = match look_up(&Arguments::parse()).await {
        Ok(object) => (object, ExitCode::SUCCESS),
        Err(Trouble {
            code,
            title,
            advice,
        }) => (
            json!({"error": {"code": code, "title": title, "advice": advice}}),
            ExitCode::FAILURE,
        ),
    };
    match writeln!(io::stdout(), "{object}") {
        Ok(()) => code,
        // Whoever asked has gone.
        Err(_) => ExitCode::FAILURE,
    }
}

async fn look_up(arguments: &Arguments) -> Result<Value, Trouble> {
    let id = if arguments.any_id {
        AuthflowId::parse_any(&arguments.id)
    } else {
        AuthflowId::parse(&arguments.id)
    }?;
    let meaning = match arguments.success.as_slice() {
        [] => Meaning::default(),
        some => Meaning::new(some.iter().cloned()).map_err(|why| mistaken(&why))?,
    };
    let api = ApiBase::parse(&arguments.api).map_err(|why| mistaken(&why))?;
    let token_header = TokenHeader::parse(&arguments.token_header).map_err(|why| mistaken(&why))?;
    let token = env::var(&arguments.token_env).map_err(|_| Trouble {
        code: "no_token".into(),
        title: format!("The variable {} holds no token.", arguments.token_env),
        advice: "Set it to the Prefactor key.".into(),
    })?;
    let settings = Settings {
        token_header,
        ..Settings::default()
    };
    let client = Client::new(api, &SecretString::from(token), settings)?;
    let summary = client.fetch(&id).await?;
    Ok(written(&id, &summary, &meaning))
}

fn mistaken(why: &dyn std::error::Error) -> Trouble {
    Trouble {
        code: "bad_argument".into(),
        title: format!("{why}."),
        advice: "See --help.".into(),
    }
}

fn written(id: &AuthflowId, summary: &Summary, meaning: &Meaning) -> Value {
    let status = summary.status.as_ref();
    json!({
        "status": status,
        "phase": meaning.of(status),
        "id": id.as_str(),
        "created_at": id.created_at(),
        "title": summary.title,
        "plan_name": summary.plan_name,
        "factor_names": summary.factor_names,
        "account_id": summary.account_id,
        "domain_id": summary.domain_id,
        "pool_id": summary.pool_id,
        "device_id": summary.device_id,
        "session_id": summary.session_id,
        // Its query may carry codes.
        "return_url": summary.return_url.as_ref().map(ReturnUrl::before_query),
        "first_seen": summary.first_seen.as_ref().map(sighting),
        "last_seen": summary.last_seen.as_ref().map(sighting),
    })
}

fn sighting(seen: &Sighting) -> Value {
    json!({
        "at": seen.at,
        "remote_ip": seen.remote_ip,
        "user_agent": seen.user_agent,
        "asn": seen.asn,
        "city": seen.city,
        "region_code": seen.region_code,
        "country_code": seen.country_code,
        "timezone": seen.timezone,
        "ja4_fingerprint": seen.ja4_fingerprint,
        "lat_long": seen.lat_long,
    })
}

impl From<IdProblem> for Trouble {
    fn from(problem: IdProblem) -> Self {
        let words = of_id_problem(problem);
        Self {
            code: "bad_id".into(),
            title: words.title.into(),
            advice: words.advice.into(),
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let words = of_error(&error);
        Self {
            code: error.code().to_owned(),
            title: words.title.into(),
            advice: words.advice.into(),
        }
    }
}
