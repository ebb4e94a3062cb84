//! Names and values; the fields `data` and `event`; unknown fields.

use crate::vector::{Vector, event, message};

pub(crate) fn vectors() -> Vec<Vector> {
    [names_and_values(), unknown(), data(), types()].concat()
}

fn names_and_values() -> Vec<Vector> {
    vec![
        Vector::named("no space after the colon").gives("data:a\n\n", [message("a")]),
        Vector::named("one space is dropped").gives("data:  a\n\n", [message(" a")]),
        Vector::named("a value of one space").gives("data: \n\n", [message("")]),
        Vector::named("a value of two spaces").gives("data:  \n\n", [message(" ")]),
        Vector::named("a tab stays").gives("data:\ta\n\n", [message("\ta")]),
        Vector::named("a tab after the space stays").gives("data: \ta\n\n", [message("\ta")]),
        Vector::named("other white space stays").gives("data:\u{A0}a\n\n", [message("\u{A0}a")]),
        Vector::named("spaces at the end stay").gives("data: a  \n\n", [message("a  ")]),
        Vector::named("later colons belong to the value")
            .gives("data: a:b: c\n\n", [message("a:b: c")]),
        Vector::named("a value of a colon").gives("data::\n\n", [message(":")]),
        Vector::named("a value that looks like a field")
            .gives("data: data: a\n\n", [message("data: a")]),
        Vector::named("names are case-sensitive")
            .silent("Data: a\nDATA: b\n\n")
            .gives("EVENT: t\nId: 1\ndata: c\n\n", [message("c")]),
        Vector::named("a line that starts with a space")
            .silent(" data: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a space before the colon")
            .silent("data : a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("a tab before the name")
            .silent("\tdata: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("any order of fields")
            .gives(
                "data: a\nid: 1\nevent: t\ndata: b\n\n",
                [event("t", "a\nb", "1")],
            )
            .gives("id: 2\nevent: u\ndata: c\n\n", [event("u", "c", "2")]),
    ]
}

fn unknown() -> Vec<Vector> {
    vec![
        Vector::named("a block of unknown fields")
            .silent("foo: a\nbar\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("unknown fields among others")
            .gives("foo: a\ndata: b\nbar: c\n\n", [message("b")]),
        Vector::named("a field named comment")
            .silent("comment: a\n\n")
            .gives("data: b\n\n", [message("b")]),
        Vector::named("names that begin like known ones")
            .silent(
                "dat: a\ndatab: b\ndatadata: c\ne: d\nevents: e\nids: f\nretryy: 1\nretr: 2\n\n",
            )
            .gives("data: g\n\n", [message("g")]),
        Vector::named("names without a colon that are not known")
            .silent("dat\nevents\ni\nretr\n\n")
            .gives("data: g\n\n", [message("g")]),
        Vector::named("a long unknown name")
            .silent("x".repeat(5000))
            .silent(": y\n\n")
            .gives("data: a\n\n", [message("a")]),
        Vector::named("JSON lines are unknown fields")
            .silent("{\"a\": 1}\n\n")
            .gives("data: b\n\n", [message("b")]),
    ]
}

fn data() -> Vec<Vector> {
    vec![
        Vector::named("lines are joined with LF")
            .gives("data: a\ndata: b\ndata: c\n\n", [message("a\nb\nc")]),
        Vector::named("an empty value counts").gives("data:\n\n", [message("")]),
        Vector::named("a bare name counts").gives("data\n\n", [message("")]),
        Vector::named("two empty lines give one LF")
            .gives("data\ndata\n\n", [message("\n")])
            .gives("data:\ndata: \n\n", [message("\n")]),
        Vector::named("three empty lines give two LF")
            .gives("data\ndata:\ndata\n\n", [message("\n\n")]),
        Vector::named("an empty first and last line")
            .gives("data\ndata: a\ndata:\n\n", [message("\na\n")]),
        Vector::named("data does not reach into the next block")
            .gives("data: a\n\n", [message("a")])
            .gives("data\n\n", [message("")]),
        Vector::named("many lines").gives(
            "data: x\n".repeat(100) + "\n",
            [message(&["x"; 100].join("\n"))],
        ),
        Vector::named("a long line").gives(
            format!("data: {}\n\n", "x".repeat(5000)),
            [message(&"x".repeat(5000))],
        ),
    ]
}

fn types() -> Vec<Vector> {
    vec![
        Vector::named("the type is for one block only")
            .gives("event: t\ndata: a\n\n", [event("t", "a", "")])
            .gives("data: b\n\n", [message("b")]),
        Vector::named("an empty type is the default one")
            .gives("event:\ndata: a\n\n", [message("a")]),
        Vector::named("a bare type is the default one").gives("event\ndata: a\n\n", [message("a")]),
        Vector::named("the last type counts")
            .gives("event: t\nevent: u\ndata: a\n\n", [event("u", "a", "")]),
        Vector::named("an empty type resets the one before")
            .gives("event: t\nevent\ndata: a\n\n", [message("a")]),
        Vector::named("a type without data is forgotten")
            .silent("event: t\n\n")
            .gives("data: a\n\n", [message("a")]),
        Vector::named("a type after the data")
            .gives("data: a\nevent: t\n\n", [event("t", "a", "")]),
        Vector::named("a type of spaces").gives("event:  t \ndata: a\n\n", [event(" t ", "a", "")]),
        Vector::named("a type named message").gives("event: message\ndata: a\n\n", [message("a")]),
        Vector::named("a type with a colon")
            .gives("event: a:b\ndata: a\n\n", [event("a:b", "a", "")]),
        Vector::named("a type with NUL is kept")
            .gives("event: a\0b\ndata: a\n\n", [event("a\0b", "a", "")]),
    ]
}
