//! Owns: what suspends an erasure: holds that a human places for a reason the charter declares, and who still reads what
//! is restricted by one, by a floor or in an archive. Doesn't own: when a dossier is due ([`super::clock`]), holds after a
//! restore (`replay.rs`).

use std::collections::HashMap;

use charter::{Charter, Duty, vocabulary};
use kernel::{Date, Id, Timestamp, Word as _};
use storage::{On, PublicText, Row, Tx, sql};
use vault::{DossierId, JournalEntry, JournalKind};

use crate::{Actor, Error, Guard, Staff, actor::Who, dossier::Dossier};

mod replay;

/// The word for a dossier that is past its end and suspended by a hold.
pub(crate) const HELD: &str = "hold";
/// The word for a dossier whose use its person has had restricted (GDPR art. 18).
pub(crate) const ON_REQUEST: &str = "request";
/// The word for a dossier whose purpose its person objects to (GDPR art. 21).
pub(crate) const OBJECTED: &str = "objection";
/// The word for a dossier that stood on a consent which was withdrawn (GDPR art. 7(3)).
pub(crate) const WITHDRAWN: &str = "consent";
/// The word for what is kept of somebody whose death was noted.
pub(crate) const DEATH: &str = "death";
/// The word for a request by which somebody exercised a right: nobody's from the first but who answers it.
pub(crate) const RIGHTS: &str = "rights";
/// Set apart by a hold or by their person, dossiers are still somebody's: who they are stays with them, and their rules
/// go on. What stays under a floor or in an archive needs no name, and a request has its own.
pub(crate) const SUSPENDED: [&str; 5] = [HELD, ON_REQUEST, OBJECTED, WITHDRAWN, DEATH];
/// A file's reference is so long at most.
const REFERENCE: usize = 40;

/// A hold as it stands.
#[derive(Debug, Clone)]
pub struct Hold {
    /// Its id.
    pub id: Id<Hold>,
    /// Which dossier it suspends.
    pub dossier: DossierId,
    /// Why, in the charter's word.
    pub kind: vocabulary::Hold,
    /// The file it belongs to: letters, digits and `-/. `, so that it can't hold a story about anybody.
    pub reference: String,
    /// Who placed it.
    pub staff: Id<Staff>,
    /// When.
    pub placed_at: Timestamp,
    /// Until when.
    pub until_at: Timestamp,
}

impl Guard {
    /// Suspends the erasure of a dossier until the end of a day. Until it is due it is used as before; from then on it
    /// is restricted.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody but a human with the duty to protect, [`Error::NotFound`],
    /// [`Error::Invalid`] when the charter's retention doesn't declare that kind of hold, the day is past, or the
    /// reference is no reference.
    pub async fn place_hold(
        &self,
        actor: &Actor,
        dossier: DossierId,
        kind: vocabulary::Hold,
        reference: &str,
        until: Date,
    ) -> Result<Id<Hold>, Error> {
        let staff = self.protector(actor)?;
        let (reference, until_at) = (reference.trim(), until.plus_days(1).start(&self.zone));
        if !is_reference(reference) {
            return Err(Error::Invalid(
                "a hold bears the reference of its file: letters, digits, spaces and - / .",
            ));
        }
        if until_at <= self.now() {
            return Err(Error::Invalid("a hold ends on a day to come"));
        }
        let row = self.dossier(&self.db, dossier).await?;
        let charter = self.charter();
        if !charter.clocks(&row.purpose).any(|one| one.hold.contains(&kind)) {
            return Err(Error::Invalid("the charter declares no such hold for this"));
        }
        let id = self.id();
        self.put_in_journal(JournalKind::Held, dossier, &replay::scope(kind, id, Some(until)))
            .await?;
        let mut tx = self.begin().await?;
        sql("INSERT INTO holds (id, dossier, kind, reference, staff, placed_at, until_at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(id)
            .bind(dossier)
            .bind(kind)
            .bind(PublicText::new(reference))
            .bind(staff)
            .bind(self.now())
            .bind(until_at)
            .bind(charter.version())
            .run(&mut tx)
            .await?;
        let body = serde_json::json!({ "hold": kind.word(), "until": until.to_string() });
        self.note(&mut tx, "hold_placed", None, &body).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Lifts a hold: what is due meanwhile goes with the next sweep.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`] when it doesn't stand.
    pub async fn lift_hold(&self, actor: &Actor, id: Id<Hold>) -> Result<(), Error> {
        self.protector(actor)?;
        let mut tx = self.begin().await?;
        let (dossier, kind) = self
            .end_hold(&mut tx, id, self.now())
            .await?
            .ok_or(Error::NotFound)?;
        self.note(
            &mut tx,
            "hold_lifted",
            None,
            &serde_json::json!({ "hold": kind.word() }),
        )
        .await?;
        tx.commit().await?;
        self.put_in_journal(JournalKind::Lifted, dossier, &replay::scope(kind, id, None))
            .await
    }

    /// Ends a hold that stands, at that moment: what is due meanwhile is looked at again. Gives of what, and its kind.
    async fn end_hold(
        &self,
        tx: &mut Tx,
        id: Id<Hold>,
        at: Timestamp,
    ) -> Result<Option<(DossierId, vocabulary::Hold)>, Error> {
        let row = sql(
            "UPDATE holds SET lifted_at = $2 WHERE id = $1 AND lifted_at IS NULL RETURNING dossier, kind",
        )
        .bind(id)
        .bind(at)
        .optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let dossier: DossierId = row.get("dossier")?;
        if self.held_until(&mut *tx, dossier).await?.is_none() {
            sql("UPDATE clocks SET next_at = due_at WHERE dossier = $1")
                .bind(dossier)
                .run(tx)
                .await?;
        }
        Ok(Some((dossier, row.get("kind")?)))
    }

    /// The holds that stand on any of these dossiers.
    ///
    /// # Errors
    /// The storage's.
    pub async fn holds_on(&self, dossiers: &[DossierId]) -> Result<Vec<Hold>, Error> {
        let mut holds = Vec::new();
        for some in dossiers.chunks(storage::LIST) {
            let rows = sql(
                "SELECT id, dossier, kind, reference, staff, placed_at, until_at FROM holds \
                 WHERE dossier IN ($list) AND lifted_at IS NULL AND until_at > $1 ORDER BY placed_at, id",
            )
            .bind(self.now())
            .bind_list(some.iter().copied())
            .all(&self.db)
            .await?;
            for row in &rows {
                holds.push(read(row)?);
            }
        }
        Ok(holds)
    }

    /// Until when each of these dossiers is held that is, at that moment.
    pub(super) async fn ends_of_holds(
        &self,
        dossiers: &[DossierId],
        at: Timestamp,
    ) -> Result<HashMap<DossierId, Timestamp>, Error> {
        let mut ends = HashMap::new();
        let holds = self.holds_on(dossiers).await?;
        for hold in holds.into_iter().filter(|hold| hold.until_at > at) {
            let end = ends.entry(hold.dossier).or_insert(hold.until_at);
            *end = hold.until_at.max(*end);
        }
        Ok(ends)
    }

    pub(super) async fn held_until(
        &self,
        on: impl Into<On<'_>>,
        dossier: DossierId,
    ) -> Result<Option<Timestamp>, Error> {
        let row = sql("SELECT MAX(until_at) AS until_at FROM holds WHERE dossier = $1 AND lifted_at IS NULL")
            .bind(dossier)
            .one(on)
            .await?;
        let until: Option<Timestamp> = row.get("until_at")?;
        Ok(until.filter(|until| *until > self.now()))
    }

    /// Sets a dossier apart until that moment, for a hold, or under a retention's floor or archive.
    pub(super) async fn restrict(
        &self,
        tx: &mut Tx,
        dossier: DossierId,
        why: &str,
        until: Timestamp,
    ) -> Result<(), Error> {
        sql("UPDATE dossiers SET restricted = $2 WHERE id = $1")
            .bind(dossier)
            .bind(PublicText::new(why))
            .run(&mut *tx)
            .await?;
        sql("UPDATE clocks SET next_at = $2 WHERE dossier = $1")
            .bind(dossier)
            .bind(until)
            .run(tx)
            .await?;
        Ok(())
    }

    /// The human who is charged with data protection.
    pub(crate) fn protector(&self, actor: &Actor) -> Result<Id<Staff>, Error> {
        if !matches!(actor.who(), Who::Staff { human: true, .. }) {
            return Err(Error::Forbidden);
        }
        actor.on_duty(&self.charter(), Duty::Protect)
    }

    pub(crate) async fn put_in_journal(
        &self,
        kind: JournalKind,
        dossier: DossierId,
        scope: &str,
    ) -> Result<(), Error> {
        let entry = JournalEntry {
            kind,
            subject: Some(self.vault.subject(dossier)),
            scope: PublicText::new(scope),
        };
        Ok(self.vault.record_journal(&[entry]).await?)
    }
}

/// Whether a role still reads a dossier, restricted or not. What is held, or set apart by its person, is for who is charged
/// with data protection; what stays under a floor or in an archive for whom that names.
pub(crate) fn may_still_read(charter: &Charter, role: &str, dossier: &Dossier) -> bool {
    match dossier.restricted.as_deref() {
        None => true,
        Some(HELD | ON_REQUEST | OBJECTED | WITHDRAWN | DEATH | RIGHTS) => {
            charter.role(role).is_some_and(|role| role.has(Duty::Protect))
        }
        Some(name) => charter.retention(name).is_some_and(|retention| {
            let floor = retention.min.iter().flat_map(|floor| &floor.readers);
            let archive = retention.archive.iter().flat_map(|archive| &archive.readers);
            floor.chain(archive).any(|reader| reader == role)
        }),
    }
}

fn is_reference(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-/. ".contains(letter);
    !text.is_empty() && text.len() <= REFERENCE && text.chars().all(fits)
}

fn read(row: &Row) -> Result<Hold, Error> {
    Ok(Hold {
        id: row.get("id")?,
        dossier: row.get("dossier")?,
        kind: row.get("kind")?,
        reference: row.get::<PublicText, _>("reference")?.into_string(),
        staff: row.get("staff")?,
        placed_at: row.get("placed_at")?,
        until_at: row.get("until_at")?,
    })
}
