//! Pool: people who agreed to be kept for other vacancies, read and put forward at the desk; what waits apart until somebody
//! has looked; people found elsewhere, told and asked before anything else; the person's own yes and no. Owns: their rows,
//! pages, letters. Doesn't own: who people are ([`crate::account`]), applications, asking anew after the charter's time
//! (`guard::keep::renew`, [`crate::privacy`]).

pub mod arrival;
pub mod dealing;
mod desk;
pub mod entering;
pub mod model;
pub mod own;
mod pages;
mod panel;
pub mod service;
mod store;
mod telling;
#[cfg(test)]
mod tests;

use guard::{
    Actor,
    Column::{PersonalNamedBy, Plain},
    Guard, Holdings, Table,
};
use kernel::Locale;
use storage::Migration;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

pub(crate) use pages::own_view;

/// Where the desk's list is.
pub(crate) const HERE: &str = "/desk/pool";

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "pool",
        purposes: &service::PURPOSES,
        routes,
        jobs: &[(telling::TELL, telling::tell), (telling::LOOK, telling::look)],
        holdings: HOLDINGS,
        texts: TEXTS,
        menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let staff = |path, handler| Route::new(Audience::Staff, path, handler);
    vec![
        Route::new(
            Audience::Public,
            "/pool/{token}",
            get(pages::asked).post(pages::answer),
        )
        .takes(&["answer"]),
        Route::new(Audience::Person, "/me/pool", post(pages::own)).takes(&["agree"]),
        staff(HERE, get(desk::list)),
        staff("/desk/pool/from/{source}", desk::source()),
        staff("/desk/pool/take/{id}", post(desk::take)),
        staff("/desk/pool/{id}", get(desk::one)),
        staff("/desk/pool/{id}/forward", post(desk::forward)).takes(&["vacancy"]),
        staff("/desk/pool/{id}/remove", post(desk::remove)),
        staff("/desk/pool/{id}/undo", post(desk::undo)),
        staff("/desk/pool/{id}/files/{file}", get(desk::file)),
    ]
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match service::permit(guard, actor) {
        Ok(_) => vec![MenuItem::new(kit.text(locale, "pool-desk-title", &[]), HERE).icon("users")],
        Err(_) => Vec::new(),
    }
}

const HOLDINGS: Holdings = Holdings {
    capability: "pool",
    migrations: &[Migration {
        name: "pool/0001_pool",
        sql: include_str!("migrations/0001_pool.sql"),
    }],
    tables: &[
        Table {
            name: "pool_entries",
            columns: &[
                ("id", Plain),
                ("person", Plain),
                ("purpose", Plain),
                ("language", Plain),
                ("source", Plain),
                ("came", Plain),
                ("parent", Plain),
                ("state", Plain),
                ("added_at", Plain),
                ("staff", Plain),
                ("told_at", Plain),
                ("agreed_at", Plain),
                ("removed_at", Plain),
            ],
            row: "id",
            ends: &["id"],
        },
        Table {
            name: "pool_answers",
            columns: &[
                ("id", Plain),
                ("entry", Plain),
                ("field", Plain),
                ("value", PersonalNamedBy("field")),
                ("charter_version", Plain),
            ],
            row: "id",
            ends: &["entry"],
        },
        Table {
            name: "pool_steps",
            columns: &[
                ("entry", Plain),
                ("nth", Plain),
                ("step", Plain),
                ("at", Plain),
                ("staff", Plain),
            ],
            row: "entry",
            ends: &["entry"],
        },
        Table {
            name: "pool_inbox",
            columns: &[
                ("application", Plain),
                ("person", Plain),
                ("purpose", Plain),
                ("language", Plain),
                ("arrived_at", Plain),
                ("agreed_at", Plain),
                ("looked_at", Plain),
            ],
            row: "application",
            // What waits ends with what it is a copy of.
            ends: &["application"],
        },
    ],
    facts: &[],
};

const TEXTS: Texts = Texts {
    templates: &[
        ("pool/desk.html", include_str!("templates/desk.html")),
        ("pool/panel.html", include_str!("templates/panel.html")),
        ("pool/source.html", include_str!("templates/source.html")),
        ("pool/asked.html", include_str!("templates/asked.html")),
        (
            "pool/mail/sourced.txt",
            include_str!("templates/mail/sourced.txt"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
