//! Owns: requests and what the charter says of rights, as the pages show them. Doesn't own: reading them.

use charter::{Right, render};
use guard::rights::{
    Request, StepKind,
    request::{Opened, ShownStep},
};
use kernel::{Date, Timestamp, Word as _};
use serde_json::{Value, json};

use crate::visit::Visit;

/// A deadline so near, in days, is pointed out to who answers: enough for a proof of identity to come by post.
const NEAR: i32 = 7;

/// A right's name.
pub(super) fn name(visit: &Visit, kind: Right) -> String {
    visit.text(&format!("right-{}", kind.word()))
}

/// A request in a list.
pub(super) fn row(visit: &Visit, request: &Request) -> Value {
    let guard = visit.site.guard();
    let day = |at: Timestamp| at.date(guard.zone());
    let left = left(day(request.last_day()), day(guard.now()));
    json!({
        "id": request.id,
        "kind": name(visit, request.kind),
        "state": request.state,
        "open": request.state.is_open(),
        "received_at": request.received_at,
        "due": request.last_day(),
        "left": left.filter(|_| request.state.is_open()),
        "overdue": request.is_overdue(guard.now()),
        "extended": request.extended_at.is_some(),
        "ended_at": request.ended_at,
    })
}

/// How many days are left until the last one, when they are few; none once it is past.
fn left(last: Date, today: Date) -> Option<i32> {
    Some(last.days_since(today)).filter(|left| (0..=NEAR).contains(left))
}

/// What was done, newest first, in whose words; a member of staff by their role, or by the name that the desk may see.
pub(super) fn history(visit: &Visit, steps: &[ShownStep], by: impl Fn(&ShownStep) -> Value) -> Vec<Value> {
    let told = |step: &ShownStep| {
        let tone = match step.kind {
            StepKind::Answered => Some("good"),
            StepKind::Refused => Some("bad"),
            _ => None,
        };
        json!({
            "at": step.at,
            "title": visit.text(&format!("rights-step-{}", step.kind.word())),
            "text": step.text,
            "by": by(step),
            "tone": tone,
        })
    };
    steps.iter().rev().map(told).collect()
}

/// The role in which a step was done, in the charter's words.
pub(super) fn role(visit: &Visit, step: &ShownStep) -> Value {
    let charter = visit.site.guard().charter();
    let role = step.role.as_deref().and_then(|role| charter.role(role));
    json!(role.map(|role| role.label(visit.locale)))
}

/// A request opened: who asks, what, what was done.
pub(super) fn opened(visit: &Visit, opened: &Opened, history: Vec<Value>) -> Value {
    let [given_name, family_name, email] = &opened.who;
    let mut view = row(visit, &opened.request);
    view["way"] = json!(opened.request.way);
    view["given_name"] = json!(given_name);
    view["family_name"] = json!(family_name);
    view["email"] = json!(email);
    view["text"] = json!(opened.text);
    view["history"] = json!(history);
    view
}

/// The charter's own words: how rights are exercised, each right, and to whom else one turns for what is shared.
pub(super) fn clauses(visit: &Visit) -> Value {
    let charter = visit.site.guard().charter();
    let policy = render::policy(&charter, visit.locale);
    let all = || policy.sections.iter().flat_map(|section| &section.clauses);
    let shown = |id: &str, title: Option<&str>, html: String| json!({ "id": id, "title": title, "html": html, "word": id.strip_prefix("right.") });
    let starting = |start: &str| -> Vec<Value> {
        all()
            .filter(|clause| clause.id.as_str().starts_with(start))
            .map(|clause| {
                let title = clause.title.as_deref();
                shown(clause.id.as_str(), title, render::clause_to_html(clause))
            })
            .collect()
    };
    let how = all().find(|clause| clause.id.as_str() == "right");
    json!({
        "how": how.map(|clause| shown("right", None, render::clause_to_html(clause))),
        "each": starting("right."),
        "shared": starting("share."),
    })
}

/// Where to write and to complain, from the charter.
pub(super) fn contacts(visit: &Visit) -> Value {
    let charter = visit.site.guard().charter();
    let controller = charter.controller();
    json!({
        "name": controller.name,
        "write_to": controller.dpo.as_ref().or(controller.contact.as_ref()),
        "address": controller.address,
        "phone": controller.phone,
        "authority": controller.authority,
        "authority_url": controller.authority_url,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_pointed_out_in_its_last_week() {
        let today = Date::parse("2026-11-26").unwrap();
        for (last, expected) in [(-1, None), (0, Some(0)), (7, Some(7)), (8, None)] {
            assert_eq!(left(today.plus_days(last), today), expected, "{last}");
        }
    }
}
