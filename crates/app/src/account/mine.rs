//! Owns: a person's way into their area by a link. Doesn't own: what a link is (`guard`), the area's pages
//! ([`super::area`]).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use charter::{People, PurposeKind};
use guard::{
    Guard,
    send::{MailKind, NewMail},
};
use kernel::{Locale, Word as _};
use serde_json::json;
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::people;
use crate::{
    Site,
    applications::model::Application,
    letter,
    query::Query,
    visit::{Posted, Visit},
};

/// A sign-in link works for so many seconds.
const LINK_SECONDS: i64 = 3_600;

pub(super) async fn ask(visit: Visit) -> Result<Response, Error> {
    let to = Query::read(&visit.query).get("to").to_owned();
    draw(&visit, StatusCode::OK, (form(&visit, "", &to), &to)).await
}

/// Where one wanted to go in one's area.
fn inside(to: &str) -> Option<&str> {
    web::safe_return(to).filter(|to| *to == "/me" || to.starts_with("/me/") || to.starts_with("/me?"))
}

/// Says the same for an address we know and for one we don't, in the same time: the mails are queued after the answer.
pub(super) async fn send(posted: Posted) -> Result<Response, Error> {
    let (visit, email, to) = (
        &posted.visit,
        posted.field("email").trim().to_owned(),
        posted.field("to"),
    );
    if !email.contains('@') || email.len() > 254 {
        let mut errors = Errors::default();
        errors.add("email", visit.text("account-need-email"));
        return draw(
            visit,
            StatusCode::UNPROCESSABLE_ENTITY,
            (form(visit, &email, to).with_errors(errors), to),
        )
        .await;
    }
    visit.site.guard().may_ask_for_mail(&visit.caller).await?;
    let (site, locale, to) = (visit.site.clone(), visit.locale, inside(to).map(str::to_owned));
    platform::tasks::spawn("sign-in links", async move {
        if let Err(error) = queue_links(&site, &email, locale, to.as_deref()).await {
            tracing::warn!(%error, "sign-in links can't be queued");
        }
    });
    Ok(Redirect::to("/me/sign-in/sent").into_response())
}

pub(super) async fn sent(visit: Visit) -> Result<Response, Error> {
    visit.draw("account/link_sent.html", json!({})).await
}

/// Follows a link: a new session, then the address without its secret: the application that it is about, or where one
/// wanted to go when one asked for it. One that has ended says how to get another.
pub(super) async fn follow(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    let site = &visit.site;
    let asked = Query::read(&visit.query).get("to").to_owned();
    let (session, target) = match site.guard().follow_link(&token, visit.caller.device).await {
        Err(guard::Error::NotFound) => {
            return draw_link(
                &visit,
                StatusCode::NOT_FOUND,
                (form(&visit, "", &asked), &asked),
                true,
            )
            .await;
        }
        followed => followed?,
    };
    let mut to = match target {
        Some(application) => format!("/me/applications/{}", application.cast::<Application>()),
        None => inside(&asked).unwrap_or("/me").to_owned(),
    };
    // In a browser in which no language was chosen, the one that they chose.
    let person = site.guard().actor_of_session(session.secret()).await?.person();
    if let (Some(person), false) = (person, visit.has_chosen_language)
        && let Some(kept) = people::language(site.guard(), person).await?
        && kept != visit.locale
    {
        let start = if to.contains('?') { '&' } else { '?' };
        to = format!("{to}{start}lang={}", kept.word());
    }
    Ok((Visit::session_cookie(site, &session), Redirect::to(&to)).into_response())
}

/// One mail for each person filed under the address: nothing joins them before the person does. The link leads on to that
/// page of the area.
pub(super) async fn queue_links(
    site: &Site,
    email: &str,
    locale: Locale,
    to: Option<&str>,
) -> Result<(), guard::Error> {
    let guard = site.guard();
    let Some(purpose) = purpose(guard) else {
        return Ok(());
    };
    for (identity, address) in guard.people_to_sign_in(email).await? {
        let dossier = guard.filed(identity).await?;
        let locale = people::language(guard, dossier.person()).await?.unwrap_or(locale);
        let mut tx = guard.begin().await?;
        let link = guard
            .make_link(
                &mut tx,
                dossier.person(),
                None,
                guard.now().plus_seconds(LINK_SECONDS),
            )
            .await?;
        let path = Query::default().href(
            &format!("/follow/{}", link.secret()),
            "to",
            to.unwrap_or_default(),
        );
        let words = ("account/mail/link.txt", "account-mail-link-subject");
        let letter = letter::write(site, locale, words, [letter::own("link", site.url(&path))]);
        let mail = NewMail {
            kind: MailKind::SignIn,
            dossier: &dossier,
            purpose: &purpose,
            fields: &letter.fields,
            to: &address,
            subject: letter.subject,
            body: letter.body,
            leaves_at: guard.now(),
            decision: None,
        };
        guard.queue_mail(&mut tx, mail).await?;
        tx.commit().await?;
    }
    site.ring();
    Ok(())
}

/// The charter's purpose for a candidate's own access.
pub(super) fn purpose(guard: &Guard) -> Option<String> {
    let charter = guard.charter();
    let mut accounts = charter.purposes_of(PurposeKind::ManageAccount);
    accounts
        .find(|purpose| purpose.people.contains(&People::Candidate))
        .map(|purpose| purpose.name.clone())
}

fn form(visit: &Visit, email: &str, to: &str) -> FormView {
    let to = FieldView::new("to", FieldKind::Hidden, "").value(inside(to).unwrap_or("/me"));
    let field = FieldView::new("email", FieldKind::Email, visit.text("account-email"))
        .autocomplete("email")
        .value(email);
    FormView::new("/me/sign-in", vec![to, field])
}

async fn draw(visit: &Visit, status: StatusCode, form: (FormView, &str)) -> Result<Response, Error> {
    draw_link(visit, status, form, false).await
}

async fn draw_link(
    visit: &Visit,
    status: StatusCode,
    (form, to): (FormView, &str),
    over: bool,
) -> Result<Response, Error> {
    let to = inside(to).unwrap_or_default();
    let password = Query::default().href("/me/sign-in/password", "to", to);
    let context = json!({ "form": form, "over": over, "password": password });
    visit.draw_with(status, "account/link.html", context).await
}
