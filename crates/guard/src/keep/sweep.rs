//! Owns: the sweep of what is due: in batches, resumed after any death of the process, stopped by a clock that can't be
//! right until a human has looked. Doesn't own: what is due ([`super::clock`]), erasing ([`super::erase`]).

use std::collections::HashSet;

use kernel::{Cursor, Date, Page, Timestamp, words};
use serde::Serialize;
use storage::{PublicText, Row, sql};
use vault::DossierId;

use super::{erase::Stay, erase::Why};
use crate::{
    Actor, Error, Guard,
    dossier::Dossier,
    send::{MailKind, MailState},
};

/// So many dossiers are looked at together.
const BATCH: u32 = 200;
/// More than this many due at once are never taken unasked, nor more than five times the usual (DESIGN, Time).
const UNUSUAL: i64 = 100;
const TIMES_THE_USUAL: i64 = 5;
/// The usual is the middle of so many days.
const USUAL_DAYS: i32 = 30;
/// After so long without a sweep the clock may have been set wrong.
const GAP_HOURS: i64 = 48;
/// A dossier whose refusal hasn't left yet waits for its mail so long after its end, within the day that a sweep has, and
/// is looked at again after so long: somebody is told before nothing is left to tell it with.
const TELLING_SECONDS: i64 = 20 * 3_600;
const TELLING_AGAIN: i64 = 600;
/// The day's row says at least so often that it was looked.
const SEEN_SECONDS: i64 = 3_600;

words! {
    /// Why the sweep waits for a human.
    pub enum Stop {
        /// The clock is behind what the ledger has seen already.
        ClockBehind = "clock_behind",
        /// The clock is more than two days after the last sweep.
        ClockAhead = "clock_ahead",
        /// Far more is due than usual.
        TooMany = "too_many",
    }
}

/// How many dossiers of a purpose are due by a retention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The charter's purpose.
    pub purpose: String,
    /// The charter's retention.
    pub retention: String,
    /// So many.
    pub dossiers: i64,
}

/// What a sweep came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Swept {
    /// What was due when it began.
    pub due: Vec<Due>,
    /// So many dossiers were erased.
    pub erased: u64,
    /// So many stay, restricted.
    pub restricted: u64,
    /// Why nothing was done.
    #[serde(serialize_with = "word")]
    pub stopped: Option<Stop>,
}

/// A dossier that goes soon.
#[derive(Debug, Clone)]
pub struct Going {
    /// Which.
    pub dossier: DossierId,
    /// The charter's purpose.
    pub purpose: String,
    /// The charter's retention.
    pub retention: String,
    /// When.
    pub at: Timestamp,
    /// Whether it is restricted already: held, or at the end of a floor or an archive.
    pub restricted: bool,
}

/// What came of some of what is due.
struct Batch {
    erased: u64,
    restricted: u64,
    put_off: u64,
}

impl Guard {
    /// Erases what is due at that moment: now, or on a demo another. A sweep that waits for a human does nothing.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn sweep(&self, as_of: Timestamp) -> Result<Swept, Error> {
        let due = self.count_due(as_of).await?;
        let stopped = self.why_not(&due).await?;
        let mut swept = Swept {
            due,
            stopped: stopped.filter(|_| !self.is_demo()),
            ..Swept::default()
        };
        if let Some(why) = stopped {
            let reason = kernel::Word::word(why);
            tracing::warn!(site = self.name(), reason, "the sweep looks unusual");
        }
        if swept.stopped.is_none() {
            loop {
                let some = self.sweep_some(as_of).await?;
                if some.erased + some.restricted + some.put_off == 0 {
                    break;
                }
                swept.erased += some.erased;
                swept.restricted += some.restricted;
            }
        }
        self.note_sweep(&swept).await?;
        Ok(swept)
    }

    /// What is due at that moment, counted; nothing is done. Costs with what is due.
    ///
    /// # Errors
    /// The storage's.
    pub async fn count_due(&self, as_of: Timestamp) -> Result<Vec<Due>, Error> {
        let rows = sql(
            "SELECT d.purpose, c.retention, COUNT(*) AS dossiers FROM clocks c \
             JOIN dossiers d ON d.id = c.dossier WHERE c.next_at <= $1 \
             GROUP BY d.purpose, c.retention ORDER BY d.purpose, c.retention",
        )
        .bind(as_of)
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Due {
                    purpose: row.get::<PublicText, _>("purpose")?.into_string(),
                    retention: row.get::<PublicText, _>("retention")?.into_string(),
                    dossiers: row.get("dossiers")?,
                })
            })
            .collect()
    }

    /// What goes until the end of that day, soonest first, for who is charged with data protection.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub async fn going(
        &self,
        actor: &Actor,
        until: Date,
        after: Option<&Cursor>,
        size: usize,
    ) -> Result<Page<Going>, Error> {
        actor.on_duty(&self.charter(), charter::Duty::Protect)?;
        let (at, id) = after.map_or((i64::MIN, PublicText::new("")), |cursor| {
            (cursor.key, PublicText::new(cursor.id.as_str()))
        });
        let limit = u32::try_from(size + 1).unwrap_or(u32::MAX);
        let rows = sql("SELECT c.dossier, d.purpose, c.retention, c.next_at, d.restricted FROM clocks c \
             JOIN dossiers d ON d.id = c.dossier WHERE c.next_at <= $1 \
             AND (c.next_at > $2 OR (c.next_at = $2 AND c.dossier > $3)) ORDER BY c.next_at, c.dossier LIMIT $4")
            .bind(until.plus_days(1).start(&self.zone))
            .bind(at)
            .bind(id)
            .bind(limit)
            .all(&self.db)
            .await?;
        let rows: Vec<Going> = rows.iter().map(going).collect::<Result<_, Error>>()?;
        Ok(Page::cut(rows, size, |going| Cursor {
            key: going.at.as_millis(),
            id: going.dossier.to_string(),
        }))
    }

    /// Why the sweep waits for a human today, if it does.
    ///
    /// # Errors
    /// The storage's.
    pub async fn sweep_stopped(&self) -> Result<Option<Stop>, Error> {
        let row = sql("SELECT stopped FROM sweeps WHERE day = $1 AND confirmed_at IS NULL")
            .bind(self.now().date(&self.zone))
            .optional(&self.db)
            .await?;
        Ok(row.map(|row| row.get("stopped")).transpose()?.flatten())
    }

    /// A human has looked: clock and counts are right, and today's sweep goes on.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::TooLate`] when it doesn't wait.
    pub async fn confirm_sweep(&self, actor: &Actor) -> Result<(), Error> {
        let staff = self.protector(actor)?;
        let mut tx = self.begin().await?;
        let waits = sql("UPDATE sweeps SET confirmed_by = $2, confirmed_at = $3 \
             WHERE day = $1 AND stopped IS NOT NULL AND confirmed_at IS NULL")
        .bind(self.now().date(&self.zone))
        .bind(staff)
        .bind(self.now())
        .run(&mut tx)
        .await?;
        if waits == 0 {
            return Err(Error::TooLate);
        }
        self.note(&mut tx, "sweep_confirmed", None, &serde_json::json!({}))
            .await?;
        Ok(tx.commit().await?)
    }

    /// One batch.
    async fn sweep_some(&self, as_of: Timestamp) -> Result<Batch, Error> {
        let rows = sql(
            "SELECT dossier, retention, due_at FROM clocks WHERE next_at <= $1 ORDER BY next_at, dossier LIMIT $2",
        )
        .bind(as_of)
        .bind(BATCH)
        .all(&self.db)
        .await?;
        let mut due = Vec::with_capacity(rows.len());
        for row in &rows {
            let retention: PublicText = row.get("retention")?;
            let ended: Timestamp = row.get("due_at")?;
            due.push((
                row.get::<DossierId, _>("dossier")?,
                retention.into_string(),
                ended,
            ));
        }
        let ids: Vec<DossierId> = due.iter().map(|(id, ..)| *id).collect();
        let known = self.dossiers(&ids).await?;
        let holds = self.ends_of_holds(&ids, as_of).await?;
        let untold = self.untold(&ids).await?;
        let (mut go, mut stay, mut identities) = (Vec::new(), Vec::new(), Vec::new());
        let mut put_off = Vec::new();
        for (id, retention, ended) in due {
            let row = known.get(&id);
            if untold.contains(&id) && as_of < ended.plus_seconds(TELLING_SECONDS) {
                put_off.extend(row.map(|row| (id, row.person)));
                continue;
            }
            let stays = match (holds.get(&id), row) {
                (Some(until), _) => Some(Stay::hold(*until)),
                (None, Some(row)) => self.stays(id, row, (&retention, ended), as_of).await?,
                (None, None) => None,
            };
            match stays {
                Some(stays) => stay.push((id, stays)),
                None if row.is_some_and(|row| row.is_identity(id)) => identities.push(id),
                None => go.push(id),
            }
        }
        for (id, stays) in &stay {
            self.set_apart(*id, stays).await?;
        }
        let mut erased = self.erase_dossiers(&go, Why::Due).await?;
        // Who it is about goes with the last of it; while something is held, so is the name.
        let apart = stay.iter().filter_map(|(id, _)| known.get(id));
        let apart = apart.map(|row| row.person.cast());
        identities.extend(apart);
        identities.sort_unstable();
        identities.dedup();
        let alone = self.alone(&identities, &[]).await?;
        erased += self.erase_dossiers(&alone, Why::Due).await?;
        let mut tx = self.begin().await?;
        for identity in identities.iter().filter(|id| !alone.contains(id)) {
            self.follow(&mut tx, identity.cast()).await?;
        }
        for (id, person) in &put_off {
            sql("UPDATE clocks SET next_at = $2 WHERE dossier = $1")
                .bind(*id)
                .bind(as_of.plus_seconds(TELLING_AGAIN))
                .later(&mut tx)
                .await?;
            self.follow(&mut tx, *person).await?;
        }
        tx.commit().await?;
        Ok(Batch {
            erased,
            restricted: stay.len() as u64,
            put_off: put_off.len() as u64,
        })
    }

    /// Those of whose refusal the mail is still on its way: the mail server is away.
    async fn untold(&self, ids: &[DossierId]) -> Result<HashSet<DossierId>, Error> {
        let rows =
            sql("SELECT dossier FROM mails WHERE kind = $1 AND dossier IN ($list) AND state IN ($list)")
                .bind(MailKind::Refusal)
                .bind_list(ids.iter().copied())
                .bind_list([MailState::Queued, MailState::Sending])
                .all(&self.db)
                .await?;
        Ok(rows
            .iter()
            .map(|row| row.get("dossier"))
            .collect::<Result<_, _>>()?)
    }

    /// What stays of a dossier that is due: what the law wants for longer, else what goes to an archive. Of one that is
    /// set apart already nothing does.
    async fn stays(
        &self,
        id: DossierId,
        row: &Dossier,
        (retention, ended): (&str, Timestamp),
        at: Timestamp,
    ) -> Result<Option<Stay>, Error> {
        let is_apart = row
            .restricted
            .as_ref()
            .is_some_and(|why| !super::hold::SUSPENDED.contains(&why.as_str()));
        if is_apart || row.is_identity(id) {
            return Ok(None);
        }
        if let Some(floor) = self.floor_of(id, row, at).await? {
            return Ok(Some(floor));
        }
        let charter = self.charter();
        let archive = charter.retention(retention).and_then(|one| one.archive.as_ref());
        Ok(archive.map(|archive| Stay {
            why: retention.to_owned(),
            // From the last day of the clock, whenever the sweep came to it.
            until: archive.period.end(ended.plus_millis(-1), &self.zone),
            fields: Some(archive.fields.clone()),
        }))
    }

    /// What the law wants kept of a dossier for longer, whoever asks for its end.
    pub(super) async fn floor_of(
        &self,
        id: DossierId,
        row: &Dossier,
        at: Timestamp,
    ) -> Result<Option<Stay>, Error> {
        let charter = self.charter();
        let floors: Vec<_> = charter
            .clocks(&row.purpose)
            .filter(|one| one.min.is_some())
            .collect();
        if floors.is_empty() {
            return Ok(None);
        }
        let happened = self.moments((&self.db).into(), id).await?;
        let longest = floors
            .into_iter()
            .filter_map(|one| Some((one.floor_ends(&happened, &self.zone)?, one)))
            .filter(|(until, _)| *until > at)
            .max_by_key(|(until, _)| *until);
        Ok(longest.map(|(until, one)| {
            let fields = one.min.as_ref().map(|floor| floor.fields.clone());
            Stay {
                why: one.name.clone(),
                until,
                fields: fields.filter(|fields| !fields.is_empty()),
            }
        }))
    }

    /// Why the sweep should wait: of the guards against a clock that was set wrong, the first that speaks.
    async fn why_not(&self, due: &[Due]) -> Result<Option<Stop>, Error> {
        let today = self.now().date(&self.zone);
        let row = sql("SELECT confirmed_at FROM sweeps WHERE day = $1")
            .bind(today)
            .optional(&self.db)
            .await?;
        let confirmed = row
            .map(|row| row.get::<Option<Timestamp>, _>("confirmed_at"))
            .transpose()?;
        if confirmed.flatten().is_some() {
            return Ok(None);
        }
        let now = self.now();
        if self.vault.ledger_last_at().await?.is_some_and(|last| now < last) {
            return Ok(Some(Stop::ClockBehind));
        }
        let last = sql("SELECT MAX(last_at) AS last_at FROM sweeps")
            .one(&self.db)
            .await?;
        let last: Option<Timestamp> = last.get("last_at")?;
        if last.is_some_and(|last| last.plus_seconds(GAP_HOURS * 3_600) < now) {
            return Ok(Some(Stop::ClockAhead));
        }
        let count: i64 = due.iter().map(|due| due.dossiers).sum();
        let usual = self.usual(today).await?;
        Ok((count > UNUSUAL.max(TIMES_THE_USUAL * usual)).then_some(Stop::TooMany))
    }

    /// How many dossiers end on a usual day: the middle of the last thirty.
    async fn usual(&self, today: Date) -> Result<i64, Error> {
        let rows = sql("SELECT taken FROM sweeps WHERE day >= $1 AND day < $2")
            .bind(today.plus_days(-USUAL_DAYS))
            .bind(today)
            .all(&self.db)
            .await?;
        let mut taken = rows
            .iter()
            .map(|row| row.get::<i64, _>("taken"))
            .collect::<Result<Vec<_>, _>>()?;
        taken.resize(USUAL_DAYS.unsigned_abs() as usize, 0);
        taken.sort_unstable();
        Ok(taken.get(taken.len() / 2).copied().unwrap_or(0))
    }

    /// The day's row: that it was looked, what went, what it waits for.
    async fn note_sweep(&self, swept: &Swept) -> Result<(), Error> {
        let (now, today) = (self.now(), self.now().date(&self.zone));
        let row = sql("SELECT last_at, stopped FROM sweeps WHERE day = $1")
            .bind(today)
            .optional(&self.db)
            .await?;
        let fresh = match &row {
            Some(row) => {
                let known: Option<Stop> = row.get("stopped")?;
                let seen: Timestamp = row.get("last_at")?;
                known == swept.stopped && now < seen.plus_seconds(SEEN_SECONDS)
            }
            None => false,
        };
        if fresh && swept.erased + swept.restricted == 0 {
            return Ok(());
        }
        let taken = i64::try_from(swept.erased + swept.restricted).unwrap_or(i64::MAX);
        let mut tx = self.begin().await?;
        sql(
            "INSERT INTO sweeps (day, last_at, taken, erased, stopped) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (day) DO UPDATE SET taken = sweeps.taken + excluded.taken, \
             erased = sweeps.erased + excluded.erased, stopped = COALESCE(excluded.stopped, sweeps.stopped), \
             last_at = CASE WHEN excluded.stopped IS NULL THEN excluded.last_at ELSE sweeps.last_at END",
        )
        .bind(today)
        .bind(match swept.stopped {
            // A sweep that waits hasn't been: the last one counts on.
            Some(_) => self.last_sweep().await?.unwrap_or(now),
            None => now,
        })
        .bind(taken)
        .bind(i64::try_from(swept.erased).unwrap_or(i64::MAX))
        .bind(swept.stopped)
        .run(&mut tx)
        .await?;
        if taken > 0 || swept.stopped.is_some() {
            let body = serde_json::json!({
                "erased": swept.erased,
                "restricted": swept.restricted,
                "stopped": swept.stopped.map(kernel::Word::word),
            });
            self.note(&mut tx, "swept", None, &body).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn last_sweep(&self) -> Result<Option<Timestamp>, Error> {
        let row = sql("SELECT MAX(last_at) AS last_at FROM sweeps")
            .one(&self.db)
            .await?;
        Ok(row.get("last_at")?)
    }
}

fn going(row: &Row) -> Result<Going, Error> {
    Ok(Going {
        dossier: row.get("dossier")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        retention: row.get::<PublicText, _>("retention")?.into_string(),
        at: row.get("next_at")?,
        restricted: row.get::<Option<PublicText>, _>("restricted")?.is_some(),
    })
}

fn word<S: serde::Serializer>(stop: &Option<Stop>, to: S) -> Result<S::Ok, S::Error> {
    stop.map(kernel::Word::word).serialize(to)
}
