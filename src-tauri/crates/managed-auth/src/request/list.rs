//! A walk over connections (`kernel-api.md` 1.5, 3.2).

use serde::Serialize;

/// Which connections to list. The service's filters are not exact: compare again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ConnectionFilter {
    /// Those of this profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_name: Option<String>,
    /// Those of this site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Those with this text in their id, domain or profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

/// Which part of a list to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageRequest {
    /// How many entries at most. The service's default is 20 and its maximum 100 for
    /// connections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where to begin: 0, or what the page before says.
    #[serde(skip_serializing_if = "is_start")]
    pub offset: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_start(offset: &u64) -> bool {
    *offset == 0
}
