//! The desk's report: how many applications by month, stage and source, and how long they waited. Owns: the counters, and
//! what of them is shown. Doesn't own: when something is counted ([`crate::applications::service`], in the transaction
//! that causes it).

mod model;
mod pages;
pub(crate) mod service;
mod store;
#[cfg(test)]
mod tests;

use charter::Duty;
use guard::{Actor, Column::Plain, Guard, Holdings, Table};
use kernel::Locale;
use storage::Migration;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

/// What this capability answers. Its figures are nobody's: no purpose of the charter stands behind them.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "figures",
        purposes: &[],
        routes,
        jobs: &[],
        holdings: HOLDINGS,
        texts: TEXTS,
        menu,
    }
}

fn routes() -> Vec<Route> {
    vec![Route::new(
        Audience::Staff,
        pages::HERE,
        axum::routing::get(pages::page),
    )]
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    if !actor.has(&guard.charter(), Duty::Recruit) {
        return Vec::new();
    }
    vec![MenuItem::new(kit.text(locale, "figures-title", &[]), pages::HERE).icon("list")]
}

const HOLDINGS: Holdings = Holdings {
    capability: "figures",
    migrations: &[Migration {
        name: "figures/0001_figures",
        sql: include_str!("migrations/0001_figures.sql"),
    }],
    tables: &[
        Table {
            name: "application_figures",
            columns: &[
                ("month", Plain),
                ("vacancy", Plain),
                ("stage", Plain),
                ("source", Plain),
                ("number", Plain),
            ],
            row: "month",
            ends: &[],
        },
        Table {
            name: "answer_figures",
            columns: &[("month", Plain), ("waited", Plain), ("number", Plain)],
            row: "month",
            ends: &[],
        },
    ],
    facts: &[],
};

const TEXTS: Texts = Texts {
    templates: &[("figures/figures.html", include_str!("templates/figures.html"))],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
