//! The property of two decoders that a fuzz target and a test share.

use std::num::NonZeroUsize;

use managed_auth::{Decoded, Decoder};
use sse_core::{SseDecoder, SseEvent};

/// Panics unless `sse-core`, which shares no code with our decoder, finds the same in a stream:
/// with a generous bound, and with a small one.
///
/// The first byte sets the small bound and the second where the stream is cut for our decoder;
/// the rest is the stream, which the other gets whole. Its bytes say where our decoder gets it
/// cut once more.
pub(crate) fn another_decoder_agrees(data: &[u8]) {
    let [bound, size, stream @ ..] = data else {
        return;
    };
    let size = usize::from(*size).max(1);
    // More than any fuzzed stream has, so that nothing is over it.
    for bound in [stream.len() + 1, usize::from(*bound).max(1)] {
        let theirs = by_sse_core(stream, bound);
        assert_eq!(by_ours(stream.chunks(size), bound), theirs, "bound {bound}");
        assert_eq!(by_ours(uneven(stream), bound), theirs, "bound {bound}");
    }
}

/// What both decoders say, in a form that can be compared.
#[derive(Debug, PartialEq)]
enum Plain {
    Event {
        kind: String,
        data: String,
        id: Option<String>,
    },
    Pause(u128),
    TooLarge,
}

/// They differ on purpose in two things, which are left out.
///
/// - **Long pauses.** Ours clamps one of more than a day to a day, and it reads a number of any
///   length. The other gives up to 2³² milliseconds, and ignores the rest.
/// - **Ids after an event over the bound.** Ours counts the id of the lost event, as if it had
///   been dispatched and then lost. The other forgets it.
fn comparable(all: impl IntoIterator<Item = Plain>) -> Vec<Plain> {
    let mut lost_one = false;
    all.into_iter()
        .filter(|plain| !matches!(plain, Plain::Pause(86_400_000..)))
        .map(|plain| match plain {
            Plain::Event { kind, data, .. } if lost_one => Plain::Event {
                kind,
                data,
                id: None,
            },
            plain => {
                lost_one |= plain == Plain::TooLarge;
                plain
            }
        })
        .collect()
}

fn by_ours<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, bound: usize) -> Vec<Plain> {
    let mut decoder = Decoder::new(bound);
    let all = pieces
        .into_iter()
        .flat_map(|piece| decoder.push(piece))
        .map(|decoded| match decoded {
            Decoded::Event(event) => Plain::Event {
                kind: event.event,
                data: event.data,
                id: Some(event.id),
            },
            Decoded::Retry(pause) => Plain::Pause(pause.as_millis()),
            Decoded::TooLarge => Plain::TooLarge,
        });
    comparable(all)
}

fn by_sse_core(mut stream: &[u8], bound: usize) -> Vec<Plain> {
    let mut decoder = SseDecoder::with_limit(NonZeroUsize::new(bound).expect("a bound of one"));
    let mut all = Vec::new();
    while let Some(found) = decoder.next(&mut stream) {
        all.push(match found {
            Ok(SseEvent::Message(message)) => Plain::Event {
                kind: message.event.into_owned(),
                data: message.data,
                // It tells an empty id from none, and the standard does not.
                id: Some(message.last_event_id.as_deref().unwrap_or_default().into()),
            },
            Ok(SseEvent::Retry(milliseconds)) => Plain::Pause(milliseconds.into()),
            Err(_) => Plain::TooLarge,
        });
    }
    comparable(all)
}

/// Pieces of 0 to 7 bytes, as the byte at the start of each says, and one byte after each of 0.
fn uneven(stream: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = stream;
    let mut was_empty = false;
    std::iter::from_fn(move || {
        let size = if was_empty {
            1
        } else {
            usize::from(rest.first()? % 8)
        };
        let (piece, after) = rest.split_at(size.min(rest.len()));
        was_empty = piece.is_empty();
        rest = after;
        Some(piece)
    })
}
