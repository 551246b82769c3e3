//! Owns: objecting to what rests on a legitimate interest (GDPR art. 21): it stops at once. Doesn't own: what stopping
//! means ([`super::stop`]).

use charter::{BasisKind, People, Trigger};
use kernel::Timestamp;
use storage::{PublicText, Tx, sql};
use vault::{DossierId, JournalKind};

use crate::{
    AccountKind, Actor, Error, Guard,
    keep::hold::{OBJECTED, ON_REQUEST},
};

/// A purpose that the acting person may object to, by itself.
#[derive(Debug, Clone)]
pub struct Objectable {
    /// The charter's purpose.
    pub purpose: String,
    /// Whether something of theirs is kept for it: then objecting stops it at once.
    pub at_once: bool,
    /// Since when they object.
    pub since: Option<Timestamp>,
}

impl Guard {
    /// Which purposes the acting person may object to: what rests on a legitimate interest and concerns them.
    ///
    /// # Errors
    /// The storage's.
    pub async fn objectable(&self, actor: &Actor) -> Result<Vec<Objectable>, Error> {
        let people = actor.people().iter().copied();
        let rows = sql("SELECT DISTINCT purpose FROM dossiers WHERE person IN ($list)")
            .bind_list(people.clone())
            .all(&self.db)
            .await?;
        let kept: Vec<String> = rows
            .iter()
            .map(|row| Ok(row.get::<PublicText, _>("purpose")?.into_string()))
            .collect::<Result<_, Error>>()?;
        let rows =
            sql("SELECT purpose, MIN(at) AS at FROM objections WHERE person IN ($list) GROUP BY purpose")
                .bind_list(people)
                .all(&self.db)
                .await?;
        let mut objected = Vec::with_capacity(rows.len());
        for row in &rows {
            let at: Timestamp = row.get("at")?;
            objected.push((row.get::<PublicText, _>("purpose")?.into_string(), at));
        }
        let charter = self.charter();
        let concerns = |purpose: &&charter::Purpose| {
            let known = kept.contains(&purpose.name);
            let everybody = purpose
                .people
                .iter()
                .any(|one| *one == People::Contact || AccountKind::Person.people().contains(one));
            purpose.basis.kind == BasisKind::LegitimateInterest && (known || everybody)
        };
        let purposes = charter.purposes().iter().filter(concerns);
        Ok(purposes
            .map(|purpose| Objectable {
                at_once: kept.contains(&purpose.name),
                since: objected
                    .iter()
                    .find(|(name, _)| *name == purpose.name)
                    .map(|(_, at)| *at),
                purpose: purpose.name.clone(),
            })
            .collect())
    }

    /// The acting person objects to a purpose for which something of theirs is kept; it stops at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't one of [`Guard::objectable`] that stop at once, [`Error::TooLate`] when they
    /// object already.
    pub async fn object_to(&self, actor: &Actor, purpose: &str) -> Result<(), Error> {
        let mut offered = self.objectable(actor).await?.into_iter();
        let one = offered.find(|one| one.purpose == purpose && one.at_once);
        if one.ok_or(Error::NotFound)?.since.is_some() {
            return Err(Error::TooLate);
        }
        let rows = sql(
            "SELECT id FROM dossiers WHERE person IN ($list) AND purpose = $1 AND id <> person \
             AND (restricted IS NULL OR restricted = $2)",
        )
        .bind(PublicText::new(purpose))
        .bind(PublicText::new(ON_REQUEST))
        .bind_list(actor.people().iter().copied())
        .all(&self.db)
        .await?;
        let these: Vec<DossierId> = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        self.set_apart_on(JournalKind::Objected, purpose, &these).await?;
        let now = self.now();
        let mut tx = self.begin().await?;
        for person in actor.people() {
            sql("INSERT INTO objections (person, purpose, at) VALUES ($1, $2, $3) ON CONFLICT (person, purpose) DO NOTHING")
                .bind(*person)
                .bind(PublicText::new(purpose))
                .bind(now)
                .run(&mut tx)
                .await?;
        }
        self.stop_on_objection(&mut tx, &these, now).await?;
        self.settle_identities(&mut tx, actor.people(), OBJECTED).await?;
        let body = serde_json::json!({ "purpose": purpose, "dossiers": these.len() });
        self.note(&mut tx, "objected", None, &body).await?;
        Ok(tx.commit().await?)
    }

    /// What an objection comes to for these dossiers: set apart, no question, no mail, and the clocks that count from it.
    pub(super) async fn stop_on_objection(
        &self,
        tx: &mut Tx,
        these: &[DossierId],
        at: Timestamp,
    ) -> Result<(), Error> {
        self.set_restricted(tx, these, OBJECTED).await?;
        self.drop_waiting_mails(tx, these).await?;
        for dossier in these {
            self.happened(tx, *dossier, Trigger::Objected, at).await?;
        }
        self.ask_no_more(tx, these).await
    }
}
