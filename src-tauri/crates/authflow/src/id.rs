//! The name of an authflow.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use thiserror::Error;

/// The most characters of anything that is taken for an id. Prefactor's have 32.
const LONGEST: usize = 64;
/// Characters of one of Prefactor's ids (`authflow-api.md` 6).
const LENGTH: usize = 32;
/// Crockford's Base32, in the order of the values.
const DIGITS: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The first ten characters are 48 bits of milliseconds, after two bits of nothing.
const TIME_CHARACTERS: usize = 10;

/// The id of an authflow: 32 characters of Crockford's Base32 (`authflow-api.md` 6).
///
/// An id does not tell what it is the id of: that of an account looks the same, and only the
/// service can tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AuthflowId(String);

/// Why a text is not taken for an authflow's id. Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdProblem {
    /// There is nothing.
    #[error("there is no id")]
    Empty,
    /// It holds something that no id does, or far too much.
    #[error("this can't be an id: an id has letters and digits alone")]
    NotAnId,
    /// It could be some id, and is not like those that Prefactor gives: 32 letters and digits,
    /// without i, l, o and u, the first at most 7. That form is inferred, so a person may insist.
    #[error("this does not look like an authflow's id, which has 32 letters and digits")]
    Unusual,
}

impl AuthflowId {
    /// Reads an id as it was pasted, with white space around it.
    pub fn parse(text: &str) -> Result<Self, IdProblem> {
        let id = Self::parse_any(text)?;
        if id.is_usual() {
            Ok(id)
        } else {
            Err(IdProblem::Unusual)
        }
    }

    /// The same for somebody who insists that an unusual id is one. It still can't leave its place
    /// in an address.
    pub fn parse_any(text: &str) -> Result<Self, IdProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(IdProblem::Empty);
        }
        let is_of_an_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if text.len() > LONGEST || !text.bytes().all(is_of_an_id) {
            return Err(IdProblem::NotAnId);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether it has the form of Prefactor's ids.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.0.len() == LENGTH
            && self.0.as_bytes()[0] <= b'7'
            && self.0.bytes().all(|byte| DIGITS.contains(&byte))
    }

    /// About when the authflow was created: an id begins with the time of its making. `None` if
    /// it is not one of Prefactor's, or names a time that can't be.
    #[must_use]
    pub fn created_at(&self) -> Option<Timestamp> {
        if !self.is_usual() {
            return None;
        }
        let mut milliseconds: i64 = 0;
        for byte in self.0.bytes().take(TIME_CHARACTERS) {
            let digit = DIGITS.iter().position(|digit| *digit == byte)?;
            milliseconds = (milliseconds << 5) | i64::try_from(digit).ok()?;
        }
        Timestamp::from_millisecond(milliseconds).ok()
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AuthflowId {
    type Err = IdProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for AuthflowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The documentation's own example.
    const ID: &str = "013xrzp12g3nqk8ny06sgdxs6ed3w5wy";

    #[test]
    fn an_id_is_taken_as_it_was_pasted() {
        let id = AuthflowId::parse(" 013xrzp12g3nqk8ny06sgdxs6ed3w5wy\n");
        assert_eq!(id.as_ref().map(AuthflowId::as_str), Ok(ID));
    }

    #[test]
    fn what_can_not_be_an_id_is_refused() {
        for (text, problem) in [
            ("", IdProblem::Empty),
            (" \t", IdProblem::Empty),
            (".", IdProblem::NotAnId),
            ("..", IdProblem::NotAnId),
            ("../session/1", IdProblem::NotAnId),
            ("013xrzp12g3nqk8ny06sgdxs6ed3w5wy?x=1", IdProblem::NotAnId),
            ("a b", IdProblem::NotAnId),
            ("%2e%2e", IdProblem::NotAnId),
            ("０１３", IdProblem::NotAnId),
            ("013xrzp12g3nqk8n", IdProblem::Unusual),
            // Too many bits for a time, and letters that Crockford leaves out.
            ("813xrzp12g3nqk8ny06sgdxs6ed3w5wy", IdProblem::Unusual),
            ("013xrzp12g3nqk8ny06sgdxs6ed3w5wu", IdProblem::Unusual),
            ("013XRZP12G3NQK8NY06SGDXS6ED3W5WY", IdProblem::Unusual),
        ] {
            assert_eq!(AuthflowId::parse(text), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn nothing_longer_than_any_id_is_taken() {
        let longest = "a".repeat(LONGEST);
        assert_eq!(AuthflowId::parse(&longest), Err(IdProblem::Unusual));
        assert!(AuthflowId::parse_any(&longest).is_ok());
        let longer = format!("{longest}a");
        assert_eq!(AuthflowId::parse_any(&longer), Err(IdProblem::NotAnId));
    }

    #[test]
    fn the_time_of_making_is_read() {
        let id = AuthflowId::parse(ID).expect("an id");
        let made = id.created_at().map(Timestamp::as_millisecond);
        assert_eq!(made, Some(1_234_567_890_000));
    }

    #[test]
    fn an_unusual_id_can_be_insisted_on() {
        let id = AuthflowId::parse_any("af_1").expect("some id");
        assert!(!id.is_usual() && id.created_at().is_none());
    }

    proptest! {
        #[test]
        fn no_id_leaves_its_place_in_an_address(text in ".{0,80}") {
            if let Ok(id) = AuthflowId::parse_any(&text) {
                let stays = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                prop_assert!(id.as_str().chars().all(stays));
                prop_assert!(!id.as_str().is_empty());
            }
        }

        #[test]
        fn reading_the_time_never_fails(text in "[0-7][0-9a-hjkmnp-tv-z]{31}") {
            let id = AuthflowId::parse(&text);
            prop_assert!(id.is_ok());
            let _ = id.map(|id| id.created_at());
        }
    }
}
