//! Owns: the two things that end everything of somebody on a request: an erasure, a death. Doesn't own: carrying the
//! erasure out ([`crate::keep::erase`]), what the charter has count from a death.

use charter::Trigger;
use kernel::{Id, Timestamp};
use storage::{LIST, PublicText, Tx, sql};
use vault::{DossierId, JournalKind};

use super::{StepKind, desk::AtHand};
use crate::{
    Actor, Error, Guard, Person,
    keep::{
        erase::{Erasure, Why},
        hold::{DEATH, OBJECTED, ON_REQUEST, RIGHTS},
    },
};

impl Guard {
    /// Has everything of the people erased whom a request is about; the request itself stays, restricted.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`] when they aren't filed any more.
    pub async fn erase_on_request(&self, actor: &Actor, at: &AtHand) -> Result<Vec<Id<Erasure>>, Error> {
        let staff = self.answers_rights(actor)?;
        let people = self.joined(&self.db, at.request.person).await?;
        let mut erasures = Vec::with_capacity(people.len());
        for person in people {
            match self.erase_for(person, staff, Why::Request).await {
                Ok(erasure) => erasures.push(erasure),
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if erasures.is_empty() {
            return Err(Error::NotFound);
        }
        let mut tx = self.begin().await?;
        self.note_step(&mut tx, actor, at, StepKind::Erased).await?;
        tx.commit().await?;
        Ok(erasures)
    }

    /// Notes that the person whom a request is about has died: the clocks that count from it run, nobody signs in as
    /// them, nothing more is mailed to them, nobody uses what is kept.
    ///
    /// # Errors
    /// [`Error::TooLate`] when it was noted before.
    pub async fn note_death(&self, actor: &Actor, at: &AtHand) -> Result<(), Error> {
        self.answers_rights(actor)?;
        let people = self.joined(&self.db, at.request.person).await?;
        let these = self.all_but_requests(&people).await?;
        if these.is_empty() {
            return Err(Error::TooLate);
        }
        self.set_apart_on(JournalKind::Restricted, DEATH, &these).await?;
        let now = self.now();
        let mut tx = self.begin().await?;
        self.end_with_death(&mut tx, &these, now).await?;
        self.drop_ways_in(&mut tx, &people, None).await?;
        for statement in [
            "DELETE FROM credentials WHERE account IN ($list)",
            "DELETE FROM devices WHERE account IN ($list)",
            "DELETE FROM address_changes WHERE person IN ($list)",
        ] {
            sql(statement)
                .bind_list(people.iter().copied())
                .run(&mut tx)
                .await?;
        }
        self.note_step(&mut tx, actor, at, StepKind::Death).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn end_with_death(
        &self,
        tx: &mut Tx,
        these: &[DossierId],
        at: Timestamp,
    ) -> Result<(), Error> {
        for some in these.chunks(LIST) {
            sql("UPDATE dossiers SET restricted = $1 WHERE id IN ($list) AND (restricted IS NULL OR restricted IN ($list))")
                .bind(PublicText::new(DEATH))
                .bind_list(some.iter().copied())
                .bind_list([ON_REQUEST, OBJECTED].map(PublicText::new))
                .run(&mut *tx)
                .await?;
        }
        self.drop_waiting_mails(tx, these).await?;
        for dossier in these {
            self.happened(tx, *dossier, Trigger::DeathNotified, at).await?;
        }
        self.ask_no_more(tx, these).await
    }

    /// Everything of these people, who they are among it, but what proves what became of their rights and whose death
    /// was noted.
    async fn all_but_requests(&self, people: &[Id<Person>]) -> Result<Vec<DossierId>, Error> {
        let rows = sql("SELECT id FROM dossiers WHERE person IN ($list) AND (restricted IS NULL OR restricted NOT IN ($list)) ORDER BY id")
            .bind_list(people.iter().copied())
            .bind_list([RIGHTS, DEATH].map(PublicText::new))
            .all(&self.db)
            .await?;
        rows.iter().map(|row| Ok(row.get("id")?)).collect()
    }
}
