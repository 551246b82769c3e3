//! Owns: the rows of dossiers, and [`Filed`], a dossier just opened whose key is at hand for sealing what was
//! collected. Doesn't own: the keys (`vault`), the clocks ([`crate::keep`]).

use std::collections::HashMap;

use charter::Charter;
use kernel::Id;
use storage::{PublicText, Tx, sql};
use vault::{Cell, DossierId, DossierKey, Sealed};

use crate::{Error, Guard, Person, Personal, hex};

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

impl Guard {
    /// Opens the dossier in the transaction: its row, and its place in the ledger. Its key exists already, so that a
    /// row never lies under a key that a power cut took. It bears the charter under which it was collected.
    pub(crate) async fn file_dossier(
        &self,
        tx: &mut Tx,
        filed: &Filed,
        purpose: &str,
        charter: &Charter,
    ) -> Result<(), Error> {
        sql("INSERT INTO dossiers (id, person, purpose, charter_version, opened_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(filed.id())
            .bind(filed.person)
            .bind(PublicText::new(purpose))
            .bind(i64::from(charter.version()))
            .bind(self.now())
            .run(tx)
            .await?;
        let body = serde_json::json!({
            "purpose": purpose,
            "charter": charter.version(),
            "digest": charter.digest().to_string(),
        });
        self.note(tx, "dossier_opened", Some(&filed.key), &body).await
    }

    /// The purpose of each dossier that exists.
    pub(crate) async fn purposes_of(
        &self,
        dossiers: &[DossierId],
    ) -> Result<HashMap<DossierId, (String, Id<Person>)>, Error> {
        let mut purposes = HashMap::with_capacity(dossiers.len());
        for some in dossiers.chunks(500) {
            let rows = sql("SELECT id, person, purpose FROM dossiers WHERE id IN ($list)")
                .bind_list(some.iter().copied())
                .all(&self.db)
                .await?;
            for row in rows {
                let purpose: PublicText = row.get("purpose")?;
                purposes.insert(row.get("id")?, (purpose.to_string(), row.get("person")?));
            }
        }
        Ok(purposes)
    }

    /// The dossier with its key, to write into it what its own process makes: a mail, a note.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or its key is destroyed.
    pub async fn filed(&self, dossier: DossierId) -> Result<Filed, Error> {
        let (_, person) = self
            .purposes_of(&[dossier])
            .await?
            .remove(&dossier)
            .ok_or(Error::NotFound)?;
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
