//! Privacy: the policy as it is in force, clause by clause, and the trackers. Owns: their pages. Doesn't own: what they
//! say (the charter), the marks beside the clauses (they come with the provers).

mod pages;

use charter::PurposeKind;
use guard::Holdings;
use kernel::Locale;
use web::Texts;

use crate::{Audience, Capability, Route, capability::no_menu};

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "privacy",
        purposes: &[PurposeKind::AnswerRights],
        routes,
        jobs: &[],
        holdings: Holdings {
            capability: "privacy",
            migrations: &[],
            tables: &[],
            facts: &[],
        },
        texts: TEXTS,
        menu: no_menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::get;
    vec![
        Route::new(Audience::Public, "/privacy", get(pages::policy)),
        Route::new(Audience::Public, "/cookies", get(pages::cookies)),
    ]
}

const TEXTS: Texts = Texts {
    templates: &[
        ("privacy/policy.html", include_str!("templates/policy.html")),
        ("privacy/cookies.html", include_str!("templates/cookies.html")),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
