//! Owns: what a person is told about what is kept of theirs: each dossier and until when, who read what on which day.
//! Doesn't own: opening a dossier ([`crate::read`]), the clocks ([`crate::keep`]).

use std::collections::HashSet;

use charter::Trigger;
use kernel::{Date, Id, Timestamp};
use storage::{On, PublicText, sql};
use vault::DossierId;

use crate::{
    Actor, Error, Guard, Person, SERVICE,
    keep::{Until, clock::Rule},
};

/// What happens to a dossier by a decision that its person may not know of yet.
pub(crate) const UNTOLD: [Trigger; 3] = [Trigger::Decision, Trigger::ProcessEnd, Trigger::JudgedIrrelevant];

/// A dossier of the acting person.
#[derive(Debug, Clone)]
pub struct Held {
    /// Which.
    pub dossier: DossierId,
    /// The charter's purpose.
    pub purpose: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Until when it is kept, as far as the person is told.
    pub until: Option<Until>,
}

/// What one role read of the acting person for one purpose on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// In which role, by the charter's name; [`SERVICE`] when no human did.
    pub role: String,
    /// The service's errand: the word of a mail's kind, or another; empty for a human.
    pub errand: String,
    /// For which of the charter's purposes.
    pub purpose: String,
    /// How often something of theirs was opened.
    pub opened: i64,
    /// How often they stood in a list.
    pub listed: i64,
}

/// Days on which something was read, newest first.
#[derive(Debug, Clone)]
pub struct ReadDays {
    /// Each day and what was read.
    pub days: Vec<(Date, Vec<Read>)>,
    /// The earlier ones come before this day; `None` when there are none.
    pub before: Option<Date>,
}

impl Guard {
    /// Every dossier of the acting person, newest first.
    ///
    /// # Errors
    /// The storage's.
    pub async fn held(&self, actor: &Actor) -> Result<Vec<Held>, Error> {
        self.held_of(actor.people()).await
    }

    /// Every dossier of these people, newest first, as they are told.
    pub(crate) async fn held_of(&self, people: &[Id<Person>]) -> Result<Vec<Held>, Error> {
        let rows = sql(
            "SELECT id, person, purpose, opened_at FROM dossiers WHERE person IN ($list) \
             ORDER BY opened_at DESC, id DESC",
        )
        .bind_list(people.iter().copied())
        .all(&self.db)
        .await?;
        let mut held = Vec::with_capacity(rows.len());
        let mut whose: Vec<Id<Person>> = Vec::with_capacity(rows.len());
        let mut untold = HashSet::new();
        for row in &rows {
            let (dossier, person) = (row.get("id")?, row.get("person")?);
            let until = if self.is_refused_untold(dossier).await? {
                untold.insert(person);
                self.rule_told(dossier).await?.map(|rule| rule.until)
            } else {
                self.until(&self.db, dossier).await?
            };
            whose.push(person);
            held.push(Held {
                dossier,
                purpose: row.get::<PublicText, _>("purpose")?.into_string(),
                opened_at: row.get("opened_at")?,
                until,
            });
        }
        for person in untold {
            follow(&mut held, &whose, person);
        }
        Ok(held)
    }

    /// Until when the dossier is kept, as its person is told: a refusal that they don't know of yet changes nothing.
    ///
    /// # Errors
    /// The storage's.
    pub async fn told_until(&self, dossier: DossierId) -> Result<Option<Until>, Error> {
        if !self.is_refused_untold(dossier).await? {
            return self.until(&self.db, dossier).await;
        }
        Ok(self.rule_told(dossier).await?.map(|rule| rule.until))
    }

    /// The rule that ends the dossier as its person knows it: without a decision that they don't know of yet.
    pub(crate) async fn rule_told(&self, dossier: DossierId) -> Result<Option<Rule>, Error> {
        let mut happened = self.moments(On::Db(&self.db), dossier).await?;
        happened.retain(|(event, _)| !UNTOLD.contains(event));
        Ok(self.rule(&self.dossier(&self.db, dossier).await?, &happened))
    }

    /// Who read what of the acting person, on at most `size` days before that one; staff by their role alone.
    ///
    /// # Errors
    /// The storage's.
    pub async fn readings_of(
        &self,
        actor: &Actor,
        before: Option<Date>,
        size: usize,
    ) -> Result<ReadDays, Error> {
        let before = before.map_or_else(|| PublicText::new("9999"), |day| PublicText::new(day.to_string()));
        let limit = u32::try_from(size + 1).unwrap_or(u32::MAX);
        let rows = sql(
            "SELECT DISTINCT day FROM access_days WHERE person IN ($list) AND day < $1 \
             ORDER BY day DESC LIMIT $2",
        )
        .bind(before.clone())
        .bind(limit)
        .bind_list(actor.people().iter().copied())
        .all(&self.db)
        .await?;
        let mut days: Vec<Date> = rows.iter().map(|row| row.get("day")).collect::<Result<_, _>>()?;
        let more = days.len() > size;
        days.truncate(size);
        let mut read = ReadDays {
            days: days.iter().map(|day| (*day, Vec::new())).collect(),
            before: days.last().copied().filter(|_| more),
        };
        let rows = sql("SELECT day, role, errand, purpose, CAST(SUM(opened) AS BIGINT) AS opened, CAST(SUM(listed) AS BIGINT) AS listed \
             FROM (SELECT day, role, CASE WHEN role = $1 THEN actor ELSE '' END AS errand, purpose, opened, listed \
             FROM access_days WHERE person IN ($list) AND day IN ($list)) AS reads \
             GROUP BY day, role, errand, purpose ORDER BY day DESC, role, errand, purpose")
        .bind(PublicText::new(SERVICE))
        .bind_list(actor.people().iter().copied())
        .bind_list(days)
        .all(&self.db)
        .await?;
        for row in &rows {
            let day: Date = row.get("day")?;
            let this = Read {
                role: row.get::<PublicText, _>("role")?.into_string(),
                errand: row.get::<PublicText, _>("errand")?.into_string(),
                purpose: row.get::<PublicText, _>("purpose")?.into_string(),
                opened: row.get("opened")?,
                listed: row.get("listed")?,
            };
            if let Some((_, list)) = read.days.iter_mut().find(|(known, _)| *known == day) {
                list.push(this);
            }
        }
        Ok(read)
    }
}

/// Lets a person's identity live as long as the last of what is theirs, as they are told of it.
fn follow(held: &mut [Held], whose: &[Id<Person>], person: Id<Person>) {
    let identity: DossierId = person.cast();
    let others = held.iter().zip(whose);
    let others = others.filter(|(held, of)| **of == person && held.dossier != identity);
    // One without an end has none.
    let last = others
        .map(|(held, _)| held.until.clone())
        .reduce(|one, other| match (one, other) {
            (Some(one), Some(other)) => Some(if one.at < other.at { other } else { one }),
            _ => None,
        });
    if let Some(own) = held.iter_mut().find(|held| held.dossier == identity) {
        own.until = last.flatten();
    }
}
