//! Owns: the contact form's pages: the form, its answer. Doesn't own: collecting (`guard`), what becomes of it
//! ([`super::arrival`]).

use axum::{
    extract::{DefaultBodyLimit, Multipart},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodRouter, get},
};
use charter::{Condition, Form, FormKind, render};
use guard::collect::Collected;
use kernel::Word as _;
use serde_json::json;
use web::{Error, FormView};

use super::{
    arrival::{self, MAIL_FIELDS},
    service::PURPOSES,
};
use crate::{Site, confirm::Confirm, form, visit::Visit};

/// A message may be so long in all, in bytes: its files' own limits are the charter's.
const LIMIT: usize = 64 * 1024 * 1024;

pub(super) fn contact() -> MethodRouter<Site> {
    get(ask).post(send).layer(DefaultBodyLimit::max(LIMIT))
}

async fn ask(visit: Visit) -> Result<Response, Error> {
    let asked = asked(&visit)?;
    let view = form::fresh(&visit, &asked, action(&visit), None);
    draw(&visit, StatusCode::OK, &asked, view).await
}

async fn send(visit: Visit, parts: Multipart) -> Result<Response, Error> {
    let asked = asked(&visit)?;
    let collecting = visit.site.guard().collect(&asked.name, visit.locale)?;
    let done = Redirect::to("/contact/sent").into_response();
    match web::receive(parts, collecting).await? {
        Collected::Complete(answers) => {
            let confirm = Confirm::Typed(&visit.caller);
            match arrival::submit(&visit.site, *answers, visit.locale, confirm).await {
                Ok(_) => {}
                // The same form, sent twice at once: the other sending filed it.
                Err(guard::Error::Storage(error)) if error.is_duplicate() => {}
                Err(error) => return Err(error.into()),
            }
            Ok(done)
        }
        Collected::Already(_) => Ok(done),
        Collected::Again(again) => {
            let view = form::again(&visit, &asked, action(&visit), &again);
            draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, &asked, view).await
        }
    }
}

/// Says the same whoever wrote: it confirms no address and knows no person.
pub(super) async fn sent(visit: Visit) -> Result<Response, Error> {
    let asked = asked(&visit)?;
    let context = json!({ "mailed": is_mailed(&visit, &asked), "steps": steps(&visit, &asked) });
    visit.draw("contact/sent.html", context).await
}

async fn draw(visit: &Visit, status: StatusCode, asked: &Form, view: FormView) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let context = json!({
        "form": view,
        "keeps": form::kept(visit, &charter, asked),
        "steps": steps(visit, asked),
    });
    visit.draw_with(status, "contact/contact.html", context).await
}

/// What happens next, by whom the charter names.
fn steps(visit: &Visit, asked: &Form) -> Vec<String> {
    let charter = visit.site.guard().charter();
    let readers = PURPOSES
        .iter()
        .flat_map(|kind| charter.purposes_of(*kind))
        .filter(|purpose| purpose.name == asked.purpose)
        .flat_map(|purpose| &purpose.readers)
        .filter(|reader| reader.when == Condition::All)
        .map(|reader| render::reader_words(&charter, reader, visit.locale));
    let readers: Vec<String> = readers.collect();
    let read = (!readers.is_empty()).then(|| {
        let who = render::list_words(&readers, visit.locale);
        let kit = visit.site.kit();
        kit.text(visit.locale, "contact-step-read", &[("who", who.into())])
    });
    let mailed = is_mailed(visit, asked).then(|| visit.text("contact-step-mail"));
    let answered = visit.text("contact-step-answer");
    [mailed, read, Some(answered)].into_iter().flatten().collect()
}

fn is_mailed(visit: &Visit, asked: &Form) -> bool {
    visit.site.guard().mail_carries(&asked.purpose, &MAIL_FIELDS)
}

fn asked(visit: &Visit) -> Result<Form, Error> {
    let charter = visit.site.guard().charter();
    crate::form_of(&charter, FormKind::Contact, visit.locale)
        .cloned()
        .ok_or(Error::NotFound)
}

/// The form posts to its own address, in the language it was read in.
fn action(visit: &Visit) -> String {
    format!("{}?lang={}", visit.path, visit.locale.word())
}
