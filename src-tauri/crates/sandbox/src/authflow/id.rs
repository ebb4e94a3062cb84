//! Ids of Prefactor's form: 32 characters of Crockford's Base32 (authflow-api.md 6).

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The documentation's partition.
const PARTITION: &str = "3nqk8n";

/// The id of what is called so, of some kind, made at that time: always the same one.
pub(super) fn of(kind: &str, name: &str, made: Timestamp) -> String {
    let milliseconds = u64::try_from(made.as_millisecond()).unwrap_or_default();
    let random = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, kind, name).hash(&mut hasher);
        hasher.finish()
    };
    let tail = [random(1), random(2)].map(|number| digits(number, 8));
    format!("{}{PARTITION}{}", digits(milliseconds, 10), tail.concat())
}

/// The lowest digits of a number.
fn digits(number: u64, many: u32) -> String {
    (0..many)
        .rev()
        .map(|place| {
            let digit = usize::try_from((number >> (5 * place)) & 31).unwrap_or_default();
            char::from(DIGITS[digit])
        })
        .collect()
}

/// Whether a text has the form of an id.
pub(super) fn is_one(text: &str) -> bool {
    text.len() == 32
        && text.as_bytes()[0] <= b'7'
        && text.bytes().all(|byte| DIGITS.contains(&byte))
}
