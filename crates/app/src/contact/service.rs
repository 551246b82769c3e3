//! Owns: how messages are read: who may, the list, one opened. Doesn't own: how they come in ([`super::arrival`]), what
//! is done with one ([`super::dealing`]), what may be read (the doors of `guard`), their SQL, their pages.

use std::collections::{HashMap, HashSet};

use charter::{Charter, Condition, Duty, PurposeKind};
use guard::{
    Actor, Colleague, DossierId, Error, Guard, Permit, Person, Shown, Staff, View, keep::Until,
    send::MailState,
};
use kernel::{Cursor, Id, Page, Timestamp};

use super::{
    model::{Message, Sender, Standing, Step},
    store,
};
use crate::{
    Site,
    account::people::{self, ShownPerson},
    answers::{Held, OF_MESSAGES},
    review,
};

/// The purposes for which messages are read.
pub const PURPOSES: [PurposeKind; 1] = [PurposeKind::AnswerContact];

/// Who deals with messages: whoever the charter has read them, in one of these duties. Looking after machines is none.
const DUTIES: [Duty; 4] = [Duty::Recruit, Duty::Publish, Duty::Sell, Duty::Support];

/// A row of the desk's list.
pub struct Row {
    /// The message.
    pub message: Message,
    /// Whose, as far as the charter shows them to this reader.
    pub person: ShownPerson,
}

/// A reply of ours.
pub struct Replied {
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub staff: Id<Staff>,
    /// Its words, where the charter shows them to this reader.
    pub text: Option<Shown<String>>,
    /// Where its mail stands; `None` once the mail is gone.
    pub state: Option<MailState>,
}

/// One message, opened.
pub struct Opened {
    /// Its row.
    pub row: Row,
    /// What the form asked besides who.
    pub held: Held,
    /// What was answered, the oldest first.
    pub replies: Vec<Replied>,
    /// What happened.
    pub steps: Vec<Step>,
    /// Until when it is kept.
    pub until: Option<Until>,
    /// Who did something, and to whom it is addressed.
    pub colleagues: HashMap<Id<Staff>, Colleague>,
}

impl Opened {
    /// True when one of its values was tampered with.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        let mut replies = self.replies.iter().filter_map(|reply| reply.text.as_ref());
        self.row.person.is_damaged() || self.held.is_damaged() || replies.any(Shown::is_damaged)
    }
}

/// What the desk's list asks for.
#[derive(Debug, Default, Clone)]
pub struct Wanted {
    /// Which stand so.
    pub standing: Option<Standing>,
    /// From whom.
    pub sender: Option<Sender>,
    /// Only those that the weekly review is about.
    pub review: bool,
    /// Found by words of the name, by e-mail or telephone.
    pub words: String,
}

/// The members of staff to whom a message may be addressed: those whose role reads what is addressed to them.
///
/// # Errors
/// The storage's.
pub async fn addressees(guard: &Guard, purpose: &str) -> Result<Vec<Id<Staff>>, Error> {
    let charter = guard.charter();
    let roles: Vec<&str> = roles_under(&charter, purpose, Condition::Addressed).collect();
    guard.staff_in(&roles).await
}

/// The roles that read for the purpose under that condition.
pub(super) fn roles_under<'c>(
    charter: &'c Charter,
    purpose: &str,
    condition: Condition,
) -> impl Iterator<Item = &'c str> {
    let readers = charter.purpose(purpose).map(|purpose| &purpose.readers);
    readers
        .into_iter()
        .flatten()
        .filter(move |reader| reader.when == condition)
        .map(|reader| reader.role.as_str())
}

/// The permit by which an actor reads messages.
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
    let people = match wanted.words.trim() {
        "" => None,
        words => Some(guard.find_people(words).await?),
    };
    let sent_before = match (wanted.review, review::sent_before(guard, &PURPOSES)) {
        (false, _) => None,
        (true, Some(before)) => Some(before),
        // The charter has no review: there is nothing to go through.
        (true, None) => {
            return Ok(Page {
                rows: Vec::new(),
                next: None,
            });
        }
    };
    let asked = store::Asked {
        sight: sight(&permit, actor),
        standing: wanted.standing,
        sender: wanted.sender,
        unjudged: wanted.review,
        sent_before,
        people,
    };
    let mut page = store::list(guard.db(), &asked, after, size).await?;
    // The query knows what an index can; what the reader may see is the door's to say.
    let dossiers: Vec<DossierId> = page.rows.iter().map(Message::dossier).collect();
    let reached = guard.reached(&permit, &dossiers).await?;
    page.rows.retain(|message| reached.contains(&message.dossier()));
    Ok(Page {
        rows: rows(guard, &permit, page.rows).await?,
        next: page.next,
    })
}

/// Which messages the permit reaches, as a list asks for them.
pub(super) fn sight<'p>(permit: &'p Permit, actor: &Actor) -> store::Sight<'p> {
    let under = |condition: Condition| {
        permit
            .purposes()
            .filter(|purpose| permit.conditions(purpose).contains(&condition))
            .collect()
    };
    store::Sight {
        always: under(Condition::All),
        clients: under(Condition::ClientRequested),
        addressed: under(Condition::Addressed),
        staff: actor.staff(),
    }
}

/// Opens one message. The first opening by a human who deals with messages marks it as read.
///
/// # Errors
/// [`Error::NotFound`] when there is none that this reader may see.
pub async fn open(site: &Site, actor: &Actor, id: Id<Message>) -> Result<Opened, Error> {
    let guard = site.guard();
    let permit = permit(guard, actor)?;
    let mut message = readable(guard, actor, id).await?;
    if message.read_at.is_none() && on_duty(guard, actor).is_ok() {
        let now = guard.now();
        let mut tx = guard.begin().await?;
        store::mark_read(&mut tx, id, now).await?;
        tx.commit().await?;
        message.read_at = Some(now);
    }
    let dossier = message.dossier();
    let replies = store::replies(guard.db(), id).await?;
    let states = guard.mail_states(dossier).await?;
    let reading = guard.read(&permit, View::One, &[dossier]).await?;
    let held = OF_MESSAGES.show(guard, &reading, dossier).await?;
    let mut replied = Vec::with_capacity(replies.len());
    for reply in replies {
        let cell = ("contact_replies", "text");
        replied.push(Replied {
            at: reply.written_at,
            staff: reply.staff,
            text: reading.show(dossier, "exchange", cell, reply.id, &reply.text)?,
            state: states.get(&reply.mail).copied(),
        });
    }
    let steps = store::steps(guard.db(), id).await?;
    let until = guard.until(guard.db(), dossier).await?;
    let row = rows(guard, &permit, vec![message])
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    let movers = steps.iter().filter_map(|step| step.staff);
    let involved: HashSet<Id<Staff>> = movers
        .chain(row.message.addressee)
        .chain(replied.iter().map(|reply| reply.staff))
        .collect();
    let colleagues = guard
        .colleagues(actor, &involved.into_iter().collect::<Vec<_>>())
        .await?;
    Ok(Opened {
        row,
        held,
        replies: replied,
        steps,
        until,
        colleagues,
    })
}

/// The message, when this reader may see it.
pub(super) async fn readable(guard: &Guard, actor: &Actor, id: Id<Message>) -> Result<Message, Error> {
    let permit = permit(guard, actor)?;
    let message = store::find(guard.db(), id).await?.ok_or(Error::NotFound)?;
    if guard.reaches(&permit, message.dossier()).await? {
        Ok(message)
    } else {
        Err(Error::NotFound)
    }
}

/// The member of staff who deals with messages: a human, in one of the duties that do.
pub(super) fn on_duty(guard: &Guard, actor: &Actor) -> Result<Id<Staff>, Error> {
    let charter = guard.charter();
    let staff = actor.staff().ok_or(Error::Forbidden)?;
    if !DUTIES.iter().any(|duty| actor.has(&charter, *duty)) {
        return Err(Error::Forbidden);
    }
    if actor.is_human() {
        Ok(staff)
    } else {
        Err(Error::NeedsHuman(None))
    }
}

/// Rows with what is shown of the people, from few questions.
async fn rows(guard: &Guard, permit: &Permit, messages: Vec<Message>) -> Result<Vec<Row>, Error> {
    let persons: HashSet<Id<Person>> = messages.iter().map(|message| message.person).collect();
    let dossiers: Vec<DossierId> = persons.iter().map(|person| person.cast()).collect();
    let reading = guard.read(permit, View::List, &dossiers).await?;
    let people = people::find(guard, &persons.into_iter().collect::<Vec<_>>()).await?;
    let mut rows = Vec::with_capacity(messages.len());
    for message in messages {
        if let Some(person) = people.get(&message.person) {
            rows.push(Row {
                person: person.show(&reading)?,
                message,
            });
        }
    }
    Ok(rows)
}
