//! The fields `id` and `retry`.

use crate::vector::{Vector, event, message, retry};

pub(crate) fn vectors() -> Vec<Vector> {
    [ids(), retries()].concat()
}

fn ids() -> Vec<Vector> {
    vec![
        Vector::named("an id is kept until changed")
            .gives("id: 1\ndata: a\n\n", [event("message", "a", "1")])
            .gives("data: b\n\n", [event("message", "b", "1")])
            .gives("id: 2\ndata: c\n\n", [event("message", "c", "2")])
            .gives("data: d\n\n", [event("message", "d", "2")]),
        Vector::named("an empty id clears it")
            .gives("id: 1\ndata: a\n\n", [event("message", "a", "1")])
            .gives("id:\ndata: b\n\n", [message("b")])
            .gives("data: c\n\n", [message("c")]),
        Vector::named("a bare id clears it")
            .gives("id: 1\ndata: a\n\n", [event("message", "a", "1")])
            .gives("id\ndata: b\n\n", [message("b")]),
        Vector::named("an id with NUL is ignored")
            .gives("id: 1\ndata: a\n\n", [event("message", "a", "1")])
            .gives("id: 2\0\ndata: b\n\n", [event("message", "b", "1")])
            .gives("id: \x003\ndata: c\n\n", [event("message", "c", "1")])
            .gives("id: 4\x005\ndata: d\n\n", [event("message", "d", "1")]),
        Vector::named("an id with NUL does not undo one in the same block")
            .gives("id: 1\nid: 2\0\ndata: a\n\n", [event("message", "a", "1")]),
        Vector::named("a block of an id commits it")
            .silent("id: 1\n\n")
            .gives("data: a\n\n", [event("message", "a", "1")]),
        Vector::named("a block of an empty id commits it")
            .gives("id: 1\ndata: a\n\n", [event("message", "a", "1")])
            .silent("id\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("an id and a type without data")
            .silent("id: 1\nevent: t\n\n")
            .gives("data: a\n\n", [event("message", "a", "1")]),
        Vector::named("the last id counts")
            .gives("id: 1\nid: 2\ndata: a\n\n", [event("message", "a", "2")]),
        Vector::named("an id after the data")
            .gives("data: a\nid: 1\n\n", [event("message", "a", "1")]),
        Vector::named("one space of an id is dropped")
            .gives("id:  1 \ndata: a\n\n", [event("message", "a", " 1 ")]),
        Vector::named("an id with a mark in it").gives(
            "id: \u{FEFF}1\ndata: a\n\n",
            [event("message", "a", "\u{FEFF}1")],
        ),
    ]
}

fn retries() -> Vec<Vector> {
    vec![
        Vector::named("digits")
            .gives("retry: 3000\n", [retry(3000)])
            .silent("\n"),
        Vector::named("in a block with data")
            .gives("retry:10\n", [retry(10)])
            .gives("data: a\n\n", [message("a")]),
        Vector::named("with CR, out at once")
            .gives("retry: 10\r", [retry(10)])
            .silent("\n\n"),
        Vector::named("leading zeros").gives("retry: 0010\n", [retry(10)]),
        Vector::named("zero").gives("retry: 0\n", [retry(0)]),
        Vector::named("each line")
            .gives("retry: 1\n", [retry(1)])
            .gives("retry: 2\n", [retry(2)]),
        Vector::named("no digits")
            .silent("retry: +5\nretry: -5\nretry: 5s\nretry: 1.5\nretry: 0x10\nretry: 1e3\n\n"),
        Vector::named("other digits").silent("retry: ٣\nretry: １\n\n"),
        Vector::named("nothing").silent("retry:\nretry: \nretry\n\n"),
        Vector::named("spaces around digits").silent("retry:  5\nretry: 5 \n\n"),
        Vector::named("an absurd number is a day")
            .gives("retry: 99999999999\n", [retry(86_400_000)]),
        Vector::named("more digits than a number holds")
            .gives(format!("retry: {}\n", "9".repeat(300)), [retry(86_400_000)])
            .gives("retry: 1\n", [retry(1)]),
        Vector::named("a number that would come round to five")
            .gives("retry: 18446744073709551621\n", [retry(86_400_000)]),
        Vector::named("a bad one does not spoil the next")
            .silent("retry: x\n")
            .gives("retry: 7\n", [retry(7)]),
        Vector::named("at the end of the stream").silent("retry: 7"),
    ]
}
