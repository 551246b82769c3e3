//! Owns: what a recruiter does with an entry: put its person forward for an offer, take them out and undo that. Doesn't
//! own: who may see it ([`super::service`]), erasing it (`guard::keep`).

use charter::{Duty, Trigger};
use guard::{Actor, Error, View, decide::UNDO_SECONDS};
use kernel::Id;

use super::{
    entering::step,
    model::{Entry, StepKind},
    service::{permit, readable, recruiting},
    store,
};
use crate::{
    Site,
    answers::OF_THE_POOL,
    applications::{self, model::Application},
    vacancies::{self, Vacancy, model::State as Offered},
};

/// Puts the person of an entry forward for an offer: an application of theirs, with what the charter lets one hold of what
/// is held here. They are told by mail, and may withdraw it. Whose consent to the pool it rests on is their last contact:
/// nothing that a recruiter does lengthens anything.
///
/// # Errors
/// [`Error::NotFound`] when this reader may not see the entry, or the offer isn't public; [`Error::TooLate`] when the
/// person hasn't agreed, or was taken out.
pub async fn forward(
    site: &Site,
    actor: &Actor,
    id: Id<Entry>,
    to: Id<Vacancy>,
) -> Result<Id<Application>, Error> {
    let guard = site.guard();
    let staff = recruiting(guard, actor)?;
    actor.on_duty(&guard.charter(), Duty::Recruit)?;
    let entry = readable(site, actor, id).await?;
    let (true, Some(agreed_at)) = (entry.is_usable(), entry.agreed_at) else {
        return Err(Error::TooLate);
    };
    // Their yes, or that they said so again since.
    let last_contact = guard.happened_at(entry.dossier(), Trigger::LastContact).await?;
    let vacancy = vacancies::service::find(guard.db(), to).await?;
    if vacancy.state != Offered::Published {
        return Err(Error::NotFound);
    }
    let permit = permit(guard, actor)?;
    let dossiers = [entry.dossier(), entry.person.cast()];
    let reading = guard.read(&permit, View::One, &dossiers).await?;
    let new = applications::forwarding::Forwarded {
        from: entry.dossier(),
        person: entry.person,
        language: entry.language,
        last_contact: last_contact.unwrap_or(agreed_at),
        values: OF_THE_POOL.open(guard, &reading, entry.dossier()).await?,
        staff,
    };
    let prepared = applications::forwarding::prepare(site, &reading, new).await?;
    let mut tx = guard.begin().await?;
    let application = prepared.file(site, &mut tx, &vacancy).await?;
    step(&mut tx, id, StepKind::Forwarded, guard.now(), Some(staff)).await?;
    tx.commit().await?;
    site.ring();
    Ok(application)
}

/// Takes somebody out: they are of no interest any more. What is held ends when that can't be undone any more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] to who doesn't recruit, [`Error::TooLate`] when they are out already.
pub async fn remove(site: &Site, actor: &Actor, id: Id<Entry>) -> Result<(), Error> {
    let guard = site.guard();
    let staff = recruiting(guard, actor)?;
    let entry = readable(site, actor, id).await?;
    if entry.removed_at.is_some() {
        return Err(Error::TooLate);
    }
    let now = guard.now();
    let ends = now.plus_seconds(UNDO_SECONDS);
    let mut tx = guard.begin().await?;
    if store::set_removed(&mut tx, id, None, Some(ends)).await? == 0 {
        return Err(Error::TooLate);
    }
    guard
        .happened(&mut tx, entry.dossier(), Trigger::JudgedIrrelevant, ends)
        .await?;
    step(&mut tx, id, StepKind::Removed, now, Some(staff)).await?;
    Ok(tx.commit().await?)
}

/// Takes that back within its quarter of an hour.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::TooLate`] after the window.
pub async fn undo(site: &Site, actor: &Actor, id: Id<Entry>) -> Result<(), Error> {
    let guard = site.guard();
    let staff = recruiting(guard, actor)?;
    let entry = readable(site, actor, id).await?;
    let now = guard.now();
    if entry.removed_at.is_none_or(|until| now >= until) {
        return Err(Error::TooLate);
    }
    let mut tx = guard.begin().await?;
    if store::set_removed(&mut tx, id, entry.removed_at, None).await? == 0 {
        return Err(Error::TooLate);
    }
    guard
        .unhappened(&mut tx, entry.dossier(), Trigger::JudgedIrrelevant)
        .await?;
    step(&mut tx, id, StepKind::Undone, now, Some(staff)).await?;
    Ok(tx.commit().await?)
}
