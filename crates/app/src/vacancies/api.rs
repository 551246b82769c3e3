//! Owns: `/api/v1/vacancies`: what is public for anyone, drafts and closed ones for who may see the desk's list, and
//! writing. Doesn't own: the index behind the public list, the rules.

use axum::{Json, extract::Path, http::StatusCode, response::Response};
use guard::{Actor, Scope};
use kernel::{Id, Word as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;
use web::{
    Error, Say,
    api::{At, Fault},
};

use super::{
    model::{Contract, Remote, State, Vacancy},
    service::{self, Wanted},
    shapes::{OfferBody, Offered},
};
use crate::{
    Audience, Route, Site,
    api::{
        Asked, Body, Caller, Listed, Paging, Program, Unread, Written,
        document::{OnceKey, Reads, Writes, word, words},
        short,
    },
};

pub(super) fn routes() -> Vec<Route> {
    let (public, program) = (Audience::Public, Audience::Program);
    vec![
        Route::documented(public, "/api/v1/vacancies", routes!(list, create)),
        Route::documented(public, "/api/v1/vacancies/{id}", routes!(one, change)),
        Route::documented(program, "/api/v1/vacancies/{id}/state", routes!(set_state)),
    ]
}

/// What the public list can be narrowed by; of several values of one name, any will do.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Words of the title, the place, the text.
    #[serde(default, deserialize_with = "short")]
    #[param(required = false, min_length = 1, max_length = 200)]
    q: Option<String>,
    #[serde(default)]
    #[param(required = false, schema_with = words::<Contract>)]
    contract: Vec<Contract>,
    #[serde(default)]
    #[param(required = false, schema_with = words::<Remote>)]
    remote: Vec<Remote>,
    /// A town, as it is written.
    #[serde(default)]
    #[param(required = false)]
    place: Vec<String>,
    /// By itself, with a token of scope `vacancies:read`: all in that state, drafts and closed ones too.
    #[param(schema_with = word::<State>)]
    state: Option<State>,
}

impl Filter {
    fn wanted(&self) -> Wanted {
        let words = |values: &[&'static str]| values.iter().map(|word| (*word).to_owned()).collect();
        let contract: Vec<&str> = self.contract.iter().map(|word| word.word()).collect();
        let remote: Vec<&str> = self.remote.iter().map(|word| word.word()).collect();
        let mut facets = vec![
            ("contract", words(&contract)),
            ("remote", words(&remote)),
            ("place", self.place.clone()),
        ];
        facets.retain(|(_, values): &(_, Vec<String>)| !values.is_empty());
        Wanted {
            words: self.q.clone().unwrap_or_default(),
            facets,
        }
    }

    fn narrows(&self) -> bool {
        self.q.is_some() || !(self.contract.is_empty() && self.remote.is_empty() && self.place.is_empty())
    }
}

/// List vacancies
///
/// What is public, newest first; with `state`, the desk's list.
#[utoipa::path(get, path = "/api/v1/vacancies", operation_id = "list_vacancies", tag = "vacancies", params(Filter, Paging), security((), ("token" = [])),
    responses((status = 200, description = "One page", body = Listed<Offered>), Reads))]
async fn list(caller: Caller, asked: Asked<Filter>) -> Result<Json<Listed<Offered>>, Error> {
    let (site, filter) = (&caller.site, &asked.filter);
    let Some(state) = filter.state else {
        let published = site.published();
        let found = published.search(&filter.wanted(), asked.after.as_ref(), asked.limit);
        let items = found
            .page
            .rows
            .into_iter()
            .map(|vacancy| Offered::of(site, vacancy))
            .collect();
        return Ok(Json(asked.page(site, items, found.page.next.as_ref())));
    };
    let actor = caller.acting(Scope::ReadVacancies)?;
    if filter.narrows() {
        return Err(Error::Unfit {
            status: StatusCode::BAD_REQUEST,
            faults: vec![Fault::new(
                At::Query("state".to_owned()),
                Say::new("problem-alone"),
            )],
        });
    }
    let page = service::list(
        site.guard(),
        actor,
        Some(state),
        asked.after.as_ref(),
        asked.limit,
    )
    .await?;
    let items = page
        .rows
        .iter()
        .map(|vacancy| Offered::of(site, vacancy))
        .collect();
    Ok(Json(asked.page(site, items, page.next.as_ref())))
}

/// Read a vacancy
///
/// With its text. One that isn't public is there for a token of scope `vacancies:read` only.
#[utoipa::path(get, path = "/api/v1/vacancies/{id}", operation_id = "read_vacancy", tag = "vacancies", params(("id" = String, Path)),
    security((), ("token" = [])), responses((status = 200, description = "The vacancy", body = Offered), Reads))]
async fn one(caller: Caller, Path(id): Path<String>) -> Result<Json<Offered>, Error> {
    let vacancy = find(&caller.site, &id).await?;
    if vacancy.state != State::Published && caller.acting_perhaps(Scope::ReadVacancies).is_none() {
        return Err(Error::NotFound);
    }
    Ok(Json(Offered::of(&caller.site, &vacancy)))
}

/// Write a vacancy
///
/// A draft; the token's owner answers for it.
#[utoipa::path(post, path = "/api/v1/vacancies", operation_id = "write_vacancy", tag = "vacancies", request_body = OfferBody,
    params(OnceKey), security(("token" = ["vacancies:write"])),
    responses((status = 201, description = "The draft", body = Offered, headers(("Location" = String))), Writes))]
async fn create(caller: Program, body: Unread) -> Result<Response, Error> {
    let (site, actor) = (&caller.site, writer(&caller)?);
    let body: Body<OfferBody> = body.json(site).await?;
    let offer = body.value.offer()?;
    let work = |[id, _]: [Id<()>; 2]| async move {
        let vacancy = service::write_as(site.guard(), actor, id.cast(), offer).await?;
        let location = site.url(&format!("/api/v1/vacancies/{}", vacancy.id));
        Ok(Written::created(location, &Offered::of(site, &vacancy)))
    };
    caller.once(actor, &body.bytes, work).await
}

/// Change a vacancy
///
/// All of what a reader learns; its address stays.
#[utoipa::path(put, path = "/api/v1/vacancies/{id}", operation_id = "change_vacancy", tag = "vacancies", request_body = OfferBody,
    params(("id" = String, Path), OnceKey), security(("token" = ["vacancies:write"])),
    responses((status = 200, description = "The vacancy as it is now", body = Offered), Writes))]
async fn change(caller: Program, Path(id): Path<String>, body: Unread) -> Result<Response, Error> {
    let (site, actor) = (&caller.site, writer(&caller)?);
    let body: Body<OfferBody> = body.json(site).await?;
    let offer = body.value.offer()?;
    let work = |_| async move {
        let vacancy = find(site, &id).await?;
        service::change(site.guard(), actor, vacancy.id, &offer).await?;
        site.publish().await?;
        Ok(Written::changed(&Offered::of(site, &find(site, &id).await?)))
    };
    caller.once(actor, &body.bytes, work).await
}

/// Where a vacancy is to stand.
#[derive(Serialize, Deserialize, ToSchema)]
struct NewState {
    #[schema(schema_with = public_state)]
    state: State,
}

fn public_state() -> utoipa::openapi::Object {
    let words = [State::Published.word(), State::Closed.word()];
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::Type::String)
        .enum_values(Some(words))
        .build()
}

/// Publish or close a vacancy
///
/// Closing refuses nobody: applications that are there go on. One that stands there already stays as it is.
#[utoipa::path(put, path = "/api/v1/vacancies/{id}/state", operation_id = "set_vacancy_state", tag = "vacancies", request_body = NewState,
    params(("id" = String, Path), OnceKey), security(("token" = ["vacancies:write"])),
    responses((status = 200, description = "The vacancy as it is now", body = Offered), Writes))]
async fn set_state(caller: Program, Path(id): Path<String>, body: Unread) -> Result<Response, Error> {
    let (site, actor) = (&caller.site, writer(&caller)?);
    let body: Body<NewState> = body.json(site).await?;
    let to = body.value.state;
    if to == State::Draft {
        return Err(Error::Unfit {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            faults: vec![Fault::of_field("state", Say::new("problem-value"))],
        });
    }
    let work = |_| async move {
        let vacancy = find(site, &id).await?;
        service::set_state(site.guard(), actor, &vacancy, to).await?;
        site.publish().await?;
        Ok(Written::changed(&Offered::of(site, &find(site, &id).await?)))
    };
    caller.once(actor, &body.bytes, work).await
}

/// Who may write vacancies.
fn writer(caller: &Program) -> Result<&Actor, Error> {
    let actor = caller.acting(Scope::WriteVacancies)?;
    match service::may_write(caller.site.guard(), actor) {
        true => Ok(actor),
        false => Err(Error::forbidden()),
    }
}

async fn find(site: &Site, id: &str) -> Result<Vacancy, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    Ok(service::find(site.guard().db(), id).await?)
}
