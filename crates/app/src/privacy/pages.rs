//! Owns: the public policy page, marked where this program doesn't offer what is declared, and the page of trackers.
//! Doesn't own: their text: it is the running charter's.

use axum::response::Response;
use charter::{Charter, render};
use kernel::{Locale, Word as _};
use serde_json::{Value, json};
use web::Error;

use super::versions;
use crate::visit::Visit;

pub(super) async fn policy(visit: Visit) -> Result<Response, Error> {
    let guard = visit.site.guard();
    let running = guard.running();
    let begun = guard
        .versions()
        .iter()
        .filter(|version| version.applies(guard.now()))
        .count();
    let next = guard
        .upcoming()
        .map(|next| json!({ "from": next.from, "version": next.charter.version() }));
    let context = json!({
        "policy": view(&visit, &running.charter),
        "versions": (begun > 1).then_some("/privacy/versions"),
        "standing": null,
        "changes": null,
        "next": next,
        "latest": running.told.then(|| versions::address(&running)),
    });
    visit.draw("privacy/policy.html", context).await
}

/// A version as its page shows it.
pub(super) fn view(visit: &Visit, charter: &Charter) -> Value {
    let offer = crate::offer_of(visit.site.guard(), charter);
    let policy = render::policy_where(charter, visit.locale, &offer);
    let sections: Vec<Value> = policy
        .sections
        .iter()
        .map(|section| {
            let clauses: Vec<Value> = section
                .clauses
                .iter()
                .map(|clause| {
                    json!({
                        "id": clause.id.as_str(),
                        "title": clause.title,
                        "offered": clause.offered,
                        "html": render::clause_to_html(clause),
                    })
                })
                .collect();
            json!({ "id": section.id, "title": section.title, "summary": section.summary, "folded": section.folded, "clauses": clauses })
        })
        .collect();
    json!({
        "title": policy.title,
        "version": policy.version,
        "effective": policy.effective,
        "updated": policy.updated,
        "digest": policy.digest,
        "sections": sections,
    })
}

pub(super) async fn cookies(visit: Visit) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let offer = crate::offer();
    let trackers: Vec<Value> = charter
        .trackers()
        .iter()
        .filter(|tracker| offer.includes(&charter, &tracker.rule.clause))
        .map(|tracker| {
            json!({
                "name": tracker.name,
                "purpose": tracker.about(visit.locale),
                "kept": render::duration_words(tracker.max_age, visit.locale),
                "class": visit.text(&format!("privacy-tracker-{}", tracker.class.word())),
                "consent": visit.text(&format!("privacy-consent-{}", tracker.consent.word())),
            })
        })
        .collect();
    visit
        .draw(
            "privacy/cookies.html",
            json!({ "lead": lead(&charter, visit.locale), "trackers": trackers }),
        )
        .await
}

/// What the policy says of all trackers together: its summary, what one may do about them, what is never done.
fn lead(charter: &Charter, locale: Locale) -> Vec<String> {
    let policy = render::policy_where(charter, locale, &crate::offer());
    let chapter = policy.sections.iter().find(|section| section.id == "trackers");
    let mut said: Vec<String> = chapter
        .map(|chapter| chapter.summary.clone())
        .into_iter()
        .collect();
    let about = ["tracker", "never.individual_tracking", "never.ad_tracker"];
    let clauses = policy.sections.iter().flat_map(|section| &section.clauses);
    for clause in clauses.filter(|clause| about.contains(&clause.id.as_str())) {
        said.extend(clause.blocks.iter().filter_map(|block| match block {
            render::Block::Text(text) => Some(text.clone()),
            _ => None,
        }));
    }
    said
}
