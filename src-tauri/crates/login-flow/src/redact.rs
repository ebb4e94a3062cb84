//! Takes out of a text whatever may be a credential, for a report that is sent to somebody.
//!
//! Two sieves, one after the other: the very secrets that this process knows, in every form that a
//! text may have them in; and what merely looks like a secret. The second errs on the side of
//! taking out too much.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Stands where something was.
const REMOVED: &str = "[removed]";

/// No more of a text is kept, in bytes: a report is read by people.
const LONGEST: usize = 16 * 1024;

/// A secret or a form of one that is shorter would take out half of any text.
const SHORTEST: usize = 4;

/// What stands before a value that is nobody's business.
const TELLING: [&str; 17] = [
    "auth",
    "code",
    "cookie",
    "credential",
    "jwt",
    "key",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "session",
    "signature",
    "token",
];

/// What stands before a credential in a header.
const SCHEMES: [&str; 4] = ["basic", "bearer", "digest", "negotiate"];

/// Takes out these secrets and whatever else looks like a credential: values after words like
/// `token`, what follows `Bearer`, addresses' queries, long runs of letters and digits, mail
/// addresses, and digits that may be a one-time code. At most 16 KiB of the text are kept.
///
/// None of the secrets that has at least four bytes is in what comes out: neither as it is nor
/// percent-encoded, in base64, or escaped for JSON. White space becomes single spaces.
#[must_use]
pub fn redact(text: &str, secrets: &[&str]) -> String {
    let known = without_secrets(text, secrets);
    without_secrets(&without_lookalikes(&known), secrets)
}

/// Takes out these secrets alone, in every form: for a text whose every word is ours. At most
/// 16 KiB of it are kept.
#[must_use]
pub fn without_secrets(text: &str, secrets: &[&str]) -> String {
    let mut forms: Vec<String> = secrets.iter().flat_map(|secret| forms(secret)).collect();
    // The longest first: a form may be a part of another.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    let mut text = text[..text.floor_char_boundary(LONGEST)].to_owned();
    for form in &forms {
        text = replaced(&text, form);
    }
    text.truncate(text.floor_char_boundary(LONGEST));
    // What was cut out may have brought the ends of another one together.
    if forms.iter().any(|form| find(&text, form).is_some()) {
        return String::new();
    }
    text
}

/// Every form in which a text may hold a secret.
fn forms(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json
        .strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'));
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let mut forms = vec![
        secret.to_owned(),
        json.unwrap_or_default().to_owned(),
        // As addresses hold it: all that need not be encoded as it is, or everything encoded.
        utf8_percent_encode(secret, UNRESERVED).to_string(),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
        percent,
        percent_encoding::percent_encode(secret.as_bytes(), EVERYTHING).to_string(),
    ];
    for before in 0..3 {
        // Wherever it begins within three bytes, the middle of its base64 is one of three.
        let mut shifted = vec![0; before];
        shifted.extend_from_slice(secret.as_bytes());
        let whole = &shifted[..shifted.len() / 3 * 3];
        let from = if before == 0 { 0 } else { 4 };
        for encoded in [STANDARD_NO_PAD.encode(whole), URL_SAFE_NO_PAD.encode(whole)] {
            forms.extend(encoded.get(from..).map(str::to_owned));
        }
    }
    forms.retain(|form| form.len() >= SHORTEST);
    forms
}

/// Letters and digits too.
const EVERYTHING: &percent_encoding::AsciiSet = &every_letter_and_digit();

const fn every_letter_and_digit() -> percent_encoding::AsciiSet {
    let mut set = percent_encoding::AsciiSet::EMPTY;
    let mut byte = 0;
    while byte < 128_u8 {
        set = set.add(byte);
        byte += 1;
    }
    set
}

/// All but the characters that RFC 3986 calls unreserved.
const UNRESERVED: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn replaced(text: &str, form: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest, form) {
        out.push_str(&rest[..at]);
        out.push_str(REMOVED);
        rest = &rest[at + form.len()..];
    }
    out.push_str(rest);
    out
}

/// Where a form begins. Letters of either case are one: the digits of a percent-encoding are.
fn find(text: &str, form: &str) -> Option<usize> {
    let (text, form) = (text.as_bytes(), form.as_bytes());
    (0..(text.len() + 1).saturating_sub(form.len()))
        .find(|at| text[*at..at + form.len()].eq_ignore_ascii_case(form))
}

/// Takes out what looks like a credential.
fn without_lookalikes(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut expects_secret = false;
    for word in text.split_whitespace() {
        let name = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let is_scheme = SCHEMES
            .iter()
            .any(|scheme| name.eq_ignore_ascii_case(scheme));
        let announces = is_scheme || (word.ends_with([':', '=']) && is_telling(name));
        let is_link = matches!(word, "is" | "was" | "=" | ":");
        if announces {
            out.push(word.to_owned());
            expects_secret = true;
        } else if expects_secret && is_link {
            out.push(word.to_owned());
        } else if std::mem::take(&mut expects_secret) {
            out.push(REMOVED.to_owned());
        } else {
            out.push(plain(word));
        }
    }
    without_codes(&out.join(" "))
}

fn is_telling(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TELLING.iter().any(|telling| name.contains(telling))
}

/// One word without what may be a secret in it.
fn plain(word: &str) -> String {
    if word.contains('@') {
        return REMOVED.to_owned();
    }
    // Of an address only the host is kept: a one-time code may stand in its path too.
    let host_from = word.find("://").map_or(0, |at| at + "://".len());
    let ends: &[char] = if host_from > 0 {
        &['/', '?', '#']
    } else {
        &['?', '#']
    };
    let end = word[host_from..].find(ends).map(|at| host_from + at + 1);
    let (head, tail) = match end {
        Some(end) if end < word.len() => (&word[..end], REMOVED),
        _ => (word, ""),
    };
    if let Some(at) = head.find(['=', ':'])
        && is_telling(&head[..at])
        && at + 1 < head.len()
    {
        return format!("{}{REMOVED}", &head[..=at]);
    }
    let mut out = String::new();
    let mut run = String::new();
    for sign in head.chars().chain(std::iter::once(' ')) {
        if sign.is_ascii_alphanumeric() || "_-+=%~".contains(sign) {
            run.push(sign);
            continue;
        }
        out.push_str(if is_random(&run) { REMOVED } else { &run });
        run.clear();
        out.push(sign);
    }
    out.pop();
    out.push_str(tail);
    out
}

/// Whether nobody would write this: a key, a token, a part of one.
fn is_random(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let upper = run.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = run.bytes().filter(u8::is_ascii_lowercase).count();
    let mixed = digits > 0 && upper + lower > 0;
    let longest = run
        .split(['_', '-'])
        .map(str::len)
        .max()
        .unwrap_or_default();
    run.starts_with("sk_")
        || run.starts_with("eyJ")
        || (run.len() >= 12 && mixed && (digits >= 3 || upper > 1))
        || (longest >= 16 && upper > 1 && lower > 1)
        || longest >= 24
}

/// Takes out digits that may be a one-time code or a number of somebody: four and more, also in
/// groups.
fn without_codes(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let end = end_of_digits(&signs, at);
        let digits = signs[at..end]
            .iter()
            .filter(|sign| sign.is_numeric())
            .count();
        if digits >= 4 {
            out.push_str(REMOVED);
        } else {
            out.extend(&signs[at..end]);
        }
        at = end;
        while at < signs.len() && !signs[at].is_numeric() {
            out.push(signs[at]);
            at += 1;
        }
    }
    out
}

/// Where digits end that begin here; one space or dash may stand between two.
fn end_of_digits(signs: &[char], from: usize) -> usize {
    let mut at = from;
    while at < signs.len() {
        let is_digit = |at: usize| signs.get(at).is_some_and(|sign| sign.is_numeric());
        let joins = matches!(signs[at], ' ' | '-') && at > from && is_digit(at + 1);
        if !is_digit(at) && !joins {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_looks_like_a_credential_is_taken_out() {
        for (text, left) in [
            (
                "Authorization: Bearer abc.def",
                "Authorization: Bearer [removed]",
            ),
            ("Bearer abc", "Bearer [removed]"),
            ("the token is: x", "the token is: x"),
            ("token: hunter2", "token: [removed]"),
            ("password=hunter2 was wrong", "password=[removed] was wrong"),
            ("{\"password\":\"hunter2\"}", "{\"password\":[removed]"),
            (
                "see https://auth.example/login?code=abc#x now",
                "see https://auth.example/[removed] now",
            ),
            ("eyJhbGciOi.eyJzdWIi.sig", "[removed].[removed].sig"),
            ("sk_live", "[removed]"),
            ("id 0123456789abcdef0123", "id [removed]"),
            ("deadbeefdeadbeefdeadbeef", "[removed]"),
            ("AbCdEfGhIjKlMnOpQr", "[removed]"),
            ("code 123456 is wrong", "code [removed] is wrong"),
            ("try 123 456", "try [removed]"),
            ("-1234", "-[removed]"),
            ("ada@example.com has no account", "[removed] has no account"),
        ] {
            assert_eq!(redact(text, &[]), left, "{text}");
        }
    }

    #[test]
    fn plain_words_stay() {
        for text in [
            "field_values: value is too long",
            "browser pool is busy (503)",
            "Couldn’t find your account at netflix.com.",
            "max 100 in 60 s; see https://kernel.sh/",
            "Проверьте пароль",
        ] {
            assert_eq!(redact(text, &[]), text);
        }
    }

    #[test]
    fn what_is_known_is_taken_out_in_any_case() {
        let text = "a P%C3%A4ss b p%c3%a4ss c";
        assert_eq!(
            without_secrets(text, &["päss"]),
            "a [removed] b [removed] c"
        );
    }

    #[test]
    fn a_known_secret_is_taken_out_at_either_end_and_where_nothing_else_is() {
        for (text, left) in [
            ("hunter2", "[removed]"),
            ("hunter2 it is", "[removed] it is"),
            ("it is hunter2", "it is [removed]"),
            ("hunter", "hunter"),
            ("", ""),
        ] {
            assert_eq!(without_secrets(text, &["hunter2"]), left);
        }
    }

    #[test]
    fn only_what_nobody_would_write_is_taken_for_a_key() {
        // A digit and two capitals in twelve signs; sixteen letters with two of either case.
        for text in ["aBcDefghijk1", "ABabcdefghijklmn", "ABCDEFGHIJKLMNab"] {
            assert_eq!(redact(text, &[]), REMOVED, "{text}");
        }
        for text in [
            "aBcDefghij1",
            "Abcdefghijk1",
            "UNAUTHORIZED_CLIENT",
            "1_2_3_4_5_6_7",
            "YouTube",
            "ABabcdefghijklm",
            "internationalise",
            "Internationalise",
            "ABCDEFGHIJKLMNOp",
            "either/or",
        ] {
            assert_eq!(redact(text, &[]), text);
        }
    }

    #[test]
    fn a_text_of_sixteen_kibibytes_stays_whole_and_a_longer_one_ends_there() {
        let whole = "ab ".repeat(6_000);
        for length in [16_383, 16_384] {
            assert_eq!(without_secrets(&whole[..length], &[]), whole[..length]);
        }
        assert_eq!(without_secrets(&whole[..16_385], &[]), whole[..16_384]);
    }

    #[test]
    fn a_known_secret_is_taken_out_of_base64_wherever_it_begins() {
        // What it shares with the bytes before and after it can't be told apart and stays.
        for (before, secret, from, to) in [
            ("", "p>s?w0rd!", 0, 12),
            ("a", "p>s?w0rd", 4, 12),
            ("ab", "p>s?w0r", 4, 12),
            ("a", "p>s?w0rd!", 4, 12),
            ("ab", "p>s?w0rd!", 4, 12),
        ] {
            let text = format!("{before}{secret}");
            for encoded in [STANDARD_NO_PAD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
                assert_eq!(
                    without_secrets(&encoded, &[secret]),
                    format!("{}[removed]{}", &encoded[..from], &encoded[to..]),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn a_known_secret_is_taken_out_where_every_sign_of_it_is_encoded() {
        assert_eq!(
            without_secrets("a %70%41%7a%7A%30%7E%7f b", &["pAzz0~\u{7f}"]),
            "a [removed] b"
        );
    }

    /// Every form, made by other means than those under test.
    fn written(secret: &str, how: usize) -> String {
        match how % 6 {
            0 => secret.to_owned(),
            1 => percent_encoding::percent_encode(secret.as_bytes(), EVERYTHING).to_string(),
            2 => URL_SAFE_NO_PAD.encode(format!("a{secret}")),
            3 => STANDARD_NO_PAD.encode(format!("{{\"jwt\":\"{secret}\"}}")),
            4 => serde_json::json!({ "x": secret }).to_string(),
            _ => format!("https://a.example/{secret}?code={secret}"),
        }
    }

    proptest! {
        #[test]
        fn a_planted_secret_never_comes_out(
            secret in "[a-zA-Z0-9 _\\-\"\\\\äß/+=.%&]{6,60}",
            before in ".{0,80}",
            after in ".{0,80}",
            how in 0_usize..6,
        ) {
            // Nothing is kept of a secret that is nothing but spaces.
            prop_assume!(!secret.trim().is_empty() && !REMOVED.contains(&secret));
            let text = format!("{before}{}{after}", written(&secret, how));
            let left = redact(&text, &[&secret]);
            for form in forms(&secret) {
                prop_assert!(find(&left, &form).is_none(), "{form:?} in {left:?}");
            }
        }

        #[test]
        fn a_token_that_nobody_knows_never_comes_out(
            token in "[A-Z][a-z][0-9]{3}[A-Za-z0-9_-]{15,60}",
            before in "[a-z ]{0,40}",
            after in "[a-z ]{0,40}",
        ) {
            let left = redact(&format!("{before} {token} {after}"), &[]);
            prop_assert!(!left.contains(&token), "{left:?}");
            let left = redact(&format!("{before} https://x.example/?t={token} {after}"), &[]);
            prop_assert!(!left.contains(&token), "{left:?}");
        }

        #[test]
        fn any_text_is_bounded(text in ".{0,2000}", secret in ".{0,10}") {
            prop_assert!(redact(&text, &[&secret]).len() <= LONGEST);
        }
    }
}
