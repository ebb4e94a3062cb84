//! How an authflow stands, and what that means.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

/// The life of an authflow, in Prefactor's words (`authflow-api.md` 4). No document says what they
/// mean.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum Status {
    /// Created; nobody has acted.
    New,
    /// Somebody is on the way through it.
    Pending,
    /// The steps are done. Whether that is the end is not known.
    Finished,
    /// The normal end.
    Complete,
    /// Ended early.
    Cancelled,
    /// A word this version does not know, as it came.
    Unknown(String),
}

impl Status {
    /// The word as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::New => "new",
            Self::Pending => "pending",
            Self::Finished => "finished",
            Self::Complete => "complete",
            Self::Cancelled => "cancelled",
            Self::Unknown(word) => word,
        }
    }
}

impl From<String> for Status {
    fn from(word: String) -> Self {
        match word.as_str() {
            "new" => Self::New,
            "pending" => Self::Pending,
            "finished" => Self::Finished,
            "complete" => Self::Complete,
            "cancelled" => Self::Cancelled,
            _ => Self::Unknown(word),
        }
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        status.as_str().to_owned()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a status means for somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It goes on.
    Waiting,
    /// It ended well. That is what Prefactor says of it, and no proof of a login.
    Success,
    /// It ended otherwise.
    Cancelled,
    /// Nobody knows: a status of another time, or none. Never taken for success.
    Unknown,
}

/// Which statuses count as success. The one place that decides, as no document does
/// (`authflow-api.md` 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    success: BTreeSet<Status>,
}

/// Why a status can't count as success.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” can’t count as success: only finished and complete can")]
pub struct NoSuccess(pub String);

impl Default for Meaning {
    /// `complete` alone.
    fn default() -> Self {
        Self {
            success: BTreeSet::from([Status::Complete]),
        }
    }
}

impl Meaning {
    /// These count as success. A login that has not begun, or was cancelled, or stands at a word
    /// that nobody here knows, can't.
    pub fn new(success: impl IntoIterator<Item = String>) -> Result<Self, NoSuccess> {
        let success: BTreeSet<Status> = success.into_iter().map(Status::from).collect();
        let can = |status: &Status| matches!(status, Status::Finished | Status::Complete);
        match success.iter().find(|status| !can(status)) {
            Some(status) => Err(NoSuccess(status.to_string())),
            None => Ok(Self { success }),
        }
    }

    /// What a status means.
    #[must_use]
    pub fn of(&self, status: Option<&Status>) -> Phase {
        match status {
            Some(status) if self.success.contains(status) => Phase::Success,
            // What is not counted as success keeps waiting: it may be on the way there.
            Some(Status::New | Status::Pending | Status::Finished | Status::Complete) => {
                Phase::Waiting
            }
            Some(Status::Cancelled) => Phase::Cancelled,
            Some(Status::Unknown(_)) | None => Phase::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn phase(word: &str) -> Phase {
        Meaning::default().of(Some(&Status::from(word.to_owned())))
    }

    #[test]
    fn complete_is_success_and_finished_waits() {
        assert_eq!(phase("new"), Phase::Waiting);
        assert_eq!(phase("pending"), Phase::Waiting);
        assert_eq!(phase("finished"), Phase::Waiting);
        assert_eq!(phase("complete"), Phase::Success);
        assert_eq!(phase("cancelled"), Phase::Cancelled);
        assert_eq!(Meaning::default().of(None), Phase::Unknown);
    }

    #[test]
    fn a_status_goes_out_as_it_came() {
        for word in [
            "new",
            "pending",
            "finished",
            "complete",
            "cancelled",
            "moon",
        ] {
            let status = Status::from(word.to_owned());
            assert_eq!(String::from(status.clone()), word);
            assert_eq!(status.to_string(), word);
        }
    }

    #[test]
    fn what_counts_as_success_is_one_setting() {
        let both = Meaning::new(["finished".to_owned(), "complete".to_owned()]);
        let both = both.expect("both can");
        assert_eq!(both.of(Some(&Status::Finished)), Phase::Success);
        for word in ["cancelled", "new", "pending", "verified", "COMPLETE"] {
            let refused = Meaning::new([word.to_owned()]);
            assert_eq!(refused, Err(NoSuccess(word.to_owned())));
        }
    }

    proptest! {
        #[test]
        fn a_word_of_another_time_is_kept_and_never_success(word in "[a-zA-Z_ ]{0,20}") {
            let status = Status::from(word.clone());
            prop_assert_eq!(status.as_str(), &word);
            if matches!(status, Status::Unknown(_)) {
                prop_assert_eq!(Meaning::default().of(Some(&status)), Phase::Unknown);
            }
        }
    }
}
