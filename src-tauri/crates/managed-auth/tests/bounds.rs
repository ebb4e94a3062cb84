//! What a hostile or broken server can cost: one event, and no more.

use std::thread;

use managed_auth::{DEFAULT_MAX_EVENT, Decoded, Decoder, RawEvent};

fn message(data: &str, id: &str) -> Decoded {
    Decoded::Event(RawEvent {
        event: "message".into(),
        data: data.into(),
        id: id.into(),
    })
}

/// Decodes with a bound of eight bytes: whole, and then in chunks of each size, which has to
/// give the same.
fn decode(stream: &[u8]) -> Vec<Decoded> {
    let whole = Decoder::new(8).push(stream);
    for size in 1..20 {
        let mut decoder = Decoder::new(8);
        let split: Vec<_> = stream
            .chunks(size)
            .flat_map(|chunk| decoder.push(chunk))
            .collect();
        assert!(split == whole, "chunks of {size} change the result");
    }
    whole
}

#[test]
fn data_on_the_bound_passes_and_one_byte_more_is_dropped_alone() {
    assert_eq!(decode(b"data: 12345678\n\n"), [message("12345678", "")]);
    assert_eq!(
        decode(b"data: a\n\ndata: 123456789\n\ndata: b\n\n"),
        [message("a", ""), Decoded::TooLarge, message("b", "")],
    );
}

#[test]
fn the_line_ends_between_data_lines_count() {
    assert_eq!(
        decode(b"data: 123\ndata: 5678\n\n"),
        [message("123\n5678", "")]
    );
    assert_eq!(decode(b"data: 123\ndata: 56789\n\n"), [Decoded::TooLarge]);
    assert_eq!(
        decode(&[&b"data\n".repeat(9)[..], b"\n"].concat()),
        [message(&"\n".repeat(8), "")]
    );
    assert_eq!(
        decode(&[&b"data\n".repeat(10)[..], b"\n"].concat()),
        [Decoded::TooLarge]
    );
}

#[test]
fn the_type_and_the_id_are_bounded_too() {
    assert_eq!(
        decode(b"event: 123456789\ndata: a\n\ndata: b\n\n"),
        [Decoded::TooLarge, message("b", "")]
    );
    assert_eq!(
        decode(b"id: 123456789\ndata: a\n\ndata: b\n\n"),
        [Decoded::TooLarge, message("b", "")]
    );
}

#[test]
fn an_event_is_reported_once_and_as_soon_as_it_is_too_large() {
    let mut decoder = Decoder::new(8);
    assert_eq!(decoder.push(b"data: 12345678"), []);
    assert_eq!(decoder.push(b"9"), [Decoded::TooLarge]);
    assert_eq!(
        decoder.push(b"0000\ndata: 123456789\nevent: 123456789\nid: 123456789\n"),
        []
    );
    assert_eq!(decoder.push(b"\n"), []);
    assert_eq!(decoder.push(b"data: 123456789"), [Decoded::TooLarge]);
}

#[test]
fn the_id_and_the_pause_of_a_dropped_event_count() {
    let stream = b"id: 1\ndata: 123456789\nid: 2\nretry: 5\n\ndata: a\n\n";
    let retry = Decoded::Retry(std::time::Duration::from_millis(5));
    assert_eq!(
        decode(stream),
        [Decoded::TooLarge, retry, message("a", "2")]
    );
    // An id that is too large itself is ignored.
    assert_eq!(
        decode(b"id: 1\ndata: a\n\nid: 123456789\n\ndata: b\n\n"),
        [message("a", "1"), Decoded::TooLarge, message("b", "1")],
    );
}

#[test]
fn a_dropped_event_ends_at_any_blank_line() {
    for end in ["\n\n", "\r\r", "\r\n\r\n", "\n\r", "\r\n\r"] {
        let stream = format!("data: 123456789{end}data: b\n\n");
        assert_eq!(
            decode(stream.as_bytes()),
            [Decoded::TooLarge, message("b", "")]
        );
    }
}

#[test]
fn comments_unknown_fields_and_pauses_of_any_length_are_no_event() {
    for line in [":", "unknown: ", "unknown", "retry: x"] {
        let stream = format!("{line}{}\ndata: a\n\n", "9".repeat(1000));
        assert_eq!(decode(stream.as_bytes()), [message("a", "")]);
    }
}

#[test]
fn the_bound_is_a_mebibyte_unless_set() {
    let fits = "x".repeat(DEFAULT_MAX_EVENT);
    assert_eq!(DEFAULT_MAX_EVENT, 1024 * 1024);
    let mut decoder = Decoder::default();
    assert!(decoder.push(format!("data: {fits}\n\n").as_bytes()) == [message(&fits, "")]);
    assert!(decoder.push(format!("data: {fits}x\n\n").as_bytes()) == [Decoded::TooLarge]);
}

#[test]
fn a_bound_of_nothing_lets_empty_events_pass() {
    let mut decoder = Decoder::new(0);
    assert_eq!(
        decoder.push(b"data\n\ndata: a\n\ndata\n\n"),
        [message("", ""), Decoded::TooLarge, message("", "")]
    );
}

#[test]
fn a_hundred_thousand_frames_without_an_event_need_no_stack() {
    for frame in [
        "\n",
        ":\n\n",
        "event: t\n\n",
        "id: 1\n\n",
        "unknown: x\n\n",
        "retry: 1\n\n",
    ] {
        let stream = frame.repeat(100_000) + "data: a\n\n";
        let small = thread::Builder::new().stack_size(256 * 1024);
        let decoded = small
            .spawn(move || Decoder::default().push(stream.as_bytes()))
            .expect("a thread starts");
        let decoded = decoded.join().expect("the stack is large enough");
        assert!(
            matches!(decoded.last(), Some(Decoded::Event(event)) if event.data == "a"),
            "{frame:?}"
        );
    }
}

#[test]
fn an_event_of_many_lines_and_one_in_many_chunks_arrive_whole() {
    let lines = "data: x\n".repeat(200_000) + "\n";
    assert!(
        Decoder::default().push(lines.as_bytes()) == [message(&vec!["x"; 200_000].join("\n"), "")]
    );

    let long = "x".repeat(4 * 1024 * 1024);
    let mut decoder = Decoder::new(8 * 1024 * 1024);
    let stream = format!("data: {long}\n\n");
    let events: Vec<_> = stream
        .as_bytes()
        .chunks(1024)
        .flat_map(|chunk| decoder.push(chunk))
        .collect();
    assert!(events == [message(&long, "")]);
}
