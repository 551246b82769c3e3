//! Owns: the door "let no machine decide alone": a refusal has a named human with the duty to decide, and a reason;
//! it can be undone for a quarter of an hour. Doesn't own: the stages of an application, the mail's words.

use charter::{Duty, Prohibition};
use kernel::{Id, Timestamp, words};
use storage::{On, Tx, sql};
use vault::DossierId;

use crate::{Actor, Error, Filed, Guard, Permit, Staff, View};

/// Marks the id of a decision.
pub enum Decision {}

/// How long a refusal can be undone, in seconds: its mail leaves after it.
pub const UNDO_SECONDS: i64 = 15 * 60;

words! {
    /// What was decided.
    pub enum Kind {
        /// The application goes no further.
        Refusal = "refusal",
    }
}

words! {
    /// Why an application is refused. The person is told in these words, so they are kind and true.
    pub enum Reason {
        /// The experience asked for isn't there.
        Experience = "experience",
        /// A qualification the position needs isn't there.
        Qualification = "qualification",
        /// Another candidate fits better.
        OtherCandidate = "other_candidate",
        /// Availability, place or terms don't meet.
        Terms = "terms",
        /// The position is filled or gone.
        PositionClosed = "position_closed",
        /// No position matches an unsolicited application now.
        NoPosition = "no_position",
    }
}

/// A decision as it stands.
#[derive(Debug, Clone)]
pub struct Made {
    /// Which.
    pub id: Id<Decision>,
    /// Who made it.
    pub staff: Id<Staff>,
    /// Why.
    pub reason: Reason,
    /// When.
    pub made_at: Timestamp,
    /// Until when it can be undone.
    pub undo_until: Timestamp,
}

/// A decision as it is listed.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Which.
    pub id: Id<Decision>,
    /// Who made it.
    pub staff: Id<Staff>,
    /// What.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// When.
    pub made_at: Timestamp,
    /// Until when it could be undone: the person is told then.
    pub undo_until: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

impl Guard {
    /// The decisions on a dossier, the newest first. Reading them is recorded.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the permit doesn't reach it, [`Error::NotShown`] when the charter shows its decisions
    /// to other readers only.
    pub async fn decisions(&self, permit: &Permit, dossier: DossierId) -> Result<Vec<Decided>, Error> {
        let reading = self.read(permit, View::One, &[dossier]).await?;
        reading.key(dossier, "decision")?;
        let rows = sql(
            "SELECT id, staff, kind, reason, made_at, undo_until, undone_at FROM decisions \
             WHERE dossier = $1 ORDER BY made_at DESC, id DESC",
        )
        .bind(dossier)
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Decided {
                    id: row.get("id")?,
                    staff: row.get("staff")?,
                    kind: row.get("kind")?,
                    reason: row.get("reason")?,
                    made_at: row.get("made_at")?,
                    undo_until: row.get("undo_until")?,
                    undone_at: row.get("undone_at")?,
                })
            })
            .collect()
    }

    /// The named human who may decide: asked before anything is opened for it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty, [`Error::NeedsHuman`] when a program acts by a token.
    pub fn may_decide(&self, actor: &Actor) -> Result<Id<Staff>, Error> {
        let charter = self.charter();
        let staff = actor.on_duty(&charter, Duty::Decide)?;
        if actor.is_human() {
            return Ok(staff);
        }
        let never = charter.never().into_iter().flat_map(|never| &never.rules);
        let alone = never
            .filter(|item| item.word == Prohibition::SoleAutomatedDecision)
            .map(|item| item.rule.clause.to_string());
        Err(Error::NeedsHuman(alone.into_iter().next()))
    }

    /// Refuses: a named human with the duty to decide, and a reason. The caller moves the stage and queues the mail
    /// in the same transaction.
    ///
    /// # Errors
    /// As [`Guard::may_decide`].
    pub async fn refuse(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        dossier: &Filed,
        reason: Reason,
    ) -> Result<Made, Error> {
        let staff = self.may_decide(actor)?;
        let now = self.now();
        let made = Made {
            id: self.id(),
            staff,
            reason,
            made_at: now,
            undo_until: now.plus_seconds(UNDO_SECONDS),
        };
        sql("INSERT INTO decisions (id, dossier, staff, kind, reason, made_at, undo_until, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(made.id)
            .bind(dossier.id())
            .bind(staff)
            .bind(Kind::Refusal)
            .bind(reason)
            .bind(now)
            .bind(made.undo_until)
            .bind(self.charter().version())
            .run(tx)
            .await?;
        let body = serde_json::json!({ "decision": made.id, "kind": Kind::Refusal, "reason": reason, "human": true });
        self.note(tx, "decision_made", Some(&dossier.key), &body).await?;
        Ok(made)
    }

    /// Takes a refusal back within its window, with the mail that hasn't left.
    ///
    /// # Errors
    /// [`Error::TooLate`] after the window or when it is undone already, [`Error::Forbidden`] without the duty.
    pub async fn undo_refusal(&self, tx: &mut Tx, actor: &Actor, dossier: &Filed) -> Result<Made, Error> {
        actor.on_duty(&self.charter(), Duty::Decide)?;
        let made = self
            .standing_refusal(&mut *tx, dossier.id())
            .await?
            .ok_or(Error::TooLate)?;
        let now = self.now();
        if now >= made.undo_until || !self.withdraw_mail(tx, made.id).await? {
            return Err(Error::TooLate);
        }
        sql("UPDATE decisions SET undone_at = $2 WHERE id = $1")
            .bind(made.id)
            .bind(now)
            .run(tx)
            .await?;
        let body = serde_json::json!({ "decision": made.id });
        self.note(tx, "decision_undone", Some(&dossier.key), &body)
            .await?;
        Ok(made)
    }

    /// Drops a refusal that hasn't been told yet, because the person withdrew in the meantime: nobody is refused who
    /// has left. False when its mail has gone, or is going.
    ///
    /// # Errors
    /// The storage's.
    pub async fn drop_untold_refusal(&self, tx: &mut Tx, dossier: &Filed) -> Result<bool, Error> {
        let Some(made) = self.standing_refusal(&mut *tx, dossier.id()).await? else {
            return Ok(true);
        };
        if !self.withdraw_mail(tx, made.id).await? {
            return Ok(false);
        }
        sql("UPDATE decisions SET undone_at = $2 WHERE id = $1")
            .bind(made.id)
            .bind(self.now())
            .run(tx)
            .await?;
        self.note(
            tx,
            "decision_dropped",
            Some(&dossier.key),
            &serde_json::json!({ "decision": made.id }),
        )
        .await?;
        Ok(true)
    }

    /// Whether a refusal stands of which the person hasn't been told yet: it can still be undone, or its mail waits,
    /// is leaving, or may not have left. Until then nothing that the person sees may differ from before.
    ///
    /// # Errors
    /// The storage's.
    pub async fn is_refused_untold(&self, dossier: DossierId) -> Result<bool, Error> {
        let Some(made) = self.standing_refusal(&self.db, dossier).await? else {
            return Ok(false);
        };
        Ok(self.now() < made.undo_until || self.is_mail_waiting(made.id).await?)
    }

    /// The refusal that stands for the dossier, if one does.
    ///
    /// # Errors
    /// The storage's.
    pub async fn standing_refusal(
        &self,
        on: impl Into<On<'_>>,
        dossier: DossierId,
    ) -> Result<Option<Made>, Error> {
        let row = sql("SELECT id, staff, reason, made_at, undo_until FROM decisions \
             WHERE dossier = $1 AND kind = $2 AND undone_at IS NULL ORDER BY made_at DESC LIMIT 1")
        .bind(dossier)
        .bind(Kind::Refusal)
        .optional(on)
        .await?;
        row.map(|row| {
            Ok(Made {
                id: row.get("id")?,
                staff: row.get("staff")?,
                reason: row.get("reason")?,
                made_at: row.get("made_at")?,
                undo_until: row.get("undo_until")?,
            })
        })
        .transpose()
    }

    /// Until when the dossier's refusal can be undone; `None` when there is none, or it is too late.
    ///
    /// # Errors
    /// The storage's.
    pub async fn undo_until(&self, dossier: DossierId) -> Result<Option<Timestamp>, Error> {
        let made = self.standing_refusal(&self.db, dossier).await?;
        Ok(made
            .map(|made| made.undo_until)
            .filter(|until| self.now() < *until))
    }
}
