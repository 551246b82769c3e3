//! Owns: what a person does with their rights from their area: asking in words, correcting at once, directives. Doesn't
//! own: what takes effect at once by itself (`guard::rights`), the pages ([`super::me`]).

use charter::{PurposeKind, Right};
use guard::{
    Actor, Error, Person, View,
    collect::Flaw,
    rights::{
        Request, Way,
        request::{Asker, NewRequest},
    },
};
use kernel::{Id, Locale};

use super::letters::{self, Mail};
use crate::{Site, account::people};

/// Files a request of the acting person's and tells them that it came.
///
/// # Errors
/// [`Error::Invalid`] when the charter declares no such right; the doors'.
pub(crate) async fn ask(site: &Site, actor: &Actor, kind: Right, text: &str) -> Result<Id<Request>, Error> {
    let guard = site.guard();
    let (person, asker, language) = who(site, actor).await?;
    let filed = guard.new_request(person).await?;
    let new = NewRequest {
        kind,
        way: Way::Area,
        received_at: guard.now(),
        language,
        asker: &asker,
        text,
    };
    let mut tx = guard.begin().await?;
    let request = guard.file_request(&mut tx, &filed, new).await?;
    let to = (&filed, asker.email.as_ref());
    letters::queue(site, &mut tx, to, &request, Mail::Received).await?;
    tx.commit().await?;
    site.ring();
    Ok(request.id)
}

/// Keeps the acting person's directives, or, without words, takes them back.
///
/// # Errors
/// As [`ask`].
pub(super) async fn direct(site: &Site, actor: &Actor, text: &str) -> Result<bool, Error> {
    let guard = site.guard();
    if text.trim().is_empty() {
        guard.withdraw_directives(actor).await?;
        return Ok(false);
    }
    let (person, asker, language) = who(site, actor).await?;
    let filed = guard.new_request(person).await?;
    let mut tx = guard.begin().await?;
    guard
        .keep_directives(&mut tx, &filed, (&asker, language), text)
        .await?;
    tx.commit().await?;
    Ok(true)
}

/// Corrects name and telephone at once; what is wrong with them is said.
///
/// # Errors
/// [`Error::NotFound`] when that person isn't the acting one.
pub(super) async fn correct(
    site: &Site,
    actor: &Actor,
    person: Id<Person>,
    typed: [&str; 3],
) -> Result<Result<(), Vec<(&'static str, Flaw)>>, Error> {
    let guard = site.guard();
    let corrected = match guard.corrected(actor, person, typed).await? {
        Ok(corrected) => corrected,
        Err(flaws) => return Ok(Err(flaws)),
    };
    guard.find_by_corrected(&corrected).await?;
    let mut tx = guard.begin().await?;
    people::correct(&mut tx, guard, &corrected).await?;
    guard.note_corrected(&mut tx, &corrected).await?;
    tx.commit().await?;
    guard.forget_corrected(&corrected).await?;
    Ok(Ok(()))
}

/// Who acts, as their row has them.
async fn who(site: &Site, actor: &Actor) -> Result<(Id<Person>, Asker, Locale), Error> {
    let guard = site.guard();
    let person = actor.person().ok_or(Error::Forbidden)?;
    let sealed = people::find(guard, &[person])
        .await?
        .remove(&person)
        .ok_or(Error::NotFound)?;
    let permit = guard.permit(actor, &[PurposeKind::AnswerRights])?;
    let reading = guard.read(&permit, View::One, &[sealed.dossier()]).await?;
    let asker = sealed.asker(&reading)?;
    Ok((person, asker, sealed.language))
}
