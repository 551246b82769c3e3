//! Owns: the desk's pages of vacancies: the list by state, the form, publishing and closing. Doesn't own: the rules.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::{Id, Word as _};
use serde::Serialize;
use serde_json::json;
use web::{Error, Errors};

use super::{
    fields,
    model::{State, Vacancy},
    service,
};
use crate::{
    applications,
    query::Query,
    visit::{Posted, Visit},
};

const SIZE: usize = 50;

#[derive(Serialize)]
struct Tab {
    label: String,
    href: String,
    current: bool,
    count: Option<u64>,
}

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    vacancy: Vacancy,
    applications: i64,
    waiting: i64,
}

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    visit.staff()?;
    let query = Query::read(&visit.query);
    let state: Option<State> = query.word("state");
    let guard = visit.site.guard();
    let asked = query.page(&visit.site, "/desk/vacancies");
    let page = service::list(guard, &visit.actor, state, asked.after.as_ref(), SIZE).await?;
    let ids: Vec<Id<Vacancy>> = page.rows.iter().map(|vacancy| vacancy.id).collect();
    let counts = applications::service::counts(guard, &ids).await?;
    let rows: Vec<Row> = page
        .rows
        .into_iter()
        .map(|vacancy| {
            let count = counts.get(&vacancy.id).copied().unwrap_or_default();
            Row {
                applications: count.all,
                waiting: count.unread,
                vacancy,
            }
        })
        .collect();
    let tab = |of: Option<State>| Tab {
        label: visit.text(&format!("vacancy-tab-{}", of.map_or("all", State::word))),
        href: query.href("/desk/vacancies", "state", of.map_or("", State::word)),
        current: of == state,
        count: None,
    };
    let tabs: Vec<Tab> = std::iter::once(None)
        .chain(State::ALL.iter().copied().map(Some))
        .map(tab)
        .collect();
    let context = json!({
        "tabs": tabs,
        "rows": rows,
        "next": asked.next(&visit.site, page.next.as_ref()),
        "first": asked.first(),
        "reads": applications::service::permit(guard, &visit.actor).is_ok(),
        "new": service::may_write(guard, &visit.actor).then_some("/desk/vacancies/new"),
    });
    let notice = asked.notice(&visit);
    visit.draw_noticed(notice, "vacancies/desk.html", context).await
}

pub(super) async fn new(visit: Visit) -> Result<Response, Error> {
    writes(&visit)?;
    let form = fields::empty(&visit);
    draw(&visit, StatusCode::OK, None, form).await
}

/// Before anything is said of what was typed: is it theirs to write?
fn writes(visit: &Visit) -> Result<(), Error> {
    visit.staff()?;
    if service::may_write(visit.site.guard(), &visit.actor) {
        Ok(())
    } else {
        Err(Error::forbidden())
    }
}

pub(super) async fn write(posted: Posted) -> Result<Response, Error> {
    writes(&posted.visit)?;
    let (visit, guard) = (&posted.visit, posted.visit.site.guard());
    match fields::read(&posted) {
        Ok(offer) => {
            let vacancy = service::write(guard, &visit.actor, offer).await?;
            Ok(visit
                .back(&format!("/desk/vacancies/{}", vacancy.id), "vacancy-saved")
                .into_response())
        }
        Err(errors) => again(&posted, None, errors).await,
    }
}

pub(super) async fn edit(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.staff()?;
    let vacancy = find(&visit, &id).await?;
    let form = fields::filled(&visit, &vacancy);
    draw(&visit, StatusCode::OK, Some(&vacancy), form).await
}

pub(super) async fn change(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    writes(&posted.visit)?;
    let (visit, guard) = (&posted.visit, posted.visit.site.guard());
    let vacancy = find(visit, &id).await?;
    match fields::read(&posted) {
        Ok(offer) => {
            service::change(guard, &visit.actor, vacancy.id, &offer).await?;
            visit.site.publish().await?;
            Ok(visit
                .back(&format!("/desk/vacancies/{id}"), "vacancy-saved")
                .into_response())
        }
        Err(errors) => again(&posted, Some(&vacancy), errors).await,
    }
}

pub(super) async fn publish(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let vacancy = find(&posted.visit, &id).await?;
    service::publish(posted.visit.site.guard(), &posted.visit.actor, vacancy.id).await?;
    posted.visit.site.publish().await?;
    Ok(posted
        .visit
        .back(&format!("/desk/vacancies/{id}"), "vacancy-published"))
}

pub(super) async fn close(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let vacancy = find(&posted.visit, &id).await?;
    service::close(posted.visit.site.guard(), &posted.visit.actor, vacancy.id).await?;
    posted.visit.site.publish().await?;
    Ok(posted
        .visit
        .back(&format!("/desk/vacancies/{id}"), "vacancy-closed"))
}

async fn find(visit: &Visit, id: &str) -> Result<Vacancy, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    Ok(service::find(visit.site.guard().db(), id).await?)
}

async fn again(posted: &Posted, vacancy: Option<&Vacancy>, errors: Errors) -> Result<Response, Error> {
    let form = fields::typed(posted, vacancy).with_errors(errors);
    draw(&posted.visit, StatusCode::UNPROCESSABLE_ENTITY, vacancy, form).await
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    vacancy: Option<&Vacancy>,
    form: web::FormView,
) -> Result<Response, Error> {
    let may_publish = service::may_write(visit.site.guard(), &visit.actor);
    let context = json!({ "vacancy": vacancy, "form": form, "may_publish": may_publish });
    visit.draw_with(status, "vacancies/edit.html", context).await
}
