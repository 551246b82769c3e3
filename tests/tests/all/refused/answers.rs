//! Owns: stories of what is typed: undeclared, missing, malformed, endless, strange.

use super::uploads::{MULTIPART, body, parts};
use super::{Place, again, somebody, unchanged};
use crate::people::{
    Applicant, application_form, found, held, links_to, one_found, recruiters, sign_in, words,
};
use acceptance::html::{Part, Value};
use acceptance::http::Request;
use acceptance::smtp::Sink;

pub(super) fn undeclared(site: &Place, _: &Sink) {
    let before = held(site);
    let who = somebody(site, "undeclared");
    for (field, first) in [
        ("birth_date", false),
        ("photo", true),
        ("message", false),
        ("nationality", true),
    ] {
        let mut client = site.stranger();
        let (page, mut form) = who.form(&mut client, &site.path);
        form.forge(field, "2000-01-01");
        if first {
            form.parts.rotate_right(1);
        }
        let answer = client.submit(&form, &page).expect_status(422);
        let text = words(&answer);
        assert!(text.contains(&format!("Refused for “{field}”")), "{text}");
        let clause = links_to(&answer, "/privacy#").pop().expect("the clause");
        let id = clause.trim_start_matches("/privacy#");
        assert!(
            client.get("/privacy").text().contains(&format!("id=\"{id}\"")),
            "{id} stands in the policy"
        );
    }
    // A file under a name of its own.
    let mut client = site.stranger();
    let (page, mut form) = who.form(&mut client, &site.path);
    let file = Value::File {
        name: "me.png".to_owned(),
        kind: "image/png".to_owned(),
        bytes: b"\x89PNG\r\n\x1a\n".to_vec(),
    };
    form.parts.push(Part {
        name: "photo".to_owned(),
        value: file,
    });
    client.submit(&form, &page).expect_status(422);
    unchanged(site, before);
    assert!(found(site, recruiters(site)[0], &format!("&q={}", who.email)).is_empty());
}

pub(super) fn undeclared_in_french(site: &Place, _: &Sink) {
    let mut client = site.stranger().speaking("fr");
    let (page, mut form) = somebody(site, "interdit").form(&mut client, &site.path);
    form.forge("religion", "non");
    let answer = client.submit(&form, &page).expect_status(422);
    assert!(
        words(&answer).contains("ce formulaire ne demande pas ce champ"),
        "{}",
        words(&answer)
    );
    assert!(answer.text().contains("<code>religion</code>") && answer.text().contains("href=\"/privacy#"));
}

pub(super) fn repeated(site: &Place, _: &Sink) {
    let before = held(site);
    let who = somebody(site, "repeated");
    for (language, field, says) in [
        ("en", "email", "“E-mail address” came with several answers"),
        ("fr", "email", "a reçu plusieurs réponses"),
        ("en", "cv", "came with several answers"),
    ] {
        let mut client = site.stranger().speaking(language);
        let (page, mut form) = who.form(&mut client, &site.path);
        let first = form
            .parts
            .iter()
            .find(|part| part.name == field)
            .expect("there")
            .clone();
        form.parts.push(first);
        let answer = client.submit(&form, &page).expect_status(400);
        assert!(words(&answer).contains(says), "{field}: {}", words(&answer));
    }
    unchanged(site, before);
}

pub(super) fn missing(site: &Place, _: &Sink) {
    let who = somebody(site, "missing");
    let fields = application_form(&site.stranger().open(&site.path)).controls;
    for field in fields
        .iter()
        // What is ours asks for no answer: the draft, and a box to agree, which one may leave.
        .filter(|name| !name.starts_with('_') && !["cv", "documents"].contains(&name.as_str()))
    {
        let (applications, files) = held(site);
        let mut client = site.stranger();
        let (page, mut form) = who.form(&mut client, &site.path);
        form.set(field, " \t ");
        let answer = again(&mut client, &form, &page, field, "this answer is needed");
        let mut corrected = application_form(&answer);
        for name in fields.iter().filter(|name| name != &field) {
            let typed = form
                .value(name)
                .filter(|_| *name != "_draft")
                .map(|typed| typed.replace("\r\n", "\n"));
            assert!(
                typed.is_none() || corrected.value(name) == typed.as_deref(),
                "{name} is echoed"
            );
        }
        assert!(words(&answer).contains(&who.cv_name), "the file stays attached");
        assert_eq!(
            held(site),
            (applications, files + 1),
            "no row; the file waits an hour for the rest"
        );
        // Only the correction, and the draft's hidden input.
        corrected.set(field, form_answer(&who, field));
        client.submit(&corrected, &answer).expect_status(303);
        assert_eq!(held(site), (applications + 1, files + 1));
    }
    // Without the file.
    let before = held(site);
    let mut client = site.stranger();
    let (page, mut form) = who.form(&mut client, &site.path);
    form.attach("cv", "", "application/octet-stream", b"");
    again(&mut client, &form, &page, "cv", "this answer is needed");
    form.parts
        .retain(|part| part.name != "cv" && part.name != "email");
    again(&mut client, &form, &page, "cv", "2 answers need correcting");
    unchanged(site, before);
}

fn form_answer<'a>(who: &'a Applicant, field: &str) -> &'a str {
    match field {
        "given_name" => &who.given_name,
        "family_name" => &who.family_name,
        "email" => &who.email,
        "phone" => &who.phone,
        "subject" => &who.subject,
        _ => &who.motivation,
    }
}

pub(super) fn malformed(site: &Place, _: &Sink) {
    let who = somebody(site, "malformed");
    let long = "x".repeat(5_000);
    let cases = [
        ("email", "nobody", "enter an address"),
        ("email", "a@b", "enter an address"),
        ("email", "one@a.example,two@b.example", "enter an address"),
        ("email", "<script>alert(1)</script>@a.example", "enter an address"),
        ("phone", "call me", "enter a number"),
        ("phone", "12345", "enter a number"),
        ("phone", "06 39 98 00 01; DROP x", "enter a number"),
        ("phone", "06 39 98 00 01 ; DROP TABLE people", "30 characters"),
        ("given_name", long.as_str(), "characters"),
    ];
    for (field, typed, says) in cases {
        let before = held(site);
        let mut client = site.stranger();
        let (page, mut form) = who.form(&mut client, &site.path);
        form.set(field, typed);
        form.parts.retain(|part| part.name != "cv");
        let answer = again(&mut client, &form, &page, field, says);
        assert_eq!(
            application_form(&answer).value(field),
            Some(typed),
            "echoed as typed"
        );
        assert!(
            !answer.text().contains("<script>alert"),
            "as text, never as markup"
        );
        unchanged(site, before);
    }
}

pub(super) fn huge_texts(site: &Place, _: &Sink) {
    let before = held(site);
    let who = somebody(site, "huge");
    let mut client = site.stranger();
    let (page, mut form) = who.form(&mut client, &site.path);
    form.set("given_name", &"é".repeat(200_000));
    client.submit(&form, &page).expect_status(413);
    // Many parts instead of one; those that start with `_` are no answers, and may come more than once.
    let mut many = parts(&who);
    let text = "x".repeat(1_000);
    many.extend(vec![("_more", None, text.as_bytes()); 400]);
    client
        .send(&Request::post(&site.path, MULTIPART, body(&many)))
        .expect_status(413);
    unchanged(site, before);
}

pub(super) fn no_address(site: &Place, sink: &Sink) {
    let before = held(site);
    let mails = sink.mails().len();
    for typed in [
        "vvbad@a.example\r\nBcc: evil@evil.example",
        "vvbad@a.example\nBcc: evil@evil.example",
        "vvbad@a.example%0d%0aBcc:evil@evil.example",
        "\"a\r\nRCPT TO:<evil@evil.example>\"@a.example",
        "vvbad@a.example\u{2028}Bcc: evil@evil.example",
    ] {
        let mut client = site.stranger();
        let (page, mut form) = somebody(site, "crlf").form(&mut client, &site.path);
        form.set("email", typed);
        form.parts.retain(|part| part.name != "cv");
        again(&mut client, &form, &page, "email", "enter an address");
    }
    unchanged(site, before);
    assert_eq!(sink.mails().len(), mails);
}

pub(super) fn strange_letters(site: &Place, sink: &Sink) {
    let mut names = vec![
        (
            "vvbada",
            "\u{202e}eulb\u{202c} אבגד".to_owned(),
            "\u{202e}eulb\u{202c} אבגד",
        ),
        ("vvbadb", "بن\u{200f} عبد الله".to_owned(), "بن\u{200f} عبد الله"),
        (
            "vvbadc",
            "Zo\u{0}é\u{7}\u{1b}[31m\r\nBcc: evil@evil.example".to_owned(),
            "Zoé[31m Bcc: evil@evil.example",
        ),
        (
            "vvbadd",
            "<img src=x onerror=alert(1)>{{7*7}}".to_owned(),
            "<img src=x onerror=alert(1)>{{7*7}}",
        ),
        ("vvbade", "👩🏽‍🚀 Ñ\u{303}\u{301}".to_owned(), "👩🏽‍🚀 Ñ\u{303}\u{301}"),
    ];
    let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(2).trim().to_owned();
    names.push(("vvbadf", long.clone(), &long));
    for (word, typed, shown) in names {
        let mut who = somebody(site, word);
        who.given_name = typed;
        who.apply(&mut site.stranger(), &site.path).expect_status(303);
        let (user, item) = one_found(site, &who);
        assert_eq!(item["given_name"], shown);
        let mut recruiter = sign_in(site, user);
        let panel = recruiter.open(&format!(
            "/desk/applications/{}",
            item["id"].as_str().expect("an id")
        ));
        assert!(
            words(&panel.clone().expect_status(200)).contains(shown),
            "{shown}"
        );
        assert!(!panel.text().contains("<img src=x") && panel.text().contains("dir=\"auto\""));
        let mail = sink.wait_for_mail_to(&who.email);
        let raw = String::from_utf8_lossy(&mail.raw).into_owned();
        let head = raw.split("\r\n\r\n").next().unwrap_or_default();
        assert!(!head.to_lowercase().contains("\nbcc:"), "{head}");
        assert_eq!(mail.to, [who.email.clone()]);
    }
    // Bytes that are no text at all.
    let (applications, _) = held(site);
    let who = somebody(site, "bytes");
    let mut parts = parts(&who);
    parts[0].2 = b"Zo\xc3\x28\xff";
    let answer = site
        .stranger()
        .send(&Request::post(&site.path, MULTIPART, body(&parts)));
    assert!([303, 400, 422].contains(&answer.status), "{}", answer.status);
    if answer.status == 303 {
        assert_eq!(one_found(site, &who).1["given_name"], "Zo\u{fffd}(\u{fffd}");
    } else {
        assert_eq!(held(site).0, applications);
    }
}
