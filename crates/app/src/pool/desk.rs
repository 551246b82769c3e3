//! Owns: the desk's pages of the pool: the table with its filters, what waits apart, writing somebody down, and what is
//! done from there. Doesn't own: the rules ([`super::service`], [`super::entering`], [`super::dealing`]).

use axum::{
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodRouter, get},
};
use charter::Form;
use guard::collect::Collected;
use kernel::Id;
use serde_json::{Value, json};
use web::{Error, FormView};

use super::{
    HERE, dealing,
    entering::{self, may_take},
    model::Entry,
    panel, service,
    service::{Opened, Row, WaitingRow, Wanted, purpose},
    telling::source_words,
};
use crate::{
    Site, desk,
    files::send_file,
    form,
    query::{Choice, Filter, Query},
    visit::{Posted, Visit},
};

/// Rows on one page: what a desk's screen shows twice.
const SIZE: usize = 50;
/// What is written down of somebody may be so long in all, in bytes: its files' own limits are the charter's.
const LIMIT: usize = 64 * 1024 * 1024;

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    draw(&visit, None).await
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.staff()?;
    let opened = service::open(&visit.site, &visit.actor, parse(&id)?).await?;
    draw(&visit, Some(opened)).await
}

/// Puts an application into the pool.
pub(super) async fn take(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let entry = entering::take_application(&visit.site, &visit.actor, parse(&id)?).await?;
    let done = match service::open(&visit.site, &visit.actor, entry)
        .await?
        .row
        .entry
        .agreed_at
    {
        Some(_) => "pool-taken",
        None => "pool-asked",
    };
    Ok(visit.back(HERE, done))
}

pub(super) async fn forward(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    service::permit(visit.site.guard(), &visit.actor)?;
    let vacancy = parse(posted.field("vacancy"))?;
    dealing::forward(&visit.site, &visit.actor, parse(&id)?, vacancy).await?;
    Ok(visit.back(&format!("{HERE}/{id}"), "pool-forwarded"))
}

pub(super) async fn remove(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    dealing::remove(&visit.site, &visit.actor, parse(&id)?).await?;
    Ok(visit.back(&format!("{HERE}/{id}"), "pool-removed"))
}

pub(super) async fn undo(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    dealing::undo(&visit.site, &visit.actor, parse(&id)?).await?;
    Ok(visit.back(&format!("{HERE}/{id}"), "pool-undone"))
}

pub(super) async fn file(visit: Visit, Path((id, file)): Path<(String, String)>) -> Result<Response, Error> {
    visit.staff()?;
    let guard = visit.site.guard();
    let permit = service::permit(guard, &visit.actor)?;
    let opened = service::open(&visit.site, &visit.actor, parse(&id)?).await?;
    let is_its = opened
        .held
        .files
        .iter()
        .any(|(one, _)| one.id.to_string() == file);
    if !is_its {
        return Err(Error::NotFound);
    }
    send_file(guard, &permit, &file).await
}

pub(super) fn source() -> MethodRouter<Site> {
    get(ask).post(write_down).layer(DefaultBodyLimit::max(LIMIT))
}

/// The form by which somebody found at that source is written down.
fn form_of(visit: &Visit, source: &str) -> Result<Form, Error> {
    visit.staff()?;
    let guard = visit.site.guard();
    service::permit(guard, &visit.actor)?;
    let charter = guard.charter();
    let form = purpose(&charter).and_then(|pool| charter.form_of_source(source, &pool.name));
    form.filter(|_| may_take(&visit.site, &visit.actor))
        .ok_or(Error::NotFound)
}

async fn ask(visit: Visit, Path(source): Path<String>) -> Result<Response, Error> {
    let asked = form_of(&visit, &source)?;
    let view = form::fresh(&visit, &asked, visit.path.clone(), None);
    draw_form(&visit, StatusCode::OK, &asked, view).await
}

/// Who may first, then what was sent.
async fn write_down(visit: Visit, Path(source): Path<String>, request: Request) -> Result<Response, Error> {
    let asked = form_of(&visit, &source)?;
    let guard = visit.site.guard();
    let parts = Multipart::from_request(request, &visit.site)
        .await
        .map_err(|_| Error::Invalid(None))?;
    let collecting = guard.collect_from(&source, &asked.purpose, visit.locale)?;
    let done = || Redirect::to(&format!("{HERE}?view=asked&done=pool-asked")).into_response();
    match web::receive(parts, collecting).await? {
        // Within a session, only from a page of its own.
        Collected::Complete(answers) if !visit.is_own_token(answers.token()) => Err(Error::forbidden()),
        Collected::Complete(answers) => {
            let written = entering::found(&visit.site, &visit.actor, &source, *answers, visit.locale).await;
            match written {
                Ok(_) => {}
                // The same form, sent twice at once: the other sending filed it.
                Err(guard::Error::Storage(error)) if error.is_duplicate() => {}
                Err(error) => return Err(error.into()),
            }
            Ok(done())
        }
        Collected::Already(_) => Ok(done()),
        Collected::Again(again) => {
            let view = form::again(&visit, &asked, visit.path.clone(), &again);
            draw_form(&visit, StatusCode::UNPROCESSABLE_ENTITY, &asked, view).await
        }
    }
}

async fn draw_form(
    visit: &Visit,
    status: StatusCode,
    asked: &Form,
    view: FormView,
) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let within = charter.sourcing().and_then(|sourcing| sourcing.sourced);
    let context = json!({
        "form": view,
        "source": names_of(visit).into_iter().find(|(name, _)| format!("source.{name}") == asked.name).map(|(_, label)| label),
        "clause": asked.rule.clause.to_string(),
        "within": within.map(|within| within.to_string()),
        "keeps": form::kept(visit, &charter, asked),
        "back": HERE,
    });
    visit.draw_with(status, "pool/source.html", context).await
}

/// The sources from which somebody can be written down, by name, with their words.
fn names_of(visit: &Visit) -> Vec<(String, String)> {
    let charter = visit.site.guard().charter();
    let Some(pool) = purpose(&charter).filter(|_| may_take(&visit.site, &visit.actor)) else {
        return Vec::new();
    };
    let sources = charter.sources().iter();
    sources
        .filter(|source| charter.form_of_source(&source.name, &pool.name).is_some())
        .map(|source| {
            let entity = source.entity(visit.locale).map(str::to_owned);
            let label =
                entity.unwrap_or_else(|| charter::render::source_words(source.kind, visit.locale).to_owned());
            (source.name.clone(), label)
        })
        .collect()
}

async fn draw(visit: &Visit, opened: Option<Opened>) -> Result<Response, Error> {
    visit.staff()?;
    let (guard, query) = (visit.site.guard(), Query::read(&visit.query));
    let (is_inbox, of_review) = (query.get("view") == "inbox", query.get("review") == "1");
    let wanted = Wanted {
        asked: query.get("view") == "asked",
        source: Some(query.get("source").to_owned()).filter(|source| !source.is_empty()),
        words: query.get("q").chars().take(200).collect(),
    };
    let asked = query.page(&visit.site, HERE);
    let after = asked.after.as_ref();
    let (rows, waiting, next) = if is_inbox {
        let page = service::waiting(&visit.site, &visit.actor, of_review, after, SIZE).await?;
        (Vec::new(), page.rows, page.next)
    } else {
        let page = service::list(&visit.site, &visit.actor, &wanted, after, SIZE).await?;
        (page.rows, Vec::new(), page.next)
    };
    let filters = if is_inbox {
        Vec::new()
    } else {
        filters(visit, &query)
    };
    let panel = match &opened {
        Some(opened) => Some(panel::view(visit, &query, opened, &rows).await?),
        None => None,
    };
    let review = service::to_review(guard, &visit.actor).await?;
    let period = crate::review::period(&guard.charter(), &service::REVIEWED);
    let context = json!({
        "q": wanted.words,
        "view": if is_inbox { "inbox" } else if wanted.asked { "asked" } else { "in" },
        "review": review.zip(period).map(|(count, period)| json!({
            "count": count, "period": period.to_string(), "on": of_review,
        })),
        "needed": service::is_needed(&visit.site),
        "chips": desk::chips(HERE, &query, &filters),
        "filters": filters,
        // Counting what isn't shown would cost with what is stored.
        "total": next.is_none().then_some(rows.len() + waiting.len()),
        "rows": rows.iter().map(|row| row_view(visit, row)).collect::<Vec<_>>(),
        "waiting": waiting.iter().map(|row| waiting_view(visit, row)).collect::<Vec<_>>(),
        "sources": names_of(visit).iter().map(|(name, label)| json!({
            "label": label, "href": format!("{HERE}/from/{name}"),
        })).collect::<Vec<_>>(),
        "next": asked.next(&visit.site, next.as_ref()),
        "first": asked.first(),
        "panel": panel,
    });
    visit
        .draw_noticed(asked.notice(visit), "pool/desk.html", context)
        .await
}

fn row_view(visit: &Visit, row: &Row) -> Value {
    let entry = &row.entry;
    let undo = entry.removed_at.filter(|until| visit.site.guard().now() < *until);
    json!({
        "id": entry.id,
        "name": row.person.name,
        "state": entry.state,
        "source": source_words(&visit.site, entry, visit.locale),
        "came": entry.came,
        "added_at": entry.added_at,
        "agreed_at": entry.agreed_at,
        "until": row.until.as_ref().map(guard::keep::Until::last_day),
        "undo": undo.map(|until| json!({ "until": until })),
    })
}

fn waiting_view(visit: &Visit, row: &WaitingRow) -> Value {
    let WaitingRow { waiting, person } = row;
    json!({
        "id": waiting.application,
        "name": person.name,
        "arrived_at": waiting.arrived_at,
        "agreed_at": waiting.agreed_at,
        "take": waiting.agreed_at.is_some() || may_take(&visit.site, &visit.actor),
    })
}

fn filters(visit: &Visit, query: &Query) -> Vec<Filter> {
    let charter = visit.site.guard().charter();
    let Some(pool) = purpose(&charter) else {
        return Vec::new();
    };
    let offer = crate::offer();
    let sources = charter.sources().iter();
    let options = sources
        .filter(|source| source.purposes.contains(&pool.name))
        .filter(|source| offer.includes(&charter, &source.rule.clause))
        .map(|source| Choice {
            value: source.name.clone(),
            label: source
                .entity(visit.locale)
                .unwrap_or_else(|| charter::render::source_words(source.kind, visit.locale))
                .to_owned(),
            count: None,
            chosen: query.get("source") == source.name,
        });
    vec![Filter {
        name: "source",
        label: visit.text("pool-filter-source"),
        options: options.collect(),
    }]
}

fn parse<K>(id: &str) -> Result<Id<K>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// For the panel's neighbours.
pub(super) fn href(query: &Query, id: Id<Entry>) -> String {
    query.href(&format!("{HERE}/{id}"), "", "")
}
