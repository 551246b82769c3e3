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

use super::service::{self, Giving};
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
    actor.on_duty(&guard.charter(), Duty::Recruit)?;
    let shared = guard.shared(id).await?;
    let mut giving = service::prepare(site, actor, shared.dossier.cast(), &shared.share).await?;
    giving.fields.retain(|field| shared.fields.contains(field));
    let Giving {
        mut opened, fields, ..
    } = giving;
    opened.held.files.retain(|(file, _)| fields.contains(&file.field));
    let permit = applications::permit(guard, actor)?;
    let copies = guard
        .copies_of(&permit, shared.dossier, &opened.held.files)
        .await?;
    let files: Vec<Value> = copies
        .names()
        .map(|(name, bytes)| json!({ "name": name, "bytes": bytes }))
        .collect();
    let page = page(visit, &shared, (&opened, &fields), &files)?;
    let pages = vec![
        ("index.html", page.into_bytes()),
        ("style.css", STYLE.as_bytes().to_vec()),
    ];
    Ok(Archive {
        name: format!("{}-{id}.zip", visit.text("partners-file-name")),
        bytes: guard.archive(copies, pages).boxed(),
    })
}

fn page(
    visit: &Visit,
    shared: &Shared,
    (opened, fields): (&Opened, &[String]),
    files: &[Value],
) -> Result<String, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let vacancy = opened.row.vacancy.as_ref().map(|vacancy| &vacancy.offer.title);
    let identity = opened.row.person.identity();
    let identity = identity.map(|(field, value)| (field, json!(value)));
    let answers = opened.held.answers.iter();
    let answers = answers.map(|(field, value)| (field.as_str(), json!(value)));
    let answers: Vec<Value> = identity
        .chain([("vacancy", json!(vacancy))])
        .chain(answers)
        .filter(|(field, _)| fields.iter().any(|goes| goes == field))
        .map(|(field, value)| json!({ "label": charter.field_label(field, visit.locale), "value": value }))
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
