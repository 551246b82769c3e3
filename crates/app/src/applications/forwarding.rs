//! Owns: applications that a recruiter makes of somebody who is kept for other offers: what is copied, under which clock,
//! and that their person is told. Doesn't own: who is kept ([`crate::pool`]).

use charter::{PurposeKind, Trigger};
use guard::{
    Beside, DossierId, Error, Person, Personal, Reading, Staff,
    send::{MailKind, NewMail},
};
use kernel::{Id, Locale, Timestamp};
use storage::Tx;

use super::{
    letters,
    model::{Application, Source, Stage, Step},
    store,
};
use crate::{
    Site,
    account::people::{self},
    answers::OF_APPLICATIONS,
    vacancies::Vacancy,
};

/// Who is put forward, and what of.
pub struct Forwarded {
    /// What is held of them.
    pub from: DossierId,
    /// Who.
    pub person: Id<Person>,
    /// In which language they are spoken to.
    pub language: Locale,
    /// Their own last contact: a recruiter's doing is none.
    pub last_contact: Timestamp,
    /// What is held, by the charter's names, opened.
    pub values: Vec<(String, Personal<String>)>,
    /// By whom.
    pub staff: Id<Staff>,
}

/// An application whose key is made and whose files are copied.
pub struct Prepared {
    beside: Beside,
    new: Forwarded,
    purpose: String,
    to: Personal<String>,
}

/// Makes one ready; the reading opens what is held, and who they are.
///
/// # Errors
/// [`Error::NotFound`] when the charter takes no applications to offers, or there is no address to tell them at.
pub async fn prepare(site: &Site, reading: &Reading<'_>, new: Forwarded) -> Result<Prepared, Error> {
    let guard = site.guard();
    let charter = guard.charter();
    let purpose = charter
        .purposes_of(PurposeKind::Apply)
        .next()
        .ok_or(Error::NotFound)?;
    let person = people::find(guard, &[new.person])
        .await?
        .remove(&new.person)
        .ok_or(Error::NotFound)?;
    Ok(Prepared {
        to: person.email(reading)?,
        beside: guard.open_beside(reading, new.from, &purpose.name).await?,
        purpose: purpose.name.clone(),
        new,
    })
}

impl Prepared {
    /// Files it in the caller's transaction, with the mail that tells its person.
    ///
    /// # Errors
    /// The storage's; [`Error::Refused`] when the charter has no way to tell them.
    pub async fn file(self, site: &Site, tx: &mut Tx, vacancy: &Vacancy) -> Result<Id<Application>, Error> {
        let guard = site.guard();
        let Self {
            beside,
            new,
            purpose,
            to,
        } = self;
        let now = guard.now();
        let happened = [
            (Trigger::Collected, now),
            (Trigger::Submitted, now),
            (Trigger::LastContact, new.last_contact),
        ];
        let until = beside.file(tx, &happened).await?;
        let application = Application {
            id: beside.filed().id().cast(),
            person: new.person,
            vacancy: Some(vacancy.id),
            recruiter: vacancy.recruiter,
            purpose,
            source: Source::Pool,
            language: new.language,
            stage: Stage::New,
            stage_since: now,
            submitted_at: now,
            read_at: None,
        };
        store::insert(tx, &application).await?;
        let step = Step {
            stage: Stage::New,
            at: now,
            staff: Some(new.staff),
        };
        store::insert_step(tx, application.id, &step).await?;
        let used = new.values.iter().filter(|(field, _)| beside.uses(field));
        let used = used.map(|(field, value)| (field.as_str(), value));
        OF_APPLICATIONS
            .write(tx, guard, beside.filed(), beside.charter_version(), used)
            .await?;
        let ends_at = letters::link_ends(now, until.as_ref());
        let target = Some(application.id.cast());
        let link = guard.make_link(tx, new.person, target, ends_at).await?;
        let letter = letters::forwarded(site, new.language, vacancy, &link, until.as_ref());
        let mail = NewMail {
            kind: MailKind::Confirmation,
            dossier: beside.filed(),
            purpose: &application.purpose,
            fields: &letter.fields,
            to: &to,
            subject: letter.subject,
            body: letter.body,
            leaves_at: now,
            decision: None,
        };
        guard.queue_mail(tx, mail).await?;
        Ok(application.id)
    }
}
