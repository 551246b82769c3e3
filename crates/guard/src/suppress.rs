//! Owns: leaving somebody alone who asks for it: a keyed hash of their address is kept, under the charter's own purpose
//! and until its own end, to refuse what would bring them in by import or mail them unasked, and for nothing else; lifted
//! when they apply again. Doesn't own: the hashes' table (`vault`), which purpose declares it (the charter).
//!
//! Who applies says so by a form that anybody may fill in with any address: it is lifted once the mailbox is proven.

use charter::Trigger;
use kernel::{Id, Timestamp};
use storage::{KeyedHash, PublicText, sql};
use vault::{JournalEntry, JournalKind, LookupKind};

use crate::{Actor, Error, Guard, Person, collect::normal_email};

/// What the charter says of leaving somebody alone.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The purpose under which the hash is kept.
    pub purpose: String,
    /// Its clause.
    pub clause: String,
    /// Until when, if it is asked for now.
    pub until: Timestamp,
}

impl Guard {
    /// What leaving somebody alone would mean from now on; `None` where the charter declares no purpose for it, or no end.
    #[must_use]
    pub fn suppression(&self) -> Option<Suppression> {
        let charter = self.charter();
        let purpose = charter.suppression()?;
        let until = charter.until(&purpose.name, &[(Trigger::Objected, self.now())], &self.zone)?;
        Some(Suppression {
            purpose: purpose.name.clone(),
            clause: purpose.rule.clause.to_string(),
            until: until.at,
        })
    }

    /// The acting person wants to be left alone under the addresses they are filed under: before these are erased. Gives
    /// until when; `None` where there is nothing to keep, or the charter declares no such purpose.
    ///
    /// # Errors
    /// The vault's.
    pub async fn leave_alone(&self, actor: &Actor) -> Result<Option<Timestamp>, Error> {
        let Some(suppression) = self.suppression() else {
            return Ok(None);
        };
        let mut hashes = Vec::new();
        for person in actor.people() {
            hashes.extend(self.vault.lookups_of(person.cast(), LookupKind::Email).await?);
        }
        hashes.sort_unstable();
        hashes.dedup();
        if hashes.is_empty() {
            return Ok(None);
        }
        self.in_journal(JournalKind::Objected, &hashes, &suppression.purpose)
            .await?;
        self.vault
            .suppress(&hashes, &suppression.purpose, suppression.until)
            .await?;
        let mut tx = self.begin().await?;
        let body = serde_json::json!({ "purpose": suppression.purpose, "addresses": hashes.len() });
        self.note(&mut tx, "suppressed", None, &body).await?;
        tx.commit().await?;
        Ok(Some(suppression.until))
    }

    /// Asks whether somebody may be taken in for a purpose from elsewhere: found in a library, imported, handed over.
    ///
    /// # Errors
    /// [`Error::Refused`], with the clause, when their address is to be left alone.
    pub async fn may_import(&self, purpose: &str, email: &str) -> Result<(), Error> {
        self.not_suppressed(purpose, email).await
    }

    /// Refuses what would bring in or mail unasked an address that is to be left alone.
    pub(crate) async fn not_suppressed(&self, purpose: &str, email: &str) -> Result<(), Error> {
        let charter = self.charter();
        if !charter.is_suppressible(purpose) {
            return Ok(());
        }
        let hash = self.vault.blind(LookupKind::Email, &normal_email(email));
        match self.vault.suppressed(hash).await? {
            None => Ok(()),
            Some(suppressed) => Err(charter.suppressed(&suppressed.purpose, purpose).into()),
        }
    }

    /// The person has proven their mailbox: if they applied since they asked to be left alone, that is over.
    pub(crate) async fn leave_alone_no_more(
        &self,
        person: Id<Person>,
        mailbox: KeyedHash,
    ) -> Result<(), Error> {
        let Some(suppressed) = self.vault.suppressed(mailbox).await? else {
            return Ok(());
        };
        let charter = self.charter();
        let applies = charter
            .purposes()
            .iter()
            .filter(|purpose| purpose.kind.is_recruitment())
            .map(|purpose| PublicText::new(purpose.name.as_str()));
        let since =
            sql("SELECT id FROM dossiers WHERE person = $1 AND id <> $1 AND opened_at > $2 AND purpose IN ($list) LIMIT 1")
                .bind(person)
                .bind(suppressed.made_at)
                .bind_list(applies)
                .optional(&self.db)
                .await?;
        if since.is_none() || !self.vault.lift_suppression(mailbox).await? {
            return Ok(());
        }
        self.in_journal(JournalKind::Lifted, &[mailbox], &suppressed.purpose)
            .await?;
        let mut tx = self.begin().await?;
        let body = serde_json::json!({ "purpose": suppressed.purpose });
        self.note(&mut tx, "suppression_lifted", None, &body).await?;
        Ok(tx.commit().await?)
    }

    async fn in_journal(&self, kind: JournalKind, hashes: &[KeyedHash], purpose: &str) -> Result<(), Error> {
        let entries: Vec<JournalEntry> = hashes
            .iter()
            .map(|hash| JournalEntry {
                kind,
                subject: Some(*hash),
                scope: PublicText::new(purpose),
            })
            .collect();
        Ok(self.vault.record_journal(&entries).await?)
    }
}

#[cfg(test)]
mod tests;
