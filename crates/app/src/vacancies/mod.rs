//! Vacancies: offers written, published, found and closed. Owns: their rows, pages, index. Doesn't own: who applies
//! ([`crate::applications`]). Nothing personal is kept here.

mod api;
mod desk;
mod feeds;
mod fields;
pub mod model;
mod pages;
pub mod service;
mod shapes;
mod store;

use guard::{Actor, Column::Plain, Guard, Holdings, Table};
use kernel::Locale;
use storage::Migration;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

pub use model::Vacancy;

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "vacancies",
        purposes: &[],
        routes,
        jobs: &[],
        holdings: HOLDINGS,
        texts: TEXTS,
        menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let mut routes = api::routes();
    routes.extend([
        Route::new(Audience::Public, "/", get(pages::home)),
        Route::new(Audience::Public, "/jobs", get(pages::list)),
        Route::new(Audience::Public, "/jobs/{slug}", get(pages::job)),
        Route::new(Audience::Public, "/jobs.xml", get(feeds::feed)),
        Route::new(Audience::Public, "/sitemap.xml", get(feeds::sitemap)),
        Route::new(Audience::Public, "/sitemap/{part}", get(feeds::part)),
        Route::new(Audience::Staff, "/desk/vacancies", get(desk::list)),
        Route::new(
            Audience::Staff,
            "/desk/vacancies/new",
            get(desk::new).post(desk::write),
        )
        .takes(&fields::NAMES),
        Route::new(
            Audience::Staff,
            "/desk/vacancies/{id}",
            get(desk::edit).post(desk::change),
        )
        .takes(&fields::NAMES),
        Route::new(
            Audience::Staff,
            "/desk/vacancies/{id}/publish",
            post(desk::publish),
        ),
        Route::new(Audience::Staff, "/desk/vacancies/{id}/close", post(desk::close)),
    ]);
    routes
}

fn menu(_: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match actor.staff() {
        Some(_) => vec![
            MenuItem::new(kit.text(locale, "vacancy-desk-title", &[]), "/desk/vacancies").icon("briefcase"),
        ],
        None => Vec::new(),
    }
}

const HOLDINGS: Holdings = Holdings {
    capability: "vacancies",
    migrations: &[
        Migration {
            name: "vacancies/0001_vacancies",
            sql: include_str!("migrations/0001_vacancies.sql"),
        },
        Migration {
            name: "vacancies/0002_desk",
            sql: include_str!("migrations/0002_desk.sql"),
        },
    ],
    tables: &[Table {
        name: "vacancies",
        columns: &[
            ("id", Plain),
            ("slug", Plain),
            ("reference", Plain),
            ("state", Plain),
            ("language", Plain),
            ("title", Plain),
            ("summary", Plain),
            ("description", Plain),
            ("next_steps", Plain),
            ("place", Plain),
            ("country", Plain),
            ("contract", Plain),
            ("remote", Plain),
            ("salary_min", Plain),
            ("salary_max", Plain),
            ("salary_period", Plain),
            ("currency", Plain),
            ("recruiter", Plain),
            ("made_at", Plain),
            ("changed_at", Plain),
            ("published_at", Plain),
            ("closed_at", Plain),
        ],
        row: "id",
        ends: &[],
    }],
    facts: &[],
};

const TEXTS: Texts = Texts {
    templates: &[
        ("vacancies/list.html", include_str!("templates/list.html")),
        ("vacancies/job.html", include_str!("templates/job.html")),
        ("vacancies/parts.html", include_str!("templates/parts.html")),
        ("vacancies/desk.html", include_str!("templates/desk.html")),
        ("vacancies/edit.html", include_str!("templates/edit.html")),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
