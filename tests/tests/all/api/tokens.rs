//! Owns: the life of a token: made on the desk, shown once, used, listed, revoked; and what is learnt by guessing one.
//! Doesn't own: what it opens.

use super::{problem, program};
use crate::own::{Own, shared};
use crate::people::{files_under, form_to, recruiters, sign_in, words};
use acceptance::html::links;
use acceptance::http::{Answer, Client};
use serde_json::json;
use std::fs;

fn made(answer: &Answer) -> String {
    let page = answer.text();
    let (_, main) = page.split_once("<main").expect("what the page is about");
    let (_, rest) = main.split_once("<code>").expect("a token");
    rest.split("</code>").next().expect("its end").to_owned()
}

fn make(client: &mut Client, name: &str, scopes: &[&str], days: &str) -> Answer {
    let page = client.open("/desk/tokens").expect_status(200);
    let mut form = form_to(&page, "/desk/tokens");
    form.parts
        .retain(|part| !["scopes", "days"].contains(&part.name.as_str()));
    form.set("name", name);
    for scope in scopes {
        form.forge("scopes", scope);
    }
    form.forge("days", days);
    client.submit(&form, &page)
}

#[test]
fn a_token_is_made_used_listed_and_revoked_by_its_owner() {
    let demo = shared();
    let site = demo.site("careers");
    let user = recruiters(site)[1];
    let mut recruiter = sign_in(site, user);
    assert!(
        links(&recruiter.open("/desk/vacancies").text()).contains(&"/desk/tokens".to_owned()),
        "the menu leads there"
    );
    let page = make(&mut recruiter, "vvtoken export", &["applications:read"], "7").expect_status(200);
    let token = made(&page);
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    let again = recruiter.open("/desk/tokens");
    assert!(!again.text().contains(&token), "shown once");
    let row = |page: &Answer| {
        let text = words(page);
        let (_, rest) = text.split_once("vvtoken export").expect("its row");
        rest.split("Revoke").next().unwrap_or_default().to_owned()
    };
    assert!(
        row(&again).contains("applications:read") && row(&again).contains("Never"),
        "{}",
        row(&again)
    );

    let mut client = site.stranger().bearing(&token);
    client.get("/api/v1/applications").expect_status(200);
    assert!(!row(&recruiter.open("/desk/tokens")).contains("Never"));
    // It does what it was made for, of what its owner may.
    for path in [
        "/api/v1/people?name=a",
        "/api/v1/vacancies?state=draft",
        "/api/v1/documents/0193aaaabbbb7ccc8dddeeeeffff0000",
    ] {
        let refused = problem(client.get(path), 403);
        assert!(
            refused["detail"]
                .as_str()
                .is_some_and(|text| text.contains(":read")),
            "{refused}"
        );
    }
    problem(
        super::write(&mut client, "POST", "/api/v1/vacancies", &super::offer()),
        403,
    );
    // It opens the API and nothing else, and nobody else can end it.
    client.get("/desk/tokens").expect_status(303);
    let revoke = form_to(&again, &revoke_path(&again, "vvtoken export"));
    let mut other = sign_in(site, recruiters(site)[0]);
    let page = other.open("/desk/tokens");
    let mut foreign = revoke.clone();
    foreign.set("_csrf", &crate::people::token(&mut other));
    other.submit(&foreign, &page).expect_status(404);
    client.get("/api/v1/applications").expect_status(200);
    recruiter.submit(&revoke, &again).expect_status(303);
    problem(client.get("/api/v1/applications"), 401);
    assert!(!words(&recruiter.open("/desk/tokens")).contains("vvtoken export"));

    let wrong = make(&mut recruiter, " ", &["everything"], "4000").expect_status(422);
    for said in ["a name of at most 60", "at least one thing", "how long it works"] {
        assert!(words(&wrong).contains(said), "{said}: {}", words(&wrong));
    }
}

/// What a token may be made for.
const SCOPES: [&str; 6] = [
    "vacancies:read",
    "vacancies:write",
    "applications:read",
    "applications:write",
    "documents:read",
    "people:read",
];

/// The scope that an operation of the document is for, written by hand.
fn scope_of(method: &str, path: &str) -> &'static str {
    match path.split('/').nth(3).unwrap_or_default() {
        "documents" => "documents:read",
        "vacancies" if method == "get" => "vacancies:read",
        "vacancies" => "vacancies:write",
        "applications" if method == "get" => "applications:read",
        "applications" => "applications:write",
        "people" => "people:read",
        other => panic!("{method} {path}: {other}"),
    }
}

#[test]
fn an_operation_is_closed_to_a_token_without_its_scope_and_open_to_one_with_it() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let mut recruiter = sign_in(site, recruiters(site)[0]);
    let mut token = |scopes: &[&str]| made(&make(&mut recruiter, "one of many", scopes, "7"));
    let tokens = SCOPES.map(|scope| {
        let others: Vec<&str> = SCOPES.into_iter().filter(|other| *other != scope).collect();
        (scope, token(&others), token(&[scope]))
    });
    let document = site.stranger().get("/api/openapi.json").expect_status(200).json();
    let mut seen = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            // What strangers are answered too needs no token.
            let security = operation["security"].as_array().cloned().unwrap_or_default();
            if security.is_empty()
                || security
                    .iter()
                    .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
            {
                continue;
            }
            seen += 1;
            let scope = scope_of(method, path);
            let (_, without, with) = tokens.iter().find(|(of, ..)| *of == scope).expect("one");
            let address = path.replace("{id}", "0193aaaabbbb7ccc8dddeeeeffff0000");
            let ask = |token: &str| {
                let mut client = site.stranger().bearing(token);
                let request = acceptance::http::Request::post(&address, "application/json", "{}");
                client.send(&request.method(&method.to_uppercase()))
            };
            let refused = problem(ask(without), 403);
            let detail = refused["detail"].as_str().unwrap_or_default();
            assert!(detail.contains(scope), "{method} {path}: {refused}");
            let let_in = ask(with);
            assert!(
                ![401, 403].contains(&let_in.status) || !let_in.text().contains(scope),
                "{method} {path}: {}",
                let_in.text()
            );
        }
    }
    assert!(seen >= 12, "{seen}");
}

fn revoke_path(page: &Answer, name: &str) -> String {
    let text = page.text();
    let (_, rest) = text.split_once(name).expect("its row");
    let (_, rest) = rest.split_once("action=\"").expect("its form");
    rest.split('"').next().expect("its end").to_owned()
}

/// A guessed token, one of another site, one that has ended, no token, a cookie: one answer, whatever is wrong.
#[test]
fn nothing_is_learnt_by_guessing_a_token() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let mut recruiter = sign_in(site, recruiters(site)[0]);
    let week = made(&make(&mut recruiter, "a week", &["applications:read"], "7"));
    site.stranger()
        .bearing(&week)
        .get("/api/v1/applications")
        .expect_status(200);
    let foreign = demo.site("agency").users[0].token.clone().expect("one");
    // The token lies nowhere on the disk.
    for file in files_under(own.folder()) {
        let bytes = fs::read(&file).unwrap_or_default();
        assert!(
            !bytes.windows(week.len()).any(|bytes| bytes == week.as_bytes()),
            "{}",
            file.display()
        );
    }
    drop(demo);
    let later = own.demo().now("2027-11-21T00:00:00Z").start();
    let site = later.site("careers");
    let guessed: String = week.chars().rev().collect();
    let mut said = Vec::new();
    for token in [week.as_str(), &guessed, &foreign, "short", "", "é", "x y"] {
        for path in [
            "/api/v1/applications",
            "/api/v1/people?name=a",
            "/api/v1/vacancies",
        ] {
            let answer = site.stranger().bearing(token).get(path);
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
            let mut problem = problem(answer, 401);
            for own in ["instance", "reference"] {
                problem[own] = json!(null);
            }
            said.push(problem);
        }
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    program(site, "recruiter")
        .get("/api/v1/applications")
        .expect_status(200);
}
