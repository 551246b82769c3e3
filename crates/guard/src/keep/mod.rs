//! Owns: the door "keep only as long as promised": what happened to a dossier and until when it is kept
//! ([`clock`]), what suspends its end ([`hold`]), the sweep of what is due ([`sweep`]) and erasing itself
//! ([`erase`]), asking before the end ([`renew`]). Doesn't own: the retentions themselves (the charter).

pub(crate) mod clock;
pub mod erase;
pub mod hold;
mod outcome;
pub mod renew;
pub mod sweep;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use charter::Trigger;
use kernel::Timestamp;
use storage::{Bind as _, On, PublicText, Tx, sql};
use vault::{DossierId, JournalKind};

use crate::{
    Error, Filed, Guard,
    receipt::{self, Kind, What},
};

/// Until when a dossier is kept, and by which clause.
#[derive(Debug, Clone)]
pub struct Until {
    /// The first moment at which it is due.
    pub at: Timestamp,
    /// The retention that decides.
    pub retention: String,
}

impl Until {
    /// A moment of the last day on which it is kept, for saying "until 3 May".
    #[must_use]
    pub fn last_day(&self) -> Timestamp {
        self.at.plus_millis(-1)
    }
}

impl Guard {
    /// Something happened to the dossier that its retentions may count from; its clock is set anew.
    ///
    /// # Errors
    /// The storage's.
    pub async fn happened(
        &self,
        tx: &mut Tx,
        dossier: DossierId,
        event: Trigger,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.all_happened(tx, dossier, &[event], at).await
    }

    /// As [`Guard::happened`], of what happens at the same moment: the clock is set once.
    ///
    /// # Errors
    /// The storage's.
    pub async fn all_happened(
        &self,
        tx: &mut Tx,
        dossier: DossierId,
        events: &[Trigger],
        at: Timestamp,
    ) -> Result<(), Error> {
        let rows = events
            .iter()
            .map(|event| [dossier.value(), event.value(), at.value()]);
        sql("INSERT INTO moments (dossier, event, at) VALUES $rows \
             ON CONFLICT (dossier, event) DO UPDATE SET at = excluded.at")
        .bind_rows(rows)
        .later(&mut *tx)
        .await?;
        if events.contains(&Trigger::ConsentGiven) {
            let row = self.dossier(&mut *tx, dossier).await?;
            self.consented(tx, dossier, &row.purpose, None).await?;
        }
        self.set_clock(tx, dossier).await
    }

    /// It didn't happen after all (an undone decision); the clock is as if it hadn't.
    ///
    /// # Errors
    /// The storage's.
    pub async fn unhappened(&self, tx: &mut Tx, dossier: DossierId, event: Trigger) -> Result<(), Error> {
        sql("DELETE FROM moments WHERE dossier = $1 AND event = $2")
            .bind(dossier)
            .bind(event)
            .run(tx)
            .await?;
        self.set_clock(tx, dossier).await
    }

    /// The person withdraws: first into the restriction journal, which no restore rolls back, then the clock and the
    /// ledger, in the caller's transaction.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn withdrawn(&self, tx: &mut Tx, dossier: &Filed) -> Result<(), Error> {
        self.put_in_journal(JournalKind::Withdrawn, dossier.id(), "dossier")
            .await?;
        let now = self.now();
        let events = [Trigger::LastContact, Trigger::Withdrawn];
        self.all_happened(tx, dossier.id(), &events, now).await?;
        let purpose = self.dossier(&mut *tx, dossier.id()).await?.purpose;
        let clause = receipt::clause_of_purpose(&self.charter(), &purpose);
        let what = What {
            words: BTreeMap::from([("purpose".to_owned(), purpose)]),
            clauses: vec![clause.into_string()],
            ..What::default()
        };
        let subject = Some(dossier.key.pseudonym());
        let entry = self
            .attest(
                tx,
                receipt::noted(Kind::Withdrawn),
                subject,
                &what,
                &self.charter(),
            )
            .await?;
        self.list_receipt(tx, entry, dossier.id(), Kind::Withdrawn).await
    }

    /// When that happened to the dossier last, if it did.
    ///
    /// # Errors
    /// The storage's.
    pub async fn happened_at(&self, dossier: DossierId, event: Trigger) -> Result<Option<Timestamp>, Error> {
        let happened = self.moments(On::Db(&self.db), dossier).await?;
        Ok(happened
            .into_iter()
            .find(|(one, _)| *one == event)
            .map(|(_, at)| at))
    }

    /// Until when each of these dossiers is kept, as their clocks stand; one without a clock is left out.
    ///
    /// # Errors
    /// The storage's.
    pub async fn untils(&self, dossiers: &[DossierId]) -> Result<HashMap<DossierId, Until>, Error> {
        let mut untils = HashMap::with_capacity(dossiers.len());
        for some in dossiers.chunks(storage::LIST) {
            let rows = sql("SELECT dossier, retention, due_at FROM clocks WHERE dossier IN ($list)")
                .bind_list(some.iter().copied())
                .all(&self.db)
                .await?;
            for row in &rows {
                let until = Until {
                    at: row.get("due_at")?,
                    retention: row.get::<PublicText, _>("retention")?.into_string(),
                };
                untils.insert(row.get("dossier")?, until);
            }
        }
        Ok(untils)
    }

    /// Until when the dossier is kept, as its clock stands.
    ///
    /// # Errors
    /// The storage's.
    pub async fn until(&self, on: impl Into<On<'_>>, dossier: DossierId) -> Result<Option<Until>, Error> {
        let row = sql("SELECT retention, due_at FROM clocks WHERE dossier = $1")
            .bind(dossier)
            .optional(on)
            .await?;
        row.map(|row| {
            let retention: PublicText = row.get("retention")?;
            Ok(Until {
                at: row.get("due_at")?,
                retention: retention.to_string(),
            })
        })
        .transpose()
    }
}
