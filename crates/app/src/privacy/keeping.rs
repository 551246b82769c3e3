//! Owns: the page of who is charged with data protection on what goes tonight: what is due, the holds on it, a sweep that
//! waits for a human. Doesn't own: sweeping and holds (`guard::keep`). Nobody is named here: a dossier is its number.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use charter::{Duty, vocabulary::Hold};
use guard::{DossierId, keep::hold, keep::sweep::Going};
use kernel::{Date, Id, Word as _};
use serde_json::{Value, json};
use web::{Error, Errors};

use crate::{
    query::Query,
    visit::{Posted, Visit},
};

pub(super) const HERE: &str = "/desk/keeping";
/// Rows of a page.
const SIZE: usize = 50;

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    draw(&visit, StatusCode::OK, Errors::default()).await
}

pub(super) async fn confirm(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.on_duty(Duty::Protect)?;
    visit.site.guard().confirm_sweep(&visit.actor).await?;
    Ok(visit.back(HERE, "sweep-confirmed").into_response())
}

pub(super) async fn place(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.on_duty(Duty::Protect)?;
    let dossier: DossierId = posted.field("dossier").parse().map_err(|_| Error::NotFound)?;
    let mut errors = Errors::default();
    let (kind, until) = (
        Hold::from_word(posted.field("kind")).ok(),
        Date::parse(posted.field("until")),
    );
    match (kind, until) {
        (Some(kind), Some(until)) => {
            let guard = visit.site.guard();
            let reference = posted.field("reference");
            match guard
                .place_hold(&visit.actor, dossier, kind, reference, until)
                .await
            {
                Ok(_) => return Ok(visit.back(HERE, "hold-placed").into_response()),
                Err(guard::Error::Invalid(_)) => errors.add("", visit.text("keeping-hold-wrong")),
                Err(error) => return Err(error.into()),
            }
        }
        _ => errors.add("", visit.text("keeping-hold-wrong")),
    }
    draw(visit, StatusCode::UNPROCESSABLE_ENTITY, errors).await
}

pub(super) async fn lift(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.on_duty(Duty::Protect)?;
    let hold: Id<hold::Hold> = posted.field("hold").parse().map_err(|_| Error::NotFound)?;
    visit.site.guard().lift_hold(&visit.actor, hold).await?;
    Ok(visit.back(HERE, "hold-lifted").into_response())
}

async fn draw(visit: &Visit, status: StatusCode, errors: Errors) -> Result<Response, Error> {
    visit.on_duty(Duty::Protect)?;
    let guard = visit.site.guard();
    let charter = guard.charter();
    let today = guard.now().date(guard.zone());
    let query = Query::read(&visit.query);
    let asked = query.page(&visit.site, HERE);
    let page = guard
        .going(&visit.actor, today, asked.after.as_ref(), SIZE)
        .await?;
    let ids: Vec<DossierId> = page.rows.iter().map(|going| going.dossier).collect();
    let holds = guard.holds_on(&ids).await?;
    let locale = visit.locale;
    let row = |going: &Going| -> Value {
        let retention = charter.retention(&going.retention);
        let kinds = charter.clocks(&going.purpose).flat_map(|one| one.hold.iter());
        let kinds: std::collections::BTreeSet<&str> = kinds.map(|kind| kind.word()).collect();
        let held = holds.iter().filter(|hold| hold.dossier == going.dossier);
        json!({
            "dossier": going.dossier,
            "purpose": charter.purpose(&going.purpose).map_or(going.purpose.as_str(), |purpose| purpose.title(locale)),
            "retention": retention.and_then(|one| one.label(locale)).unwrap_or(&going.retention),
            "clause": retention.map(|one| one.rule.clause.as_str()),
            "at": going.at,
            "restricted": going.restricted,
            "kinds": kinds,
            "holds": held.map(|hold| json!({
                "id": hold.id,
                "kind": hold.kind.word(),
                "reference": hold.reference,
                "until": hold.until_at.plus_millis(-1),
            })).collect::<Vec<_>>(),
        })
    };
    let context = json!({
        "stopped": guard.sweep_stopped().await?.map(kernel::Word::word),
        "demo": guard.is_demo(),
        "rows": page.rows.iter().map(row).collect::<Vec<_>>(),
        "next": asked.next(&visit.site, page.next.as_ref()),
        "day": today.to_string(),
        "earliest": today.plus_days(1).to_string(),
        "errors": errors,
    });
    visit.draw_with(status, "privacy/keeping.html", context).await
}
