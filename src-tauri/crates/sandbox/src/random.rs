//! Identifiers and secrets that cannot be guessed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::json;

use crate::clock;

const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// An identifier such as `ma_k3v0…`: the prefix and `length` characters.
pub(crate) fn id(prefix: &str, length: usize) -> String {
    let mut bytes = vec![0; length];
    fill(&mut bytes);
    let tail = bytes
        .into_iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
    prefix.chars().chain(tail).collect()
}

/// A token of the shape the exchange gives (kernel-api.md 9). It is looked up, never verified, so
/// the signature is plain chance.
pub(crate) fn jwt(connection: &str, invocation: &str, expires: Timestamp) -> String {
    let header = json!({"alg": "HS256", "typ": "JWT"});
    let claims = json!({
        "iss": "kernel-api",
        "sub": connection,
        "managed_auth_session_id": connection,
        "invocation_id": invocation,
        "iat": clock::now().as_second(),
        "exp": expires.as_second(),
    });
    let mut signature = [0; 32];
    fill(&mut signature);
    [
        header.to_string().as_bytes(),
        claims.to_string().as_bytes(),
        &signature,
    ]
    .map(|part| URL_SAFE_NO_PAD.encode(part))
    .join(".")
}

fn fill(bytes: &mut [u8]) {
    // Nothing sensible can be done on a machine without entropy, and a guessable code is worse.
    getrandom::fill(bytes).expect("the system gives random bytes");
}
