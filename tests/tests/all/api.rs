//! Owns: what a program does with `/api/v1`: tokens made on the desk, resources read and written, questions paged, work
//! done once, and every way to ask badly. Doesn't own: what each role may ([`crate::matrix`]), input made up by machine
//! (`madeup`).

mod bad;
mod madeup;
mod once;
mod resources;
mod tokens;

use crate::people::{Applicant, recruiters};
use acceptance::demo::Site;
use acceptance::http::{Answer, Client, Request};
use serde_json::{Value, json};

/// A form as a program sends it.
fn multipart(fields: &[(&str, &str)], cv: Option<(&str, &[u8])>) -> (String, Vec<u8>) {
    multipart_of("a-boundary-of-a-program", fields, cv)
}

fn multipart_of(boundary: &str, fields: &[(&str, &str)], cv: Option<(&str, &[u8])>) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.bytes());
    }
    if let Some((name, bytes)) = cv {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// An invented person's answers to the site's form.
fn answers(site: &Site, who: &Applicant) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("given_name", who.given_name.clone()),
        ("family_name", who.family_name.clone()),
        ("email", who.email.clone()),
        ("phone", who.phone.clone()),
    ];
    if site.name == "agency" {
        fields.push(("subject", who.subject.clone()));
        fields.push(("motivation", who.motivation.clone()));
    }
    fields
}

fn program(site: &Site, role: &str) -> Client {
    site.stranger()
        .bearing(site.user(role).token.as_deref().expect("a token"))
}

fn recruiting(site: &Site) -> Client {
    site.stranger()
        .bearing(recruiters(site)[0].token.as_deref().expect("a token"))
}

pub(crate) fn write(client: &mut Client, method: &str, path: &str, body: &Value) -> Answer {
    client.send(&Request::post(path, "application/json", body.to_string()).method(method))
}

/// An offer that fits.
pub(crate) fn offer() -> Value {
    json!({
        "title": "Soudeuse ou soudeur", "description": "Souder.", "language": "fr", "place": "Nantes",
        "country": "FR", "contract": "permanent", "remote": "none",
        "salary": { "min": { "cents": 2_800_000, "currency": "EUR" }, "max": null, "period": "year" },
    })
}

/// What an error says, after making sure that it is a problem document that says it whole.
#[track_caller]
fn problem(answer: Answer, status: u16) -> Value {
    let answer = answer.expect_status(status);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    for part in ["type", "title", "detail", "instance", "reference"] {
        let text = problem[part].as_str().unwrap_or_default();
        assert!(
            text.len() > 3 && !text.starts_with("problem-"),
            "{part}: {problem}"
        );
    }
    problem
}
