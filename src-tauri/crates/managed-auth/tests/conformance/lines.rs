//! Line ends, blank lines, comments, and the end of the stream.

use crate::vector::{Vector, event, message};

pub(crate) fn vectors() -> Vec<Vector> {
    [line_ends(), blank_lines(), comments(), ends_of_stream()].concat()
}

fn line_ends() -> Vec<Vector> {
    vec![
        Vector::named("LF")
            .gives("data: a\n\n", [message("a")])
            .gives("data: b\n\n", [message("b")]),
        Vector::named("CR, out at once")
            .gives("data: a\r\r", [message("a")])
            .gives("data: b\r\r", [message("b")]),
        // The blank line has ended with its CR; the LF only belongs to it.
        Vector::named("CRLF, out at the CR")
            .gives("data: a\r\n\r", [message("a")])
            .gives("\ndata: b\r\n\r", [message("b")])
            .silent("\n"),
        Vector::named("LF, then CR")
            .gives("data: a\n\r", [message("a")])
            .gives("data: b\n\r", [message("b")]),
        Vector::named("LF, then CRLF")
            .gives("data: a\n\r", [message("a")])
            .gives("\ndata: b\n\r", [message("b")])
            .silent("\n"),
        Vector::named("CRLF, then LF").gives("data: a\r\n\n", [message("a")]),
        Vector::named("CRLF, then CR")
            .gives("data: a\r\n\r", [message("a")])
            .gives("data: b\n\n", [message("b")]),
        Vector::named("CR, then CRLF")
            .gives("data: a\r\r", [message("a")])
            .gives("\ndata: b\n\n", [message("b")]),
        // The LF is the second half of the first line end, so it is no blank line.
        Vector::named("CR and LF are one end")
            .silent("data: a\r\n")
            .silent("data: b\r\n")
            .gives("\r", [message("a\nb")]),
        Vector::named("an LF after the CR of a blank line is swallowed once")
            .gives("data: a\r\r", [message("a")])
            .silent("\n\n")
            .gives("data: b\r\r", [message("b")]),
        Vector::named("each line with another end")
            .gives("data: a\rdata: b\r\ndata: c\n\r", [message("a\nb\nc")]),
        Vector::named("CR between fields")
            .gives("event: t\rid: 1\rdata: a\r\r", [event("t", "a", "1")]),
        Vector::named("other separators are text").gives(
            "data: a\u{0B}b\u{0C}c\u{85}d\u{2028}e\n\n",
            [message("a\u{0B}b\u{0C}c\u{85}d\u{2028}e")],
        ),
    ]
}

fn blank_lines() -> Vec<Vector> {
    vec![
        Vector::named("blank lines before and between do nothing")
            .silent("\n\n\n")
            .gives("data: a\n\n", [message("a")])
            .silent("\n\n\r\r\r\n\r\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a line of a space is not blank")
            .silent("data: a\n \n")
            .gives("\n", [message("a")]),
        Vector::named("a line of a tab is not blank")
            .silent("data: a\n\t\n")
            .gives("\n", [message("a")]),
        Vector::named("many events")
            .gives("data: 1\n\n", [message("1")])
            .gives("data: 2\n\n", [message("2")])
            .gives("event: t\ndata: 3\n\n", [event("t", "3", "")])
            .gives("data: 4\n\n", [message("4")]),
        Vector::named("nothing at all").silent(""),
    ]
}

fn comments() -> Vec<Vector> {
    vec![
        Vector::named("a comment alone")
            .silent(":\n\n")
            .silent(": hello\n\n")
            .gives("data: a\n\n", [message("a")]),
        Vector::named("comments in a block").gives(
            ":a\ndata: a\n: data: b\n:\ndata: c\n:d\n\n",
            [message("a\nc")],
        ),
        Vector::named("a comment with NUL")
            .silent(":\0\0\n")
            .gives("data: a\n\n", [message("a")]),
        Vector::named("a long comment")
            .silent(format!(":{}\n", "x".repeat(5000)))
            .gives("data: a\n\n", [message("a")]),
        Vector::named("a comment with CR")
            .silent(":x\r")
            .gives("data: a\r\r", [message("a")]),
        Vector::named("a comment after an id gives no event")
            .gives("id: 1\ndata: a\n\n", [event("message", "a", "1")])
            .silent(":\n\n"),
        Vector::named("a comment of colons")
            .silent("::data: x\n\n")
            .gives("data: a\n\n", [message("a")]),
    ]
}

fn ends_of_stream() -> Vec<Vector> {
    vec![
        Vector::named("ends in a name").silent("dat"),
        Vector::named("ends after a colon").silent("data:"),
        Vector::named("ends in a value")
            .gives("data: a\n\n", [message("a")])
            .silent("data: b"),
        Vector::named("ends after a line").silent("event: t\ndata: b\n"),
        Vector::named("ends after a line with CR").silent("data: b\r"),
        Vector::named("ends after a line with CRLF").silent("data: b\r\n"),
        Vector::named("ends in a character").silent(b"data: \xE2\x82"),
        Vector::named("ends in a comment").silent("data: b\n:"),
    ]
}
