//! Decoding, and byte order marks.

use crate::vector::{Vector, event, message};

const BOM: &[u8] = b"\xEF\xBB\xBF";

pub(crate) fn vectors() -> Vec<Vector> {
    let mut vectors = vec![
        Vector::named("characters of two, three and four bytes")
            .gives("data: äɐ€😀\n\n", [message("äɐ€😀")]),
        Vector::named("characters in the type and the id")
            .gives("event: é\nid: 😀\ndata: x\n\n", [event("é", "x", "😀")]),
        Vector::named("one mark at the start is dropped")
            .silent(BOM)
            .gives("data: x\n\n", [message("x")]),
        Vector::named("a mark before a comment")
            .silent(BOM)
            .gives(":c\ndata: x\n\n", [message("x")]),
        Vector::named("a mark before a blank line")
            .silent(BOM)
            .gives("\ndata: x\n\n", [message("x")]),
        Vector::named("a mark before CR")
            .silent(BOM)
            .gives("\rdata: x\n\n", [message("x")]),
        Vector::named("a second mark makes the name unknown")
            .silent([BOM, BOM, b"data: a\n\n"].concat())
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a mark before a later line makes the name unknown")
            .silent([b"data: a\n", BOM, b"data: b\n"].concat())
            .gives("\n", [message("a")]),
        Vector::named("a mark before a later block makes the name unknown")
            .gives("data: a\n\n", [message("a")])
            .silent([BOM, b"data: b\n\n"].concat())
            .gives("data: c\n\n", [message("c")]),
        Vector::named("a mark in a value is kept").gives(
            [b"data: ", BOM, b"x", BOM, b"\n\n"].concat(),
            [message("\u{FEFF}x\u{FEFF}")],
        ),
        Vector::named("a mark in a name makes it unknown")
            .silent([b"da", BOM, b"ta: x\n\n"].concat())
            .gives("data: y\n\n", [message("y")]),
        Vector::named("a mark alone").silent(BOM),
        Vector::named("two thirds of a mark belong to the first line")
            .silent(b"\xEF\xBBdata: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a third of a mark belongs to the first line")
            .silent(b"\xEFdata: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a third of a mark is a line")
            .silent(b"\xEF\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a mark of UTF-16 is no mark")
            .silent(b"\xFF\xFEdata: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("bad bytes in a name make it unknown")
            .silent(b"data\xFF: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("bad bytes in a comment")
            .silent(b":\xFF\xC3\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("bad bytes in an id and a type").gives(
            b"id: \xFF\nevent: \xFE\ndata: x\n\n",
            [event("\u{FFFD}", "x", "\u{FFFD}")],
        ),
        Vector::named("a NUL in data is kept").gives("data: a\0b\n\n", [message("a\0b")]),
        Vector::named("a NUL in a name makes it unknown")
            .silent("da\0ta: a\n")
            .silent("\0data: a\n")
            .silent("data\0: a\n\n")
            .gives("data: b\n\n", [message("b")]),
    ];
    vectors.extend(BROKEN.iter().map(|&(name, bytes, text)| {
        Vector::named(name)
            .gives([b"data: ", bytes, b"\n\n"].concat(), [message(text)])
            .gives("data: next\n\n", [message("next")])
    }));
    vectors
}

/// Bytes that are not UTF-8, and one U+FFFD for each maximal part, as the Encoding Standard says.
const BROKEN: &[(&str, &[u8], &str)] = &[
    ("a byte that never occurs", b"a\xFFb", "a\u{FFFD}b"),
    ("a continuation byte alone", b"a\x80b", "a\u{FFFD}b"),
    ("a sequence cut off by a letter", b"\xE2\x82x", "\u{FFFD}x"),
    (
        "a sequence cut off by the line end",
        b"x\xE2\x82",
        "x\u{FFFD}",
    ),
    (
        "a long sequence cut off by the line end",
        b"\xF0\x9F\x98",
        "\u{FFFD}",
    ),
    (
        "a sequence cut off by another",
        b"\xE2\x82\xC3\xA4",
        "\u{FFFD}ä",
    ),
    ("an overlong slash", b"\xC0\xAF", "\u{FFFD}\u{FFFD}"),
    ("an overlong line end", b"\xC0\x8A", "\u{FFFD}\u{FFFD}"),
    (
        "an overlong NUL",
        b"\xE0\x80\x80",
        "\u{FFFD}\u{FFFD}\u{FFFD}",
    ),
    ("a surrogate", b"\xED\xA0\x80", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    (
        "beyond the last character",
        b"\xF4\x90\x80\x80",
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
    ),
];
