//! The event-stream format: bytes in, events out.
//!
//! The rules are those of WHATWG HTML, "server-sent events". The crate `eventsource-stream` reads
//! the events, but raw bytes from the network must never reach it: it panics on a byte order
//! mark, waits for ever after invalid UTF-8, is a byte late on a lone CR, keeps an unbounded
//! buffer, and takes quadratic time over large events. So a guard stands in front of it:
//!
//! ```text
//! bytes ──▶ Guard ──▶ Block ──▶ BlockReader ──▶ events
//!           lines     bounded   eventsource-stream
//! ```
//!
//! The guard ends lines, skips what has no meaning and reads `retry`. A block collects what one
//! event needs, within a bound. Only a finished block is handed over, line by line, as valid
//! UTF-8.

mod block;
mod block_reader;
mod decoder;
mod guard;
mod line;
mod retry;

pub use decoder::{DEFAULT_MAX_EVENT, Decoded, Decoder, RawEvent};
