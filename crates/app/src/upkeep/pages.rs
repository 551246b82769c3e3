//! Owns: the desk's page on backups and on mails that a restore held, and a human's word on those. Doesn't own: the rules
//! (`guard`), whom a mail is for ([`super::mails`]).

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use guard::{
    backup::{HeldMail, Last},
    send::Mail,
};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::{Error, Errors};

use super::{HERE, keeps_up, mails};
use crate::visit::{Posted, Visit};

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    draw(&visit, StatusCode::OK, Errors::default()).await
}

/// Each mail that was ticked leaves now, or is taken as sent.
pub(super) async fn settle(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.staff()?;
    let guard = visit.site.guard();
    if guard.held_mails_waiting(&visit.actor, 1).await?.is_none() {
        return Err(Error::forbidden());
    }
    let ticked: Option<Vec<Id<Mail>>> = posted.all("mail").into_iter().map(|id| id.parse().ok()).collect();
    let ticked = ticked.ok_or(Error::NotFound)?;
    if ticked.is_empty() {
        let mut errors = Errors::default();
        errors.add("mail", visit.text("upkeep-need-mail"));
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    }
    let (send, done) = match posted.field("word") {
        "send" => (true, "mails-released"),
        "sent" => (false, "mails-taken-as-sent"),
        _ => return Err(Error::Invalid(None)),
    };
    let mut settled = 0;
    for mail in ticked {
        match guard.release_held_mail(&visit.actor, mail, send).await {
            Ok(()) => settled += 1,
            // A colleague said so meanwhile, or its dossier has ended.
            Err(guard::Error::TooLate | guard::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if settled == 0 {
        return Err(Error::Conflict(None));
    }
    visit.site.ring();
    Ok(visit.back(HERE, done).into_response())
}

async fn draw(visit: &Visit, status: StatusCode, errors: Errors) -> Result<Response, Error> {
    visit.staff()?;
    let guard = visit.site.guard();
    let keeps_up = keeps_up(guard, &visit.actor);
    let held = match guard.held_mails(&visit.actor).await {
        Ok(held) => Some(held),
        Err(guard::Error::Forbidden) if keeps_up => None,
        Err(error) => return Err(error.into()),
    };
    let listed = held.as_ref().map_or(0, Vec::len);
    let counted = u32::try_from(listed + 1).unwrap_or(u32::MAX);
    let waiting = guard.held_mails_waiting(&visit.actor, counted).await?;
    let names = match &held {
        Some(held) => mails::names(visit, held).await?,
        None => std::collections::HashMap::new(),
    };
    let mail = |mail: &HeldMail| {
        json!({
            "id": mail.id,
            "kind": mail.kind,
            "who": names.get(&mail.dossier),
            "written_at": mail.written_at,
        })
    };
    let backups = match keeps_up {
        true => Some(guard.backups_state().await?),
        false => None,
    };
    let charter = guard.charter();
    let window = charter.security().and_then(|security| security.backup_window);
    let context = json!({
        "mails": held.as_ref().map(|held| held.iter().map(mail).collect::<Vec<_>>()),
        "more": waiting.is_some_and(|waiting| waiting > listed as u64),
        "backups": backups.as_ref().map(|state| state.0.iter().map(last_view).collect::<Vec<_>>()),
        "window": window.map(|window| window.to_string()),
        "errors": errors,
    });
    visit.draw_with(status, "upkeep/upkeep.html", context).await
}

fn last_view(last: &Last) -> Value {
    let state = match last {
        Last { damage: Some(_), .. } => "damaged",
        Last { failed: Some(_), .. } => "failed",
        Last {
            is_outdated: true, ..
        } => "outdated",
        Last { done_at: None, .. } => "none",
        _ => "good",
    };
    json!({
        "kind": last.kind.word(),
        "state": state,
        "done_at": last.done_at,
        "looked_at": last.looked_at,
        "failed": last.failed.as_ref().map(|(at, text)| json!({ "at": at, "text": text })),
        "damage": last.damage.as_ref().map(|(at, damage)| json!({ "at": at, "what": damage })),
    })
}
