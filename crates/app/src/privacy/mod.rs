//! Privacy: the policy as it is in force, clause by clause, the trackers, the record of processing activities. Owns:
//! their pages. Doesn't own: what they say (the charter), the marks beside the clauses (they come with the provers).

mod pages;
mod register;

use charter::{Duty, PurposeKind};
use guard::{Actor, Guard, Holdings};
use kernel::Locale;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

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
        menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::get;
    vec![
        Route::new(Audience::Public, "/privacy", get(pages::policy)),
        Route::new(Audience::Public, "/cookies", get(pages::cookies)),
        Route::new(Audience::Staff, "/desk/register", get(register::page)),
        Route::new(Audience::Staff, "/desk/register.csv", get(register::csv)),
        Route::new(Audience::Staff, "/desk/register.md", get(register::markdown)),
    ]
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match actor.has(&guard.charter(), Duty::Protect) {
        true => {
            vec![
                MenuItem::new(kit.text(locale, "privacy-register-menu", &[]), "/desk/register")
                    .icon("archive"),
            ]
        }
        false => Vec::new(),
    }
}

const TEXTS: Texts = Texts {
    templates: &[
        ("privacy/policy.html", include_str!("templates/policy.html")),
        ("privacy/cookies.html", include_str!("templates/cookies.html")),
        ("privacy/register.html", include_str!("templates/register.html")),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
