//! The guard: ends lines and leaves out what has no meaning, before anything else reads a byte.

use std::time::Duration;

use memchr::memchr2;

use super::{
    block::{Block, FinishedBlock, TooLarge},
    line::{Field, Line, LineEnd},
    retry::RetryDigits,
};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the guard hands on.
pub(super) enum Found {
    /// A block that dispatches an event, or changes the last event id.
    Block(FinishedBlock),
    /// A valid `retry` line.
    Retry(Duration),
    /// The block being read is too large and will be left out.
    TooLarge,
}

/// Where in the stream the next byte belongs.
pub(super) struct Guard {
    /// How many bytes of a byte order mark have been seen at the start of the stream; `None`
    /// once the start is over.
    mark: Option<usize>,
    /// Whether the line before ended in CR, so that an LF now is the rest of that line end. The
    /// line is not kept waiting for it.
    after_cr: bool,
    line: Line,
    retry: RetryDigits,
    block: Block,
}

impl Guard {
    pub(super) fn new(max_field: usize) -> Self {
        Self {
            mark: Some(0),
            after_cr: false,
            line: Line::default(),
            retry: RetryDigits::default(),
            block: Block::new(max_field),
        }
    }

    /// Consumes `bytes` up to the next find, or all of them if there is none.
    pub(super) fn next(&mut self, bytes: &mut &[u8]) -> Option<Found> {
        self.skip_mark(bytes);
        while !bytes.is_empty() {
            let end = memchr2(b'\r', b'\n', bytes).unwrap_or(bytes.len());
            let (piece, rest) = bytes.split_at(end);
            *bytes = rest;
            if !piece.is_empty() {
                self.after_cr = false;
                if let Some(found) = self.take(piece) {
                    return Some(found);
                }
            }
            let Some((&line_end, rest)) = bytes.split_first() else {
                break;
            };
            *bytes = rest;
            let second_half = line_end == b'\n' && self.after_cr;
            self.after_cr = line_end == b'\r';
            if !second_half && let Some(found) = self.end_line() {
                return Some(found);
            }
        }
        None
    }

    /// Drops one byte order mark at the very start, also one that arrives in pieces. Any other
    /// is part of its line.
    fn skip_mark(&mut self, bytes: &mut &[u8]) {
        while let Some(seen) = self.mark
            && let Some((&byte, rest)) = bytes.split_first()
        {
            if byte == BYTE_ORDER_MARK[seen] {
                *bytes = rest;
                self.mark = Some(seen + 1).filter(|&seen| seen < BYTE_ORDER_MARK.len());
            } else {
                self.mark = None;
                if seen > 0 {
                    // A part of a mark is a broken character, and no known name has one.
                    self.line = Line::Ignored;
                }
            }
        }
    }

    /// Takes a piece of a line, which contains no line end.
    fn take(&mut self, piece: &[u8]) -> Option<Found> {
        let (field, value) = self.line.take(piece)?;
        if field == Field::Retry {
            self.retry.take(value);
            return None;
        }
        self.block
            .take(field, value)
            .err()
            .map(|TooLarge| Found::TooLarge)
    }

    fn end_line(&mut self) -> Option<Found> {
        match std::mem::take(&mut self.line).end() {
            LineEnd::Blank => self.block.finish().map(Found::Block),
            LineEnd::Field(Field::Retry) => std::mem::take(&mut self.retry).end().map(Found::Retry),
            LineEnd::Field(field) => self
                .block
                .end_field(field)
                .err()
                .map(|TooLarge| Found::TooLarge),
            LineEnd::Ignored => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: usize = 64 * 1024;

    /// The most memory that a block takes while 512 KiB of this arrive after a beginning.
    fn most_memory(beginning: &str, filler: &str) -> usize {
        let mut guard = Guard::new(BOUND);
        while guard.next(&mut beginning.as_bytes()).is_some() {}
        let chunk = filler.repeat(8192 / filler.len());
        let sizes = (0..64).map(|_| {
            let mut bytes = chunk.as_bytes();
            while guard.next(&mut bytes).is_some() {}
            guard.block.capacity()
        });
        sizes.max().unwrap_or_default()
    }

    #[test]
    fn what_has_no_meaning_takes_no_memory() {
        for beginning in [":", "x", "unknown: ", "retry: ", "retry: x"] {
            assert_eq!(most_memory(beginning, "12345678"), 0, "{beginning:?}");
        }
        for line in [":\n", "x\n", "x: y\n", "retry: 1\n", "\n", "event: t\n\n"] {
            assert_eq!(most_memory("", line), 0, "{line:?}");
        }
    }

    #[test]
    fn what_has_one_is_bounded() {
        for beginning in ["data: ", "event: ", "id: "] {
            assert!(
                most_memory(beginning, "12345678") <= 2 * BOUND,
                "{beginning:?}"
            );
        }
        for line in ["data\n", "data: 1\n", "event: t\n", "id: 1\n"] {
            assert!(most_memory("", line) <= 2 * BOUND, "{line:?}");
        }
    }

    #[test]
    fn a_dropped_event_takes_no_memory_any_more() {
        let mut guard = Guard::new(8);
        assert!(matches!(
            guard.next(&mut b"data: 123456789".as_slice()),
            Some(Found::TooLarge)
        ));
        assert_eq!(guard.block.capacity(), 0);
        for more in ["\ndata: 1234", "\nevent: 1234", "\nid: 123456789"] {
            assert!(guard.next(&mut more.as_bytes()).is_none());
            assert_eq!(guard.block.capacity(), 0, "{more:?}");
        }
    }
}
