//! Owns: what can be done with applications: send, list, read, move, refuse, undo, withdraw. Doesn't own: what may be
//! read or decided (the doors of `guard`), their SQL, their pages.

use std::collections::{HashMap, HashSet};

use charter::{Charter, Condition, Duty, PurposeKind, Trigger};
use guard::{
    Actor, Colleague, DossierId, Error, Guard, Permit, Person, Personal, Staff, View,
    collect::Answers,
    decide::Reason,
    keep::Until,
    send::{MailKind, MailState, NewMail},
};
use kernel::{Cursor, Id, Locale, Page, Timestamp};
use storage::Tx;

use super::{
    letters,
    model::{Application, Count, Source, Stage, Step},
    stages::{change_stage, unrefuse},
    store,
};
use crate::{
    Site,
    account::people::{self, ShownPerson},
    answers::{Held, OF_APPLICATIONS},
    confirm::Confirm,
    figures::service as figures,
    pool,
    vacancies::{self, Vacancy},
};

/// The purposes for which applications are read.
pub const PURPOSES: [PurposeKind; 2] = [PurposeKind::Apply, PurposeKind::ApplyUnsolicited];

/// A row of the desk's list.
pub struct Row {
    /// The application.
    pub application: Application,
    /// Whose, as far as the charter shows them to this reader.
    pub person: ShownPerson,
    /// To which offer.
    pub vacancy: Option<Vacancy>,
    /// Until when a refusal can still be undone.
    pub undo_until: Option<Timestamp>,
}

/// One application, opened.
pub struct Opened {
    /// Its row.
    pub row: Row,
    /// What the form asked besides who.
    pub held: Held,
    /// What happened.
    pub steps: Vec<Step>,
    /// Until when it is kept.
    pub until: Option<Until>,
    /// Where a refusal's mail stands that waits for a human's word.
    pub unsettled_mail: Option<MailState>,
    /// Who moved it, for the history.
    pub colleagues: HashMap<Id<Staff>, Colleague>,
}

impl Opened {
    /// True when one of its values was tampered with.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.row.person.is_damaged() || self.held.is_damaged()
    }
}

/// What the desk's list asks for.
#[derive(Debug, Default, Clone)]
pub struct Wanted {
    /// At that stage.
    pub stage: Option<Stage>,
    /// To that offer.
    pub vacancy: Option<Id<Vacancy>>,
    /// Found by words of the name, by e-mail or telephone.
    pub words: String,
}

/// Files a complete form as an application and, where it is to be confirmed, tells the person by mail with a link to
/// follow it.
///
/// # Errors
/// The storage's; [`Error::Refused`] when the charter has no way to confirm.
pub async fn submit(
    site: &Site,
    mut answers: Answers,
    vacancy: Option<&Vacancy>,
    source: Source,
    locale: Locale,
    confirm: Confirm<'_>,
) -> Result<Id<Application>, Error> {
    let guard = site.guard();
    let now = guard.now();
    let application = Application {
        id: answers.dossier.id().cast(),
        person: answers.person(),
        vacancy: vacancy.map(|vacancy| vacancy.id),
        recruiter: vacancy.and_then(|vacancy| vacancy.recruiter),
        purpose: answers.form.purpose.clone(),
        source,
        language: locale,
        stage: Stage::New,
        stage_since: now,
        submitted_at: now,
        read_at: None,
    };
    let to = confirm.address(&answers);
    let tx = file(site, &application, &answers, vacancy, to.as_ref()).await?;
    if !confirm.commit(tx, guard, &mut answers, to.as_ref()).await? {
        let tx = file(site, &application, &answers, vacancy, None).await?;
        answers.commit(tx).await?;
    }
    site.ring();
    Ok(application.id)
}

/// Writes an application and, where it is to be confirmed to an address, the mail that does. Nothing is asked of the
/// database on the way, so that its transactions needn't wait for each other.
async fn file(
    site: &Site,
    application: &Application,
    answers: &Answers,
    vacancy: Option<&Vacancy>,
    to: Option<&Personal<String>>,
) -> Result<Tx, Error> {
    let guard = site.guard();
    let (id, locale, now) = (application.id, application.language, application.submitted_at);
    let mut tx = guard.begin().await?;
    let until = answers.file(&mut tx).await?;
    people::add(&mut tx, guard, answers, locale).await?;
    store::insert(&mut tx, application).await?;
    figures::arrived(&mut tx, guard, application, Stage::New, now).await?;
    pool::arrival::arrived(&mut tx, &guard.charter(), application, answers).await?;
    store::insert_step(
        &mut tx,
        id,
        &Step {
            stage: Stage::New,
            at: now,
            staff: None,
        },
    )
    .await?;
    OF_APPLICATIONS.file(&mut tx, guard, answers).await?;
    if let Some(to) = to {
        let ends_at = letters::link_ends(now, until.as_ref());
        let link = guard
            .make_link(&mut tx, application.person, Some(id.cast()), ends_at)
            .await?;
        let letter = letters::confirmation(site, locale, vacancy, &link, until.as_ref());
        let mail = NewMail {
            kind: MailKind::Confirmation,
            dossier: &answers.dossier,
            purpose: &application.purpose,
            fields: &letter.fields,
            to,
            subject: letter.subject,
            body: letter.body,
            leaves_at: now,
            decision: None,
        };
        guard.queue_mail(&mut tx, mail).await?;
    }
    Ok(tx)
}

/// The permit by which an actor reads applications.
///
/// # Errors
/// [`Error::Forbidden`] when the charter names the role as no reader of any.
pub fn permit(guard: &Guard, actor: &Actor) -> Result<Permit, Error> {
    guard.permit(actor, &PURPOSES)
}

/// One page of the desk's list, newest first: what this reader may see, and no more.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn list(
    site: &Site,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Row>, Error> {
    let guard = site.guard();
    let permit = permit(guard, actor)?;
    let (always, sometimes): (Vec<_>, Vec<_>) = permit.purposes().partition(|purpose| permit.always(purpose));
    let charter = guard.charter();
    let assigned = sometimes
        .into_iter()
        .filter(|purpose| reads_assigned(&charter, actor, purpose))
        .collect();
    let people = match wanted.words.trim() {
        "" => None,
        words => Some(guard.find_people(words).await?),
    };
    let asked = store::Asked {
        always,
        assigned,
        staff: actor.staff(),
        stage: wanted.stage,
        vacancy: wanted.vacancy,
        people,
    };
    let mut page = store::list(guard.db(), &asked, after, size).await?;
    // The query knows what an index can; what the reader may see is the door's to say.
    let dossiers: Vec<DossierId> = page.rows.iter().map(Application::dossier).collect();
    let reached = guard.reached(&permit, &dossiers).await?;
    page.rows
        .retain(|application| reached.contains(&application.dossier()));
    let rows = rows(guard, &permit, View::List, page.rows).await?;
    Ok(Page {
        rows,
        next: page.next,
    })
}

/// Whether the charter has the actor's role read what is assigned to them for that purpose.
fn reads_assigned(charter: &Charter, actor: &Actor, purpose: &str) -> bool {
    let readers = charter
        .purpose(purpose)
        .map_or(&[][..], |purpose| &purpose.readers);
    readers
        .iter()
        .any(|reader| Some(reader.role.as_str()) == actor.role() && reader.when == Condition::Assigned)
}

/// Opens one application. The first opening by a human who may review it marks it as read: what a program fetched,
/// nobody has read.
///
/// # Errors
/// [`Error::NotFound`] when there is none that this reader may see.
pub async fn open(site: &Site, actor: &Actor, id: Id<Application>) -> Result<Opened, Error> {
    let guard = site.guard();
    let permit = permit(guard, actor)?;
    let mut application = store::find(guard.db(), id).await?.ok_or(Error::NotFound)?;
    if !may_see(guard, &permit, &application).await? {
        return Err(Error::NotFound);
    }
    if application.read_at.is_none() && actor.is_human() && actor.has(&guard.charter(), Duty::Recruit) {
        let mut tx = guard.begin().await?;
        store::mark_read(&mut tx, id, guard.now()).await?;
        tx.commit().await?;
        application.read_at = Some(guard.now());
    }
    let reading = guard.read(&permit, View::One, &[application.dossier()]).await?;
    let held = OF_APPLICATIONS
        .show(guard, &reading, application.dossier())
        .await?;
    let steps = store::steps(guard.db(), id).await?;
    let until = guard.until(guard.db(), application.dossier()).await?;
    let unsettled_mail = guard.unsettled_mail(application.dossier()).await?;
    let row = rows(guard, &permit, View::List, vec![application])
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    let movers: HashSet<Id<Staff>> = steps.iter().filter_map(|step| step.staff).collect();
    let colleagues = guard
        .colleagues(actor, &movers.into_iter().collect::<Vec<_>>())
        .await?;
    Ok(Opened {
        row,
        held,
        steps,
        until,
        unsettled_mail: unsettled_mail.map(|(_, state)| state),
        colleagues,
    })
}

/// Moves an application to another stage.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] without the duty to recruit, [`Error::TooLate`] when it can't go there.
pub async fn move_to(site: &Site, actor: &Actor, id: Id<Application>, to: Stage) -> Result<(), Error> {
    let guard = site.guard();
    let application = readable(guard, actor, id).await?;
    let staff = actor.on_duty(&guard.charter(), Duty::Recruit)?;
    if !application.stage.moves().contains(&to) {
        return Err(Error::TooLate);
    }
    let now = guard.now();
    let mut tx = guard.begin().await?;
    change_stage(guard, &mut tx, &application, to, now).await?;
    store::insert_step(
        &mut tx,
        id,
        &Step {
            stage: to,
            at: now,
            staff: Some(staff),
        },
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Refuses: by a named human, for a reason, told by a mail that leaves when it can't be undone any more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] without the duty to decide, [`Error::TooLate`] when it has ended.
pub async fn refuse(site: &Site, actor: &Actor, id: Id<Application>, reason: Reason) -> Result<(), Error> {
    let guard = site.guard();
    let application = readable(guard, actor, id).await?;
    guard.may_decide(actor)?;
    if !application.stage.is_open() {
        return Err(Error::TooLate);
    }
    let permit = permit(guard, actor)?;
    let dossier = guard.filed(application.dossier()).await?;
    let person = people::find(guard, &[application.person])
        .await?
        .remove(&application.person)
        .ok_or(Error::NotFound)?;
    let reading = guard.read(&permit, View::One, &[person.dossier()]).await?;
    let (to, shown) = (person.email(&reading)?, person.show(&reading)?);
    let vacancy = match application.vacancy {
        Some(vacancy) => Some(vacancies::service::find(guard.db(), vacancy).await?),
        None => None,
    };
    let mut tx = guard.begin().await?;
    let made = guard.refuse(&mut tx, actor, &dossier, reason).await?;
    change_stage(guard, &mut tx, &application, Stage::Refused, made.made_at).await?;
    let step = Step {
        stage: Stage::Refused,
        at: made.made_at,
        staff: Some(made.staff),
    };
    store::insert_step(&mut tx, id, &step).await?;
    let events = [Trigger::Decision, Trigger::ProcessEnd];
    guard
        .all_happened(&mut tx, dossier.id(), &events, made.made_at)
        .await?;
    if application.vacancy.is_none() {
        // What was sent to no offer has no process to end: it is of no interest, from when that can't be undone on.
        guard
            .happened(&mut tx, dossier.id(), Trigger::JudgedIrrelevant, made.undo_until)
            .await?;
    }
    pool::arrival::looked(&mut tx, guard, id, true).await?;
    let letter = letters::refusal(site, &shown, vacancy.as_ref(), reason);
    let mail = NewMail {
        kind: MailKind::Refusal,
        dossier: &dossier,
        purpose: &application.purpose,
        fields: &letter.fields,
        to: &to,
        subject: letter.subject,
        body: letter.body,
        leaves_at: made.undo_until,
        decision: Some(made.id),
    };
    guard.queue_mail(&mut tx, mail).await?;
    Ok(tx.commit().await?)
}

/// Takes a refusal back before its mail leaves: the application stands where it stood.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::TooLate`] after the window.
pub async fn undo_refusal(site: &Site, actor: &Actor, id: Id<Application>) -> Result<(), Error> {
    let guard = site.guard();
    let application = readable(guard, actor, id).await?;
    if application.stage != Stage::Refused {
        return Err(Error::TooLate);
    }
    let dossier = guard.filed(application.dossier()).await?;
    let mut tx = guard.begin().await?;
    guard.undo_refusal(&mut tx, actor, &dossier).await?;
    unrefuse(guard, &mut tx, &application).await?;
    Ok(tx.commit().await?)
}

/// A human's word on a refusal's mail of which nobody can tell whether it left, or that the mail server refused: send
/// it again, or else take it as sent, or say that the person was told otherwise.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] without the duty to decide, [`Error::TooLate`] when it isn't open.
pub async fn settle_mail(site: &Site, actor: &Actor, id: Id<Application>, send: bool) -> Result<(), Error> {
    let guard = site.guard();
    let application = readable(guard, actor, id).await?;
    let (mail, _) = guard
        .unsettled_mail(application.dossier())
        .await?
        .ok_or(Error::TooLate)?;
    guard.settle_mail(actor, mail, send).await?;
    site.ring();
    Ok(())
}

/// The applications with such a mail that the actor may see; none for who doesn't decide.
///
/// # Errors
/// The storage's.
pub async fn unsettled_mails(site: &Site, actor: &Actor) -> Result<Vec<Id<Application>>, Error> {
    let guard = site.guard();
    let Ok(dossiers) = guard.unsettled_mails(actor).await else {
        return Ok(Vec::new());
    };
    let permit = permit(guard, actor)?;
    let mut applications = Vec::new();
    for dossier in dossiers {
        if guard.reaches(&permit, dossier).await? {
            applications.push(dossier.cast());
        }
    }
    Ok(applications)
}

/// How many applications each of those vacancies has.
///
/// # Errors
/// The storage's.
pub async fn counts(guard: &Guard, vacancies: &[Id<Vacancy>]) -> Result<HashMap<Id<Vacancy>, Count>, Error> {
    Ok(store::counts(guard.db(), vacancies).await?.into_iter().collect())
}

/// One application, for who may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(site: &Site, actor: &Actor, id: Id<Application>) -> Result<Application, Error> {
    readable(site.guard(), actor, id).await
}

/// Says no to what can be done only while it is open.
///
/// # Errors
/// [`Error::TooLate`] when it has ended.
pub async fn still_open(tx: &mut Tx, id: Id<Application>) -> Result<(), Error> {
    let application = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    application.stage.is_open().then_some(()).ok_or(Error::TooLate)
}

/// Whose application it is, for who may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn person_of(site: &Site, actor: &Actor, id: Id<Application>) -> Result<Id<Person>, Error> {
    Ok(readable(site.guard(), actor, id).await?.person)
}

/// The application, when this reader may see it.
pub(super) async fn readable(
    guard: &Guard,
    actor: &Actor,
    id: Id<Application>,
) -> Result<Application, Error> {
    let permit = permit(guard, actor)?;
    let application = store::find(guard.db(), id).await?.ok_or(Error::NotFound)?;
    if may_see(guard, &permit, &application).await? {
        Ok(application)
    } else {
        Err(Error::NotFound)
    }
}

async fn may_see(guard: &Guard, permit: &Permit, application: &Application) -> Result<bool, Error> {
    guard.reaches(permit, application.dossier()).await
}

/// Rows with what is shown of the people, from few questions.
async fn rows(
    guard: &Guard,
    permit: &Permit,
    view: View,
    applications: Vec<Application>,
) -> Result<Vec<Row>, Error> {
    let persons: HashSet<Id<Person>> = applications
        .iter()
        .map(|application| application.person)
        .collect();
    let dossiers: Vec<DossierId> = persons.iter().map(|person| person.cast()).collect();
    let reading = guard.read(permit, view, &dossiers).await?;
    let people = people::find(guard, &persons.into_iter().collect::<Vec<_>>()).await?;
    let wanted: HashSet<Id<Vacancy>> = applications
        .iter()
        .filter_map(|application| application.vacancy)
        .collect();
    let vacancies = vacancies::service::find_all(guard, &wanted.into_iter().collect::<Vec<_>>()).await?;
    let mut rows = Vec::with_capacity(applications.len());
    for application in applications {
        let Some(person) = people.get(&application.person) else {
            continue;
        };
        let undo_until = match application.stage {
            Stage::Refused => guard.undo_until(application.dossier()).await?,
            _ => None,
        };
        rows.push(Row {
            person: person.show(&reading)?,
            vacancy: application
                .vacancy
                .and_then(|vacancy| vacancies.get(&vacancy).cloned()),
            undo_until,
            application,
        });
    }
    Ok(rows)
}
