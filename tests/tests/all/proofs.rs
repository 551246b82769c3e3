//! Owns: which tests hold a promise over the running demo, and which see it broken: the table of docs/POLICIES.md, each of
//! whose names is a test of this repository. Doesn't own: what a promise says (the charter's own table).

use crate::house::{read, sources};
use std::collections::BTreeSet;

/// Whose proof is over the running demo already; a row that is added is held as well.
const ROWS: [&str; 21] = [
    "A18", "A19", "A20", "A21", "A30", "D03", "D04", "D05", "D06", "D12", "D13", "D14", "D15", "D16", "D17",
    "D18", "D19", "D21", "D22", "D23", "D26",
];

/// A promise, the tests that hold it, the tests that see it broken.
#[derive(Debug, PartialEq, Eq)]
struct Row<'t> {
    promise: &'t str,
    holds: Vec<&'t str>,
    breaks: Vec<&'t str>,
    /// One of the tests that hold it has its own fault in it.
    same: bool,
}

/// The rows of the document's table.
fn rows(document: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for line in document.lines() {
        let parts: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [promise, holds, breaks] = parts.as_slice() else {
            continue;
        };
        if is_promise(promise) {
            rows.push(Row {
                promise,
                holds: names(holds),
                breaks: names(breaks),
                same: breaks.starts_with("the same, "),
            });
        }
    }
    rows
}

/// A letter and two digits.
fn is_promise(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'E', one, two] if one.is_ascii_digit() && two.is_ascii_digit())
}

/// What stands between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The tests of a source: functions that are marked as one, and those that a macro makes one of for each engine.
fn tests(text: &str) -> BTreeSet<&str> {
    let mut tests = BTreeSet::new();
    let (mut marked, mut listed) = (false, false);
    for line in text.lines() {
        let line = line.trim();
        let named = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        let named = named.and_then(|rest| rest.split_once('('));
        match named {
            Some((name, given)) if marked || given.starts_with("at: Location)") => drop(tests.insert(name)),
            None if listed => drop(tests.insert(line.trim_end_matches(','))),
            _ => {}
        }
        listed = line == "on_both!(";
        marked = line == "#[test]" || line.starts_with("#[tokio::test") || (marked && line.starts_with("#["));
    }
    tests
}

/// What is wrong with the table.
fn flaws(rows: &[Row<'_>], tests: &BTreeSet<&str>) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        if !seen.insert(row.promise) {
            flaws.push(format!("{} stands there twice", row.promise));
        }
        if row.holds.is_empty() {
            flaws.push(format!("{}: no test holds it", row.promise));
        }
        if row.breaks.is_empty() && !row.same {
            flaws.push(format!("{}: no test sees it broken", row.promise));
        }
        let missing = row
            .holds
            .iter()
            .chain(&row.breaks)
            .filter(|name| !tests.contains(*name));
        flaws.extend(missing.map(|name| format!("{}: no test {name}", row.promise)));
    }
    flaws
}

#[test]
fn each_test_that_holds_a_promise_exists() {
    let document = read("docs/POLICIES.md");
    let rows = rows(&document);
    for promise in ROWS {
        assert!(rows.iter().any(|row| row.promise == promise), "no row {promise}");
    }
    let sources = sources();
    let tests: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| tests(text)).collect();
    assert!(tests.len() > 500, "{} tests are found", tests.len());
    let flaws = flaws(&rows, &tests);
    assert!(flaws.is_empty(), "\n{}", flaws.join("\n"));
}

#[test]
fn a_test_that_is_gone_is_missed() {
    let text =
        "#[test]\nfn one() {}\nfn no_test() {}\n    async fn two(at: Location) {\non_both!(\n    three,\n";
    let tests = tests(text);
    assert_eq!(tests, BTreeSet::from(["one", "two", "three"]));
    let table = "| promise | holds | breaks |\n| --- | --- | --- |\n| A01 | `one` | the same, cut |\n| D02 | `three`, `no_test` | `two` |\n\
                 | D03 | by hand | `four` |\n| D04 | `one` | nothing |\n| A01 | `one` | `two` |";
    let found = flaws(&rows(table), &tests);
    let expected = [
        "D02: no test no_test",
        "D03: no test holds it",
        "D03: no test four",
        "D04: no test sees it broken",
        "A01 stands there twice",
    ];
    assert_eq!(found, expected);
}
