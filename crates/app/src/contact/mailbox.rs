//! Owns: the addressee's mailbox: a copy of the message that the charter declares, which is no more than that they may read
//! it; it ends when the charter says, and the message is then read by whoever reads it anyway. Putting a message's sender
//! into the pool, which ends it at once. Doesn't own: what a message is found worth ([`super::dealing`]), the pool.
//!
//! Nothing of a message is mailed to its addressee: what lies in a mailbox elsewhere couldn't be taken out of it again.

use charter::{Charter, CopyMode, Trigger};
use guard::{Actor, Error, Guard, View};
use kernel::{Id, Timestamp};
use platform::jobs::{JobToken, Outcome, Running};
use storage::Tx;

use super::{
    dealing::{step, write_verdict},
    model::{Message, Sender, Step, StepKind, Verdict},
    service::{on_duty, permit, readable},
    store,
};
use crate::{
    Site,
    answers::OF_MESSAGES,
    pool::{
        entering::{self, Parent},
        model::{Came, Entry},
    },
};

/// The job that empties a mailbox; its subject is the message.
pub(super) const EMPTY: &str = "contact.empty_mailbox";

/// When the mailbox copy of a message that was judged then ends; `None` where the charter declares none that does.
pub(super) fn ends(guard: &Guard, charter: &Charter, purpose: &str, judged: Timestamp) -> Option<Timestamp> {
    let happened = [(Trigger::Judged, judged)];
    copies(charter, purpose)
        .flat_map(|copy| &copy.retention)
        .filter_map(|name| charter.retention(name))
        .filter_map(|retention| retention.until(&happened, guard.zone()))
        .min()
}

/// Whether the charter has what is addressed to somebody lie in a mailbox of theirs.
pub(super) fn is_declared(charter: &Charter, purpose: &str) -> bool {
    copies(charter, purpose).next().is_some()
}

fn copies<'c>(charter: &'c Charter, purpose: &'c str) -> impl Iterator<Item = &'c charter::Copy> {
    let copies = charter.copies().iter();
    copies.filter(move |copy| copy.mode == CopyMode::Mailbox && copy.of.iter().any(|of| of == purpose))
}

/// The job that empties a mailbox.
pub(super) fn empty(site: Site, token: JobToken) -> Running {
    Box::pin(async move {
        let Some(message) = token.subject() else {
            return Outcome::Failed;
        };
        match try_empty(site.guard(), message.cast()).await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::warn!(%error, "a mailbox can't be emptied now");
                Outcome::Insist
            }
        }
    })
}

async fn try_empty(guard: &Guard, id: Id<Message>) -> Result<Outcome, Error> {
    let Some(message) = store::find(guard.db(), id).await? else {
        return Ok(Outcome::Done);
    };
    // Undone meanwhile, or empty already.
    let (Some(judged), Some(_)) = (message.judged_at, message.addressee) else {
        return Ok(Outcome::Done);
    };
    let judged = message.undo_until().unwrap_or(judged);
    let Some(ends) = ends(guard, &guard.charter(), &message.purpose, judged) else {
        return Ok(Outcome::Done);
    };
    let now = guard.now();
    if now < ends {
        return Ok(Outcome::At(ends));
    }
    let mut tx = guard.begin().await?;
    take_out(&mut tx, id, now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// The message leaves its addressee's mailbox.
async fn take_out(tx: &mut Tx, id: Id<Message>, at: Timestamp) -> Result<(), Error> {
    store::set_addressee(tx, id, None).await?;
    let step = Step {
        kind: StepKind::Emptied,
        at,
        staff: None,
    };
    Ok(store::insert_step(tx, id, &step).await?)
}

/// Whether the sender of a message can be put into the pool by this actor: for recruitment alone, so nobody who asks as a
/// client.
pub(super) fn may_take(site: &Site, actor: &Actor, message: &Message) -> bool {
    let is_client = message.client_since.is_some() || message.sender == Sender::Client;
    !is_client && message.verdict != Verdict::Irrelevant && entering::may_take(site, actor)
}

/// Puts the sender of a message into the pool: what the charter lets one hold of it is copied there under the pool's clock,
/// its person is told and asked, and the message leaves its addressee's mailbox at once.
///
/// # Errors
/// [`Error::NotFound`] to who may not see it, [`Error::TooLate`] when it isn't to be, or was put in already.
pub async fn into_pool(site: &Site, actor: &Actor, id: Id<Message>) -> Result<Id<Entry>, Error> {
    let guard = site.guard();
    let message = readable(guard, actor, id).await?;
    let staff = on_duty(guard, actor)?;
    if !may_take(site, actor, &message) {
        return Err(Error::TooLate);
    }
    let permit = permit(guard, actor)?;
    let reading = guard.read(&permit, View::One, &[message.dossier()]).await?;
    let values = OF_MESSAGES.open(guard, &reading, message.dossier()).await?;
    let parent = Parent {
        dossier: message.dossier(),
        person: message.person,
        language: message.language,
        came: Came::Message,
        agreed_at: None,
        values,
    };
    let prepared = entering::prepare(site, actor, &reading, parent).await?;
    let now = guard.now();
    let mut tx = guard.begin().await?;
    let entry = prepared.file(guard, &mut tx).await?;
    if message.verdict == Verdict::Pending {
        write_verdict(guard, &mut tx, &message, Verdict::Relevant, now).await?;
    }
    step(&mut tx, id, StepKind::Pooled, now, staff).await?;
    if message.addressee.is_some() && is_declared(&guard.charter(), &message.purpose) {
        take_out(&mut tx, id, now).await?;
    }
    tx.commit().await?;
    site.ring();
    Ok(entry)
}
