//! Owns: the page of one request of one's own, and taking it back. Doesn't own: the list ([`super::me`]).

use axum::{
    extract::Path,
    response::{Redirect, Response},
};
use guard::rights::Request;
use kernel::Id;
use serde_json::json;
use web::Error;

use super::view;
use crate::visit::{Posted, Visit};

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.person()?;
    let opened = visit.site.guard().own_request(&visit.actor, parse(&id)?).await?;
    let history = view::history(&visit, &opened.steps, |step| view::role(&visit, step));
    let context = json!({
        "request": view::opened(&visit, &opened, history),
        "contacts": view::contacts(&visit),
    });
    visit.draw("rights/one.html", context).await
}

pub(super) async fn withdraw(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let guard = visit.site.guard();
    guard.take_request_back(&visit.actor, parse(&id)?).await?;
    Ok(visit.back(&format!("{}/{id}", super::HERE), "request-withdrawn"))
}

fn parse(id: &str) -> Result<Id<Request>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
