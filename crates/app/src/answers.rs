//! Owns: the answers to a form's fields, each sealed in a row of its own beside what they were given for: written, shown
//! and opened alike, whoever keeps them; and what a dossier shows besides who it is about. Doesn't own: who may read it
//! (`guard`), who somebody is ([`crate::account::people`]).

use guard::{
    DossierId, Error, Filed, Guard, Personal, Reading, Sealed, Shown, collect::Answers, files::Listed,
};
use kernel::Id;
use storage::{Bind as _, LIST, PublicText, Tx, sql};

use crate::account::people::IDENTITY;

/// A table of answers. Its rows belong to what bears their dossier's id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The column that says to what a row belongs.
    of: &'static str,
}

pub(crate) const OF_APPLICATIONS: Table = Table {
    name: "application_answers",
    of: "application",
};
pub(crate) const OF_MESSAGES: Table = Table {
    name: "contact_answers",
    of: "message",
};
pub(crate) const OF_THE_POOL: Table = Table {
    name: "pool_answers",
    of: "entry",
};
/// Every one of them.
pub(crate) const TABLES: [Table; 3] = [OF_APPLICATIONS, OF_MESSAGES, OF_THE_POOL];

/// The column that is sealed.
const VALUE: &str = "value";

/// Marks the id of an answer.
enum Answer {}

/// What a dossier holds besides who, as far as a reading shows it.
pub struct Held {
    /// The answers, by the charter's names.
    pub answers: Vec<(String, Shown<String>)>,
    /// The files, with their names.
    pub files: Vec<(Listed, Shown<String>)>,
}

impl Held {
    /// Nothing.
    pub(crate) const NOTHING: Self = Self {
        answers: Vec::new(),
        files: Vec::new(),
    };

    /// True when one of its values was tampered with.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        let answers = self.answers.iter().map(|(_, value)| value);
        let names = self.files.iter().map(|(_, name)| name);
        answers.chain(names).any(Shown::is_damaged)
    }
}

impl Table {
    /// Writes what a form was answered besides who, into the form's dossier.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn file(self, tx: &mut Tx, guard: &Guard, answers: &Answers) -> Result<(), Error> {
        let given = answers
            .fields()
            .filter_map(|field| Some((field, answers.value(field)?)));
        let given: Vec<_> = given.collect();
        let given = given.iter().map(|(field, value)| (*field, value));
        let version = answers.charter_version();
        self.write(tx, guard, &answers.dossier, version, given).await
    }

    /// Writes values into a dossier, who they are about aside: that lies in a dossier of its own.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn write<'v>(
        self,
        tx: &mut Tx,
        guard: &Guard,
        filed: &Filed,
        charter: u32,
        values: impl Iterator<Item = (&'v str, &'v Personal<String>)>,
    ) -> Result<(), Error> {
        let rows: Vec<_> = values
            .filter(|(field, _)| !IDENTITY.contains(field))
            .map(|(field, value)| {
                let answer: Id<Answer> = guard.id();
                [
                    answer.value(),
                    filed.id().value(),
                    PublicText::new(field).value(),
                    filed.seal(self.name, VALUE, answer, value).value(),
                    i64::from(charter).value(),
                ]
            })
            .collect();
        for some in rows.chunks(LIST / 5) {
            sql("INSERT INTO ")
                .then(self.name)
                .then(" (id, ")
                .then(self.of)
                .then(", field, value, charter_version) VALUES $rows")
                .bind_rows(some.iter().cloned())
                .later(&mut *tx)
                .await?;
        }
        Ok(())
    }

    /// What a dossier holds besides who: answers and files that the reading shows.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub(crate) async fn show(
        self,
        guard: &Guard,
        reading: &Reading<'_>,
        dossier: DossierId,
    ) -> Result<Held, Error> {
        let mut answers = Vec::new();
        for (answer, field, sealed) in self.sealed(guard, dossier).await? {
            let cell = (self.name, VALUE);
            if let Some(value) = reading.show(dossier, &field, cell, answer, &sealed)? {
                answers.push((field, value));
            }
        }
        let files = files(guard, reading, dossier).await?;
        Ok(Held { answers, files })
    }

    /// The answers that the reading opens, to be written elsewhere under it.
    ///
    /// # Errors
    /// The storage's; the vault's when a value was tampered with.
    pub(crate) async fn open(
        self,
        guard: &Guard,
        reading: &Reading<'_>,
        dossier: DossierId,
    ) -> Result<Vec<(String, Personal<String>)>, Error> {
        let mut values = Vec::new();
        for (answer, field, sealed) in self.sealed(guard, dossier).await? {
            match reading.open(dossier, &field, (self.name, VALUE), answer, &sealed) {
                Ok(Some(value)) => values.push((field, value)),
                Ok(None) | Err(Error::NotShown(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(values)
    }

    /// The charter's fields of what a dossier holds besides who; nothing of it is opened.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn fields(self, guard: &Guard, dossier: DossierId) -> Result<Vec<String>, Error> {
        let answers = self.sealed(guard, dossier).await?.into_iter();
        let files = guard.files_of(dossier).await?.into_iter();
        let answered = answers.map(|(_, field, _)| field);
        Ok(answered.chain(files.map(|file| file.field)).collect())
    }

    async fn sealed(
        self,
        guard: &Guard,
        dossier: DossierId,
    ) -> Result<Vec<(Id<Answer>, String, Sealed<String>)>, Error> {
        let rows = sql("SELECT id, field, value FROM ")
            .then(self.name)
            .then(" WHERE ")
            .then(self.of)
            .then(" = $1 ORDER BY id")
            .bind(dossier)
            .all(guard.db())
            .await?;
        let read = |row: &storage::Row| {
            let field = row.get::<PublicText, _>("field")?.into_string();
            Ok((row.get("id")?, field, row.get("value")?))
        };
        rows.iter().map(read).collect()
    }
}

/// The files of a dossier whose names the reading shows.
///
/// # Errors
/// The storage's and the vault's.
pub(crate) async fn files(
    guard: &Guard,
    reading: &Reading<'_>,
    dossier: DossierId,
) -> Result<Vec<(Listed, Shown<String>)>, Error> {
    let mut named = Vec::new();
    for file in guard.files_of(dossier).await? {
        if let Some(name) = guard.file_name(reading, dossier, &file)? {
            named.push((file, name));
        }
    }
    Ok(named)
}
