//! The property of redacted text that a fuzz target and a test share.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use login_flow::{redact, without_secrets};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Shorter ones are not looked for: they are a part of many words.
const SHORTEST: usize = 4;

/// Panics unless a secret that is planted in a text comes out of neither sieve, in none of the
/// forms it was planted in.
///
/// The first byte says in which form, the second how long the secret is, the third where in the
/// rest of the bytes it is planted.
pub(crate) fn a_planted_secret_never_comes_out(data: &[u8]) {
    let [form, length, place, rest @ ..] = data else {
        return;
    };
    let (secret, around) = rest.split_at(usize::from(*length).min(rest.len()));
    let secret = String::from_utf8_lossy(secret);
    let (before, after) = around.split_at(usize::from(*place).min(around.len()));
    let planted = written(&secret, *form);
    let text = format!(
        "{}{planted}{}",
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(after)
    );
    for left in [
        redact(&text, &[&secret]),
        without_secrets(&text, &[&secret]),
    ] {
        assert!(left.len() <= 16 * 1024);
        // Both the text as it is and each form the secret was written in.
        for form in [secret.to_string(), core(&secret, *form)] {
            assert!(
                form.len() < SHORTEST || !left.contains(&form),
                "{form:?} in {left:?}"
            );
        }
    }
}

fn written(secret: &str, form: u8) -> String {
    match form % 6 {
        0 => secret.to_owned(),
        1 => format!("https://a.example/{}?x=1", core(secret, form)),
        2 => format!("{{\"x\":{}}}", serde_json::json!(secret)),
        3 => STANDARD.encode(format!("{secret}:")),
        4 => URL_SAFE_NO_PAD.encode(secret),
        _ => format!("token={secret} Bearer {secret}"),
    }
}

/// What every text has of the secret that was written so.
fn core(secret: &str, form: u8) -> String {
    // Of base64, what does not depend on the bytes that follow.
    let whole = &secret.as_bytes()[..secret.len() / 3 * 3];
    match form % 6 {
        1 => utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        2 => {
            let quoted = serde_json::json!(secret).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
        3 => STANDARD.encode(whole),
        4 => URL_SAFE_NO_PAD.encode(whole),
        _ => secret.to_owned(),
    }
}
