//! Partners: what a human gives of an application to somebody who uses it for purposes of their own, where the charter
//! shares it so: the form, the mail that tells its person, the file that is handed over, and to whom one is directed. Owns:
//! their pages and words. Doesn't own: what may be given and its record (`guard::share`), what a recipient is told
//! afterwards (`guard::told`, [`crate::privacy`]).

mod file;
mod letters;
mod pages;
pub mod service;

use guard::Holdings;
use kernel::Locale;
use web::Texts;

use crate::{Audience, Capability, Route};

pub(crate) use pages::{own_view, panel_view};

/// What this capability answers. The record of what was given is the door's; it serves what the applications do.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "partners",
        purposes: &[],
        routes,
        jobs: &[],
        holdings: Holdings {
            capability: "partners",
            migrations: &[],
            tables: &[],
            facts: &[],
        },
        texts: TEXTS,
        menu: |_, _, _, _| Vec::new(),
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::get;
    vec![
        Route::new(
            Audience::Staff,
            "/desk/applications/{id}/share/{share}",
            get(pages::ask).post(pages::give),
        )
        .takes(&["to", "recipient", "contact"]),
        Route::new(Audience::Staff, "/desk/shared/{id}", get(file::download)),
    ]
}

const TEXTS: Texts = Texts {
    templates: &[
        ("partners/share.html", include_str!("templates/share.html")),
        ("partners/file.html", include_str!("templates/file.html")),
        ("partners/parts.html", include_str!("templates/parts.html")),
        (
            "partners/mail/shared.txt",
            include_str!("templates/mail/shared.txt"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
