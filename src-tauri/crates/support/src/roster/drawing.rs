//! Drawing a row from what is known of a connection and its flow.

use jiff::Timestamp;
use login_flow::{Audience, Moment, Page, Stage, StreamState, Text, View, glance};
use managed_auth::Connection;

use super::question::Question;
use crate::{
    list::{Row, RowKind, RowState, Standing},
    need::Need,
};

/// A question that was seen in a read, and about when it ends unanswered.
pub(super) type Seen = (Question, Option<Timestamp>);

/// A connection without its flow.
pub(super) fn blank(connection: &Connection) -> Row {
    let standing = Standing::of(connection.status.as_ref());
    Row {
        kind: RowKind::Connection,
        id: connection.id.clone(),
        domain: Text::or_dash(connection.domain.as_deref().unwrap_or_default()),
        profile: Text::or_dash(connection.profile_name.as_deref().unwrap_or_default()),
        state: at_rest(&standing),
        standing,
        expires_at: None,
        answer_by: None,
        clock_ahead_ms: 0,
        has_news: true,
        live: false,
    }
}

/// Puts what a read shows of the latest flow into the row. What it asks, to know it again in the
/// next read.
pub(super) fn look(
    row: &mut Row,
    connection: &Connection,
    seen: Option<Seen>,
    now: Moment,
) -> Option<Seen> {
    connection.flow_status.as_ref()?;
    let view = glance(connection.clone(), Audience::Support, now);
    if view.stage == Stage::LoggedIn && row.standing == Standing::Unknown(None) {
        // The flow may be an old one, so it says something only where the connection does not
        // (`kernel-api.md` 14, 2).
        row.standing = Standing::LoggedIn;
    }
    apply(row, &view);
    if let RowState::InProgress { stage } = &mut row.state {
        *stage = None;
    }
    let asked = Question::of(&view)?;
    if let Some((_, since)) = seen.filter(|(seen, _)| seen.is(&asked)) {
        // Each look counts the time to answer from its own first sight.
        row.answer_by = [row.answer_by, since].into_iter().flatten().min();
    }
    Some((asked, row.answer_by))
}

/// Puts what is known of the flow into the row.
pub(super) fn apply(row: &mut Row, view: &View) {
    let over = view.stage.is_end();
    row.expires_at = view.expires_at.filter(|_| !over);
    row.answer_by = view.answer_by.filter(|_| !over);
    row.clock_ahead_ms = view.clock_ahead_ms;
    row.has_news = !matches!(view.stream, StreamState::Reconnecting { .. });
    row.live = !over && matches!(view.live_view, Page::Offered { .. });
    row.state = match (Need::of(view), view.stage) {
        (Some(need), _) => RowState::NeedsAPerson { need },
        (None, Stage::Failed | Stage::Expired | Stage::Canceled)
            if row.standing != Standing::LoggedIn =>
        {
            RowState::Failed {
                stage: view.stage,
                code: code(view),
            }
        }
        (None, stage) if stage.is_end() => at_rest(&row.standing),
        (None, stage) => RowState::InProgress { stage: Some(stage) },
    };
}

/// Kernel's word for why. Only a failure has one (`kernel-api.md` 11.1), and where it is missing
/// the rules put a word of their own.
fn code(view: &View) -> Option<Text> {
    let code = view.error.as_ref().map(|error| error.code.clone())?;
    (view.stage == Stage::Failed && code.as_str() != "unknown").then_some(code)
}

/// How a connection stands without a flow.
pub(super) fn at_rest(standing: &Standing) -> RowState {
    match standing {
        Standing::LoggedIn => RowState::LoggedIn,
        Standing::NeedsLogin => RowState::NeedsLogin,
        Standing::Unknown(_) => RowState::Unknown,
    }
}

pub(super) fn words(row: &Row) -> String {
    format!("{}\n{}\n{}", row.id, row.domain, row.profile).to_lowercase()
}
