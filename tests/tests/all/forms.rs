//! Owns: that every small form of the router takes what it asks and nothing else. Doesn't own: the charter's own forms,
//! whose door says the same ([`crate::refused`]); the API's bodies ([`crate::api`]).

use crate::own::shared;
use crate::people::{sign_in, small, words};
use acceptance::html;
use acceptance::http::Client;
use app::{Audience, Route};

/// The addresses that take the charter's own forms, part by part.
const CHARTERED: [&str; 4] = [
    "/apply",
    "/contact",
    "/desk/pool/from/{source}",
    "/jobs/{slug}/apply",
];

fn takes_a_form(route: &Route) -> bool {
    let posts = !format!("{:?}", route.handler).contains("post: None");
    posts && !route.path.starts_with("/api/") && !CHARTERED.contains(&route.path)
}

#[test]
fn a_field_that_a_form_does_not_ask_is_refused_by_its_name() {
    let demo = shared();
    let site = demo.site("careers");
    let mut seen = 0;
    for route in app::routes().into_iter().filter(takes_a_form) {
        let path = route
            .path
            .replace("{id}", "0123456789abcdef0123456789abcdef")
            .replace("{token}", "nothing");
        let mut client: Client = match route.audience {
            Audience::Staff => sign_in(site, site.user("dpo")),
            Audience::Person => site.candidate(),
            _ => site.stranger().speaking("en"),
        };
        let page = match route.audience {
            Audience::Staff => client.open("/desk/account"),
            Audience::Person => client.open("/me/details"),
            _ => client.open("/sign-in"),
        };
        let token = html::forms(&page.text())
            .iter()
            .find_map(|form| form.value("_csrf").map(str::to_owned));
        let asked: Vec<(&str, &str)> = route.fields.iter().map(|name| (*name, "")).collect();
        let more = [asked.as_slice(), &[("vvunknown", "vvsecret")]].concat();
        let answer = client.submit(&small(&path, token.as_deref(), &more), &page);
        assert_eq!(answer.status, 422, "{path}: {}", words(&answer));
        let said = words(&answer);
        assert!(
            said.contains("vvunknown") && !said.contains("vvsecret"),
            "{path}: {said}"
        );
        // Who may comes first: to anybody else nothing is said of fields.
        if route.audience != Audience::Public {
            let answer = site.stranger().submit(&small(&path, None, &more), &page);
            assert_eq!(answer.status, 401, "{path}: {}", words(&answer));
        }
        seen += 1;
    }
    assert!(seen > 35, "{seen}");
    // A name is said back, however long, and never read as markup.
    let mut client = site.stranger();
    let page = client.open("/sign-in");
    let long = format!("<b>{}", "x".repeat(5_000));
    let answer = client
        .submit(&small("/sign-in", None, &[(&long, "1")]), &page)
        .expect_status(422);
    assert!(answer.text().contains("&lt;b&gt;xxx") && answer.text().len() < 20_000);
}
