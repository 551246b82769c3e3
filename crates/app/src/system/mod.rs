//! Owns: what every site answers besides its capabilities: assets, health, `security.txt`, the kit's showcase, the
//! texts that several capabilities share. Doesn't own: any of a person's data.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use kernel::Locale;
use web::{Error, Texts};

use crate::{Audience, Route, Site, visit::Visit};

pub(crate) const TEXTS: Texts = Texts {
    templates: &[],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::new(Audience::Public, "/assets/{file}", get(asset)),
        Route::new(Audience::Public, "/livez", get(alive)),
        Route::new(Audience::Public, "/readyz", get(ready)),
        Route::new(Audience::Public, "/robots.txt", get(robots)),
        Route::new(Audience::Public, "/.well-known/security.txt", get(security)),
        Route::new(Audience::Demo, "/desk/kit", get(showcase)),
    ]
}

async fn asset(State(site): State<Site>, Path(file): Path<String>) -> Response {
    site.kit().shelf().serve(&file)
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready(State(site): State<Site>) -> Response {
    match site.guard().ready().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::warn!(site = site.guard().name(), %error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, "30")],
                "not ready\n",
            )
                .into_response()
        }
    }
}

async fn robots(State(site): State<Site>) -> String {
    let sitemap = site.url("/sitemap.xml");
    format!(
        "User-agent: *\nDisallow: /desk\nDisallow: /me\nDisallow: /follow\nDisallow: /sign-in\nDisallow: /password\nSitemap: {sitemap}\n"
    )
}

/// RFC 9116: who to tell, until when this is fresh.
async fn security(State(site): State<Site>) -> String {
    let charter = site.guard().charter();
    let controller = charter.controller();
    let contact = controller
        .contact
        .as_ref()
        .or(controller.dpo.as_ref())
        .map_or("", String::as_str);
    let expires = site.guard().now().plus_seconds(180 * 86_400).rfc3339();
    format!(
        "Contact: mailto:{contact}\nExpires: {expires}\nPreferred-Languages: fr, en\nCanonical: {}\n",
        site.url("/.well-known/security.txt")
    )
}

/// The components with all their states; of a demo only.
async fn showcase(visit: Visit) -> Result<Response, Error> {
    if !visit.site.guard().is_demo() {
        return Err(Error::NotFound);
    }
    visit.staff()?;
    visit.draw("kit/showcase.html", web::showcase()).await
}
