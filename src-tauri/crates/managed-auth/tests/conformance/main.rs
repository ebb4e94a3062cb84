//! Every rule of WHATWG HTML "server-sent events" about the event stream, in every chunking.
//!
//! A vector says after which byte each event has to be out. That is checked after every chunk,
//! so an event that waits for one more byte, or for the end of the stream, fails.

mod bytes;
mod fields;
mod ids_and_retry;
mod lines;
mod vector;

use managed_auth::{Decoded, Decoder};
use vector::Vector;

fn vectors() -> Vec<Vector> {
    [
        bytes::vectors(),
        lines::vectors(),
        fields::vectors(),
        ids_and_retry::vectors(),
    ]
    .concat()
}

#[test]
fn whole_and_in_chunks_of_1_2_3_5_7_and_16_bytes() {
    for vector in vectors() {
        for size in [usize::MAX, 1, 2, 3, 5, 7, 16] {
            let cuts = (1..vector.input.len()).filter(|cut| cut % size == 0);
            check(&vector, &cuts.collect::<Vec<_>>());
        }
    }
}

#[test]
fn in_every_split_into_two_and_three() {
    for vector in vectors().iter().filter(|vector| vector.input.len() <= 200) {
        let length = vector.input.len();
        for first in 0..=length {
            for second in first..=length {
                check(vector, &[first, second]);
            }
        }
    }
}

#[test]
fn with_empty_chunks_between() {
    for vector in vectors() {
        let cuts = (0..=vector.input.len()).flat_map(|cut| [cut, cut]);
        check(&vector, &cuts.collect::<Vec<_>>());
    }
}

#[test]
fn the_names_of_the_vectors_differ() {
    let mut names: Vec<_> = vectors().iter().map(|vector| vector.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

/// Decodes a vector cut at these places, and compares after each chunk what is out by then.
fn check(vector: &Vector, cuts: &[usize]) {
    let mut decoder = Decoder::default();
    let mut items: Vec<Decoded> = Vec::new();
    let mut start = 0;
    for &end in cuts.iter().chain([&vector.input.len()]) {
        items.extend(decoder.push(&vector.input[start..end]));
        start = end;
        let due: Vec<_> = vector.due_at(end).collect();
        assert!(
            items.iter().eq(due.iter().copied()),
            "{}, cut at {cuts:?}, after byte {end}:\n got {}\nwant {}",
            vector.name,
            vector::show(items.iter()),
            vector::show(due.into_iter()),
        );
    }
}
