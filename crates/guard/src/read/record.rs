//! Owns: the records of who read whom, for what, on which day, and their end. Doesn't own: what a reading may reach
//! ([`super`]), showing them to their person ([`crate::own`]).

use std::{collections::HashMap, sync::Arc};

use charter::Trigger;
use kernel::{Date, Id};
use storage::{PublicText, sql};
use vault::DossierId;

use super::{Permit, Reach, Reader, SERVICE, View};
use crate::{Error, Guard, Person};

impl Guard {
    /// Written before the answer: one record of a list with its subjects, one a person of what was opened. What somebody
    /// reads of their own isn't.
    pub(super) async fn record(&self, permit: &Permit, view: View, reach: &Reach) -> Result<(), Error> {
        let (actor, role, errand) = match &permit.reader {
            Reader::Staff { id, role } => (id.to_string(), role.as_str(), None),
            Reader::Copyist {
                id, role, purpose, ..
            } => (id.to_string(), role.as_str(), Some(purpose.as_str())),
            Reader::Own(_) => return Ok(()),
            Reader::Service { errand } => ((*errand).to_owned(), SERVICE, None),
        };
        let mut by_purpose: HashMap<&str, Vec<Id<Person>>> = HashMap::new();
        for dossier in reach.values() {
            let subjects = by_purpose.entry(errand.unwrap_or(&dossier.purpose)).or_default();
            if !subjects.contains(&dossier.person) {
                subjects.push(dossier.person);
            }
        }
        if by_purpose.is_empty() {
            return Ok(());
        }
        let day = self.now().date(&self.zone);
        let mut tx = self.begin().await?;
        for (purpose, persons) in by_purpose {
            let about = Access {
                actor: &actor,
                role,
                purpose,
                day,
            };
            match view {
                View::List => {
                    let subjects: Vec<String> = persons.iter().map(Id::to_string).collect();
                    sql("INSERT INTO access_views (id, actor, role, purpose, day, subjects) VALUES ($1, $2, $3, $4, $5, $6)")
                        .bind(self.id::<View>())
                        .bind(PublicText::new(about.actor))
                        .bind(PublicText::new(about.role))
                        .bind(PublicText::new(about.purpose))
                        .bind(about.day)
                        .bind(PublicText::new(subjects.join(" ")))
                        .run(&mut tx)
                        .await?;
                }
                View::One => {
                    for person in persons {
                        about.count(&mut tx, person, 1, 0).await?;
                    }
                }
            }
        }
        Ok(tx.commit().await?)
    }

    /// Folds the records of list views into days, so that a person can be shown them; gives how many.
    ///
    /// # Errors
    /// The storage's.
    pub async fn fold_access(&self) -> Result<usize, Error> {
        let mut tx = self.begin().await?;
        let rows =
            sql("SELECT id, actor, role, purpose, day, subjects FROM access_views ORDER BY id LIMIT 200")
                .all(&mut tx)
                .await?;
        for row in &rows {
            let (actor, role): (PublicText, PublicText) = (row.get("actor")?, row.get("role")?);
            let (purpose, subjects): (PublicText, PublicText) = (row.get("purpose")?, row.get("subjects")?);
            let about = Access {
                actor: &actor,
                role: &role,
                purpose: &purpose,
                day: row.get("day")?,
            };
            let people: Vec<DossierId> = subjects.split(' ').filter_map(|id| id.parse().ok()).collect();
            // Of somebody erased since there is nobody left to tell.
            for some in people.chunks(storage::LIST) {
                let filed = sql("SELECT id FROM dossiers WHERE id IN ($list)")
                    .bind_list(some.iter().copied())
                    .all(&mut tx)
                    .await?;
                for one in &filed {
                    about.count(&mut tx, one.get("id")?, 0, 1).await?;
                }
            }
            sql("DELETE FROM access_views WHERE id = $1")
                .bind(row.get::<Id<View>, _>("id")?)
                .run(&mut tx)
                .await?;
        }
        tx.commit().await?;
        Ok(rows.len())
    }

    /// Erases the records of each day whose own time is over, as the charter said when they were written or says now: they
    /// end by themselves, also of somebody who is kept on.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn end_access_records(&self) -> Result<(), Error> {
        loop {
            let oldest = sql("SELECT MIN(day) AS day FROM access_days")
                .one(&self.db)
                .await?;
            let Some(day) = oldest.get::<Option<Date>, _>("day")? else {
                return Ok(());
            };
            let at = day.start(&self.zone);
            let charter = Arc::clone(&self.law.load().at(at).charter);
            let rule = charter.access_records().and_then(|purpose| {
                self.rule_since(charter.version(), &purpose.name, &[(Trigger::Collected, at)])
            });
            if rule.is_none_or(|rule| self.now() < rule.until.at) {
                return Ok(());
            }
            let mut tx = self.begin().await?;
            sql("DELETE FROM access_days WHERE day = $1")
                .bind(day)
                .run(&mut tx)
                .await?;
            tx.commit().await?;
        }
    }
}

/// Who read for what on which day.
struct Access<'a> {
    actor: &'a str,
    role: &'a str,
    purpose: &'a str,
    day: kernel::Date,
}

impl Access<'_> {
    async fn count(
        &self,
        tx: &mut storage::Tx,
        person: Id<Person>,
        opened: i64,
        listed: i64,
    ) -> Result<(), Error> {
        sql("INSERT INTO access_days (person, day, actor, role, purpose, opened, listed) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (person, day, actor, role, purpose) DO UPDATE SET \
             opened = access_days.opened + excluded.opened, listed = access_days.listed + excluded.listed")
            .bind(person)
            .bind(self.day)
            .bind(PublicText::new(self.actor))
            .bind(PublicText::new(self.role))
            .bind(PublicText::new(self.purpose))
            .bind(opened)
            .bind(listed)
            .run(tx)
            .await?;
        Ok(())
    }
}
