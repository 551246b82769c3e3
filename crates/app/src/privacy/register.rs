//! Owns: the record of processing activities at the data protection officer's desk, and its downloads. Doesn't own: what
//! it says: it is the running charter's.

use std::sync::Arc;

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use charter::{Charter, Duty, render};
use kernel::Word as _;
use serde_json::json;
use web::Error;

use crate::visit::Visit;

pub(super) async fn page(visit: Visit) -> Result<Response, Error> {
    visit.on_duty(Duty::Protect)?;
    let (charter, offer) = offered(&visit);
    let register = render::register(&charter, visit.locale, Some(&offer));
    let options = render::HtmlOptions {
        heading: 2,
        title: false,
    };
    let context = json!({
        "html": render::to_html(&register, options),
        "csv": "/desk/register.csv",
        "markdown": "/desk/register.md",
    });
    visit.draw("privacy/register.html", context).await
}

pub(super) async fn csv(visit: Visit) -> Result<Response, Error> {
    visit.on_duty(Duty::Protect)?;
    let (charter, offer) = offered(&visit);
    let csv = render::register_csv(&charter, visit.locale, Some(&offer));
    // Spreadsheets take a file for UTF-8 by its mark only.
    Ok(download(
        &visit,
        &charter,
        "csv",
        "text/csv; charset=utf-8",
        format!("\u{feff}{csv}"),
    ))
}

pub(super) async fn markdown(visit: Visit) -> Result<Response, Error> {
    visit.on_duty(Duty::Protect)?;
    let (charter, offer) = offered(&visit);
    let text = render::to_markdown(&render::register(&charter, visit.locale, Some(&offer)));
    Ok(download(
        &visit,
        &charter,
        "md",
        "text/markdown; charset=utf-8",
        text,
    ))
}

/// The running charter, and what of it the site does.
fn offered(visit: &Visit) -> (Arc<Charter>, render::Offer) {
    let guard = visit.site.guard();
    let charter = guard.charter();
    let offer = crate::offer_of(guard, &charter);
    (charter, offer)
}

fn download(visit: &Visit, charter: &Charter, ending: &str, kind: &'static str, text: String) -> Response {
    let (id, version, language) = (charter.id(), charter.version(), visit.locale.word());
    let name = format!("attachment; filename=\"register-{id}-v{version}-{language}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, text).into_response()
}
