//! The property that the fuzz target and a test of the crate share.

use managed_auth::{Decoded, Decoder};

/// Panics unless a stream gives the same whole and in pieces, with a generous and with a small
/// bound on the size of an event.
///
/// The first byte sets the small bound; the rest is the stream.
pub(crate) fn split_equals_whole(data: &[u8]) {
    let Some((&bound, stream)) = data.split_first() else {
        return;
    };
    for max_event in [1024 * 1024, usize::from(bound)] {
        let whole = decode([stream], max_event);
        for size in [1, 2, 3, 5, 7, 16] {
            assert_eq!(
                decode(stream.chunks(size), max_event),
                whole,
                "in chunks of {size}"
            );
        }
        assert_eq!(decode(uneven(stream), max_event), whole, "in uneven chunks");
    }
}

fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, max_event: usize) -> Vec<Decoded> {
    let mut decoder = Decoder::new(max_event);
    pieces
        .into_iter()
        .flat_map(|piece| decoder.push(piece))
        .collect()
}

/// Pieces of 0 to 7 bytes, as long as the byte at their start says. So the fuzzer can choose
/// where to cut.
fn uneven(mut stream: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    while let Some(&first) = stream.first() {
        let (piece, rest) = stream.split_at(usize::from(first % 8).min(stream.len()));
        pieces.push(piece);
        // A piece of nothing is followed by one of a byte, so that this ends.
        let (byte, rest) = rest.split_at(usize::from(piece.is_empty()));
        pieces.push(byte);
        stream = rest;
    }
    pieces
}
