//! Applications: sent by a form, read and decided at the desk, followed and withdrawn by the person. Owns: their rows,
//! stages, pages, letters. Doesn't own: who people are ([`crate::account`]), offers ([`crate::vacancies`]).

mod api;
mod apply;
mod desk;
pub mod forwarding;
mod letters;
pub mod mine;
pub mod model;
pub mod own;
mod programs;
pub mod service;
mod shapes;
mod stages;
mod store;
#[cfg(test)]
mod tests;

use charter::{Condition, PurposeKind};
use guard::{
    Actor,
    Column::{PersonalNamedBy, Plain},
    Guard, Holdings, Table,
};
use kernel::Locale;
use storage::Migration;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "applications",
        purposes: &[
            PurposeKind::Apply,
            PurposeKind::ApplyUnsolicited,
            PurposeKind::TrackApplication,
        ],
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
        Route::new(Audience::Public, "/jobs/{slug}/apply", apply::targeted()),
        Route::new(Audience::Public, "/jobs/{slug}/applied", get(apply::applied_to)),
        Route::new(Audience::Public, "/apply", apply::unsolicited()),
        Route::new(Audience::Public, "/applied", get(apply::applied)),
        Route::new(Audience::Person, "/me/applications/{id}", get(mine::one)),
        Route::new(
            Audience::Person,
            "/me/applications/{id}/withdraw",
            post(mine::withdraw),
        ),
        Route::new(Audience::Person, "/me/files/{id}", get(mine::file)),
        Route::new(Audience::Staff, "/desk", get(desk::home)),
        Route::new(Audience::Staff, "/desk/applications", get(desk::list)),
        Route::new(Audience::Staff, "/desk/applications/{id}", get(desk::one)),
        Route::new(
            Audience::Staff,
            "/desk/applications/{id}/stage",
            post(desk::stage),
        )
        .takes(&["stage"]),
        Route::new(
            Audience::Staff,
            "/desk/applications/{id}/refuse",
            post(desk::refuse),
        )
        .takes(&["reason"]),
        Route::new(Audience::Staff, "/desk/applications/{id}/undo", post(desk::undo)),
        Route::new(Audience::Staff, "/desk/applications/{id}/mail", post(desk::mail)).takes(&["send"]),
        Route::new(Audience::Staff, "/desk/files/{id}", get(desk::file)),
    ]);
    routes
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match service::permit(guard, actor) {
        Ok(_) => vec![
            MenuItem::new(
                kit.text(locale, "application-desk-title", &[]),
                "/desk/applications",
            )
            .icon("inbox"),
        ],
        Err(_) => Vec::new(),
    }
}

const HOLDINGS: Holdings = Holdings {
    capability: "applications",
    migrations: &[
        Migration {
            name: "applications/0001_applications",
            sql: include_str!("migrations/0001_applications.sql"),
        },
        Migration {
            name: "applications/0002_assigned",
            sql: include_str!("migrations/0002_assigned.sql"),
        },
        Migration {
            name: "applications/0003_version",
            sql: include_str!("migrations/0003_version.sql"),
        },
    ],
    tables: &[
        Table {
            name: "applications",
            columns: &[
                ("id", Plain),
                ("person", Plain),
                ("vacancy", Plain),
                ("recruiter", Plain),
                ("purpose", Plain),
                ("source", Plain),
                ("language", Plain),
                ("stage", Plain),
                ("stage_since", Plain),
                ("submitted_at", Plain),
                ("read_at", Plain),
            ],
            row: "id",
            ends: &["id"],
        },
        Table {
            name: "application_answers",
            columns: &[
                ("id", Plain),
                ("application", Plain),
                ("field", Plain),
                ("value", PersonalNamedBy("field")),
                ("charter_version", Plain),
            ],
            row: "id",
            ends: &["application"],
        },
        Table {
            name: "application_steps",
            columns: &[
                ("application", Plain),
                ("nth", Plain),
                ("stage", Plain),
                ("at", Plain),
                ("staff", Plain),
            ],
            row: "application",
            ends: &["application"],
        },
    ],
    facts: &[(Condition::Assigned, |db, staff, dossiers| {
        Box::pin(async move { store::assigned(&db, staff, &dossiers).await })
    })],
};

const TEXTS: Texts = Texts {
    templates: &[
        ("applications/apply.html", include_str!("templates/apply.html")),
        (
            "applications/applied.html",
            include_str!("templates/applied.html"),
        ),
        ("applications/follow.html", include_str!("templates/follow.html")),
        ("applications/desk.html", include_str!("templates/desk.html")),
        ("applications/panel.html", include_str!("templates/panel.html")),
        (
            "applications/mail/confirmation.txt",
            include_str!("templates/mail/confirmation.txt"),
        ),
        (
            "applications/mail/refusal.txt",
            include_str!("templates/mail/refusal.txt"),
        ),
        (
            "applications/mail/forwarded.txt",
            include_str!("templates/mail/forwarded.txt"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
