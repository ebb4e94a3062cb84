//! A block: the lines between two blank lines, reduced to what they mean.

use super::line::Field;

/// A field of the block has passed the bound, for the first time in this block.
pub(super) struct TooLarge;

/// The block being read.
pub(super) struct Block {
    /// The bound of each field, in bytes as they arrive.
    max_field: usize,
    /// The value of the line being read, if it is an `event` or an `id`: the last such line of
    /// a block counts, so nothing is replaced before the line has ended.
    value: Vec<u8>,
    /// Whether that value has passed the bound.
    value_too_large: bool,
    kind: Vec<u8>,
    /// The `data` lines, each followed by LF.
    data: Vec<u8>,
    id: Option<Vec<u8>>,
    /// Whether the event is left out. Its id counts all the same, so that what comes after is as
    /// if the event had been dispatched and then lost.
    dropped: bool,
}

impl Block {
    pub(super) fn new(max_field: usize) -> Self {
        Self {
            max_field,
            value: Vec::new(),
            value_too_large: false,
            kind: Vec::new(),
            data: Vec::new(),
            id: None,
            dropped: false,
        }
    }

    /// Takes a piece of the value of a line.
    pub(super) fn take(&mut self, field: Field, piece: &[u8]) -> Result<(), TooLarge> {
        let target = match field {
            Field::Retry => return Ok(()),
            Field::Event | Field::Data if self.dropped => return Ok(()),
            Field::Data => &mut self.data,
            Field::Event | Field::Id => &mut self.value,
        };
        if self.value_too_large {
            return Ok(());
        }
        if piece.len() > self.max_field.saturating_sub(target.len()) {
            if field != Field::Data {
                self.value = Vec::new();
                self.value_too_large = true;
            }
            return self.drop_event();
        }
        target.extend_from_slice(piece);
        Ok(())
    }

    /// Ends a line.
    pub(super) fn end_field(&mut self, field: Field) -> Result<(), TooLarge> {
        let value = std::mem::take(&mut self.value);
        let too_large = std::mem::take(&mut self.value_too_large);
        match field {
            Field::Data if !self.dropped => {
                // The LF of the last line is not part of the event, so it may stand on the bound.
                if self.data.len() > self.max_field {
                    return self.drop_event();
                }
                self.data.push(b'\n');
            }
            // Of a dropped event no value was taken, so this takes no memory either.
            Field::Event => self.kind = value,
            // An id that contains NUL is ignored, and the old one stays.
            Field::Id if !too_large && !value.contains(&0) => self.id = Some(value),
            _ => {}
        }
        Ok(())
    }

    fn drop_event(&mut self) -> Result<(), TooLarge> {
        self.kind = Vec::new();
        self.data = Vec::new();
        if std::mem::replace(&mut self.dropped, true) {
            Ok(())
        } else {
            Err(TooLarge)
        }
    }

    /// Ends the block at its blank line and gives it, unless it says nothing.
    pub(super) fn finish(&mut self) -> Option<FinishedBlock> {
        let block = std::mem::replace(self, Self::new(self.max_field));
        let id = block.id.map(text);
        let event =
            (!block.data.is_empty()).then(|| EventLines::new(text(block.kind), text(block.data)));
        (id.is_some() || event.is_some()).then_some(FinishedBlock {
            id,
            event,
            ended: false,
        })
    }
}

/// Replaces what is not UTF-8 by U+FFFD, as the standard's decoder does. That may be done value
/// by value, because no broken character reaches over an ASCII byte.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A block that has ended, as an iterator over its lines: each with its LF, the blank one last.
pub(super) struct FinishedBlock {
    id: Option<String>,
    event: Option<EventLines>,
    ended: bool,
}

impl Iterator for FinishedBlock {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if let Some(id) = self.id.take() {
            return Some(format!("id: {id}\n"));
        }
        if let Some(line) = self.event.as_mut().and_then(EventLines::next) {
            return Some(line);
        }
        (!std::mem::replace(&mut self.ended, true)).then(|| "\n".to_owned())
    }
}

/// The lines of an event: its type, if it has one, and its data.
struct EventLines {
    kind: Option<String>,
    /// Each line followed by LF.
    data: String,
    /// Where the next data line starts.
    next: usize,
}

impl EventLines {
    fn new(kind: String, data: String) -> Self {
        Self {
            kind: Some(kind).filter(|kind| !kind.is_empty()),
            data,
            next: 0,
        }
    }

    fn next(&mut self) -> Option<String> {
        if let Some(kind) = self.kind.take() {
            return Some(format!("event: {kind}\n"));
        }
        let rest = &self.data[self.next..];
        let line = &rest[..=rest.find('\n')?];
        self.next += line.len();
        Some(["data: ", line].concat())
    }
}

#[cfg(test)]
impl Block {
    /// How many bytes the block holds at most.
    pub(super) fn capacity(&self) -> usize {
        let id = self.id.as_ref().map_or(0, Vec::capacity);
        self.value.capacity() + self.kind.capacity() + self.data.capacity() + id
    }
}
