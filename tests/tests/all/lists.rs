//! Owns: going from page to page of the desk's lists by their own links, and what an address that was cut off, made up or
//! taken from another list leads to. Doesn't own: the order within a moment (`app`'s own tests).

use crate::api::{offer, write};
use crate::own::Own;
use crate::people::{found, links_to, recruiters, sign_in, words};
use acceptance::html;
use acceptance::http::{Answer, Client};
use std::collections::BTreeSet;

const LOST: &str = "There is no such page of this list any more";

/// The address behind a page's link to the next one.
fn next(page: &Answer) -> Option<String> {
    let text = page.text();
    let (_, rest) = text.split_once("rel=\"next\" href=\"")?;
    Some(html::text(rest.split('"').next().unwrap_or_default()))
}

/// Follows a list to its end; gives the ids of its rows in order, and the addresses of its pages.
fn leaf(client: &mut Client, path: &str, rows: &str) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut pages, mut at) = (Vec::new(), Vec::new(), path.to_owned());
    loop {
        let page = client.open(&at).expect_status(200);
        assert!(!words(&page).contains(LOST), "{at}");
        let mut here = links_to(&page, rows);
        here.retain(|link| {
            let id = link
                .trim_start_matches(rows)
                .split('?')
                .next()
                .unwrap_or_default();
            id.len() == 32
        });
        ids.extend(here.iter().map(|link| {
            let id = link.trim_start_matches(rows);
            id.split('?').next().unwrap_or_default().to_owned()
        }));
        pages.push(at);
        match next(&page) {
            Some(link) => at = link,
            None => return (ids, pages),
        }
        assert!(pages.len() < 50, "no end: {at}");
    }
}

#[test]
fn every_row_of_the_desk_is_on_one_of_the_pages_that_lead_to_each_other() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let user = recruiters(site)[0];
    let mut program = site.stranger().bearing(user.token.as_deref().expect("a token"));
    for _ in 0..25 {
        write(&mut program, "POST", "/api/v1/vacancies", &offer()).expect_status(201);
    }
    let mut recruiter = sign_in(site, user);

    let applications: Vec<String> = found(site, user, "")
        .iter()
        .map(|item| item["id"].as_str().expect("an id").to_owned())
        .collect();
    let (seen, pages) = leaf(&mut recruiter, "/desk/applications", "/desk/applications/");
    assert!(pages.len() > 3, "{} pages", pages.len());
    assert_eq!(seen, applications);
    let (some, _) = leaf(
        &mut recruiter,
        "/desk/applications?stage=new",
        "/desk/applications/",
    );
    let new: Vec<String> = found(site, user, "&stage=new")
        .iter()
        .map(|item| item["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(some, new);

    let (seen, pages_of_offers) = leaf(&mut recruiter, "/desk/vacancies", "/desk/vacancies/");
    assert_eq!(pages_of_offers.len(), 2);
    let different: BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), different.len()), (55, 55));

    // What was given for one list, or one question, opens no other; nor does what was cut off or changed.
    let after = |page: &str| page.split_once("after=").expect("a cursor").1.to_owned();
    let (of_applications, of_offers) = (after(&pages[1]), after(&pages_of_offers[1]));
    let cut = &of_offers[..of_offers.len() - 1];
    let mut changed = of_offers.clone();
    changed.replace_range(0..1, if of_offers.starts_with('0') { "1" } else { "0" });
    for path in [
        format!("/desk/vacancies?after={of_applications}"),
        format!("/desk/applications?after={of_offers}"),
        format!("/desk/applications?stage=new&after={of_applications}"),
        format!("/desk/vacancies?state=draft&after={of_offers}"),
        format!("/desk/vacancies?after={cut}"),
        format!("/desk/vacancies?after={changed}"),
        "/desk/vacancies?after=5.0123456789abcdef0123456789abcdef".to_owned(),
        "/jobs?after=no-cursor%00".to_owned(),
        format!("/jobs?after={of_offers}"),
    ] {
        let page = recruiter.open(&path).expect_status(200);
        assert!(words(&page).contains(LOST), "{path}");
        assert!(
            !page.text().contains("rel=\"prev\""),
            "{path}: it is the first page"
        );
    }
    // The order of a question's parts is no part of it.
    let some = recruiter
        .open("/desk/applications?stage=new&q=")
        .expect_status(200);
    assert!(!words(&some).contains(LOST));
}
