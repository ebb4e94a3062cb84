//! Every connection, how its flow stands, and every authflow that is watched, in the order of need.

mod drawing;
mod entry;
mod question;
mod tally;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use authflow::{AuthflowId, Watch};
use jiff::Timestamp;
use login_flow::{Moment, Text, View};
use managed_auth::Connection;
use serde::Serialize;

use crate::{
    list::{Counts, Filter, ListView, Row},
    need::Need,
};
use entry::{Entry, Place};
use tally::{count, counter, passes};

/// A connection that so many whole walks over the list in a row have not met is gone. One could
/// miss it only because others were deleted while it went on.
const MISSED_WALKS: u32 = 2;

/// What a row is about. The two services know nothing of each other, so an id alone names nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// A connection of Kernel's, by its id.
    Connection(String),
    /// An authflow of Prefactor's, by its id.
    Authflow(String),
}

/// Every connection, how its flow stands, and every authflow that is watched.
#[derive(Debug, Default)]
pub struct Roster {
    entries: HashMap<Subject, Entry>,
    /// What there is in the order of need, kept while it changes so that thousands need no sorting.
    order: BTreeSet<(Place, Subject)>,
    counts: Counts,
    /// How many of the entries are authflows, and of these, how many are read again and again.
    authflows: usize,
    authflows_read: u32,
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
    /// What is open.
    pub open: Option<&'a Subject>,
}

impl Subject {
    fn connection(id: &str) -> Self {
        Self::Connection(id.to_owned())
    }
}

impl Roster {
    /// A walk over the whole list begins.
    pub fn begin_walk(&mut self) {
        self.walk += 1;
    }

    /// The walk has come to the end of the list: what several have not met is gone. Returns the
    /// ids. A walk that failed on the way is not ended; the next one is begun.
    pub fn end_walk(&mut self) -> Vec<String> {
        let walk = self.walk;
        let mut gone = Vec::new();
        for (subject, entry) in &mut self.entries {
            let Subject::Connection(id) = subject else {
                continue;
            };
            if entry.met != walk {
                entry.missed += 1;
            }
            if entry.missed >= MISSED_WALKS {
                gone.push(id.clone());
            }
        }
        for id in &gone {
            self.remove(id);
        }
        gone
    }

    /// A connection was read, from the list or by itself.
    pub fn read(&mut self, connection: &Connection, now: Moment) {
        // What has no name can't be asked for.
        if connection.id.is_empty() {
            return;
        }
        let subject = Subject::connection(&connection.id);
        let former = self.take(&subject);
        let entry = Entry::read(connection, former, now, self.walk);
        self.put(subject, entry);
    }

    /// A followed flow has changed. Whether its row has, and whether somebody has begun to wait.
    pub fn follow(&mut self, id: &str, view: Arc<View>) -> (bool, Option<NewNeed>) {
        let subject = Subject::connection(id);
        let Some(mut entry) = self.take(&subject) else {
            return (false, None);
        };
        let row_before = entry.row.clone();
        let need = entry.follow(view);
        let new_need = need.map(|need| NewNeed {
            id: id.to_owned(),
            domain: entry.row.domain.clone(),
            profile: entry.row.profile.clone(),
            need,
        });
        let changed = entry.row != row_before;
        self.put(subject, entry);
        (changed, new_need)
    }

    /// An authflow is watched, as far as there is a key; or its watch has changed. Whether its row
    /// has.
    pub fn watch(&mut self, id: &AuthflowId, watch: &Watch, has_key: bool) -> bool {
        let subject = Subject::Authflow(id.as_str().to_owned());
        let former = self.take(&subject);
        let entry = Entry::of_authflow(id, watch, has_key);
        let changed = former.is_none_or(|former| former.row != entry.row);
        self.put(subject, entry);
        changed
    }

    /// An authflow is watched no longer.
    pub fn forget_authflow(&mut self, id: &AuthflowId) {
        self.take(&Subject::Authflow(id.as_str().to_owned()));
    }

    /// A flow is followed no longer, and may still run.
    pub fn let_go(&mut self, id: &str) {
        let subject = Subject::connection(id);
        if let Some(mut entry) = self.take(&subject) {
            entry.let_go();
            self.put(subject, entry);
        }
    }

    /// A connection is gone.
    pub fn remove(&mut self, id: &str) {
        self.take(&Subject::connection(id));
    }

    /// Whether a connection is known.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.entries.contains_key(&Subject::connection(id))
    }

    /// How many connections are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len() - self.authflows
    }

    /// Whether no connection is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many connections have a flow that runs.
    #[must_use]
    pub fn running_connections(&self) -> u32 {
        self.counts.in_progress.saturating_sub(self.authflows_read)
    }

    /// How many connections each filter shows, without a search.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The connection's row.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.entry(id).map(|entry| &entry.row)
    }

    /// The connections whose flows run as far as is known, those that wait first.
    pub fn running(&self, now: Timestamp) -> impl Iterator<Item = &str> {
        self.ordered()
            .take_while(|(_, entry)| entry.place.is_running())
            .filter(move |(_, entry)| entry.run.is_on(now))
            .filter_map(connection)
    }

    /// Whether a connection's flow runs as far as is known.
    #[must_use]
    pub fn runs(&self, id: &str, now: Timestamp) -> bool {
        self.entry(id).is_some_and(|entry| entry.run.is_on(now))
    }

    /// The connections that wait for a person, the most pressing first.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.ordered()
            .take_while(|(_, entry)| entry.place.is_waiting())
            .filter_map(|known| Some((connection(known)?, &known.1.row)))
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
        let matches = |known: (&Subject, &Entry)| {
            let is_found =
                |found: &HashSet<String>| connection(known).is_some_and(|id| found.contains(id));
            query.is_empty() || known.1.words.contains(&query) || window.found.is_some_and(is_found)
        };
        let mut view = ListView {
            filter: window.filter,
            query: window.query.to_owned(),
            searching: !query.is_empty() && window.found.is_none(),
            first: narrow(window.first),
            ..ListView::default()
        };
        let rows = window.first..window.first.saturating_add(window.count);
        let passing = |entry: &Entry| passes(window.filter, &entry.row);
        let mut draw = |place: usize, subject: &Subject, entry: &Entry| {
            if window.open == Some(subject) {
                view.open_at = Some(narrow(place));
            }
            if rows.contains(&place) {
                view.rows.push(entry.row.clone());
            }
            // All that is asked for has been seen.
            place + 1 >= rows.end && (window.open.is_none() || view.open_at.is_some())
        };
        if query.is_empty() {
            // Counted already: of thousands only those in the window need be looked at.
            let shown = self.ordered().filter(|(_, entry)| passing(entry));
            let _ = shown
                .enumerate()
                .any(|(place, (subject, entry))| draw(place, subject, entry));
            view.counts = self.counts;
            view.total = *counter(&mut view.counts, window.filter);
            return view;
        }
        let mut place = 0;
        let mut counts = Counts::default();
        for (subject, entry) in self.ordered().filter(|known| matches(*known)) {
            count(&mut counts, &entry.row, 1);
            if passing(entry) {
                draw(place, subject, entry);
                place += 1;
            }
        }
        view.counts = counts;
        view.total = narrow(place);
        view
    }

    fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(&Subject::connection(id))
    }

    fn ordered(&self) -> impl Iterator<Item = (&Subject, &Entry)> {
        self.order
            .iter()
            .filter_map(|(_, subject)| Some((subject, self.entries.get(subject)?)))
    }

    fn put(&mut self, subject: Subject, entry: Entry) {
        self.take(&subject);
        count(&mut self.counts, &entry.row, 1);
        if let Subject::Authflow(_) = subject {
            self.authflows += 1;
            self.authflows_read += u32::from(entry.place.is_running());
        }
        self.order.insert((entry.place.clone(), subject.clone()));
        self.entries.insert(subject, entry);
    }

    fn take(&mut self, subject: &Subject) -> Option<Entry> {
        let entry = self.entries.remove(subject)?;
        count(&mut self.counts, &entry.row, -1);
        if let Subject::Authflow(_) = subject {
            self.authflows -= 1;
            self.authflows_read -= u32::from(entry.place.is_running());
        }
        self.order.remove(&(entry.place.clone(), subject.clone()));
        Some(entry)
    }
}

/// The connection's id, if it is one.
fn connection<'a>((subject, _): (&'a Subject, &Entry)) -> Option<&'a str> {
    match subject {
        Subject::Connection(id) => Some(id),
        Subject::Authflow(_) => None,
    }
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
