//! Every line of `docs/behaviours.md` names a test that is there.

use std::{fs, path::PathBuf};

#[test]
fn every_behaviour_names_a_test_that_is_there() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("docs/behaviours.md")).expect("the document");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| Given"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert!(rows.len() > 50, "the table can be read");
    for row in rows {
        let [given, when, then, tests] = row.as_slice() else {
            panic!("not Given, When, Then, Test: {row:?}");
        };
        assert!(
            !given.is_empty() && !when.is_empty() && !then.is_empty(),
            "{row:?}"
        );
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test: {row:?}");
        for test in named {
            let (file, name) = test
                .split_once("::")
                .unwrap_or_else(|| panic!("{test}: file::name"));
            let source = fs::read_to_string(root.join(file))
                .unwrap_or_else(|error| panic!("{file}: {error}"));
            let is_there = if file.starts_with("tests/gallery/") {
                source.contains(name)
            } else {
                source.contains(&format!("fn {name}("))
            };
            assert!(is_there, "{file} has no test {name}");
        }
    }
}
