//! Event streams that say the right thing in an awkward way, or wrong things beside it.

use super::log::Log;

/// One way to bend a stream. Applied to whole frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// A byte order mark at the beginning.
    ByteOrderMark,
    /// Lines end in CR.
    Cr,
    /// Lines end in CR LF.
    CrLf,
    /// Every frame twice.
    Twice,
    /// After each state, one whose JSON is broken.
    BrokenJson,
    /// After each state, one of so many bytes.
    Oversized(usize),
    /// After each frame an event of an unknown name, a comment and a field without meaning.
    Unknown,
    /// After each state the oldest one that was seen, with its old time.
    Old,
}

impl Bend {
    /// What is said at once on a stream that is open when this begins.
    pub(super) fn interjection(self, log: &Log) -> Vec<u8> {
        match self {
            Self::ByteOrderMark | Self::Cr | Self::CrLf => Vec::new(),
            Self::Twice => log.states.last().cloned().unwrap_or_default(),
            Self::BrokenJson | Self::Oversized(_) | Self::Unknown | Self::Old => self.addition(log),
        }
    }

    /// A frame as it is passed on; `first` if it begins its stream.
    pub(super) fn frame(self, frame: &[u8], first: bool, log: &Log) -> Vec<u8> {
        let mut bent = Vec::new();
        match self {
            Self::ByteOrderMark => {
                if first {
                    bent.extend_from_slice(b"\xEF\xBB\xBF");
                }
                bent.extend_from_slice(frame);
            }
            Self::Cr => bent.extend(frame.iter().map(|byte| match byte {
                b'\n' => b'\r',
                other => *other,
            })),
            Self::CrLf => {
                for byte in frame {
                    if *byte == b'\n' {
                        bent.push(b'\r');
                    }
                    bent.push(*byte);
                }
            }
            Self::Twice => {
                bent.extend_from_slice(frame);
                bent.extend_from_slice(frame);
            }
            Self::BrokenJson | Self::Oversized(_) | Self::Old if !is_state(frame) => {
                bent.extend_from_slice(frame);
            }
            Self::BrokenJson | Self::Oversized(_) | Self::Unknown | Self::Old => {
                bent.extend_from_slice(frame);
                bent.extend(self.addition(log));
            }
        }
        bent
    }

    fn addition(self, log: &Log) -> Vec<u8> {
        match self {
            Self::BrokenJson => b"event: managed_auth_state\ndata: {\"flow_status\":\n\n".to_vec(),
            Self::Oversized(bytes) => {
                let mut large = b"event: managed_auth_state\ndata: ".to_vec();
                large.resize(large.len() + bytes, b'x');
                large.extend_from_slice(b"\n\n");
                large
            }
            Self::Unknown => {
                b": nothing\nweather: fine\nevent: news\ndata: {\"event\":\"news\"}\n\n".to_vec()
            }
            Self::Old => log.states.first().cloned().unwrap_or_default(),
            Self::ByteOrderMark | Self::Cr | Self::CrLf | Self::Twice => Vec::new(),
        }
    }
}

pub(super) fn is_state(frame: &[u8]) -> bool {
    frame.starts_with(b"event: managed_auth_state\n")
}

pub(super) fn is_heartbeat(frame: &[u8]) -> bool {
    frame.starts_with(b"event: sse_heartbeat\n")
}

/// Takes the first whole frame out of what has arrived.
pub(super) fn take_frame(arrived: &mut Vec<u8>) -> Option<Vec<u8>> {
    let end = arrived.windows(2).position(|pair| pair == b"\n\n")? + 2;
    Some(arrived.drain(..end).collect())
}
