//! Owns: the invented people in the pool: those of the applicants who agreed and were kept, and those whom a recruiter found.
//! Doesn't own: who they are ([`super::people`]), their applications ([`super::seed`]).

use anyhow::bail;
use app::{
    Site,
    applications::model::Application,
    pool::{entering, service},
};
use charter::Form;
use guard::{
    Actor, Error,
    collect::{AGREE, Collected, Collecting},
};
use kernel::Id;

use super::people::Invented;

/// Of so many applicants, one agrees to stay.
const ONE_AGREES_OF: usize = 4;
/// Of so many, the house keeps one.
const ONE_KEPT_OF: usize = 12;
/// How many are found elsewhere.
pub(super) const FOUND: usize = 5;

/// Ticks the boxes that the form offers, for those who agree.
pub(super) async fn agree(form: &Form, collecting: &mut Collecting, nth: usize) -> Result<(), Error> {
    if nth.is_multiple_of(ONE_AGREES_OF) {
        for purpose in &form.consents {
            collecting
                .text(&format!("{AGREE}{purpose}"), "yes".to_owned())
                .await?;
        }
    }
    Ok(())
}

/// Whether the house keeps this one of those who agreed.
pub(super) fn is_kept(form: &Form, nth: usize) -> bool {
    !form.consents.is_empty() && nth.is_multiple_of(ONE_KEPT_OF)
}

/// Keeps somebody, if their application is still open.
pub(super) async fn keep(site: &Site, actor: &Actor, id: Id<Application>) -> anyhow::Result<()> {
    match entering::take_application(site, actor, id).await {
        Ok(_) | Err(Error::TooLate) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A recruiter writes down whom they found, at each of the charter's sources in turn.
pub(super) async fn find(site: &Site, actor: &Actor, people: &[Invented]) -> anyhow::Result<()> {
    let guard = site.guard();
    let charter = guard.charter();
    let Some(pool) = service::purpose(&charter) else {
        return Ok(());
    };
    let sources = charter.sources().iter();
    let sources: Vec<_> = sources
        .filter(|source| charter.form_of_source(&source.name, &pool.name).is_some())
        .collect();
    for (person, source) in people.iter().zip(sources.iter().cycle()) {
        let mut collecting = guard.collect_from(&source.name, &pool.name, person.language)?;
        for (field, text) in [
            ("given_name", &person.given_name),
            ("family_name", &person.family_name),
            ("email", &person.email),
            ("experience", &person.subject),
        ] {
            collecting.text(field, text.clone()).await?;
        }
        let Collected::Complete(answers) = collecting.finish().await? else {
            bail!("what is written down of an invented person isn't complete");
        };
        entering::found(site, actor, &source.name, *answers, person.language).await?;
    }
    Ok(())
}
