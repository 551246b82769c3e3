//! Owns: the pages by which who forgot a password asks for a link, and by which anyone who was sent one chooses a
//! password. Doesn't own: links (`guard`).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use guard::{
    AccountKind, ChosenPassword, DeviceToken, Letter, LinkToken, MAX_PASSWORD, MIN_PASSWORD,
    PasswordLinkKind, WeakPassword,
};
use kernel::{Locale, Word as _};
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{
    mine, people,
    sign_in::{Door, STAFF, append},
};
use crate::{
    Site, letter,
    visit::{Posted, Visit},
};

pub(super) async fn ask(visit: Visit, door: &Door) -> Result<Response, Error> {
    draw_ask(&visit, StatusCode::OK, form(&visit, door, "")).await
}

/// Says the same for an address we know and for one we don't, in the same time: the mails are queued after the answer.
pub(super) async fn send(posted: Posted, door: &'static Door) -> Result<Response, Error> {
    let (visit, email) = (&posted.visit, posted.field("email").trim().to_owned());
    if !email.contains('@') || email.len() > 254 {
        let mut errors = Errors::default();
        errors.add("email", visit.text("account-need-email"));
        let form = form(visit, door, &email).with_errors(errors);
        return draw_ask(visit, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    }
    let guard = visit.site.guard();
    guard.may_ask_for_mail(&visit.caller).await?;
    let (site, locale) = (visit.site.clone(), visit.locale);
    platform::tasks::spawn("recovery", async move {
        if let Err(error) = queue(&site, door.kind, &email, locale).await {
            tracing::warn!(%error, "recovery links can't be queued");
        }
    });
    Ok(Redirect::to("/password/sent").into_response())
}

/// A person without a password gets what opens their area as well: a link to sign in.
async fn queue(site: &Site, kind: AccountKind, email: &str, locale: Locale) -> Result<(), guard::Error> {
    let write = |link: &LinkToken| letter(site, locale, PasswordLinkKind::Recovery, link);
    let sent = site.guard().send_recovery(kind, email, &write).await?;
    if sent == 0 && kind == AccountKind::Person {
        return mine::queue_links(site, email, locale, None).await;
    }
    site.ring();
    Ok(())
}

/// The mail that carries a link to choose a password.
pub(super) fn letter(site: &Site, locale: Locale, kind: PasswordLinkKind, link: &LinkToken) -> Letter {
    let (template, subject) = match kind {
        PasswordLinkKind::Recovery => ("account/mail/recovery.txt", "account-mail-recovery-subject"),
        PasswordLinkKind::Invitation => ("account/mail/invitation.txt", "account-mail-invitation-subject"),
    };
    let link = site.url(&format!("/password/{}", link.secret()));
    letter::write(site, locale, (template, subject), [letter::own("link", link)])
}

pub(super) async fn sent(visit: Visit) -> Result<Response, Error> {
    visit.draw("account/recovery_sent.html", json!({})).await
}

/// The form to choose a password. Looking doesn't use the link up.
pub(super) async fn choose(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    match visit.site.guard().password_link(&token).await {
        Ok((_, kind)) => draw_choose(&visit, StatusCode::OK, kind, choice(&visit, &token)).await,
        Err(guard::Error::NotFound) => over(&visit).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn set(Path(token): Path<String>, posted: Posted) -> Result<Response, Error> {
    let (visit, guard) = (&posted.visit, posted.visit.site.guard());
    let weak = match chosen(&posted, &token).await {
        Ok((kind, device)) => {
            let to = format!("{}?done=password-set", Door::of(kind).path);
            // Whoever was signed in here may be somebody else. The browser is known from now on.
            let cookies = append([
                visit.no_session_cookie(),
                Visit::device_cookie(&visit.site, Some(&device)),
            ]);
            return Ok((cookies, Redirect::to(&to)).into_response());
        }
        Err(guard::Error::NotFound) => return over(visit).await,
        Err(guard::Error::Weak(weak)) => weak,
        Err(error) => return Err(error.into()),
    };
    let (_, kind) = guard.password_link(&token).await?;
    let mut errors = Errors::default();
    errors.add("password", weak_text(visit, weak));
    let form = choice(visit, &token).with_errors(errors);
    draw_choose(visit, StatusCode::UNPROCESSABLE_ENTITY, kind, form).await
}

async fn chosen(posted: &Posted, token: &str) -> Result<(AccountKind, DeviceToken), guard::Error> {
    let guard = posted.visit.site.guard();
    let owner = guard.person_of_password_link(token).await?;
    let address = people::own_address(guard, &owner).await?;
    let password = ChosenPassword {
        text: posted.field("password"),
        address: address.as_ref(),
    };
    guard.choose_password(token, password, &posted.visit.caller).await
}

/// Why a password isn't taken, and what to do.
pub(super) fn weak_text(visit: &Visit, weak: WeakPassword) -> String {
    let key = format!("account-password-{}", weak.word());
    let limit = match weak {
        WeakPassword::Long => MAX_PASSWORD,
        _ => MIN_PASSWORD,
    };
    let limit = i64::try_from(limit).unwrap_or_default();
    visit
        .site
        .kit()
        .text(visit.locale, &key, &[("count", limit.into())])
}

/// The field for a password to be chosen.
pub(super) fn new_password(visit: &Visit, name: &'static str) -> FieldView {
    let least = i64::try_from(MIN_PASSWORD).unwrap_or_default();
    let kit = visit.site.kit();
    FieldView::new(name, FieldKind::Password, visit.text("account-password-new"))
        .hint(kit.text(visit.locale, "account-password-hint", &[("count", least.into())]))
        .autocomplete("new-password")
}

fn form(visit: &Visit, door: &Door, email: &str) -> FormView {
    let action = match door.kind {
        AccountKind::Staff => "/sign-in/recover",
        AccountKind::Person => "/me/sign-in/recover",
    };
    let field = FieldView::new("email", FieldKind::Email, visit.text("account-email"))
        .autocomplete("username")
        .value(email);
    FormView::new(action, vec![field])
}

fn choice(visit: &Visit, token: &str) -> FormView {
    FormView::new(
        format!("/password/{token}"),
        vec![new_password(visit, "password")],
    )
}

/// The link was used, has ended, or never was: the same for all three.
async fn over(visit: &Visit) -> Result<Response, Error> {
    let again = [STAFF.path, Door::of(AccountKind::Person).path];
    visit
        .draw_with(
            StatusCode::GONE,
            "account/password_over.html",
            json!({ "again": again }),
        )
        .await
}

async fn draw_ask(visit: &Visit, status: StatusCode, form: FormView) -> Result<Response, Error> {
    visit
        .draw_with(status, "account/recovery.html", json!({ "form": form }))
        .await
}

async fn draw_choose(
    visit: &Visit,
    status: StatusCode,
    kind: PasswordLinkKind,
    form: FormView,
) -> Result<Response, Error> {
    visit
        .draw_with(
            status,
            "account/password.html",
            json!({ "form": form, "kind": kind }),
        )
        .await
}
