//! That editors and the parser agree: whatever is a charter satisfies the JSON Schema, and the schema refuses what it
//! can say.

#![expect(clippy::unwrap_used, reason = "a file that can't be read fails its test")]

use std::{fs, path::Path};

use charter::Charter;
use jsonschema::Validator;
use serde_json::{Value, json};
use toml::Value as Toml;

fn validator() -> Validator {
    jsonschema::validator_for(&charter::schema()).unwrap()
}

/// As an editor sees it: a day is a text.
fn seen(value: &Toml) -> Value {
    match value {
        Toml::Table(table) => table
            .iter()
            .map(|(key, value)| (key.clone(), seen(value)))
            .collect(),
        Toml::Array(list) => list.iter().map(seen).collect(),
        Toml::Datetime(day) => json!(day.to_string()),
        Toml::String(text) => json!(text),
        Toml::Integer(number) => json!(number),
        Toml::Float(number) => json!(number),
        Toml::Boolean(it) => json!(it),
    }
}

fn document(text: &str) -> Toml {
    Toml::Table(text.parse().unwrap())
}

#[test]
fn every_charter_satisfies_the_schema() {
    let validator = validator();
    let mut seen_any = 0;
    for folder in ["../../charters", "tests"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let charter = seen(&document(&text));
            let errors: Vec<String> = validator
                .iter_errors(&charter)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(errors, [""; 0], "{}", path.display());
            seen_any += 1;
        }
    }
    assert!(seen_any >= 5);
}

#[test]
fn the_schema_refuses_what_the_language_has_no_word_for() {
    let validator = validator();
    let text = include_str!("whole.toml");
    for (from, to) in [
        ("human = \"decides\"", "human = \"watches\""),
        ("max = \"P12M\"", "max = \"12 months\""),
        ("version = 3", "version = 0"),
        ("id = \"whole\"", "name = \"whole\""),
        ("[share.clients]", "[shares.clients]"),
        ("with = \"client\"", "with = \"client\"\nwhom = \"all\""),
        ("storage = [\"FR\", \"DE\"]", "storage = [\"France\"]"),
        ("[ai.skills]", "[ai.guess]"),
        ("contest = true", "contest = \"yes\""),
        ("promises = [\"E02\"]", "promises = [\"e02\"]"),
    ] {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        assert!(Charter::parse(&changed).is_err(), "{to}");
        assert!(!validator.is_valid(&seen(&document(&changed))), "{to}");
    }
}

/// Every value and table of a document, as the steps that lead to it.
fn paths(value: &Toml, path: &[String], found: &mut Vec<Vec<String>>) {
    if let Some(table) = value.as_table() {
        for (key, inner) in table {
            let path: Vec<String> = path.iter().cloned().chain([key.clone()]).collect();
            paths(inner, &path, found);
            found.push(path);
        }
    }
}

fn without(document: &Toml, path: &[String]) -> Option<Toml> {
    let mut changed = document.clone();
    let (last, before) = path.split_last()?;
    let mut at = changed.as_table_mut()?;
    for step in before {
        at = at.get_mut(step)?.as_table_mut()?;
    }
    at.remove(last)?;
    Some(changed)
}

/// A key that the schema says must be there is one that the parser asks for, and the other way round.
#[test]
fn what_must_be_there_is_the_same_for_both() {
    let (validator, whole) = (validator(), document(include_str!("whole.toml")));
    let mut found = Vec::new();
    paths(&whole, &[], &mut found);
    assert!(found.len() > 400);
    for path in found {
        let changed = without(&whole, &path).unwrap();
        let valid = validator.is_valid(&seen(&changed));
        let missing = match Charter::parse(&changed.as_table().unwrap().to_string()) {
            Ok(_) => false,
            Err(problems) => problems
                .iter()
                .any(|problem| problem.rule.starts_with("charter.missing")),
        };
        // A text in one language only, or a field of its own that says less, is for the parser alone to see.
        let parsers_own = path.last().is_some_and(|key| key == "fr" || key == "en") || path[0] == "field";
        assert!(
            valid != missing || (valid && parsers_own),
            "{}: schema {valid}, parser {missing}",
            path.join(".")
        );
    }
}

#[test]
fn the_schema_and_a_file_say_which_language_they_are_in() {
    assert_eq!(
        charter::schema()["$id"],
        format!("urn:vivier:charter:{}", charter::FORMAT)
    );
    let whole = include_str!("whole.toml");
    assert!(Charter::parse(whole).is_ok());
    let problems = Charter::parse(&whole.replacen("format = 1", "format = 2", 1)).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].rule, "charter.newer-format");
    for locale in [kernel::Locale::Fr, kernel::Locale::En] {
        assert!(problems[0].message(locale).contains('2'), "{problems:?}");
    }
}
