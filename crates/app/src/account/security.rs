//! Owns: the page on which one looks after one's own account: password, second factor, passkeys, sessions; in the person's
//! area and at the desk.
//! Doesn't own: any of the means (`guard`).

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use guard::{AccountKind, ChosenPassword, Ending};
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{
    people,
    recovery::{new_password, weak_text},
    tries::{come_back, status, too_often},
};
use crate::visit::{Posted, Visit};

/// One of the two places of the same page.
pub(super) struct Place {
    kind: AccountKind,
    /// Its address.
    pub(super) path: &'static str,
    template: &'static str,
}

/// In the person's area.
pub(super) const ME: Place = Place {
    kind: AccountKind::Person,
    path: "/me/security",
    template: "account/security.html",
};
/// At the desk.
pub(super) const DESK: Place = Place {
    kind: AccountKind::Staff,
    path: "/desk/account",
    template: "account/desk_account.html",
};

/// The password given again to remove a passkey.
pub(super) const REMOVAL: &str = "current_removal";

impl Place {
    /// Its owner, or who is asked to sign in.
    pub(super) fn check(&self, visit: &Visit) -> Result<(), Error> {
        match self.kind {
            AccountKind::Staff => visit.staff(),
            AccountKind::Person => visit.person(),
        }
    }
}

pub(super) async fn show(visit: Visit, place: &Place) -> Result<Response, Error> {
    place.check(&visit)?;
    let forms = Forms::new(&visit, place).await?;
    draw(&visit, place, StatusCode::OK, forms).await
}

pub(super) async fn change_password(posted: Posted, place: &Place) -> Result<Response, Error> {
    let visit = &posted.visit;
    place.check(visit)?;
    let cookie = visit.session.as_deref().unwrap_or_default();
    let (current, new) = (posted.field("current"), posted.field("password"));
    let guard = visit.site.guard();
    let address = people::own_address(guard, &visit.actor).await?;
    let new = ChosenPassword {
        text: new,
        address: address.as_ref(),
    };
    let changed = guard.change_password(&visit.actor, cookie, current, new).await;
    let (mut errors, mut wait) = (Errors::default(), None);
    match changed {
        Ok(()) => return Ok(visit.back(place.path, "password-changed").into_response()),
        Err(guard::Error::NotFound) => errors.add("current", visit.text("account-password-not-current")),
        Err(guard::Error::Weak(weak)) => errors.add("password", weak_text(visit, weak)),
        Err(guard::Error::TooOften { seconds }) => {
            errors.add("current", too_often(visit, seconds));
            wait = Some(seconds);
        }
        Err(error) => return Err(error.into()),
    }
    let mut forms = Forms::new(visit, place).await?;
    forms.password = forms.password.with_errors(errors);
    Ok(come_back(wait, draw(visit, place, status(wait), forms).await?))
}

/// Ends one of one's sessions, the others, or all.
pub(super) async fn end_sessions(posted: Posted, place: &Place) -> Result<Response, Error> {
    let visit = &posted.visit;
    place.check(visit)?;
    let which = match posted.field("end") {
        "others" => Ending::Others,
        "all" => Ending::All,
        id => Ending::One(id.parse().map_err(|_| Error::Invalid(None))?),
    };
    let cookie = visit.session.as_deref().unwrap_or_default();
    let guard = visit.site.guard();
    guard.end_own_sessions(&visit.actor, cookie, which).await?;
    if guard.actor_of_session(cookie).await?.account().is_none() {
        return Ok((visit.no_session_cookie(), Redirect::to("/?done=signed-out")).into_response());
    }
    Ok(visit.back(place.path, "session-ended").into_response())
}

/// The page again, when a factor isn't changed: the password given again in that field was wrong, or it is the last that
/// the charter asks for.
pub(super) async fn factor_refused(
    visit: &Visit,
    place: &Place,
    field: &'static str,
    error: guard::Error,
) -> Result<Response, Error> {
    let (text, wait) = match error {
        guard::Error::NotFound => (visit.text("account-password-not-current"), None),
        guard::Error::TooOften { seconds } => (too_often(visit, seconds), Some(seconds)),
        guard::Error::LastFactor(clause) => {
            let clause = clause.to_string().into();
            let kit = visit.site.kit();
            (
                kit.text(visit.locale, "account-factor-last", &[("clause", clause)]),
                None,
            )
        }
        error => return Err(error.into()),
    };
    let mut errors = Errors::default();
    errors.add(field, text);
    let mut forms = Forms::new(visit, place).await?;
    match field {
        REMOVAL => forms.removal = forms.removal.with_errors(errors),
        _ => forms.factor = forms.factor.with_errors(errors),
    }
    Ok(come_back(wait, draw(visit, place, status(wait), forms).await?))
}

/// The forms of the page; each asks for the password again, where there is one.
struct Forms {
    password: FormView,
    factor: FormView,
    passkey: FormView,
    /// Of a passkey.
    removal: FormView,
    has_password: bool,
}

impl Forms {
    async fn new(visit: &Visit, place: &Place) -> Result<Self, Error> {
        let has_password = visit.site.guard().has_password(&visit.actor).await?;
        let current = |name: &'static str| {
            let label = visit.text("account-password-current");
            let field = FieldView::new(name, FieldKind::Password, label).autocomplete("current-password");
            has_password.then_some(field).into_iter()
        };
        let form = |path: &str, fields| FormView::new(format!("{}{path}", place.path), fields);
        let password = current("current")
            .chain([new_password(visit, "password")])
            .collect();
        Ok(Self {
            password: form("/password", password),
            factor: form("/app", current("current_app").collect()),
            passkey: form("/passkeys", current("current_passkey").collect()),
            removal: form("/passkeys/remove", current(REMOVAL).collect()),
            has_password,
        })
    }
}

async fn draw(visit: &Visit, place: &Place, status: StatusCode, forms: Forms) -> Result<Response, Error> {
    let cookie = visit.session.as_deref().unwrap_or_default();
    let guard = visit.site.guard();
    let sessions: Vec<_> = guard
        .sessions(&visit.actor, cookie)
        .await?
        .iter()
        .map(|session| {
            json!({
                "id": session.id,
                "browser": session.device.browser,
                "system": session.device.system,
                "made_at": session.made_at,
                "used_at": session.used_on.start(guard.zone()),
                "current": session.current,
            })
        })
        .collect();
    let passkeys: Vec<_> = guard
        .own_passkeys(&visit.actor)
        .await?
        .iter()
        .map(|passkey| {
            json!({
                "id": passkey.id,
                "browser": passkey.device.browser,
                "system": passkey.device.system,
                "added_at": passkey.added_at,
                "used_at": passkey.used_on.map(|day| day.start(guard.zone())),
            })
        })
        .collect();
    let context = json!({
        "path": place.path,
        "form": forms.password,
        "factor_form": forms.factor,
        "passkey_form": forms.passkey,
        "removal_form": forms.removal,
        "has_password": forms.has_password,
        "factor": guard.second_factor(&visit.actor).await?,
        "passkeys": passkeys,
        "sessions": sessions,
    });
    visit.draw_with(status, place.template, context).await
}
