//! Owns: how the ledger's and the journal's rows hang together, and finding the first broken place. Doesn't own:
//! their rows ([`crate::LedgerEntry`], [`crate::JournalEntry`]).
//!
//! # Format
//! A row's *leaf* is its canonical encoding (numbers big-endian, texts UTF-8):
//! ```text
//! ledger    01 | seq (8) | at, milliseconds (8) | entry id (16) | length (2) and kind
//!           | 00, or 01 and subject (32) | length (4) and body
//! journal   01 | seq (8) | at, milliseconds (8) | length (2) and kind
//!           | 00, or 01 and subject (32) | length (4) and scope
//! leaf hash = SHA-256(00 | leaf)
//! hash      = SHA-256(02 | previous | leaf hash)            in the ledger
//!           = HMAC-SHA256(02 | previous | leaf hash)        in the journal, under the site's journal key
//! previous  = the hash of the row before; 32 zero bytes for the first one
//! ```
//! `seq` counts from 0 without gaps. The leaf hash is that of RFC 6962 §2.1 (inner nodes begin with `01`), so a
//! Merkle log over the ledger takes `leaf` for leaf and `seq` for index and nothing is written anew. `heads`
//! holds how long each chain is and its last hash, so that a cut tail shows.

use kernel::{Id, Timestamp};
use storage::{Db, KeyedHash, Tx, sql};

use crate::{
    Error, LedgerEntry,
    crypto::{self, Mac, sha256},
};

/// What looking over a whole chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// How many rows it has, or should have.
    pub length: i64,
    /// The hash it ends with: whoever noted an earlier one can tell that nothing before it has changed.
    pub head: KeyedHash,
    /// The first broken place; `None` when the chain is whole.
    pub broken: Option<Broken>,
}

/// A broken place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The row's number.
    pub seq: i64,
    /// What is wrong there.
    pub problem: Problem,
}

kernel::words! {
    /// What can be wrong with a row of a chain.
    pub enum Problem {
        /// It isn't there.
        Missing = "missing",
        /// It isn't what was written.
        Changed = "changed",
        /// It doesn't follow the row before.
        Unlinked = "unlinked",
        /// It can't be read.
        Unreadable = "unreadable",
    }
}

kernel::words! {
    pub(crate) enum Chain {
        Ledger = "ledger",
        Journal = "journal",
    }
}

/// Where a chain ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) length: i64,
    pub(crate) hash: KeyedHash,
}

pub(crate) const START: Head = Head {
    length: 0,
    hash: KeyedHash([0; 32]),
};

impl Chain {
    /// The head, before anything is appended in this transaction; others wait until it is over.
    pub(crate) async fn take_turn(self, tx: &mut Tx) -> Result<Head, Error> {
        let turn = sql("UPDATE heads SET length = length WHERE chain = $1 RETURNING length, hash");
        let row = turn.bind(self).one(tx).await?;
        Ok(Head {
            length: row.get("length")?,
            hash: row.get("hash")?,
        })
    }

    pub(crate) async fn move_head(self, tx: &mut Tx, head: Head) -> Result<(), Error> {
        let moved = sql("UPDATE heads SET length = $2, hash = $3 WHERE chain = $1");
        moved.bind(self).bind(head.length).bind(head.hash).run(tx).await?;
        Ok(())
    }

    pub(crate) async fn head(self, db: &Db) -> Result<Head, Error> {
        let row = sql("SELECT length, hash FROM heads WHERE chain = $1")
            .bind(self)
            .one(db)
            .await?;
        Ok(Head {
            length: row.get("length")?,
            hash: row.get("hash")?,
        })
    }
}

/// How a row's hash is made.
#[derive(Clone, Copy)]
pub(crate) enum Link<'a> {
    Open,
    Keyed(&'a Mac),
}

impl Link<'_> {
    /// The head after one more row.
    pub(crate) fn add(self, head: Head, leaf: &[u8]) -> Head {
        let (leaf_hash, previous) = (sha256(&[&[0], leaf]), head.hash.0);
        let hash = match self {
            Self::Open => KeyedHash(sha256(&[&[2], &previous, &leaf_hash])),
            Self::Keyed(mac) => mac.over(&[&[2], &previous, &leaf_hash]),
        };
        Head {
            length: head.length + 1,
            hash,
        }
    }
}

/// A row as it was read.
pub(crate) struct Stored {
    pub(crate) seq: i64,
    pub(crate) leaf: Vec<u8>,
    pub(crate) previous: KeyedHash,
    pub(crate) hash: KeyedHash,
}

/// Goes along a chain from its first row to `end`, in pieces; what is appended meanwhile isn't looked at.
pub(crate) struct Walk<'a> {
    link: Link<'a>,
    end: Head,
    at: Head,
    size: u32,
    broken: Option<Broken>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(end: Head, link: Link<'a>) -> Self {
        Self {
            link,
            end,
            at: START,
            size: 512,
            broken: None,
        }
    }

    /// From which number on it wants how many rows; `None` when it is over.
    pub(crate) fn wants(&self) -> Option<(i64, u32)> {
        (self.broken.is_none() && self.at.length < self.end.length).then_some((self.at.length, self.size))
    }

    /// Takes the rows it wanted.
    pub(crate) fn take(&mut self, rows: Result<Vec<Stored>, Error>) -> Result<(), Error> {
        let rows = match rows {
            // One of them can't be read; taken singly, the next ones tell which.
            Err(Error::Store(storage::Error::Corrupt { .. })) if self.size > 1 => {
                self.size = 1;
                return Ok(());
            }
            Err(Error::Store(storage::Error::Corrupt { .. })) => {
                self.breaks(Problem::Unreadable);
                return Ok(());
            }
            rows => rows?,
        };
        if rows.is_empty() {
            self.breaks(Problem::Missing);
        }
        for row in rows.iter().take_while(|row| row.seq < self.end.length) {
            match step(self.at, self.link, row) {
                Ok(next) => self.at = next,
                Err(problem) => {
                    self.breaks(problem);
                    return Ok(());
                }
            }
        }
        if rows.last().is_some_and(|row| row.seq >= self.end.length) && self.at.length < self.end.length {
            self.breaks(Problem::Missing);
        }
        Ok(())
    }

    pub(crate) fn verdict(&self) -> Verdict {
        let Self { end, at, broken, .. } = *self;
        // Every row agrees with the one before, and the last one with nothing.
        let torn = (broken.is_none() && at.hash != end.hash).then_some(Broken {
            seq: at.length - 1,
            problem: Problem::Changed,
        });
        Verdict {
            length: end.length,
            head: end.hash,
            broken: broken.or(torn),
        }
    }

    fn breaks(&mut self, problem: Problem) {
        self.broken = Some(Broken {
            seq: self.at.length,
            problem,
        });
    }
}

fn step(at: Head, link: Link<'_>, row: &Stored) -> Result<Head, Problem> {
    if row.seq != at.length {
        return Err(Problem::Missing);
    }
    if row.previous != at.hash {
        return Err(Problem::Unlinked);
    }
    let next = link.add(at, &row.leaf);
    if row.hash == next.hash {
        Ok(next)
    } else {
        Err(Problem::Changed)
    }
}

/// The ledger's leaf.
pub(crate) fn ledger_leaf(seq: i64, entry: &LedgerEntry) -> Vec<u8> {
    leaf(
        seq,
        entry.at,
        Some(entry.id),
        &entry.kind,
        entry.subject,
        &entry.body,
    )
}

/// The journal's leaf.
pub(crate) fn journal_leaf(
    seq: i64,
    at: Timestamp,
    kind: &str,
    subject: Option<KeyedHash>,
    scope: &str,
) -> Vec<u8> {
    leaf(seq, at, None, kind, subject, scope)
}

fn leaf(
    seq: i64,
    at: Timestamp,
    entry: Option<Id<LedgerEntry>>,
    kind: &str,
    subject: Option<KeyedHash>,
    text: &str,
) -> Vec<u8> {
    let mut leaf = vec![1];
    leaf.extend_from_slice(&seq.to_be_bytes());
    leaf.extend_from_slice(&at.as_millis().to_be_bytes());
    if let Some(entry) = entry {
        leaf.extend_from_slice(entry.as_bytes());
    }
    leaf.extend_from_slice(&crypto::length(kind));
    leaf.extend_from_slice(kind.as_bytes());
    match subject {
        None => leaf.push(0),
        Some(KeyedHash(hash)) => {
            leaf.push(1);
            leaf.extend_from_slice(&hash);
        }
    }
    leaf.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    leaf.extend_from_slice(text.as_bytes());
    leaf
}
