//! Owns: what is done with applications one thing at a time, as programs ask it: bring one in, read its stages, its
//! decisions, its files. Doesn't own: what the desk does ([`super::service`]), their SQL.

use charter::Duty;
use guard::{Actor, Error, Shown, View, collect::Answers, decide::Decided, files::Listed};
use kernel::{Id, Locale};

use super::{
    model::{Application, Source, Step},
    service::{permit, readable, submit},
    store,
};
use crate::{Site, answers, confirm::Confirm, vacancies::Vacancy};

/// Files an application that staff bring in, as any other: the person is told by the same mail, with a link to follow it.
///
/// # Errors
/// [`Error::Forbidden`] without the duty to recruit; as [`submit`].
pub(super) async fn import(
    site: &Site,
    actor: &Actor,
    answers: Answers,
    vacancy: Option<&Vacancy>,
    locale: Locale,
) -> Result<Id<Application>, Error> {
    actor.on_duty(&site.guard().charter(), Duty::Recruit)?;
    submit(site, answers, vacancy, Source::Import, locale, Confirm::Yes).await
}

/// Whether the actor moves that application at all.
///
/// # Errors
/// [`Error::NotFound`] as for any reading, [`Error::Forbidden`] without the duty to recruit.
pub(super) async fn may_move(site: &Site, actor: &Actor, id: Id<Application>) -> Result<(), Error> {
    let guard = site.guard();
    readable(guard, actor, id).await?;
    actor.on_duty(&guard.charter(), Duty::Recruit).map(drop)
}

/// Whether the actor decides on that application at all.
///
/// # Errors
/// [`Error::NotFound`] as for any reading; as `Guard::may_decide`.
pub(super) async fn may_decide(site: &Site, actor: &Actor, id: Id<Application>) -> Result<(), Error> {
    readable(site.guard(), actor, id).await?;
    site.guard().may_decide(actor).map(drop)
}

/// Where an application stands for who brought it in, whoever may read it.
///
/// # Errors
/// [`Error::Forbidden`] without the duty to recruit, [`Error::NotFound`].
pub(super) async fn imported(
    site: &Site,
    actor: &Actor,
    id: Id<Application>,
) -> Result<(Application, Vec<Step>), Error> {
    let guard = site.guard();
    actor.on_duty(&guard.charter(), Duty::Recruit)?;
    let application = store::find(guard.db(), id).await?.ok_or(Error::NotFound)?;
    let steps = store::steps(guard.db(), id).await?;
    Ok((application, steps))
}

/// Where an application stands, and how it came there.
///
/// # Errors
/// [`Error::NotFound`] when there is none that this reader may see.
pub(super) async fn steps(
    site: &Site,
    actor: &Actor,
    id: Id<Application>,
) -> Result<(Application, Vec<Step>), Error> {
    let guard = site.guard();
    let application = readable(guard, actor, id).await?;
    let steps = store::steps(guard.db(), id).await?;
    Ok((application, steps))
}

/// What was decided about an application, the newest first.
///
/// # Errors
/// [`Error::NotFound`] as for any reading; [`Error::NotShown`] where the charter shows decisions to others only.
pub(super) async fn decisions(
    site: &Site,
    actor: &Actor,
    id: Id<Application>,
) -> Result<Vec<Decided>, Error> {
    let guard = site.guard();
    let application = readable(guard, actor, id).await?;
    guard
        .decisions(&permit(guard, actor)?, application.dossier())
        .await
}

/// The files of an application, with their names.
///
/// # Errors
/// [`Error::NotFound`] when there is none that this reader may see.
pub(super) async fn files(
    site: &Site,
    actor: &Actor,
    id: Id<Application>,
) -> Result<Vec<(Listed, Shown<String>)>, Error> {
    let guard = site.guard();
    let dossier = readable(guard, actor, id).await?.dossier();
    let permit = permit(guard, actor)?;
    let reading = guard.read(&permit, View::List, &[dossier]).await?;
    answers::files(guard, &reading, dossier).await
}
