//! The promise table: for each promise of the five policies, the clauses that keep it with their figures, readers and
//! action, written by hand from the promises and held against the parsed charters.
//!
//! A table is text: `A18  contact requests: 12 months`, then, indented, each clause that keeps it and what it must say:
//! `retention.contact: from=submitted; max=P12M; then=erase`. Of a clause in words, `fr` and `en` say a phrase that stands
//! in it; `ai.*: are=ocr skills` says that there are these and no others.
#![expect(clippy::panic, reason = "a table that can't be read fails its test")]

mod every;
mod facts;

use std::collections::{BTreeMap, BTreeSet};

use charter::{Charter, Level};
use facts::Facts;
use kernel::Duration;

/// A policy: the letter of its rows, how many they are, its charter, its table.
struct Policy {
    name: &'static str,
    letter: char,
    rows: usize,
    charter: &'static str,
    table: &'static str,
}

macro_rules! policy {
    ($name:literal, $letter:literal, $rows:literal) => {
        Policy {
            name: $name,
            letter: $letter,
            rows: $rows,
            charter: include_str!(concat!("../../../../charters/", $name, ".toml")),
            table: include_str!(concat!($name, ".txt")),
        }
    };
}

const POLICIES: [Policy; 5] = [
    policy!("careers", 'A', 32),
    policy!("portal", 'B', 29),
    policy!("jobboard", 'C', 30),
    policy!("agency", 'D', 29),
    policy!("experts", 'E', 26),
];

/// A promise and what must keep it: for each clause, keys and what they must say.
struct Row<'t> {
    id: &'t str,
    clauses: BTreeMap<&'t str, Vec<(&'t str, &'t str)>>,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for line in table
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
    {
        if line.starts_with(' ') {
            let (clause, facts) = line.trim().split_once(':').unwrap_or((line.trim(), ""));
            let facts = facts.split(';').map(str::trim).filter(|fact| !fact.is_empty());
            let facts = facts.map(|fact| fact.split_once('=').unwrap_or_else(|| panic!("no value: {line}")));
            let row = rows
                .last_mut()
                .unwrap_or_else(|| panic!("a clause of no promise: {line}"));
            let twice = row.clauses.insert(clause, facts.collect());
            assert!(twice.is_none(), "{}: {clause} twice", row.id);
        } else {
            let (id, clauses) = (line.get(..3).unwrap_or(line), BTreeMap::new());
            rows.push(Row { id, clauses });
        }
    }
    rows
}

/// Where a charter and its table differ.
fn differences(text: &str, rows: &[Row<'_>]) -> Vec<String> {
    match Charter::parse(text) {
        Ok(charter) => differences_of(&charter, rows),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

fn differences_of(charter: &Charter, rows: &[Row<'_>]) -> Vec<String> {
    let Facts(said) = Facts::of(charter);
    let mut found = Vec::new();
    for row in rows {
        for (clause, facts) in &row.clauses {
            if let Some(section) = clause.strip_suffix('*') {
                let names = said.keys().filter_map(|id| id.strip_prefix(section));
                let are = names.collect::<Vec<_>>().join(" ");
                if facts.as_slice() != [("are", are.as_str())] {
                    found.push(format!("{}: {clause} are {are}, not {facts:?}", row.id));
                }
                continue;
            }
            let Some(is) = said.get(*clause) else {
                found.push(format!("{}: no clause {clause}", row.id));
                continue;
            };
            if !is.promises.iter().any(|promise| promise == row.id) {
                found.push(format!("{}: {clause} doesn't carry it", row.id));
            }
            for (key, must) in facts {
                let says = is.says.get(key).map_or("", String::as_str);
                let holds = match *key {
                    "fr" | "en" => says.contains(must),
                    _ => says == *must,
                };
                if !holds {
                    found.push(format!("{}: {clause} says {key}={says}, not {must}", row.id));
                }
            }
        }
    }
    for (clause, is) in &said {
        for promise in &is.promises {
            let row = rows.iter().find(|row| row.id == *promise);
            if !row.is_some_and(|row| row.clauses.contains_key(clause.as_str())) {
                found.push(format!(
                    "{promise}: {clause} carries it, the table doesn't say so"
                ));
            }
        }
    }
    found
}

#[test]
fn each_of_the_146_promises_is_kept_as_the_table_says() {
    let mut kept = BTreeSet::new();
    for policy in &POLICIES {
        let rows = rows(policy.table);
        let expected: Vec<String> = (1..=policy.rows)
            .map(|at| format!("{}{at:02}", policy.letter))
            .collect();
        let found: Vec<&str> = rows.iter().map(|row| row.id).collect();
        assert_eq!(found, expected, "{}", policy.name);
        for row in &rows {
            assert!(!row.clauses.is_empty(), "{} is kept by no clause", row.id);
            kept.insert(row.id);
        }
        assert_eq!(
            differences(policy.charter, &rows),
            Vec::<String>::new(),
            "{}",
            policy.name
        );
    }
    assert_eq!(kept.len(), 146);
}

#[test]
fn the_table_notices_a_promise_dropped() {
    for policy in &POLICIES {
        let rows = rows(policy.table);
        for row in &rows {
            let dropped = policy
                .charter
                .replace(&format!(", \"{}\"", row.id), "")
                .replace(&format!("\"{}\", ", row.id), "")
                .replace(&format!("promises = [\"{}\"]", row.id), "promises = []");
            let found = differences(&dropped, &rows);
            let carry = row.clauses.keys().filter(|clause| !clause.ends_with('*'));
            assert_eq!(found.len(), carry.count(), "{}: {found:#?}", row.id);
            assert!(found.iter().all(|said| said.starts_with(row.id)), "{found:#?}");
        }
    }
}

#[test]
fn the_table_notices_a_figure_changed() {
    let mut changed = 0;
    for policy in &POLICIES {
        let rows = rows(policy.table);
        let facts = rows.iter().flat_map(|row| &row.clauses);
        for (clause, facts) in facts {
            for figure in facts.iter().flat_map(|(_, must)| must.split(' ')) {
                let Some(other) = another(figure) else { continue };
                let Some(text) = in_section(policy.charter, clause, figure, &other) else {
                    continue;
                };
                let found = differences(&text, &rows);
                assert!(
                    found
                        .iter()
                        .any(|said| said.contains(clause) && said.contains(&other)),
                    "{clause}: {figure} became {other} unnoticed"
                );
                changed += 1;
            }
        }
    }
    assert!(changed > 100, "{changed} figures are in the tables");
}

/// Another figure of the same kind.
fn another(figure: &str) -> Option<String> {
    let time = figure.starts_with("PT");
    let is_duration = figure.parse::<Duration>().is_ok();
    is_duration.then(|| if time { "PT7S" } else { "P11D" }.to_owned())
}

/// The text with one figure of one section changed, where the section has it.
fn in_section(text: &str, clause: &str, from: &str, to: &str) -> Option<String> {
    let start = text.find(&format!("\n[{clause}]\n"))? + 1;
    let end = text
        .get(start + 1..)?
        .find("\n[")
        .map_or(text.len(), |at| start + 1 + at);
    let section = text.get(start..end)?;
    let changed = section.replace(&format!("\"{from}\""), &format!("\"{to}\""));
    (changed != section).then(|| {
        [
            text.get(..start).unwrap_or(""),
            &changed,
            text.get(end..).unwrap_or(""),
        ]
        .concat()
    })
}

/// A promise about a use is one about who reads it and until when: the table says both of each that it names.
#[test]
fn each_use_named_says_who_reads_and_until_when() {
    for policy in &POLICIES {
        let rows = rows(policy.table);
        let mut stated: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (clause, facts) in rows.iter().flat_map(|row| &row.clauses) {
            stated
                .entry(clause)
                .or_default()
                .extend(facts.iter().map(|(key, _)| *key));
        }
        for (clause, keys) in stated {
            let wanted: &[&str] = match clause.split_once('.') {
                Some(("purpose", name)) if name != "*" => &["readers", "retention"],
                Some(("clause", _)) => &["about", "fr", "en"],
                Some(("retention", _)) => &["max"],
                _ => &[],
            };
            for key in wanted {
                assert!(keys.contains(key), "{}: {clause} without {key}", policy.name);
            }
        }
    }
}

#[test]
fn the_five_pass_the_check() {
    for policy in &POLICIES {
        let charter = Charter::parse(policy.charter).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(charter.id(), policy.name);
        let open = charter.check();
        let open: Vec<_> = open
            .iter()
            .filter(|finding| finding.level == Level::Error || !finding.is_answered())
            .collect();
        assert!(open.is_empty(), "{}: {open:#?}", policy.name);
    }
}
