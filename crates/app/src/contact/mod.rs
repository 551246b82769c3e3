//! Contact: messages sent by the charter's contact form, read at the desk by whom the charter names, routed, judged and
//! answered. Owns: their rows, pages, letters. Doesn't own: who people are ([`crate::account`]), erasing what is of no
//! interest (`guard::keep`).

pub mod arrival;
pub mod dealing;
mod desk;
mod letters;
pub mod mailbox;
pub mod model;
pub mod own;
mod pages;
mod panel;
pub mod review;
pub mod service;
mod store;
#[cfg(test)]
mod tests;

use charter::Condition;
use guard::{
    Actor,
    Column::{Personal, PersonalNamedBy, Plain},
    Guard, Holdings, Table,
};
use kernel::Locale;
use storage::Migration;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

/// Where the desk's list is.
pub(crate) const INBOX: &str = "/desk/messages";

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "contact",
        purposes: &service::PURPOSES,
        routes,
        jobs: &[(mailbox::EMPTY, mailbox::empty)],
        holdings: HOLDINGS,
        texts: TEXTS,
        menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let staff = |path, handler| Route::new(Audience::Staff, path, handler);
    vec![
        Route::new(Audience::Public, "/contact", pages::contact()),
        Route::new(Audience::Public, "/contact/sent", get(pages::sent)),
        staff(INBOX, get(desk::list)),
        staff("/desk/messages/{id}", get(desk::one)),
        staff("/desk/messages/{id}/client", post(desk::pass_on)).takes(&["client"]),
        staff("/desk/messages/{id}/address", post(desk::address)).takes(&["staff"]),
        staff("/desk/messages/{id}/judge", post(desk::judge)).takes(&["verdict"]),
        staff("/desk/messages/{id}/undo", post(desk::undo)),
        staff("/desk/messages/{id}/pool", post(desk::into_pool)),
        staff("/desk/messages/{id}/answer", post(desk::answer)).takes(&["text", "reply"]),
        staff("/desk/messages/{id}/files/{file}", get(desk::file)),
    ]
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match service::permit(guard, actor) {
        Ok(_) => {
            vec![MenuItem::new(kit.text(locale, "contact-desk-title", &[]), INBOX).icon("mail")]
        }
        Err(_) => Vec::new(),
    }
}

const HOLDINGS: Holdings = Holdings {
    capability: "contact",
    migrations: &[Migration {
        name: "contact/0001_contact",
        sql: include_str!("migrations/0001_contact.sql"),
    }],
    tables: &[
        Table {
            name: "contact_messages",
            columns: &[
                ("id", Plain),
                ("person", Plain),
                ("purpose", Plain),
                ("language", Plain),
                ("sender", Plain),
                ("client_since", Plain),
                ("addressee", Plain),
                ("verdict", Plain),
                ("judged_at", Plain),
                ("submitted_at", Plain),
                ("read_at", Plain),
                ("answered_at", Plain),
            ],
            row: "id",
            ends: &["id"],
        },
        Table {
            name: "contact_answers",
            columns: &[
                ("id", Plain),
                ("message", Plain),
                ("field", Plain),
                ("value", PersonalNamedBy("field")),
                ("charter_version", Plain),
            ],
            row: "id",
            ends: &["message"],
        },
        Table {
            name: "contact_replies",
            columns: &[
                ("id", Plain),
                ("message", Plain),
                ("staff", Plain),
                ("mail", Plain),
                ("text", Personal("exchange")),
                ("written_at", Plain),
                ("charter_version", Plain),
            ],
            row: "id",
            ends: &["message"],
        },
        Table {
            name: "contact_steps",
            columns: &[
                ("message", Plain),
                ("nth", Plain),
                ("step", Plain),
                ("at", Plain),
                ("staff", Plain),
            ],
            row: "message",
            ends: &["message"],
        },
    ],
    facts: &[
        (Condition::ClientRequested, |db, _, dossiers| {
            Box::pin(async move { store::client_requested(&db, &dossiers).await })
        }),
        (Condition::Addressed, |db, staff, dossiers| {
            Box::pin(async move { store::addressed(&db, staff, &dossiers).await })
        }),
    ],
};

const TEXTS: Texts = Texts {
    templates: &[
        ("contact/contact.html", include_str!("templates/contact.html")),
        ("contact/sent.html", include_str!("templates/sent.html")),
        ("contact/desk.html", include_str!("templates/desk.html")),
        ("contact/panel.html", include_str!("templates/panel.html")),
        (
            "contact/mail/acknowledgement.txt",
            include_str!("templates/mail/acknowledgement.txt"),
        ),
        (
            "contact/mail/answer.txt",
            include_str!("templates/mail/answer.txt"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
