//! Owns: the report's page. Doesn't own: its numbers ([`super::service`]).

use axum::response::Response;
use kernel::Word as _;
use serde_json::json;
use web::Error;

use super::service;
use crate::visit::Visit;

pub(super) const HERE: &str = "/desk/figures";

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.staff()?;
    let report = service::report(visit.site.guard(), &visit.actor).await?;
    let context = json!({
        "stages": report.stages.iter().map(|stage| stage.word()).collect::<Vec<_>>(),
        "months": report.months.iter().map(|(month, cells)| json!({ "month": month, "cells": cells })).collect::<Vec<_>>(),
        "sources": report.sources.iter().map(|(source, number)| json!({ "source": source.word(), "number": number })).collect::<Vec<_>>(),
        "waited": report.waited.iter().map(|(waited, number)| json!({ "waited": waited.word(), "number": number })).collect::<Vec<_>>(),
    });
    visit.draw("figures/figures.html", context).await
}
