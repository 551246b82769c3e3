//! Owns: restricting the use of what is kept (GDPR art. 18), by its person or on a request, and lifting that again. Doesn't
//! own: what being restricted means ([`super::stop`]).

use kernel::Id;
use storage::{LIST, PublicText, Tx, sql};
use vault::{DossierId, JournalKind};

use super::{Request, StepKind, desk::AtHand, stop::chosen};
use crate::{Actor, Error, Guard, Person, keep::hold::ON_REQUEST, told::Cause};

impl Guard {
    /// Restricts dossiers of the acting person, or all of them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none of theirs to restrict.
    pub async fn restrict_own(&self, actor: &Actor, one: Option<DossierId>) -> Result<(), Error> {
        let free = self.own_dossiers(actor.people(), None).await?;
        let these = chosen(free, one)?;
        self.set_apart_on(JournalKind::Restricted, ON_REQUEST, &these)
            .await?;
        let mut tx = self.begin().await?;
        self.restrict_all(&mut tx, actor.people(), &these, ON_REQUEST)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The acting person lets what they had restricted be used again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing of theirs is.
    pub async fn lift_own(&self, actor: &Actor, one: Option<DossierId>) -> Result<(), Error> {
        let these = chosen(self.own_dossiers(actor.people(), Some(ON_REQUEST)).await?, one)?;
        let mut tx = self.begin().await?;
        self.lift_all(&mut tx, actor.people(), &these).await?;
        tx.commit().await?;
        self.set_apart_on(JournalKind::Lifted, ON_REQUEST, &these).await
    }

    /// Whether something of the people whom a request is about is restricted at their wish.
    ///
    /// # Errors
    /// The storage's.
    pub async fn is_restricted_for(&self, request: &Request) -> Result<bool, Error> {
        let people = self.joined(&self.db, request.person).await?;
        Ok(!self.own_dossiers(&people, Some(ON_REQUEST)).await?.is_empty())
    }

    /// Restricts everything of the people whom a request is about.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is nothing left to restrict.
    pub async fn restrict_for(&self, actor: &Actor, at: &AtHand) -> Result<(), Error> {
        let people = self.joined(&self.db, at.request.person).await?;
        let these = chosen(self.own_dossiers(&people, None).await?, None)?;
        self.set_apart_on(JournalKind::Restricted, ON_REQUEST, &these)
            .await?;
        let mut tx = self.begin().await?;
        self.restrict_all(&mut tx, &people, &these, ON_REQUEST).await?;
        self.note_step(&mut tx, actor, at, StepKind::Restricted).await?;
        Ok(tx.commit().await?)
    }

    /// Lifts the restriction on request of the people whom a request is about, in the transaction in which they are told
    /// (GDPR art. 18(3)); the caller calls [`Guard::lifted_for`] once it is committed.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing is restricted.
    pub async fn lift_for(&self, tx: &mut Tx, actor: &Actor, at: &AtHand) -> Result<Vec<DossierId>, Error> {
        let people = self.joined(&mut *tx, at.request.person).await?;
        let these = chosen(self.own_dossiers(&people, Some(ON_REQUEST)).await?, None)?;
        self.lift_all(tx, &people, &these).await?;
        self.note_step(tx, actor, at, StepKind::Lifted).await?;
        Ok(these)
    }

    /// Writes into the journal what [`Guard::lift_for`] lifted.
    ///
    /// # Errors
    /// The vault's.
    pub async fn lifted_for(&self, these: &[DossierId]) -> Result<(), Error> {
        self.set_apart_on(JournalKind::Lifted, ON_REQUEST, these).await
    }

    /// Sets dossiers apart that are in use, and the identities of whom nothing else is.
    async fn restrict_all(
        &self,
        tx: &mut Tx,
        people: &[Id<Person>],
        these: &[DossierId],
        why: &'static str,
    ) -> Result<(), Error> {
        self.set_restricted(tx, these, why).await?;
        self.settle_identities(tx, people, why).await?;
        self.tell_receivers(tx, Cause::Restricted, these).await?;
        let body = serde_json::json!({ "why": why, "dossiers": these.len() });
        self.note(tx, "restricted", None, &body).await
    }

    async fn lift_all(&self, tx: &mut Tx, people: &[Id<Person>], these: &[DossierId]) -> Result<(), Error> {
        for some in these.chunks(LIST) {
            sql("UPDATE dossiers SET restricted = NULL WHERE id IN ($list) AND restricted = $1")
                .bind(PublicText::new(ON_REQUEST))
                .bind_list(some.iter().copied())
                .run(&mut *tx)
                .await?;
        }
        self.settle_identities(tx, people, ON_REQUEST).await?;
        let body = serde_json::json!({ "why": ON_REQUEST, "dossiers": these.len() });
        self.note(tx, "lifted", None, &body).await
    }
}
