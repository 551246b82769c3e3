//! Owns: having everything of one's own erased, and the page that says how far that is and who else is told, which
//! outlives the session.
//! Doesn't own: erasing (`guard::keep::erase`).

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use guard::keep::erase::{Erased, Erasure};
use kernel::{Id, Timestamp};
use serde_json::json;
use web::Error;

use super::processors;
use crate::visit::{Posted, Visit};

/// An address names at most so many erasures: of one person and whoever is joined to them.
const MOST: usize = 100;

pub(super) async fn everything(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let guard = visit.site.guard();
    // Before the erasure: the fingerprint of an address goes with its owner.
    let alone = match posted.field("alone") {
        "yes" => guard.leave_alone(&visit.actor).await?,
        _ => None,
    };
    let erasures = guard.erase_own(&visit.actor).await?;
    visit.site.ring();
    let ids: Vec<String> = erasures.iter().map(Id::to_string).collect();
    let said = alone.map_or("", |_| "?done=left-alone");
    let to = Redirect::to(&format!("/erased/{}{said}", ids.join("-")));
    Ok((visit.no_session_cookie(), to).into_response())
}

pub(super) async fn progress(visit: Visit, Path(ids): Path<String>) -> Result<Response, Error> {
    let ids: Option<Vec<Id<Erasure>>> = ids.split('-').take(MOST).map(|id| id.parse().ok()).collect();
    let guard = visit.site.guard();
    let charter = guard.charter();
    let (mut each, mut receipts, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids.ok_or(Error::NotFound)? {
        let erasure = guard.erasure(id).await?;
        if erasure.has_receipt {
            receipts.push(format!("/erased/{id}/receipt.json"));
        }
        each.push(erasure);
        let notices = guard.notices_of_erasure(id).await?;
        told.extend(notices.iter().map(|notice| processors::told(&charter, notice)));
    }
    let all = each.iter().fold(Erased::default(), |all, one| Erased {
        erased: all.erased + one.so_far.erased,
        kept: all.kept + one.so_far.kept,
    });
    let asked_at = each.iter().map(|one| one.asked_at).min();
    // Done is when the last of them is.
    let ends: Option<Vec<Timestamp>> = each.iter().map(|one| one.done_at).collect();
    let done_at = ends.and_then(|ends| ends.into_iter().max());
    let controller = charter.controller();
    let context = json!({
        "asked_at": asked_at,
        "done_at": done_at,
        "erased": all.erased,
        "kept": all.kept,
        "receipts": receipts,
        "told": told,
        "window": charter.security().and_then(|security| security.backup_window).map(|window| {
            charter::render::duration_words(window, visit.locale)
        }),
        "write_to": controller.dpo.as_ref().or(controller.contact.as_ref()),
    });
    visit.draw("privacy/erased.html", context).await
}
