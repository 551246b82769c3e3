//! Owns: whom a held mail is for, as far as the charter shows it to the reader. Doesn't own: who may say what becomes of
//! it (`guard`).

use std::collections::HashMap;

use charter::PurposeKind;
use guard::{
    DossierId, Error, Person, Shown, Staff, View, backup::HeldMail, rights::Request, send::MailKind,
};
use kernel::{Id, Word as _};

use crate::{account::people, visit::Visit};

/// By the mail's dossier, the name of whom it is for; none of who isn't shown to the reader.
///
/// # Errors
/// The storage's and the vault's.
pub(super) async fn names(
    visit: &Visit,
    held: &[HeldMail],
) -> Result<HashMap<DossierId, Shown<String>>, Error> {
    let mut names = of_people(visit, held).await?;
    names.extend(of_requests(visit, held).await?);
    names.extend(of_staff(visit, held).await?);
    Ok(names)
}

/// Whose dossier the reader reads, is named to them.
async fn of_people(visit: &Visit, held: &[HeldMail]) -> Result<HashMap<DossierId, Shown<String>>, Error> {
    let guard = visit.site.guard();
    let permit = match guard.permit(&visit.actor, PurposeKind::ALL) {
        Ok(permit) => permit,
        Err(Error::Forbidden) => return Ok(HashMap::new()),
        Err(error) => return Err(error),
    };
    let dossiers: Vec<DossierId> = held.iter().map(|mail| mail.dossier).collect();
    let reached = guard.reached(&permit, &dossiers).await?;
    let theirs: Vec<&HeldMail> = held
        .iter()
        .filter(|mail| reached.contains(&mail.dossier))
        .collect();
    let ids: Vec<Id<Person>> = theirs.iter().map(|mail| mail.person).collect();
    let rows = people::find(guard, &ids).await?;
    let identities: Vec<DossierId> = rows.keys().map(|id| id.cast()).collect();
    let reading = guard.read(&permit, View::List, &identities).await?;
    let mut names = HashMap::with_capacity(theirs.len());
    for mail in theirs {
        if let Some(row) = rows.get(&mail.person).filter(|row| reading.has(row.dossier())) {
            names.insert(mail.dossier, row.show(&reading)?.name);
        }
    }
    Ok(names)
}

/// A request keeps its own copy of who asks, for who answers it.
async fn of_requests(visit: &Visit, held: &[HeldMail]) -> Result<HashMap<DossierId, Shown<String>>, Error> {
    let guard = visit.site.guard();
    let ids: Vec<Id<Request>> = of_kinds(held, &[MailKind::Right]);
    if ids.is_empty() || guard.answers_rights(&visit.actor).is_err() {
        return Ok(HashMap::new());
    }
    let names = guard.request_names(&visit.actor, &ids).await?;
    Ok(names.into_iter().map(|(id, name)| (id.cast(), name)).collect())
}

async fn of_staff(visit: &Visit, held: &[HeldMail]) -> Result<HashMap<DossierId, Shown<String>>, Error> {
    let ids: Vec<Id<Staff>> = of_kinds(held, &[MailKind::Invitation, MailKind::Recovery]);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let colleagues = visit.site.guard().colleagues(&visit.actor, &ids).await?;
    let named = colleagues
        .into_iter()
        .filter_map(|(id, colleague)| Some((id.cast(), colleague.name?)));
    Ok(named.collect())
}

/// The dossiers of the mails of those kinds, each once.
fn of_kinds<K>(held: &[HeldMail], kinds: &[MailKind]) -> Vec<Id<K>> {
    let those = held.iter().filter(|mail| kinds.contains(&mail.kind));
    let mut ids: Vec<DossierId> = those.map(|mail| mail.dossier).collect();
    ids.sort();
    ids.dedup();
    ids.into_iter().map(Id::cast).collect()
}
