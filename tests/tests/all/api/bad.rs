//! Owns: asking badly: bodies that don't fit or don't end, questions nobody knows, cursors of other questions. Doesn't
//! own: asking for what isn't one's own ([`crate::matrix`]).

use super::{offer, problem, recruiting, write};
use crate::own::shared;
use crate::people::recruiters;
use acceptance::http::Request;
use serde_json::{Value, json};

#[test]
fn a_body_that_does_not_fit_is_told_where_and_why() {
    let demo = shared();
    let site = demo.site("careers");
    let mut program = recruiting(site);
    let mut with = |change: &dyn Fn(&mut Value)| {
        let mut offer = offer();
        change(&mut offer);
        problem(write(&mut program, "POST", "/api/v1/vacancies", &offer), 422)
    };
    let pointers = |problem: &Value| -> Vec<String> {
        let errors = problem["errors"].as_array().expect("what doesn't fit");
        errors
            .iter()
            .map(|error| error["pointer"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(pointers(&with(&|offer| offer["title"] = json!(7))), ["#/title"]);
    assert_eq!(
        pointers(&with(&|offer| offer["title"] = json!("x\u{0}y"))),
        ["#/title"]
    );
    assert_eq!(
        pointers(&with(&|offer| offer["contract"] = json!("slavery"))),
        ["#/contract"]
    );
    assert_eq!(
        pointers(&with(&|offer| offer["salary"]["min"]["cents"] = json!(-1))),
        ["#/salary/min/cents"]
    );
    assert_eq!(
        pointers(&with(&|offer| offer["salary"] = json!([1, 2, "year"]))),
        ["#/salary"]
    );
    assert_eq!(
        pointers(&with(&|offer| {
            offer.as_object_mut().expect("an object").remove("place");
        })),
        ["#/place"]
    );
    let both = with(&|offer| (offer["title"], offer["country"]) = (json!("  "), json!("france")));
    assert_eq!(pointers(&both), ["#/country", "#/title"]);
    assert!(both["clause"].is_null());
    // Somebody's data, where nobody's belongs: the charter's clause says where it is asked.
    let personal = with(&|offer| offer["salary"]["email"] = json!("vvsneaked@people.example"));
    assert_eq!(pointers(&personal), ["#/salary/email"]);
    assert_eq!(
        (&personal["field"], &personal["clause"]),
        (&json!("email"), &json!("form.contact"))
    );
    let unknown = with(&|offer| offer["colour"] = json!("red"));
    assert_eq!(pointers(&unknown), ["#/colour"]);
    assert!(unknown["clause"].is_null());

    // In the caller's language.
    let mut french = recruiting(site).speaking("fr");
    let answer = write(&mut french, "POST", "/api/v1/vacancies", &json!({}));
    assert_eq!(answer.header("content-language"), Some("fr"));
    assert_eq!(
        problem(answer, 422)["title"],
        "Quelque chose dans la demande ne convient pas"
    );
}

#[test]
fn what_is_no_request_is_answered_in_kind() {
    let demo = shared();
    let site = demo.site("careers");
    let mut program = recruiting(site);
    let mut post = |kind: &str, body: &str| program.send(&Request::post("/api/v1/vacancies", kind, body));
    problem(post("text/plain", "{}"), 415);
    problem(post("application/x-www-form-urlencoded", "title=x"), 415);
    problem(post("application/json", "{"), 400);
    problem(post("application/json", &format!("{} {{}}", offer())), 400);
    problem(post("application/json", ""), 400);
    problem(post("application/json; charset=utf-8", "[]"), 422);
    problem(post("application/json", &"[".repeat(200_000)), 422);
    let deep = format!("{{\"nobody\":{}", "{\"a\":".repeat(10_000));
    problem(post("application/json", &deep), 400);
    problem(
        program.send(&Request::post("/api/v1/applications", "application/json", "{}")),
        415,
    );
    let refused = program.send(&Request::get("/api/v1/vacancies").method("DELETE"));
    assert_eq!(refused.header("allow"), Some("GET,HEAD,POST"));
    problem(refused, 405);
    problem(program.get("/api/v1/nothing"), 404);
    problem(program.get("/api/v1/vacancies?limit=0"), 400);
    let twice = problem(program.get("/api/v1/applications?stage=new&stage=offer"), 400);
    assert_eq!(twice["errors"][0]["parameter"], "stage");
    let unknown = problem(program.get("/api/v1/applications?stgae=new"), 400);
    assert_eq!(unknown["errors"][0]["parameter"], "stgae");
}

/// A body that says how long it is isn't read, one that doesn't is read as far as it may be long: 100 MB of either are
/// refused before they are sent.
#[test]
fn a_hundred_megabytes_of_json_are_not_read() {
    use std::io::{Read as _, Write as _};
    let demo = shared();
    let site = demo.site("careers");
    let token = recruiters(site)[0].token.clone().expect("a token");
    for (framing, chunk) in [
        ("Content-Length: 104857600", vec![b'['; 65_536]),
        ("Transfer-Encoding: chunked", {
            let mut chunk = b"10000\r\n".to_vec();
            chunk.extend(vec![b'['; 65_536]);
            chunk.extend(b"\r\n");
            chunk
        }),
    ] {
        let mut stream = std::net::TcpStream::connect(site.server()).expect("a connection");
        let head = format!(
            "POST /api/v1/vacancies HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nConnection: close\r\n{framing}\r\n\r\n",
            site.host()
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let mut sent = 0;
        for _ in 0..1_600 {
            if stream.write_all(&chunk).is_err() {
                break;
            }
            sent += chunk.len();
        }
        assert!(sent < 50_000_000, "{framing}: it took {sent} bytes");
        // The refusal may be lost with the connection that is reset under what we kept sending: ask again, sending less.
        let short = &chunk[..7];
        let answer = if framing.starts_with("Content") {
            acceptance::http::raw(site.server(), &[head.as_bytes(), short].concat()).expect("an answer")
        } else {
            let many = chunk.repeat(17);
            acceptance::http::raw(site.server(), &[head.as_bytes(), &many].concat()).expect("an answer")
        };
        problem(answer, 413);
        let mut rest = Vec::new();
        drop(stream.read_to_end(&mut rest));
    }
}

#[test]
fn a_page_leads_to_the_next_of_the_same_question_only() {
    let demo = shared();
    let site = demo.site("careers");
    let mut program = recruiting(site);
    let first = program
        .get("/api/v1/applications?limit=3&stage=new")
        .expect_status(200)
        .json();
    let next = first["next"].as_str().expect("more than three");
    let same = [
        format!("/api/v1/applications?stage=new&limit=5&after={next}"),
        format!("/api/v1/applications?after={next}&stage=new&lang=fr"),
    ];
    for path in same {
        let page = program.get(&path).expect_status(200).json();
        let first = first["items"].as_array().expect("a list");
        let later = page["items"].as_array().expect("a list");
        assert!(
            !later.is_empty() && later.iter().all(|item| !first.contains(item)),
            "{path}"
        );
    }
    let changed = format!(
        "{}{}",
        &next[..next.len() - 1],
        if next.ends_with('0') { '1' } else { '0' }
    );
    for path in [
        format!("/api/v1/applications?after={next}"),
        format!("/api/v1/applications?stage=offer&after={next}"),
        format!("/api/v1/applications?stage=new&q=a&after={next}"),
        format!("/api/v1/vacancies?after={next}"),
        format!("/api/v1/people?name=a&after={next}"),
        format!("/api/v1/applications?stage=new&after={changed}"),
        "/api/v1/applications?stage=new&after=no-cursor%00".to_owned(),
        format!("/api/v1/applications?stage=new&after={}", "0".repeat(5_000)),
    ] {
        let refused = problem(program.get(&path), 400);
        assert_eq!(refused["errors"][0]["parameter"], "after", "{path}");
    }
    let other = demo.site("agency");
    problem(
        recruiting(other).get(&format!("/api/v1/applications?stage=new&after={next}")),
        400,
    );
}
