//! Owns: the desk's pages of messages: the table with its filters, the panel beside it, and what is done from there.
//! Doesn't own: the rules ([`super::service`], [`super::dealing`]).

use std::collections::{HashMap, HashSet};

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use charter::FormKind;
use guard::{Colleague, Staff};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::{Error, Say};

use super::{
    INBOX, dealing, mailbox,
    model::{Message, Sender, Standing, Verdict},
    panel::{self, Typed},
    review,
    service::{self, Opened, Row, Wanted},
};
use crate::{
    desk,
    files::send_file,
    query::{Choice, Filter, Query},
    visit::{Posted, Visit},
};

/// Rows on one page: what a desk's screen shows twice.
const SIZE: usize = 50;
/// An answer may be so long, in characters.
pub(super) const ANSWER_LENGTH: usize = 8_000;

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    draw(&visit, StatusCode::OK, None, None).await
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    visit.staff()?;
    let opened = service::open(&visit.site, &visit.actor, parse(&id)?).await?;
    draw(&visit, StatusCode::OK, Some(opened), None).await
}

/// A client's request, or none after all.
pub(super) async fn pass_on(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let (is_client, done) = match posted.field("client") {
        "yes" => (true, "message-passed"),
        "no" => (false, "message-taken-back"),
        _ => return Err(Error::Invalid(None)),
    };
    dealing::pass_on(&posted.visit.site, &posted.visit.actor, parse(&id)?, is_client).await?;
    Ok(posted.visit.back(&format!("{INBOX}/{id}"), done))
}

/// To a colleague, or to nobody any more.
pub(super) async fn address(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let to: Option<Id<Staff>> = match posted.field("staff") {
        "" => None,
        staff => Some(staff.parse().map_err(|_| Error::Invalid(None))?),
    };
    dealing::address(&posted.visit.site, &posted.visit.actor, parse(&id)?, to).await?;
    let done = match to {
        Some(_) => "message-addressed",
        None => "message-unaddressed",
    };
    Ok(posted.visit.back(&format!("{INBOX}/{id}"), done))
}

pub(super) async fn judge(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    let verdict = Verdict::from_word(posted.field("verdict")).map_err(|_| Error::Invalid(None))?;
    dealing::judge(&posted.visit.site, &posted.visit.actor, parse(&id)?, verdict).await?;
    let done = match verdict {
        Verdict::Pending => "message-reopened",
        Verdict::Relevant => "message-relevant",
        Verdict::Irrelevant => "message-irrelevant",
    };
    Ok(posted.visit.back(&format!("{INBOX}/{id}"), done))
}

pub(super) async fn undo(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    dealing::undo(&posted.visit.site, &posted.visit.actor, parse(&id)?).await?;
    Ok(posted.visit.back(&format!("{INBOX}/{id}"), "message-reopened"))
}

/// Puts its sender into the pool.
pub(super) async fn into_pool(Path(id): Path<String>, posted: Posted) -> Result<Redirect, Error> {
    posted.visit.staff()?;
    mailbox::into_pool(&posted.visit.site, &posted.visit.actor, parse(&id)?).await?;
    // The message has left the mailbox that it was read in.
    Ok(Redirect::to(&format!(
        "{}?view=asked&done=pool-asked",
        crate::pool::HERE
    )))
}

/// Answers; an answer without words, or with too many, comes back with what was typed.
pub(super) async fn answer(Path(id): Path<String>, posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let id = parse(&id)?;
    let text = posted.field("text").replace("\r\n", "\n");
    let text = text.trim();
    let flaw = match text.chars().count() {
        0 => Some(Say::new("contact-answer-missing")),
        length if length > ANSWER_LENGTH => {
            Some(Say::new("contact-answer-too-long").with("most", ANSWER_LENGTH))
        }
        _ => None,
    };
    if let Some(flaw) = flaw {
        let opened = service::open(&visit.site, &visit.actor, id).await?;
        let typed = Typed {
            text: text.to_owned(),
            error: visit.site.kit().say(visit.locale, &flaw),
        };
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, Some(opened), Some(typed)).await;
    }
    let reply = posted.field("reply").parse().map_err(|_| Error::Invalid(None))?;
    match dealing::answer(&visit.site, &visit.actor, id, reply, text).await {
        Ok(()) => {}
        // The same form, sent twice: the other sending answered.
        Err(guard::Error::Storage(error)) if error.is_duplicate() => {}
        Err(error) => return Err(error.into()),
    }
    Ok(visit
        .back(&format!("{INBOX}/{id}"), "message-answered")
        .into_response())
}

pub(super) async fn file(visit: Visit, Path((id, file)): Path<(String, String)>) -> Result<Response, Error> {
    visit.staff()?;
    let guard = visit.site.guard();
    let permit = service::permit(guard, &visit.actor)?;
    let message = parse(&id)?;
    let of = guard.dossier_of_file(file.parse().map_err(|_| Error::NotFound)?);
    if of.await? != message.cast() {
        return Err(Error::NotFound);
    }
    send_file(guard, &permit, &file).await
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    opened: Option<Opened>,
    typed: Option<Typed>,
) -> Result<Response, Error> {
    visit.staff()?;
    let (guard, query) = (visit.site.guard(), Query::read(&visit.query));
    let wanted = Wanted {
        standing: query.word("state"),
        sender: query.word("from"),
        review: query.get("review") == "1",
        words: query.get("q").chars().take(200).collect(),
    };
    let asked = query.page(&visit.site, INBOX);
    let page = service::list(&visit.site, &visit.actor, &wanted, asked.after.as_ref(), SIZE).await?;
    let filters = filters(visit, &query);
    let panel = match &opened {
        Some(opened) => Some(panel::view(visit, &query, opened, typed, &page.rows).await?),
        None => None,
    };
    let addressed: HashSet<Id<Staff>> = page.rows.iter().filter_map(|row| row.message.addressee).collect();
    let colleagues = guard
        .colleagues(&visit.actor, &addressed.into_iter().collect::<Vec<_>>())
        .await?;
    let context = json!({
        "q": wanted.words,
        "chips": desk::chips(INBOX, &query, &filters),
        "filters": filters,
        // Counting what isn't shown would cost with what is stored.
        "total": page.next.is_none().then_some(page.rows.len()),
        "rows": page.rows.iter().map(|row| row_view(visit, row, &colleagues)).collect::<Vec<_>>(),
        "next": asked.next(&visit.site, page.next.as_ref()),
        "first": asked.first(),
        "review": review_view(visit, &wanted).await?,
        "panel": panel,
        "only": desk::only(visit, &service::PURPOSES),
    });
    match asked.notice(visit) {
        Some(notice) if status.is_success() => {
            visit
                .draw_noticed(Some(notice), "contact/desk.html", context)
                .await
        }
        _ => visit.draw_with(status, "contact/desk.html", context).await,
    }
}

/// The review that the charter promises, where it promises one and the reader takes part in it.
async fn review_view(visit: &Visit, wanted: &Wanted) -> Result<Option<Value>, Error> {
    let guard = visit.site.guard();
    let (Some(count), Some(period)) = (
        review::waiting(guard, &visit.actor).await?,
        crate::review::period(&guard.charter(), &service::PURPOSES),
    ) else {
        return Ok(None);
    };
    Ok(Some(json!({
        "count": count,
        "period": period.to_string(),
        "on": wanted.review,
    })))
}

fn row_view(visit: &Visit, row: &Row, colleagues: &HashMap<Id<Staff>, Colleague>) -> Value {
    let guard = visit.site.guard();
    let (message, now) = (&row.message, guard.now());
    let addressee = message.addressee.and_then(|staff| colleagues.get(&staff));
    let undo = message.undo_until().filter(|until| now < *until);
    json!({
        "id": message.id,
        "name": row.person.name,
        "who": who(visit, message),
        "addressee": addressee.map(|colleague| desk::by_whom(visit, &guard.charter(), colleague)),
        "state": message.standing(),
        "sent_at": message.submitted_at,
        "waiting": message.days_waiting(now),
        "next_action": message.next(),
        "undo": undo.filter(|_| service::on_duty(guard, &visit.actor).is_ok()).map(|until| json!({ "until": until })),
    })
}

/// Who wrote, in words: what they chose where a form asks it, and that it is a client's request where that was found
/// otherwise; nothing where nothing is known.
pub(super) fn who(visit: &Visit, message: &Message) -> Vec<String> {
    let asked = asks_who(visit).then(|| visit.text(&format!("contact-from-{}", message.sender.word())));
    let is_client = message.client_since.is_some() && message.sender != Sender::Client;
    let client = is_client.then(|| visit.text("contact-client"));
    asked.into_iter().chain(client).collect()
}

/// Whether one of the charter's contact forms asks who writes.
fn asks_who(visit: &Visit) -> bool {
    let charter = visit.site.guard().charter();
    let mut forms = charter
        .forms()
        .iter()
        .filter(|form| form.kind == FormKind::Contact);
    forms.any(|form| form.field("subject").is_some())
}

fn filters(visit: &Visit, query: &Query) -> Vec<Filter> {
    let choice = |name: &str, key: &str, word: &'static str| Choice {
        value: word.to_owned(),
        label: visit.text(&format!("contact-{key}-{word}")),
        count: None,
        chosen: query.get(name) == word,
    };
    let states = Standing::ALL
        .iter()
        .map(|state| choice("state", "state", state.word()));
    let senders = Sender::ALL
        .iter()
        .map(|sender| choice("from", "from", sender.word()));
    let by_state = Filter {
        name: "state",
        label: visit.text("contact-filter-state"),
        options: states.collect(),
    };
    let by_sender = asks_who(visit).then(|| Filter {
        name: "from",
        label: visit.text("contact-filter-from"),
        options: senders.collect(),
    });
    std::iter::once(by_state).chain(by_sender).collect()
}

fn parse(id: &str) -> Result<Id<Message>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
