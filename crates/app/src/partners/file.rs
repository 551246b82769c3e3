//! Owns: what is handed over to who was given an application: one ZIP with a page of what the record says and the files
//! among it, nothing else. Doesn't own: the archive's form (`guard::export`).

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use charter::Duty;
use futures_util::StreamExt as _;
use guard::share::{Shared, Sharing};
use kernel::Id;
use serde_json::{Value, json};
use web::{Error, Page};

use super::service;
use crate::{
    applications::service::{self as applications, Opened},
    archive::{Archive, STYLE},
    visit::Visit,
};

pub(super) async fn download(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.staff()?;
    let id: Id<Sharing> = id.parse().map_err(|_| Error::NotFound)?;
    Ok(pack(&visit, id).await?.into_response())
}

/// The charter of today decides again: what it doesn't share any more leaves by no record of before.
async fn pack(visit: &Visit, id: Id<Sharing>) -> Result<Archive, Error> {
    let (site, actor) = (&visit.site, &visit.actor);
    let guard = site.guard();
    let charter = guard.charter();
    actor.on_duty(&charter, Duty::Recruit)?;
    let shared = guard.shared(id).await?;
    let mut opened = applications::open(site, actor, shared.dossier.cast()).await?;
    let application = &opened.row.application;
    let mut shares = service::shares(&charter, actor, application);
    if !shares.any(|share| share.name == shared.share) {
        return Err(Error::NotFound);
    }
    let fields: Vec<&str> = shared.fields.iter().map(String::as_str).collect();
    charter
        .may_share(&shared.share, &application.purpose, &fields)
        .map_err(guard::Error::from)?;
    opened
        .held
        .files
        .retain(|(file, _)| fields.contains(&file.field.as_str()));
    let permit = applications::permit(guard, actor)?;
    let copies = guard
        .copies_of(&permit, shared.dossier, &opened.held.files)
        .await?;
    let files: Vec<Value> = copies
        .places()
        .map(|(path, bytes)| json!({ "path": path, "bytes": bytes }))
        .collect();
    let page = page(visit, &shared, &opened, &files)?;
    let pages = vec![
        ("index.html", page.into_bytes()),
        ("style.css", STYLE.as_bytes().to_vec()),
    ];
    Ok(Archive {
        name: format!("{}-{id}.zip", visit.text("partners-file-name")),
        bytes: guard.archive(copies, pages).boxed(),
    })
}

fn page(visit: &Visit, shared: &Shared, opened: &Opened, files: &[Value]) -> Result<String, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let goes = |field: &str| shared.fields.iter().any(|name| name == field);
    let (person, held) = (&opened.row.person, &opened.held);
    let vacancy = opened.row.vacancy.as_ref().map(|vacancy| &vacancy.offer.title);
    let identity = [
        ("given_name", &person.given_name),
        ("family_name", &person.family_name),
        ("email", &person.email),
        ("phone", &person.phone),
    ];
    let identity = identity.into_iter().map(|(field, value)| (field, json!(value)));
    let answers = held
        .answers
        .iter()
        .map(|(field, value)| (field.as_str(), json!(value)));
    let answers: Vec<Value> = identity
        .chain([("vacancy", json!(vacancy))])
        .chain(answers)
        .filter(|(field, value)| goes(field) && !value.is_null())
        .map(|(field, value)| {
            let label = charter
                .field(field)
                .map_or(field, |field| field.label(visit.locale));
            json!({ "label": label, "value": value })
        })
        .collect();
    let controller = charter.controller();
    let context = json!({
        "reference": shared.id,
        "recipient": shared.recipient.name,
        "at": shared.at,
        "controller": controller.name,
        "write_to": controller.dpo.as_ref().or(controller.contact.as_ref()),
        "answers": answers,
        "files": files,
    });
    let page = Page::new(
        visit.site.face(visit.locale),
        visit.locale,
        "/desk/shared",
        guard.now(),
    );
    let kit = visit.site.kit();
    kit.render(visit.locale, "partners/file.html", &page, context)
        .map_err(Error::internal)
}
