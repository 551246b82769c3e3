//! Owns: how somebody enters the pool: put in by a recruiter from an application or a message, or written down from a
//! source that the charter declares; at once where they agreed, else told and asked first. Doesn't own: the telling
//! ([`super::telling`]), copying what is held (`guard`).

use charter::{Charter, SourceKind, Trigger};
use guard::{
    Actor, Beside, DossierId, Error, Guard, Person, Personal, Reading, Staff, View, collect::Answers,
};
use kernel::{Id, Locale, Timestamp};
use storage::Tx;

use super::{
    model::{Came, Entry, State, Step, StepKind},
    service::{is_needed, may_ask, purpose, recruiting},
    store::{self, inbox},
    telling,
};
use crate::{
    Site,
    account::people::{self},
    answers::{OF_APPLICATIONS, OF_THE_POOL},
    applications::{self, model::Application},
};

/// What somebody is taken from: a dossier of theirs that the recruiter reads.
pub struct Parent {
    /// Which.
    pub dossier: DossierId,
    /// Whose.
    pub person: Id<Person>,
    /// In which language they wrote.
    pub language: Locale,
    /// What it is.
    pub came: Came,
    /// When they agreed to stay in the pool, if they did.
    pub agreed_at: Option<Timestamp>,
    /// What it holds, by the charter's names.
    pub values: Vec<(String, Personal<String>)>,
}

/// An entry whose key is made and whose files are copied; its rows come with [`Prepared::file`].
pub struct Prepared {
    beside: Beside,
    entry: Entry,
    values: Vec<(String, Personal<String>)>,
}

/// Whether this recruiter may put somebody in who hasn't agreed: the charter has a pool, says when silence ends it, and
/// somebody may use it today.
#[must_use]
pub fn may_take(site: &Site, actor: &Actor) -> bool {
    let guard = site.guard();
    recruiting(guard, actor).is_ok() && may_ask(&guard.charter()) && is_needed(site)
}

/// Takes an application into the pool. Its person is in at once when they agreed, and asked otherwise.
///
/// # Errors
/// [`Error::Forbidden`] to who doesn't recruit for the pool, [`Error::NotFound`] when they may not see the application,
/// [`Error::TooLate`] when it has ended, or its person is in already.
pub async fn take_application(site: &Site, actor: &Actor, id: Id<Application>) -> Result<Id<Entry>, Error> {
    let guard = site.guard();
    recruiting(guard, actor)?;
    let permit = applications::service::permit(guard, actor)?;
    let application = applications::service::find(site, actor, id).await?;
    if !application.stage.is_open() {
        return Err(Error::TooLate);
    }
    let waiting = inbox::find(guard.db(), id).await?;
    let reading = guard.read(&permit, View::One, &[application.dossier()]).await?;
    let parent = Parent {
        dossier: application.dossier(),
        person: application.person,
        language: application.language,
        came: Came::Application,
        agreed_at: waiting.and_then(|waiting| waiting.agreed_at),
        values: OF_APPLICATIONS
            .open(guard, &reading, application.dossier())
            .await?,
    };
    let prepared = prepare(site, actor, &reading, parent).await?;
    let mut tx = guard.begin().await?;
    let entry = prepared.file(guard, &mut tx).await?;
    inbox::set_looked(&mut tx, id, Some(guard.now())).await?;
    tx.commit().await?;
    site.ring();
    Ok(entry)
}

/// Makes an entry ready of what a recruiter reads: its key, its files. The caller files it in a transaction of its own.
///
/// # Errors
/// As [`take_application`]; [`Error::NotFound`] when the charter lets nobody be asked, or the pool be used today.
pub async fn prepare(
    site: &Site,
    actor: &Actor,
    reading: &Reading<'_>,
    parent: Parent,
) -> Result<Prepared, Error> {
    let guard = site.guard();
    let charter = guard.charter();
    let staff = recruiting(guard, actor)?;
    let pool = purpose(&charter).ok_or(Error::NotFound)?;
    if !is_needed(site) || (parent.agreed_at.is_none() && !may_ask(&charter)) {
        return Err(Error::NotFound);
    }
    if !store::of_people(guard.db(), &[parent.person]).await?.is_empty() {
        return Err(Error::TooLate);
    }
    let beside = guard.open_beside(reading, parent.dossier, &pool.name).await?;
    let entry = Entry {
        id: beside.filed().id().cast(),
        person: parent.person,
        purpose: pool.name.clone(),
        language: parent.language,
        source: source_of(&charter, &pool.name, parent.came),
        came: parent.came,
        parent: Some(parent.dossier.cast()),
        state: match parent.agreed_at {
            Some(_) => State::Agreed,
            None => State::Untold,
        },
        added_at: guard.now(),
        staff: Some(staff),
        told_at: None,
        agreed_at: parent.agreed_at,
        removed_at: None,
    };
    Ok(Prepared {
        beside,
        entry,
        values: parent.values,
    })
}

impl Prepared {
    /// Files it in the caller's transaction. Of whom hasn't agreed the telling is queued with it.
    ///
    /// # Errors
    /// The storage's; a duplicate when the same was put in meanwhile.
    pub async fn file(&self, guard: &Guard, tx: &mut Tx) -> Result<Id<Entry>, Error> {
        let (beside, entry) = (&self.beside, &self.entry);
        let begins = match entry.agreed_at {
            Some(at) => vec![(Trigger::ConsentGiven, at), (Trigger::LastContact, at)],
            None => vec![(Trigger::ConsentAsked, entry.added_at)],
        };
        let begins: Vec<_> = [(Trigger::Collected, entry.added_at)]
            .into_iter()
            .chain(begins)
            .collect();
        beside.file(tx, &begins).await?;
        let used = self.values.iter().filter(|(field, _)| beside.uses(field));
        let used = used.map(|(field, value)| (field.as_str(), value));
        OF_THE_POOL
            .write(tx, guard, beside.filed(), beside.charter_version(), used)
            .await?;
        add(guard, tx, entry).await?;
        Ok(entry.id)
    }
}

/// Files what a recruiter wrote down of somebody found at a source. Nothing else is done with it until they are told.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] as [`prepare`]; [`Error::Refused`] when they asked to be left alone.
pub async fn found(
    site: &Site,
    actor: &Actor,
    source: &str,
    mut answers: Answers,
    locale: Locale,
) -> Result<Id<Entry>, Error> {
    let guard = site.guard();
    let staff = recruiting(guard, actor)?;
    if !may_take(site, actor) {
        return Err(Error::NotFound);
    }
    answers.may_import().await?;
    let entry = Entry {
        id: answers.dossier.id().cast(),
        person: answers.person(),
        purpose: answers.form.purpose.clone(),
        language: locale,
        source: source.to_owned(),
        came: Came::Found,
        parent: None,
        state: State::Untold,
        added_at: guard.now(),
        staff: Some(staff),
        told_at: None,
        agreed_at: None,
        removed_at: None,
    };
    let mut tx = guard.begin().await?;
    answers.file(&mut tx).await?;
    people::add(&mut tx, guard, &answers, locale).await?;
    OF_THE_POOL.file(&mut tx, guard, &answers).await?;
    add(guard, &mut tx, &entry).await?;
    answers.commit(tx).await?;
    site.ring();
    Ok(entry.id)
}

/// The entry's row, its first steps, and the telling of whom hasn't agreed.
async fn add(guard: &Guard, tx: &mut Tx, entry: &Entry) -> Result<(), Error> {
    match store::insert(tx, entry).await {
        // Put in twice at once: the other was first.
        Err(error) if error.is_duplicate() && entry.parent.is_some() => return Err(Error::TooLate),
        inserted => inserted?,
    }
    step(tx, entry.id, StepKind::Added, entry.added_at, entry.staff).await?;
    match entry.agreed_at {
        Some(at) => step(tx, entry.id, StepKind::Agreed, at, None).await,
        None => {
            guard
                .enqueue(tx, telling::TELL, Some(entry.id.cast()), entry.added_at)
                .await
        }
    }
}

pub(super) async fn step(
    tx: &mut Tx,
    entry: Id<Entry>,
    kind: StepKind,
    at: Timestamp,
    staff: Option<Id<Staff>>,
) -> Result<(), Error> {
    Ok(store::insert_step(tx, entry, &Step { kind, at, staff }).await?)
}

/// The charter's source that what came this way is from; by the way itself where it declares none.
fn source_of(charter: &Charter, pool: &str, came: Came) -> String {
    let kind = match came {
        Came::Application => SourceKind::Unsolicited,
        Came::Message => SourceKind::Form,
        Came::Found => return String::new(),
    };
    let source = charter
        .sources()
        .iter()
        .find(|source| source.kind == kind && source.purposes.iter().any(|name| name == pool));
    source.map_or_else(
        || kernel::Word::word(came).to_owned(),
        |source| source.name.clone(),
    )
}
