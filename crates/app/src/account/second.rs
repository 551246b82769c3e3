//! Owns: the pages on the way in of who needs a second factor, and those on which one sets up an app for it. Doesn't
//! own: codes and their secrets (`guard`), passkeys ([`super::passkeys`]).

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use guard::{Shown, Stage};
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{
    sign_in::append,
    tries::{come_back, status, too_often},
};
use crate::{
    query::Query,
    visit::{Posted, Visit},
};

/// The page of who can't go on without a second factor.
pub(super) const SETUP: &str = "/sign-in/app";

/// Where somebody goes who has signed in so far.
pub(super) fn next(stage: Stage, to: &str) -> String {
    let path = match stage {
        Stage::Whole => return to.to_owned(),
        Stage::Code => "/sign-in/code",
        Stage::Setup => SETUP,
    };
    Query::default().href(path, "to", to)
}

/// Asks for the code, of who gave the password.
pub(super) async fn ask(visit: Visit) -> Result<Response, Error> {
    let to = Query::read(&visit.query).get("to").to_owned();
    match visit.actor.halfway() {
        Some(Stage::Code) => draw_code(&visit, StatusCode::OK, code_form(&visit, "/sign-in/code", &to)).await,
        Some(stage) => Ok(Redirect::to(&next(stage, &to)).into_response()),
        None => Ok(Redirect::to("/sign-in").into_response()),
    }
}

pub(super) async fn give(posted: Posted) -> Result<Response, Error> {
    let (visit, to) = (&posted.visit, posted.field("to"));
    if visit.actor.halfway() != Some(Stage::Code) {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let cookie = visit.session.as_deref().unwrap_or_default();
    let guard = visit.site.guard();
    let (text, wait) = match guard
        .give_code(&visit.actor, cookie, posted.field("code"), &visit.caller)
        .await
    {
        Ok(signed_in) => {
            return Ok(entered(
                visit,
                &signed_in,
                web::safe_return(to).unwrap_or("/desk"),
            ));
        }
        Err(guard::Error::NotFound) => (visit.text("account-code-wrong"), None),
        Err(guard::Error::TooOften { seconds }) => (too_often(visit, seconds), Some(seconds)),
        Err(error) => return Err(error.into()),
    };
    let mut errors = Errors::default();
    errors.add("code", text);
    let form = code_form(visit, "/sign-in/code", to).with_errors(errors);
    Ok(come_back(wait, draw_code(visit, status(wait), form).await?))
}

/// The page of the app: its secret once one is proposed, else how to begin.
pub(super) async fn app(visit: Visit, path: &'static str) -> Result<Response, Error> {
    if let Some(away) = away(&visit, path)? {
        return Ok(away);
    }
    let to = Query::read(&visit.query).get("to").to_owned();
    draw_app(&visit, StatusCode::OK, code_form(&visit, path, &to)).await
}

/// Proposes a secret, or takes its first code.
pub(super) async fn set_app(posted: Posted, path: &'static str) -> Result<Response, Error> {
    let (visit, to) = (&posted.visit, posted.field("to"));
    if let Some(away) = away(visit, path)? {
        return Ok(away);
    }
    let guard = visit.site.guard();
    if posted.field("code").is_empty() {
        return match guard.propose_app(&visit.actor, posted.field("current_app")).await {
            Ok(()) => Ok(Redirect::to(&Query::default().href(path, "to", to)).into_response()),
            Err(error) => {
                super::security::factor_refused(visit, &super::security::DESK, "current_app", error).await
            }
        };
    }
    let cookie = visit.session.as_deref().unwrap_or_default();
    let confirmed = guard
        .confirm_app(&visit.actor, cookie, posted.field("code"), &visit.caller)
        .await;
    let (text, wait) = match confirmed {
        Ok(confirmed) => {
            let to = web::safe_return(to).unwrap_or("/desk");
            let page = draw_codes(visit, &confirmed.codes, to).await?;
            return Ok(match &confirmed.signed_in {
                Some(signed_in) => (cookies(visit, signed_in), page).into_response(),
                None => page,
            });
        }
        Err(guard::Error::NotFound) => (visit.text("account-code-wrong"), None),
        Err(guard::Error::TooOften { seconds }) => (too_often(visit, seconds), Some(seconds)),
        Err(error) => return Err(error.into()),
    };
    let mut errors = Errors::default();
    errors.add("code", text);
    let form = code_form(visit, path, to).with_errors(errors);
    Ok(come_back(wait, draw_app(visit, status(wait), form).await?))
}

/// New codes on paper.
pub(super) async fn codes(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let guard = visit.site.guard();
    match guard.new_codes(&visit.actor, posted.field("current_app")).await {
        Ok(codes) => draw_codes(visit, &codes, "/desk/account").await,
        Err(error) => {
            super::security::factor_refused(visit, &super::security::DESK, "current_app", error).await
        }
    }
}

pub(super) async fn remove_app(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let guard = visit.site.guard();
    match guard.remove_app(&visit.actor, posted.field("current_app")).await {
        Ok(()) => Ok(visit.back("/desk/account", "factor-removed").into_response()),
        Err(error) => {
            super::security::factor_refused(visit, &super::security::DESK, "current_app", error).await
        }
    }
}

/// Who is signed in sets up at the desk, who is halfway on the way in; anybody else signs in first.
pub(super) fn away(visit: &Visit, path: &str) -> Result<Option<Response>, Error> {
    if path.starts_with("/desk") {
        return visit.staff().map(|()| None);
    }
    match visit.actor.halfway() {
        Some(Stage::Setup) => Ok(None),
        Some(stage) => Ok(Some(Redirect::to(&next(stage, "")).into_response())),
        None => Ok(Some(Redirect::to("/sign-in").into_response())),
    }
}

/// The answer to somebody who is signed in from now on.
pub(super) fn entered(visit: &Visit, signed_in: &guard::SignedIn, to: &str) -> Response {
    (cookies(visit, signed_in), Redirect::to(to)).into_response()
}

pub(super) fn cookies(
    visit: &Visit,
    signed_in: &guard::SignedIn,
) -> axum::response::AppendHeaders<Vec<(axum::http::HeaderName, axum::http::HeaderValue)>> {
    append([
        Visit::session_cookie(&visit.site, &signed_in.session),
        Visit::device_cookie(&visit.site, signed_in.device.as_ref()),
    ])
}

fn code_form(visit: &Visit, path: &str, to: &str) -> FormView {
    let code = FieldView::new("code", FieldKind::Text, visit.text("account-code"))
        .autocomplete("one-time-code")
        .max_length(20);
    let to = FieldView::new("to", FieldKind::Hidden, "").value(web::safe_return(to).unwrap_or("/desk"));
    FormView::new(path, vec![to, code])
}

async fn draw_code(visit: &Visit, status: StatusCode, form: FormView) -> Result<Response, Error> {
    let app = visit.site.guard().takes_code(&visit.actor).await?;
    visit
        .draw_with(status, "account/code.html", json!({ "form": form, "app": app }))
        .await
}

async fn draw_app(visit: &Visit, status: StatusCode, form: FormView) -> Result<Response, Error> {
    let guard = visit.site.guard();
    let name = visit.text("account-app-name");
    let proposal = guard
        .proposed_app(&visit.actor, visit.site.title(), &name)
        .await?;
    let on_the_way = visit.actor.halfway().is_some();
    let context = json!({ "form": form, "proposal": proposal, "on_the_way": on_the_way });
    visit.draw_with(status, "account/app.html", context).await
}

async fn draw_codes(visit: &Visit, codes: &[Shown<String>], to: &str) -> Result<Response, Error> {
    visit
        .draw("account/codes.html", json!({ "codes": codes, "to": to }))
        .await
}
