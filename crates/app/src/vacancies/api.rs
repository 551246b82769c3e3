//! Owns: `/api/v1/vacancies`, public. Doesn't own: the index behind it.

use axum::{Json, extract::Path};
use kernel::{Id, Money};
use serde::Serialize;
use web::Error;

use super::{
    model::{Contract, Period, Remote, State, Vacancy},
    service,
};
use crate::{query::Query, visit::Visit};

/// A page of the API.
#[derive(Serialize)]
pub(crate) struct Listed<T> {
    pub(crate) items: Vec<T>,
    /// To be given as `after` for the next page.
    pub(crate) next: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Offered {
    id: Id<Vacancy>,
    reference: String,
    title: String,
    summary: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    language: kernel::Locale,
    place: String,
    country: String,
    contract: Contract,
    remote: Remote,
    salary: Option<Salary>,
    published_at: Option<String>,
    url: String,
}

#[derive(Serialize)]
struct Salary {
    min: Option<Money>,
    max: Option<Money>,
    period: Period,
}

pub(super) async fn list(visit: Visit) -> Result<Json<Listed<Offered>>, Error> {
    let query = Query::read(&visit.query);
    let published = visit.site.published();
    let wanted = super::pages::wanted(&query);
    let size = query.parse("limit").unwrap_or(50usize).clamp(1, 100);
    let found = published.search(&wanted, query.parse("after").as_ref(), size);
    let items = found
        .page
        .rows
        .into_iter()
        .map(|vacancy| offered(&visit, vacancy))
        .collect();
    Ok(Json(Listed {
        items,
        next: found.page.next.map(|cursor| cursor.to_string()),
    }))
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Json<Offered>, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let vacancy = service::find(visit.site.guard().db(), id).await?;
    if vacancy.state != State::Published {
        return Err(Error::NotFound);
    }
    Ok(Json(offered(&visit, &vacancy)))
}

fn offered(visit: &Visit, vacancy: &Vacancy) -> Offered {
    let offer = &vacancy.offer;
    let money = |cents: Option<i64>| {
        cents.map(|cents| Money {
            cents,
            currency: offer.currency,
        })
    };
    let (min, max) = (money(offer.salary_min), money(offer.salary_max));
    Offered {
        id: vacancy.id,
        reference: vacancy.reference.clone(),
        title: offer.title.clone(),
        summary: offer.summary.clone(),
        description: offer.description.clone(),
        language: offer.language,
        place: offer.place.clone(),
        country: offer.country.clone(),
        contract: offer.contract,
        remote: offer.remote,
        salary: (min.is_some() || max.is_some()).then_some(Salary {
            min,
            max,
            period: offer.salary_period,
        }),
        published_at: vacancy.published_at.map(kernel::Timestamp::rfc3339),
        url: visit.site.url(&format!("/jobs/{}", vacancy.slug)),
    }
}
