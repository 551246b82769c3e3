//! Owns: that every single change of a charter shows, of a value, a key, a table of a list, and that nothing else does.
//! Doesn't own: what each takes (`consequences`).

use proptest::prelude::*;
use toml::{Table, Value as Toml};

use super::*;

/// Every value of a document, as the keys that lead to it.
fn leaves(table: &Table, path: &[String], found: &mut Vec<Vec<String>>) {
    for (key, value) in table {
        let path: Vec<String> = path.iter().cloned().chain([key.clone()]).collect();
        match value {
            Toml::Table(inner) => leaves(inner, &path, found),
            _ => found.push(path),
        }
    }
}

/// The document with one value replaced by something else of its kind.
fn with_other(document: &Table, path: &[String], how: usize) -> Option<Table> {
    let mut changed = document.clone();
    let (last, before) = path.split_last()?;
    let mut at = &mut changed;
    for step in before {
        at = at.get_mut(step)?.as_table_mut()?;
    }
    let value = at.get_mut(last)?;
    let words = shape::words_at(&path.join("."));
    *value = match value {
        Toml::Boolean(it) => Toml::Boolean(!*it),
        Toml::Integer(it) => Toml::Integer(*it + 1),
        Toml::Datetime(_) => "2027-01-01".parse::<toml::value::Datetime>().ok()?.into(),
        Toml::String(it) if it.parse::<kernel::Duration>().is_ok() => Toml::String("P11D".to_owned()),
        Toml::String(it) if !words.is_empty() => {
            let others: Vec<&&str> = words.iter().filter(|word| **word != it.as_str()).collect();
            Toml::String((**others.get(how % others.len().max(1))?).to_owned())
        }
        Toml::String(it) => Toml::String(format!("{it}x")),
        Toml::Array(list) if list.is_empty() => return None,
        Toml::Array(list) => {
            let mut fewer = list.clone();
            fewer.remove(how % fewer.len());
            Toml::Array(fewer)
        }
        _ => return None,
    };
    Some(changed)
}

fn document() -> (Table, Vec<Vec<String>>) {
    let document: Table = WHOLE.parse().unwrap();
    let mut found = Vec::new();
    leaves(&document, &[], &mut found);
    (document, found)
}

/// The clause that a path of keys belongs to.
fn clause_of(path: &[String]) -> String {
    let section = path[0].as_str();
    match shape::section(section).map(|shape| matches!(shape.named, shape::Named::Once)) {
        Some(true) => section.to_owned(),
        _ => format!("{section}.{}", path[1]),
    }
}

/// What the sections and clauses only word: no use of data changes with it.
const WORDING: [&str; 9] = [
    "promises",
    "reason",
    "evidence",
    "attest",
    "hint",
    "version",
    "effective",
    "updated",
    "gaps",
];

/// Changes a document into another; `None` when that is no charter any more. Panics when it is and the change doesn't
/// show under its clause, or takes nothing either way.
fn shows(before: &Charter, after: &Table, path: &[String]) -> Option<Needs> {
    let after = Charter::parse(&after.to_string()).ok()?;
    let clause = clause_of(path);
    // A word that is a clause of its own comes or goes instead of its section.
    let under = |changes: Vec<Change>| {
        let its = |change: &Change| {
            change.clause.as_str() == clause || change.clause.as_str().starts_with(&format!("{clause}."))
        };
        changes.into_iter().find(its).map(|change| change.needs)
    };
    let (there, back) = (under(before.diff(&after)), under(after.diff(before)));
    let Some((there, back)) = there.zip(back) else {
        panic!("{} doesn't show: {there:?} {back:?}", path.join("."));
    };
    let wording = path.iter().any(|key| WORDING.contains(&key.as_str()))
        || matches!(
            path.iter().map(String::as_str).collect::<Vec<_>>()[..],
            ["retention", _, "label", ..] | ["form", _, "title", ..]
        );
    assert!(
        wording || there.max(back) > Needs::Nothing,
        "{} takes nothing either way",
        path.join(".")
    );
    Some(there)
}

/// The document whose every value is changed in turn says every key of every section.
#[test]
fn the_document_says_every_key() {
    let (document, _) = document();
    let mut missing = Vec::new();
    for section in shape::SECTIONS {
        let table = document
            .get(section.name)
            .and_then(Toml::as_table)
            .cloned()
            .unwrap_or_default();
        let rules: Vec<Table> = match section.named {
            shape::Named::Once => vec![table],
            _ => table.values().filter_map(Toml::as_table).cloned().collect(),
        };
        for key in section.keys {
            if !rules.iter().any(|rule| rule.contains_key(key.name)) {
                missing.push(format!("{}.{}", section.name, key.name));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_single_change_of_a_clause_shows() {
    let (document, paths) = document();
    let before = charter(&document.to_string());
    let tried = paths
        .iter()
        .filter_map(|path| shows(&before, &with_other(&document, path, 0)?, path))
        .count();
    assert!(
        tried > 250,
        "only {tried} of {} changes are charters",
        paths.len()
    );
}

/// A key that goes, or comes, read the other way round: what holds when it is left unsaid is another thing.
#[test]
fn every_key_that_goes_or_comes_shows() {
    let (document, paths) = document();
    let before = charter(&document.to_string());
    let mut same = Vec::new();
    let mut shown = 0;
    for path in &paths {
        let gone = without(&document, path);
        match Charter::parse(&gone.to_string()) {
            Err(_) => {}
            Ok(after) if before.diff(&after).is_empty() => same.push(path.join(".")),
            Ok(_) => shown += usize::from(shows(&before, &gone, path).is_some()),
        }
    }
    assert!(shown > 120, "{shown}");
    // What says what holds anyway.
    assert_eq!(
        same,
        [
            "ai.suitability.input",
            "breach.authority",
            "change.new_purpose",
            "charter.format",
            "charter.law",
            "copy.backup.readers",
            "field.licence.sensitivity",
            "field.licence.source",
            "field.licence.to_model",
            "form.apply.languages",
            "processor.hosting.transfer",
            "purpose.apply.kind",
            "retention.news.ask.on_silence",
            "right.deadline",
            "right.identity",
            "share.clients.party",
            "share.clients.transfer",
            "tracker.stats.consent",
            "tracker.stats.renews",
        ]
    );
}

/// In a list of tables, each table that goes and each value of it that changes.
#[test]
fn every_change_within_a_list_of_tables_shows() {
    let (document, paths) = document();
    let before = charter(&document.to_string());
    let mut shown = 0;
    for path in &paths {
        for changed in within_tables(&document, path) {
            shown += usize::from(shows(&before, &changed, path).is_some());
        }
    }
    assert!(shown > 25, "{shown}");
}

fn without(document: &Table, path: &[String]) -> Table {
    let mut changed = document.clone();
    if let Some((last, before)) = path.split_last() {
        let at = before
            .iter()
            .try_fold(&mut changed, |at, step| at.get_mut(step)?.as_table_mut());
        at.unwrap().remove(last);
    }
    changed
}

/// The document with one text of one table of a list changed, or without that table, for each.
fn within_tables(document: &Table, path: &[String]) -> Vec<Table> {
    let at = |document: &mut Table, change: &dyn Fn(&mut Vec<Toml>)| {
        let (last, before) = path.split_last().unwrap();
        let at = before
            .iter()
            .try_fold(document, |at, step| at.get_mut(step)?.as_table_mut());
        if let Some(Toml::Array(list)) = at.and_then(|table| table.get_mut(last)) {
            change(list);
        }
    };
    let mut tables: Vec<(usize, Vec<String>)> = Vec::new();
    let found = std::cell::RefCell::new(&mut tables);
    at(&mut document.clone(), &|list| {
        let keys = list.iter().enumerate().filter_map(|(index, one)| {
            let table = one.as_table()?;
            let texts = table.iter().filter(|(_, value)| value.is_str());
            Some((index, texts.map(|(key, _)| key.clone()).collect()))
        });
        found.borrow_mut().extend(keys);
    });
    let mut all = Vec::new();
    for (index, keys) in tables {
        let mut fewer = document.clone();
        at(&mut fewer, &|list| {
            list.remove(index);
        });
        all.push(fewer);
        for key in keys {
            let mut other = document.clone();
            at(&mut other, &|list| {
                let Some(Toml::String(text)) = list.get_mut(index).and_then(|one| one.get_mut(&key)) else {
                    return;
                };
                text.push('x');
            });
            all.push(other);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_single_change_of_a_clause_shows(at in 0usize..1_000, how in 1usize..20) {
        let (document, paths) = document();
        let before = charter(&document.to_string());
        let path = &paths[at % paths.len()];
        if let Some(changed) = with_other(&document, path, how) {
            let _ = shows(&before, &changed, path);
        }
    }

    /// Whatever a charter says, it doesn't differ from itself, nor from itself laid out otherwise.
    #[test]
    fn no_charter_differs_from_itself(at in 0usize..1_000, how in 0usize..20) {
        let (document, paths) = document();
        let changed = with_other(&document, &paths[at % paths.len()], how).unwrap_or(document);
        if let Ok(one) = Charter::parse(&changed.to_string()) {
            let laid_out = Charter::laid_out(&changed.to_string()).unwrap();
            prop_assert_eq!(one.diff(&one), []);
            prop_assert_eq!(one.diff(&charter(&laid_out)), []);
        }
    }
}
