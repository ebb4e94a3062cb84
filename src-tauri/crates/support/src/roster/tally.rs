//! Which rows each filter shows, and how many.

use crate::{
    authflow::{AuthflowPhase, AuthflowWatch},
    list::{Counts, Filter, Row, RowState, Standing},
};

/// Whether a filter shows a row.
pub(super) fn passes(filter: Filter, row: &Row) -> bool {
    let running = matches!(
        row.state,
        RowState::NeedsAPerson { .. }
            | RowState::InProgress { .. }
            | RowState::Authflow {
                watch: AuthflowWatch::Watching,
                ..
            }
    );
    match filter {
        Filter::All => true,
        Filter::NeedsAPerson => matches!(row.state, RowState::NeedsAPerson { .. }),
        Filter::InProgress => running,
        Filter::LoggedIn => row.standing == Standing::LoggedIn,
        Filter::NeedsLogin => row.standing == Standing::NeedsLogin,
        Filter::Failed => matches!(
            row.state,
            RowState::Failed { .. }
                | RowState::Authflow {
                    phase: AuthflowPhase::Cancelled,
                    ..
                }
        ),
        Filter::Live => row.live,
    }
}

/// Counts a row in, or out if `by` is negative.
pub(super) fn count(counts: &mut Counts, row: &Row, by: i32) {
    for filter in FILTERS {
        if passes(filter, row) {
            let counter = counter(counts, filter);
            *counter = counter.saturating_add_signed(by);
        }
    }
}

/// How many rows a filter shows.
pub(super) fn counter(counts: &mut Counts, filter: Filter) -> &mut u32 {
    match filter {
        Filter::All => &mut counts.all,
        Filter::NeedsAPerson => &mut counts.needs_a_person,
        Filter::InProgress => &mut counts.in_progress,
        Filter::LoggedIn => &mut counts.logged_in,
        Filter::NeedsLogin => &mut counts.needs_login,
        Filter::Failed => &mut counts.failed,
        Filter::Live => &mut counts.live,
    }
}

const FILTERS: [Filter; 7] = [
    Filter::All,
    Filter::NeedsAPerson,
    Filter::InProgress,
    Filter::LoggedIn,
    Filter::NeedsLogin,
    Filter::Failed,
    Filter::Live,
];
