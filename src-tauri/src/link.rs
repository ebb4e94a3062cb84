//! Links: parsed by one pure function with a strict grammar.
//!
//! ```text
//! usher://login/<connection_id>?code=<handoff_code>[&env=<environment>]
//! usher://watch/<connection_id>[?env=<environment>]
//! usher://authflow/<authflow_id>[?env=<environment>]
//! usher://return/<connection_id>?state=<nonce>
//! ```
//!
//! Anyone can forge a link, and on Linux and Windows it arrives as an argument. So it can name
//! only what the person already has: it carries no host, and does nothing by itself. It holds a
//! code that works once, so it is never logged and never reaches a page.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use serde::Serialize;
use thiserror::Error;

/// The longest link, in bytes. Real ones have about 150.
const LONGEST: usize = 2048;
/// The longest id, name or code in a link, in bytes.
const LONGEST_PART: usize = 512;
const SCHEME: &str = "usher://";

/// The environment of a link that names none.
pub const DEFAULT_ENVIRONMENT: &str = "kernel";

/// What a link asks for.
#[derive(Clone, Debug)]
pub enum Link {
    /// Complete a login as a guest.
    Login(Invitation),
    /// Watch a connection, as support.
    Watch {
        /// The connection.
        connection_id: String,
        /// Where it is.
        environment: String,
    },
    /// Look up an authflow, as support.
    Authflow {
        /// The authflow.
        authflow_id: String,
        /// Where it is.
        environment: String,
    },
    /// The hosted page has sent the person back: a hint to read again.
    Return {
        /// The connection.
        connection_id: String,
        /// What Usher put into the page's return address, once.
        state: SecretString,
    },
}

/// A guest's invitation: a connection and the code that buys access to it, once.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The connection.
    pub connection_id: String,
    /// The environment it is in.
    pub environment: String,
    /// The handoff code.
    pub code: SecretString,
}

/// Why a link can't be used. Nothing was sent anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LinkProblem {
    /// It does not begin like one.
    #[error("this is not an Usher link")]
    NotAnUsherLink,
    /// It is longer than any real one.
    #[error("the link is too long")]
    TooLong,
    /// It has characters that no real one has.
    #[error("the link has odd characters")]
    OddCharacters,
    /// It asks for something this version does not know.
    #[error("the link asks for something unknown")]
    UnknownKind,
    /// The connection is missing, or can't be one.
    #[error("the link names no connection")]
    BadConnection,
    /// The code is missing.
    #[error("the link has no code")]
    NoCode,
    /// The code can't be one.
    #[error("the link's code is damaged")]
    BadCode,
    /// Something is said twice.
    #[error("the link says something twice")]
    RepeatedPart,
    /// It has a part that does not belong there.
    #[error("the link has a part that does not belong there")]
    UnknownPart,
    /// It names an environment that is not set up here.
    #[error("the link is for an environment that is not set up")]
    UnknownEnvironment,
}

impl Link {
    /// Reads a link.
    pub fn parse(link: &str) -> Result<Self, LinkProblem> {
        if link.len() > LONGEST {
            return Err(LinkProblem::TooLong);
        }
        let rest = link
            .get(..SCHEME.len())
            .filter(|head| head.eq_ignore_ascii_case(SCHEME))
            .and_then(|_| link.get(SCHEME.len()..))
            .ok_or(LinkProblem::NotAnUsherLink)?;
        if !rest.bytes().all(|byte| byte.is_ascii_graphic()) || rest.contains('#') {
            return Err(LinkProblem::OddCharacters);
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, id) = path.split_once('/').unwrap_or((path, ""));
        match kind.to_ascii_lowercase().as_str() {
            "login" => login(id, query),
            "watch" => {
                let [environment] = parts(query, ["env"])?;
                let environment = environment_name(environment)?;
                Ok(Self::Watch {
                    connection_id: identifier(id)?,
                    environment,
                })
            }
            "authflow" => {
                let [environment] = parts(query, ["env"])?;
                let environment = environment_name(environment)?;
                Ok(Self::Authflow {
                    authflow_id: identifier(id)?,
                    environment,
                })
            }
            "return" => {
                let [state] = parts(query, ["state"])?;
                let state = state
                    .filter(|state| is_token(state))
                    .ok_or(LinkProblem::BadCode)?;
                Ok(Self::Return {
                    connection_id: identifier(id)?,
                    state: SecretString::from(state),
                })
            }
            _ => Err(LinkProblem::UnknownKind),
        }
    }
}

fn login(id: &str, query: &str) -> Result<Link, LinkProblem> {
    let [code, environment] = parts(query, ["code", "env"])?;
    let connection_id = identifier(id)?;
    let code = code.ok_or(LinkProblem::NoCode)?;
    if !is_token(&code) {
        return Err(LinkProblem::BadCode);
    }
    let environment = environment_name(environment)?;
    Ok(Link::Login(Invitation {
        connection_id,
        environment,
        code: SecretString::from(code),
    }))
}

/// The values of the known keys, each there at most once and nothing else.
fn parts<const N: usize>(query: &str, keys: [&str; N]) -> Result<[Option<String>; N], LinkProblem> {
    let mut values = [const { None }; N];
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').ok_or(LinkProblem::UnknownPart)?;
        let at = keys
            .iter()
            .position(|known| *known == key)
            .ok_or(LinkProblem::UnknownPart)?;
        let slot = &mut values[at];
        if slot.is_some() {
            return Err(LinkProblem::RepeatedPart);
        }
        *slot = Some(decoded(value)?);
    }
    Ok(values)
}

fn decoded(part: &str) -> Result<String, LinkProblem> {
    let text = percent_decode_str(part)
        .decode_utf8()
        .map_err(|_| LinkProblem::OddCharacters)?;
    if text.len() > LONGEST_PART {
        return Err(LinkProblem::TooLong);
    }
    Ok(text.into_owned())
}

/// An id, which will stand in a path: letters, digits, `-`, `_`, and dots that are not a dot
/// segment.
fn identifier(part: &str) -> Result<String, LinkProblem> {
    // Some link handlers add a slash at the end.
    let id = decoded(part.strip_suffix('/').unwrap_or(part))?;
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    if id.is_empty() || !plain || id == "." || id == ".." || id.len() > 128 {
        return Err(LinkProblem::BadConnection);
    }
    Ok(id)
}

fn environment_name(name: Option<String>) -> Result<String, LinkProblem> {
    let name = name.unwrap_or_else(|| DEFAULT_ENVIRONMENT.to_owned());
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if name.is_empty() || !plain || name.len() > 64 {
        return Err(LinkProblem::UnknownEnvironment);
    }
    Ok(name)
}

/// Whether this can be a code or a nonce: the characters of base64 in both alphabets, and a dot.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'=')
        })
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn login(link: &str) -> (String, String, String) {
        match Link::parse(link) {
            Ok(Link::Login(invitation)) => (
                invitation.connection_id,
                invitation.environment,
                invitation.code.expose_secret().to_owned(),
            ),
            other => panic!("{link}: {other:?}"),
        }
    }

    #[test]
    fn a_handoff_link_is_read() {
        let read =
            |id: &str, env: &str, code: &str| (id.to_owned(), env.to_owned(), code.to_owned());
        for (link, expected) in [
            (
                "usher://login/ma_1?code=aBc123",
                read("ma_1", "kernel", "aBc123"),
            ),
            (
                "usher://login/ma_1?code=a&env=sandbox",
                read("ma_1", "sandbox", "a"),
            ),
            (
                "usher://login/ma_1?env=sandbox&code=a",
                read("ma_1", "sandbox", "a"),
            ),
            ("USHER://LOGIN/ma_1?code=a", read("ma_1", "kernel", "a")),
            (
                "usher://login/ma_1/?code=a%2Bb%3D",
                read("ma_1", "kernel", "a+b="),
            ),
        ] {
            assert_eq!(login(link), expected, "{link}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        use LinkProblem::*;
        let long = format!("usher://login/ma_1?code={}", "a".repeat(LONGEST));
        let long_code = format!("usher://login/ma_1?code={}", "a".repeat(LONGEST_PART + 1));
        for (link, problem) in [
            ("", NotAnUsherLink),
            ("https://usher/login/ma_1?code=a", NotAnUsherLink),
            ("usher:login/ma_1?code=a", NotAnUsherLink),
            ("usher", NotAnUsherLink),
            (long.as_str(), TooLong),
            (long_code.as_str(), TooLong),
            ("usher://login/ma 1?code=a", OddCharacters),
            ("usher://login/ma_1?code=a\n", OddCharacters),
            ("usher://login/ma_1?code=ä", OddCharacters),
            ("usher://login/ma_1?code=a#x", OddCharacters),
            ("usher://login/ma_1?code=%ff", OddCharacters),
            ("usher://dance/ma_1?code=a", UnknownKind),
            ("usher://", UnknownKind),
            ("usher://user@login/ma_1?code=a", UnknownKind),
            ("usher://login:80/ma_1?code=a", UnknownKind),
            ("usher://login?code=a", BadConnection),
            ("usher://login/?code=a", BadConnection),
            ("usher://login/..?code=a", BadConnection),
            ("usher://login/%2e%2e?code=a", BadConnection),
            ("usher://login/a%2Fb?code=a", BadConnection),
            ("usher://login/a/b?code=a", BadConnection),
            ("usher://login/ma_1", NoCode),
            ("usher://login/ma_1?env=sandbox", NoCode),
            ("usher://login/ma_1?code=", BadCode),
            ("usher://login/ma_1?code=a%00b", BadCode),
            ("usher://login/ma_1?code=<b>", BadCode),
            ("usher://login/ma_1?code=a&code=b", RepeatedPart),
            (
                "usher://login/ma_1?code=a&api=https://evil.example",
                UnknownPart,
            ),
            ("usher://login/ma_1?code=a&x", UnknownPart),
            ("usher://login/ma_1?code=a&env=", UnknownEnvironment),
            (
                "usher://login/ma_1?code=a&env=https://evil.example",
                UnknownEnvironment,
            ),
        ] {
            match Link::parse(link) {
                Err(found) => assert_eq!(found, problem, "{link}"),
                Ok(read) => panic!("{link}: {read:?}"),
            }
        }
    }

    #[test]
    fn every_part_may_be_as_long_as_its_bound_and_not_a_byte_longer() {
        use LinkProblem::*;
        let whole = |length: usize| {
            let link = "usher://login/ma_1?code=a";
            link.to_owned() + &"&".repeat(length - link.len())
        };
        let id = |length| format!("usher://login/{}?code=a", "i".repeat(length));
        let code = |length| format!("usher://login/ma_1?code={}", "c".repeat(length));
        let environment = |length| format!("usher://watch/ma_1?env={}", "e".repeat(length));
        for (link, problem) in [
            (&whole as &dyn Fn(usize) -> String, TooLong),
            (&id, BadConnection),
            (&code, TooLong),
            (&environment, UnknownEnvironment),
        ]
        .into_iter()
        .zip([LONGEST, 128, LONGEST_PART, 64])
        .flat_map(|((link, problem), bound)| {
            [bound, bound + 1, bound + 2]
                .map(|length| (link(length), (length > bound).then_some(problem)))
        }) {
            assert_eq!(Link::parse(&link).err(), problem, "{link}");
        }
    }

    #[test]
    fn links_for_support_are_told_apart() {
        assert!(matches!(
            Link::parse("usher://watch/ma_1?env=x"),
            Ok(Link::Watch { .. })
        ));
        assert!(matches!(
            Link::parse("usher://authflow/013xrz"),
            Ok(Link::Authflow { .. })
        ));
        assert!(matches!(
            Link::parse("usher://return/ma_1?state=n"),
            Ok(Link::Return { .. })
        ));
        assert!(matches!(
            Link::parse("usher://watch/ma_1?code=a"),
            Err(LinkProblem::UnknownPart)
        ));
    }

    #[test]
    fn a_code_is_not_printed() {
        let printed = format!("{:?}", Link::parse("usher://login/ma_1?code=SENTINEL"));
        assert!(!printed.contains("SENTINEL"), "{printed}");
    }
}
