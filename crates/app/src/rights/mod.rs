//! Rights: what the charter's `right` section lets a person do, done: in their area at once where that can be, as a
//! request with a clock where it can't; the queue of who is charged with data protection; what somebody does who has no
//! account. Owns: their pages and mails. Doesn't own: requests, consents, restrictions (`guard::rights`), erasing
//! everything ([`crate::privacy`]), the copy of one's data ([`crate::archive`]).

mod dealing;
mod desk;
mod enter;
mod letters;
mod me;
pub(crate) mod own;
mod public;
mod single;
#[cfg(test)]
mod tests;
mod view;

use charter::PurposeKind;
use guard::{Actor, Error, Guard, Holdings};
use kernel::Locale;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

/// The desk's queue.
pub(crate) const QUEUE: &str = "/desk/rights";
/// A person's own rights.
pub(crate) const HERE: &str = "/me/rights";
/// Counting what waits stops here: a number beyond it says no more.
const MOST_COUNTED: u32 = 100;

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "rights",
        purposes: &[PurposeKind::AnswerRights],
        routes,
        jobs: &[],
        holdings: Holdings {
            capability: "rights",
            migrations: &[],
            tables: &[],
            facts: &[],
        },
        texts: TEXTS,
        menu,
    }
}

/// How many requests wait, for who answers them; at most a hundred.
///
/// # Errors
/// The storage's.
pub(crate) async fn waiting(guard: &Guard, actor: &Actor) -> Result<Option<u64>, Error> {
    if guard.rights_purpose().is_err() {
        return Ok(None);
    }
    guard.requests_waiting(actor, MOST_COUNTED).await
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::new(Audience::Public, "/rights", get(public::page)),
        Route::new(Audience::Person, HERE, get(me::page).post(me::ask)).takes(&["kind", "text"]),
        Route::new(Audience::Person, "/me/rights/consent", post(me::consent)).takes(&["consent"]),
        Route::new(Audience::Person, "/me/rights/object", post(me::object)).takes(&["purpose"]),
        Route::new(Audience::Person, "/me/rights/restrict", post(me::restrict)).takes(&["dossier"]),
        Route::new(Audience::Person, "/me/rights/lift", post(me::lift)).takes(&["dossier"]),
        Route::new(Audience::Person, "/me/rights/details", post(me::details)).takes(&[
            "person",
            "given_name",
            "family_name",
            "phone",
        ]),
        Route::new(Audience::Person, "/me/rights/directives", post(me::directives)).takes(&["directives"]),
        Route::new(Audience::Person, "/me/rights/{id}", get(single::page)),
        Route::new(
            Audience::Person,
            "/me/rights/{id}/withdraw",
            post(single::withdraw),
        ),
        Route::new(Audience::Staff, QUEUE, get(desk::list)),
        Route::new(
            Audience::Staff,
            "/desk/rights/enter",
            get(enter::page).post(enter::file),
        )
        .takes(&[
            "person",
            "given_name",
            "family_name",
            "email",
            "kind",
            "way",
            "received",
            "text",
        ]),
        Route::new(Audience::Staff, "/desk/rights/find", post(enter::find)).takes(&[
            "given_name",
            "family_name",
            "email",
        ]),
        Route::new(
            Audience::Staff,
            "/desk/rights/{id}",
            get(desk::one).post(desk::step),
        )
        .takes(&["step", "text"]),
        Route::new(Audience::Staff, "/desk/rights/{id}/copy", post(desk::copy)),
    ]
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    let answers = guard.rights_purpose().is_ok() && guard.answers_rights(actor).is_ok();
    let entry = || MenuItem::new(kit.text(locale, "rights-desk-menu", &[]), QUEUE).icon("message");
    answers.then(entry).into_iter().collect()
}

const TEXTS: Texts = Texts {
    templates: &[
        ("rights/public.html", include_str!("templates/public.html")),
        ("rights/parts.html", include_str!("templates/parts.html")),
        ("rights/me.html", include_str!("templates/me.html")),
        ("rights/one.html", include_str!("templates/one.html")),
        ("rights/queue.html", include_str!("templates/queue.html")),
        ("rights/desk.html", include_str!("templates/desk.html")),
        ("rights/enter.html", include_str!("templates/enter.html")),
        (
            "rights/mail/received.txt",
            include_str!("templates/mail/received.txt"),
        ),
        (
            "rights/mail/identity.txt",
            include_str!("templates/mail/identity.txt"),
        ),
        (
            "rights/mail/extended.txt",
            include_str!("templates/mail/extended.txt"),
        ),
        (
            "rights/mail/answered.txt",
            include_str!("templates/mail/answered.txt"),
        ),
        (
            "rights/mail/refused.txt",
            include_str!("templates/mail/refused.txt"),
        ),
        (
            "rights/mail/lifted.txt",
            include_str!("templates/mail/lifted.txt"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
