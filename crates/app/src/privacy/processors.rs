//! Owns: the page of who is charged with data protection on whoever is to be told, and the letter to each.
//! Doesn't own: what brings a notice about and its states (`guard::told`). Nobody is named here: a processor is told by the
//! numbers of the messages that it received, a recipient by the references under which it was given something.

use axum::response::{Redirect, Response};
use charter::{Charter, Duty};
use guard::{
    Guard,
    told::{Answer, CHASE_DAYS, Notice, Receiver},
};
use kernel::{Id, Timestamp, Word as _};
use serde_json::{Value, json};
use web::Error;

use crate::{
    query::Query,
    visit::{Posted, Visit},
};

pub(super) const HERE: &str = "/desk/processors";
/// Rows of a page, each with its letter.
const SIZE: usize = 20;

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.on_duty(Duty::Protect)?;
    let guard = visit.site.guard();
    let charter = guard.charter();
    let query = Query::read(&visit.query);
    let asked = query.page(&visit.site, HERE);
    let page = guard.notices(&visit.actor, asked.after.as_ref(), SIZE).await?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for notice in &page.rows {
        let references = guard.references_of(notice).await?;
        rows.push(row(guard, &charter, notice, &references));
    }
    let context = json!({
        "rows": rows,
        "next": asked.next(&visit.site, page.next.as_ref()),
        "first": asked.first(),
        "days": CHASE_DAYS,
        "controller": charter.controller().name,
    });
    visit
        .draw_noticed(asked.notice(&visit), "privacy/processors.html", context)
        .await
}

pub(super) async fn answer(posted: Posted) -> Result<Redirect, Error> {
    let visit = &posted.visit;
    visit.on_duty(Duty::Protect)?;
    let notice: Id<Notice> = posted.field("notice").parse().map_err(|_| Error::NotFound)?;
    let answer = Answer::from_word(posted.field("answer")).map_err(|_| Error::NotFound)?;
    visit
        .site
        .guard()
        .answer_notice(&visit.actor, notice, answer)
        .await?;
    let done = match answer {
        Answer::Told => "processor-told",
        Answer::Answered => "processor-answered",
    };
    Ok(visit.back(HERE, done))
}

/// What a person is told of who was told of their erasure.
pub(super) fn told(charter: &Charter, notice: &Notice) -> Value {
    json!({
        "name": name(charter, notice),
        "state": notice.state.word(),
        "at": notice.answered_at.or(notice.told_at),
        "ends_at": notice.ends_at,
        "contact": contact(notice),
    })
}

fn row(guard: &Guard, charter: &Charter, notice: &Notice, references: &[String]) -> Value {
    let day = |at: Timestamp| at.date(guard.zone()).to_string();
    let processor = processor(charter, notice);
    let clause = match &notice.receiver {
        Receiver::Processor(_) => processor.map(|processor| &processor.rule.clause),
        Receiver::Recipient { share, .. } => charter.share(share).map(|share| &share.rule.clause),
    };
    json!({
        "id": notice.id,
        "name": name(charter, notice),
        "clause": clause.map(charter::ClauseId::as_str),
        "contact": contact(notice),
        "contract": processor.and_then(|processor| processor.contract.as_deref()),
        "cause": notice.cause.word(),
        "way": notice.way.word(),
        "state": notice.state.word(),
        "dossiers": notice.dossiers,
        "made_at": notice.made_at,
        "from": day(notice.first_at),
        "to": day(notice.last_at),
        "told_at": notice.told_at,
        "times": notice.times,
        "next_at": notice.next_at,
        "ends_at": notice.ends_at,
        "references": references,
    })
}

fn processor<'c>(charter: &'c Charter, notice: &Notice) -> Option<&'c charter::Processor> {
    match &notice.receiver {
        Receiver::Processor(name) => charter.processor(name),
        Receiver::Recipient { .. } => None,
    }
}

/// Where a recipient is reached: by us, and by the person.
fn contact(notice: &Notice) -> Option<&str> {
    match &notice.receiver {
        Receiver::Processor(_) => None,
        Receiver::Recipient { contact, .. } => Some(contact),
    }
}

/// Who it is: as the charter says it, or by the name that a version before gave it; a recipient by its own.
fn name(charter: &Charter, notice: &Notice) -> String {
    let entity = processor(charter, notice).and_then(|processor| processor.entity.clone());
    let (Receiver::Processor(name) | Receiver::Recipient { name, .. }) = &notice.receiver;
    entity.unwrap_or_else(|| name.clone())
}
