//! Owns: the ledger, an append-only chain of what happened. Doesn't own: who notes what in it (`guard::prove`),
//! how rows hang together ([`crate::chain`]).

use std::collections::HashMap;

use kernel::{Id, Timestamp};
use storage::{KeyedHash, LIST, PublicText, Row, Tx, sql};

use crate::{
    Error, Vault,
    chain::{self, Chain, Link, Stored, Verdict, Walk},
};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Its own id, made where it happened: appending it again changes nothing.
    pub id: Id<LedgerEntry>,
    /// When it happened.
    pub at: Timestamp,
    /// What happened, a word of the room that notes it.
    pub kind: PublicText,
    /// Whom it concerns: a pseudonym that dies with the dossier's key.
    pub subject: Option<KeyedHash>,
    /// JSON of counts, hashes and words. Never anything personal: it is never erased.
    pub body: PublicText,
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Its number, from 0 on.
    pub seq: i64,
    /// What happened.
    pub entry: LedgerEntry,
    /// The hash of the row before.
    pub previous: KeyedHash,
    /// This row's hash.
    pub hash: KeyedHash,
}

impl Vault {
    /// Appends what isn't there yet, in the order given, in one durable transaction; gives how many were new.
    ///
    /// # Errors
    /// [`Error::Contradiction`] when another entry stands under the same id; nothing is appended then.
    pub async fn append_ledger(&self, entries: &[LedgerEntry]) -> Result<usize, Error> {
        if entries.is_empty() {
            return Ok(0);
        }
        let mut tx = self.db().begin().await?;
        let start = Chain::Ledger.take_turn(&mut tx).await?;
        let mut known = known(&mut tx, entries).await?;
        let mut head = start;
        for entry in entries {
            match known.get(&entry.id) {
                Some(before) if before == entry => {}
                Some(_) => return Err(Error::Contradiction(entry.id)),
                None => {
                    let next = Link::Open.add(head, &chain::ledger_leaf(head.length, entry));
                    insert(&mut tx, head, entry, next.hash).await?;
                    known.insert(entry.id, entry.clone());
                    head = next;
                }
            }
        }
        Chain::Ledger.move_head(&mut tx, head).await?;
        tx.commit().await?;
        Ok(usize::try_from(head.length - start.length).unwrap_or(0))
    }

    /// When the last entry happened; `None` of an empty ledger.
    ///
    /// # Errors
    /// The key store's.
    pub async fn ledger_last_at(&self) -> Result<Option<Timestamp>, Error> {
        let last = sql("SELECT at FROM ledger ORDER BY seq DESC LIMIT 1");
        let row = last.optional(self.db()).await?;
        Ok(row.map(|row| row.get("at")).transpose()?)
    }

    /// Rows from a number on, in order, at most `limit`.
    ///
    /// # Errors
    /// The key store's.
    pub async fn ledger_from(&self, seq: i64, limit: u32) -> Result<Vec<LedgerRow>, Error> {
        let page = sql(
            "SELECT seq, entry, at, kind, subject, body, previous, hash FROM ledger
                        WHERE seq >= $1 ORDER BY seq LIMIT $2",
        );
        let rows = page.bind(seq).bind(limit).all(self.db()).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// The last rows of a kind, newest first, at most `limit`.
    ///
    /// # Errors
    /// The key store's.
    pub async fn last_ledger_rows(&self, kind: &'static str, limit: u32) -> Result<Vec<LedgerRow>, Error> {
        let rows = sql(
            "SELECT seq, entry, at, kind, subject, body, previous, hash FROM ledger
                        WHERE kind = $1 ORDER BY seq DESC LIMIT $2",
        );
        let rows = rows
            .bind(PublicText::new(kind))
            .bind(limit)
            .all(self.db())
            .await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// The row of an entry, once it is in the chain.
    ///
    /// # Errors
    /// The key store's.
    pub async fn ledger_row(&self, entry: Id<LedgerEntry>) -> Result<Option<LedgerRow>, Error> {
        let row = sql(
            "SELECT seq, entry, at, kind, subject, body, previous, hash FROM ledger
                        WHERE entry = $1",
        );
        let row = row.bind(entry).optional(self.db()).await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// The last row.
    ///
    /// # Errors
    /// The key store's.
    pub async fn last_ledger_row(&self) -> Result<Option<LedgerRow>, Error> {
        let head = Chain::Ledger.head(self.db()).await?;
        Ok(self.ledger_from(head.length - 1, 1).await?.pop())
    }

    /// Looks over the whole ledger, in pieces.
    ///
    /// # Errors
    /// The key store's. A broken chain isn't an error: the [`Verdict`] names the place.
    pub async fn verify_ledger(&self) -> Result<Verdict, Error> {
        let head = Chain::Ledger.head(self.db()).await?;
        let mut walk = Walk::new(head, Link::Open);
        while let Some((seq, limit)) = walk.wants() {
            let rows = self.ledger_from(seq, limit).await;
            walk.take(rows.map(|rows| rows.iter().map(stored).collect()))?;
        }
        Ok(walk.verdict())
    }
}

/// Which of the entries are there already.
async fn known(tx: &mut Tx, entries: &[LedgerEntry]) -> Result<HashMap<Id<LedgerEntry>, LedgerEntry>, Error> {
    let mut known = HashMap::new();
    for piece in entries.chunks(LIST) {
        let rows = sql(
            "SELECT seq, entry, at, kind, subject, body, previous, hash FROM ledger
                        WHERE entry IN ($list)",
        )
        .bind_list(piece.iter().map(|entry| entry.id))
        .all(&mut *tx)
        .await?;
        for row in &rows {
            let entry = read(row)?.entry;
            known.insert(entry.id, entry);
        }
    }
    Ok(known)
}

async fn insert(tx: &mut Tx, head: chain::Head, entry: &LedgerEntry, hash: KeyedHash) -> Result<(), Error> {
    sql(
        "INSERT INTO ledger (seq, entry, at, kind, subject, body, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(head.length)
    .bind(entry.id)
    .bind(entry.at)
    .bind(&entry.kind)
    .bind(entry.subject)
    .bind(&entry.body)
    .bind(head.hash)
    .bind(hash)
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) fn stored(row: &LedgerRow) -> Stored {
    let leaf = chain::ledger_leaf(row.seq, &row.entry);
    Stored {
        seq: row.seq,
        leaf,
        previous: row.previous,
        hash: row.hash,
    }
}

pub(crate) fn read(row: &Row) -> Result<LedgerRow, storage::Error> {
    Ok(LedgerRow {
        seq: row.get("seq")?,
        entry: LedgerEntry {
            id: row.get("entry")?,
            at: row.get("at")?,
            kind: row.get("kind")?,
            subject: row.get("subject")?,
            body: row.get("body")?,
        },
        previous: row.get("previous")?,
        hash: row.get("hash")?,
    })
}
