//! Owns: the public policy page, marked where this program doesn't offer what is declared, and the page of trackers.
//! Doesn't own: their text: it is the running charter's.

use axum::response::Response;
use charter::render;
use kernel::Word as _;
use serde_json::{Value, json};
use web::Error;

use crate::visit::Visit;

pub(super) async fn policy(visit: Visit) -> Result<Response, Error> {
    let charter = visit.site.guard().charter();
    let policy = render::policy_where(&charter, visit.locale, &crate::offer());
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
            json!({ "id": section.id, "title": section.title, "summary": section.summary, "clauses": clauses })
        })
        .collect();
    let context = json!({
        "policy": {
            "title": policy.title,
            "version": policy.version,
            "effective": policy.effective,
            "updated": policy.updated,
            "digest": policy.digest,
            "sections": sections,
        },
        "versions": null,
    });
    visit.draw("privacy/policy.html", context).await
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
            })
        })
        .collect();
    visit
        .draw("privacy/cookies.html", json!({ "trackers": trackers }))
        .await
}
