//! Owns: the page "who read what": role, purpose, day, how often. Doesn't own: the records (`guard`).

use axum::response::Response;
use charter::{Charter, render};
use guard::{SERVICE, own::Read, send::MailKind};
use kernel::{Date, Word as _};
use serde::Serialize;
use serde_json::json;
use web::Error;

use crate::{query::Query, visit::Visit};

/// Days on one page.
const DAYS: usize = 14;

/// A day on which something was read.
#[derive(Serialize)]
pub(super) struct Day {
    day: String,
    rows: Vec<Row>,
}

/// What a role read for a purpose.
#[derive(Serialize)]
struct Row {
    who: String,
    service: bool,
    purpose: String,
    clause: Option<String>,
    opened: i64,
    listed: i64,
}

pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    visit.person()?;
    let guard = visit.site.guard();
    let query = Query::read(&visit.query);
    let before = Date::parse(query.get("before"));
    let read = guard.readings_of(&visit.actor, before, DAYS).await?;
    let days = read
        .days
        .into_iter()
        .map(|(day, reads)| told(&visit, day, &reads));
    let context = json!({
        "days": days.collect::<Vec<_>>(),
        "next": read.before.map(|day| format!("{}?before={day}", visit.path)),
        "first": before.map(|_| visit.path.as_str()),
        "kept": kept(&visit, &guard.charter()),
    });
    visit.draw("account/reads.html", context).await
}

/// The last day on which something was read.
pub(super) async fn latest(visit: &Visit) -> Result<Option<Day>, Error> {
    let read = visit.site.guard().readings_of(&visit.actor, None, 1).await?;
    Ok(read
        .days
        .into_iter()
        .next()
        .map(|(day, reads)| told(visit, day, &reads)))
}

fn told(visit: &Visit, day: Date, reads: &[Read]) -> Day {
    let charter = visit.site.guard().charter();
    let row = |read: &Read| {
        let purpose = charter.purpose(&read.purpose);
        let role = charter.role(&read.role);
        let service = read.role == SERVICE;
        Row {
            who: match role {
                _ if service => visit.text(errand(&read.errand)),
                Some(role) => role.label(visit.locale).to_owned(),
                // A role of an earlier version of the charter.
                None => read.role.clone(),
            },
            service,
            purpose: purpose.map_or_else(
                || read.purpose.clone(),
                |purpose| purpose.title(visit.locale).to_owned(),
            ),
            clause: purpose.map(|purpose| purpose.rule.clause.to_string()),
            opened: read.opened,
            listed: read.listed,
        }
    };
    Day {
        day: day.to_string(),
        rows: reads.iter().map(row).collect(),
    }
}

/// What the service itself read something for.
fn errand(word: &str) -> &'static str {
    match MailKind::from_word(word) {
        Ok(MailKind::Confirmation | MailKind::Acknowledgement) => "account-reads-service-confirmation",
        Ok(MailKind::Refusal | MailKind::Answer) => "account-reads-service-answer",
        Ok(MailKind::Right) => "account-reads-service-right",
        Ok(MailKind::SignIn) => "account-reads-service-link",
        Ok(_) => "account-reads-service-mail",
        Err(_) => "account-reads-service",
    }
}

/// How long these records themselves are kept, and the clause that says so.
fn kept(visit: &Visit, charter: &Charter) -> Option<serde_json::Value> {
    let retention = charter.clocks(&charter.access_records()?.name).next()?;
    Some(json!({
        "long": render::retention_words(retention, visit.locale),
        "clause": retention.rule.clause,
    }))
}
