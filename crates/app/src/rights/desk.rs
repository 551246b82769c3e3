//! Owns: the desk's pages of requests: the queue by its due dates, one opened, a step about it. Doesn't own: the rules
//! (`guard::rights`), the steps ([`super::dealing`]).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use charter::{Right, vocabulary::Identity};
use guard::{
    Staff,
    rights::{
        Request, State, StepKind, Way,
        request::{MOST, Opened, ShownStep},
    },
};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::{Error, Errors};

use super::{
    QUEUE,
    dealing::{self, Doing},
    view,
};
use crate::{
    archive, desk,
    query::Query,
    visit::{Posted, Visit},
};

/// Rows on one page.
const SIZE: usize = 50;

/// Who answers requests, and nobody else.
pub(super) fn may(visit: &Visit) -> Result<(), Error> {
    visit.staff()?;
    let guard = visit.site.guard();
    guard.answers_rights(&visit.actor)?;
    guard.rights_purpose()?;
    Ok(())
}

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    may(&visit)?;
    let guard = visit.site.guard();
    let query = Query::read(&visit.query);
    let open = query.get("state") != "ended";
    let asked = query.page(&visit.site, QUEUE);
    let page = guard
        .requests(&visit.actor, open, asked.after.as_ref(), SIZE)
        .await?;
    let ids: Vec<Id<Request>> = page.rows.iter().map(|request| request.id).collect();
    let names = guard.request_names(&visit.actor, &ids).await?;
    let row = |request: &Request| {
        let mut row = view::row(&visit, request);
        row["name"] = json!(names.get(&request.id));
        row["way"] = json!(request.way);
        row
    };
    let context = json!({
        "open": open,
        "rows": page.rows.iter().map(row).collect::<Vec<_>>(),
        "next": asked.next(&visit.site, page.next.as_ref()),
        "first": asked.first(),
    });
    match asked.notice(&visit) {
        Some(notice) => {
            visit
                .draw_noticed(Some(notice), "rights/queue.html", context)
                .await
        }
        None => visit.draw("rights/queue.html", context).await,
    }
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    may(&visit)?;
    draw(&visit, StatusCode::OK, parse(&id)?, ("", "", Errors::default())).await
}

pub(super) async fn step(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    may(visit)?;
    let (id, text) = (parse(&id)?, posted.field("text"));
    let doing = Doing::from_word(posted.field("step")).map_err(|_| Error::Invalid(None))?;
    let words = text.trim().chars().count();
    let mut errors = Errors::default();
    if doing.takes_words() && words == 0 {
        errors.add("text", visit.text(&format!("rights-need-{}", doing.word())));
    } else if words > MOST {
        errors.add("text", visit.text("rights-too-long"));
    }
    if !errors.is_empty() {
        let back = (doing.word(), text, errors);
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, id, back).await;
    }
    match dealing::step(&visit.site, &visit.actor, id, doing, text).await {
        // The page offers nothing that the charter doesn't: a button of another version's.
        Err(guard::Error::Invalid(_)) => return Err(Error::Conflict(None)),
        done => done?,
    }
    Ok(visit.back(&format!("{QUEUE}/{id}"), doing.done()).into_response())
}

/// A copy of everything held about whom a request is about, to be handed to them.
pub(super) async fn copy(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    may(visit)?;
    let staff = visit.actor.staff().ok_or(guard::Error::Forbidden)?;
    let hand = visit
        .site
        .guard()
        .request_at_hand(&visit.actor, parse(&id)?)
        .await?;
    let archive = archive::made_for(&visit.site, hand.request.person, staff).await?;
    Ok(archive.into_response())
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    id: Id<Request>,
    (doing, text, errors): (&str, &str, Errors),
) -> Result<Response, Error> {
    let guard = visit.site.guard();
    let opened = guard.request_opened(&visit.actor, id).await?;
    let request = &opened.request;
    let staff: Vec<Id<Staff>> = opened.steps.iter().filter_map(|step| step.staff).collect();
    let colleagues = guard.colleagues(&visit.actor, &staff).await?;
    let charter = guard.charter();
    let by = |step: &ShownStep| match step.staff.and_then(|staff| colleagues.get(&staff)) {
        Some(colleague) => desk::by_whom(visit, &charter, colleague),
        None => view::role(visit, step),
    };
    let history = view::history(visit, &opened.steps, by);
    let restricted = guard.is_restricted_for(request).await?;
    let states = guard.mail_states(request.id.cast()).await?;
    let bounced = states
        .values()
        .any(|state| *state == guard::send::MailState::Bounced);
    let context = json!({
        "request": view::opened(visit, &opened, history),
        "can": can(visit, &opened, restricted),
        "restricted": restricted,
        "proven": request.way == Way::Area,
        "mailed": opened.who[2].is_some() && guard.mail_carries(&guard.rights_purpose()?, &["email", "exchange"]),
        "bounced": bounced,
        "directives": directives(visit, &opened).await?,
        "clauses": view::clauses(visit),
        "doing": doing,
        "text": text,
        "most": MOST,
        "errors": errors,
    });
    visit.draw_with(status, "rights/desk.html", context).await
}

/// Which steps are left.
fn can(visit: &Visit, opened: &Opened, restricted: bool) -> Value {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let request = &opened.request;
    let (open, now) = (request.state.is_open(), guard.now());
    let offers = |right: Right| open && guard.rights_offered().contains(&right);
    let rights = charter.rights();
    let asks = rights.is_some_and(|rights| rights.identity == Identity::OnDoubt);
    let extends = rights.is_some_and(|rights| rights.extension.is_some());
    json!({
        "any": open,
        "take": open && request.state != State::InWork,
        "identity": open && asks && request.state != State::IdentityAsked,
        "extend": open && extends && request.extended_at.is_none() && now < request.due_at,
        "restrict": offers(Right::Restrict) && !restricted,
        "lift": open && restricted,
        "erase": offers(Right::Erase),
        "death": open && !opened.steps.iter().any(|step| step.kind == StepKind::Death),
    })
}

/// What was laid down for after a death, where the request is about one.
async fn directives(visit: &Visit, opened: &Opened) -> Result<Vec<Value>, Error> {
    let noted = opened.steps.iter().any(|step| step.kind == StepKind::Death);
    if !noted && opened.request.kind != Right::PostMortem {
        return Ok(Vec::new());
    }
    let guard = visit.site.guard();
    let all = guard.directives_for(&visit.actor, &opened.request).await?;
    let view = |one: &Opened| json!({ "text": one.text, "since": one.request.received_at });
    Ok(all.iter().map(view).collect())
}

fn parse(id: &str) -> Result<Id<Request>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
