//! The walk over the whole list, again and again: what is new elsewhere, and what is gone.

use std::time::Duration;

use managed_auth::{Client, ConnectionFilter, Error, PageRequest};
use tokio::task::JoinHandle;

use super::news::{Messenger, What};

/// The most that a page may hold (`kernel-api.md` 1.5).
const PAGE: u32 = 100;
/// More pages than that are not one walk's work: a million connections.
const MOST_PAGES: u32 = 10_000;
/// The rest between two walks, at least.
const REST: Duration = Duration::from_secs(20);
/// The rest for each page that the last walk had: a long list is walked less often, so that at
/// most a request or two in a second go to it.
const REST_FOR_A_PAGE: Duration = Duration::from_millis(700);
/// The rest after a walk that failed.
const REST_AFTER_TROUBLE: Duration = Duration::from_secs(5);

/// Walks over the list until it is dropped.
#[derive(Debug)]
pub(super) struct Walk(JoinHandle<()>);

impl Walk {
    pub(super) fn begin(client: Client, messenger: Messenger) -> Self {
        Self(tokio::spawn(walk_again(client, messenger)))
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn walk_again(client: Client, messenger: Messenger) {
    loop {
        let outcome = walk(&client, &messenger).await;
        let rest = match &outcome {
            Ok(pages) => REST.max(REST_FOR_A_PAGE * *pages),
            Err(Error::RateLimited {
                retry_after: Some(asked),
                ..
            }) => REST_AFTER_TROUBLE.max(*asked),
            Err(_) => REST_AFTER_TROUBLE,
        };
        messenger.tell(What::WalkOver(outcome.map(|_| ()))).await;
        tokio::time::sleep(rest).await;
    }
}

/// One walk. How many pages it had.
async fn walk(client: &Client, messenger: &Messenger) -> Result<u32, Error> {
    let mut offset = 0;
    for pages in 1..=MOST_PAGES {
        let request = PageRequest {
            limit: Some(PAGE),
            offset,
        };
        let page = client
            .list_page(&ConnectionFilter::default(), request)
            .await?;
        messenger
            .tell(What::Listed {
                connections: page.items,
                service_time: page.server_time,
            })
            .await;
        match page.next {
            Some(next) => offset = next,
            None => return Ok(pages),
        }
    }
    Ok(MOST_PAGES)
}
