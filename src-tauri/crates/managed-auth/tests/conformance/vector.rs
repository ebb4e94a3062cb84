//! What goes in, and what has to come out after which byte.

use std::time::Duration;

use managed_auth::{Decoded, RawEvent};

#[derive(Clone)]
pub(crate) struct Vector {
    pub(crate) name: &'static str,
    pub(crate) input: Vec<u8>,
    /// The number of bytes after which each item has to be out, and not before.
    due: Vec<(usize, Decoded)>,
}

impl Vector {
    pub(crate) fn named(name: &'static str) -> Self {
        Self {
            name,
            input: Vec::new(),
            due: Vec::new(),
        }
    }

    /// More bytes, with the last of which these items come out.
    pub(crate) fn gives(
        mut self,
        input: impl AsRef<[u8]>,
        items: impl IntoIterator<Item = Decoded>,
    ) -> Self {
        self.input.extend_from_slice(input.as_ref());
        self.due
            .extend(items.into_iter().map(|item| (self.input.len(), item)));
        self
    }

    /// More bytes, with which nothing comes out.
    pub(crate) fn silent(self, input: impl AsRef<[u8]>) -> Self {
        self.gives(input, [])
    }

    pub(crate) fn due_at(&self, bytes: usize) -> impl Iterator<Item = &Decoded> {
        self.due
            .iter()
            .take_while(move |(due, _)| *due <= bytes)
            .map(|(_, item)| item)
    }
}

/// An event of the default type without an id.
pub(crate) fn message(data: &str) -> Decoded {
    event("message", data, "")
}

pub(crate) fn event(event: &str, data: &str, id: &str) -> Decoded {
    Decoded::Event(RawEvent {
        event: event.into(),
        data: data.into(),
        id: id.into(),
    })
}

pub(crate) fn retry(milliseconds: u64) -> Decoded {
    Decoded::Retry(Duration::from_millis(milliseconds))
}

/// Items in full: their own debug output tells lengths only.
pub(crate) fn show<'a>(items: impl Iterator<Item = &'a Decoded>) -> String {
    let shown = items.map(|item| match item {
        Decoded::Event(event) => format!("{:?}: {:?} (id {:?})", event.event, event.data, event.id),
        other => format!("{other:?}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}
