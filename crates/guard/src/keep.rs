//! Owns: the door "keep only as long as promised", as far as starting each clock: what happened to a dossier, and the
//! date at which the shortest of its purpose's retentions ends. Doesn't own: what happens at that date (the sweep
//! comes later), the retentions themselves (the charter).

use std::sync::atomic::Ordering;

use charter::{Charter, Trigger};
use kernel::{Timestamp, Word as _};
use storage::{On, PublicText, Tx, sql};
use vault::{DossierId, JournalEntry, JournalKind};

use crate::{Error, Filed, Guard};

/// Until when a dossier is kept, and by which clause.
#[derive(Debug, Clone)]
pub struct Until {
    /// The first moment at which it is due.
    pub at: Timestamp,
    /// The retention that decides.
    pub retention: String,
}

/// What ends a dossier, and what that counts from.
pub(crate) struct Rule {
    pub(crate) until: Until,
    from: Vec<Trigger>,
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
        for event in events {
            sql("INSERT INTO moments (dossier, event, at) VALUES ($1, $2, $3) \
                 ON CONFLICT (dossier, event) DO UPDATE SET at = excluded.at")
            .bind(dossier)
            .bind(*event)
            .bind(at)
            .run(tx)
            .await?;
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
        let entry = JournalEntry {
            kind: JournalKind::Withdrawn,
            subject: Some(self.vault.subject(dossier.id())),
            scope: PublicText::new("dossier"),
        };
        self.vault.record_journal(&[entry]).await?;
        let now = self.now();
        let events = [Trigger::LastContact, Trigger::Withdrawn];
        self.all_happened(tx, dossier.id(), &events, now).await?;
        self.note(tx, "withdrawn", Some(&dossier.key), &serde_json::json!({}))
            .await
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

    /// What happened to the dossier, and when last.
    pub(crate) async fn moments(
        &self,
        on: On<'_>,
        dossier: DossierId,
    ) -> Result<Vec<(Trigger, Timestamp)>, Error> {
        let rows = sql("SELECT event, at FROM moments WHERE dossier = $1")
            .bind(dossier)
            .all(on)
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("event")?, row.get("at")?)))
            .collect()
    }

    /// The rule that ends the dossier after what happened to it: the running charter's; where data given under an older
    /// version keep that one's rule, whichever of both ends first.
    pub(crate) async fn rule(
        &self,
        on: On<'_>,
        dossier: DossierId,
        happened: &[(Trigger, Timestamp)],
    ) -> Result<Option<Rule>, Error> {
        let row = sql("SELECT purpose, charter_version FROM dossiers WHERE id = $1")
            .bind(dossier)
            .one(on)
            .await?;
        let purpose: PublicText = row.get("purpose")?;
        let collected = u32::try_from(row.get::<i64, _>("charter_version")?).unwrap_or(0);
        let running = self.charter();
        let of = |charter: &Charter| {
            charter.until(&purpose, happened, &self.zone).map(|until| Rule {
                until: Until {
                    at: until.at,
                    retention: until.retention.name.clone(),
                },
                from: until.retention.from.clone(),
            })
        };
        let held = self.law.load().held(collected, &purpose, &running);
        let rules = [of(&running), held.and_then(|old| of(&old))];
        Ok(rules.into_iter().flatten().min_by_key(|rule| rule.until.at))
    }

    /// Sets the clocks anew that were set before a version that changed how long things are kept; gives how many were
    /// looked at. What is promised to be kept for a shorter time holds for what is kept already.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn move_clocks(&self) -> Result<usize, Error> {
        let Some(version) = self.law.load().moved_clocks(self.now()) else {
            return Ok(0);
        };
        if self.clocks_moved.load(Ordering::Relaxed) == version {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let rows = sql("SELECT dossier FROM clocks WHERE charter_version < $1 ORDER BY dossier LIMIT 200")
            .bind(version)
            .all(&mut tx)
            .await?;
        for row in &rows {
            self.set_clock(&mut tx, row.get("dossier")?).await?;
        }
        tx.commit().await?;
        if rows.is_empty() {
            // Asked over all clocks: not once more in this process.
            self.clocks_moved.store(version, Ordering::Relaxed);
        }
        Ok(rows.len())
    }

    /// The shortest of the purpose's retentions, from what has happened so far.
    async fn set_clock(&self, tx: &mut Tx, dossier: DossierId) -> Result<(), Error> {
        let charter = self.charter();
        let happened = self.moments(On::Tx(&mut *tx), dossier).await?;
        let Some(rule) = self.rule(On::Tx(&mut *tx), dossier, &happened).await? else {
            // Only a dossier to which nothing has happened yet has no clock; collecting starts one in the same
            // transaction.
            sql("DELETE FROM clocks WHERE dossier = $1")
                .bind(dossier)
                .run(tx)
                .await?;
            return Ok(());
        };
        let (due_at, retention) = (rule.until.at, rule.until.retention);
        let started = happened
            .iter()
            .filter(|(event, _)| rule.from.contains(event))
            .map(|(_, at)| *at);
        sql("INSERT INTO clocks (dossier, retention, started_at, due_at, charter_version) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (dossier) DO UPDATE SET retention = excluded.retention, started_at = excluded.started_at, \
             due_at = excluded.due_at, charter_version = excluded.charter_version")
            .bind(dossier)
            .bind(PublicText::new(retention))
            .bind(started.max().unwrap_or(due_at))
            .bind(due_at)
            .bind(i64::from(charter.version()))
            .run(tx)
            .await?;
        tracing::trace!(
            event = happened.last().map_or("", |(event, _)| event.word()),
            "clock set"
        );
        Ok(())
    }
}
