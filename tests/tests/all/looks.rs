//! Owns: every page of the route list, looked at by axe in both languages, at both widths, light and dark, the refused
//! ones included; and what a page weighs. Doesn't own: how a page is looked at (`tests/browser/`).

mod journeys;
mod pages;
mod weight;

use crate::own::Own;
use acceptance::browser::{self, Page};
use acceptance::demo::Demo;
use acceptance::http::Client;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Addresses that answer GET with something else than a page of their own.
const NO_PAGES: [&str; 23] = [
    "/.well-known/security.txt",
    "/.well-known/vivier-receipts.json",
    "/assets/{file}",
    "/demo/sign-in/{id}",
    "/desk/applications/{id}/share/{share}", // neither demo shares anything: in `partners`
    "/desk/files/{id}",
    "/desk/messages/{id}/files/{file}",
    "/desk/pool/{id}/files/{file}",
    "/desk/register.csv",
    "/desk/register.md",
    "/desk/shared/{id}",
    "/erased/{ids}/receipt.json",
    "/jobs.xml",
    "/livez",
    "/me/data/archive", // a ZIP; the page in it is drawn from samples in web's own test
    "/me/files/{id}",
    "/me/receipts/{entry}",
    "/readyz",
    "/renew/{token}", // asked a year after somebody agreed: a test of its own, below
    "/robots.txt",
    "/sign-in/app", // the page of /desk/account/app, for who can't go on without
    "/sitemap.xml",
    "/sitemap/{part}",
];

/// A Chromium fills the machine; two would only wait for each other.
pub(crate) fn one_at_a_time() -> MutexGuard<'static, ()> {
    static CHROMIUM: Mutex<()> = Mutex::new(());
    CHROMIUM.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn careers_passes_axe_on_every_page() {
    passes_axe("careers");
}

#[test]
fn agency_passes_axe_on_every_page() {
    passes_axe("agency");
}

#[test]
fn what_a_renewals_link_opens_passes_axe_and_is_answered_by_the_keyboard() {
    let own = Own::new();
    let today = kernel::Clock::system().now().date(&kernel::Zone::paris());
    // Some of the invented people agreed to be kept a year before that day, within the month that they have to answer.
    let then = format!("{}T10:00:00Z", today.plus_days(330));
    let demo = own.demo().now(&then).start();
    let site = demo.site("agency");
    let (seen, answered) = pages::renewals(site);
    let _turn = one_at_a_time();
    let base = site.url.trim_end_matches('/');
    if let Err(report) = browser::axe(base, &seen).and_then(|()| browser::answers(base, &answered)) {
        panic!("{report}");
    }
}

#[test]
fn who_was_found_answers_by_the_keyboard_and_without_scripts() {
    let demo = Demo::shared();
    let site = demo.site("agency");
    let pages = pages::questions(site);
    let _turn = one_at_a_time();
    if let Err(report) = browser::answers(site.url.trim_end_matches('/'), &pages) {
        panic!("{report}");
    }
}

#[test]
fn a_printed_policy_hides_no_clause() {
    let demo = Demo::shared();
    let _turn = one_at_a_time();
    for site in demo.sites() {
        if let Err(report) = browser::prints(site.url.trim_end_matches('/'), &[Page::new("/privacy")]) {
            panic!("{}: {report}", site.name);
        }
    }
}

#[test]
fn the_demos_own_pages_pass_axe() {
    let demo = Demo::shared();
    let port = demo.site("careers").server().port();
    let _turn = one_at_a_time();
    let pages = [Page::new("/"), Page::new("/mails"), Page::new("/nowhere")];
    if let Err(report) = browser::axe(&format!("http://localhost:{port}"), &pages) {
        panic!("{report}");
    }
}

#[test]
fn an_address_that_leads_nowhere_leads_back_to_the_demo() {
    let demo = Demo::shared();
    let server = demo.site("careers").server();
    for (language, says) in [
        ("fr", "Cette page est introuvable"),
        ("en", "There is no such page"),
    ] {
        let mut visitor = Client::new(server, &format!("localhost:{}", server.port())).speaking(language);
        let lost = visitor.open("/jobs").expect_status(404);
        assert!(lost.text().contains(says), "{}", lost.text());
        assert!(lost.text().contains("class=\"button primary\" href=\"/\""));
        visitor.open("/").expect_status(200);
    }
}

fn passes_axe(name: &str) {
    // It opens and closes an offer, which others who count them should not see.
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site(name);
    let pages = pages::all(site);
    let seen: BTreeSet<&str> = pages
        .iter()
        .filter(|(status, _)| *status == 200)
        .filter_map(|(_, page)| route_of(&page.path))
        .collect();
    // A charter without a pool shows none.
    let of_the_pool = |route: &str| route.starts_with("/desk/pool") || route == "/pool/{token}";
    let is_there = |route: &&str| name == "agency" || !of_the_pool(route);
    let unseen: Vec<&str> = page_routes()
        .filter(is_there)
        .filter(|route| !seen.contains(route))
        .collect();
    assert!(unseen.is_empty(), "{name}: nobody looks at {unseen:?}");
    let pages: Vec<Page> = pages.into_iter().map(|(_, page)| page).collect();
    let _turn = one_at_a_time();
    if let Err(report) = browser::axe(site.url.trim_end_matches('/'), &pages) {
        panic!("{name}:\n{report}");
    }
}

/// The addresses that answer GET with a page.
fn page_routes() -> impl Iterator<Item = &'static str> {
    app::routes()
        .into_iter()
        .filter(|route| !format!("{:?}", route.handler).contains("get: None"))
        .map(|route| route.path)
        .filter(|path| !path.starts_with("/api/"))
        .filter(|path| !NO_PAGES.contains(path) && *path != "/follow/{token}")
}

/// The address of the list that answers for a path: the one with the most words of its own.
fn route_of(path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let words: Vec<&str> = path.split('/').collect();
    let fits = |route: &&str| {
        let own: Vec<&str> = route.split('/').collect();
        own.len() == words.len()
            && own
                .iter()
                .zip(&words)
                .all(|(own, word)| own.starts_with('{') || own == word)
    };
    app::routes()
        .into_iter()
        .map(|route| route.path)
        .filter(fits)
        .min_by_key(|route| route.matches('{').count())
}

#[test]
fn the_list_of_pages_is_read_right() {
    let routes: Vec<&str> = app::routes().into_iter().map(|route| route.path).collect();
    for path in NO_PAGES {
        assert!(routes.contains(&path), "{path} is no address any more");
    }
    let pages: Vec<&str> = page_routes().collect();
    assert!(
        pages.contains(&"/") && pages.contains(&"/desk/applications/{id}"),
        "{pages:?}"
    );
    for form_only in ["/sign-out", "/desk/vacancies/{id}/close"] {
        assert!(
            routes.contains(&form_only) && !pages.contains(&form_only),
            "{form_only} shows nothing"
        );
    }
    assert_eq!(route_of("/desk/vacancies/new"), Some("/desk/vacancies/new"));
    assert_eq!(route_of("/desk/vacancies/01?q=a"), Some("/desk/vacancies/{id}"));
    assert_eq!(route_of("/nowhere"), None);
}
