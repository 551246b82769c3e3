//! Owns: asking a person by mail, before the charter's end, whether to keep on, and the page on which one click answers
//! without signing in. Doesn't own: when it is asked and what the answer does (`guard::keep::renew`).
//!
//! The mail's link changes nothing by being opened: mail servers open links before people do. The click is the page's.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use charter::render;
use guard::{
    DossierId, View,
    keep::renew::{Answer, Question},
    send::{MailKind, NewMail},
};
use kernel::Locale;
use platform::jobs::{JobToken, Outcome, Running};
use serde_json::{Value, json};
use web::Error;

use crate::{
    Site,
    account::people,
    letter,
    visit::{Posted, Visit},
};

const TEMPLATE: &str = "privacy/renewal.html";

/// The job that asks.
pub(super) fn ask(site: Site, token: JobToken) -> Running {
    Box::pin(async move {
        let Some(dossier) = token.subject() else {
            return Outcome::Failed;
        };
        match write(&site, token, dossier.cast()).await {
            // Erased meanwhile: there is nobody to ask.
            Ok(()) | Err(guard::Error::NotFound) => Outcome::Done,
            Err(guard::Error::Refused(error)) => {
                tracing::error!(%error, "the charter lets nobody ask whether to keep on");
                Outcome::Failed
            }
            Err(error) => {
                tracing::warn!(%error, "a question whether to keep on can't be put now");
                Outcome::Retry
            }
        }
    })
}

async fn write(site: &Site, token: JobToken, dossier: DossierId) -> Result<(), guard::Error> {
    let guard = site.guard();
    let question = guard.question(dossier, None).await?;
    let Some(until) = &question.until else {
        return Ok(());
    };
    let sealed = people::find(guard, &[question.person])
        .await?
        .remove(&question.person);
    let sealed = sealed.ok_or(guard::Error::NotFound)?;
    let permit = guard.permit_for_job(token, kernel::Word::word(MailKind::Renewal));
    let reading = guard.read(&permit, View::One, &[sealed.dossier()]).await?;
    let to = sealed.email(&reading)?;
    let filed = guard.filed(dossier).await?;
    let mut tx = guard.begin().await?;
    let link = guard.make_renewal(&mut tx, dossier, until.at).await?;
    let link = site.url(&format!("/renew/{}", link.secret()));
    let words = ("privacy/mail/renewal.txt", "privacy-mail-renewal-subject");
    let said: [letter::Said; 4] = [
        (&[], "about", json!(about(site, &question, sealed.language))),
        (&[], "until", json!(until.last_day())),
        (&[], "link", json!(link)),
        (&[], "policy", json!(site.url("/privacy"))),
    ];
    let mut letter = letter::write(site, sealed.language, words, said);
    letter.fields.push("exchange");
    let mail = NewMail {
        kind: MailKind::Renewal,
        dossier: &filed,
        purpose: &question.purpose,
        fields: &letter.fields,
        to: &to,
        subject: letter.subject,
        body: letter.body,
        leaves_at: guard.now(),
        decision: None,
    };
    guard.queue_mail(&mut tx, mail).await?;
    tx.commit().await?;
    site.ring();
    Ok(())
}

/// What is asked about, as the charter calls it.
pub(crate) fn about(site: &Site, question: &Question, locale: Locale) -> String {
    let charter = site.guard().charter();
    let retention = question
        .until
        .as_ref()
        .and_then(|until| charter.retention(&until.retention));
    let label = retention.and_then(|retention| retention.label(locale));
    let title = charter
        .purpose(&question.purpose)
        .map(|purpose| purpose.title(locale));
    label.or(title).unwrap_or(&question.purpose).to_owned()
}

pub(super) async fn page(visit: Visit, Path(token): Path<String>) -> Result<Response, Error> {
    match visit.site.guard().renewal(&token).await {
        Ok(question) => draw(&visit, StatusCode::OK, &question).await,
        Err(guard::Error::NotFound) => over(&visit).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn answer(Path(token): Path<String>, posted: Posted) -> Result<Response, Error> {
    let Some(answer) = answered(&posted) else {
        return page(posted.visit, Path(token)).await;
    };
    let visit = &posted.visit;
    let guard = visit.site.guard();
    match guard.answer_renewal(&token, answer).await {
        Ok(question) => {
            visit.site.ring();
            draw(visit, StatusCode::OK, &question).await
        }
        // Answered before: shown as it was answered.
        Err(guard::Error::TooLate) => Ok(Redirect::to(&visit.path).into_response()),
        Err(guard::Error::NotFound) => over(visit).await,
        Err(error) => Err(error.into()),
    }
}

/// In the person's own area.
pub(super) async fn own(Path(dossier): Path<DossierId>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.person()?;
    let answer = answered(&posted).ok_or(Error::NotFound)?;
    visit
        .site
        .guard()
        .answer_own_renewal(&visit.actor, dossier, answer)
        .await?;
    visit.site.ring();
    let done = match answer {
        Answer::Keep => "renewal-kept",
        Answer::Erase => "renewal-erased",
    };
    Ok(Redirect::to(&format!("/me?done={done}")))
}

/// What is asked of the acting person, for the first page of their area.
pub(crate) async fn asked(visit: &Visit) -> Result<Vec<Value>, Error> {
    let questions = visit.site.guard().renewals_of(&visit.actor).await?;
    let view = |question: &Question| {
        json!({
            "about": about(&visit.site, question, visit.locale),
            "until": question.until.as_ref().map(guard::keep::Until::last_day),
            "action": format!("/me/renew/{}", question.dossier),
        })
    };
    Ok(questions.iter().map(view).collect())
}

fn answered(posted: &Posted) -> Option<Answer> {
    match posted.field("answer") {
        "keep" => Some(Answer::Keep),
        "erase" => Some(Answer::Erase),
        _ => None,
    }
}

async fn draw(visit: &Visit, status: StatusCode, question: &Question) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let retention = question
        .until
        .as_ref()
        .and_then(|until| charter.retention(&until.retention));
    let rule = retention.map(|retention| {
        let text = render::typeset(&render::retention_rule(retention, visit.locale), visit.locale);
        json!({ "text": text, "clause": retention.rule.clause.as_str() })
    });
    let state = match question.answered {
        None => "ask",
        Some((Answer::Keep, _)) => "keep",
        Some((Answer::Erase, _)) => "erase",
    };
    let context = json!({
        "state": state,
        "about": about(&visit.site, question, visit.locale),
        "until": question.until.as_ref().map(guard::keep::Until::last_day),
        "rule": rule,
        "action": visit.path,
    });
    visit.draw_with(status, TEMPLATE, context).await
}

/// The link is none, has ended, or what it asked about is gone.
async fn over(visit: &Visit) -> Result<Response, Error> {
    let context = json!({ "state": "over", "about": null, "until": null, "rule": null, "action": null });
    visit.draw_with(StatusCode::NOT_FOUND, TEMPLATE, context).await
}
