//! Which rows each filter shows, and how many.

use crate::list::{Counts, Filter, Row, RowState, Standing};

/// Whether a filter shows a row.
pub(super) fn passes(filter: Filter, row: &Row) -> bool {
    let running = matches!(
        row.state,
        RowState::NeedsAPerson { .. } | RowState::InProgress { .. }
    );
    match filter {
        Filter::All => true,
        Filter::NeedsAPerson => matches!(row.state, RowState::NeedsAPerson { .. }),
        Filter::InProgress => running,
        Filter::LoggedIn => row.standing == Standing::LoggedIn,
        Filter::NeedsLogin => row.standing == Standing::NeedsLogin,
        Filter::Failed => matches!(row.state, RowState::Failed { .. }),
        Filter::Live => row.live,
    }
}

/// Counts a row in, or out if `by` is negative.
pub(super) fn count(counts: &mut Counts, row: &Row, by: i32) {
    let mut add = |filter: Filter, counter: fn(&mut Counts) -> &mut u32| {
        if passes(filter, row) {
            let counter = counter(counts);
            *counter = counter.saturating_add_signed(by);
        }
    };
    add(Filter::All, |counts| &mut counts.all);
    add(Filter::NeedsAPerson, |counts| &mut counts.needs_a_person);
    add(Filter::InProgress, |counts| &mut counts.in_progress);
    add(Filter::LoggedIn, |counts| &mut counts.logged_in);
    add(Filter::NeedsLogin, |counts| &mut counts.needs_login);
    add(Filter::Failed, |counts| &mut counts.failed);
    add(Filter::Live, |counts| &mut counts.live);
}
