//! Upkeep: how the site's backups and the generations of its key store stand, and the mails that a restore held. Owns:
//! their page. Doesn't own: making backups and what is wrong with them (`guard::backup`, `guard::keys`), what becomes of a
//! held mail (`guard::send`).

mod mails;
mod pages;

use charter::Duty;
use guard::{Actor, Error, Guard, Holdings};
use kernel::Locale;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

/// The desk's page.
pub(crate) const HERE: &str = "/desk/upkeep";
/// Counting what waits stops here: a number beyond it says no more.
const MOST_COUNTED: u32 = 100;

/// What this capability answers. How backups stand is nobody's data; a held mail is its dossier's.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "upkeep",
        purposes: &[],
        routes,
        jobs: &[],
        holdings: Holdings {
            capability: "upkeep",
            migrations: &[],
            tables: &[],
            facts: &[],
        },
        texts: TEXTS,
        menu,
    }
}

fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::new(Audience::Staff, HERE, get(pages::page)),
        Route::new(Audience::Staff, "/desk/upkeep/mails", post(pages::settle)).takes(&["mail", "word"]),
    ]
}

/// How many mails wait for a human's word, and how many kinds of backup aren't in order, for who deals with either.
///
/// # Errors
/// The storage's.
pub(crate) async fn waiting(guard: &Guard, actor: &Actor) -> Result<Option<u64>, Error> {
    let held = guard.held_mails_waiting(actor, MOST_COUNTED).await?;
    let troubled = if keeps_up(guard, actor) {
        let state = guard.backups_state().await?;
        state.0.iter().filter(|last| !last.is_in_order()).count()
    } else {
        0
    };
    let waiting = held.unwrap_or(0) + u64::try_from(troubled).unwrap_or(0);
    Ok(Some(waiting))
}

/// Whether the actor hosts the site, or is charged with data protection.
fn keeps_up(guard: &Guard, actor: &Actor) -> bool {
    let charter = guard.charter();
    [Duty::Technical, Duty::Protect]
        .into_iter()
        .any(|duty| actor.has(&charter, duty))
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    let entry = |key: &str| MenuItem::new(kit.text(locale, key, &[]), HERE);
    if keeps_up(guard, actor) {
        return vec![entry("upkeep-menu").icon("settings")];
    }
    // Who decides comes here after a restore alone.
    let decides = actor.has(&guard.charter(), Duty::Decide);
    let rare = || entry("upkeep-mails").icon("mail").rare();
    decides.then(rare).into_iter().collect()
}

const TEXTS: Texts = Texts {
    templates: &[("upkeep/upkeep.html", include_str!("templates/upkeep.html"))],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
