//! Owns: that every change of a clause shows, with what it takes. Doesn't own: the checks.

use kernel::Locale::{En, Fr};
use proptest::prelude::*;
use toml::{Table, Value as Toml};

use super::*;

const WHOLE: &str = include_str!("../../tests/whole.toml");
const FIRM: &str = include_str!("../../tests/firm.toml");

fn charter(text: &str) -> Charter {
    Charter::parse(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What changes when a piece of the firm's charter, which must be there, is replaced.
fn changes(from: &str, to: &str) -> Vec<Change> {
    assert!(FIRM.contains(from), "{from}");
    charter(FIRM).diff(&charter(&FIRM.replacen(from, to, 1)))
}

/// The only change: its clause, what it takes.
fn only(from: &str, to: &str) -> (String, Needs) {
    let found = changes(from, to);
    assert_eq!(found.len(), 1, "{found:#?}");
    let message = (found[0].message(Fr), found[0].message(En));
    assert!(!message.0.is_empty() && message.0 != message.1);
    (found[0].clause.to_string(), found[0].needs)
}

#[test]
fn a_charter_doesnt_differ_from_itself_nor_by_what_it_leaves_unsaid() {
    for text in [WHOLE, FIRM] {
        assert_eq!(charter(text).diff(&charter(text)), []);
        let unsaid = text
            .replace("then = \"erase\"\n", "")
            .replace("transfer = \"none\"\n", "");
        assert_eq!(charter(text).diff(&charter(&format!("# More.\n{unsaid}"))), []);
    }
}

#[test]
fn what_narrows_takes_nothing_and_what_widens_is_told() {
    let application = "from = \"last_contact\"\nmax = \"P12M\"";
    for (from, to, clause, needs) in [
        (
            application,
            "from = \"last_contact\"\nmax = \"P6M\"",
            "retention.application",
            Needs::Nothing,
        ),
        (
            application,
            "from = \"last_contact\"\nmax = \"P24M\"",
            "retention.application",
            Needs::Notice,
        ),
        (
            "persons = \"PT48H\"",
            "persons = \"PT24H\"",
            "breach",
            Needs::Nothing,
        ),
        (
            "persons = \"PT48H\"",
            "persons = \"PT72H\"",
            "breach",
            Needs::Notice,
        ),
        (
            "must_not_receive = [\"cv\", \"note\"]",
            "must_not_receive = [\"cv\"]",
            "processor.mail",
            Needs::Notice,
        ),
        (
            "entity = \"Hébergeur Exemple SAS\"",
            "entity = \"Autre SAS\"",
            "processor.hosting",
            Needs::Notice,
        ),
        (
            "dpo = \"dpo@cabinet.example\"",
            "dpo = \"autre@cabinet.example\"",
            "controller",
            Needs::Notice,
        ),
        (
            "fr = \"Candidatures retirées\"",
            "fr = \"Candidatures reprises\"",
            "retention.withdrawn",
            Needs::Nothing,
        ),
        ("version = 1", "version = 2", "charter", Needs::Nothing),
    ] {
        assert_eq!(only(from, to), (clause.to_owned(), needs), "{from} → {to}");
    }
}

#[test]
fn a_prohibition_lifted_or_a_consent_widened_waits_for_a_yes() {
    assert_eq!(
        only("rules = [\"sell\", ", "rules = ["),
        ("never.sell".to_owned(), Needs::Consent)
    );
    let pool = "\n[purpose.talent_pool]\npeople = [\"candidate\"]\nfields = [\"cv\"]\nbasis = \"consent\"\nreaders = [\"consultant\"]\nretention = \"pool\"\n\
                [retention.pool]\nfrom = \"consent_given\"\nmax = \"P12M\"\n";
    let with = format!("{FIRM}{pool}");
    let found = charter(FIRM).diff(&charter(&with));
    let purpose = found
        .iter()
        .find(|change| change.clause.as_str() == "purpose.talent_pool")
        .unwrap();
    assert_eq!((purpose.kind, purpose.needs), (ChangeKind::Added, Needs::Consent));
    assert_eq!(purpose.people, [People::Candidate]);
    let longer = charter(&with).diff(&charter(&with.replace(
        "from = \"consent_given\"\nmax = \"P12M\"",
        "from = \"consent_given\"\nmax = \"P18M\"",
    )));
    assert_eq!((longer.len(), longer[0].needs), (1, Needs::Consent));
    assert_eq!(
        longer[0].message(En),
        "max: 12\u{a0}months → 1\u{a0}year and 6\u{a0}months (takes consent; until then the old rule holds). For: candidates."
            .replace("1\u{a0}year and 6\u{a0}months", "18\u{a0}months")
    );
    let back = charter(&with).diff(&charter(FIRM));
    assert!(
        back.iter().all(|change| change.needs == Needs::Nothing),
        "{back:#?}"
    );
}

#[test]
fn a_difference_says_for_whom() {
    let found = changes(
        "from = \"last_contact\"\nmax = \"P12M\"",
        "from = \"last_contact\"\nmax = \"P24M\"",
    );
    assert_eq!(found[0].people, [People::Candidate]);
    let found = changes("storage = [\"FR\"]\ntransfer", "storage = [\"IE\"]\ntransfer");
    assert!(found[0].people.contains(&People::Staff) && found[0].people.contains(&People::Contact));
}

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

/// Changes one value; `None` when that is no charter any more. Panics when it is and the change doesn't show.
fn shows(before: &Charter, document: &Table, path: &[String], how: usize) -> Option<Needs> {
    let changed = with_other(document, path, how)?;
    let after = Charter::parse(&changed.to_string()).ok()?;
    let found = before.diff(&after);
    let clause = clause_of(path);
    // A word that is a clause of its own comes or goes instead of its section.
    let shown = found.iter().find(|change| {
        change.clause.as_str() == clause || change.clause.as_str().starts_with(&format!("{clause}."))
    });
    let shown = shown.unwrap_or_else(|| panic!("{} ({how}) doesn't show: {found:#?}", path.join(".")));
    assert!(
        !after.diff(before).is_empty(),
        "{} shows one way only",
        path.join(".")
    );
    Some(shown.needs)
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
        .filter_map(|path| shows(&before, &document, path, 0))
        .count();
    assert!(
        tried > 250,
        "only {tried} of {} changes are charters",
        paths.len()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_single_change_of_a_clause_shows(at in 0usize..1_000, how in 1usize..20) {
        let (document, paths) = document();
        let before = charter(&document.to_string());
        let _ = shows(&before, &document, &paths[at % paths.len()], how);
    }
}
