//! Owns: the page on which somebody who was told answers without signing in, and what the area shows of the pool. Doesn't
//! own: what an answer does ([`super::own`]).
//!
//! The mail's link changes nothing by being opened: mail servers open links before people do. The click is the page's.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use charter::render;
use guard::keep::{Until, renew::Answer};
use serde_json::{Value, json};
use web::Error;

use super::{
    model::State,
    own::{self, Own},
    service::purpose,
    telling::source_words,
};
use crate::visit::{Posted, Visit};

const TEMPLATE: &str = "pool/asked.html";

pub(super) async fn asked(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    match own::asked(&visit.site, &token).await {
        Ok((question, entry)) => {
            let charter = visit.site.guard().charter();
            let pool = charter.purpose(&entry.purpose);
            let state = match (question.answered, entry.state) {
                (Some((Answer::Erase, _)), _) => "no",
                (Some((Answer::Keep, _)), _) | (None, State::Agreed) => "yes",
                (None, _) => "ask",
            };
            let what = pool.into_iter().flat_map(charter::Purpose::field_names);
            let what = what.filter_map(|field| charter.field(field));
            let what: Vec<&str> = what.map(|field| field.label(visit.locale)).collect();
            let context = json!({
                "state": state,
                "source": source_words(&visit.site, &entry, visit.locale),
                "since": entry.added_at,
                "about": pool.map(|pool| pool.title(visit.locale)),
                "what": render::list_words(&what, visit.locale),
                "until": question.until.as_ref().map(Until::last_day),
                "clause": pool.map(|pool| pool.rule.clause.to_string()),
                "action": visit.path,
            });
            visit.draw(TEMPLATE, context).await
        }
        Err(guard::Error::NotFound) => over(&visit).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn answer(Path(token): Path<String>, posted: Posted) -> Result<Response, Error> {
    let answer = match posted.field("answer") {
        "yes" => Answer::Keep,
        "no" => Answer::Erase,
        _ => return asked(posted.visit, Path(token)).await,
    };
    let visit = &posted.visit;
    match own::answer(&visit.site, &token, answer).await {
        // Answered before: shown as it was answered.
        Ok(()) | Err(guard::Error::TooLate) => Ok(Redirect::to(&visit.path).into_response()),
        Err(guard::Error::NotFound) => over(visit).await,
        Err(error) => Err(error.into()),
    }
}

/// The link is none, has ended, or what it asked about is gone.
async fn over(visit: &Visit) -> Result<Response, Error> {
    let context = json!({
        "state": "over", "source": null, "since": null, "about": null, "what": null, "until": null, "clause": null,
        "action": null,
    });
    visit.draw_with(StatusCode::NOT_FOUND, TEMPLATE, context).await
}

/// In the person's own area: they agree, or take it back.
pub(super) async fn own(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let done = match posted.field("agree") {
        "yes" => {
            own::agree(&visit.site, &visit.actor).await?;
            "pool-agreed"
        }
        "no" => {
            own::withdraw(&visit.site, &visit.actor).await?;
            "pool-withdrawn"
        }
        // The box wasn't ticked: nothing is agreed to.
        _ => return Ok(Redirect::to("/me")),
    };
    Ok(Redirect::to(&format!("/me?done={done}")))
}

/// What the first page of the area shows of the pool; nothing where there is none to join.
pub(crate) async fn own_view(visit: &Visit) -> Result<Option<Value>, Error> {
    let Some(standing) = own::standing(&visit.site, &visit.actor).await? else {
        return Ok(None);
    };
    let charter = visit.site.guard().charter();
    let Some(pool) = purpose(&charter) else {
        return Ok(None);
    };
    let last = |until: &Option<Until>| until.as_ref().map(Until::last_day);
    let (state, since, until) = match &standing {
        Own::In { since, until } => ("in", *since, last(until)),
        Own::Asked { until } => ("asked", None, last(until)),
        Own::Waiting { since } => ("waiting", Some(*since), None),
        Own::Out => ("out", None, None),
    };
    Ok(Some(json!({
        "state": state,
        "since": since,
        "until": until,
        "label": render::consent_label(pool, visit.locale),
        "clause": pool.rule.clause.to_string(),
    })))
}
