//! Every connection, and how its flow stands, in the order of need.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use login_flow::{Audience, Moment, Page, Stage, StreamState, Text, View, glance};
use managed_auth::{Connection, FlowStatus};

use crate::{
    list::{Counts, Filter, ListView, Row, RowState, Standing},
    need::Need,
};

/// A connection that so many walks over the list have not met is gone. One could miss it only
/// because others were deleted while it went on.
const MISSED_WALKS: u32 = 2;

/// Every connection, and how its flow stands.
#[derive(Debug, Default)]
pub struct Roster {
    entries: HashMap<String, Entry>,
    /// The ids in the order of need, kept while entries change so that thousands need no sorting.
    order: BTreeSet<(Place, String)>,
    counts: Counts,
    walk: u32,
}

/// Somebody has begun to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNeed {
    /// The connection.
    pub id: String,
    /// The site.
    pub domain: Text,
    /// The browser profile.
    pub profile: Text,
    /// What for.
    pub need: Need,
}

/// The part of the list that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    /// Which connections.
    pub filter: Filter,
    /// The search, as it was typed.
    pub query: &'a str,
    /// The connections that the service itself found for the search; `None` until it has
    /// answered.
    pub found: Option<&'a HashSet<String>>,
    /// The place of the first row.
    pub first: usize,
    /// How many rows at most.
    pub count: usize,
    /// The connection that is open.
    pub open: Option<&'a str>,
}

#[derive(Debug)]
struct Entry {
    row: Row,
    place: Place,
    /// For the search, in lower case.
    words: String,
    /// Whether a flow runs, as far as is known.
    run: Run,
    /// What is known from following, which is newer than what was listed.
    view: Option<Arc<View>>,
    /// The need that was told last, so that each is told once.
    told: Option<String>,
    walk: u32,
}

/// Whether a flow runs, as far as is known.
#[derive(Clone, Copy, Debug)]
enum Run {
    /// None does.
    Over,
    /// Until this time, by the service's clock.
    Until(Timestamp),
    /// For as long as it likes.
    Unbounded,
}

/// Where an entry stands: by need, then by the time that is left, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    rank: u8,
    until: Option<Timestamp>,
    domain: String,
    profile: String,
}

impl Roster {
    /// A walk over the whole list begins.
    pub fn begin_walk(&mut self) {
        self.walk += 1;
    }

    /// The walk is over: what several have not met is gone. Returns the ids.
    pub fn end_walk(&mut self) -> Vec<String> {
        let walk = self.walk;
        let gone: Vec<String> = self
            .entries
            .iter()
            .filter(|(_, entry)| walk.saturating_sub(entry.walk) >= MISSED_WALKS)
            .map(|(id, _)| id.clone())
            .collect();
        for id in &gone {
            self.remove(id);
        }
        gone
    }

    /// A connection was read, from the list or by itself.
    pub fn read(&mut self, connection: &Connection, now: Moment) {
        let id = &connection.id;
        let run = Run::of(connection);
        let runs = run.is_on(now.wall);
        let former = self.entries.get(id);
        // While a flow is followed, its view is newer than any read of ours. After its end it
        // stands until another one runs.
        let view = former
            .and_then(|entry| entry.view.clone())
            .filter(|view| !view.stage.is_end() || !runs);
        let told = former.and_then(|entry| entry.told.clone());
        let glanced = match &view {
            Some(_) => None,
            None => connection
                .flow_status
                .is_some()
                .then(|| glance(connection.clone(), Audience::Support, now)),
        };
        let row = row(connection, view.as_deref().or(glanced.as_ref()));
        let entry = Entry {
            words: words(&row),
            place: Place::of(&row),
            row,
            run,
            view,
            told,
            walk: self.walk,
        };
        self.put(id.clone(), entry);
    }

    /// A followed flow has changed. Whether its row has, and whether somebody has begun to wait.
    pub fn follow(&mut self, id: &str, view: Arc<View>) -> (bool, Option<NewNeed>) {
        let Some(mut entry) = self.take(id) else {
            return (false, None);
        };
        let row_before = entry.row.clone();
        apply(&mut entry.row, &view);
        if view.stage.is_end() {
            entry.run = Run::Over;
        }
        let need = Need::of(&view);
        let told = need.map(|need| match &view.prompt {
            Some(prompt) => prompt.interaction_id.clone(),
            None => format!("{need:?}"),
        });
        let is_new = told.is_some() && told != entry.told;
        if is_new || view.stage.is_end() {
            entry.told = told;
        }
        entry.view = Some(view);
        entry.place = Place::of(&entry.row);
        let new_need = need.filter(|_| is_new).map(|need| NewNeed {
            id: id.to_owned(),
            domain: entry.row.domain.clone(),
            profile: entry.row.profile.clone(),
            need,
        });
        let changed = entry.row != row_before;
        self.put(id.to_owned(), entry);
        (changed, new_need)
    }

    /// A flow is followed no longer, and may still run.
    pub fn let_go(&mut self, id: &str) {
        if let Some(mut entry) = self.take(id) {
            entry.view = entry.view.filter(|view| view.stage.is_end());
            self.put(id.to_owned(), entry);
        }
    }

    /// A connection is gone.
    pub fn remove(&mut self, id: &str) {
        self.take(id);
    }

    /// Whether a connection is known.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.entries.contains_key(id)
    }

    /// How many connections are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many connections each filter shows, without a search.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The connection's row.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.entries.get(id).map(|entry| &entry.row)
    }

    /// The connections whose flows run as far as is known, those that wait first.
    pub fn running(&self, now: Timestamp) -> impl Iterator<Item = &str> {
        self.ordered()
            .take_while(|(_, entry)| entry.place.rank <= RUNNING)
            .filter(move |(_, entry)| entry.run.is_on(now))
            .map(|(id, _)| id)
    }

    /// Whether a connection's flow runs as far as is known.
    #[must_use]
    pub fn runs(&self, id: &str, now: Timestamp) -> bool {
        self.entries
            .get(id)
            .is_some_and(|entry| entry.run.is_on(now))
    }

    /// The connections that wait for a person, the most pressing first.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.ordered()
            .take_while(|(_, entry)| entry.place.rank == WAITING)
            .map(|(id, entry)| (id, &entry.row))
    }

    /// The one that waits for a person and comes after this one, going round.
    #[must_use]
    pub fn next_waiting(&self, after: Option<&str>) -> Option<&str> {
        let mut waiting = self.waiting().map(|(id, _)| id);
        let first = waiting.next()?;
        let mut all = std::iter::once(first).chain(waiting);
        if all.any(|id| Some(id) == after) {
            return Some(all.next().unwrap_or(first));
        }
        Some(first)
    }

    /// A part of the list. Its revision is the caller's to set.
    #[must_use]
    pub fn list(&self, window: Window<'_>) -> ListView {
        let query = window.query.trim().to_lowercase();
        let matches = |id: &str, entry: &Entry| {
            query.is_empty()
                || entry.words.contains(&query)
                || window.found.is_some_and(|found| found.contains(id))
        };
        let mut view = ListView {
            filter: window.filter,
            query: window.query.to_owned(),
            searching: !query.is_empty() && window.found.is_none(),
            first: narrow(window.first),
            ..ListView::default()
        };
        let mut place = 0;
        for (id, entry) in self.ordered().filter(|(id, entry)| matches(id, entry)) {
            count(&mut view.counts, &entry.row, 1);
            if !passes(window.filter, &entry.row) {
                continue;
            }
            if window.open == Some(id) {
                view.open_at = Some(narrow(place));
            }
            if (window.first..window.first.saturating_add(window.count)).contains(&place) {
                view.rows.push(entry.row.clone());
            }
            place += 1;
        }
        view.total = narrow(place);
        view
    }

    fn ordered(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.order
            .iter()
            .filter_map(|(_, id)| Some((id.as_str(), self.entries.get(id)?)))
    }

    fn put(&mut self, id: String, entry: Entry) {
        self.take(&id);
        count(&mut self.counts, &entry.row, 1);
        self.order.insert((entry.place.clone(), id.clone()));
        self.entries.insert(id, entry);
    }

    fn take(&mut self, id: &str) -> Option<Entry> {
        let entry = self.entries.remove(id)?;
        count(&mut self.counts, &entry.row, -1);
        self.order.remove(&(entry.place.clone(), id.to_owned()));
        Some(entry)
    }
}

const WAITING: u8 = 0;
const RUNNING: u8 = 1;

impl Run {
    /// Whether a flow runs (`kernel-api.md` 4.3).
    fn of(connection: &Connection) -> Self {
        let begun = matches!(
            connection.flow_status,
            Some(FlowStatus::InProgress | FlowStatus::Pending | FlowStatus::Unknown(_))
        );
        match (begun, connection.flow_expires_at) {
            (false, _) => Self::Over,
            (true, Some(until)) => Self::Until(until),
            (true, None) => Self::Unbounded,
        }
    }

    fn is_on(self, now: Timestamp) -> bool {
        match self {
            Self::Over => false,
            Self::Until(until) => until > now,
            Self::Unbounded => true,
        }
    }
}

impl Place {
    fn of(row: &Row) -> Self {
        let rank = match row.state {
            RowState::NeedsAPerson { .. } => WAITING,
            RowState::InProgress { .. } => RUNNING,
            RowState::Failed { .. } => 2,
            RowState::NeedsLogin => 3,
            RowState::Unknown => 4,
            RowState::LoggedIn => 5,
        };
        let until = [row.answer_by, row.expires_at].into_iter().flatten().min();
        Self {
            rank,
            // Without a known end it comes after those that have one.
            until: (rank <= RUNNING).then_some(until.unwrap_or(Timestamp::MAX)),
            domain: row.domain.as_str().to_lowercase(),
            profile: row.profile.as_str().to_lowercase(),
        }
    }
}

fn row(connection: &Connection, view: Option<&View>) -> Row {
    let mut row = Row {
        id: connection.id.clone(),
        domain: Text::or_dash(connection.domain.as_deref().unwrap_or_default()),
        profile: Text::or_dash(connection.profile_name.as_deref().unwrap_or_default()),
        standing: Standing::of(connection.status.as_ref()),
        state: RowState::Unknown,
        expires_at: None,
        answer_by: None,
        clock_ahead_ms: 0,
        has_news: true,
        live: false,
    };
    row.state = at_rest(&row.standing);
    if let Some(view) = view {
        apply(&mut row, view);
    }
    row
}

/// Puts what is known of the flow into the row.
fn apply(row: &mut Row, view: &View) {
    let over = view.stage.is_end();
    row.expires_at = view.expires_at.filter(|_| !over);
    row.answer_by = view.answer_by.filter(|_| !over);
    row.clock_ahead_ms = view.clock_ahead_ms;
    row.has_news = !matches!(view.stream, StreamState::Reconnecting { .. });
    row.live = !over && matches!(view.live_view, Page::Offered { .. });
    if view.stage == Stage::LoggedIn {
        row.standing = Standing::LoggedIn;
    }
    row.state = match (Need::of(view), view.stage) {
        (Some(need), _) => RowState::NeedsAPerson { need },
        (None, Stage::Failed | Stage::Expired | Stage::Canceled)
            if row.standing != Standing::LoggedIn =>
        {
            RowState::Failed {
                stage: view.stage,
                code: view.error.as_ref().map(|error| error.code.clone()),
            }
        }
        (None, stage) if stage.is_end() => at_rest(&row.standing),
        (None, stage) => RowState::InProgress { stage: Some(stage) },
    };
}

/// How a connection stands without a flow.
fn at_rest(standing: &Standing) -> RowState {
    match standing {
        Standing::LoggedIn => RowState::LoggedIn,
        Standing::NeedsLogin => RowState::NeedsLogin,
        Standing::Unknown(_) => RowState::Unknown,
    }
}

fn words(row: &Row) -> String {
    format!("{}\n{}\n{}", row.id, row.domain, row.profile).to_lowercase()
}

fn passes(filter: Filter, row: &Row) -> bool {
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

fn count(counts: &mut Counts, row: &Row, by: i32) {
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

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One reading of both clocks, for reads that no flow waits for.
#[must_use]
pub fn at(wall: Timestamp) -> Moment {
    Moment {
        steady: Duration::ZERO,
        wall,
    }
}
