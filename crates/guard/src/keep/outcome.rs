//! Owns: what an erasure came to: counted in the transactions that do it, by the charter's clauses, and told at its end in
//! the ledger, which its receipt is made of. Doesn't own: erasing ([`super::erase`]), the receipt ([`crate::receipt`]).

use std::collections::{BTreeMap, HashMap};

use charter::Right;
use kernel::{Id, Timestamp, Word as _};
use storage::{KeyedHash, PublicText, Tx, sql};
use vault::DossierId;

use super::{
    erase::{Erasure, Scope, Why},
    hold::{HELD, RIGHTS, SUSPENDED},
};
use crate::{
    Error, Guard,
    dossier::Dossier,
    receipt::{self, Kind, What},
};

/// What an erasure came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// So many dossiers are gone.
    pub erased: u64,
    /// So many stay, restricted: the law wants them, or a hold does.
    pub kept: u64,
}

/// An erasure as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// When it was decided.
    pub asked_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// What it came to so far.
    pub so_far: Erased,
    /// Whether a receipt of it can be had.
    pub has_receipt: bool,
}

impl Guard {
    /// How far an erasure is.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn erasure(&self, id: Id<Erasure>) -> Result<Progress, Error> {
        let row = sql("SELECT asked_at, done_at, erased, kept, entry FROM erasures WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let count = |name| {
            row.get::<i64, _>(name)
                .map(|count| u64::try_from(count).unwrap_or(0))
        };
        Ok(Progress {
            asked_at: row.get("asked_at")?,
            done_at: row.get("done_at")?,
            so_far: Erased {
                erased: count("erased")?,
                kept: count("kept")?,
            },
            has_receipt: row.get::<Option<Id<()>>, _>("entry")?.is_some(),
        })
    }

    /// Counts what goes, in the transaction in which it does: killed and taken up again, each counts once.
    pub(super) async fn count_erased(
        &self,
        tx: &mut Tx,
        id: Id<Erasure>,
        gone: &HashMap<DossierId, Dossier>,
    ) -> Result<(), Error> {
        let charter = self.charter();
        let mut clauses: BTreeMap<PublicText, i64> = BTreeMap::new();
        for dossier in gone.values() {
            let clause = receipt::clause_of_purpose(&charter, &dossier.purpose);
            *clauses.entry(clause).or_default() += 1;
        }
        for (clause, count) in clauses {
            sql(
                "INSERT INTO erasure_parts (erasure, clause, erased) VALUES ($1, $2, $3) \
                 ON CONFLICT (erasure, clause) DO UPDATE SET erased = erasure_parts.erased + excluded.erased",
            )
            .bind(id)
            .bind(clause)
            .bind(count)
            .run(&mut *tx)
            .await?;
        }
        sql("UPDATE erasures SET erased = erased + $2 WHERE id = $1")
            .bind(id)
            .bind(i64::try_from(gone.len()).unwrap_or(i64::MAX))
            .run(tx)
            .await?;
        Ok(())
    }

    /// An erasure is done: once, with what it took and what stays.
    pub(super) async fn finish_erasure(
        &self,
        id: Id<Erasure>,
        scope: Scope,
        subject: Id<()>,
        why: Why,
    ) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        let row =
            sql("UPDATE erasures SET done_at = $2 WHERE id = $1 AND done_at IS NULL RETURNING pseudonym")
                .bind(id)
                .bind(self.now())
                .optional(&mut tx)
                .await?;
        let Some(row) = row else { return Ok(()) };
        let pseudonym: Option<KeyedHash> = row.get("pseudonym")?;
        let what = self.outcome(&mut tx, id, scope, subject, why).await?;
        let kept: u64 = what.kept.values().sum();
        let noted = receipt::noted(Kind::Erasure);
        let entry = self
            .attest(&mut tx, noted, pseudonym, &what, &self.charter())
            .await?;
        sql("UPDATE erasures SET entry = $2, kept = $3 WHERE id = $1")
            .bind(id)
            .bind(entry)
            .bind(i64::try_from(kept).unwrap_or(i64::MAX))
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn outcome(
        &self,
        tx: &mut Tx,
        id: Id<Erasure>,
        scope: Scope,
        subject: Id<()>,
        why: Why,
    ) -> Result<What, Error> {
        let mut what = What {
            words: BTreeMap::from([
                ("scope".to_owned(), scope.word().to_owned()),
                ("why".to_owned(), why.word().to_owned()),
            ]),
            ..What::default()
        };
        let rows = sql("SELECT clause, erased FROM erasure_parts WHERE erasure = $1")
            .bind(id)
            .all(&mut *tx)
            .await?;
        for row in &rows {
            let clause: PublicText = row.get("clause")?;
            let count = row.get::<i64, _>("erased")?.unsigned_abs();
            what.erased.insert(clause.into_string(), count);
        }
        // What is there still, whoever set it apart and when.
        let stays = match scope {
            Scope::Dossier => sql("SELECT restricted FROM dossiers WHERE id = $1"),
            Scope::Person => sql("SELECT restricted FROM dossiers WHERE person = $1 AND id <> $1"),
        };
        let charter = self.charter();
        for row in stays.bind(subject).all(&mut *tx).await? {
            let why: Option<PublicText> = row.get("restricted")?;
            let why = match why.as_deref() {
                None | Some(HELD) => HELD.to_owned(),
                Some(word) if SUSPENDED.contains(&word) || word == RIGHTS => word.to_owned(),
                Some(retention) => match charter.retention(retention) {
                    Some(retention) => retention.rule.clause.to_string(),
                    None => format!("retention.{retention}"),
                },
            };
            *what.kept.entry(why).or_default() += 1;
        }
        let asked = matches!(why, Why::Asked | Why::Request);
        let rights = charter.rights().filter(|_| asked);
        let erase = rights.iter().flat_map(|rights| &rights.offers);
        let erase = erase.filter(|item| item.word == Right::Erase);
        what.clauses = erase.map(|item| item.rule.clause.to_string()).collect();
        what.clauses.extend(what.erased.keys().cloned());
        what.clauses
            .extend(what.kept.keys().filter(|clause| clause.contains('.')).cloned());
        Ok(what)
    }
}
