//! One line of an event stream, as far as it has been read.

/// The fields that have a meaning.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Event,
    Data,
    Id,
    Retry,
}

impl Field {
    /// Names are compared byte by byte: case counts, and so does a NUL or a byte order mark.
    fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"event" => Some(Self::Event),
            b"data" => Some(Self::Data),
            b"id" => Some(Self::Id),
            b"retry" => Some(Self::Retry),
            _ => None,
        }
    }
}

/// The length of the longest name that has a meaning.
const LONGEST_NAME: usize = 5;

/// The bytes of a name that may still turn out to be known.
#[derive(Clone, Copy, Default)]
pub(super) struct Name {
    bytes: [u8; LONGEST_NAME],
    length: usize,
}

impl Name {
    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// The name with one more byte, or `None` if it is too long to be known.
    fn with(mut self, byte: u8) -> Option<Self> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(self)
    }
}

/// How far a line has been read.
#[derive(Clone, Copy)]
pub(super) enum Line {
    /// In its name, or at its start.
    Name(Name),
    /// Just after the colon, where one space is dropped.
    AfterColon(Field),
    /// In the value.
    Value(Field),
    /// A comment or an unknown field.
    Ignored,
}

impl Default for Line {
    fn default() -> Self {
        Self::Name(Name::default())
    }
}

/// What a line was, once it has ended.
pub(super) enum LineEnd {
    Blank,
    Field(Field),
    Ignored,
}

impl Line {
    /// Takes a piece of the line, and gives the part of it that belongs to a known field's value.
    pub(super) fn take<'a>(&mut self, mut piece: &'a [u8]) -> Option<(Field, &'a [u8])> {
        while let Self::Name(name) = *self {
            let (&byte, rest) = piece.split_first()?;
            piece = rest;
            *self = if byte == b':' {
                // An empty name is that of a comment, and not known either.
                Field::named(name.as_bytes()).map_or(Self::Ignored, Self::AfterColon)
            } else {
                name.with(byte).map_or(Self::Ignored, Self::Name)
            };
        }
        if let Self::AfterColon(field) = *self {
            let first = piece.first()?;
            if *first == b' ' {
                piece = &piece[1..];
            }
            *self = Self::Value(field);
        }
        match *self {
            Self::Value(field) => Some((field, piece)),
            _ => None,
        }
    }

    pub(super) fn end(self) -> LineEnd {
        match self {
            Self::Name(name) if name.length == 0 => LineEnd::Blank,
            // Without a colon the whole line is the name, and the value is empty.
            Self::Name(name) => {
                Field::named(name.as_bytes()).map_or(LineEnd::Ignored, LineEnd::Field)
            }
            Self::AfterColon(field) | Self::Value(field) => LineEnd::Field(field),
            Self::Ignored => LineEnd::Ignored,
        }
    }
}
