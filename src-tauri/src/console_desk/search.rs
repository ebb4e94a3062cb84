//! A search: what is known here matches at once, and the service is asked for the rest
//! (`kernel-api.md` 3.2).

use std::{collections::HashSet, time::Duration};

use managed_auth::{Client, Connection, ConnectionFilter, Error, PageRequest};
use tokio::task::JoinHandle;

use super::news::{Messenger, What};

/// How long a person may still be typing.
const STILL_TYPING: Duration = Duration::from_millis(200);
/// A search that finds more than this many pages of 100 is not narrow enough to be read.
const MOST_PAGES: u32 = 5;

/// The present search.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) query: String,
    /// What the service found; `None` until it has answered.
    pub(super) found: Option<HashSet<String>>,
    asking: Option<JoinHandle<()>>,
}

impl Search {
    /// Searches for something else, or for nothing.
    pub(super) fn set(&mut self, query: &str, client: &Client, messenger: &Messenger) {
        let query = query.trim();
        if query == self.query {
            return;
        }
        self.stop();
        query.clone_into(&mut self.query);
        self.found = None;
        if !query.is_empty() {
            let (query, client, messenger) = (query.to_owned(), client.clone(), messenger.clone());
            self.asking = Some(tokio::spawn(async move {
                tokio::time::sleep(STILL_TYPING).await;
                let connections = ask(&client, &query).await;
                messenger.tell(What::Found { query, connections }).await;
            }));
        }
    }

    /// The service has answered. What can't be had from it is not waited for: the rows that are
    /// known here stand.
    pub(super) fn answered(&mut self, query: &str, found: HashSet<String>) {
        if query == self.query {
            self.found = Some(found);
        }
    }

    fn stop(&mut self) {
        if let Some(asking) = self.asking.take() {
            asking.abort();
        }
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn ask(client: &Client, query: &str) -> Result<Vec<Connection>, Error> {
    let filter = ConnectionFilter {
        query: Some(query.to_owned()),
        ..ConnectionFilter::default()
    };
    let mut all = Vec::new();
    let mut offset = 0;
    for _ in 0..MOST_PAGES {
        let request = PageRequest {
            limit: Some(100),
            offset,
        };
        let page = client.list_page(&filter, request).await?;
        all.extend(page.items);
        match page.next {
            Some(next) => offset = next,
            None => break,
        }
    }
    Ok(all)
}
