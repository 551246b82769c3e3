//! Owns: the charter at the data protection officer's desk: which version runs, what is proposed and what it would
//! change, its activation for a day, its withdrawal before. Doesn't own: the rules of both (`guard::change`); writing a
//! charter: that is done in its file.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use charter::{Charter, Duty, Finding, Level, render, vocabulary::Channel};
use guard::{Draft, Version};
use kernel::{Date, Word as _};
use serde_json::{Value, json};
use web::{Error, Errors, FieldKind, FieldView, FormView};

use super::{
    changes::{Reader, changes, no_longer_offered},
    versions,
};
use crate::visit::{Posted, Visit};

pub(super) const HERE: &str = "/desk/charter";
const ACTIVATE: &str = "/desk/charter/activate";
const WITHDRAW: &str = "/desk/charter/withdraw";

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.on_duty(Duty::Protect)?;
    draw(&visit, StatusCode::OK, "", Errors::default()).await
}

pub(super) async fn activate(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.on_duty(Duty::Protect)?;
    let guard = visit.site.guard();
    let mut errors = Errors::default();
    let typed = posted.field("on").trim();
    let Some(on) = Date::parse(typed) else {
        errors.add("on", visit.text("charter-need-day"));
        return draw(visit, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await;
    };
    match guard
        .activate_draft(&visit.actor, posted.field("digest"), on, visit.locale)
        .await
    {
        Ok(_) => Ok(visit.back(HERE, "charter-activated").into_response()),
        Err(guard::Error::Invalid(_)) => {
            errors.add("on", visit.text("charter-too-early"));
            draw(visit, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await
        }
        Err(guard::Error::TooLate | guard::Error::Charter(_)) => {
            errors.add("", visit.text("charter-changed-meanwhile"));
            draw(visit, StatusCode::CONFLICT, typed, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn withdraw(posted: Posted) -> Result<Response, Error> {
    let visit = &posted.visit;
    visit.on_duty(Duty::Protect)?;
    let guard = visit.site.guard();
    match guard.withdraw_version(&visit.actor, posted.field("digest")).await {
        Ok(()) => Ok(visit.back(HERE, "charter-withdrawn").into_response()),
        Err(guard::Error::TooLate) => {
            let mut errors = Errors::default();
            errors.add("", visit.text("charter-withdrawn-late"));
            draw(visit, StatusCode::CONFLICT, "", errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(visit: &Visit, status: StatusCode, typed: &str, errors: Errors) -> Result<Response, Error> {
    let guard = visit.site.guard();
    let (running, upcoming, draft) = (guard.running(), guard.upcoming(), guard.draft().await?);
    let versions = guard.versions();
    let names: Vec<_> = versions.iter().filter_map(|version| version.by).collect();
    let colleagues = guard.colleagues(&visit.actor, &names).await?;
    let by = |version: &Version| {
        let who = version.by.and_then(|by| colleagues.get(&by));
        who.map(|who| json!({ "name": who.name, "role": role(&running.charter, &who.role, visit) }))
    };
    let proposal = draft.map(|draft| {
        let form = upcoming.is_none().then(|| (typed, errors.clone()));
        proposal(visit, &running, &draft, form)
    });
    let context = json!({
        "running": {
            "version": running.charter.version(),
            "since": running.charter.effective().to_string(),
            "activated_at": running.activated_at,
            "is_first": versions.first().is_some_and(|first| first.charter.version() == running.charter.version()),
            "by": by(&running),
            "digest": running.charter.digest().to_string(),
        },
        "upcoming": upcoming.as_ref().map(|next| json!({
            "version": next.charter.version(),
            "from": next.from,
            "activated_at": next.activated_at,
            "by": by(next),
            "digest": next.charter.digest().to_string(),
            "changes": changes(visit, &running.charter, &next.charter, Reader::Desk),
            "action": WITHDRAW,
            "by_mail": next.told && tells_by_mail(&running.charter),
        })),
        "proposal": proposal,
        "errors": errors,
        "versions": versions::rows(visit),
    });
    visit.draw_with(status, "privacy/charter.html", context).await
}

fn role(charter: &Charter, role: &str, visit: &Visit) -> Option<String> {
    charter.role(role).map(|role| role.label(visit.locale).to_owned())
}

/// Whether changes are promised to be told by mail; that isn't built, and has to be done by hand.
fn tells_by_mail(charter: &Charter) -> bool {
    charter
        .change()
        .is_some_and(|change| change.by.contains(&Channel::Email))
}

/// What lies in the site's folder: what is wrong with it, or what it would change and the form that activates it.
fn proposal(visit: &Visit, running: &Version, draft: &Draft, form: Option<(&str, Errors)>) -> Value {
    let locale = visit.locale;
    let digest = draft.digest.to_string();
    let next = match &draft.read {
        Ok(next) => next,
        Err(problems) => {
            let problems: Vec<Value> = problems
                .iter()
                .map(|problem| {
                    json!({
                        "line": problem.line,
                        "column": problem.column,
                        "rule": problem.rule,
                        "message": problem.message(locale),
                    })
                })
                .collect();
            return json!({ "kind": "broken", "digest": digest, "seen_at": draft.seen_at, "problems": problems });
        }
    };
    let guard = visit.site.guard();
    let findings = guard.findings(next);
    let of = |level: Level| -> Vec<Value> {
        let own = findings.iter().filter(|finding| finding.level == level);
        own.map(|finding| said(finding, visit)).collect()
    };
    let earliest = guard.earliest(next);
    let may_become = !findings.iter().any(Finding::blocks);
    let form = form
        .filter(|_| may_become)
        .map(|(typed, errors)| activation(visit, &digest, earliest, typed).with_errors(errors));
    let told = changes(visit, &running.charter, next, Reader::Desk);
    let tells = told["notice"] != 0 || told["consent"] != 0;
    json!({
        "kind": if may_become { "good" } else { "refused" },
        "version": next.version(),
        "effective": next.effective().to_string(),
        "earliest": earliest.to_string(),
        "digest": digest,
        "seen_at": draft.seen_at,
        "errors": of(Level::Error),
        "warnings": of(Level::Warning),
        "gaps": of(Level::Gap),
        "changes": told,
        "not_offered": no_longer_offered(visit, &running.charter, next),
        "by_mail": tells && tells_by_mail(&running.charter),
        "form": form,
    })
}

fn said(finding: &Finding, visit: &Visit) -> Value {
    let locale = visit.locale;
    let reference = finding.reference(locale);
    json!({
        "clause": finding.clause.as_str(),
        "rule": finding.rule,
        "line": finding.place.map(|place| place.line),
        "column": finding.place.map(|place| place.column),
        "message": finding.message(locale),
        "reference": reference.map(|reference| render::typeset(reference, locale)),
        "reason": finding.reason(locale),
        "level": finding.level.word(),
    })
}

fn activation(visit: &Visit, digest: &str, earliest: Date, typed: &str) -> FormView {
    let day = if typed.is_empty() {
        earliest.to_string()
    } else {
        typed.to_owned()
    };
    let said = render::date_words(earliest, visit.locale);
    let hint = visit
        .site
        .kit()
        .text(visit.locale, "charter-day-hint", &[("day", said.into())]);
    FormView::new(
        ACTIVATE,
        vec![
            FieldView::new("digest", FieldKind::Hidden, "").value(digest),
            FieldView::new("on", FieldKind::Date, visit.text("charter-day"))
                .hint(hint)
                .value(day.as_str()),
        ],
    )
}
