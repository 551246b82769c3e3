//! Owns: erasing, for whatever reason: journal, key, files, rows, in that order, so that what is half done is unreadable
//! already and is finished after any death of the process; and reducing a dossier to what a floor or an archive keeps.
//! Doesn't own: when ([`super::sweep`], the person's own word), which tables there are ([`crate::Holdings`]).

use std::collections::{BTreeMap, HashMap, HashSet};

use charter::Duty;
use kernel::{Id, Timestamp, words};
use platform::jobs::{JobToken, Outcome};
use storage::{LIST, PublicText, Tx, sql};
use vault::{DossierId, JournalEntry, JournalKind};

use super::hold::{HELD, SUSPENDED};
pub use super::outcome::{Erased, Progress};
use crate::{Actor, Column, Error, Guard, Person, Staff, Table, dossier::Dossier, told::Cause};

/// Marks the id of an erasure.
pub enum Erasure {}

/// The kind of the job that carries an erasure out.
pub const ERASE: &str = "guard.erase";
/// So many dossiers go at a time: a transaction that others wait for stays short.
const BATCH: u32 = 100;

words! {
    /// Why something was erased.
    pub enum Why {
        /// Its time had come.
        Due = "due",
        /// Its person asked for it.
        Asked = "asked",
        /// Asked whether to keep on, its person said no.
        Declined = "declined",
        /// A human found it of no interest.
        Irrelevant = "irrelevant",
        /// Who is charged with data protection did, on a request.
        Request = "request",
    }
}

words! {
    /// How far an erasure reaches.
    pub enum Scope {
        /// One dossier.
        Dossier = "dossier",
        /// Everything of a person.
        Person = "person",
    }
}

impl Guard {
    /// Decides an erasure in the caller's transaction. From its commit on it is carried out to its end.
    ///
    /// # Errors
    /// The storage's.
    pub async fn decide_erasure(
        &self,
        tx: &mut Tx,
        scope: Scope,
        subject: Id<()>,
        why: Why,
        staff: Option<Id<Staff>>,
    ) -> Result<Id<Erasure>, Error> {
        let id: Id<Erasure> = self.id();
        // The pseudonym dies with the key: what is told at the end bears it still.
        let pseudonym = match self.vault.pseudonym(subject.cast()).await {
            Err(vault::Error::Absent | vault::Error::Destroyed) => None,
            pseudonym => Some(pseudonym?),
        };
        sql(
            "INSERT INTO erasures (id, scope, subject, why, staff, asked_at, erased, kept, pseudonym) \
             VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7)",
        )
        .bind(id)
        .bind(scope)
        .bind(subject)
        .bind(why)
        .bind(staff)
        .bind(self.now())
        .bind(pseudonym)
        .run(&mut *tx)
        .await?;
        self.enqueue(tx, ERASE, Some(id.cast()), self.now()).await?;
        Ok(id)
    }

    /// A person wants everything of theirs erased: whoever is joined to them too. Their ways in end at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no person acts.
    pub async fn erase_own(&self, actor: &Actor) -> Result<Vec<Id<Erasure>>, Error> {
        if actor.people().is_empty() {
            return Err(Error::NotFound);
        }
        let mut tx = self.begin().await?;
        let mut erasures = Vec::new();
        for person in actor.people() {
            let subject = person.cast();
            erasures.push(
                self.decide_erasure(&mut tx, Scope::Person, subject, Why::Asked, None)
                    .await?,
            );
        }
        tx.commit().await?;
        self.end_ways_in(actor).await?;
        Ok(erasures)
    }

    /// A member of staff charged with data protection decides that everything of a person goes, on their request.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the person isn't filed, [`Error::Forbidden`] when that member of staff hasn't the duty.
    pub async fn erase_for(
        &self,
        person: Id<Person>,
        staff: Id<Staff>,
        why: Why,
    ) -> Result<Id<Erasure>, Error> {
        self.charged(staff, Duty::Protect).await?;
        if !self.is_a_person(person).await? {
            return Err(Error::NotFound);
        }
        let mut tx = self.begin().await?;
        let erasure = self
            .decide_erasure(&mut tx, Scope::Person, person.cast(), why, Some(staff))
            .await?;
        tx.commit().await?;
        Ok(erasure)
    }

    /// The job that carries an erasure out.
    pub async fn erase(&self, token: JobToken) -> Outcome {
        let Some(row) = token.subject() else {
            return Outcome::Failed;
        };
        match self.carry_out(row.cast()).await {
            Ok(_) => Outcome::Done,
            Err(error) => {
                tracing::warn!(%error, row = %row, "an erasure can't be carried out now");
                Outcome::Retry
            }
        }
    }

    /// Carries an erasure out; once it is done, again changes nothing.
    ///
    /// # Errors
    /// The storage's and the vault's: to be tried again.
    pub async fn carry_out(&self, id: Id<Erasure>) -> Result<Erased, Error> {
        let row = sql("SELECT scope, subject, why, done_at FROM erasures WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let (scope, why): (Scope, Why) = (row.get("scope")?, row.get("why")?);
        let subject: Id<()> = row.get("subject")?;
        if row.get::<Option<Timestamp>, _>("done_at")?.is_some() {
            return Ok(self.erasure(id).await?.so_far);
        }
        if scope == Scope::Dossier {
            self.end_or_keep(id, &[subject.cast()], why).await?;
        } else {
            while let ids @ [_, ..] = self.left_of(subject.cast()).await?.as_slice() {
                self.end_or_keep(id, ids, why).await?;
            }
            // Who it is about goes with the last of it, and not before.
            let identity = self.alone(&[subject.cast()], &[]).await?;
            self.erase_for_good(&identity, why, Some(id)).await?;
        }
        self.finish_erasure(id, scope, subject, why).await?;
        Ok(self.erasure(id).await?.so_far)
    }

    /// Dossiers of the person that are to go still, who they are aside.
    async fn left_of(&self, person: Id<Person>) -> Result<Vec<DossierId>, Error> {
        let rows =
            sql("SELECT id FROM dossiers WHERE person = $1 AND id <> $1 AND (restricted IS NULL OR restricted IN ($list)) \
                 AND (restricted IS NULL OR restricted <> $3) ORDER BY id LIMIT $2")
                .bind(person)
                .bind(BATCH)
                .bind(PublicText::new(HELD))
                .bind_list(SUSPENDED.map(PublicText::new))
                .all(&self.db)
                .await?;
        rows.iter().map(|row| Ok(row.get("id")?)).collect()
    }

    /// Erases these, or restricts what must stay.
    async fn end_or_keep(&self, id: Id<Erasure>, dossiers: &[DossierId], why: Why) -> Result<(), Error> {
        let known = self.dossiers(dossiers).await?;
        let now = self.now();
        let holds = self.ends_of_holds(dossiers, now).await?;
        let (mut go, mut stay) = (Vec::new(), Vec::new());
        for (&dossier, row) in &known {
            match holds.get(&dossier) {
                Some(until) => stay.push((dossier, Stay::hold(*until))),
                None => match self.floor_of(dossier, row, now).await? {
                    Some(floor) => stay.push((dossier, floor)),
                    None => go.push(dossier),
                },
            }
        }
        for (dossier, stays) in &stay {
            self.set_apart(*dossier, stays).await?;
        }
        self.erase_for_good(&go, why, Some(id)).await?;
        Ok(())
    }

    /// Erases dossiers for good, and the identities of whom nothing else is left; gives how many went. May be called
    /// again over what an earlier call left half done.
    pub(super) async fn erase_dossiers(&self, ids: &[DossierId], why: Why) -> Result<u64, Error> {
        self.erase_for_good(ids, why, None).await
    }

    /// As [`Guard::erase_dossiers`], counted as part of an erasure that was decided.
    async fn erase_for_good(
        &self,
        ids: &[DossierId],
        why: Why,
        part_of: Option<Id<Erasure>>,
    ) -> Result<u64, Error> {
        if ids.is_empty() {
            return Ok(0);
        }
        let known = self.dossiers(ids).await?;
        let mut all: Vec<DossierId> = ids.to_vec();
        all.extend(self.left_alone(ids, &known).await?);
        let entries: Vec<JournalEntry> = all
            .iter()
            .map(|id| JournalEntry {
                kind: JournalKind::Erased,
                subject: Some(self.vault.subject(*id)),
                scope: PublicText::new("dossier"),
            })
            .collect();
        self.vault.record_journal(&entries).await?;
        if let Err(error) = self.vault.destroy(&all).await {
            // Gone all the same, but for old pages of the key store's log, which go with the next turn?
            let busy = matches!(error, vault::Error::Store(storage::Error::Busy));
            if !busy || !self.vault.active(&all).await?.is_empty() {
                return Err(error.into());
            }
        }
        for id in &all {
            self.files.remove_all(*id).await?;
        }
        let gone = self.dossiers(&all).await?;
        let mut tx = self.begin().await?;
        if let Some(id) = part_of {
            self.count_erased(&mut tx, id, &gone).await?;
        }
        // While it is on record still who received what.
        let batch = part_of.map_or_else(|| self.id(), Id::cast);
        self.tell_together(&mut tx, Cause::Erased, &all, batch).await?;
        self.erase_rows(&mut tx, &all).await?;
        let people: HashSet<Id<Person>> = known.values().map(|row| row.person).collect();
        for person in people {
            if !all.contains(&person.cast()) {
                self.follow(&mut tx, person).await?;
            }
        }
        self.note(&mut tx, "erased", None, &said(&known, all.len(), why))
            .await?;
        tx.commit().await?;
        Ok(all.len() as u64)
    }

    /// The identities of those of whom nothing is left in use once these dossiers are gone.
    pub(super) async fn left_alone(
        &self,
        going: &[DossierId],
        known: &HashMap<DossierId, Dossier>,
    ) -> Result<Vec<DossierId>, Error> {
        let identities: HashSet<DossierId> = known
            .iter()
            .filter(|(id, row)| !row.is_identity(**id))
            .map(|(_, row)| row.person.cast())
            .filter(|identity| !going.contains(identity))
            .collect();
        let identities: Vec<DossierId> = identities.into_iter().collect();
        self.alone(&identities, going).await
    }

    /// Those of the identities that are filed and not held, and whose person has no dossier in use but these.
    pub(super) async fn alone(
        &self,
        identities: &[DossierId],
        going: &[DossierId],
    ) -> Result<Vec<DossierId>, Error> {
        let mut alone = Vec::new();
        for some in identities.chunks(LIST) {
            let rows = sql("SELECT i.id FROM dossiers i WHERE i.id IN ($list) AND (i.restricted IS NULL OR i.restricted <> $1) \
                 AND NOT EXISTS (SELECT 1 FROM dossiers o WHERE o.person = i.person AND o.id <> i.id \
                 AND (o.restricted IS NULL OR o.restricted IN ($list)) AND o.id NOT IN ($list))")
                .bind(PublicText::new(HELD))
                .bind_list(some.iter().copied())
                .bind_list(SUSPENDED.map(PublicText::new))
                .bind_list(going.iter().copied().take(LIST))
                .all(&self.db)
                .await?;
            for row in &rows {
                alone.push(row.get("id")?);
            }
        }
        Ok(alone)
    }

    /// Every row that ends with one of these dossiers, in every table that anybody declares.
    pub(crate) async fn erase_rows(&self, tx: &mut Tx, ids: &[DossierId]) -> Result<(), Error> {
        for some in ids.chunks(LIST) {
            // A mail that waits is withdrawn: its job first, while the mail still says which.
            sql("DELETE FROM jobs WHERE subject IN (SELECT id FROM mails WHERE dossier IN ($list))")
                .bind_list(some.iter().copied())
                .run(&mut *tx)
                .await?;
            sql("DELETE FROM jobs WHERE subject IN ($list)")
                .bind_list(some.iter().copied())
                .run(&mut *tx)
                .await?;
            for table in self.tables() {
                for &column in table.ends {
                    sql("DELETE FROM ")
                        .then(table.name)
                        .then(" WHERE ")
                        .then(column)
                        .then(" IN ($list)")
                        .bind_list(some.iter().copied())
                        .run(&mut *tx)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Sets a dossier apart: what may stay of it stays, restricted; the rest goes.
    pub(super) async fn set_apart(&self, dossier: DossierId, stay: &Stay) -> Result<(), Error> {
        let files = match &stay.fields {
            Some(fields) => self.files_outside(dossier, fields).await?,
            None => Vec::new(),
        };
        let mut tx = self.begin().await?;
        if let Some(fields) = &stay.fields {
            self.reduce(&mut tx, dossier, fields).await?;
        }
        self.restrict(&mut tx, dossier, &stay.why, stay.until).await?;
        let person = self.dossier(&mut tx, dossier).await?.person;
        self.follow(&mut tx, person).await?;
        let body = serde_json::json!({ "why": stay.why, "fields": stay.fields });
        self.note(&mut tx, "set_apart", None, &body).await?;
        tx.commit().await?;
        for file in files {
            self.files.remove(dossier, file)?;
        }
        Ok(())
    }

    async fn files_outside(
        &self,
        dossier: DossierId,
        fields: &[String],
    ) -> Result<Vec<Id<vault::SealedFile>>, Error> {
        let files = self.files_of(dossier).await?;
        let outside = files.into_iter().filter(|file| !fields.contains(&file.field));
        Ok(outside.map(|file| file.id).collect())
    }

    /// Takes every personal value out of a dossier that isn't of one of these fields.
    async fn reduce(&self, tx: &mut Tx, dossier: DossierId, fields: &[String]) -> Result<(), Error> {
        let keeps = |field: &str| fields.iter().any(|kept| kept == field);
        let names = || fields.iter().map(|field| PublicText::new(field.as_str()));
        for table in self.tables() {
            let personal = |table: &Table| -> Vec<&'static str> {
                let columns = table.columns.iter();
                let of = columns.filter_map(|(_, column)| match column {
                    Column::Personal(field) => Some(*field),
                    _ => None,
                });
                of.collect()
            };
            let named_by = table.columns.iter().find_map(|(_, column)| match column {
                Column::PersonalNamedBy(by) => Some(*by),
                _ => None,
            });
            let of = personal(table);
            for &ends in table.ends {
                if let Some(by) = named_by {
                    sql("DELETE FROM ")
                        .then(table.name)
                        .then(" WHERE ")
                        .then(ends)
                        .then(" = $1 AND ")
                        .then(by)
                        .then(" NOT IN ($list)")
                        .bind(dossier)
                        .bind_list(names())
                        .run(&mut *tx)
                        .await?;
                } else if !of.is_empty() && !of.iter().any(|field| keeps(field)) {
                    sql("DELETE FROM ")
                        .then(table.name)
                        .then(" WHERE ")
                        .then(ends)
                        .then(" = $1")
                        .bind(dossier)
                        .run(&mut *tx)
                        .await?;
                } else {
                    for (column, kind) in table.columns {
                        if matches!(kind, Column::Personal(field) if !keeps(field)) {
                            sql("UPDATE ")
                                .then(table.name)
                                .then(" SET ")
                                .then(column)
                                .then(" = NULL WHERE ")
                                .then(ends)
                                .then(" = $1")
                                .bind(dossier)
                                .run(&mut *tx)
                                .await?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Every table that anybody declares.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &'static Table> {
        let all = crate::holdings::HOUSE.iter().chain(&self.holdings);
        all.flat_map(|holdings| holdings.tables)
    }
}

/// What stays of a dossier when it ends, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stay {
    /// [`HELD`], or the retention whose floor or archive it is.
    pub(super) why: String,
    pub(super) until: Timestamp,
    /// What stays; `None` is all.
    pub(super) fields: Option<Vec<String>>,
}

impl Stay {
    pub(super) fn hold(until: Timestamp) -> Self {
        Self {
            why: HELD.to_owned(),
            until,
            fields: None,
        }
    }
}

/// What the ledger says of it: counts and words.
fn said(known: &HashMap<DossierId, Dossier>, all: usize, why: Why) -> serde_json::Value {
    let mut purposes: BTreeMap<&str, u64> = BTreeMap::new();
    for row in known.values() {
        *purposes.entry(&row.purpose).or_default() += 1;
    }
    serde_json::json!({ "why": kernel::Word::word(why), "dossiers": all, "purposes": purposes })
}
