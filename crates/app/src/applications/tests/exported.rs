//! Owns: that a copy of everything held about a person holds every row that erasing takes, on both engines: whatever any
//! room declares, with its value, and nobody else. Doesn't own: the walk itself (`guard::export`), the archive's pages
//! over HTTP.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use guard::{
    Column, DossierId, Table,
    export::{Content, Everything},
};
use kernel::Id;
use serde_json::Value;
use storage::{KeyedHash, PublicText, copy::Form};

use super::*;
use crate::archive::{self, Archive};

mod copies;

/// A moment long past: nothing that is filled in with it holds up an erasure.
const THEN: i64 = 1_700_000_000_000;
/// The placeholders of as many columns as any table has.
const PLACES: [&str; 20] = [
    "$1", ", $2", ", $3", ", $4", ", $5", ", $6", ", $7", ", $8", ", $9", ", $10", ", $11", ", $12", ", $13",
    ", $14", ", $15", ", $16", ", $17", ", $18", ", $19", ", $20",
];
/// What another person typed, everywhere.
const OTHER: &str = "vvother";

impl Case {
    async fn everything(&self, actor: &Actor) -> Everything {
        let guard = self.site.guard();
        guard.everything_of_own(actor, crate::UNTOLD).await.unwrap()
    }

    /// Somebody else, who typed other words.
    async fn somebody_else(&self) -> Id<Application> {
        let words = [
            ("given_name", "Vvother"),
            ("family_name", "Vvother"),
            ("email", "vvother@people.example"),
            ("motivation", "vvother"),
        ];
        let asked = self.site.guard().charter();
        let form = asked
            .form_of(FormKind::UnsolicitedApplication, Locale::Fr)
            .unwrap();
        let words: Vec<_> = words
            .into_iter()
            .filter(|(name, _)| form.fields.iter().any(|field| field.name == *name))
            .collect();
        self.apply_with(None, &words).await
    }

    /// Everything that a person's dossiers are.
    async fn dossiers_of(&self, actor: &Actor) -> Vec<DossierId> {
        let rows = sql("SELECT id FROM dossiers WHERE person IN ($list)")
            .bind_list(actor.people().iter().copied())
            .all(self.site.guard().db())
            .await
            .unwrap();
        rows.iter().map(|row| row.get("id").unwrap()).collect()
    }

    /// How many rows of each table name one of these.
    async fn named(&self, dossiers: &[DossierId]) -> BTreeMap<&'static str, i64> {
        let mut counted = BTreeMap::new();
        for table in declared(&self.site) {
            let mut query = sql("SELECT COUNT(*) AS count FROM ")
                .then(table.name)
                .then(" WHERE ");
            for (nth, column) in table.ends.iter().enumerate() {
                query = query
                    .then(if nth == 0 { "" } else { " OR " })
                    .then(column)
                    .then(" IN ($list)")
                    .bind_list(dossiers.iter().copied());
            }
            let row = query.one(self.site.guard().db()).await.unwrap();
            counted.insert(table.name, row.get("count").unwrap());
        }
        counted
    }

    /// Puts a row into every table that has none of the person's, with a word of its own in each column.
    async fn fill_in(&self, dossier: DossierId) -> BTreeSet<String> {
        let guard = self.site.guard();
        let shapes = guard.db().snapshot().await.unwrap().shapes();
        let filed = guard.filed(dossier).await.unwrap();
        let there = self
            .named(&self.dossiers_of(&self.person(dossier.cast()).await).await)
            .await;
        let mut words = BTreeSet::new();
        for table in declared(&self.site).filter(|table| there[table.name] == 0) {
            let shape = shapes.iter().find(|shape| shape.table == table.name).unwrap();
            let is_dossiers = table.ends.contains(&table.row);
            let row: Id<()> = if is_dossiers { dossier.cast() } else { guard.id() };
            let mut query = sql("INSERT INTO ").then(table.name).then(" (");
            for (nth, (column, _)) in table.columns.iter().enumerate() {
                query = query.then(if nth == 0 { "" } else { ", " }).then(column);
            }
            query = query.then(") VALUES (");
            for (nth, (column, kind)) in table.columns.iter().enumerate() {
                query = query.then(PLACES[nth]);
                let word = format!("vvfilled_{}_{column}", table.name);
                let (_, form) = shape.columns.iter().find(|(name, _)| name == column).unwrap();
                query = match (kind, form) {
                    (Column::Key, _) => query.bind(KeyedHash([7; 32])),
                    (Column::Personal(_) | Column::PersonalNamedBy(_), _) => {
                        let sealed = filed.seal_own(table.name, column, row, &word);
                        words.insert(word);
                        query.bind(sealed)
                    }
                    (Column::Plain, Form::Int) => query.bind(THEN),
                    (Column::Plain, Form::Flag) => query.bind(true),
                    (Column::Plain, _) if table.ends.contains(column) => query.bind(dossier),
                    (Column::Plain, _) if *column == table.row => query.bind(row),
                    (Column::Plain, _) if *column == "field" => query.bind(PublicText::new("message")),
                    (Column::Plain, _) => query.bind(PublicText::new(word)),
                };
            }
            let mut tx = guard.begin().await.unwrap();
            query.then(")").run(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        }
        words
    }

    /// The archive that the person downloads, unpacked: each name and its bytes.
    async fn archive(&self, actor: &Actor) -> BTreeMap<String, Vec<u8>> {
        let everything = self.everything(actor).await;
        unpacked(archive::pack(&self.site, everything, Locale::Fr).await.unwrap()).await
    }

    async fn data(&self, actor: &Actor) -> Value {
        serde_json::from_slice(&self.archive(actor).await["data.json"]).unwrap()
    }
}

/// The tables that bear something of a person.
fn declared(site: &crate::Site) -> impl Iterator<Item = &'static Table> {
    let holdings = site.guard().holdings();
    let tables = holdings.into_iter().flat_map(|holdings| holdings.tables);
    tables.filter(|table| !table.ends.is_empty())
}

async fn unpacked(archive: Archive) -> BTreeMap<String, Vec<u8>> {
    let pieces: Vec<Bytes> = archive.bytes.try_collect().await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(pieces.concat())).unwrap();
    let mut files = BTreeMap::new();
    for nth in 0..zip.len() {
        let mut file = zip.by_index(nth).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(file.enclosed_name().is_some(), "{name}");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(name, bytes);
    }
    files
}

/// Every row of `data.json` with its table.
fn rows(data: &Value) -> Vec<&Value> {
    let dossiers = data["dossiers"].as_array().unwrap().iter();
    let rows = dossiers.flat_map(|dossier| dossier["rows"].as_array().unwrap());
    rows.chain(data["rest"].as_array().unwrap()).collect()
}

async fn what_is_exported_is_what_is_erased(case: Case, role: &'static str) {
    let guard = case.site.guard().clone();
    let recruiter = case.staff(role, "staff@desk.example").await;
    let staff = recruiter.staff().unwrap().to_string();
    let stays = case.somebody_else().await;
    let id = case.apply(None).await;
    let also = case.apply(None).await;
    let actor = case.person(id).await;
    let other = guard.duplicates(&actor).await.unwrap()[0];
    guard.join(&actor, other).await.unwrap();
    let actor = case.person(id).await;
    service::open(&case.site, &recruiter, id).await.unwrap();
    service::move_to(&case.site, &recruiter, also, Stage::InReview)
        .await
        .unwrap();
    service::refuse(&case.site, &recruiter, also, Reason::Terms)
        .await
        .unwrap();
    case.clock.advance(UNDO_SECONDS + 1);
    case.work().await;
    guard.tend_once(true).await.unwrap();
    let words = case.fill_in(id.cast()).await;
    let dossiers = case.dossiers_of(&actor).await;
    assert_eq!(dossiers.len(), 4, "two people, two applications");

    let before = case.named(&dossiers).await;
    assert!(before.values().all(|count| *count > 0), "{before:?}");
    let everything = case.everything(&actor).await;
    let mut exported = BTreeMap::<_, i64>::new();
    for row in everything.rows() {
        *exported.entry(row.table).or_default() += 1;
    }
    assert_eq!(exported, before, "every row of every table, and none twice");

    // Every personal column of every table, opened; what opens an account is told and stays here.
    for table in declared(&case.site) {
        for (column, kind) in table.columns {
            if matches!(kind, Column::Plain | Column::Key) {
                continue;
            }
            let values = everything.rows().filter(|row| row.table == table.name);
            let mut values = values.flat_map(|row| row.values.iter().filter(|value| value.column == *column));
            let place = format!("{}.{column}", table.name);
            let value = values.next().unwrap_or_else(|| panic!("no {place}"));
            let withheld = matches!(kind, Column::Personal("credential"));
            assert_eq!(matches!(value.content, Content::Withheld), withheld, "{place}");
            let readable = matches!(value.content, Content::Shown(_) | Content::Fingerprint(_));
            assert!(readable || withheld, "{place} can't be read");
        }
    }

    let files = unpacked(archive::pack(&case.site, everything, Locale::Fr).await.unwrap()).await;
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let (data, page) = (text("data.json"), text("index.html"));
    let secret = |word: &&String| word.ends_with("_secret") || word.contains("api_tokens");
    for word in words.iter().filter(|word| !secret(word)) {
        assert!(data.contains(word.as_str()), "no {word} in data.json");
        assert!(page.contains(word.as_str()), "no {word} on the page");
    }
    for word in [
        "Élise",
        "Vvtoken0001",
        "elise.vvtoken0001@people.example",
        "Élise.pdf",
    ] {
        assert!(data.contains(word) && page.contains(word), "no {word}");
    }
    assert!(
        data.contains("/follow/…"),
        "the confirmation, without what its link opens"
    );
    let stays = stays.to_string();
    for text in [&data, &page] {
        for nobody in [OTHER, "Vvother", &stays, "Camille", "staff@desk.example", &staff] {
            assert!(!text.contains(nobody), "{nobody} in a copy of somebody else's");
        }
        for word in words.iter().filter(secret) {
            assert!(!text.contains(word.as_str()), "{word} was given out");
        }
    }
    let label = guard.charter().role(role).unwrap().label(Locale::Fr).to_owned();
    assert!(page.contains(&label), "no {label} on the page");
    let resume: Value = serde_json::from_slice(&files["resume.json"]).unwrap();
    assert_eq!(resume["basics"]["name"], "Élise Vvtoken0001");
    assert_eq!(resume["basics"]["email"], "elise.vvtoken0001@people.example");
    let cvs: Vec<_> = files
        .iter()
        .filter(|(name, _)| name.starts_with("files/"))
        .collect();
    assert_eq!(cvs.len(), 2, "{:?}", files.keys());
    assert!(
        cvs.iter()
            .all(|(name, bytes)| name.ends_with("Élise.pdf") && *bytes == PDF)
    );

    // Each value says which field of the charter it is, and each of a dossier until when it is kept.
    let data: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data["format"], 1);
    let mut values = 0;
    for row in rows(&data) {
        for value in row["values"].as_array().unwrap() {
            assert!(
                value["field"].as_str().is_some_and(|field| !field.is_empty()),
                "{row}"
            );
            values += 1;
        }
    }
    assert!(values > 20, "{values}");
    let answers = rows(&data)
        .into_iter()
        .filter(|row| row["table"] == "application_answers");
    let answers: Vec<_> = answers
        .flat_map(|row| row["values"].as_array().unwrap())
        .collect();
    for answer in &answers {
        let clause = answer["clause"].as_str().unwrap();
        assert!(clause.starts_with("field."), "{answer}");
    }
    // The refused one is gone sooner; of the two, made in one moment, either comes first.
    let kept = |answer: &&Value| answer["until"].as_str().unwrap().starts_with("2027-1");
    assert!(answers.iter().any(kept), "{answers:?}");

    guard.erase_own(&actor).await.unwrap();
    case.work().await;
    let after = case.named(&dossiers).await;
    assert!(after.values().all(|count| *count == 0), "{after:?}");
}

on_both!(
    what_is_exported_is_what_is_erased_at_careers,
    CAREERS,
    |case: Case| what_is_exported_is_what_is_erased(case, "recruiter")
);

on_both!(
    what_is_exported_is_what_is_erased_at_the_agency,
    AGENCY,
    |case: Case| what_is_exported_is_what_is_erased(case, "consultant")
);
