//! Owns: the desk's pages of applications: the table with its filters, the panel beside it, moving, refusing, undoing.
//! Doesn't own: the rules ([`super::service`]).

use axum::{
    extract::Path,
    response::{Redirect, Response},
};
use charter::Duty;
use guard::decide::{self, Reason};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::Error;

use super::{
    letters,
    model::{Application, Stage},
    service::{self, Opened, Row, Wanted},
};
use crate::{
    contact, desk,
    files::{is_inline, send_file},
    partners,
    query::{Choice, Filter, Query},
    vacancies,
    visit::{Posted, Visit},
};

const HERE: &str = "/desk/applications";
/// Rows on one page: what a desk's screen shows twice.
const SIZE: usize = 50;

/// The desk opens where there is most to do for the role.
pub(super) async fn home(visit: Visit) -> Result<Redirect, Error> {
    visit.staff()?;
    let guard = visit.site.guard();
    let to = if service::permit(guard, &visit.actor).is_ok() {
        HERE
    } else if contact::service::permit(guard, &visit.actor).is_ok() {
        contact::INBOX
    } else {
        "/desk/vacancies"
    };
    Ok(Redirect::to(to))
}

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    draw(&visit, None).await
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.staff()?;
    let opened = service::open(&visit.site, &visit.actor, parse(&id)?).await?;
    draw(&visit, Some(opened)).await
}

pub(super) async fn stage(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let stage = Stage::from_word(posted.field("stage")).map_err(|_| Error::Invalid(None))?;
    service::move_to(&posted.visit.site, &posted.visit.actor, parse(&id)?, stage).await?;
    Ok(posted.visit.back(&format!("{HERE}/{id}"), "moved"))
}

pub(super) async fn refuse(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let reason = Reason::from_word(posted.field("reason"))
        .map_err(|_| Error::Invalid(Some(web::Say::new("application-refuse-needs-reason"))))?;
    service::refuse(&posted.visit.site, &posted.visit.actor, parse(&id)?, reason).await?;
    Ok(posted.visit.back(&format!("{HERE}/{id}"), "refused"))
}

pub(super) async fn undo(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    service::undo_refusal(&posted.visit.site, &posted.visit.actor, parse(&id)?).await?;
    Ok(posted.visit.back(&format!("{HERE}/{id}"), "undone"))
}

/// A human says what becomes of a refusal's mail.
pub(super) async fn mail(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let send = match posted.field("send") {
        "again" => true,
        "no" => false,
        _ => return Err(Error::Invalid(None)),
    };
    service::settle_mail(&posted.visit.site, &posted.visit.actor, parse(&id)?, send).await?;
    Ok(posted.visit.back(&format!("{HERE}/{id}"), "mail-settled"))
}

pub(super) async fn file(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.staff()?;
    let permit = service::permit(visit.site.guard(), &visit.actor)?;
    send_file(visit.site.guard(), &permit, &id).await
}

async fn draw(visit: &Visit, opened: Option<Opened>) -> Result<Response, Error> {
    visit.staff()?;
    let query = Query::read(&visit.query);
    let wanted = Wanted {
        stage: query.word("stage"),
        vacancy: query.parse("vacancy"),
        words: query.get("q").chars().take(200).collect(),
    };
    let asked = query.page(&visit.site, HERE);
    let page = service::list(&visit.site, &visit.actor, &wanted, asked.after.as_ref(), SIZE).await?;
    let filters = filters(visit, &query).await?;
    let panel = match &opened {
        Some(opened) => {
            let mut panel = panel(visit, &query, opened, &page.rows)?;
            panel["partners"] = partners::panel_view(visit, &opened.row.application).await?;
            Some(panel)
        }
        None => None,
    };
    let context = json!({
        "q": wanted.words,
        "chips": desk::chips(HERE, &query, &filters),
        "filters": filters,
        // Counting what isn't shown would cost with what is stored.
        "total": page.next.is_none().then_some(page.rows.len()),
        "rows": page.rows.iter().map(|row| row_view(visit, row)).collect::<Vec<_>>(),
        "next": asked.next(&visit.site, page.next.as_ref()),
        "first": asked.first(),
        "unsettled": service::unsettled_mails(&visit.site, &visit.actor).await?,
        "panel": panel,
        "only": desk::only(visit, &service::PURPOSES),
    });
    let notice = asked.notice(visit);
    visit
        .draw_noticed(notice, "applications/desk.html", context)
        .await
}

fn row_view(visit: &Visit, row: &Row) -> Value {
    let application = &row.application;
    let decides = visit.actor.has(&visit.site.guard().charter(), Duty::Decide);
    json!({
        "id": application.id,
        "name": row.person.name,
        "vacancy": row.vacancy.as_ref().map(|vacancy| json!({ "id": vacancy.id, "title": vacancy.offer.title, "slug": vacancy.slug })),
        "stage": application.stage,
        "waiting": application.days_waiting(visit.site.guard().now()),
        "source": application.source,
        "next_action": application.next(),
        "undo": row.undo_until.filter(|_| decides).map(|until| json!({ "until": until })),
    })
}

async fn filters(visit: &Visit, query: &Query) -> Result<Vec<Filter>, Error> {
    let stages = Stage::ALL.iter().map(|stage| Choice {
        value: stage.word().to_owned(),
        label: visit.text(&format!("application-stage-{}", stage.word())),
        count: None,
        chosen: query.get("stage") == stage.word(),
    });
    let vacancies = vacancies::service::titles(visit.site.guard()).await?;
    let vacancies = vacancies.into_iter().map(|(id, title)| {
        let value = id.to_string();
        Choice {
            chosen: query.get("vacancy") == value,
            value,
            label: title,
            count: None,
        }
    });
    Ok(vec![
        Filter {
            name: "stage",
            label: visit.text("application-filter-stage"),
            options: stages.collect(),
        },
        Filter {
            name: "vacancy",
            label: visit.text("application-filter-vacancy"),
            options: vacancies.collect(),
        },
    ])
}

fn panel(visit: &Visit, query: &Query, opened: &Opened, rows: &[Row]) -> Result<Value, Error> {
    let Row {
        application,
        person,
        vacancy,
        undo_until,
    } = &opened.row;
    let charter = visit.site.guard().charter();
    let beside = |offset: isize| {
        let place = rows.iter().position(|row| row.application.id == application.id)?;
        let other = rows.get(place.checked_add_signed(offset)?)?;
        Some(query.href(&format!("{HERE}/{}", other.application.id), "", ""))
    };
    let form = charter
        .forms()
        .iter()
        .find(|form| form.purpose == application.purpose);
    let order = |field: &str| form.and_then(|form| form.fields.iter().position(|own| own.name == field));
    let mut answers: Vec<&(String, guard::Shown<String>)> = opened.held.answers.iter().collect();
    answers.sort_by_key(|(field, _)| order(field));
    let answers: Vec<Value> = answers
        .into_iter()
        .map(|(field, value)| {
            let long = charter
                .field(field)
                .is_some_and(|field| field.kind == charter::FieldKind::LongText);
            json!({ "label": charter.field_label(field, visit.locale), "value": value, "long": long })
        })
        .collect();
    let (cv, files): (Vec<_>, Vec<_>) = opened.held.files.iter().partition(|(file, _)| file.field == "cv");
    let file = |(file, name): &(guard::files::Listed, guard::Shown<String>)| json!({ "href": format!("/desk/files/{}", file.id), "name": name, "bytes": file.size, "inline": is_inline(file.kind) });
    let may_move = visit.actor.has(&charter, Duty::Recruit);
    let moves = if may_move {
        application.stage.moves()
    } else {
        Vec::new()
    };
    // The likeliest is the next one in order.
    let likeliest = moves.iter().copied().find(|stage| *stage > application.stage);
    let stages: Vec<Choice> = moves
        .into_iter()
        .map(|stage| Choice {
            value: stage.word().to_owned(),
            label: visit.text(&format!("application-stage-{}", stage.word())),
            count: None,
            chosen: Some(stage) == likeliest,
        })
        .collect();
    Ok(json!({
        "id": application.id,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "stage": application.stage,
        "vacancy": vacancy.as_ref().map(|vacancy| json!({ "id": vacancy.id, "title": vacancy.offer.title, "slug": vacancy.slug })),
        "source": application.source,
        "sent_at": application.submitted_at,
        "waiting": application.days_waiting(visit.site.guard().now()),
        "next_action": application.next(),
        "until": opened.until.as_ref().map(guard::keep::Until::last_day),
        "answers": answers,
        "cv": cv.first().map(|cv| file(cv)),
        "files": files.into_iter().map(file).collect::<Vec<_>>(),
        "history": history(visit, opened),
        "stages": stages,
        "refuse": refusing(visit, &charter, opened),
        "undo": undo_until.filter(|_| visit.actor.has(&charter, Duty::Decide)).map(|until| json!({ "until": until })),
        "pool": application.stage.is_open() && crate::pool::entering::may_take(&visit.site, &visit.actor),
        "damaged": opened.is_damaged(),
        "unsettled_mail": opened.unsettled_mail.filter(|_| visit.actor.has(&charter, Duty::Decide)),
        "kept_query": query.pairs(),
        "previous": beside(-1),
        "next": beside(1),
        "close": query.href(HERE, "", ""),
    }))
}

/// The choice of a reason, and the mail that the chosen one would send.
fn refusing(visit: &Visit, charter: &charter::Charter, opened: &Opened) -> Option<Value> {
    let Row {
        application,
        person,
        vacancy,
        ..
    } = &opened.row;
    if !application.stage.is_open() || !visit.actor.has(charter, Duty::Decide) {
        return None;
    }
    let chosen = visit
        .query
        .split('&')
        .find_map(|pair| Reason::from_word(pair.strip_prefix("reason=")?).ok());
    let reasons: Vec<Choice> = Reason::ALL
        .iter()
        .filter(|reason| vacancy.is_some() || **reason != Reason::PositionClosed)
        .filter(|reason| vacancy.is_none() || **reason != Reason::NoPosition)
        .map(|reason| Choice {
            value: reason.word().to_owned(),
            label: visit.text(&format!("application-reason-{}", reason.word())),
            count: None,
            chosen: chosen == Some(*reason),
        })
        .collect();
    let preview = chosen.map(|reason| {
        let letter = letters::refusal(&visit.site, person, vacancy.as_ref(), reason);
        let leaves_at = visit.site.guard().now().plus_seconds(decide::UNDO_SECONDS);
        json!({ "subject": letter.subject, "body": letter.body, "leaves_at": leaves_at })
    });
    Some(json!({ "reasons": reasons, "preview": preview }))
}

fn history(visit: &Visit, opened: &Opened) -> Vec<Value> {
    let charter = visit.site.guard().charter();
    let mut events: Vec<Value> = opened
        .steps
        .iter()
        .map(|step| {
            let word = step.stage.word();
            let by = step.staff.and_then(|staff| opened.colleagues.get(&staff));
            let by = by.map(|colleague| desk::by_whom(visit, &charter, colleague));
            json!({ "at": step.at, "title": visit.text(&format!("application-stage-{word}")), "text": null, "by": by, "tone": null })
        })
        .collect();
    events.reverse();
    events
}

fn parse(id: &str) -> Result<Id<Application>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
