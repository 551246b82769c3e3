//! Owns: the public pages of the policy's versions: what changes next, all that there were, each with what it changed.
//! Doesn't own: the running one's page (`pages`), activating one (`charter`).

use axum::{extract::Path, response::Response};
use guard::Version;
use serde_json::{Value, json};
use web::Error;

use super::{
    changes::{Reader, changes},
    pages,
};
use crate::visit::Visit;

/// The page of a version.
pub(super) fn address(version: &Version) -> String {
    format!("/privacy/versions/{}", version.charter.version())
}

/// What changes next, and when.
pub(super) async fn next(visit: Visit) -> Result<Response, Error> {
    let guard = visit.site.guard();
    let context = match guard.upcoming() {
        Some(next) => {
            let running = guard.charter();
            json!({
                "next": {
                    "version": next.charter.version(),
                    "from": next.from,
                    "href": address(&next),
                    "changes": changes(&visit, &running, &next.charter, Reader::Public),
                },
            })
        }
        None => json!({ "next": null }),
    };
    visit.draw("privacy/next.html", context).await
}

/// All versions, the newest first.
pub(super) async fn list(visit: Visit) -> Result<Response, Error> {
    let versions = rows(&visit);
    visit
        .draw("privacy/versions.html", json!({ "versions": versions }))
        .await
}

/// Number, from when until when, digest; the newest first.
pub(super) fn rows(visit: &Visit) -> Vec<Value> {
    let guard = visit.site.guard();
    let (versions, now) = (guard.versions(), guard.now());
    let running = guard.charter().version();
    let ends = versions.iter().skip(1).map(|version| Some(version.from));
    let ends: Vec<_> = ends.chain([None]).collect();
    let rows = versions.iter().zip(ends).rev().map(|(version, until)| {
        let standing = match version.charter.version() {
            number if number == running => "running",
            _ if version.applies(now) => "past",
            _ => "next",
        };
        json!({
            "version": version.charter.version(),
            "standing": standing,
            "since": since(version),
            "until": until,
            "digest": version.charter.digest().to_string(),
            "href": address(version),
            "has_changes": version.told,
        })
    });
    rows.collect()
}

/// The day from which it applies: of the first, the one that its own words name.
fn since(version: &Version) -> String {
    version.charter.effective().to_string()
}

/// One version as it was published, with what it changed.
pub(super) async fn one(Path(number): Path<String>, visit: Visit) -> Result<Response, Error> {
    let number: u32 = number.parse().map_err(|_| Error::NotFound)?;
    let versions = visit.site.guard().versions();
    let at = versions
        .iter()
        .position(|version| version.charter.version() == number)
        .ok_or(Error::NotFound)?;
    let version = versions.get(at).ok_or(Error::NotFound)?;
    let before = at.checked_sub(1).and_then(|at| versions.get(at));
    let changed = before.map(|before| changes(&visit, &before.charter, &version.charter, Reader::Public));
    let standing = rows(&visit).into_iter().find(|row| row["version"] == number);
    let context = json!({
        "policy": pages::view(&visit, &version.charter),
        "versions": "/privacy/versions",
        "standing": standing,
        "changes": changed,
        "next": null,
        "latest": null,
    });
    visit.draw("privacy/policy.html", context).await
}
