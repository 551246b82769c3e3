//! Owns: the addresses that the passkeys' script talks to, in JSON, and removing one. Doesn't own: what a passkey is
//! (`guard`), the script (`web`).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use guard::Ceremony;
use serde_json::json;
use web::Error;

use super::{
    second::{SETUP, away, cookies},
    security::{Place, REMOVAL, factor_refused},
    sign_in::Door,
    tries::{come_back, too_often},
};
use crate::visit::{Posted, Visit};

/// What the browser is to ask of whoever wants to sign in.
pub(super) async fn begin_entering(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    let begun = visit
        .site
        .guard()
        .begin_entering(&visit.site.url(""), &visit.caller)
        .await;
    options(visit, begun)
}

/// Signs in by the browser's answer.
pub(super) async fn enter(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    let answer = (posted.field("state"), posted.field("credential"));
    let entered = visit
        .site
        .guard()
        .enter_by_passkey(&visit.site.url(""), answer, &visit.caller)
        .await;
    match entered {
        Ok((kind, signed_in)) => {
            let to = web::safe_return(posted.field("to")).filter(|to| to.starts_with(Door::of(kind).home));
            let to = to.unwrap_or(Door::of(kind).home);
            Ok((cookies(visit, &signed_in), Json(json!({ "to": to }))).into_response())
        }
        Err(error) => refused(visit, error, "account-passkey-unknown"),
    }
}

/// What the browser is to make for the acting account.
pub(super) async fn begin(posted: Posted, place: &Place) -> Result<Response, Error> {
    let visit = &posted.visit;
    place.check(visit)?;
    let site = (visit.site.url(""), visit.site.title());
    let begun = visit
        .site
        .guard()
        .begin_passkey(&visit.actor, posted.field("current_passkey"), (&site.0, site.1))
        .await;
    options(visit, begun)
}

/// What the browser is to make for who can't go on without a second factor, and has none yet.
pub(super) async fn begin_on_the_way(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    if let Some(away) = away(visit, SETUP)? {
        return Ok(away);
    }
    let site = (visit.site.url(""), visit.site.title());
    let guard = visit.site.guard();
    let begun = guard.begin_passkey(&visit.actor, "", (&site.0, site.1)).await;
    options(visit, begun)
}

/// Keeps what it made, and signs in by it.
pub(super) async fn keep_on_the_way(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    if let Some(away) = away(visit, SETUP)? {
        return Ok(away);
    }
    match kept(&posted).await {
        Ok(signed_in) => {
            let to = web::safe_return(posted.field("to")).unwrap_or("/desk");
            let to = Json(json!({ "to": to }));
            Ok(match &signed_in {
                Some(signed_in) => (cookies(visit, signed_in), to).into_response(),
                None => to.into_response(),
            })
        }
        Err(error) => refused(visit, error, "account-passkey-failed"),
    }
}

async fn kept(posted: &Posted) -> Result<Option<guard::SignedIn>, guard::Error> {
    let visit = &posted.visit;
    let cookie = visit.session.as_deref().unwrap_or_default();
    let answer = (posted.field("state"), posted.field("credential"));
    let origin = visit.site.url("");
    let guard = visit.site.guard();
    guard
        .keep_passkey(&visit.actor, (cookie, &origin), answer, &visit.caller)
        .await
}

/// Keeps what it made.
pub(super) async fn keep(posted: Posted, place: &Place) -> Result<Response, Error> {
    let visit = &posted.visit;
    place.check(visit)?;
    match kept(&posted).await {
        Ok(_) => {
            let to = format!("{}?done=passkey-added", place.path);
            Ok(Json(json!({ "to": to })).into_response())
        }
        Err(error) => refused(visit, error, "account-passkey-failed"),
    }
}

pub(super) async fn remove(posted: Posted, place: &Place) -> Result<Response, Error> {
    let visit = &posted.visit;
    place.check(visit)?;
    let id = posted
        .field("passkey")
        .parse()
        .map_err(|_| Error::Invalid(None))?;
    let guard = visit.site.guard();
    // Told apart from a wrong password: one that is gone already was removed in another window.
    if !guard
        .own_passkeys(&visit.actor)
        .await?
        .iter()
        .any(|own| own.id == id)
    {
        return Err(Error::NotFound);
    }
    match guard
        .remove_passkey(&visit.actor, posted.field(REMOVAL), id)
        .await
    {
        Ok(()) => Ok(visit.back(place.path, "passkey-removed").into_response()),
        Err(error) => factor_refused(visit, place, REMOVAL, error).await,
    }
}

fn options(visit: &Visit, begun: Result<Ceremony, guard::Error>) -> Result<Response, Error> {
    match begun {
        Ok(ceremony) => Ok(Json(ceremony).into_response()),
        Err(error) => refused(visit, error, "account-password-not-current"),
    }
}

/// What to do, for the script to show.
fn refused(visit: &Visit, error: guard::Error, wrong: &str) -> Result<Response, Error> {
    let (status, text, wait) = match error {
        guard::Error::NotFound => (StatusCode::UNPROCESSABLE_ENTITY, visit.text(wrong), None),
        guard::Error::TooLate => (StatusCode::CONFLICT, visit.text("account-passkey-many"), None),
        guard::Error::TooOften { seconds } => (
            StatusCode::TOO_MANY_REQUESTS,
            too_often(visit, seconds),
            Some(seconds),
        ),
        error => return Err(error.into()),
    };
    let mut response = (status, Json(json!({ "error": text }))).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(come_back(wait, response))
}
