//! An authflow in the list, beside Kernel's connections.

use authflow::{AuthflowId, State, Watch};
use login_flow::Text;

use super::{AuthflowPhase, AuthflowStatus, AuthflowWatch, LONGEST_STATUS};
use crate::list::{Row, RowKind, RowState, Standing};

/// The longest title that is shown, in characters.
const LONGEST_TITLE: usize = 120;

impl Row {
    /// Draws an authflow that is watched, as far as there is a key.
    #[must_use]
    pub fn of_authflow(id: &AuthflowId, watch: &Watch, has_key: bool) -> Self {
        let latest = watch.latest();
        let title = latest.and_then(|latest| latest.title.as_deref());
        let status = latest.and_then(|latest| latest.status.as_ref());
        // What has ended needs no key any more.
        let is_read = has_key || watch.state() == State::Ended;
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
            state: if is_read {
                RowState::Authflow {
                    watch: AuthflowWatch::of(watch.state()),
                    phase: AuthflowPhase::of(watch.phase()),
                    status: status.map(AuthflowStatus::of),
                }
            } else {
                RowState::AuthflowWithoutKey
            },
            expires_at: None,
            answer_by: None,
            clock_ahead_ms: 0,
            has_news: watch.trouble().is_none(),
            live: false,
        }
    }
}
