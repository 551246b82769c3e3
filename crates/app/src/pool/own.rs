//! Owns: the person's own side of the pool: agreeing to stay in it, and taking that back as easily; answering by the link
//! of the mail that asked. Doesn't own: their pages ([`super::pages`]), the area ([`crate::account`]).

use std::collections::HashMap;

use guard::{
    Actor, DossierId, Error,
    keep::{
        Until,
        erase::{Scope, Why},
        renew::{Answer, Question},
    },
};
use kernel::{Id, Timestamp};

use super::{
    arrival,
    entering::step,
    model::{Entry, State, StepKind},
    service::{is_apart, purpose},
    store::{self, inbox},
};
use crate::{Site, answers::OF_THE_POOL, applications};

/// Where the acting person stands with the pool.
pub enum Own {
    /// They agreed, and are in.
    In {
        /// When they agreed.
        since: Option<Timestamp>,
        /// Until when they are kept.
        until: Option<Until>,
    },
    /// They are asked.
    Asked {
        /// Until when an answer is awaited.
        until: Option<Until>,
    },
    /// They agreed, and nobody has looked yet.
    Waiting {
        /// When they agreed.
        since: Timestamp,
    },
    /// They may agree.
    Out,
}

/// Where the acting person stands; `None` where the charter has no pool, or they sent nothing that could join it.
///
/// # Errors
/// The storage's.
pub async fn standing(site: &Site, actor: &Actor) -> Result<Option<Own>, Error> {
    let guard = site.guard();
    if purpose(&guard.charter()).is_none() || actor.people().is_empty() {
        return Ok(None);
    }
    if let Some(entry) = store::of_people(guard.db(), actor.people()).await?.first() {
        let until = guard.until(guard.db(), entry.dossier()).await?;
        return Ok(Some(match entry.state {
            State::Agreed => Own::In {
                since: entry.agreed_at,
                until,
            },
            State::Untold | State::Asked => Own::Asked { until },
        }));
    }
    let waiting = inbox::of_people(guard.db(), actor.people()).await?;
    if let Some(since) = waiting.iter().find_map(|waiting| waiting.agreed_at) {
        return Ok(Some(Own::Waiting { since }));
    }
    let open = applications::own::open_of(guard, actor).await?;
    Ok(open.map(|_| Own::Out))
}

/// What the pool holds of the acting person besides who they are: by dossier, the charter's fields; nothing is opened.
///
/// # Errors
/// The storage's.
pub async fn held(site: &Site, actor: &Actor) -> Result<HashMap<DossierId, Vec<String>>, Error> {
    let guard = site.guard();
    let mut held = HashMap::new();
    for entry in store::of_people(guard.db(), actor.people()).await? {
        let mut fields = OF_THE_POOL.fields(guard, entry.dossier()).await?;
        fields.extend(["origin", "consent"].map(str::to_owned));
        held.insert(entry.dossier(), fields);
    }
    Ok(held)
}

/// The acting person agrees: to what they were asked, or to stay in the pool with what they applied with last.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing to agree to, [`Error::TooLate`] when they did already.
pub async fn agree(site: &Site, actor: &Actor) -> Result<(), Error> {
    let guard = site.guard();
    match standing(site, actor).await?.ok_or(Error::NotFound)? {
        Own::In { .. } | Own::Waiting { .. } => Err(Error::TooLate),
        Own::Asked { .. } => {
            let entries = store::of_people(guard.db(), actor.people()).await?;
            let mut tx = guard.begin().await?;
            for entry in entries.iter().filter(|entry| entry.state != State::Agreed) {
                guard.agreed(&mut tx, entry.dossier()).await?;
                take_in(&mut tx, entry.id, guard.now()).await?;
            }
            Ok(tx.commit().await?)
        }
        Own::Out => {
            let latest = applications::own::open_of(guard, actor)
                .await?
                .ok_or(Error::NotFound)?;
            let filed = guard.filed(latest.dossier()).await?;
            let mut tx = guard.begin().await?;
            let charter = guard.charter();
            let pool = purpose(&charter).ok_or(Error::NotFound)?;
            guard.note_agreement(&mut tx, &filed, &pool.name).await?;
            inbox::insert(&mut tx, &arrival::of(&latest, Some(guard.now()))).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// The acting person takes it back: what is held for the pool is erased, and nothing joins it. Written into the
/// restriction journal first, which no restore rolls back.
///
/// # Errors
/// [`Error::TooLate`] when there is nothing to take back.
pub async fn withdraw(site: &Site, actor: &Actor) -> Result<(), Error> {
    let guard = site.guard();
    let entries = store::of_people(guard.db(), actor.people()).await?;
    let waiting = inbox::of_people(guard.db(), actor.people()).await?;
    let mut agreed = waiting.iter().filter(|waiting| waiting.agreed_at.is_some());
    if entries.is_empty() && agreed.next().is_none() {
        return Err(Error::TooLate);
    }
    let mut filed = Vec::with_capacity(entries.len());
    for entry in &entries {
        filed.push(guard.filed(entry.dossier()).await?);
    }
    let mut tx = guard.begin().await?;
    for (entry, filed) in entries.iter().zip(&filed) {
        guard.withdrawn(&mut tx, filed).await?;
        store::set_removed(&mut tx, entry.id, None, Some(guard.now())).await?;
        guard
            .decide_erasure(&mut tx, Scope::Dossier, entry.id.cast(), Why::Asked, None)
            .await?;
    }
    inbox::set_agreed(&mut tx, actor.people(), None).await?;
    let charter = guard.charter();
    for waiting in waiting
        .iter()
        .filter(|waiting| !is_apart(&charter, &waiting.purpose))
    {
        // It waited for its person's word alone.
        inbox::remove(&mut tx, waiting.application).await?;
    }
    tx.commit().await?;
    site.ring();
    Ok(())
}

/// The question behind a link, with the entry that it is about.
///
/// # Errors
/// [`Error::NotFound`] when the link is none of ours, has ended, or what it asks about is gone.
pub async fn asked(site: &Site, token: &str) -> Result<(Question, Entry), Error> {
    let question = site.guard().renewal(token).await?;
    let entry = store::find(site.guard().db(), question.dossier.cast()).await?;
    Ok((question, entry.ok_or(Error::NotFound)?))
}

/// Answers by the link of the mail, without signing in.
///
/// # Errors
/// As [`asked`]; [`Error::TooLate`] when it was answered already.
pub async fn answer(site: &Site, token: &str, answer: Answer) -> Result<(), Error> {
    let guard = site.guard();
    let (question, entry) = asked(site, token).await?;
    let mut tx = guard.begin().await?;
    guard.take_renewal(&mut tx, token, &question, answer).await?;
    match answer {
        Answer::Keep => take_in(&mut tx, entry.id, guard.now()).await?,
        Answer::Erase => {
            store::set_removed(&mut tx, entry.id, entry.removed_at, Some(guard.now())).await?;
        }
    }
    tx.commit().await?;
    site.ring();
    Ok(())
}

async fn take_in(tx: &mut storage::Tx, id: Id<Entry>, at: Timestamp) -> Result<(), Error> {
    if store::set_agreed(tx, id, at).await? == 1 {
        step(tx, id, StepKind::Agreed, at, None).await?;
    }
    Ok(())
}
