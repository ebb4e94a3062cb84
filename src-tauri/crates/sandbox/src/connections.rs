//! All connections, by age and by id, so that ten thousand of them are as quick to find as one.

use std::collections::{BTreeMap, HashMap};

use crate::connection::Connection;

/// The connections that exist.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    by_age: BTreeMap<u64, Connection>,
    ages: HashMap<String, u64>,
    next: u64,
}

impl Connections {
    pub(crate) fn add(&mut self, connection: Connection) {
        self.ages.insert(connection.id.clone(), self.next);
        self.by_age.insert(self.next, connection);
        self.next += 1;
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Connection> {
        self.by_age.get(self.ages.get(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Connection> {
        self.by_age.get_mut(self.ages.get(id)?)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(age) = self.ages.remove(id) {
            self.by_age.remove(&age);
        }
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Connection> {
        self.by_age.values().rev()
    }
}
