//! Owns: the door "prove it", as far as its memory: what happened is noted in the causing transaction and put into
//! the key store's hash chain by one sequencer. Doesn't own: the chain itself (`vault`), the provers (later).
//!
//! An entry holds words, counts, hashes and a pseudonym that dies with the dossier's key; never a person's data.

use kernel::Id;
use storage::{KeyedHash, PublicText, Tx, sql};
use vault::{DossierKey, LedgerEntry};

use crate::{Error, Guard};

impl Guard {
    /// Notes an event in its own transaction.
    pub(crate) async fn note(
        &self,
        tx: &mut Tx,
        kind: &'static str,
        subject: Option<&DossierKey>,
        body: &serde_json::Value,
    ) -> Result<(), Error> {
        self.note_entry(tx, kind, subject.map(DossierKey::pseudonym), body)
            .await?;
        Ok(())
    }

    /// As [`Guard::note`], of whom the pseudonym is known; gives the entry.
    pub(crate) async fn note_entry(
        &self,
        tx: &mut Tx,
        kind: &'static str,
        subject: Option<KeyedHash>,
        body: &serde_json::Value,
    ) -> Result<Id<LedgerEntry>, Error> {
        let id = self.id::<LedgerEntry>();
        let mut body = body.clone();
        if let Some(body) = body.as_object_mut() {
            // Under which version it happened.
            body.entry("charter")
                .or_insert_with(|| self.charter().version().into());
        }
        sql("INSERT INTO ledger_queue (id, at, kind, subject, body) VALUES ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(self.now())
            .bind(PublicText::new(kind))
            .bind(subject)
            .bind(PublicText::new(body.to_string()))
            .later(tx)
            .await?;
        Ok(id)
    }

    /// Puts what was noted into the chain, in order; gives how many. Killed in between, it does so again: the chain
    /// knows each entry's id.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn sequence_ledger(&self) -> Result<usize, Error> {
        let rows = sql("SELECT id, at, kind, subject, body FROM ledger_queue ORDER BY id LIMIT 500")
            .all(&self.db)
            .await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            entries.push(LedgerEntry {
                id: row.get("id")?,
                at: row.get("at")?,
                kind: row.get("kind")?,
                subject: row.get::<Option<KeyedHash>, _>("subject")?,
                body: row.get("body")?,
            });
        }
        self.vault.append_ledger(&entries).await?;
        let ids: Vec<Id<LedgerEntry>> = entries.iter().map(|entry| entry.id).collect();
        let mut tx = self.begin().await?;
        sql("DELETE FROM ledger_queue WHERE id IN ($list)")
            .bind_list(ids)
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(rows.len())
    }
}
