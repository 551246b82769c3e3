//! Owns: what an `Idempotency-Key` promises: an answer given again, one thing made of two askings, however they come.
//! Doesn't own: how it is remembered (`guard::once`, tested there on both databases).

use super::{answers, multipart_of, offer, problem, recruiting};
use crate::own::Own;
use crate::people::{Applicant, found, pdf, recruiters};
use acceptance::http::{Answer, Client, Request};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::thread;

fn post(client: &mut Client, path: &str, key: &str, body: &Value) -> Answer {
    let request = Request::post(path, "application/json", body.to_string());
    client.send(&request.header("Idempotency-Key", key))
}

fn drafts(client: &mut Client) -> usize {
    let page = client
        .get("/api/v1/vacancies?state=draft&limit=100")
        .expect_status(200)
        .json();
    page["items"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_write_is_done_once_and_answered_as_often_as_asked() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let (mut program, path) = (recruiting(site), "/api/v1/vacancies");
    let first = post(&mut program, path, "vv-1", &offer()).expect_status(201);
    assert_eq!(first.header("idempotency-replayed"), None);
    // The draft of the standard writes it between quotes.
    for key in ["vv-1", "\"vv-1\""] {
        let again = post(&mut program, path, key, &offer()).expect_status(201);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(
            (again.json(), again.header("location")),
            (first.json(), first.header("location"))
        );
    }
    assert_eq!(drafts(&mut program), 1);

    // The key with something else: another body, another address.
    let mut other = offer();
    other["title"] = json!("Autre");
    let refused = problem(post(&mut program, path, "vv-1", &other), 422);
    assert_eq!(refused["errors"][0]["header"], "Idempotency-Key");
    let state = format!("{path}/{}/state", first.json()["id"].as_str().expect("an id"));
    let put = |client: &mut Client, to: &str| {
        let request = Request::post(&state, "application/json", json!({ "state": to }).to_string());
        client.send(&request.method("PUT").header("Idempotency-Key", "vv-1"))
    };
    problem(put(&mut program, "published"), 422);
    // Of somebody else it is another key, and one that came to nothing is free again.
    let mut colleague = site
        .stranger()
        .bearing(recruiters(site)[1].token.as_deref().expect("one"));
    let theirs = post(&mut colleague, path, "vv-1", &offer()).expect_status(201);
    assert_ne!(theirs.json()["id"], first.json()["id"]);
    problem(post(&mut program, path, "vv-2", &json!({ "title": "x" })), 422);
    post(&mut program, path, "vv-2", &offer()).expect_status(201);
    for key in ["", " ", "a b", "é", &"x".repeat(256)] {
        problem(post(&mut program, path, key, &offer()), 400);
    }
    assert_eq!(drafts(&mut program), 3);
    drop(demo);

    // It is remembered across a restart, and for a day.
    let demo = own.demo().start();
    let mut program = recruiting(demo.site("careers"));
    let again = post(&mut program, path, "vv-1", &offer()).expect_status(201);
    assert_eq!(again.json()["id"], first.json()["id"]);
}

#[test]
fn the_same_asked_eight_times_at_once_is_done_once() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("agency");
    let asked: Vec<Answer> = thread::scope(|scope| {
        let asking = (0..8)
            .map(|_| scope.spawn(|| post(&mut recruiting(site), "/api/v1/vacancies", "vv-race", &offer())));
        let asking: Vec<_> = asking.collect();
        asking
            .into_iter()
            .map(|one| one.join().expect("an answer"))
            .collect()
    });
    let made: BTreeSet<String> = asked
        .iter()
        .filter(|answer| answer.status == 201)
        .map(|answer| answer.json()["id"].to_string())
        .collect();
    assert_eq!(made.len(), 1);
    for answer in asked.into_iter().filter(|answer| answer.status != 201) {
        problem(answer, 409);
    }
    assert_eq!(drafts(&mut recruiting(site)), 1);
}

#[test]
fn an_application_brought_in_twice_is_one_however_it_is_framed() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let who = Applicant::new("vvoncebrought");
    let fields = answers(site, &who);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let mut program = recruiting(site);
    let mut bring = |boundary: &str, cv: &[u8]| {
        let (kind, body) = multipart_of(boundary, &fields, Some(("cv.pdf", cv)));
        let request = Request::post("/api/v1/applications?language=en", &kind, body);
        program.send(&request.header("Idempotency-Key", "vv-brought"))
    };
    let first = bring("one", &pdf("the same")).expect_status(201);
    let again = bring("another", &pdf("the same")).expect_status(201);
    assert_eq!(
        (again.json(), again.header("idempotency-replayed")),
        (first.json(), Some("true"))
    );
    problem(bring("one", &pdf("another")), 422);
    let items = found(site, recruiters(site)[0], &format!("&q={}", who.email));
    assert_eq!(items.len(), 1);
}
