//! An authflow in the list, beside Kernel's connections.

use authflow::{AuthflowId, Watch};
use login_flow::Text;

use super::{AuthflowPhase, AuthflowStatus, AuthflowWatch, LONGEST_STATUS};
use crate::list::{Row, RowKind, RowState, Standing};

/// The longest title that is shown, in characters.
const LONGEST_TITLE: usize = 120;

impl Row {
    /// Draws an authflow that is watched.
    #[must_use]
    pub fn of_authflow(id: &AuthflowId, watch: &Watch) -> Self {
        let latest = watch.latest();
        let title = latest.and_then(|latest| latest.title.as_deref());
        let status = latest.and_then(|latest| latest.status.as_ref());
        Self {
            kind: RowKind::Authflow,
            id: id.as_str().to_owned(),
            domain: title
                .and_then(|title| Text::bounded(title, LONGEST_TITLE))
                .unwrap_or_else(|| Text::or_dash("Authflow")),
            profile: Text::bounded(id.as_str(), LONGEST_STATUS)
                .unwrap_or_else(|| Text::or_dash("")),
            // No status proves a login (`authflow-api.md` 4).
            standing: Standing::Unknown(None),
            state: RowState::Authflow {
                watch: AuthflowWatch::of(watch.state()),
                phase: AuthflowPhase::of(watch.phase()),
                status: status.map(AuthflowStatus::of),
            },
            expires_at: None,
            answer_by: None,
            clock_ahead_ms: 0,
            has_news: watch.trouble().is_none(),
            live: false,
        }
    }
}
