//! Owns: the page of a person's own details: name and contact as they gave them, the address and its change, the
//! language they are spoken to in, who is joined to them or may be. Doesn't own: changing the address
//! ([`super::address`]), what joining means (`guard`).

use std::collections::HashMap;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{Redirect, Response},
};
use guard::{DossierId, Person, View};
use kernel::{Id, Locale, Word as _};
use serde_json::{Value, json};
use web::{Choice, Error, FieldKind, FieldView, FormView};

use super::{address, people};
use crate::{
    applications::{
        self,
        own::{self, Sent},
    },
    contact,
    visit::{Posted, Visit},
};

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    let form = address::form(&visit, "");
    draw(&visit, StatusCode::OK, form).await
}

/// The page, with the form for another address as it stands.
pub(super) async fn draw(visit: &Visit, status: StatusCode, form: FormView) -> Result<Response, Error> {
    visit.person()?;
    let guard = visit.site.guard();
    let charter = guard.charter();
    let controller = charter.controller();
    let context = json!({
        "details": of_each(visit).await?,
        "form": form,
        "pending": guard.pending_address(&visit.actor).await?,
        "write_to": controller.dpo.as_ref().or(controller.contact.as_ref()),
        "language": language_form(visit).await?,
        "duplicates": duplicates(visit).await?,
        "joined": joined(visit).await?,
    });
    visit.draw_with(status, "account/details.html", context).await
}

/// Name and contact of the person and of each who is joined to them, as they gave them.
async fn of_each(visit: &Visit) -> Result<Vec<people::ShownPerson>, Error> {
    let guard = visit.site.guard();
    let ids = visit.actor.people();
    let permit = applications::service::permit(guard, &visit.actor)?;
    let dossiers: Vec<DossierId> = ids.iter().map(|id| id.cast()).collect();
    let reading = guard.read(&permit, View::One, &dossiers).await?;
    let rows = people::find(guard, ids).await?;
    let shown = ids.iter().filter_map(|id| rows.get(id));
    Ok(shown.map(|row| row.show(&reading)).collect::<Result<_, _>>()?)
}

async fn language_form(visit: &Visit) -> Result<Option<FormView>, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let person = visit.actor.person().ok_or(Error::SignIn)?;
    let kept = people::language(guard, person).await?;
    if charter.languages().len() < 2 {
        return Ok(None);
    }
    let mut field = FieldView::new(
        "language",
        FieldKind::Choice,
        visit.text("account-language-which"),
    );
    field.choices = charter
        .languages()
        .iter()
        .map(|language| Choice {
            value: language.word().to_owned(),
            label: visit.text(&format!("account-language-{}", language.word())),
            hint: None,
            chosen: kept == Some(*language),
        })
        .collect();
    Ok(Some(FormView::new("/me/language", vec![field])))
}

pub(super) async fn language(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let guard = visit.site.guard();
    let chosen = Locale::from_word(posted.field("language"))
        .ok()
        .filter(|language| guard.charter().languages().contains(language))
        .ok_or(Error::Invalid(None))?;
    let mut tx = guard.begin().await?;
    people::set_language(&mut tx, visit.actor.people(), chosen).await?;
    tx.commit().await.map_err(guard::Error::from)?;
    Ok(Redirect::to(&format!(
        "/me/details?lang={}&done=language-kept#language",
        chosen.word()
    )))
}

/// Who may be the same person: what they sent, and where to say so.
pub(super) async fn duplicates(visit: &Visit) -> Result<Vec<Value>, Error> {
    let people = visit.site.guard().duplicates(&visit.actor).await?;
    each(visit, &people, "join").await
}

async fn joined(visit: &Visit) -> Result<Vec<Value>, Error> {
    let joined = visit.site.guard().joined_to(&visit.actor).await?;
    let people: Vec<Id<Person>> = joined.iter().map(|joined| joined.person).collect();
    each(visit, &people, "part").await
}

async fn each(visit: &Visit, people: &[Id<Person>], step: &str) -> Result<Vec<Value>, Error> {
    let mut by_person: HashMap<Id<Person>, Vec<Value>> = HashMap::new();
    for Sent { person, vacancy, at } in own::sent_by(visit.site.guard(), people).await? {
        let sent = json!({ "vacancy": vacancy, "message": false, "at": at });
        by_person.entry(person).or_default().push(sent);
    }
    for (person, at) in contact::own::sent_by(visit.site.guard(), people).await? {
        let sent = json!({ "vacancy": null, "message": true, "at": at });
        by_person.entry(person).or_default().push(sent);
    }
    let shown = people.iter().map(|person| {
        json!({
            "sent": by_person.remove(person).unwrap_or_default(),
            "action": format!("/me/people/{person}/{step}"),
        })
    });
    Ok(shown.collect())
}

pub(super) async fn join(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let other = id.parse().map_err(|_| Error::NotFound)?;
    visit.site.guard().join(&visit.actor, other).await?;
    Ok(Redirect::to("/me/details?done=joined#joined"))
}

pub(super) async fn part(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let other = id.parse().map_err(|_| Error::NotFound)?;
    visit.site.guard().part(&visit.actor, other).await?;
    Ok(Redirect::to("/me/details?done=parted#joined"))
}
