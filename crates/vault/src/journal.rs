//! Owns: the restriction journal: what a restore must never bring back. Doesn't own: replaying it (`guard`), how
//! rows hang together ([`crate::chain`]).
//!
//! Append-only, never rolled back, pseudonyms only. It lies with the keys and not with the data, so that a backup
//! of the data can't be older than it.

use kernel::{Id, Timestamp};
use storage::{KeyedHash, PublicText, Row, sql};

use crate::{
    Error, Vault,
    chain::{self, Chain, Link, Stored, Verdict, Walk},
};

kernel::words! {
    /// What is recorded.
    pub enum JournalKind {
        /// Something was erased.
        Erased = "erased",
        /// A consent was withdrawn.
        Withdrawn = "withdrawn",
        /// A use was objected to.
        Objected = "objected",
        /// A list was left.
        Unsubscribed = "unsubscribed",
        /// A use was restricted.
        Restricted = "restricted",
        /// A hold was placed.
        Held = "held",
        /// A restriction, an objection or a hold was lifted.
        Lifted = "lifted",
        /// A backup was restored; what stands before was replayed.
        Restored = "restored",
    }
}

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// What it is.
    pub kind: JournalKind,
    /// Whom or what it concerns: [`Vault::subject`], or a blind look-up; nobody for `restored`.
    pub subject: Option<KeyedHash>,
    /// How far it reaches: words of the charter (`person`, `dossier`, a purpose's name); of a hold its kind, its id and its
    /// last day.
    pub scope: PublicText,
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its number, from 0 on.
    pub seq: i64,
    /// When it was recorded.
    pub at: Timestamp,
    /// What was recorded.
    pub entry: JournalEntry,
    /// The hash of the row before.
    pub previous: KeyedHash,
    /// This row's hash.
    pub hash: KeyedHash,
}

impl Vault {
    /// The name under which the journal speaks of a person or a dossier: the same after any restore, and made
    /// from the id with a key of the site.
    #[must_use]
    pub fn subject<K>(&self, id: Id<K>) -> KeyedHash {
        self.site().subject.over(&[id.as_bytes()])
    }

    /// Records, in one durable transaction. Recording twice does no harm.
    ///
    /// # Errors
    /// The key store's.
    pub async fn record_journal(&self, entries: &[JournalEntry]) -> Result<(), Error> {
        if entries.is_empty() {
            return Ok(());
        }
        let at = self.now();
        let mut tx = self.db().begin().await?;
        let mut head = Chain::Journal.take_turn(&mut tx).await?;
        for entry in entries {
            let next = self.link().add(head, &leaf(head.length, at, entry));
            sql(
                "INSERT INTO journal (seq, at, kind, subject, scope, previous, hash)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(head.length)
            .bind(at)
            .bind(entry.kind)
            .bind(entry.subject)
            .bind(&entry.scope)
            .bind(head.hash)
            .bind(next.hash)
            .run(&mut tx)
            .await?;
            head = next;
        }
        Chain::Journal.move_head(&mut tx, head).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Rows from a number on, in order, at most `limit`: for replaying.
    ///
    /// # Errors
    /// The key store's.
    pub async fn journal_from(&self, seq: i64, limit: u32) -> Result<Vec<JournalRow>, Error> {
        let page = sql("SELECT seq, at, kind, subject, scope, previous, hash FROM journal
                        WHERE seq >= $1 ORDER BY seq LIMIT $2");
        let rows = page.bind(seq).bind(limit).all(self.db()).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// All that was recorded about a subject, in order.
    ///
    /// # Errors
    /// The key store's.
    pub async fn journal_of(&self, subject: KeyedHash) -> Result<Vec<JournalRow>, Error> {
        let rows = sql("SELECT seq, at, kind, subject, scope, previous, hash FROM journal
                        WHERE subject = $1 ORDER BY seq")
        .bind(subject)
        .all(self.db())
        .await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// Looks over the whole journal, in pieces.
    ///
    /// # Errors
    /// The key store's. A broken chain isn't an error: the [`Verdict`] names the place.
    pub async fn verify_journal(&self) -> Result<Verdict, Error> {
        let head = Chain::Journal.head(self.db()).await?;
        let mut walk = Walk::new(head, self.link());
        while let Some((seq, limit)) = walk.wants() {
            let rows = self.journal_from(seq, limit).await;
            walk.take(rows.map(|rows| rows.iter().map(stored).collect()))?;
        }
        Ok(walk.verdict())
    }

    fn link(&self) -> Link<'_> {
        Link::Keyed(&self.site().journal)
    }
}

pub(crate) fn stored(row: &JournalRow) -> Stored {
    Stored {
        seq: row.seq,
        leaf: leaf(row.seq, row.at, &row.entry),
        previous: row.previous,
        hash: row.hash,
    }
}

pub(crate) fn leaf(seq: i64, at: Timestamp, entry: &JournalEntry) -> Vec<u8> {
    chain::journal_leaf(
        seq,
        at,
        kernel::Word::word(entry.kind),
        entry.subject,
        &entry.scope,
    )
}

pub(crate) fn read(row: &Row) -> Result<JournalRow, storage::Error> {
    Ok(JournalRow {
        seq: row.get("seq")?,
        at: row.get("at")?,
        entry: JournalEntry {
            kind: row.get("kind")?,
            subject: row.get("subject")?,
            scope: row.get("scope")?,
        },
        previous: row.get("previous")?,
        hash: row.get("hash")?,
    })
}
