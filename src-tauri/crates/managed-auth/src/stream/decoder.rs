//! The decoder: the guard and `eventsource-stream` as one.

use std::{fmt, time::Duration};

use super::{
    block_reader::BlockReader,
    guard::{Found, Guard},
};

/// How long a field of an event may be unless set otherwise, in bytes: 1 MiB.
pub const DEFAULT_MAX_EVENT: usize = 1024 * 1024;

/// One event as WHATWG HTML "server-sent events" dispatches it.
///
/// Its `Debug` output tells lengths only: the data of Kernel's events contain secrets
/// (`kernel-api.md` 9).
#[derive(Clone, PartialEq, Eq)]
pub struct RawEvent {
    /// The type: what the `event` line says, or `message`.
    pub event: String,
    /// The `data` lines, joined with LF.
    pub data: String,
    /// The last event id string: the latest `id` of this or an earlier block, or empty.
    pub id: String,
}

impl fmt::Debug for RawEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEvent")
            .field("event_bytes", &self.event.len())
            .field("data_bytes", &self.data.len())
            .field("id_bytes", &self.id.len())
            .finish()
    }
}

/// What a [`Decoder`] finds in a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// An event.
    Event(RawEvent),
    /// The server wishes this pause before a reconnection; at most a day.
    Retry(Duration),
    /// An event had a field over the bound. It alone is lost.
    ///
    /// It is reported as soon as the bound is passed, and once for each such event.
    TooLarge,
}

/// Decodes an event stream piece by piece.
///
/// The result does not depend on where the pieces are cut, and an event is given as soon as the
/// blank line that ends it has arrived. What is left unfinished when the stream ends is dropped,
/// as the standard says, by dropping the decoder.
///
/// An event is held in memory until its blank line: at most three fields (type, data, id) of the
/// bound each. Comments, unknown fields and dropped events take no memory however long they are.
pub struct Decoder {
    guard: Guard,
    reader: BlockReader,
}

impl Decoder {
    /// A decoder at the start of a stream, which drops an event if its data (joined with LF),
    /// its type or its id has more than `max_event` bytes as they arrive.
    #[must_use]
    pub fn new(max_event: usize) -> Self {
        Self {
            guard: Guard::new(max_event),
            reader: BlockReader::new(),
        }
    }

    /// Takes the next bytes of the stream and gives what they complete, in order.
    pub fn push(&mut self, mut bytes: &[u8]) -> Vec<Decoded> {
        let mut decoded = Vec::new();
        while let Some(found) = self.guard.next(&mut bytes) {
            decoded.extend(match found {
                Found::Block(block) => self.reader.read(block).map(Decoded::Event),
                Found::Retry(pause) => Some(Decoded::Retry(pause)),
                Found::TooLarge => Some(Decoded::TooLarge),
            });
        }
        decoded
    }
}

impl Default for Decoder {
    /// A decoder with the bound [`DEFAULT_MAX_EVENT`].
    fn default() -> Self {
        Self::new(DEFAULT_MAX_EVENT)
    }
}

impl fmt::Debug for Decoder {
    /// Says nothing of what it holds, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").finish_non_exhaustive()
    }
}
