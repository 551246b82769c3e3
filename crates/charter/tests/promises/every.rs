//! That the tables notice any fact they state when it changes in the charter: a reader, an action, a field, a basis, a
//! link to a retention, a phrase. Doesn't own: the comparison (`super`).

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use charter::Charter;

use super::{POLICIES, Row, another, differences_of, rows};

/// What the charters write under a key of a kind of section: other values to put in its place.
type Words = BTreeMap<(String, String), BTreeSet<String>>;

/// The key of a fact of the tables under which a charter says it.
fn fact<'k>(section: &str, key: &'k str) -> &'k str {
    match (section, key) {
        ("form", "fields") => "asks",
        ("processor", "entity") => "by",
        ("processor", "retention") => "keeps",
        (_, "must_not_receive") => "never",
        (_, "max_age") => "max",
        (_, "data_max_age") => "data",
        (_, key) => key,
    }
}

/// The clauses of a document: the path to each, its section's kind.
fn clauses(document: &Table) -> Vec<(String, Vec<String>)> {
    let once = [
        "charter",
        "controller",
        "right",
        "notice",
        "change",
        "breach",
        "security",
        "never",
    ];
    let mut all = Vec::new();
    for (section, value) in document {
        if once.contains(&section.as_str()) {
            all.push((section.clone(), vec![section.clone()]));
        } else if let Some(named) = value.as_table() {
            let paths = named.keys().map(|name| vec![section.clone(), name.clone()]);
            all.extend(paths.map(|path| (section.clone(), path)));
        }
    }
    all
}

fn at<'d>(document: &'d mut Table, path: &[String]) -> Option<&'d mut Table> {
    path.iter()
        .try_fold(document, |at, step| at.get_mut(step)?.as_table_mut())
}

fn words(documents: &[Table]) -> Words {
    let mut words = Words::new();
    for document in documents {
        for (section, path) in clauses(document) {
            let mut document = document.clone();
            let Some(clause) = at(&mut document, &path) else {
                continue;
            };
            for (key, value) in clause.iter() {
                let texts = match value {
                    Value::String(text) => vec![text.clone()],
                    Value::Array(list) => list
                        .iter()
                        .filter_map(|one| one.as_str().map(str::to_owned))
                        .collect(),
                    _ => Vec::new(),
                };
                words
                    .entry((section.clone(), key.clone()))
                    .or_default()
                    .extend(texts);
            }
        }
    }
    words
}

/// Other values of the kind.
fn others(value: &Value, known: &BTreeSet<String>, roles: &[String]) -> Vec<Value> {
    match value {
        Value::Boolean(it) => vec![Value::Boolean(!it)],
        Value::Integer(it) => vec![Value::Integer(it + 1)],
        Value::String(text) => match another(text) {
            Some(other) => vec![Value::String(other)],
            None => {
                let other = known.iter().filter(|other| *other != text).take(1);
                let another = "Autre chose.".to_owned();
                other.cloned().chain([another]).map(Value::String).collect()
            }
        },
        Value::Array(list) => {
            let ends = BTreeSet::from([0, list.len().saturating_sub(1)]);
            let fewer = ends.into_iter().filter(|at| *at < list.len()).map(|at| {
                let mut fewer = list.clone();
                fewer.remove(at);
                Value::Array(fewer)
            });
            let read = list.iter().enumerate().filter_map(|(at, one)| {
                let mut other = list.clone();
                let role = one.get("role")?.as_str()?;
                let instead = roles.iter().find(|name| *name != role)?;
                let table = other.get_mut(at)?.as_table_mut()?;
                table.insert("role".to_owned(), Value::String(instead.clone()));
                Some(Value::Array(other))
            });
            fewer.chain(read).collect()
        }
        Value::Table(table) => {
            // Which text obliges is argued, not counted.
            let keys = table
                .iter()
                .filter(|(key, _)| *key != "ref")
                .flat_map(|(key, inner)| {
                    let changed = others(inner, &BTreeSet::new(), roles).into_iter().take(1);
                    changed.map(move |other| (key.clone(), other))
                });
            keys.map(|(key, other)| {
                let mut changed = table.clone();
                changed.insert(key, other);
                Value::Table(changed)
            })
            .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether some row states what the clause says under that key.
fn is_stated(rows: &[Row<'_>], clause: &str, key: &str) -> bool {
    let mut stated = rows.iter().filter_map(|row| row.clauses.get(clause));
    stated.any(|facts| facts.iter().any(|(name, _)| *name == key))
}

/// Every change of what a table states, one at a time, in the charter of one policy.
fn notices_all(name: &str) {
    let documents: Vec<Table> = POLICIES
        .iter()
        .map(|policy| {
            policy
                .charter
                .parse()
                .unwrap_or_else(|error| panic!("{}: {error}", policy.name))
        })
        .collect();
    let words = words(&documents);
    let found = POLICIES
        .iter()
        .zip(&documents)
        .find(|(policy, _)| policy.name == name);
    let (policy, document) = found.unwrap_or_else(|| panic!("{name}"));
    let whole = Charter::parse(policy.charter).unwrap_or_else(|problems| panic!("{problems:?}"));
    let rows = rows(policy.table);
    let roles = document.get("role").and_then(Value::as_table);
    let roles: Vec<String> = roles
        .map(|roles| roles.keys().cloned().collect())
        .unwrap_or_default();
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for (section, path) in clauses(document) {
        let clause = path.join(".");
        let keys = at(&mut document.clone(), &path).cloned().unwrap_or_default();
        for (key, value) in keys {
            let fact = fact(&section, &key);
            if !is_stated(&rows, &clause, fact) {
                continue;
            }
            let known = words.get(&(section.clone(), key.clone()));
            let known = known.cloned().unwrap_or_default();
            for variant in variants(&section, &key, &value, &known, &roles) {
                let mut changed = document.clone();
                let Some(table) = at(&mut changed, &path) else {
                    continue;
                };
                match variant {
                    Some(other) => table.insert(key.clone(), other),
                    None => table.remove(&key),
                };
                let Ok(parsed) = Charter::parse(&changed.to_string()) else {
                    continue;
                };
                if is_the_same(&whole, &parsed, &clause) {
                    continue;
                }
                let found = differences_of(&parsed, &rows);
                assert!(
                    found.iter().any(|said| said.contains(&clause)),
                    "{name}: {clause}.{key} changed unnoticed: {:?}",
                    at(&mut changed, &path).and_then(|table| table.get(&key).cloned())
                );
                *tried.entry(fact.to_owned()).or_default() += 1;
            }
        }
    }
    for fact in ["readers", "retention", "fields", "max"] {
        assert!(
            tried.get(fact).is_some_and(|times| *times > 2),
            "{name}, {fact}: {tried:?}"
        );
    }
}

/// What may stand under the key instead; `None` when nothing does.
fn variants(
    section: &str,
    key: &str,
    value: &Value,
    known: &BTreeSet<String>,
    roles: &[String],
) -> Vec<Option<Value>> {
    // Of these the tables state that something is said, not what.
    let only_said = [
        "reason",
        "about",
        "contact",
        "takes_itself",
        "contract",
        "dpia",
        "entity",
        "annexed_to",
        "attest",
    ];
    // A form that lists nothing asks what its purpose does, which may be the same.
    let mut all = if (section, key) == ("form", "fields") {
        vec![]
    } else {
        vec![None]
    };
    match key {
        "basis" | "optional_basis" => {
            let kinds = ["consent", "contract", "precontract"];
            all.extend(kinds.map(|kind| Some(Value::String(kind.to_owned()))));
        }
        key if only_said.contains(&key) && (section, key) != ("clause", "about") => {}
        _ => all.extend(others(value, known, roles).into_iter().map(Some)),
    }
    all
}

/// Whether the clause says what it said, in other words or by what holds when it says nothing.
fn is_the_same(before: &Charter, after: &Charter, clause: &str) -> bool {
    let within = format!("{clause}.");
    let changes = before.diff(after);
    changes.iter().all(|change| {
        let id = change.clause.as_str();
        id != clause && !id.starts_with(&within)
    })
}

macro_rules! notices {
    ($($test:ident: $name:literal),+) => {
        $(#[test]
        fn $test() {
            notices_all($name);
        })+
    };
}

notices!(
    any_fact_of_careers_that_changes_is_noticed: "careers",
    any_fact_of_portal_that_changes_is_noticed: "portal",
    any_fact_of_jobboard_that_changes_is_noticed: "jobboard",
    any_fact_of_agency_that_changes_is_noticed: "agency",
    any_fact_of_experts_that_changes_is_noticed: "experts"
);
