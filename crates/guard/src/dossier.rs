//! Owns: the rows of dossiers, and [`Filed`], a dossier just opened whose key is at hand for sealing what was
//! collected. Doesn't own: the keys (`vault`), the clocks ([`crate::keep`]).

use std::collections::HashMap;

use charter::{Charter, Trigger};
use kernel::Id;
use storage::{Bind as _, LIST, On, PublicText, Row, Tx, sql};
use vault::{Cell, DossierId, DossierKey, Sealed};

use crate::{Error, Guard, Person, Personal, hex, keep::Until};

/// A dossier whose key is at hand.
#[derive(Clone)]
pub struct Filed {
    pub(crate) key: DossierKey,
    pub(crate) person: Id<Person>,
}

impl Filed {
    /// The dossier.
    #[must_use]
    pub fn id(&self) -> DossierId {
        self.key.id()
    }

    /// Whom it is about.
    #[must_use]
    pub fn person(&self) -> Id<Person> {
        self.person
    }

    /// Seals a value for one cell of one row.
    #[must_use]
    pub fn seal<K>(
        &self,
        table: &'static str,
        column: &'static str,
        row: Id<K>,
        value: &Personal<String>,
    ) -> Sealed<String> {
        self.key.seal(
            Cell {
                table,
                column,
                row: row.as_bytes(),
            },
            value.value().as_bytes(),
        )
    }

    /// Seals what the house itself wrote about the dossier, for one cell of one row: an answer, a note.
    #[must_use]
    pub fn seal_own<K>(
        &self,
        table: &'static str,
        column: &'static str,
        row: Id<K>,
        text: &str,
    ) -> Sealed<String> {
        self.seal(table, column, row, &Personal::new(text.to_owned()))
    }
}

/// A dossier's row.
#[derive(Debug, Clone)]
pub(crate) struct Dossier {
    /// Whom it is about.
    pub(crate) person: Id<Person>,
    /// The charter's purpose.
    pub(crate) purpose: String,
    /// The version of the charter under which it was collected.
    pub(crate) charter: u32,
    /// Why nobody goes on using it.
    pub(crate) restricted: Option<String>,
}

impl Dossier {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            person: row.get("person")?,
            purpose: row.get::<PublicText, _>("purpose")?.into_string(),
            charter: u32::try_from(row.get::<i64, _>("charter_version")?).unwrap_or(0),
            restricted: row
                .get::<Option<PublicText>, _>("restricted")?
                .map(PublicText::into_string),
        })
    }

    /// Whether `id`, whose row this is, says who its person is.
    pub(crate) fn is_identity(&self, id: DossierId) -> bool {
        self.person.cast() == id
    }
}

impl Guard {
    /// Opens dossiers of one person together in the transaction: their rows, their clocks, their place in the ledger; gives until when
    /// they are kept. Their keys exist already, so that a row never lies under a key that a power cut took. They bear
    /// the charter under which they were collected.
    pub(crate) async fn file_dossiers(
        &self,
        tx: &mut Tx,
        opened: &[&Filed],
        purpose: &str,
        charter: &Charter,
        events: &[Trigger],
    ) -> Result<Option<Until>, Error> {
        let now = self.now();
        let rows = opened.iter().map(|filed| {
            let purpose = PublicText::new(purpose);
            let version = i64::from(charter.version());
            [
                filed.id().value(),
                filed.person.value(),
                purpose.value(),
                version.value(),
                now.value(),
            ]
        });
        sql("INSERT INTO dossiers (id, person, purpose, charter_version, opened_at) VALUES $rows")
            .bind_rows(rows)
            .later(&mut *tx)
            .await?;
        let Some(first) = opened.first() else {
            return Ok(None);
        };
        let row = Dossier {
            person: first.person,
            purpose: purpose.to_owned(),
            charter: charter.version(),
            restricted: None,
        };
        let until = self.start_clocks(tx, opened, &row, events).await?;
        let body = serde_json::json!({
            "purpose": purpose,
            "charter": charter.version(),
            "digest": charter.digest().to_string(),
        });
        for filed in opened {
            self.note(tx, "dossier_opened", Some(&filed.key), &body).await?;
        }
        // Of somebody who is filed already: their identity lives as long as this.
        if opened.iter().all(|filed| !row.is_identity(filed.id())) {
            self.follow(tx, row.person).await?;
        }
        Ok(until)
    }

    /// The rows of those dossiers that exist.
    pub(crate) async fn dossiers(&self, ids: &[DossierId]) -> Result<HashMap<DossierId, Dossier>, Error> {
        let mut dossiers = HashMap::with_capacity(ids.len());
        for some in ids.chunks(LIST) {
            let rows = sql(
                "SELECT id, person, purpose, charter_version, restricted FROM dossiers WHERE id IN ($list)",
            )
            .bind_list(some.iter().copied())
            .all(&self.db)
            .await?;
            for row in &rows {
                dossiers.insert(row.get("id")?, Dossier::read(row)?);
            }
        }
        Ok(dossiers)
    }

    /// The row of one.
    pub(crate) async fn dossier(&self, on: impl Into<On<'_>>, id: DossierId) -> Result<Dossier, Error> {
        let row = sql("SELECT person, purpose, charter_version, restricted FROM dossiers WHERE id = $1")
            .bind(id)
            .optional(on)
            .await?;
        Dossier::read(&row.ok_or(Error::NotFound)?)
    }

    /// The dossier with its key, to write into it what its own process makes: a mail, a note.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or its key is destroyed.
    pub async fn filed(&self, dossier: DossierId) -> Result<Filed, Error> {
        let person = self.dossier(&self.db, dossier).await?.person;
        match self.vault.key(dossier).await {
            Ok(key) => Ok(Filed { key, person }),
            Err(vault::Error::Absent | vault::Error::Destroyed) => Err(Error::NotFound),
            Err(error) => Err(error.into()),
        }
    }

    /// The dossier's pseudonym in ledger and journal, which dies with its key.
    #[must_use]
    pub fn pseudonym(&self, filed: &Filed) -> String {
        hex(&filed.key.pseudonym().0)
    }
}
