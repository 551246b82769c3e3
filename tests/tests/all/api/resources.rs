//! Owns: what a program reads and writes: vacancies, applications with their stages, decisions and documents, people.
//! Doesn't own: asking badly ([`super::bad`]).

use super::{answers, multipart, offer, problem, recruiting, write};
use crate::own::{Own, shared};
use crate::people::{Applicant, one_found, pdf};
use acceptance::http::Request;
use serde_json::{Value, json};

#[test]
fn a_vacancy_is_written_published_changed_and_closed() {
    // Not the site whose offers others count.
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let (mut program, mut stranger) = (recruiting(site), site.stranger());
    let made = write(&mut program, "POST", "/api/v1/vacancies", &offer()).expect_status(201);
    let vacancy = made.json();
    let path = format!("/api/v1/vacancies/{}", vacancy["id"].as_str().expect("an id"));
    assert_eq!(
        made.header("location"),
        Some(format!("{}{path}", site.url).as_str())
    );
    assert_eq!(
        (&vacancy["state"], &vacancy["url"]),
        (&json!("draft"), &Value::Null)
    );
    problem(stranger.get(&path), 404);
    problem(stranger.get("/api/v1/vacancies?state=draft"), 401);
    let drafts = program
        .get("/api/v1/vacancies?state=draft")
        .expect_status(200)
        .json();
    assert_eq!(drafts["items"][0]["id"], vacancy["id"]);

    let state = format!("{path}/state");
    problem(
        write(&mut program, "PUT", &state, &json!({ "state": "draft" })),
        422,
    );
    problem(
        write(&mut program, "PUT", &state, &json!({ "state": "closed" })),
        409,
    );
    for _ in 0..2 {
        let published = write(&mut program, "PUT", &state, &json!({ "state": "published" }));
        assert_eq!(published.expect_status(200).json()["state"], "published");
    }
    let seen = stranger.get(&path).expect_status(200).json();
    assert_eq!(
        seen["salary"]["min"],
        json!({ "cents": 2_800_000, "currency": "EUR" })
    );
    let page = seen["url"].as_str().expect("an address").replace(&site.url, "");
    stranger.get(&page).expect_status(200);

    // What is read can be changed and written back.
    let mut changed = offer();
    changed["title"] = json!("Chaudronnier·ère");
    changed["salary"]["max"] = json!({ "cents": 3_100_000, "currency": "EUR" });
    let answer = write(&mut program, "PUT", &path, &changed)
        .expect_status(200)
        .json();
    assert_eq!(answer["title"], "Chaudronnier·ère");
    let found = stranger
        .get("/api/v1/vacancies?q=chaudronnier")
        .expect_status(200)
        .json();
    assert_eq!(found["items"][0]["id"], vacancy["id"]);
    write(&mut program, "PUT", &state, &json!({ "state": "closed" })).expect_status(200);
    problem(stranger.get(&path), 404);
    program.get(&path).expect_status(200);
}

#[test]
fn an_application_is_brought_in_as_the_charter_asks() {
    let demo = shared();
    for site in demo.sites() {
        let who = Applicant::new(&format!("vvbrought{}", site.name));
        let fields = answers(site, &who);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let cv = pdf("vvbrought");
        let mut program = recruiting(site);
        let mut send = |path: &str, fields: &[(&str, &str)], cv| {
            let (kind, body) = multipart(fields, cv);
            program.send(&Request::post(path, &kind, body))
        };
        let here = "/api/v1/applications?language=fr";
        let file = Some(("cv.pdf", cv.as_slice()));
        // What the charter doesn't list is refused with its clause, whoever sends it, and nothing is stored.
        let more: Vec<_> = [fields.as_slice(), &[("birth_date", "1990-01-01")]].concat();
        let refused = problem(send(here, &more, file), 422);
        assert_eq!(refused["field"], "birth_date");
        assert_eq!(refused["clause"], "form.unsolicited");
        assert_eq!(refused["errors"][0]["pointer"], "#/birth_date");
        let ours: Vec<_> = [fields.as_slice(), &[("_draft", "x")]].concat();
        assert_eq!(problem(send(here, &ours, file), 422)["field"], "_draft");
        let missing = problem(send(here, &fields[1..], None), 422);
        let pointers: Vec<_> = missing["errors"]
            .as_array()
            .expect("two")
            .iter()
            .map(|error| &error["pointer"])
            .collect();
        assert_eq!(pointers, ["#/given_name", "#/cv"]);
        let word = problem(send(here, &fields, Some(("cv.docx", cv.as_slice()))), 422);
        assert_eq!(word["errors"][0]["pointer"], "#/cv");
        problem(send("/api/v1/applications?language=de", &fields, file), 400);
        problem(
            send(
                "/api/v1/applications?vacancy=0193aaaabbbb7ccc8dddeeeeffff0000",
                &fields,
                file,
            ),
            404,
        );

        let made = send(here, &fields, file).expect_status(201);
        let made = made.json();
        assert_eq!(
            (&made["stage"], &made["history"][0]["stage"]),
            (&json!("new"), &json!("new"))
        );
        let (_, item) = one_found(site, &who);
        assert_eq!((&item["id"], &item["source"]), (&made["id"], &json!("import")));
        assert_eq!(item["language"], "fr");
    }
}

#[test]
fn an_application_is_read_moved_and_left_to_a_human() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvmovedby");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    let (user, item) = one_found(site, &who);
    let mut program = site.stranger().bearing(user.token.as_deref().expect("a token"));
    let path = format!("/api/v1/applications/{}", item["id"].as_str().expect("an id"));
    let opened = program.get(&path).expect_status(200).json();
    assert_eq!(opened["application"]["email"], json!(who.email));
    assert_eq!(
        opened["application"]["next_action"], "read",
        "a program reads nothing"
    );
    assert!(
        opened["kept_until"]
            .as_str()
            .is_some_and(|until| until.ends_with('Z'))
    );

    let documents = program
        .get(&format!("{path}/documents"))
        .expect_status(200)
        .json();
    assert_eq!(documents["items"], opened["documents"]);
    let url = documents["items"][0]["url"]
        .as_str()
        .expect("an address")
        .replace(&site.url, "");
    let file = program.get(&url).expect_status(200);
    assert!(file.body == who.cv && file.header("content-type") == Some("application/pdf"));

    let stage = format!("{path}/stage");
    let moved = write(&mut program, "PUT", &stage, &json!({ "stage": "interview" }))
        .expect_status(200)
        .json();
    assert_eq!(
        (&moved["stage"], &moved["history"][1]["stage"]),
        (&json!("interview"), &json!("interview"))
    );
    assert_eq!(
        write(&mut program, "PUT", &stage, &json!({ "stage": "interview" }))
            .expect_status(200)
            .json(),
        moved
    );
    for (to, status) in [
        ("refused", 409),
        ("withdrawn", 409),
        ("new", 409),
        ("nowhere", 422),
    ] {
        problem(
            write(&mut program, "PUT", &stage, &json!({ "stage": to })),
            status,
        );
    }
    // A program decides nothing, whoever's token it shows.
    let decisions = format!("{path}/decisions");
    let refused = problem(
        write(
            &mut program,
            "POST",
            &decisions,
            &json!({ "reason": "experience" }),
        ),
        403,
    );
    assert_eq!(refused["clause"], "never.sole_automated_decision");
    assert!(
        refused["detail"]
            .as_str()
            .is_some_and(|text| text.contains("member of staff"))
    );
    assert_eq!(
        program.get(&decisions).expect_status(200).json()["items"],
        json!([])
    );
    assert_eq!(
        program.get(&stage).expect_status(200).json()["stage"],
        "interview"
    );
}

#[test]
fn people_are_looked_up_and_not_listed() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvlookedup");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    let mut program = recruiting(site);
    for query in [
        format!("email={}", who.email),
        format!("email={}", who.email.to_uppercase()),
        "name=vvlookedup".to_owned(),
        "name=VVLOOKEDUP+elodie".to_owned(),
    ] {
        let found = program
            .get(&format!("/api/v1/people?{query}"))
            .expect_status(200)
            .json();
        let items = found["items"].as_array().expect("a list");
        assert_eq!(items.len(), 1, "{query}");
        assert_eq!(items[0]["family_name"], json!(who.family_name));
        let path = format!("/api/v1/people/{}", items[0]["id"].as_str().expect("an id"));
        assert_eq!(&program.get(&path).expect_status(200).json(), &items[0]);
    }
    for query in [
        "name=vvlooked",
        "email=nobody@people.example",
        "name=vvlookedup+nobody",
    ] {
        let found = program
            .get(&format!("/api/v1/people?{query}"))
            .expect_status(200)
            .json();
        assert_eq!(found["items"], json!([]), "{query}");
    }
    for query in [
        "",
        "?email=vvlookedup",
        "?name=0639980001",
        "?name=a@b.example",
        "?name=a&email=a@b.example",
    ] {
        problem(program.get(&format!("/api/v1/people{query}")), 400);
    }
    problem(
        program.get("/api/v1/people/0193aaaabbbb7ccc8dddeeeeffff0000"),
        404,
    );
}
