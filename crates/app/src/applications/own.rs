//! Owns: what a person can do with their own applications: see them, as far as they are told, and withdraw. Doesn't own:
//! the desk's side ([`super::service`]), their pages ([`super::mine`]).

use charter::Trigger;
use guard::{Actor, Error, Guard, Person, View, backup::Replayed, export::Row, keep::Until};
use kernel::{Id, Timestamp, Word as _};

use super::{
    model::{Application, Stage, Step},
    service::permit,
    stages::{change_stage, unrefuse},
    store,
};
use crate::{
    Site,
    answers::{Held, OF_APPLICATIONS},
    pool,
    vacancies::{self, Vacancy},
};

/// The applications of the acting person, newest first.
///
/// # Errors
/// [`Error::Forbidden`] to who isn't one.
pub async fn all(site: &Site, actor: &Actor) -> Result<Vec<Own>, Error> {
    let guard = site.guard();
    actor.person().ok_or(Error::Forbidden)?;
    let mut own = Vec::new();
    for application in store::of_people(guard.db(), actor.people()).await? {
        own.push(view(guard, actor, application).await?);
    }
    Ok(own)
}

/// The acting person's latest application that is open, as far as they are told; nothing of it is opened.
///
/// # Errors
/// The storage's.
pub async fn open_of(guard: &Guard, actor: &Actor) -> Result<Option<Application>, Error> {
    for application in store::of_people(guard.db(), actor.people()).await? {
        let untold =
            application.stage == Stage::Refused && guard.is_refused_untold(application.dossier()).await?;
        if application.stage.is_open() || untold {
            return Ok(Some(application));
        }
    }
    Ok(None)
}

/// One application of the acting person.
///
/// # Errors
/// [`Error::NotFound`] when it isn't theirs.
pub async fn one(site: &Site, actor: &Actor, id: Id<Application>) -> Result<Own, Error> {
    let guard = site.guard();
    let application = store::find(guard.db(), id)
        .await?
        .filter(|application| actor.people().contains(&application.person));
    view(guard, actor, application.ok_or(Error::NotFound)?).await
}

/// An application as its own person sees it.
pub struct Own {
    /// The application; a refusal that isn't told yet isn't in it.
    pub application: Application,
    /// To which offer.
    pub vacancy: Option<Vacancy>,
    /// What happened, as far as it is told.
    pub steps: Vec<Step>,
    /// Until when it is kept.
    pub until: Option<Until>,
    /// What the form asked besides who.
    pub held: Held,
}

/// What somebody sent who may be the acting person as well, as far as the mails to that mailbox said it.
pub struct Sent {
    /// Under which person.
    pub person: Id<Person>,
    /// To which offer.
    pub vacancy: Option<Vacancy>,
    /// When.
    pub at: Timestamp,
}

/// The applications of those people, whom [`Guard::duplicates`] gave or who are joined; nothing of them is opened.
///
/// # Errors
/// The storage's.
pub async fn sent_by(guard: &Guard, people: &[Id<Person>]) -> Result<Vec<Sent>, Error> {
    let mut sent = Vec::new();
    for application in store::of_people(guard.db(), people).await? {
        sent.push(Sent {
            person: application.person,
            vacancy: vacancy_of(guard, &application).await,
            at: application.submitted_at,
        });
    }
    Ok(sent)
}

async fn vacancy_of(guard: &Guard, application: &Application) -> Option<Vacancy> {
    vacancies::service::find(guard.db(), application.vacancy?)
        .await
        .ok()
}

/// The person withdraws every application that is open; gives how many.
///
/// # Errors
/// The storage's and the vault's.
pub async fn withdraw_all(site: &Site, actor: &Actor) -> Result<usize, Error> {
    let mut withdrawn = 0;
    for own in all(site, actor).await? {
        if !own.application.stage.is_open() {
            continue;
        }
        match withdraw(site, actor, own.application.id).await {
            Ok(()) => withdrawn += 1,
            // Its end is being told at this moment.
            Err(Error::TooLate) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(withdrawn)
}

/// The person withdraws their application. Nothing is erased by it; its clock starts.
///
/// # Errors
/// [`Error::NotFound`] when it isn't theirs, [`Error::TooLate`] when it has ended.
pub async fn withdraw(site: &Site, actor: &Actor, id: Id<Application>) -> Result<(), Error> {
    let guard = site.guard();
    let own = one(site, actor, id).await?;
    if !own.application.stage.is_open() {
        return Err(Error::TooLate);
    }
    let dossier = guard.filed(own.application.dossier()).await?;
    let mut tx = guard.begin().await?;
    // What the person doesn't know yet is not told any more.
    if !guard.drop_untold_refusal(&mut tx, &dossier).await? {
        return Err(Error::TooLate);
    }
    let mut application = store::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if application.stage == Stage::Refused {
        unrefuse(guard, &mut tx, &application).await?;
        application.stage = own.application.stage;
    }
    let now = guard.now();
    change_stage(guard, &mut tx, &application, Stage::Withdrawn, now).await?;
    store::insert_step(
        &mut tx,
        id,
        &Step {
            stage: Stage::Withdrawn,
            at: now,
            staff: None,
        },
    )
    .await?;
    guard.withdrawn(&mut tx, &dossier).await?;
    pool::arrival::looked(&mut tx, guard, id, true).await?;
    Ok(tx.commit().await?)
}

/// Withdraws again what its person had withdrawn when an older backup was restored. Whatever the data say became of it
/// since is taken back, for it didn't happen to who had withdrawn.
///
/// # Errors
/// The storage's and the vault's.
pub async fn replay(guard: &Guard, since: &[Replayed]) -> Result<(), Error> {
    for one in since.iter().filter(|one| one.event == Trigger::Withdrawn) {
        let mut tx = guard.begin().await?;
        let Some(mut application) = store::find(&mut tx, one.dossier.cast()).await? else {
            continue;
        };
        if application.stage == Stage::Refused {
            let dossier = guard.filed(one.dossier).await?;
            guard.drop_untold_refusal(&mut tx, &dossier).await?;
            unrefuse(guard, &mut tx, &application).await?;
            application = store::find(&mut tx, application.id)
                .await?
                .ok_or(Error::NotFound)?;
        }
        if application.stage.is_open() {
            change_stage(guard, &mut tx, &application, Stage::Withdrawn, one.at).await?;
            let step = Step {
                stage: Stage::Withdrawn,
                at: one.at,
                staff: None,
            };
            store::insert_step(&mut tx, application.id, &step).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Takes a refusal that its person hasn't been told yet out of the rows of an application, as its page does.
pub(crate) fn hide_untold(rows: &mut Vec<Row>) {
    let refused = |row: &Row| row.word("stage") == Some(Stage::Refused.word());
    let (steps, applications) = ("application_steps", "applications");
    if !rows.iter().any(|row| row.table == applications && refused(row)) {
        return;
    }
    let last = rows.iter().rposition(|row| row.table == steps);
    if let Some(last) = last.filter(|last| rows.get(*last).is_some_and(refused)) {
        rows.remove(last);
    }
    let before = rows.iter().rfind(|row| row.table == steps);
    let before = before.and_then(|step| Some((step.fact("stage")?.clone(), step.fact("at")?.clone())));
    let Some((stage, since)) = before else {
        return;
    };
    for row in rows.iter_mut().filter(|row| row.table == applications) {
        row.set("stage", stage.clone());
        row.set("stage_since", since.clone());
    }
}

async fn view(guard: &Guard, actor: &Actor, mut application: Application) -> Result<Own, Error> {
    let mut steps = store::steps(guard.db(), application.id).await?;
    if application.stage == Stage::Refused && guard.is_refused_untold(application.dossier()).await? {
        // Not told yet, so not so yet.
        if steps.last().is_some_and(|step| step.stage == Stage::Refused) {
            steps.pop();
        }
        if let Some(before) = steps.last() {
            (application.stage, application.stage_since) = (before.stage, before.at);
        }
    }
    let vacancy = vacancy_of(guard, &application).await;
    let until = guard.told_until(application.dossier()).await?;
    let permit = permit(guard, actor)?;
    let reading = guard.read(&permit, View::One, &[application.dossier()]).await?;
    let held = OF_APPLICATIONS
        .show(guard, &reading, application.dossier())
        .await?;
    Ok(Own {
        application,
        vacancy,
        steps,
        until,
        held,
    })
}
