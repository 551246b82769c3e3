//! Owns: a dossier beside the others of its person, opened for another purpose with what that one uses of an earlier
//! dossier: what somebody agreed to apart, or a human put forward. Doesn't own: whether it may be (the capabilities), their
//! rows.

use std::sync::Arc;

use charter::{Charter, Trigger};
use kernel::Timestamp;
use storage::Tx;
use vault::DossierId;

use crate::{Error, Filed, Guard, Reading, files::Kept, keep::Until};

/// A dossier whose key is made and whose files lie on the disk; its rows come with [`Beside::file`]. One that never gets
/// them is swept.
pub struct Beside {
    guard: Guard,
    charter: Arc<Charter>,
    purpose: String,
    filed: Filed,
    files: Vec<Kept>,
}

impl Guard {
    /// Opens a dossier for `purpose` of the person whom `from` is about: makes its key, and copies those files of `from`
    /// that the purpose uses and the reading shows.
    ///
    /// # Errors
    /// [`Error::NotFound`] when `from` isn't open to the reading or the charter has no such purpose; the vault's when a
    /// file was tampered with.
    pub async fn open_beside(
        &self,
        reading: &Reading<'_>,
        from: DossierId,
        purpose: &str,
    ) -> Result<Beside, Error> {
        let charter = self.charter();
        if !reading.has(from) || charter.purpose(purpose).is_none() {
            return Err(Error::NotFound);
        }
        let person = self.dossier(&self.db, from).await?.person;
        let made = self.vault.make_keys(&[self.id()], &[]).await?;
        let key = made.into_iter().next().ok_or(Error::Broken)?;
        let mut beside = Beside {
            guard: self.clone(),
            charter,
            purpose: purpose.to_owned(),
            filed: Filed { key, person },
            files: Vec::new(),
        };
        for file in self.files_of(from).await? {
            if !beside.uses(&file.field) {
                continue;
            }
            match self.copy_file(reading, from, &file, &beside.filed.key).await {
                Ok(kept) => beside.files.push(kept),
                Err(Error::NotShown(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(beside)
    }

    /// A person agreed to what they were asked about a dossier: its time counts from then, and no answer is awaited.
    ///
    /// # Errors
    /// The storage's.
    pub async fn agreed(&self, tx: &mut Tx, dossier: DossierId) -> Result<(), Error> {
        self.unhappened(tx, dossier, Trigger::ConsentAsked).await?;
        let events = [Trigger::ConsentGiven, Trigger::LastContact];
        self.all_happened(tx, dossier, &events, self.now()).await?;
        let purpose = self.dossier(&mut *tx, dossier).await?.purpose;
        let body = serde_json::json!({ "clause": format!("purpose.{purpose}"), "by": "answer" });
        self.note(tx, "agreed", None, &body).await
    }
}

impl Guard {
    /// Notes that a person agreed to a purpose beside what their dossier is for.
    ///
    /// # Errors
    /// The storage's.
    pub async fn note_agreement(&self, tx: &mut Tx, dossier: &Filed, purpose: &str) -> Result<(), Error> {
        let body = serde_json::json!({ "clause": format!("purpose.{purpose}"), "by": "area" });
        self.note(tx, "agreed", Some(&dossier.key), &body).await
    }
}

impl Beside {
    /// The dossier, to seal into.
    #[must_use]
    pub fn filed(&self) -> &Filed {
        &self.filed
    }

    /// Whether its purpose uses that field.
    #[must_use]
    pub fn uses(&self, field: &str) -> bool {
        self.charter.may_hold(&self.purpose, field).is_ok()
    }

    /// Whether a file of that field came along.
    #[must_use]
    pub fn has_file(&self, field: &str) -> bool {
        self.files.iter().any(|kept| kept.field == field)
    }

    /// The version of the charter under which it is opened.
    #[must_use]
    pub fn charter_version(&self) -> u32 {
        self.charter.version()
    }

    /// Files it in the caller's transaction: its row, its clock by what happened and when, its files, the ledger; gives
    /// until when it is kept.
    ///
    /// # Errors
    /// The storage's.
    pub async fn file(&self, tx: &mut Tx, happened: &[(Trigger, Timestamp)]) -> Result<Option<Until>, Error> {
        let guard = &self.guard;
        let events: Vec<Trigger> = happened.iter().map(|(event, _)| *event).collect();
        guard
            .file_dossiers(tx, &[&self.filed], &self.purpose, &self.charter, &events)
            .await?;
        for (event, at) in happened {
            guard.happened(tx, self.filed.id(), *event, *at).await?;
        }
        for kept in &self.files {
            guard.file_file(tx, &self.filed.key, kept, &self.charter).await?;
        }
        guard.until(&mut *tx, self.filed.id()).await
    }
}
