//! Owns: the pages by which staff and people sign in with a password, and anyone signs out. Doesn't own: checking a
//! password (`guard`), links to one's mailbox ([`super::mine`]).

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use guard::AccountKind;
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{
    second::{entered, next},
    tries::{come_back, status, too_often},
};
use crate::{
    Site,
    query::Query,
    visit::{Posted, Visit},
};

/// One of the two doors with a password.
pub(super) struct Door {
    pub(super) kind: AccountKind,
    /// The page with its form.
    pub(super) path: &'static str,
    /// Where it leads.
    pub(super) home: &'static str,
    template: &'static str,
}

/// The staff's.
pub(super) const STAFF: Door = Door {
    kind: AccountKind::Staff,
    path: "/sign-in",
    home: "/desk",
    template: "account/sign_in.html",
};
/// A person's own, beside the link to their mailbox.
pub(super) const PERSON: Door = Door {
    kind: AccountKind::Person,
    path: "/me/sign-in/password",
    home: "/me",
    template: "account/sign_in_person.html",
};

impl Door {
    /// The door to an account of that kind.
    pub(super) const fn of(kind: AccountKind) -> &'static Self {
        match kind {
            AccountKind::Staff => &STAFF,
            AccountKind::Person => &PERSON,
        }
    }
}

pub(super) async fn ask(visit: Visit, door: &Door) -> Result<Response, Error> {
    let to = Query::read(&visit.query).get("to").to_owned();
    if let Some(stage) = visit.actor.halfway().filter(|_| door.kind == AccountKind::Staff) {
        return Ok(Redirect::to(&next(stage, &to)).into_response());
    }
    draw(&visit, door, StatusCode::OK, form(&visit, door, "", &to)).await
}

pub(super) async fn enter(posted: Posted, door: &Door) -> Result<Response, Error> {
    let (visit, email, to) = (&posted.visit, posted.field("email").trim(), posted.field("to"));
    let (mut errors, mut wait) = (Errors::default(), None);
    if email.is_empty() {
        errors.add("email", visit.text("account-need-email"));
    }
    if posted.field("password").is_empty() {
        errors.add("password", visit.text("account-need-password"));
    }
    if errors.is_empty() {
        let guard = visit.site.guard();
        let password = posted.field("password");
        match guard.sign_in(door.kind, email, password, &visit.caller).await {
            Ok(signed_in) => {
                let to = web::safe_return(to).unwrap_or(door.home);
                return Ok(entered(visit, &signed_in, &next(signed_in.stage, to)));
            }
            Err(guard::Error::NotFound) => errors.add("password", visit.text("account-wrong")),
            Err(guard::Error::TooOften { seconds }) => {
                errors.add("password", too_often(visit, seconds));
                wait = Some(seconds);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let form = form(visit, door, email, to).with_errors(errors);
    Ok(come_back(wait, draw(visit, door, status(wait), form).await?))
}

/// Cookies beside each other and those set already.
pub(super) fn append(
    cookies: [HeaderMap; 2],
) -> axum::response::AppendHeaders<Vec<(header::HeaderName, HeaderValue)>> {
    // By reference: taken by value, a second value of one name comes without it.
    let named = cookies
        .iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.clone()));
    axum::response::AppendHeaders(named.collect())
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

fn form(visit: &Visit, door: &Door, email: &str, to: &str) -> FormView {
    FormView::new(
        door.path,
        vec![
            FieldView::new("to", FieldKind::Hidden, "").value(web::safe_return(to).unwrap_or(door.home)),
            FieldView::new("email", FieldKind::Email, visit.text("account-email"))
                .autocomplete("username")
                .value(email),
            FieldView::new("password", FieldKind::Password, visit.text("account-password"))
                .autocomplete("current-password"),
        ],
    )
}

async fn draw(visit: &Visit, door: &Door, status: StatusCode, form: FormView) -> Result<Response, Error> {
    visit
        .draw_with(
            status,
            door.template,
            json!({ "form": form, "link": "/me/sign-in" }),
        )
        .await
}
