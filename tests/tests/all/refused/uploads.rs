//! Owns: stories of what is uploaded: files that can't be taken, forms that break off, are none, or have no end.

use super::{Place, again, somebody, unchanged};
use crate::people::{Applicant, application_form, held, pdf};
use acceptance::http::{Request, cut_off, raw};
use acceptance::smtp::Sink;

pub(super) fn bad_files(site: &Place, _: &Sink) {
    let who = somebody(site, "file");
    let mut large = pdf("large");
    large.resize(10_000_001, b' ');
    let exe = [b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".as_slice(), &[0; 200]].concat();
    let page = b"<!doctype html><script>alert(document.cookie)</script>";
    let (types, size) = ("isn’t one of the files we can take", "larger than 10");
    let cases: [(&str, &[u8], &str); 10] = [
        ("cv.pdf", &large, size),
        ("cv.pdf", &exe, types),
        ("cv.pdf", page, types),
        ("cv.pdf", b"", "this file is empty"),
        ("cv.exe", &exe, types),
        ("cv.html", page, types),
        ("cv.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", types),
        ("cv.docx", &who.cv, types),
        ("cv", &who.cv, types),
        ("cv.pdf.exe", &who.cv, types),
    ];
    let before = held(site);
    for (name, bytes, says) in cases {
        let mut client = site.stranger();
        let (page, mut form) = who.form(&mut client, &site.path);
        form.attach("cv", name, "application/pdf", bytes);
        let answer = again(&mut client, &form, &page, "cv", says);
        assert!(!answer.text().contains("badge good"), "{name} isn't attached");
        assert_eq!(
            application_form(&answer).value("given_name"),
            Some(who.given_name.as_str())
        );
        unchanged(site, before);
    }
    // The very limit is taken.
    let mut who = somebody(site, "limit");
    who.cv = large;
    who.cv.truncate(10_000_000);
    who.apply(&mut site.stranger(), &site.path).expect_status(303);
}

pub(super) const BOUNDARY: &str = "----vvboundary";

/// A whole form as bytes, whatever is in its parts.
pub(super) fn body(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        if let Some(file) = file {
            body.extend(format!("; filename=\"{file}\"\r\nContent-Type: application/pdf").bytes());
        }
        body.extend(b"\r\n\r\n");
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// The parts that both sites ask, by that person.
pub(super) fn parts(who: &Applicant) -> Vec<(&str, Option<&str>, &[u8])> {
    let text = |name, value: &'static str| (name, None, value.as_bytes());
    let mut parts = vec![
        ("given_name", None, who.given_name.as_bytes()),
        ("family_name", None, who.family_name.as_bytes()),
        ("email", None, who.email.as_bytes()),
        ("phone", None, who.phone.as_bytes()),
    ];
    if who.email.contains("agency") {
        parts.extend([text("subject", "Métier"), text("motivation", "Parce que.")]);
    }
    parts.push(("cv", Some("cv.pdf"), who.cv.as_slice()));
    parts
}

fn head(site: &Place, length: usize) -> Vec<u8> {
    format!(
        "POST {}?lang=en HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n",
        site.path,
        site.host()
    )
    .into_bytes()
}

pub(super) fn broken_off(site: &Place, _: &Sink) {
    let mut who = somebody(site, "broken");
    who.cv.resize(3_000_000, b'%');
    let whole = body(&parts(&who));
    let before = held(site);
    for sent in [whole.len() / 100_000, 700, whole.len() / 2, whole.len() - 3] {
        // The connection breaks off before what was announced.
        let request = [head(site, whole.len()), whole[..sent].to_vec()].concat();
        if let Ok(answer) = cut_off(site.server(), &request) {
            assert!(
                (400..500).contains(&answer.status),
                "{sent} bytes: {}",
                answer.status
            );
        }
        // A form that ends before its end, in a request that is whole.
        let request = [head(site, sent), whole[..sent].to_vec()].concat();
        let answer = raw(site.server(), &request).expect("an answer");
        assert_eq!(answer.status, 400, "{sent} bytes: {}", answer.text());
        assert!(answer.text().contains("try again"), "{}", answer.text());
        unchanged(site, before);
    }
    // The same form, whole: it was good but for its end.
    let request = [head(site, whole.len()), whole].concat();
    assert_eq!(raw(site.server(), &request).expect("an answer").status, 303);
}

pub(super) fn no_form(site: &Place, _: &Sink) {
    let before = held(site);
    let mut client = site.stranger();
    let who = somebody(site, "none");
    for (kind, body, statuses) in [
        (
            "application/x-www-form-urlencoded",
            b"given_name=a".to_vec(),
            [400, 415],
        ),
        (
            "application/json",
            b"{\"given_name\": \"a\"}".to_vec(),
            [400, 415],
        ),
        ("multipart/form-data", body(&parts(&who)), [400, 400]),
        (
            "multipart/form-data; boundary=other",
            body(&parts(&who)),
            [400, 400],
        ),
        (
            "multipart/form-data; boundary=----vvboundary",
            Vec::new(),
            [400, 400],
        ),
        (
            "multipart/form-data; boundary=----vvboundary",
            b"no form at all".to_vec(),
            [400, 400],
        ),
        // A text where a file belongs, a file where a text belongs, a part without a name.
        (MULTIPART, self::body(&[("cv", None, b"my life")]), [400, 400]),
        (
            MULTIPART,
            self::body(&[("email", Some("a.pdf"), b"%PDF-1.4")]),
            [400, 400],
        ),
        (MULTIPART, self::body(&[("", None, b"x")]), [422, 422]),
        (MULTIPART, self::body(&[("__proto__", None, b"x")]), [422, 422]),
        // Nothing at all but an end: every answer is missing.
        (MULTIPART, self::body(&[]), [422, 422]),
    ] {
        let answer = client.send(&Request::post(&site.path, kind, body));
        assert!(
            statuses.contains(&answer.status),
            "{kind}: {} {}",
            answer.status,
            answer.text()
        );
    }
    unchanged(site, before);
}

pub(super) const MULTIPART: &str = "multipart/form-data; boundary=----vvboundary";

pub(super) fn over_the_limit(site: &Place, _: &Sink) {
    let before = held(site);
    let who = somebody(site, "over");
    let large = vec![b' '; 67 * 1024 * 1024];
    let mut parts = parts(&who);
    parts.retain(|(name, ..)| *name != "cv");
    parts.push(("cv", Some("more.pdf"), &large));
    let answer = site
        .stranger()
        .try_send(&Request::post(&site.path, MULTIPART, body(&parts)));
    if let Ok(answer) = answer {
        answer.expect_status(413);
    }
    // A text isn't read to its end either, when it has none.
    let answer = site.stranger().try_send(&Request::post(
        &site.path,
        MULTIPART,
        body(&[("given_name", None, &large)]),
    ));
    if let Ok(answer) = answer {
        answer.expect_status(413);
    }
    // A small form has a small limit.
    let mut form = format!("email={}&password=x", "x".repeat(70_000));
    form.push_str("&to=/desk");
    let answer = site.stranger().send(&Request::post(
        "/sign-in",
        "application/x-www-form-urlencoded",
        form,
    ));
    answer.expect_status(413);
    unchanged(site, before);
}
