//! Owns: the clock of each dossier: which rule ends it, when, when a renewal is asked, and that an identity lives as long
//! as its person's last dossier. Doesn't own: what happens at the end ([`super::sweep`]).

use std::sync::atomic::Ordering;

use charter::{Charter, Trigger};
use kernel::{Id, Timestamp};
use storage::{Bind as _, On, PublicText, Tx, sql};
use vault::DossierId;

use super::{
    Until,
    hold::{DEATH, HELD, OBJECTED, RIGHTS, SUSPENDED, WITHDRAWN},
};
use crate::{Error, Filed, Guard, Person, dossier::Dossier};

/// What ends a dossier, and what that counts from.
pub(crate) struct Rule {
    pub(crate) until: Until,
    /// When its person is asked whether to keep on.
    pub(crate) asks_at: Option<Timestamp>,
    pub(crate) started_at: Timestamp,
}

impl Guard {
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
    pub(crate) fn rule(&self, dossier: &Dossier, happened: &[(Trigger, Timestamp)]) -> Option<Rule> {
        self.rule_since(dossier.charter, &dossier.purpose, happened)
    }

    /// As [`Guard::rule`], of whatever was collected for a purpose under that version.
    pub(crate) fn rule_since(
        &self,
        version: u32,
        purpose: &str,
        happened: &[(Trigger, Timestamp)],
    ) -> Option<Rule> {
        let running = self.charter();
        let of = |charter: &Charter| {
            let until = charter.until(purpose, happened, &self.zone)?;
            let counted = happened
                .iter()
                .filter(|(event, _)| until.retention.from.contains(event));
            Some(Rule {
                asks_at: until.retention.asks(happened, &self.zone),
                started_at: counted.map(|(_, at)| *at).max().unwrap_or(until.at),
                until: Until {
                    at: until.at,
                    retention: until.retention.name.clone(),
                },
            })
        };
        let held = self.law.load().held(version, purpose, &running);
        let rules = [of(&running), held.and_then(|old| of(&old))];
        rules.into_iter().flatten().min_by_key(|rule| rule.until.at)
    }

    /// Starts the clocks of dossiers of one person that are opened together, by the same events: nothing need be read.
    pub(crate) async fn start_clocks(
        &self,
        tx: &mut Tx,
        opened: &[&Filed],
        row: &Dossier,
        events: &[Trigger],
    ) -> Result<Option<Until>, Error> {
        let now = self.now();
        let moments = opened.iter().flat_map(|filed| {
            let id = filed.id();
            events
                .iter()
                .map(move |event| [id.value(), event.value(), now.value()])
        });
        sql("INSERT INTO moments (dossier, event, at) VALUES $rows")
            .bind_rows(moments)
            .later(&mut *tx)
            .await?;
        if events.contains(&Trigger::ConsentGiven) {
            for filed in opened.iter().filter(|filed| !row.is_identity(filed.id())) {
                self.consented(tx, filed.id(), &row.purpose, None).await?;
            }
        }
        let happened: Vec<_> = events.iter().map(|event| (*event, now)).collect();
        let Some(rule) = self.rule(row, &happened) else {
            return Ok(None);
        };
        let retention = PublicText::new(rule.until.retention.as_str());
        let version = i64::from(self.charter().version());
        let clocks = opened.iter().map(|filed| {
            // The identity isn't asked about: it goes with the last of its person's dossiers.
            let asks_at = rule.asks_at.filter(|_| !row.is_identity(filed.id()));
            [
                filed.id().value(),
                (&retention).value(),
                rule.started_at.value(),
                rule.until.at.value(),
                version.value(),
                asks_at.value(),
                rule.until.at.value(),
            ]
        });
        sql("INSERT INTO clocks (dossier, retention, started_at, due_at, charter_version, asks_at, next_at) VALUES $rows")
            .bind_rows(clocks)
            .later(&mut *tx)
            .await?;
        Ok(Some(rule.until))
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

    /// The shortest of the purpose's retentions, from what has happened so far; the identity's follows.
    pub(super) async fn set_clock(&self, tx: &mut Tx, id: DossierId) -> Result<(), Error> {
        let dossier = self.dossier(&mut *tx, id).await?;
        if !dossier.is_identity(id) {
            self.set_by_rule(tx, id, &dossier).await?;
        }
        self.follow(tx, dossier.person).await
    }

    /// An identity lives as long as its person's last dossier, and has no end while one of them has none.
    pub(crate) async fn follow(&self, tx: &mut Tx, person: Id<Person>) -> Result<(), Error> {
        let identity: DossierId = person.cast();
        let others = sql("SELECT COUNT(*) AS every, COUNT(c.dossier) AS clocked, \
             COUNT(CASE WHEN d.restricted IS NULL OR d.restricted IN ($list) THEN 1 END) AS used FROM dossiers d \
             LEFT JOIN clocks c ON c.dossier = d.id WHERE d.person = $1 AND d.id <> $1 \
             AND (d.restricted IS NULL OR d.restricted <> $2)")
        .bind(person)
        .bind(PublicText::new(RIGHTS))
        .bind_list(SUSPENDED.map(PublicText::new))
        .one(&mut *tx)
        .await?;
        let (every, clocked): (i64, i64) = (others.get("every")?, others.get("clocked")?);
        if every == 0 {
            // A member of staff, who is all there is of them.
            return match self.dossier(&mut *tx, identity).await {
                Ok(dossier) => self.set_by_rule(tx, identity, &dossier).await,
                Err(Error::NotFound) => Ok(()),
                Err(error) => Err(error),
            };
        }
        if clocked < every {
            return self.stop_clock(tx, identity).await;
        }
        if others.get::<i64, _>("used")? == 0 {
            // What stays under a floor or in an archive needs no name: whoever set it apart ends the identity.
            return Ok(());
        }
        sql("INSERT INTO clocks (dossier, retention, started_at, due_at, charter_version, next_at) \
             SELECT d.person, c.retention, c.started_at, c.due_at, $2, \
             (SELECT MAX(o.next_at) FROM clocks o JOIN dossiers p ON p.id = o.dossier WHERE p.person = $1 AND p.id <> $1 \
             AND (p.restricted IS NULL OR p.restricted IN ($list))) \
             FROM clocks c JOIN dossiers d ON d.id = c.dossier WHERE d.person = $1 AND d.id <> $1 \
             AND (d.restricted IS NULL OR d.restricted IN ($list)) ORDER BY c.due_at DESC, c.dossier LIMIT 1 \
             ON CONFLICT (dossier) DO UPDATE SET retention = excluded.retention, started_at = excluded.started_at, \
             due_at = excluded.due_at, charter_version = excluded.charter_version, asks_at = NULL, next_at = excluded.next_at")
            .bind(person)
            .bind(i64::from(self.charter().version()))
            .bind_list(SUSPENDED.map(PublicText::new))
            .bind_list(SUSPENDED.map(PublicText::new))
            .later(tx)
            .await?;
        Ok(())
    }

    async fn set_by_rule(&self, tx: &mut Tx, id: DossierId, dossier: &Dossier) -> Result<(), Error> {
        let happened = self.moments(On::Tx(&mut *tx), id).await?;
        let Some(rule) = self.rule(dossier, &happened) else {
            // Nothing has happened yet that ends it: a subscription that nobody has left.
            return self.stop_clock(tx, id).await;
        };
        let next_at = match dossier.restricted.as_deref() {
            Some(HELD) => self.held_until(&mut *tx, id).await?.max(Some(rule.until.at)),
            _ => Some(rule.until.at),
        };
        // Nobody is asked to keep on what they objected to, withdrew, or left behind.
        let ended = [OBJECTED, WITHDRAWN, DEATH].map(Some);
        let asks_at = rule
            .asks_at
            .filter(|_| !ended.contains(&dossier.restricted.as_deref()));
        // A question that was asked is answered, or asked anew, once the end moves.
        sql("INSERT INTO clocks (dossier, retention, started_at, due_at, charter_version, asks_at, next_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (dossier) DO UPDATE SET retention = excluded.retention, started_at = excluded.started_at, \
             asked_at = CASE WHEN clocks.asks_at = excluded.asks_at THEN clocks.asked_at END, \
             due_at = excluded.due_at, charter_version = excluded.charter_version, asks_at = excluded.asks_at, \
             next_at = excluded.next_at")
        .bind(id)
        .bind(PublicText::new(rule.until.retention))
        .bind(rule.started_at)
        .bind(rule.until.at)
        .bind(i64::from(self.charter().version()))
        .bind(asks_at)
        .bind(next_at)
        .later(tx)
        .await?;
        Ok(())
    }

    async fn stop_clock(&self, tx: &mut Tx, id: DossierId) -> Result<(), Error> {
        sql("DELETE FROM clocks WHERE dossier = $1")
            .bind(id)
            .run(tx)
            .await?;
        Ok(())
    }
}
