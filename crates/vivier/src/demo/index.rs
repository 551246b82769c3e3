//! Owns: the demo's own pages: the index with its sign-ins, the mails that were kept. Doesn't own: the sites' pages.

use std::sync::Arc;

use app::Site;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::from_fn_with_state,
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use guard::send::ShownMail;
use kernel::Locale;
use serde::Serialize;
use serde_json::json;
use web::{Kit, KitError, Page, SiteFace, Texts, headers::Transport};

use super::SaidSite;

const TEXTS: Texts = Texts {
    templates: &[
        ("demo/page.html", include_str!("templates/page.html")),
        ("demo/index.html", include_str!("templates/index.html")),
        ("demo/mails.html", include_str!("templates/mails.html")),
        ("demo/lost.html", include_str!("templates/lost.html")),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};

struct Index {
    kit: Kit,
    said: Vec<SaidSite>,
    sites: Vec<Site>,
}

/// The router for every host that is none of the sites'.
pub(super) fn router(said: Vec<SaidSite>, sites: Vec<Site>) -> Result<Router, KitError> {
    let index = Arc::new(Index {
        kit: Kit::new(&[TEXTS], None)?,
        said,
        sites,
    });
    Ok(Router::new()
        .route("/", get(home))
        .route("/mails", get(mails))
        .route("/assets/{file}", get(asset))
        .route("/livez", get(|| async { "ok\n" }))
        .fallback(lost)
        .method_not_allowed_fallback(lost)
        .layer(from_fn_with_state(
            Transport { https: false },
            web::headers::secure,
        ))
        .with_state(index))
}

async fn home(State(index): State<Arc<Index>>, uri: Uri, headers: HeaderMap) -> Response {
    let context = json!({ "sites": index.sites_shown(), "keeps_mail": index.keeps_mail() });
    index.draw("demo/index.html", &uri, &headers, context)
}

#[derive(Serialize)]
struct Kept {
    site: String,
    #[serde(flatten)]
    mail: ShownMail,
}

async fn mails(State(index): State<Arc<Index>>, uri: Uri, headers: HeaderMap) -> Response {
    let mut kept = Vec::new();
    for site in &index.sites {
        match site.guard().demo_mails(100).await {
            Ok(mails) => kept.extend(mails.into_iter().map(|mail| Kept {
                site: site.title().to_owned(),
                mail,
            })),
            Err(error) => tracing::warn!(%error, "the mails can't be read"),
        }
    }
    kept.sort_by_key(|kept| std::cmp::Reverse(kept.mail.leaves_at));
    index.draw("demo/mails.html", &uri, &headers, json!({ "mails": kept }))
}

/// Whatever else is asked for: a page of one of the sites, as a rule, without the site's host.
async fn lost(State(index): State<Arc<Index>>, uri: Uri, headers: HeaderMap) -> Response {
    let page = index.draw(
        "demo/lost.html",
        &uri,
        &headers,
        json!({ "sites": index.sites_shown() }),
    );
    (StatusCode::NOT_FOUND, page).into_response()
}

async fn asset(State(index): State<Arc<Index>>, Path(file): Path<String>) -> Response {
    index.kit.shelf().serve(&file)
}

impl Index {
    /// The sites with the names that people see, which the line for programs is without.
    fn sites_shown(&self) -> Vec<serde_json::Value> {
        let shown = |site: &SaidSite| json!({ "name": site.name, "title": site.title, "url": site.url, "users": site.users });
        self.said.iter().map(shown).collect()
    }

    fn keeps_mail(&self) -> bool {
        self.sites.iter().any(|site| site.guard().keeps_mail())
    }

    fn draw(&self, template: &str, uri: &Uri, headers: &HeaderMap, context: impl Serialize) -> Response {
        let Some(site) = self.sites.first() else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let offered = [Locale::Fr, Locale::En];
        let asked = uri
            .query()
            .and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
        let browser = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let locale = web::language(asked, None, browser, &offered);
        let face = SiteFace {
            name: "Vivier".to_owned(),
            languages: offered.to_vec(),
            ..SiteFace::default()
        };
        let mut page = Page::new(face, locale, uri.path(), site.guard().now());
        uri.query().unwrap_or_default().clone_into(&mut page.query);
        match self.kit.render(locale, template, &page, context) {
            Ok(html) => Html(html).into_response(),
            Err(error) => {
                tracing::error!(%error, "the demo's page can't be drawn");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
