//! Owns: an application as its own person sees it: status in plain words, history, files, withdrawing. Doesn't own:
//! the rest of the person's area ([`crate::account`]).

use axum::{
    extract::Path,
    response::{Redirect, Response},
};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::Error;

use super::{
    model::{Stage, Step},
    own::{self, Own},
    service,
};
use crate::{
    files::send_file,
    partners,
    privacy::receipts,
    visit::{Posted, Visit},
};

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.person()?;
    let own = own::one(&visit.site, &visit.actor, parse(&id)?).await?;
    let application = &own.application;
    let charter = visit.site.guard().charter();
    let answers: Vec<Value> = own
        .held
        .answers
        .iter()
        .map(|(field, value)| json!({ "label": charter.field_label(field, visit.locale), "value": value }))
        .collect();
    let mut history: Vec<Value> = own.steps.iter().map(|step| told(&visit, step)).collect();
    if let Some(at) = application.read_at {
        history.push(json!({
            "at": at, "title": visit.text("application-read-title"), "text": null, "by": null, "tone": null,
        }));
    }
    history.sort_by_key(|event| std::cmp::Reverse(event["at"].as_i64()));
    let context = json!({
        "application": {
            "id": application.id,
            "vacancy": own.vacancy,
            "stage": application.told(),
            "sent_at": application.submitted_at,
            "until": own.until.as_ref().map(guard::keep::Until::last_day),
            "clause": own.until.as_ref().map(|until| format!("retention.{}", until.retention)),
            "answers": answers,
            "files": files(&own),
        },
        "history": history,
        "given": partners::own_view(&visit, Some(application)).await?,
        "receipts": receipts::about(&visit, application.dossier()).await?,
        "steps": steps(&own),
        "withdraw": application.stage.is_open().then(|| format!("/me/applications/{id}/withdraw")),
    });
    visit.draw("applications/follow.html", context).await
}

/// The files of an application, for their own person to download.
#[must_use]
pub fn files(own: &Own) -> Vec<Value> {
    own.held.files
        .iter()
        .map(|(file, name)| {
            json!({ "name": name, "bytes": file.size, "href": format!("/me/files/{}", file.id) })
        })
        .collect()
}

/// How the recruitment goes on, in the words of the offer, while it does.
fn steps(own: &Own) -> Vec<&str> {
    let offer = own.vacancy.as_ref().filter(|_| own.application.stage.is_open());
    let lines = offer
        .map_or("", |vacancy| vacancy.offer.next_steps.as_str())
        .lines();
    lines.map(str::trim).filter(|line| !line.is_empty()).collect()
}

pub(super) async fn withdraw(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.person()?;
    own::withdraw(&posted.visit.site, &posted.visit.actor, parse(&id)?).await?;
    Ok(posted.visit.back(&format!("/me/applications/{id}"), "withdrawn"))
}

pub(super) async fn file(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.person()?;
    let permit = service::permit(visit.site.guard(), &visit.actor)?;
    send_file(visit.site.guard(), &permit, &id).await
}

fn told(visit: &Visit, step: &Step) -> Value {
    let word = step.stage.word();
    let tone = matches!(step.stage, Stage::Offer | Stage::Hired).then_some("good");
    json!({
        "at": step.at,
        "title": visit.text(&format!("application-person-{word}-title")),
        "text": null,
        "by": null,
        "tone": tone,
    })
}

fn parse<K>(id: &str) -> Result<Id<K>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
