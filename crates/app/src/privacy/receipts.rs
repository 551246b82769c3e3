//! Owns: giving a person the receipts of what happened to their data, and publishing the keys that signed them. Doesn't own:
//! what a receipt says and its signature (`guard::receipt`).

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use guard::{
    DossierId, LedgerEntry,
    keep::erase::Erasure,
    receipt::{Listed, Published, Receipt},
};
use kernel::{Id, Word as _};
use serde_json::{Value, json};
use web::Error;

use crate::{Site, visit::Visit};

/// Where the keys are published.
pub(super) const KEYS: &str = "/.well-known/vivier-receipts.json";

pub(super) async fn keys(State(site): State<Site>) -> Result<Json<Published>, Error> {
    Ok(Json(site.guard().receipt_keys().await?))
}

/// Of an erasure: whoever knows its address was told it, and nobody is named.
pub(super) async fn of_erasure(visit: Visit, Path(id): Path<String>) -> Result<Response, Error> {
    let id: Id<Erasure> = id.parse().map_err(|_| Error::NotFound)?;
    let keys = visit.site.url(KEYS);
    let receipt = visit.site.guard().receipt_of_erasure(id, &keys).await?;
    Ok(download(&receipt))
}

/// Of what happened to one's own.
pub(super) async fn own(visit: Visit, Path(entry): Path<String>) -> Result<Response, Error> {
    visit.person()?;
    let entry: Id<LedgerEntry> = entry.parse().map_err(|_| Error::NotFound)?;
    let keys = visit.site.url(KEYS);
    let receipt = visit.site.guard().own_receipt(&visit.actor, entry, &keys).await?;
    Ok(download(&receipt))
}

/// The receipts about a dossier of the acting person, for the page that shows it.
pub(crate) async fn about(visit: &Visit, dossier: DossierId) -> Result<Vec<Value>, Error> {
    let listed = visit.site.guard().receipts_of(&visit.actor, dossier).await?;
    let view = |one: &Listed| {
        json!({
            "kind": one.kind.word(),
            "at": one.at,
            "href": format!("/me/receipts/{}", one.entry),
        })
    };
    Ok(listed.iter().map(view).collect())
}

fn download(receipt: &Receipt) -> Response {
    let name = format!("attachment; filename=\"{}\"", receipt.file_name());
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, receipt.text()).into_response()
}
