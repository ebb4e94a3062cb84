//! What is printed of a stream: how much, and never what.

use managed_auth::{Decoded, Decoder};

#[test]
fn an_event_is_printed_by_its_lengths_alone() {
    let decoded = Decoder::default().push(b"event: secrets\nid: sentinel\ndata: hunter2\n\n");
    let [Decoded::Event(event)] = decoded.as_slice() else {
        panic!("one event")
    };
    let printed = format!("{event:?}");
    for length in ["event_bytes: 7", "data_bytes: 7", "id_bytes: 8"] {
        assert!(printed.contains(length), "{printed}");
    }
    for content in ["secrets", "sentinel", "hunter2"] {
        assert!(!printed.contains(content), "{printed}");
    }
}

#[test]
fn a_decoder_in_the_middle_of_an_event_prints_its_name_alone() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.push(b"data: hunter2"), []);
    assert_eq!(format!("{decoder:?}"), "Decoder { .. }");
}
