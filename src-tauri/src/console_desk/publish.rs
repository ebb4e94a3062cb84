//! What comes out of the desk: each value whole, with a revision that rises when it changes.

use std::sync::Arc;

use support::ListView;
use tokio::sync::watch;

use crate::{
    authflow_window::OpenAuthflow,
    console_window::{ConsoleWindow, OpenConnection},
};

/// The ends that the desk publishes to.
pub(super) struct Publisher {
    windows: watch::Sender<Arc<ConsoleWindow>>,
    lists: watch::Sender<Arc<ListView>>,
    opened: watch::Sender<Arc<Option<OpenConnection>>>,
    authflows: watch::Sender<Arc<Option<OpenAuthflow>>>,
    /// Rises over all connections, so that a late one is known for late.
    opened_revision: u64,
    /// The same over all authflows.
    authflow_revision: u64,
}

/// The ends that are followed.
pub(super) struct Publishing {
    pub(super) windows: watch::Receiver<Arc<ConsoleWindow>>,
    pub(super) lists: watch::Receiver<Arc<ListView>>,
    pub(super) opened: watch::Receiver<Arc<Option<OpenConnection>>>,
    pub(super) authflows: watch::Receiver<Arc<Option<OpenAuthflow>>>,
}

impl Publisher {
    pub(super) fn new(first: ConsoleWindow) -> (Self, Publishing) {
        let (windows, window_end) = watch::channel(Arc::new(first));
        let (lists, list_end) = watch::channel(Arc::default());
        let (opened, opened_end) = watch::channel(Arc::new(None));
        let (authflows, authflow_end) = watch::channel(Arc::new(None));
        let publisher = Self {
            windows,
            lists,
            opened,
            authflows,
            opened_revision: 0,
            authflow_revision: 0,
        };
        let publishing = Publishing {
            windows: window_end,
            lists: list_end,
            opened: opened_end,
            authflows: authflow_end,
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
        publish_open(&self.opened, &mut self.opened_revision, open);
    }

    pub(super) fn authflow(&mut self, open: Option<OpenAuthflow>) {
        publish_open(&self.authflows, &mut self.authflow_revision, open);
    }
}

/// Something that can be open, with a revision.
trait Revised: PartialEq {
    fn revision(&mut self) -> &mut u64;
}

impl Revised for OpenConnection {
    fn revision(&mut self) -> &mut u64 {
        &mut self.revision
    }
}

impl Revised for OpenAuthflow {
    fn revision(&mut self) -> &mut u64 {
        &mut self.revision
    }
}

/// Publishes what is open if it differs from what was, leaving the revisions aside.
fn publish_open<T: Revised>(
    end: &watch::Sender<Arc<Option<T>>>,
    revision: &mut u64,
    mut open: Option<T>,
) {
    // What was published last has this one.
    if let Some(open) = &mut open {
        *open.revision() = *revision;
    }
    end.send_if_modified(|published| {
        let is_new = open != **published;
        if is_new {
            *revision += 1;
            if let Some(open) = &mut open {
                *open.revision() = *revision;
            }
            *published = Arc::new(open.take());
        }
        is_new
    });
}
