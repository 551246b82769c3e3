//! Owns: addresses that are left alone because their owner asked for it: keyed hashes with a purpose and an end, under
//! which no dossier stands. Doesn't own: what they block (`guard::suppress`), which purpose declares them (the charter).
//!
//! They lie with the keys, so that no restore of older data brings the mailings back.

use kernel::Timestamp;
use storage::{KeyedHash, PublicText, sql};

use crate::{Error, LookupKind, Vault};

/// That an address is left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The charter's purpose that says so.
    pub purpose: String,
    /// Since when.
    pub made_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
}

impl Vault {
    /// Leaves these addresses alone until then; asked again, it counts anew.
    ///
    /// # Errors
    /// The key store's.
    pub async fn suppress(&self, hashes: &[KeyedHash], purpose: &str, until: Timestamp) -> Result<(), Error> {
        let mut tx = self.db().begin().await?;
        for &hash in hashes {
            sql(
                "INSERT INTO suppressions (kind, hash, purpose, made_at, until_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (kind, hash) DO UPDATE SET purpose = excluded.purpose, made_at = excluded.made_at, \
                 until_at = excluded.until_at",
            )
            .bind(LookupKind::Email)
            .bind(hash)
            .bind(PublicText::new(purpose))
            .bind(self.now())
            .bind(until)
            .run(&mut tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Whether the address is left alone now.
    ///
    /// # Errors
    /// The key store's.
    pub async fn suppressed(&self, hash: KeyedHash) -> Result<Option<Suppressed>, Error> {
        let row = sql("SELECT purpose, made_at, until_at FROM suppressions \
             WHERE kind = $1 AND hash = $2 AND until_at > $3")
        .bind(LookupKind::Email)
        .bind(hash)
        .bind(self.now())
        .optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Suppressed {
            purpose: row.get::<PublicText, _>("purpose")?.into_string(),
            made_at: row.get("made_at")?,
            until_at: row.get("until_at")?,
        }))
    }

    /// Ends it for one address, if it was so.
    ///
    /// # Errors
    /// The key store's.
    pub async fn lift_suppression(&self, hash: KeyedHash) -> Result<bool, Error> {
        let mut tx = self.db().begin().await?;
        let gone = sql("DELETE FROM suppressions WHERE kind = $1 AND hash = $2")
            .bind(LookupKind::Email)
            .bind(hash)
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(gone > 0)
    }

    /// Forgets those whose time is over; gives how many.
    ///
    /// # Errors
    /// The key store's.
    pub async fn end_suppressions(&self) -> Result<u64, Error> {
        let due = sql("SELECT 1 AS one FROM suppressions WHERE until_at <= $1 LIMIT 1");
        if due.bind(self.now()).optional(self.db()).await?.is_none() {
            return Ok(0);
        }
        let mut tx = self.db().begin().await?;
        let gone = sql("DELETE FROM suppressions WHERE until_at <= $1")
            .bind(self.now())
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(gone)
    }
}
