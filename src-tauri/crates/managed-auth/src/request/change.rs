//! What an update does to one member.

use serde::{Serialize, Serializer};

/// A member of an update that can be left alone, cleared or set: absent, null or a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Stays as it is: the member is not sent.
    #[default]
    Keep,
    /// Is removed.
    Clear,
    /// Becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// Whether the member is left out of the request.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: Serialize> Serialize for Change<T> {
    /// Null for `Clear`. `Keep` has to be skipped by the struct around it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}
