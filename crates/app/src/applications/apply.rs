//! Owns: the pages of applying: the form, its answer. Doesn't own: collecting (`guard`), what becomes of it
//! ([`super::service`]).

use axum::{
    extract::{DefaultBodyLimit, Multipart, Path},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodRouter, get},
};
use charter::{Form, FormKind};
use guard::collect::Collected;
use serde_json::json;
use web::{Error, FormView};

use super::{model::Source, service};
use crate::{
    Site,
    confirm::Confirm,
    form,
    query::Query,
    vacancies::{self, Vacancy, model::State},
    visit::Visit,
};

/// An application may be so long in all, in bytes: its files' own limits are the charter's.
const LIMIT: usize = 64 * 1024 * 1024;

pub(super) fn targeted() -> MethodRouter<Site> {
    get(ask_for).post(send_to).layer(DefaultBodyLimit::max(LIMIT))
}

pub(super) fn unsolicited() -> MethodRouter<Site> {
    get(ask).post(send).layer(DefaultBodyLimit::max(LIMIT))
}

async fn ask_for(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let vacancy = open_vacancy(&visit, &slug).await?;
    let Some(asked) = asked(&visit, FormKind::TargetedApplication) else {
        // The charter takes applications to offers in another language only: the offer says so.
        return Ok(Redirect::to(&format!("/jobs/{slug}")).into_response());
    };
    let view = form::fresh(&visit, &asked, action(&visit), Some(&vacancy));
    draw(&visit, StatusCode::OK, &asked, view, Some(&vacancy)).await
}

async fn ask(visit: Visit) -> Result<Response, Error> {
    let asked = asked(&visit, FormKind::UnsolicitedApplication).ok_or(Error::NotFound)?;
    let view = form::fresh(&visit, &asked, action(&visit), None);
    draw(&visit, StatusCode::OK, &asked, view, None).await
}

async fn send_to(visit: Visit, Path(slug): Path<String>, parts: Multipart) -> Result<Response, Error> {
    let vacancy = open_vacancy(&visit, &slug).await?;
    let asked = asked(&visit, FormKind::TargetedApplication).ok_or(Error::NotFound)?;
    let done = format!("/jobs/{slug}/applied");
    receive(&visit, &asked, parts, Some(&vacancy), done).await
}

async fn send(visit: Visit, parts: Multipart) -> Result<Response, Error> {
    let asked = asked(&visit, FormKind::UnsolicitedApplication).ok_or(Error::NotFound)?;
    receive(&visit, &asked, parts, None, "/applied".to_owned()).await
}

async fn receive(
    visit: &Visit,
    asked: &Form,
    parts: Multipart,
    vacancy: Option<&Vacancy>,
    done: String,
) -> Result<Response, Error> {
    let collecting = visit.site.guard().collect(&asked.name, visit.locale)?;
    match web::receive(parts, collecting).await? {
        Collected::Complete(answers) => {
            let source = if Query::read(&visit.query).get("from").is_empty() {
                Source::Site
            } else {
                Source::Link
            };
            let confirm = Confirm::Typed(&visit.caller);
            match service::submit(&visit.site, *answers, vacancy, source, visit.locale, confirm).await {
                Ok(_) => {}
                // The same form, sent twice at once: the other sending filed it.
                Err(guard::Error::Storage(error)) if error.is_duplicate() => {}
                Err(error) => return Err(error.into()),
            }
            Ok(Redirect::to(&done).into_response())
        }
        Collected::Already(_) => Ok(Redirect::to(&done).into_response()),
        Collected::Again(again) => {
            let view = form::again(visit, asked, action(visit), &again);
            draw(visit, StatusCode::UNPROCESSABLE_ENTITY, asked, view, vacancy).await
        }
    }
}

pub(super) async fn applied_to(visit: Visit, Path(slug): Path<String>) -> Result<Response, Error> {
    let vacancy = vacancies::service::find_public(visit.site.guard(), &slug).await?;
    arrived(&visit, Some(&vacancy)).await
}

pub(super) async fn applied(visit: Visit) -> Result<Response, Error> {
    arrived(&visit, None).await
}

async fn arrived(visit: &Visit, vacancy: Option<&Vacancy>) -> Result<Response, Error> {
    visit
        .draw(
            "applications/applied.html",
            json!({ "vacancy": vacancy, "steps": steps(visit, vacancy) }),
        )
        .await
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    asked: &Form,
    view: FormView,
    vacancy: Option<&Vacancy>,
) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let context = json!({
        "form": view,
        "vacancy": vacancy,
        "keeps": form::kept(visit, &charter, asked),
        "steps": steps(visit, vacancy),
    });
    visit.draw_with(status, "applications/apply.html", context).await
}

/// What happens next: what the offer says, or the house's own way.
fn steps(visit: &Visit, vacancy: Option<&Vacancy>) -> Vec<String> {
    let own = vacancy.map_or("", |vacancy| vacancy.offer.next_steps.as_str());
    let mut steps = vec![visit.text("application-step-mail")];
    if own.trim().is_empty() {
        steps.extend([
            visit.text("application-step-read"),
            visit.text("application-step-answer"),
        ]);
    } else {
        steps.extend(
            own.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned),
        );
    }
    steps
}

fn asked(visit: &Visit, kind: FormKind) -> Option<Form> {
    crate::form_of(&visit.site.guard().charter(), kind, visit.locale).cloned()
}

/// One that takes applications, without its text.
async fn open_vacancy(visit: &Visit, slug: &str) -> Result<Vacancy, Error> {
    if let Some(vacancy) = visit.site.published().named(slug) {
        return Ok(vacancy.clone());
    }
    let vacancy = vacancies::service::find_public(visit.site.guard(), slug).await?;
    if vacancy.state == State::Published {
        Ok(vacancy)
    } else {
        Err(Error::Gone)
    }
}

/// The form posts to its own address, where it came from (`?from=`) included, in the language it was read in.
fn action(visit: &Visit) -> String {
    let from = Query::read(&visit.query).get("from").to_owned();
    let lang = kernel::Word::word(visit.locale);
    let from = if from.is_empty() {
        String::new()
    } else {
        "&from=link".to_owned()
    };
    format!("{}?lang={lang}{from}", visit.path)
}
