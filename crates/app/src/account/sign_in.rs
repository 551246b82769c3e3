//! Owns: the pages by which staff sign in and anyone signs out. Doesn't own: checking a password (`guard`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use crate::{
    Site,
    query::Query,
    visit::{Posted, Visit},
};

pub(super) async fn ask(visit: Visit) -> Result<Response, Error> {
    let to = Query::read(&visit.query).get("to").to_owned();
    draw(&visit, StatusCode::OK, form(&visit, "", &to)).await
}

pub(super) async fn enter(posted: Posted) -> Result<Response, Error> {
    let (visit, email, to) = (&posted.visit, posted.field("email").trim(), posted.field("to"));
    let mut errors = Errors::default();
    if email.is_empty() {
        errors.add("email", visit.text("account-need-email"));
    }
    if posted.field("password").is_empty() {
        errors.add("password", visit.text("account-need-password"));
    }
    if errors.is_empty() {
        match visit.site.guard().sign_in(email, posted.field("password")).await {
            Ok(session) => {
                let to = web::safe_return(to).unwrap_or("/desk");
                return Ok((Visit::session_cookie(&visit.site, &session), Redirect::to(to)).into_response());
            }
            Err(guard::Error::NotFound) => errors.add("password", visit.text("account-wrong")),
            Err(error) => return Err(error.into()),
        }
    }
    draw(
        visit,
        StatusCode::UNPROCESSABLE_ENTITY,
        form(visit, email, to).with_errors(errors),
    )
    .await
}

pub(super) async fn leave(posted: Posted) -> Result<Response, Error> {
    if let Some(session) = &posted.visit.session {
        posted.visit.site.guard().end_session(session).await?;
    }
    Ok((
        posted.visit.no_session_cookie(),
        Redirect::to("/?done=signed-out"),
    )
        .into_response())
}

/// A demo's way in, from its index page; a real site has none.
pub(super) async fn demo(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, Error> {
    let staff = id.parse().map_err(|_| Error::NotFound)?;
    let session = site.guard().demo_sign_in(staff).await?;
    Ok((Visit::session_cookie(&site, &session), Redirect::to("/desk")).into_response())
}

fn form(visit: &Visit, email: &str, to: &str) -> FormView {
    FormView::new(
        "/sign-in",
        vec![
            FieldView::new("to", FieldKind::Hidden, "").value(web::safe_return(to).unwrap_or("/desk")),
            FieldView::new("email", FieldKind::Email, visit.text("account-email"))
                .autocomplete("username")
                .value(email),
            FieldView::new("password", FieldKind::Password, visit.text("account-password"))
                .autocomplete("current-password"),
        ],
    )
}

async fn draw(visit: &Visit, status: StatusCode, form: FormView) -> Result<Response, Error> {
    visit
        .draw_with(
            status,
            "account/sign_in.html",
            json!({ "form": form, "link": "/me/sign-in" }),
        )
        .await
}
