//! Owns: the panel of one entry: what is held and how it came, until when, what may be done. Doesn't own: the list beside it
//! ([`super::desk`]), what may be done ([`super::dealing`]).

use charter::FieldKind;
use kernel::Word as _;
use serde_json::{Value, json};
use web::Error;

use super::{
    HERE, desk,
    service::{Opened, Row},
    telling::source_words,
};
use crate::{
    desk::by_whom,
    files::is_inline,
    query::Query,
    vacancies::{self, model::State as Offered},
    visit::Visit,
};

/// So many offers stand in the list to choose from.
const OFFERS: usize = 200;

pub(super) async fn view(
    visit: &Visit,
    query: &Query,
    opened: &Opened,
    rows: &[Row],
) -> Result<Value, Error> {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let Row { entry, person, until } = &opened.row;
    let beside = |offset: isize| {
        let place = rows.iter().position(|row| row.entry.id == entry.id)?;
        let other = rows.get(place.checked_add_signed(offset)?)?;
        Some(desk::href(query, other.entry.id))
    };
    let undo = entry.removed_at.filter(|until| guard.now() < *until);
    let answers: Vec<Value> = opened
        .held
        .answers
        .iter()
        .map(|(field, value)| {
            json!({
                "label": charter.field_label(field, visit.locale),
                "value": value,
                "long": charter.field(field).is_some_and(|field| field.kind == FieldKind::LongText),
            })
        })
        .collect();
    let files: Vec<Value> = opened
        .held
        .files
        .iter()
        .map(|(file, name)| {
            json!({
                "href": format!("{HERE}/{}/files/{}", entry.id, file.id),
                "name": name,
                "bytes": file.size,
                "inline": is_inline(file.kind),
                "cv": file.field == "cv",
            })
        })
        .collect();
    let history: Vec<Value> = opened
        .steps
        .iter()
        .rev()
        .map(|step| {
            let title = visit.text(&format!("pool-history-{}", step.kind.word()));
            let by = step.staff.and_then(|staff| opened.colleagues.get(&staff));
            let by = by.map(|colleague| by_whom(visit, &charter, colleague));
            json!({ "at": step.at, "title": title, "text": null, "by": by, "tone": null })
        })
        .collect();
    Ok(json!({
        "id": entry.id,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "state": entry.state,
        "came": entry.came,
        "source": source_words(&visit.site, entry, visit.locale),
        "added_at": entry.added_at,
        "told_at": entry.told_at,
        "agreed_at": entry.agreed_at,
        "until": until.as_ref().map(guard::keep::Until::last_day),
        "clause": until.as_ref().map(|until| format!("retention.{}", until.retention)),
        "answers": answers,
        "files": files,
        "history": history,
        "offers": if entry.is_usable() { offers(visit).await? } else { Vec::new() },
        "remove": entry.removed_at.is_none(),
        "undo": undo.map(|until| json!({ "until": until })),
        "damaged": opened.is_damaged(),
        "previous": beside(-1),
        "next": beside(1),
        "close": query.href(HERE, "", ""),
    }))
}

/// The public offers that somebody can be put forward for.
async fn offers(visit: &Visit) -> Result<Vec<Value>, Error> {
    let guard = visit.site.guard();
    let page = vacancies::service::list(guard, &visit.actor, Some(Offered::Published), None, OFFERS).await?;
    let offers = page
        .rows
        .iter()
        .map(|offer| json!({ "value": offer.id, "label": offer.offer.title }));
    Ok(offers.collect())
}
