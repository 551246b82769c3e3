//! The API `/api/v1`, as far as it is the same for every resource: who calls, reading a question or a body, cursors,
//! doing once, the document; and the desk's page where staff make their tokens. Owns: that page. Doesn't own: any
//! resource (each capability's `api.rs`), tokens and scopes (`guard`).

mod asked;
mod body;
mod caller;
pub mod document;
mod once;
#[cfg(test)]
mod tests;
mod tokens;

use guard::{Actor, Guard, Holdings};
use kernel::Locale;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

pub(crate) use asked::{Asked, Listed, Paging, short};
pub(crate) use body::{Body, Unread};
pub(crate) use caller::{Caller, Program};
pub(crate) use once::{Attempt, Written};

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "api",
        purposes: &[],
        routes,
        jobs: &[],
        holdings: Holdings {
            capability: "api",
            migrations: &[],
            tables: &[],
            facts: &[],
        },
        texts: TEXTS,
        menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::new(
            Audience::Staff,
            "/desk/tokens",
            get(tokens::list).post(tokens::make),
        )
        .takes(&["name", "scopes", "days"]),
        Route::new(Audience::Staff, "/desk/tokens/{id}/revoke", post(tokens::revoke)),
        Route::new(Audience::Public, "/api/openapi.json", get(document::serve)),
    ]
}

fn menu(_: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match actor.staff() {
        Some(_) => vec![MenuItem::new(kit.text(locale, "token-title", &[]), "/desk/tokens").icon("link")],
        None => Vec::new(),
    }
}

const TEXTS: Texts = Texts {
    templates: &[("api/tokens.html", include_str!("templates/tokens.html"))],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
