//! Owns: blind look-ups: finding dossiers by e-mail, phone or name word without a readable one stored anywhere.
//! Doesn't own: how those are normalised (`guard`): equal words must arrive as equal bytes.

use std::collections::BTreeSet;

use kernel::Word as _;
use storage::{Bind as _, KeyedHash, LIST, Tx, sql};

use crate::{DossierId, Error, Vault, keys::refused};

kernel::words! {
    /// By what a dossier is found.
    pub enum LookupKind {
        /// E-mail address.
        Email = "email",
        /// Phone number.
        Phone = "phone",
        /// One word of a name.
        NameWord = "name_word",
        /// Two words of a name at once: however many share one of them, few share both.
        NamePair = "name_pair",
    }
}

/// A dossier and one thing it is found by.
pub type Lookup = (DossierId, LookupKind, KeyedHash);

impl Vault {
    /// The keyed hash of a normalised value. Without the site's key nobody can try values against it.
    #[must_use]
    pub fn blind(&self, kind: LookupKind, normalised: &str) -> KeyedHash {
        self.site().lookup.of(kind.word(), normalised.as_bytes())
    }

    /// The dossiers found by a hash, oldest first.
    ///
    /// # Errors
    /// The key store's.
    pub async fn find(&self, kind: LookupKind, hash: KeyedHash) -> Result<Vec<DossierId>, Error> {
        let rows = sql("SELECT dossier FROM lookups WHERE kind = $1 AND hash = $2 ORDER BY dossier");
        let rows = rows.bind(kind).bind(hash).all(self.db()).await?;
        Ok(rows
            .iter()
            .map(|row| row.get("dossier"))
            .collect::<Result<_, _>>()?)
    }

    /// The dossiers found by every one of the hashes, each given once: newest first, at most `limit`.
    ///
    /// # Errors
    /// The key store's.
    pub async fn find_every(
        &self,
        kind: LookupKind,
        hashes: &[KeyedHash],
        limit: u32,
    ) -> Result<Vec<DossierId>, Error> {
        // Counted by the database: a common word alone finds thousands, of which a second leaves a few.
        let rows = sql(
            "SELECT dossier FROM lookups WHERE kind = $1 AND hash IN ($list) GROUP BY dossier
                        HAVING COUNT(*) = $2 ORDER BY dossier DESC LIMIT $3",
        );
        let every = i64::try_from(hashes.len()).unwrap_or(i64::MAX);
        let rows = rows.bind(kind).bind(every).bind(limit).bind_list(hashes);
        let rows = rows.all(self.db()).await?;
        Ok(rows
            .iter()
            .map(|row| row.get("dossier"))
            .collect::<Result<_, _>>()?)
    }

    /// The dossiers found by any of the hashes, each with the hash that found it.
    ///
    /// # Errors
    /// The key store's.
    pub async fn find_any(
        &self,
        kind: LookupKind,
        hashes: &[KeyedHash],
    ) -> Result<Vec<(KeyedHash, DossierId)>, Error> {
        let mut found = Vec::new();
        for piece in hashes.chunks(LIST) {
            let rows = sql(
                "SELECT hash, dossier FROM lookups WHERE kind = $1 AND hash IN ($list)
                            ORDER BY dossier",
            );
            for row in rows.bind(kind).bind_list(piece).all(self.db()).await? {
                found.push((row.get("hash")?, row.get("dossier")?));
            }
        }
        Ok(found)
    }

    /// By what a dossier is found.
    ///
    /// # Errors
    /// The key store's.
    pub async fn lookups_of(&self, dossier: DossierId, kind: LookupKind) -> Result<Vec<KeyedHash>, Error> {
        let rows = sql("SELECT hash FROM lookups WHERE dossier = $1 AND kind = $2 ORDER BY hash");
        let rows = rows.bind(dossier).bind(kind).all(self.db()).await?;
        Ok(rows.iter().map(|row| row.get("hash")).collect::<Result<_, _>>()?)
    }

    /// Adds look-ups; those that are there already stay.
    ///
    /// # Errors
    /// [`Error::Absent`] when a dossier has no active key; nothing is added then.
    pub async fn add_lookups(&self, lookups: &[Lookup]) -> Result<(), Error> {
        if lookups.is_empty() {
            return Ok(());
        }
        let mut tx = self.db().begin().await?;
        only_active(&mut tx, lookups.iter().map(|(dossier, ..)| *dossier)).await?;
        insert(&mut tx, lookups).await?;
        tx.commit().await.map_err(refused)
    }

    /// Makes each of the dossiers found by that hash and by no other of the kind, all at once.
    ///
    /// # Errors
    /// [`Error::Absent`] when a dossier has no active key; nothing is changed then.
    pub async fn replace_lookups(
        &self,
        kind: LookupKind,
        these: &[(DossierId, KeyedHash)],
    ) -> Result<(), Error> {
        let mut tx = self.db().begin().await?;
        only_active(&mut tx, these.iter().map(|(dossier, _)| *dossier)).await?;
        for &(dossier, hash) in these {
            let gone = sql("DELETE FROM lookups WHERE dossier = $1 AND kind = $2 AND hash <> $3");
            gone.bind(dossier).bind(kind).bind(hash).later(&mut tx).await?;
            insert(&mut tx, &[(dossier, kind, hash)]).await?;
        }
        tx.commit().await.map_err(refused)
    }

    /// Removes whatever else a dossier is found by than these.
    ///
    /// # Errors
    /// The key store's.
    pub async fn only_lookups(&self, dossier: DossierId, these: &[Lookup]) -> Result<(), Error> {
        let rows = sql("SELECT kind, hash FROM lookups WHERE dossier = $1").bind(dossier);
        let mut stale = Vec::new();
        for row in rows.all(self.db()).await? {
            let found: Lookup = (dossier, row.get("kind")?, row.get("hash")?);
            if !these.contains(&found) {
                stale.push(found);
            }
        }
        self.remove_lookups(&stale).await
    }

    /// Removes look-ups: what was rectified is no longer found.
    ///
    /// # Errors
    /// The key store's.
    pub async fn remove_lookups(&self, lookups: &[Lookup]) -> Result<(), Error> {
        if lookups.is_empty() {
            return Ok(());
        }
        let mut tx = self.db().begin().await?;
        for &(dossier, kind, hash) in lookups {
            let gone = sql("DELETE FROM lookups WHERE kind = $1 AND hash = $2 AND dossier = $3");
            gone.bind(kind).bind(hash).bind(dossier).run(&mut tx).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Has the transaction fail unless those dossiers' keys are active, and stay so until it ends: on PostgreSQL a destruction
/// at the same time waits for it, or is waited for. Its commit says what is [`refused`].
pub(crate) async fn only_active(tx: &mut Tx, dossiers: impl Iterator<Item = DossierId>) -> Result<(), Error> {
    let dossiers: BTreeSet<DossierId> = dossiers.collect();
    let dossiers: Vec<DossierId> = dossiers.into_iter().collect();
    for piece in dossiers.chunks(LIST) {
        sql(
            "UPDATE keys SET settled = CASE WHEN state = 'active' THEN settled ELSE NULL END \
             WHERE dossier IN ($list)",
        )
        .bind_list(piece)
        .later(&mut *tx)
        .await
        .map_err(refused)?;
    }
    Ok(())
}

/// Adds look-ups to what the transaction writes; its commit says what is [`refused`].
pub(crate) async fn insert(tx: &mut Tx, lookups: &[Lookup]) -> Result<(), Error> {
    for piece in lookups.chunks(LIST / 3) {
        let rows = piece
            .iter()
            .map(|(dossier, kind, hash)| [kind.value(), hash.value(), dossier.value()]);
        let added = sql("INSERT INTO lookups (kind, hash, dossier) VALUES $rows
                         ON CONFLICT (kind, hash, dossier) DO NOTHING");
        added.bind_rows(rows).later(&mut *tx).await.map_err(refused)?;
    }
    Ok(())
}
