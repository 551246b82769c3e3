//! Account: staff sign in by password, people by a link to their own mailbox; the person's area. Owns: people's rows, the
//! sign-in pages, the area's pages. Doesn't own: sessions, links and passwords (`guard`), applications.

mod area;
mod kept;
mod leave;
mod mine;
pub mod people;
mod reads;
mod sign_in;

use charter::PurposeKind;
use guard::{
    Column::{Personal, Plain},
    Holdings, Table,
};
use kernel::Locale;
use storage::Migration;
use web::Texts;

use crate::{Audience, Capability, Route, capability::no_menu};

pub(crate) use area::menu as area_menu;

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "account",
        purposes: &[PurposeKind::ManageAccount],
        routes,
        jobs: &[],
        holdings: HOLDINGS,
        texts: TEXTS,
        menu: no_menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::new(
            Audience::Public,
            "/sign-in",
            get(sign_in::ask).post(sign_in::enter),
        ),
        Route::new(Audience::Public, "/sign-out", post(sign_in::leave)),
        Route::new(Audience::Public, "/me/sign-in", get(mine::ask).post(mine::send)),
        Route::new(Audience::Public, "/me/sign-in/sent", get(mine::sent)),
        Route::new(Audience::Public, "/follow/{token}", get(mine::follow)),
        Route::new(Audience::Person, "/me", get(area::home)),
        Route::new(Audience::Person, "/me/data", get(kept::page)),
        Route::new(Audience::Person, "/me/reads", get(reads::list)),
        Route::new(Audience::Person, "/me/leave", get(leave::page)),
        Route::new(Audience::Person, "/me/leave/withdraw", post(leave::withdraw)),
        Route::new(Audience::Person, "/me/leave/sign-out", post(leave::sign_out)),
        Route::new(Audience::Demo, "/demo/sign-in/{id}", get(sign_in::demo)),
    ]
}

const HOLDINGS: Holdings = Holdings {
    capability: "account",
    migrations: &[Migration {
        name: "account/0001_people",
        sql: include_str!("migrations/0001_people.sql"),
    }],
    tables: &[Table {
        name: "people",
        columns: &[
            ("id", Plain),
            ("language", Plain),
            ("given_name", Personal("given_name")),
            ("family_name", Personal("family_name")),
            ("email", Personal("email")),
            ("phone", Personal("phone")),
            ("added_at", Plain),
        ],
    }],
    facts: &[],
};

const TEXTS: Texts = Texts {
    templates: &[
        ("account/sign_in.html", include_str!("templates/sign_in.html")),
        ("account/link.html", include_str!("templates/link.html")),
        ("account/link_sent.html", include_str!("templates/link_sent.html")),
        ("account/me.html", include_str!("templates/me.html")),
        ("account/kept.html", include_str!("templates/kept.html")),
        ("account/reads.html", include_str!("templates/reads.html")),
        ("account/leave.html", include_str!("templates/leave.html")),
        ("account/mail/link.txt", include_str!("templates/mail/link.txt")),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
