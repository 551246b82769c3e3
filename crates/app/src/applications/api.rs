//! Owns: `/api/v1/applications` and what belongs to one: stage, decisions, documents. Doesn't own: what a member of
//! staff may see ([`super::service`]), the shapes ([`super::shapes`]).

use axum::{
    Json,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request},
    http::StatusCode,
    response::Response,
};
use charter::{Duty, Form, FormKind};
use guard::{
    Scope,
    collect::{Again, Collected},
};
use kernel::{Id, Locale};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;
use web::{Error, Say, api::Fault};

use super::{
    model::{Application, Stage},
    programs,
    service::{self, Wanted},
    shapes::{Decide, Decision, Document, Move, Opened, Row, Standing},
};
use crate::{
    Audience, Route, Site,
    api::{
        Asked, Attempt, Body, Caller, Listed, Paging, Program, Unread, Written,
        document::{OnceKey, Reads, Writes, id, word},
        short,
    },
    files::send_file,
    form,
    vacancies::{self, Vacancy, model::State},
};

/// A form may be so long in all, in bytes: its files' own limits are the charter's.
const LIMIT: usize = 64 * 1024 * 1024;

pub(super) fn routes() -> Vec<Route> {
    let route = |path, documented| Route::documented(Audience::Program, path, documented);
    let (schemas, paths, handler) = routes!(list, bring_in);
    let applications = (schemas, paths, handler.layer(DefaultBodyLimit::max(LIMIT)));
    vec![
        route("/api/v1/applications", applications),
        route("/api/v1/applications/{id}", routes!(one)),
        route("/api/v1/applications/{id}/stage", routes!(stage, set_stage)),
        route("/api/v1/applications/{id}/decisions", routes!(decisions, decide)),
        route("/api/v1/applications/{id}/documents", routes!(documents)),
        route("/api/v1/documents/{id}", routes!(download)),
    ]
}

/// What the list can be narrowed by.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    #[param(schema_with = word::<Stage>)]
    stage: Option<Stage>,
    /// To that vacancy.
    #[param(schema_with = id)]
    vacancy: Option<Id<Vacancy>>,
    /// Words of the person's name, their whole e-mail address or telephone number.
    #[serde(default, deserialize_with = "short")]
    #[param(required = false, min_length = 1, max_length = 200)]
    q: Option<String>,
}

/// List applications
///
/// Those that the token's owner may see, newest first. Everybody listed can see that they were.
#[utoipa::path(get, path = "/api/v1/applications", operation_id = "list_applications", tag = "applications", params(Filter, Paging),
    security(("token" = ["applications:read"])), responses((status = 200, description = "One page", body = Listed<Row>), Reads))]
async fn list(caller: Program, asked: Asked<Filter>) -> Result<Json<Listed<Row>>, Error> {
    let actor = caller.acting(Scope::ReadApplications)?;
    let (site, filter) = (&caller.site, &asked.filter);
    let wanted = Wanted {
        stage: filter.stage,
        vacancy: filter.vacancy,
        words: filter.q.clone().unwrap_or_default(),
    };
    let page = service::list(site, actor, &wanted, asked.after.as_ref(), asked.limit).await?;
    let items = page.rows.into_iter().map(|row| Row::of(site, row)).collect();
    Ok(Json(asked.page(site, items, page.next.as_ref())))
}

/// Read an application
///
/// With its answers, documents and history. The person can see that it was opened; it doesn't count as read by a human.
#[utoipa::path(get, path = "/api/v1/applications/{id}", operation_id = "read_application", tag = "applications", params(("id" = String, Path)),
    security(("token" = ["applications:read"])), responses((status = 200, description = "The application", body = Opened), Reads))]
async fn one(caller: Program, Path(id): Path<String>) -> Result<Json<Opened>, Error> {
    let actor = caller.acting(Scope::ReadApplications)?;
    let opened = service::open(&caller.site, actor, parse(&id)?).await?;
    Ok(Json(Opened::of(&caller.site, opened)))
}

/// To what an application that is brought in belongs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct To {
    /// A published vacancy; without it the application is unsolicited.
    #[param(schema_with = id)]
    vacancy: Option<Id<Vacancy>>,
    /// The person's language: in it they are told. Without it, the first that the charter's form is offered in.
    #[param(schema_with = word::<Locale>)]
    language: Option<Locale>,
}

/// Bring an application in
///
/// One that came by post, or from another system. It has the charter's fields and no other, and the person is told by
/// mail, with a link to follow it.
#[utoipa::path(post, path = "/api/v1/applications", operation_id = "bring_in_application", tag = "applications",
    params(To, OnceKey), security(("token" = ["applications:write"])),
    request_body(content = ref("#/components/schemas/ApplicationForm"), content_type = "multipart/form-data"),
    responses((status = 201, description = "Where it stands", body = Standing, headers(("Location" = String))), Writes))]
async fn bring_in(caller: Program, request: Request) -> Result<Response, Error> {
    let actor = caller.acting(Scope::WriteApplications)?;
    let site = &caller.site;
    actor.on_duty(&site.guard().charter(), Duty::Recruit)?;
    let to: To = web::api::read_query(request.uri().query().unwrap_or_default())?;
    let parts = || Error::UnsupportedMedia {
        accepted: Some("multipart/form-data".to_owned()),
    };
    let parts = Multipart::from_request(request, site)
        .await
        .map_err(|_| parts())?;
    let work = match caller.begin(actor).await? {
        Attempt::Again(kept) => return kept.answer(&caller, &web::api::form_digest(parts).await?),
        Attempt::First(work) => work,
    };
    let vacancy = match to.vacancy {
        Some(id) => Some(open_vacancy(site, id).await?),
        None => None,
    };
    let (asked, locale) = asked(site, vacancy.is_some(), to.language)?;
    let mut collecting = site.guard().collect(&asked.name, locale)?;
    let draft = site.guard().draft_of(&asked.name, work.ids());
    collecting.text(guard::collect::DRAFT, draft).await?;
    let (collected, digest) = web::api::receive_form(parts, collecting).await?;
    let id: Id<Application> = match collected {
        Collected::Complete(answers) => {
            programs::import(site, actor, *answers, vacancy.as_ref(), locale).await?
        }
        Collected::Already(dossier) => dossier.cast(),
        Collected::Again(again) => return Err(unfit(&caller, &asked, &again)),
    };
    let (application, steps) = programs::imported(site, actor, id).await?;
    let location = site.url(&format!("/api/v1/applications/{id}"));
    let written = Written::created(location, &Standing::of(&application, steps));
    work.done(&caller, &digest, written).await
}

/// Read an application's stage
#[utoipa::path(get, path = "/api/v1/applications/{id}/stage", operation_id = "read_stage", tag = "applications", params(("id" = String, Path)),
    security(("token" = ["applications:read"])), responses((status = 200, description = "Where it stands", body = Standing), Reads))]
async fn stage(caller: Program, Path(id): Path<String>) -> Result<Json<Standing>, Error> {
    let actor = caller.acting(Scope::ReadApplications)?;
    let (application, steps) = programs::steps(&caller.site, actor, parse(&id)?).await?;
    Ok(Json(Standing::of(&application, steps)))
}

/// Move an application
///
/// To one of the stages it may move to; where it stands already it stays. A refusal is no move: a human decides it.
#[utoipa::path(put, path = "/api/v1/applications/{id}/stage", operation_id = "set_stage", tag = "applications", request_body = Move,
    params(("id" = String, Path), OnceKey), security(("token" = ["applications:write"])),
    responses((status = 200, description = "Where it stands now", body = Standing), Writes))]
async fn set_stage(caller: Program, Path(id): Path<String>, body: Unread) -> Result<Response, Error> {
    let actor = caller.acting(Scope::WriteApplications)?;
    let (site, id) = (&caller.site, parse(&id)?);
    programs::may_move(site, actor, id).await?;
    let body: Body<Move> = body.json(site).await?;
    let to = body.value.stage;
    let work = |_| async move {
        let (application, _) = programs::steps(site, actor, id).await?;
        if application.stage != to {
            service::move_to(site, actor, id, to).await?;
        }
        let (application, steps) = programs::steps(site, actor, id).await?;
        Ok(Written::changed(&Standing::of(&application, steps)))
    };
    caller.once(actor, &body.bytes, work).await
}

/// List decisions
///
/// On an application, the newest first.
#[utoipa::path(get, path = "/api/v1/applications/{id}/decisions", operation_id = "list_decisions", tag = "applications", params(("id" = String, Path)),
    security(("token" = ["applications:read"])), responses((status = 200, description = "All of them", body = Listed<Decision>), Reads))]
async fn decisions(caller: Program, Path(id): Path<String>) -> Result<Json<Listed<Decision>>, Error> {
    let actor = caller.acting(Scope::ReadApplications)?;
    let made = programs::decisions(&caller.site, actor, parse(&id)?).await?;
    let items = made.into_iter().map(Decision::of).collect();
    Ok(Json(Listed { items, next: None }))
}

/// Decide
///
/// Refused, always: no program decides about a person. A member of staff with the duty does it in a session of their
/// own, on the desk. The answer names the charter's clause.
#[utoipa::path(post, path = "/api/v1/applications/{id}/decisions", operation_id = "decide", tag = "applications", request_body = Decide,
    params(("id" = String, Path)), security(("token" = ["applications:write"])), responses(Writes))]
async fn decide(caller: Program, Path(id): Path<String>, body: Unread) -> Result<StatusCode, Error> {
    let actor = caller.acting(Scope::WriteApplications)?;
    let (site, id) = (&caller.site, parse(&id)?);
    programs::may_decide(site, actor, id).await?;
    let body: Body<Decide> = body.json(site).await?;
    service::refuse(site, actor, id, body.value.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List documents
///
/// What the person attached to an application.
#[utoipa::path(get, path = "/api/v1/applications/{id}/documents", operation_id = "list_documents", tag = "documents", params(("id" = String, Path)),
    security(("token" = ["applications:read"])), responses((status = 200, description = "All of them", body = Listed<Document>), Reads))]
async fn documents(caller: Program, Path(id): Path<String>) -> Result<Json<Listed<Document>>, Error> {
    let actor = caller.acting(Scope::ReadApplications)?;
    let files = programs::files(&caller.site, actor, parse(&id)?).await?;
    let items = files
        .into_iter()
        .map(|file| Document::of(&caller.site, file))
        .collect();
    Ok(Json(Listed { items, next: None }))
}

/// Download a document
///
/// Its bytes, as they were sent. The person can see that it was opened.
#[utoipa::path(get, path = "/api/v1/documents/{id}", operation_id = "download_document", tag = "documents", params(("id" = String, Path)),
    security(("token" = ["documents:read"])),
    responses((status = 200, description = "The file", content(
        (Vec<u8> = "application/pdf"), (Vec<u8> = "application/msword"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Vec<u8> = "application/vnd.oasis.opendocument.text"), (Vec<u8> = "application/rtf"),
        (Vec<u8> = "text/plain"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))), Reads))]
async fn download(caller: Program, Path(id): Path<String>) -> Result<Response, Error> {
    let actor = caller.acting(Scope::ReadDocuments)?;
    let permit = service::permit(caller.site.guard(), actor)?;
    send_file(caller.site.guard(), &permit, &id).await
}

/// The charter's form, and the language in which the person is told.
fn asked(site: &Site, targeted: bool, language: Option<Locale>) -> Result<(Form, Locale), Error> {
    let kind = if targeted {
        FormKind::TargetedApplication
    } else {
        FormKind::UnsolicitedApplication
    };
    let charter = site.guard().charter();
    let mut forms = charter.forms().iter().filter(|form| form.kind == kind);
    let locale = language.or_else(|| Some(*forms.clone().next()?.languages.first()?));
    let found = forms.find_map(|form| {
        let locale = locale.filter(|locale| form.languages.contains(locale))?;
        Some((form.clone(), locale))
    });
    // The charter has no such form, or not in that language.
    found.ok_or(Error::Conflict(Some(Say::new("application-no-such-form"))))
}

async fn open_vacancy(site: &Site, id: Id<Vacancy>) -> Result<Vacancy, Error> {
    let vacancy = vacancies::service::find(site.guard().db(), id).await?;
    match vacancy.state {
        State::Published => Ok(vacancy),
        State::Draft | State::Closed => Err(Error::Conflict(Some(Say::new("application-no-open-vacancy")))),
    }
}

fn unfit(caller: &Caller, asked: &Form, again: &Again) -> Error {
    let faults = again.problems.iter().map(|problem| {
        let label = asked
            .field(&problem.field)
            .map_or("", |field| field.label(caller.locale));
        Fault::of_field(&problem.field, form::flaw(label, &problem.flaw, caller.locale))
    });
    Error::Unfit {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        faults: faults.collect(),
    }
}

fn parse<K>(id: &str) -> Result<Id<K>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
