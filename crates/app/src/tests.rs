//! Owns: what must hold over all capabilities at once: the schema, the templates, the list of addresses. Doesn't own:
//! the tests of one.

pub(crate) mod doing;

use std::collections::{BTreeMap, BTreeSet};

use guard::{Column, Holdings, Nature, Person, Settings};
use kernel::{Clock, Locale, Rng, Timestamp, Zone};
use storage::{Engine, Location, PublicText, SchemaColumn, sql, testing::TestDb};

use crate::{Face, Site};

const CHARTERS: [&str; 5] = [
    include_str!("../../../charters/careers.toml"),
    include_str!("../../../charters/agency.toml"),
    include_str!("../../../charters/portal.toml"),
    include_str!("../../../charters/jobboard.toml"),
    include_str!("../../../charters/experts.toml"),
];

/// What is sealed and yet no bytes in the database, with the reason.
const SEALED_TEXT: [(&str, &str, &str); 1] = [(
    "once",
    "answer",
    "an answer to be given again, sealed as a token is, in base64",
)];

/// One scenario, on both engines, in the `Case` of the tests around it.
macro_rules! on_both {
    ($name:ident, $charter:expr, $scenario:expr) => {
        mod $name {
            use super::*;

            async fn run(engine: storage::Engine) {
                let db = storage::testing::TestDb::create(engine).await;
                let (site, folder, clock) = $crate::tests::site(&db, $charter).await;
                let scenario: fn(Case) -> std::pin::Pin<Box<dyn Future<Output = ()>>> =
                    |case| Box::pin($scenario(case));
                scenario(Case {
                    site,
                    folder: folder.path().to_owned(),
                    clock,
                })
                .await;
            }

            #[tokio::test]
            async fn sqlite() {
                run(storage::Engine::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                run(storage::Engine::Postgres).await;
            }
        }
    };
}
pub(crate) use on_both;

/// A site of its own, on that engine; the folder lives as long as it.
pub(crate) async fn site(db: &TestDb, charter: &str) -> (Site, tempfile::TempDir, Clock) {
    site_with_mail(db, charter, None).await
}

/// As [`site`], sending its mails there.
pub(crate) async fn site_with_mail(
    db: &TestDb,
    charter: &str,
    smtp: Option<String>,
) -> (Site, tempfile::TempDir, Clock) {
    let folder = tempfile::tempdir().unwrap();
    let master_key = folder.path().join("master.key");
    guard::open::make_master_key(&master_key, &Rng::system()).unwrap();
    let clock = Clock::manual(Timestamp::parse("2026-11-21T08:00:00Z").unwrap());
    let database = match db.location() {
        Location::Postgres(url) => Some(url.clone()),
        Location::Sqlite(_) => None,
    };
    let settings = Settings {
        name: "test".to_owned(),
        folder: folder.path().join("site"),
        database,
        keys: folder.path().join("keys").display().to_string(),
        master_key,
        mail_from: "Cabinet Exemple <jobs@cabinet.example>".to_owned(),
        smtp,
        zone: Zone::paris(),
        clock: clock.clone(),
        rng: Rng::system(),
        holdings: crate::holdings(),
    };
    let guard = guard::Guard::found(settings, Nature::Demo, charter, Locale::En)
        .await
        .unwrap();
    let face = Face {
        title: "Cabinet Exemple".to_owned(),
        url: "http://jobs.example".to_owned(),
        accent: None,
        theme: None,
    };
    (Site::start(guard, face).await.unwrap(), folder, clock)
}

/// What is wrong with a schema: a column nobody declares, a declaration without its column, a personal column that no
/// field of the charter stands behind and that is never empty, a sealed one that holds readable text.
fn undeclared(columns: &[SchemaColumn], holdings: &[Holdings], fields: &BTreeSet<&str>) -> Vec<String> {
    let mut declared: BTreeMap<(&str, &str), Column> = BTreeMap::new();
    for table in holdings.iter().flat_map(|holdings| holdings.tables) {
        for (column, kind) in table.columns {
            declared.insert((table.name, column), *kind);
        }
    }
    let mut wrong = Vec::new();
    let is_there = |table: &str, name: &str| {
        let mut columns = columns.iter();
        columns.any(|column| column.table == table && column.name == name)
    };
    for found in columns {
        let (table, column) = (found.table.as_str(), found.name.as_str());
        let kind = declared.remove(&(table, column));
        match kind {
            None => wrong.push(format!("{table}.{column} is declared by nobody")),
            Some(Column::Personal(field)) if found.is_required && !fields.contains(field) => {
                wrong.push(format!("no field {field} stands behind {table}.{column}"));
            }
            Some(Column::PersonalNamedBy(other)) if !is_there(table, other) => {
                wrong.push(format!("{table}.{column} is named by {other}, which isn't there"));
            }
            Some(_) => {}
        }
        let is_sealed = kind.is_some_and(|kind| kind != Column::Plain);
        let is_excepted = SEALED_TEXT
            .iter()
            .any(|(of, name, _)| (*of, *name) == (table, column));
        if is_sealed && found.is_bytes == is_excepted {
            wrong.push(format!("{table}.{column} is sealed, and no bytes"));
        }
    }
    wrong.extend(
        declared
            .keys()
            .map(|(table, column)| format!("{table}.{column} is declared and isn't there")),
    );
    wrong
}

async fn schema_is_declared(engine: Engine) {
    for text in CHARTERS {
        let db = TestDb::create(engine).await;
        let charter = charter::Charter::parse(text).unwrap();
        let fields: BTreeSet<&str> = charter.fields().map(|field| field.name.as_str()).collect();
        let (site, _folder, _) = site(&db, text).await;
        let columns = site.guard().db().columns().await.unwrap();
        let wrong = undeclared(&columns, &site.guard().holdings(), &fields);
        assert!(wrong.is_empty(), "{wrong:#?}");
        // The test can fail: one more column, one less, another field.
        let mut more = columns.clone();
        let email = columns
            .iter()
            .position(|column| (&*column.table, &*column.name) == ("staff", "email"));
        more.push(SchemaColumn {
            name: "nickname".to_owned(),
            ..more[0].clone()
        });
        assert_eq!(undeclared(&more, &site.guard().holdings(), &fields).len(), 1);
        let mut readable = columns.clone();
        readable[email.unwrap()].is_bytes = false;
        assert_eq!(undeclared(&readable, &site.guard().holdings(), &fields).len(), 1);
        assert_eq!(
            undeclared(&columns[1..], &site.guard().holdings(), &fields).len(),
            1
        );
        assert!(!undeclared(&columns, &site.guard().holdings(), &BTreeSet::new()).is_empty());
    }
}

#[tokio::test]
async fn every_column_is_declared_on_sqlite() {
    Box::pin(schema_is_declared(Engine::Sqlite)).await;
}

#[tokio::test]
async fn every_column_is_declared_on_postgres() {
    Box::pin(schema_is_declared(Engine::Postgres)).await;
}

/// Whatever is sealed says under which version of the charter it was written.
#[tokio::test]
async fn every_personal_table_bears_the_charters_version() {
    let db = TestDb::create(Engine::Sqlite).await;
    let (site, _folder, _) = site(&db, CHARTERS[0]).await;
    let holdings = site.guard().holdings();
    let personal =
        |column: &&(&str, Column)| matches!(column.1, Column::Personal(_) | Column::PersonalNamedBy(_));
    let mut looked_at = 0;
    for table in holdings.iter().flat_map(|holdings| holdings.tables) {
        if table.columns.iter().find(personal).is_some() {
            let bears = table.columns.iter().any(|(name, _)| *name == "charter_version");
            assert!(bears, "{}: no charter_version", table.name);
            looked_at += 1;
        }
    }
    assert!(looked_at >= 8, "{looked_at} tables");
}

#[test]
fn no_address_is_listed_twice() {
    let mut seen = BTreeSet::new();
    for route in crate::routes() {
        assert!(seen.insert(route.path), "{}", route.path);
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    web::Kit::new(&crate::texts(), None).unwrap();
}

/// What is erased is found by an index, in every room: a table that is read from end to end grows with what is stored.
#[tokio::test]
async fn whatever_ends_with_a_dossier_is_found_by_an_index() {
    let db = TestDb::create(Engine::Sqlite).await;
    let (site, _folder, _) = site(&db, CHARTERS[1]).await;
    let guard = site.guard();
    for table in guard.holdings().iter().flat_map(|holdings| holdings.tables) {
        for column in table.ends {
            let plan = sql("EXPLAIN QUERY PLAN DELETE FROM ")
                .then(table.name)
                .then(" WHERE ")
                .then(column)
                .then(" IN ($list)")
                .bind_list([guard.id::<Person>(), guard.id()])
                .all(guard.db())
                .await
                .unwrap();
            let plan: Vec<String> = plan
                .iter()
                .map(|row| row.get::<PublicText, _>("detail").unwrap().into_string())
                .collect();
            assert!(
                plan.iter().any(|step| step.starts_with("SEARCH")),
                "{}.{column}: {plan:?}",
                table.name
            );
        }
    }
}
