//! Owns: leaving: withdrawing everything at once, ending every way in, and what the charter says of erasing. Doesn't
//! own: withdrawing one application ([`crate::applications`]), erasing.

use axum::response::{IntoResponse as _, Redirect, Response};
use charter::render;
use serde_json::{Value, json};
use web::Error;

use crate::{
    applications::own,
    visit::{Posted, Visit},
};

/// The clauses of the charter that say how to have everything erased, and how soon.
const CLAUSES: [&str; 2] = ["right.erase", "right"];

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.person()?;
    let guard = visit.site.guard();
    let charter = guard.charter();
    let own = own::all(&visit.site, &visit.actor).await?;
    let (open, over): (Vec<_>, Vec<_>) = own.iter().partition(|own| own.application.stage.is_open());
    let row = |own: &&own::Own| {
        json!({
            "id": own.application.id,
            "vacancy": own.vacancy,
            "until": own.until.as_ref().map(guard::keep::Until::last_day),
        })
    };
    let policy = render::policy(&charter, visit.locale);
    let clauses = policy.sections.iter().flat_map(|section| &section.clauses);
    let clauses: Vec<Value> = CLAUSES
        .iter()
        .filter_map(|id| clauses.clone().find(|clause| clause.id.as_str() == *id))
        .map(|clause| json!({ "id": clause.id, "html": render::clause_to_html(clause) }))
        .collect();
    let controller = charter.controller();
    let context = json!({
        "open": open.iter().map(row).collect::<Vec<_>>(),
        "over": over.iter().map(row).collect::<Vec<_>>(),
        "clauses": clauses,
        "alone": guard.suppression().map(|alone| {
            json!({ "until": alone.until.plus_millis(-1), "clause": alone.clause })
        }),
        "write_to": controller.dpo.as_ref().or(controller.contact.as_ref()),
    });
    visit.draw("account/leave.html", context).await
}

pub(super) async fn withdraw(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    own::withdraw_all(&visit.site, &visit.actor).await?;
    Ok(visit.back("/me/leave", "withdrawn-all"))
}

pub(super) async fn sign_out(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.person()?;
    visit.site.guard().end_ways_in(&visit.actor).await?;
    Ok((
        visit.no_session_cookie(),
        Redirect::to("/?done=signed-out-everywhere"),
    )
        .into_response())
}
