//! What comes out of the desk: each value whole, with a revision that rises when it changes.

use std::sync::Arc;

use support::ListView;
use tokio::sync::watch;

use crate::console_window::{ConsoleWindow, OpenConnection};

/// The ends that the desk publishes to.
pub(super) struct Publisher {
    windows: watch::Sender<Arc<ConsoleWindow>>,
    lists: watch::Sender<Arc<ListView>>,
    opened: watch::Sender<Arc<Option<OpenConnection>>>,
    /// Rises over all connections, so that a late one is known for late.
    opened_revision: u64,
}

/// The ends that are followed.
pub(super) struct Publishing {
    pub(super) windows: watch::Receiver<Arc<ConsoleWindow>>,
    pub(super) lists: watch::Receiver<Arc<ListView>>,
    pub(super) opened: watch::Receiver<Arc<Option<OpenConnection>>>,
}

impl Publisher {
    pub(super) fn new(first: ConsoleWindow) -> (Self, Publishing) {
        let (windows, window_end) = watch::channel(Arc::new(first));
        let (lists, list_end) = watch::channel(Arc::default());
        let (opened, opened_end) = watch::channel(Arc::new(None));
        let publisher = Self {
            windows,
            lists,
            opened,
            opened_revision: 0,
        };
        let publishing = Publishing {
            windows: window_end,
            lists: list_end,
            opened: opened_end,
        };
        (publisher, publishing)
    }

    pub(super) fn window(&self, mut window: ConsoleWindow) {
        self.windows.send_if_modified(|published| {
            window.revision = published.revision;
            let is_new = window != **published;
            if is_new {
                window.revision += 1;
                *published = Arc::new(window);
            }
            is_new
        });
    }

    pub(super) fn list(&self, mut list: ListView) {
        self.lists.send_if_modified(|published| {
            list.revision = published.revision;
            let is_new = list != **published;
            if is_new {
                list.revision += 1;
                *published = Arc::new(list);
            }
            is_new
        });
    }

    pub(super) fn open(&mut self, open: Option<OpenConnection>) {
        let revision = self.opened_revision;
        let is_new = self.opened.send_if_modified(|published| {
            let mut open = open;
            if let (Some(open), Some(published)) = (&mut open, published.as_ref()) {
                open.revision = published.revision;
            }
            let is_new = open != **published;
            if is_new {
                if let Some(open) = &mut open {
                    open.revision = revision + 1;
                }
                *published = Arc::new(open);
            }
            is_new
        });
        if is_new {
            self.opened_revision += 1;
        }
    }
}
