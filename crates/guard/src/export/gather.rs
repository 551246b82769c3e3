//! Owns: the walk over every declared table for what names one of a person's dossiers, and opening what is sealed there.
//! Doesn't own: what is taken out again ([`super::told`], [`super::mask`]).

use std::collections::HashMap;

use charter::{Category, Charter, FileType};
use futures_util::StreamExt as _;
use kernel::{Date, Id, Timestamp, Word as _};
use storage::{Any, LIST, sql};
use vault::{DossierId, Sealed, SealedFile};

use super::{
    Content, Copies, Copy, Dossier, Everything, Fact, File, Row, Value,
    mask::{MAILS, without_secrets},
    names,
};
use crate::{
    Column, Error, Guard, Permit, Person, Reading, Shown, Table, View,
    files::{CELL, Listed, opened},
    hex,
    own::Held,
};

/// How often the records of lists are folded first, so that whoever looked a moment ago is in the copy: 200 lists each.
const FOLDS: usize = 10;

impl Guard {
    /// Every row that names one of these dossiers or people, opened.
    pub(super) async fn gather(
        &self,
        permit: &Permit,
        people: &[Id<Person>],
        held: Vec<Held>,
    ) -> Result<Everything, Error> {
        for _ in 0..FOLDS {
            if self.fold_access().await? == 0 {
                break;
            }
        }
        let mut ids: Vec<DossierId> = held.iter().map(|held| held.dossier).collect();
        let reading = self.read(permit, View::One, &ids).await?;
        let known = self.dossiers(&ids).await?;
        let mut dossiers = Vec::with_capacity(held.len());
        // Whose key is gone is erased already; its rows go with the next turn.
        for held in held.into_iter().filter(|held| reading.has(held.dossier)) {
            let Some(row) = known.get(&held.dossier) else {
                continue;
            };
            dossiers.push(Dossier {
                person: row.person,
                charter: row.charter,
                restricted: row.restricted.clone(),
                rows: Vec::new(),
                files: Vec::new(),
                held,
            });
        }
        let places: HashMap<DossierId, usize> = dossiers
            .iter()
            .enumerate()
            .map(|(nth, dossier)| (dossier.held.dossier, nth))
            .collect();
        let identities = people.iter().map(|person| person.cast());
        let others: Vec<DossierId> = identities.filter(|id| !ids.contains(id)).collect();
        ids.extend(others);
        let mut everything = Everything {
            people: people.to_vec(),
            dossiers,
            rest: Vec::new(),
            copies: Copies::default(),
        };
        for table in self.tables() {
            for (dossier, row) in self.rows_of(table, &ids, &reading).await? {
                match places
                    .get(&dossier)
                    .and_then(|nth| everything.dossiers.get_mut(*nth))
                {
                    Some(of) => of.rows.push(row),
                    None => everything.rest.push(row),
                }
            }
        }
        self.add_files(&mut everything, &reading).await?;
        Ok(everything)
    }

    /// The rows of a table that name one of these, each with the one it names.
    async fn rows_of(
        &self,
        table: &'static Table,
        ids: &[DossierId],
        reading: &Reading<'_>,
    ) -> Result<Vec<(DossierId, Row)>, Error> {
        let charter = self.charter();
        let mut found: Vec<(DossierId, Row)> = Vec::new();
        for (nth, &ends) in table.ends.iter().enumerate() {
            for some in ids.chunks(LIST) {
                for row in select(table, ends, some).all(&self.db).await? {
                    let named = |column: &str| row.get::<Option<DossierId>, _>(column).ok().flatten();
                    // Where two columns name one of them, the row is found by the first.
                    let earlier = table.ends.iter().take(nth);
                    let mut earlier = earlier.filter_map(|column| named(column));
                    if earlier.any(|id| ids.contains(&id)) {
                        continue;
                    }
                    if let Some(dossier) = named(ends) {
                        found.push((dossier, read(table, &row, dossier, reading, &charter)?));
                    }
                }
            }
        }
        Ok(found)
    }

    /// The files of what was gathered: each is read once to its end, so that one that was tampered with costs no other
    /// and no half of it is given out.
    async fn add_files(&self, everything: &mut Everything, reading: &Reading<'_>) -> Result<(), Error> {
        let mut nth = 0;
        for dossier in &mut everything.dossiers {
            let id = dossier.held.dossier;
            for row in dossier.rows.iter().filter(|row| row.table == CELL.0) {
                let Some((file, name)) = file_of(row) else {
                    continue;
                };
                nth += 1;
                let copy = Copy {
                    dossier: id,
                    id: file.id,
                    key: reading.key(id, &file.field)?.clone(),
                    size: file.size,
                    name: names::of_file(nth, &file.field, name, file.kind),
                };
                let is_whole = self.is_whole(&copy).await;
                dossier.files.push(File {
                    name: is_whole.then(|| copy.name.clone()),
                    ..file
                });
                if is_whole {
                    everything.copies.0.push(copy);
                }
            }
        }
        Ok(())
    }

    /// These files of one dossier, on their way to who receives them under that permit; one that was tampered with is
    /// left out.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the permit doesn't reach it.
    pub async fn copies_of(
        &self,
        permit: &Permit,
        dossier: DossierId,
        files: &[(Listed, Shown<String>)],
    ) -> Result<Copies, Error> {
        let reading = self.read(permit, View::One, &[dossier]).await?;
        let mut copies = Copies::default();
        for (nth, (file, name)) in files.iter().enumerate() {
            let copy = Copy {
                dossier,
                id: file.id,
                key: reading.key(dossier, &file.field)?.clone(),
                size: file.size,
                name: names::of_file(nth + 1, &file.field, Some(name.text()), file.kind),
            };
            if self.is_whole(&copy).await {
                copies.0.push(copy);
            }
        }
        Ok(copies)
    }

    async fn is_whole(&self, copy: &Copy) -> bool {
        let Ok(handle) = self.files.read(copy.dossier, copy.id).await else {
            return false;
        };
        let mut bytes = Box::pin(opened(handle, copy.key.clone(), copy.id));
        while let Some(chunk) = bytes.next().await {
            if let Err(io) = chunk {
                let row = copy.id;
                tracing::error!(kind = ?io.kind(), row = %row, "a sealed file can't be read whole");
                return false;
            }
        }
        true
    }
}

/// Everything but keys, in the order of the table's first columns.
fn select(table: &'static Table, ends: &'static str, some: &[DossierId]) -> storage::Query {
    let columns = table.columns.iter().filter(|(_, kind)| *kind != Column::Key);
    let mut query = sql("SELECT ");
    let mut count = 0;
    for (name, _) in columns {
        query = query.then(if count == 0 { "" } else { ", " }).then(name);
        count += 1;
    }
    query
        .then(" FROM ")
        .then(table.name)
        .then(" WHERE ")
        .then(ends)
        .then(" IN ($list) ORDER BY ")
        .then(if count > 1 { "1, 2" } else { "1" })
        .bind_list(some.iter().copied())
}

fn read(
    table: &'static Table,
    row: &storage::Row,
    dossier: DossierId,
    reading: &Reading<'_>,
    charter: &Charter,
) -> Result<Row, Error> {
    let is_plain = |name: &str| table.columns.contains(&(name, Column::Plain));
    // A row whose id is no id has nothing sealed under it.
    let id = Some(table.row).filter(|row| is_plain(row));
    let id: Option<Id<()>> = id.and_then(|id| row.get(id).ok());
    let mut facts = Vec::new();
    let mut values = Vec::new();
    for &(name, kind) in table.columns {
        let field = match kind {
            Column::Key => continue,
            Column::Plain => {
                facts.push((name, fact(name, row)));
                continue;
            }
            Column::Personal(field) => field.to_owned(),
            Column::PersonalNamedBy(by) => {
                let field = row.get::<storage::PublicText, _>(by);
                field.map(storage::PublicText::into_string).unwrap_or_default()
            }
        };
        let content = match row.get::<Option<Sealed<String>>, _>(name) {
            Ok(None) => continue,
            Ok(Some(_)) if opens_an_account(charter, &field) => Content::Withheld,
            Ok(Some(sealed)) => {
                let cell = (table.name, name);
                let open = |id| reading.open_bytes(dossier, &field, cell, id, &sealed);
                match id.map(open).transpose() {
                    Ok(Some(Some(plain))) => content(table, plain),
                    Ok(_) | Err(Error::Vault(vault::Error::Tampered)) => {
                        tracing::error!(
                            table = cell.0,
                            column = cell.1,
                            "a sealed value was tampered with"
                        );
                        Content::Unreadable
                    }
                    Err(error) => return Err(error),
                }
            }
            Err(_) => Content::Unreadable,
        };
        values.push(Value {
            column: name,
            field,
            content,
        });
    }
    Ok(Row {
        table: table.name,
        id,
        facts,
        values,
    })
}

/// What was opened: a text, or what is none and is told by its digits.
fn content(table: &Table, plain: Vec<u8>) -> Content {
    match String::from_utf8(plain) {
        Ok(text) if table.name == MAILS => Content::Shown(Shown::new(without_secrets(&text))),
        Ok(text) => Content::Shown(Shown::new(text)),
        Err(bytes) => Content::Fingerprint(hex(bytes.as_bytes())),
    }
}

/// What a plain column says. A column of a moment is called so, in every table: `at`, `…_at`, `…_since`, `…_until`.
fn fact(column: &str, row: &storage::Row) -> Fact {
    let is_moment = column == "at"
        || ["_at", "_since", "_until"]
            .iter()
            .any(|end| column.ends_with(end));
    match row.get::<Any, _>(column) {
        Ok(Any::Null) => Fact::Nothing,
        Ok(Any::Int(millis)) if is_moment => Fact::At(Timestamp::from_millis(millis)),
        Ok(Any::Int(number)) => Fact::Number(number),
        Ok(Any::Text(text)) => match (text.parse(), Date::parse(&text)) {
            (Ok(id), _) => Fact::Reference(id),
            (_, Some(day)) => Fact::Day(day),
            _ => Fact::Word(text.into_string()),
        },
        Ok(Any::Bytes) | Err(_) => Fact::Unreadable,
    }
}

/// A field by which an account is entered isn't handed out: a copy that is lost would open it.
fn opens_an_account(charter: &Charter, field: &str) -> bool {
    charter.field(field).map_or(field == "credential", |field| {
        field.category == Category::Credential
    })
}

/// The file that a row is about, and its name where it can be read.
fn file_of(row: &Row) -> Option<(File, Option<&str>)> {
    let id: Id<SealedFile> = row.id?.cast();
    let size = match row.fact("size") {
        Some(Fact::Number(size)) => u64::try_from(*size).unwrap_or(0),
        _ => 0,
    };
    let name = row.values.iter().find_map(|value| match &value.content {
        Content::Shown(name) if value.column == CELL.1 => Some(name.text()),
        _ => None,
    });
    let file = File {
        id,
        field: row.word("field")?.to_owned(),
        kind: FileType::from_word(row.word("kind")?).ok()?,
        size,
        name: None,
    };
    Some((file, name))
}
