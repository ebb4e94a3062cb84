//! The property of answers that a fuzz target and a test share.

use authflow::{Error, Meaning, Phase, read};
use serde_json::Value;

/// HTTP statuses of every class that is told apart.
const STATUSES: [u16; 12] = [200, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503];

/// Panics unless an answer is read or refused, and an authflow is said to have ended well only
/// where the service says so in an envelope of its own.
///
/// The first byte chooses the HTTP status; the rest is the body.
pub(crate) fn success_is_said_of_success_alone(data: &[u8]) {
    let [status, body @ ..] = data else {
        return;
    };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
    match read(status, body, None) {
        Ok(summary) => {
            assert_eq!(json["status"], "success", "the envelope's own word");
            assert!((200..300).contains(&status), "{status}");
            let phase = Meaning::default().of(summary.status.as_ref());
            let is_complete = json["summary"]["status"] == "complete";
            assert_eq!(phase == Phase::Success, is_complete);
            assert!(summary.factor_names.len() <= 50);
        }
        Err(Error::Refused { code, message, .. }) => {
            assert!(code.as_str().chars().count() <= 100);
            assert!(message.is_none_or(|message| message.chars().count() <= 1000));
        }
        Err(error) => {
            assert_ne!(json["status"], "error", "{error}");
        }
    }
}
