//! Privacy: the policy as it is in force, clause by clause, its versions and what each changed, the trackers; at the
//! desk the record of processing activities, the charter with the next version's activation, and what goes tonight and
//! who is to be told of it elsewhere; being asked before the end whether to keep on, and having everything erased. Owns:
//! their pages. Doesn't own: what they say (the charter), the marks beside the clauses (they come with the provers).

mod changes;
mod charter;
mod erasing;
mod keeping;
mod pages;
mod processors;
pub(crate) mod receipts;
mod register;
pub(crate) mod renewal;
mod versions;

use ::charter::Duty;
use guard::{Actor, Guard, Holdings};
use kernel::Locale;
use web::{Kit, MenuItem, Texts};

use crate::{Audience, Capability, Route};

/// What this capability answers.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "privacy",
        purposes: &[],
        routes,
        jobs: &[(guard::keep::renew::ASK, renewal::ask)],
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
    use axum::routing::{get, post};
    vec![
        Route::new(Audience::Public, "/privacy", get(pages::policy)),
        Route::new(Audience::Public, "/privacy/next", get(versions::next)),
        Route::new(Audience::Public, "/privacy/versions", get(versions::list)),
        Route::new(
            Audience::Public,
            "/privacy/versions/{version}",
            get(versions::one),
        ),
        Route::new(Audience::Public, "/cookies", get(pages::cookies)),
        Route::new(
            Audience::Public,
            "/renew/{token}",
            get(renewal::page).post(renewal::answer),
        )
        .takes(&["answer"]),
        Route::new(Audience::Public, "/erased/{ids}", get(erasing::progress)),
        Route::new(Audience::Person, "/me/renew/{id}", post(renewal::own)).takes(&["answer"]),
        Route::new(
            Audience::Public,
            "/erased/{ids}/receipt.json",
            get(receipts::of_erasure),
        ),
        Route::new(Audience::Public, receipts::KEYS, get(receipts::keys)),
        Route::new(Audience::Person, "/me/receipts/{entry}", get(receipts::own)),
        Route::new(Audience::Person, "/me/leave/erase", post(erasing::everything)).takes(&["alone"]),
        Route::new(
            Audience::Staff,
            processors::HERE,
            get(processors::page).post(processors::answer),
        )
        .takes(&["notice", "answer"]),
        Route::new(Audience::Staff, keeping::HERE, get(keeping::page)),
        Route::new(Audience::Staff, "/desk/keeping/confirm", post(keeping::confirm)),
        Route::new(Audience::Staff, "/desk/keeping/hold", post(keeping::place)).takes(&[
            "dossier",
            "kind",
            "reference",
            "until",
        ]),
        Route::new(Audience::Staff, "/desk/keeping/lift", post(keeping::lift)).takes(&["hold"]),
        Route::new(Audience::Staff, charter::HERE, get(charter::page)),
        Route::new(Audience::Staff, "/desk/charter/activate", post(charter::activate))
            .takes(&["digest", "on"]),
        Route::new(Audience::Staff, "/desk/charter/withdraw", post(charter::withdraw)).takes(&["digest"]),
        Route::new(Audience::Staff, "/desk/register", get(register::page)),
        Route::new(Audience::Staff, "/desk/register.csv", get(register::csv)),
        Route::new(Audience::Staff, "/desk/register.md", get(register::markdown)),
    ]
}

/// How many receivers are to be told or reminded, for who does it.
pub(crate) async fn waiting(
    guard: &Guard,
    actor: &Actor,
) -> Result<Option<(&'static str, u64)>, guard::Error> {
    if !actor.has(&guard.charter(), Duty::Protect) {
        return Ok(None);
    }
    Ok(Some((processors::HERE, guard.notices_waiting().await?)))
}

fn menu(guard: &Guard, kit: &Kit, actor: &Actor, locale: Locale) -> Vec<MenuItem> {
    match actor.has(&guard.charter(), Duty::Protect) {
        true => {
            let mut charter =
                MenuItem::new(kit.text(locale, "charter-menu", &[]), charter::HERE).icon("shield");
            if guard.has_draft() {
                charter = charter.count(1);
            }
            let register = MenuItem::new(kit.text(locale, "privacy-register-menu", &[]), "/desk/register");
            let keeping = MenuItem::new(kit.text(locale, "keeping-menu", &[]), keeping::HERE);
            let processors = MenuItem::new(kit.text(locale, "processors-menu", &[]), processors::HERE);
            vec![
                charter,
                register.icon("archive"),
                keeping.icon("clock"),
                processors.icon("send"),
            ]
        }
        false => Vec::new(),
    }
}

const TEXTS: Texts = Texts {
    templates: &[
        ("privacy/parts.html", include_str!("templates/parts.html")),
        ("privacy/policy.html", include_str!("templates/policy.html")),
        ("privacy/next.html", include_str!("templates/next.html")),
        ("privacy/versions.html", include_str!("templates/versions.html")),
        ("privacy/charter.html", include_str!("templates/charter.html")),
        ("privacy/cookies.html", include_str!("templates/cookies.html")),
        ("privacy/register.html", include_str!("templates/register.html")),
        ("privacy/renewal.html", include_str!("templates/renewal.html")),
        (
            "privacy/mail/renewal.txt",
            include_str!("templates/mail/renewal.txt"),
        ),
        ("privacy/erased.html", include_str!("templates/erased.html")),
        ("privacy/keeping.html", include_str!("templates/keeping.html")),
        (
            "privacy/processors.html",
            include_str!("templates/processors.html"),
        ),
    ],
    locales: &[
        (Locale::Fr, include_str!("locales/fr.ftl")),
        (Locale::En, include_str!("locales/en.ftl")),
    ],
};
