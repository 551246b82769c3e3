//! Owns: the panel of one message, as its reader is shown it: what was written, what was answered, what they may do.
//! Doesn't own: the list beside it ([`super::desk`]), what may be done ([`super::dealing`]).

use std::collections::HashMap;

use charter::{Charter, Condition, FieldKind};
use guard::{Colleague, Staff, files::Listed};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::Error;

use super::{
    INBOX, dealing,
    desk::{ANSWER_LENGTH, who},
    mailbox,
    model::{Message, Verdict},
    service::{self, Opened, Row, addressees, on_duty},
    store::Reply,
};
use crate::{desk::by_whom, files::is_inline, query::Query, visit::Visit};

/// An answer that came back: what was typed, and what is wrong with it.
pub(super) struct Typed {
    pub(super) text: String,
    pub(super) error: String,
}

pub(super) async fn view(
    visit: &Visit,
    query: &Query,
    opened: &Opened,
    typed: Option<Typed>,
    rows: &[Row],
) -> Result<Value, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let Row { message, person } = &opened.row;
    let now = guard.now();
    let beside = |offset: isize| {
        let place = rows.iter().position(|row| row.message.id == message.id)?;
        let other = rows.get(place.checked_add_signed(offset)?)?;
        Some(query.href(&format!("{INBOX}/{}", other.message.id), "", ""))
    };
    let addressee = message.addressee.and_then(|staff| opened.colleagues.get(&staff));
    let deals = on_duty(guard, &visit.actor).is_ok();
    let undo = message.undo_until().filter(|until| deals && now < *until);
    let is_open = deals && message.verdict != Verdict::Irrelevant;
    let can_address =
        is_open && (message.verdict == Verdict::Pending || !mailbox::is_declared(&charter, &message.purpose));
    let can_answer = is_open && dealing::may_answer(guard, &message.purpose);
    Ok(json!({
        "id": message.id,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "who": who(visit, message),
        "addressee": addressee.map(|colleague| by_whom(visit, &charter, colleague)),
        "state": message.standing(),
        "language": message.language,
        "sent_at": message.submitted_at,
        "waiting": message.days_waiting(now),
        "until": opened.until.as_ref().map(guard::keep::Until::last_day),
        "clause": opened.until.as_ref().map(|until| format!("retention.{}", until.retention)),
        "answers": answers(visit, &charter, opened),
        "files": opened.held.files.iter().map(|file| file_view(message, file)).collect::<Vec<_>>(),
        "replies": replies(visit, &charter, opened),
        "history": history(visit, &charter, opened),
        "pass": if is_open { pass_on(visit, &charter, message)? } else { None },
        "pool": mailbox::may_take(&visit.site, &visit.actor, message),
        "address": if can_address { address(visit, &charter, message).await? } else { None },
        "judge": is_open.then(|| json!({
            "relevant": message.verdict == Verdict::Pending,
            "reopen": message.verdict == Verdict::Relevant && message.answered_at.is_none(),
            "erases": erases(&charter, message),
        })),
        "undo": undo.map(|until| json!({ "until": until, "erases": erases(&charter, message) })),
        "answer": can_answer.then(|| json!({
            "reply": guard.id::<Reply>(),
            "most": ANSWER_LENGTH,
            "text": typed.as_ref().map(|typed| typed.text.as_str()),
            "error": typed.as_ref().map(|typed| typed.error.as_str()),
        })),
        "damaged": opened.is_damaged(),
        "kept_query": query.pairs(),
        "previous": beside(-1),
        "next": beside(1),
        "close": query.href(INBOX, "", ""),
    }))
}

/// Whether the charter erases what is of no interest before its time; otherwise it is only set aside.
fn erases(charter: &Charter, message: &Message) -> bool {
    charter
        .clocks(&message.purpose)
        .any(|retention| retention.from.contains(&charter::Trigger::JudgedIrrelevant))
}

/// What was typed, in the form's order; a choice by its label.
fn answers(visit: &Visit, charter: &Charter, opened: &Opened) -> Vec<Value> {
    let purpose = &opened.row.message.purpose;
    let form = charter.forms().iter().find(|form| form.purpose == *purpose);
    let order = |field: &str| form.and_then(|form| form.fields.iter().position(|own| own.name == field));
    let mut answers: Vec<_> = opened.held.answers.iter().collect();
    answers.sort_by_key(|(field, _)| order(field));
    answers
        .into_iter()
        .map(|(field, value)| {
            let asked = form.and_then(|form| form.field(field));
            let label = asked.map(|asked| asked.label(visit.locale));
            let value = web::Slot::of(value);
            let choice = asked.and_then(|asked| asked.choices.iter().find(|choice| value.is(&choice.value)));
            json!({
                "label": label.unwrap_or_else(|| charter.field_label(field, visit.locale)),
                "value": choice.map_or_else(|| json!(value), |choice| json!(choice.label(visit.locale))),
                "long": charter.field(field).is_some_and(|field| field.kind == FieldKind::LongText),
            })
        })
        .collect()
}

fn file_view(message: &Message, (file, name): &(Listed, guard::Shown<String>)) -> Value {
    json!({
        "href": format!("{INBOX}/{}/files/{}", message.id, file.id),
        "name": name,
        "bytes": file.size,
        "inline": is_inline(file.kind),
    })
}

fn replies(visit: &Visit, charter: &Charter, opened: &Opened) -> Vec<Value> {
    let replies = opened.replies.iter().map(|reply| {
        json!({
            "at": reply.at,
            "by": named(visit, charter, &opened.colleagues, Some(reply.staff)),
            "text": reply.text,
            "bounced": reply.state == Some(guard::send::MailState::Bounced),
        })
    });
    replies.collect()
}

fn history(visit: &Visit, charter: &Charter, opened: &Opened) -> Vec<Value> {
    let steps = opened.steps.iter().rev().map(|step| {
        let title = visit.text(&format!("contact-history-{}", step.kind.word()));
        let by = named(visit, charter, &opened.colleagues, step.staff);
        json!({ "at": step.at, "title": title, "text": null, "by": by, "tone": null })
    });
    steps.collect()
}

fn named(
    visit: &Visit,
    charter: &Charter,
    colleagues: &HashMap<Id<Staff>, Colleague>,
    staff: Option<Id<Staff>>,
) -> Option<Value> {
    let colleague = colleagues.get(&staff?)?;
    Some(by_whom(visit, charter, colleague))
}

/// The way to pass a message on, for who may: who would read it from then on.
fn pass_on(visit: &Visit, charter: &Charter, message: &Message) -> Result<Option<Value>, Error> {
    let permit = service::permit(visit.site.guard(), &visit.actor)?;
    let condition = Condition::ClientRequested;
    if !dealing::may_route(charter, &permit, &message.purpose, condition) {
        return Ok(None);
    }
    let roles = service::roles_under(charter, &message.purpose, condition);
    let roles: Vec<String> = roles
        .filter_map(|role| charter.role(role))
        .map(|role| role.label(visit.locale).to_owned())
        .collect();
    let to = charter::render::list_words(&roles, visit.locale);
    Ok(Some(
        json!({ "to": to, "is_client": message.client_since.is_some() }),
    ))
}

/// The colleagues to whom a message may be addressed, for who may.
async fn address(visit: &Visit, charter: &Charter, message: &Message) -> Result<Option<Value>, Error> {
    let guard = visit.site.guard();
    let permit = service::permit(guard, &visit.actor)?;
    if !dealing::may_route(charter, &permit, &message.purpose, Condition::Addressed) {
        return Ok(None);
    }
    let ids = addressees(guard, &message.purpose).await?;
    let colleagues = guard.colleagues(&visit.actor, &ids).await?;
    let choices: Vec<Value> = ids
        .iter()
        .filter_map(|id| {
            let colleague = colleagues.get(id)?;
            let label = by_whom(visit, charter, colleague);
            Some(json!({ "value": id, "label": label, "chosen": message.addressee == Some(*id) }))
        })
        .collect();
    Ok(Some(
        json!({ "choices": choices, "is_addressed": message.addressee.is_some() }),
    ))
}
