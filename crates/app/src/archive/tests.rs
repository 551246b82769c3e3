//! Owns: that no table can be declared without a way into a person's copy or a reason to have none, and that a reader
//! finds words for each. Doesn't own: what a copy holds (beside the applications' tests, which fill every table).

use guard::{Actor, Column, Holdings, Table};
use kernel::Locale;
use serde_json::Value;
use web::Kit;

use super::{About, consents, words::HIDDEN};
use crate::Site;

/// The records of consents in somebody's copy.
pub(crate) async fn consents(site: &Site, actor: &Actor) -> Vec<Value> {
    let guard = site.guard();
    let everything = guard.everything_of_own(actor, crate::UNTOLD).await.unwrap();
    consents::records(&About {
        site,
        charter: &guard.charter(),
        locale: Locale::Fr,
        now: guard.now(),
        everything: &everything,
        offers: std::collections::HashMap::new(),
    })
}

/// Tables whose rows end by no dossier, each with why nothing of a person is missed by that.
const OF_NOBODY: [(&str, &str); 16] = [
    ("access_views", "folded into access_days before a copy is made"),
    ("answer_figures", "counters"),
    ("application_figures", "counters"),
    ("backups", "how backups stand"),
    ("ceremonies", "keyed hashes of a passkey's steps, for minutes"),
    ("charter_versions", "the policy"),
    ("erasures", "an id and counts: that it was done"),
    ("erasure_parts", "counts of what was erased"),
    ("jobs", "ids of what waits to be done"),
    ("ledger_queue", "words and counts on their way into the ledger"),
    ("limits", "keyed hashes of who tries too often, for hours"),
    (
        "notice_sendings",
        "ids of mails of who is erased, to tell a processor by",
    ),
    ("notices", "what a processor was asked, of whom nothing is left"),
    (
        "once",
        "a program's answers, sealed under the site's key, for a day",
    ),
    ("sweeps", "counts of a day"),
    ("vacancies", "published offers"),
];

/// What is missing for a copy to be whole: a table that no dossier leads to and that nobody gave a reason for, or one
/// with sealed values that no walk reaches.
fn unreachable(holdings: &[Holdings]) -> Vec<String> {
    let tables = holdings.iter().flat_map(|holdings| holdings.tables);
    let mut missing = Vec::new();
    for table in tables {
        let column = |name: &str| table.columns.iter().find(|(column, _)| *column == name);
        let is_plain = |name: &str| column(name).is_some_and(|(_, kind)| *kind == Column::Plain);
        let personal = |kind: &Column| matches!(kind, Column::Personal(_) | Column::PersonalNamedBy(_));
        let sealed = table.columns.iter().any(|(_, kind)| personal(kind));
        if table.ends.is_empty() && (sealed || !OF_NOBODY.iter().any(|(name, _)| *name == table.name)) {
            missing.push(format!(
                "{}: no dossier leads to it, and no reason is given",
                table.name
            ));
        }
        if sealed && !is_plain(table.row) {
            missing.push(format!("{}: sealed under an id that can't be read", table.name));
        }
        if !table.ends.iter().all(|ends| is_plain(ends)) {
            missing.push(format!(
                "{}: ends by a column that can't be asked for",
                table.name
            ));
        }
    }
    missing
}

fn all() -> Vec<Holdings> {
    // The house's own come with a site; the walk over both is held beside the applications.
    crate::holdings()
}

#[tokio::test]
async fn every_table_leads_into_a_copy_or_says_why_not() {
    let db = storage::testing::TestDb::create(storage::Engine::Sqlite).await;
    let charter = include_str!("../../../../charters/careers.toml");
    let (site, _folder, _) = crate::tests::site(&db, charter).await;
    let holdings = site.guard().holdings();
    assert!(holdings.len() > all().len(), "the house's own too");
    let missing = unreachable(&holdings);
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_table_that_nothing_leads_to_is_found() {
    const NOTES: Table = Table {
        name: "secret_notes",
        columns: &[("id", Column::Plain), ("text", Column::Personal("note"))],
        row: "id",
        ends: &[],
    };
    let of = |table: &'static [Table]| {
        unreachable(&[Holdings {
            capability: "test",
            migrations: &[],
            tables: table,
            facts: &[],
        }])
    };
    const FORGOTTEN: &[Table] = &[NOTES];
    const PLAIN: &[Table] = &[Table {
        columns: &[("id", Column::Plain)],
        ..NOTES
    }];
    const NO_ID: &[Table] = &[Table {
        columns: &[("id", Column::Key), ("text", Column::Personal("note"))],
        ends: &["id"],
        ..NOTES
    }];
    const REACHED: &[Table] = &[Table {
        ends: &["id"],
        ..NOTES
    }];
    assert_eq!(of(FORGOTTEN).len(), 1);
    assert_eq!(of(PLAIN).len(), 1);
    assert_eq!(of(NO_ID).len(), 2);
    assert_eq!(of(REACHED), Vec::<String>::new());
}

#[tokio::test]
async fn a_reader_finds_words_for_every_table_and_column() {
    let db = storage::testing::TestDb::create(storage::Engine::Sqlite).await;
    let charter = include_str!("../../../../charters/agency.toml");
    let (site, _folder, _) = crate::tests::site(&db, charter).await;
    let kit: &Kit = site.kit();
    let mut missing = Vec::new();
    let holdings = site.guard().holdings();
    let tables = holdings.iter().flat_map(|holdings| holdings.tables);
    for table in tables.filter(|table| !table.ends.is_empty()) {
        if !kit.has_text(&format!("archive-table-{}", table.name)) {
            missing.push(table.name.to_owned());
        }
        for (column, kind) in table.columns {
            // A reference that isn't to an offer is shown by nothing.
            let silent = HIDDEN.contains(column) || table.ends.contains(column);
            let silent = silent || ["person", "account", "target", "dossier"].contains(column);
            if *kind == Column::Plain && !silent && !kit.has_text(&format!("archive-column-{column}")) {
                missing.push(format!("{}.{column}", table.name));
            }
        }
    }
    assert!(missing.is_empty(), "no words for {missing:?}");
}
