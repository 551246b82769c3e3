//! Owns: `/api/v1/applications`, for a program with a member of staff's token. Doesn't own: what that member may see.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Uri, header},
};
use guard::{Actor, Shown};
use kernel::{Id, Locale};
use serde::Serialize;
use web::Error;

use super::{
    model::{Application, Next, Source, Stage},
    service::{self, Row, Wanted},
};
use crate::{
    Site,
    query::Query,
    vacancies::{Vacancy, api::Listed},
};

#[derive(Serialize)]
pub(super) struct Shape {
    id: Id<Application>,
    vacancy: Option<Id<Vacancy>>,
    stage: Stage,
    stage_since: String,
    submitted_at: String,
    waiting_days: Option<i64>,
    source: Source,
    next_action: Next,
    language: Locale,
    given_name: Option<Shown<String>>,
    family_name: Option<Shown<String>>,
    email: Option<Shown<String>>,
    phone: Option<Shown<String>>,
}

pub(super) async fn list(
    State(site): State<Site>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Json<Listed<Shape>>, Error> {
    let actor = bearer(&site, &headers).await?;
    let query = Query::read(uri.query().unwrap_or_default());
    let wanted = Wanted {
        stage: query.word("stage"),
        vacancy: query.parse("vacancy"),
        words: query.get("q").chars().take(200).collect(),
    };
    let size = query.parse("limit").unwrap_or(50usize).clamp(1, 100);
    let page = service::list(&site, &actor, &wanted, query.parse("after").as_ref(), size).await?;
    let items = page.rows.into_iter().map(|row| shape(&site, row)).collect();
    Ok(Json(Listed {
        items,
        next: page.next.map(|cursor| cursor.to_string()),
    }))
}

/// Who acts by the token in the `Authorization` header (RFC 6750). A session's cookie opens nothing here.
async fn bearer(site: &Site, headers: &HeaderMap) -> Result<Actor, Error> {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .ok_or(Error::SignIn)?;
    let token = value.strip_prefix("Bearer ").ok_or(Error::SignIn)?;
    let actor = site.guard().actor_of_token(token).await?;
    if actor.staff().is_some() {
        Ok(actor)
    } else {
        Err(Error::SignIn)
    }
}

fn shape(site: &Site, row: Row) -> Shape {
    let application = row.application;
    Shape {
        id: application.id,
        vacancy: application.vacancy,
        stage: application.stage,
        stage_since: application.stage_since.rfc3339(),
        submitted_at: application.submitted_at.rfc3339(),
        waiting_days: application.days_waiting(site.guard().now()),
        source: application.source,
        next_action: application.next(),
        language: application.language,
        given_name: row.person.given_name,
        family_name: row.person.family_name,
        email: row.person.email,
        phone: row.person.phone,
    }
}
