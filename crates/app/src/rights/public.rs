//! Owns: the page for whoever has no account: which rights there are, where to write, and how the area opens by a link.
//! Doesn't own: the clauses (the charter). It asks nothing: no form of the charter's takes such requests.

use axum::response::Response;
use serde_json::json;
use web::Error;

use super::view;
use crate::visit::Visit;

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.site.guard().rights_purpose()?;
    let context = json!({
        "clauses": view::clauses(&visit),
        "contacts": view::contacts(&visit),
        "signed_in": visit.actor.person().is_some(),
    });
    visit.draw("rights/public.html", context).await
}
