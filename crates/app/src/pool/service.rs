//! Owns: how the pool is read: who may, when the charter lets it be used at all, the list, one opened, what waits in its
//! inbox. Doesn't own: how people come in ([`super::entering`]), what is done with one ([`super::dealing`]), what may be
//! read (the doors of `guard`).

use std::collections::{HashMap, HashSet};

use charter::{Charter, CopyMode, Duty, Purpose, PurposeKind, Trigger, vocabulary::Need};
use guard::{Actor, Colleague, DossierId, Error, Guard, Permit, Person, Staff, View, keep::Until};
use kernel::{Cursor, Id, Page, Timestamp};

use super::{
    model::{Entry, State, Step, Waiting},
    store::{self, inbox},
};
use crate::{
    Site,
    account::people::{self, ShownPerson},
    answers::{Held, OF_THE_POOL},
    applications, review,
};

/// The purpose that the pool is.
pub const PURPOSES: [PurposeKind; 1] = [PurposeKind::TalentPool];

/// Counting what waits stops here: a number beyond it says no more.
const MOST_COUNTED: u32 = 100;

/// A row of the desk's list.
pub struct Row {
    /// The entry.
    pub entry: Entry,
    /// Who, as far as the charter shows them to this reader.
    pub person: ShownPerson,
    /// Until when they are kept.
    pub until: Option<Until>,
}

/// One entry, opened.
pub struct Opened {
    /// Its row.
    pub row: Row,
    /// What is held besides who; nothing before the person agreed.
    pub held: Held,
    /// What happened.
    pub steps: Vec<Step>,
    /// Who did something.
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
    /// Those who are asked whether they agree, and not those who did.
    pub asked: bool,
    /// From that source of the charter's.
    pub source: Option<String>,
    /// Found by words of the name, by e-mail or telephone.
    pub words: String,
}

/// An application that waits, with its person.
pub struct WaitingRow {
    /// The application.
    pub waiting: Waiting,
    /// Whose, as far as the charter shows them to this reader.
    pub person: ShownPerson,
}

/// The charter's pool.
#[must_use]
pub fn purpose(charter: &Charter) -> Option<&Purpose> {
    charter.purposes_of(PurposeKind::TalentPool).next()
}

/// Whether somebody may be kept while they are asked: the charter says when that ends, or nobody is.
#[must_use]
pub fn may_ask(charter: &Charter) -> bool {
    let pool = purpose(charter).into_iter();
    pool.flat_map(|pool| charter.clocks(&pool.name))
        .any(|retention| retention.from.contains(&Trigger::ConsentAsked))
}

/// Whether the pool may be used today: where the charter has it used for open vacancies alone, while one is open.
#[must_use]
pub fn is_needed(site: &Site) -> bool {
    let charter = site.guard().charter();
    let only = purpose(&charter).and_then(|pool| pool.only_when);
    only != Some(Need::OpenVacancy) || site.published().count() > 0
}

/// Whether the charter has what is sent for that purpose wait apart before it is looked at.
pub(super) fn is_apart(charter: &Charter, purpose: &str) -> bool {
    let mut copies = charter.copies().iter();
    copies.any(|copy| copy.mode == CopyMode::Quarantine && copy.of.iter().any(|of| of == purpose))
}

/// The permit by which a recruiter reads the pool.
///
/// # Errors
/// [`Error::Forbidden`] when the charter names the role as no reader of it, or the role doesn't recruit.
pub fn permit(guard: &Guard, actor: &Actor) -> Result<Permit, Error> {
    actor.on_duty(&guard.charter(), Duty::Recruit)?;
    guard.permit(actor, &PURPOSES)
}

/// The recruiter who acts: a human. Nothing enters the pool or leaves it by a program's doing.
pub(super) fn recruiting(guard: &Guard, actor: &Actor) -> Result<Id<Staff>, Error> {
    permit(guard, actor)?;
    let staff = actor.staff().ok_or(Error::Forbidden)?;
    if actor.is_human() {
        Ok(staff)
    } else {
        Err(Error::NeedsHuman(None))
    }
}

/// One page of the desk's list, newest first.
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
    if !is_needed(site) {
        return Ok(nothing());
    }
    let people = match wanted.words.trim() {
        "" => None,
        words => Some(guard.find_people(words).await?),
    };
    let asked = store::Asked {
        purposes: permit.purposes().filter(|name| permit.always(name)).collect(),
        states: match wanted.asked {
            true => vec![State::Untold, State::Asked],
            false => vec![State::Agreed],
        },
        source: wanted.source.as_deref(),
        people,
        now: guard.now(),
    };
    let page = store::list(guard.db(), &asked, after, size).await?;
    Ok(Page {
        rows: rows(guard, &permit, page.rows).await?,
        next: page.next,
    })
}

fn nothing<T>() -> Page<T> {
    Page {
        rows: Vec::new(),
        next: None,
    }
}

/// Opens one entry. Of whom hasn't agreed nothing is opened but who they are.
///
/// # Errors
/// [`Error::NotFound`] when there is none that this reader may see.
pub async fn open(site: &Site, actor: &Actor, id: Id<Entry>) -> Result<Opened, Error> {
    let guard = site.guard();
    let permit = permit(guard, actor)?;
    let entry = readable(site, actor, id).await?;
    let dossier = entry.dossier();
    let held = if entry.state == State::Agreed {
        let reading = guard.read(&permit, View::One, &[dossier]).await?;
        OF_THE_POOL.show(guard, &reading, dossier).await?
    } else {
        Held::NOTHING
    };
    let steps = store::steps(guard.db(), id).await?;
    let row = rows(guard, &permit, vec![entry])
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    let involved: HashSet<Id<Staff>> = steps.iter().filter_map(|step| step.staff).collect();
    let colleagues = guard
        .colleagues(actor, &involved.into_iter().collect::<Vec<_>>())
        .await?;
    Ok(Opened {
        row,
        held,
        steps,
        colleagues,
    })
}

/// The entry, when this reader may see it and the pool may be used.
pub(super) async fn readable(site: &Site, actor: &Actor, id: Id<Entry>) -> Result<Entry, Error> {
    let guard = site.guard();
    let permit = permit(guard, actor)?;
    let entry = store::find(guard.db(), id).await?.ok_or(Error::NotFound)?;
    let is_over = entry.removed_at.is_some_and(|from| from <= guard.now());
    if !is_over && is_needed(site) && guard.reaches(&permit, entry.dossier()).await? {
        Ok(entry)
    } else {
        Err(Error::NotFound)
    }
}

/// One page of what waits apart until somebody has looked, newest first; of `review`, only what has waited longer than
/// the charter lets it.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn waiting(
    site: &Site,
    actor: &Actor,
    of_review: bool,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<WaitingRow>, Error> {
    let guard = site.guard();
    permit(guard, actor)?;
    let before = match (of_review, review::sent_before(guard, &REVIEWED)) {
        (false, _) => None,
        (true, Some(before)) => Some(before),
        (true, None) => return Ok(nothing()),
    };
    let charter = guard.charter();
    let permit = applications::service::permit(guard, actor)?;
    let asked = asked(guard, &charter, &permit, before);
    let mut page = inbox::list(guard.db(), &asked, after, size).await?;
    let dossiers: Vec<DossierId> = page.rows.iter().map(|row| row.application.cast()).collect();
    let reached = guard.reached(&permit, &dossiers).await?;
    page.rows.retain(|waiting| {
        reached.contains(&waiting.application.cast()) && is_there(guard, &charter, waiting)
    });
    let persons: HashSet<Id<Person>> = page.rows.iter().map(|row| row.person).collect();
    let shown = show(guard, &permit, &persons).await?;
    let rows = page.rows.into_iter().filter_map(|waiting| {
        let person = shown.get(&waiting.person)?.clone();
        Some(WaitingRow { waiting, person })
    });
    Ok(Page {
        rows: rows.collect(),
        next: page.next,
    })
}

/// The purposes whose reviews speak of what waits here.
pub(super) const REVIEWED: [PurposeKind; 2] = [PurposeKind::TalentPool, PurposeKind::ApplyUnsolicited];

/// How many wait for the review that the charter promises, at most a hundred; `None` when it has none, or the actor
/// doesn't read the pool.
///
/// # Errors
/// The storage's.
pub async fn to_review(guard: &Guard, actor: &Actor) -> Result<Option<u64>, Error> {
    let charter = guard.charter();
    let (Ok(_), Ok(permit), Some(before)) = (
        permit(guard, actor),
        applications::service::permit(guard, actor),
        review::sent_before(guard, &REVIEWED),
    ) else {
        return Ok(None);
    };
    let asked = asked(guard, &charter, &permit, Some(before));
    Ok(Some(inbox::count(guard.db(), &asked, MOST_COUNTED).await?))
}

/// What waits for this reader, no further back than the charter lets a copy wait there.
fn asked<'a>(
    guard: &Guard,
    charter: &'a Charter,
    permit: &Permit,
    before: Option<Timestamp>,
) -> inbox::Asked<'a> {
    let copies = || {
        let copies = charter.copies().iter();
        copies.filter(|copy| copy.mode == CopyMode::Quarantine)
    };
    let sent = copies()
        .flat_map(|copy| &copy.retention)
        .filter_map(|name| charter.retention(name))
        .filter(|retention| retention.from.contains(&Trigger::Submitted));
    let since = sent.map(|retention| review::days_ago(guard, retention.max)).max();
    let of = copies().flat_map(|copy| copy.of.iter().map(String::as_str));
    inbox::Asked {
        purposes: of.filter(|name| permit.always(name)).collect(),
        since: since.unwrap_or(Timestamp::from_millis(0)),
        before,
    }
}

/// Whether what was sent then is still in the inbox: the charter ends the copy that waits there by itself.
fn is_there(guard: &Guard, charter: &Charter, waiting: &Waiting) -> bool {
    let happened = [(Trigger::Submitted, waiting.arrived_at)];
    let copies = charter.copies().iter();
    let copies =
        copies.filter(|copy| copy.mode == CopyMode::Quarantine && copy.of.contains(&waiting.purpose));
    copies
        .flat_map(|copy| &copy.retention)
        .filter_map(|name| charter.retention(name))
        .filter_map(|retention| retention.until(&happened, guard.zone()))
        .all(|ends| guard.now() < ends)
}

/// The entries with what is shown of the people, from few questions.
async fn rows(guard: &Guard, permit: &Permit, entries: Vec<Entry>) -> Result<Vec<Row>, Error> {
    let persons: HashSet<Id<Person>> = entries.iter().map(|entry| entry.person).collect();
    let shown = show(guard, permit, &persons).await?;
    let dossiers: Vec<DossierId> = entries.iter().map(Entry::dossier).collect();
    let mut untils = guard.untils(&dossiers).await?;
    let rows = entries.into_iter().filter_map(|entry| {
        Some(Row {
            person: shown.get(&entry.person)?.clone(),
            until: untils.remove(&entry.dossier()),
            entry,
        })
    });
    Ok(rows.collect())
}

async fn show(
    guard: &Guard,
    permit: &Permit,
    persons: &HashSet<Id<Person>>,
) -> Result<HashMap<Id<Person>, ShownPerson>, Error> {
    let dossiers: Vec<DossierId> = persons.iter().map(|person| person.cast()).collect();
    let reading = guard.read(permit, View::List, &dossiers).await?;
    let people = people::find(guard, &persons.iter().copied().collect::<Vec<_>>()).await?;
    people
        .into_iter()
        .map(|(id, person)| Ok((id, person.show(&reading)?)))
        .collect()
}
