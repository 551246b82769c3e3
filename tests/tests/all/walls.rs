//! Owns: ill will against pages and sessions, and the walls that hold it: forged forms, fixed sessions, ways off the
//! site, ways out of a folder. Doesn't own: roles ([`crate::roles`]), what strangers learn ([`crate::strangers`]).

use crate::own::shared;
use crate::people::{
    Applicant, OFFER, between, links_to, one_found, recruiters, sign_in, slugs, small, token, words,
};
use acceptance::html::links;
use acceptance::http::{Client, Request};

#[test]
fn a_form_without_its_token_changes_nothing() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvforgery");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    let (user, item) = one_found(site, &who);
    let id = item["id"].as_str().expect("an id");
    let offer = site.stranger().get("/api/v1/vacancies?limit=1").json()["items"][0]["id"].clone();
    let offer = offer.as_str().expect("an id");
    let mut recruiter = sign_in(site, user);
    let page = recruiter.open("/desk/vacancies");
    let own = token(&mut recruiter);
    let another = token(&mut sign_in(site, user));
    assert_ne!(own, another, "a token is its session's");
    let all = [("stage", "interview"), ("reason", "experience")]
        .iter()
        .chain(&OFFER)
        .copied();
    let fields: Vec<_> = all.collect();
    for action in [
        format!("/desk/applications/{id}/stage"),
        format!("/desk/applications/{id}/refuse"),
        format!("/desk/applications/{id}/undo"),
        "/desk/vacancies/new".to_owned(),
        format!("/desk/vacancies/{offer}"),
        format!("/desk/vacancies/{offer}/publish"),
        format!("/desk/vacancies/{offer}/close"),
        "/sign-out".to_owned(),
    ] {
        for forged in [None, Some(""), Some("0"), Some(another.as_str()), Some(&own[1..])] {
            let form = small(&action, forged, &fields);
            recruiter.submit(&form, &page).expect_status(403);
        }
        // With the token, from another site's page.
        for (header, value) in [
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Origin", demo.site("agency").url.as_str()),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let form = small(&action, Some(&own), &fields);
            let request = Request::form(&form, &page.path).header(header, value);
            recruiter.send(&request).expect_status(403);
        }
    }
    // An application and a sign-in can't be sent from another site's page either.
    let (page, form) = who.form(&mut site.stranger(), "/apply");
    let request = Request::form(&form, &page.path).header("Origin", "https://evil.example");
    site.stranger().send(&request).expect_status(403);
    let form = small(
        "/sign-in",
        None,
        &[("email", &user.email), ("password", "vivier-demo-exemple")],
    );
    let request = Request::form(&form, "/sign-in").header("Sec-Fetch-Site", "cross-site");
    site.stranger().send(&request).expect_status(403);

    assert_eq!(one_found(site, &who).1["stage"], "new", "nothing was moved");
    assert!(slugs(site).iter().all(|slug| !slug.contains("vvforged")));
    recruiter.get("/desk/applications").expect_status(200);
}

/// Whom the desk greets.
fn signed_in_as(client: &mut Client) -> String {
    let desk = client.get("/desk/applications").expect_status(200).text();
    let who = between(&desk, "class=\"who\"", "</a>");
    between(who, "<strong>", "</strong>").to_owned()
}

#[test]
fn a_session_is_new_at_each_sign_in_and_ends_at_the_server() {
    let demo = shared();
    let site = demo.site("agency");
    let user = recruiters(site)[0];
    let password = user.password.as_deref().expect("one");
    let mut victim = site.stranger();
    // Somebody set a cookie before: one of their own making, one of their own session.
    let mut attacker = sign_in(site, recruiters(site)[1]);
    let attackers_name = signed_in_as(&mut attacker);
    let theirs = attacker.cookies["vivier_session"].clone();
    for fixed in ["A".repeat(43), theirs.clone()] {
        victim.cookies.insert("vivier_session".to_owned(), fixed.clone());
        let page = victim.get("/sign-in").expect_status(200);
        let mut form = page.form("/sign-in");
        form.set("email", &user.email).set("password", password);
        let sent = Request::form(&form, "/sign-in");
        let answer = victim.send(&sent).expect_status(303);
        let cookie = answer.header("set-cookie").expect("a session");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert_ne!(
            victim.cookies["vivier_session"], fixed,
            "what came before isn't kept"
        );
        let mut fixer = site.stranger();
        fixer.cookies.insert("vivier_session".to_owned(), fixed.clone());
        if fixed == theirs {
            // Their own session is still theirs, and hasn't become the victim's.
            assert_eq!(signed_in_as(&mut fixer), attackers_name);
            assert_ne!(signed_in_as(&mut victim), attackers_name);
        } else {
            fixer.get("/desk/applications").expect_status(303);
        }
    }
    let mut client = sign_in(site, user);
    let other_device = sign_in(site, user);
    let held = client.cookies.clone();
    let page = client.open("/desk/applications").expect_status(200);
    let answer = client.submit(&page.form("/sign-out"), &page).expect_status(303);
    assert_eq!(answer.header("location"), Some("/?done=signed-out"));
    assert!(!client.cookies.contains_key("vivier_session"));
    assert!(words(&client.follow(answer)).contains("You are signed out"));
    // A copy of the cookie is worth nothing any more; the other device is still signed in.
    client.cookies = held;
    client.get("/desk/applications").expect_status(303);
    other_device.clone().get("/desk/applications").expect_status(200);
    // What is no session is nobody, whatever it looks like.
    for cookie in ["x", &"A".repeat(43), &"A".repeat(5_000), "' OR 1=1 --", "%00"] {
        let mut nobody = site.stranger();
        nobody
            .cookies
            .insert("vivier_session".to_owned(), cookie.to_owned());
        nobody.get("/desk/applications").expect_status(303);
    }
}

#[test]
fn signing_in_leads_nowhere_but_to_this_site() {
    let demo = shared();
    let site = demo.site("careers");
    let user = recruiters(site)[0];
    let go = |to: &str| {
        let mut client = site.stranger();
        let form = small(
            "/sign-in",
            None,
            &[
                ("email", &user.email),
                ("password", "vivier-demo-exemple"),
                ("to", to),
            ],
        );
        let answer = client.send(&Request::form(&form, "/sign-in")).expect_status(303);
        answer.header("location").expect("somewhere").to_owned()
    };
    for away in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/desk\r\nSet-Cookie: a=b",
        "evil.example",
        "",
    ] {
        assert_eq!(go(away), "/desk", "{away:?}");
        let encoded: String = away.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let page = site
            .stranger()
            .get(&format!("/sign-in?to={encoded}"))
            .expect_status(200);
        assert_eq!(page.form("/sign-in").value("to"), Some("/desk"), "{away:?}");
    }
    assert_eq!(go("/desk/applications?stage=new"), "/desk/applications?stage=new");
    // Asked for a page of the desk, one is brought back to it.
    let asked = site
        .stranger()
        .get("/desk/vacancies?state=draft")
        .expect_status(303);
    let to = asked.header("location").expect("the sign-in").to_owned();
    let page = site.stranger().get(&to);
    assert_eq!(
        page.form("/sign-in").value("to"),
        Some("/desk/vacancies?state=draft")
    );
    // No page echoes an address as a link.
    for path in [
        "/jobs?q=javascript:alert(1)",
        "/jobs?place=https://evil.example",
        "/?done=//evil.example",
        "/jobs?lang=//evil.example",
    ] {
        let page = site.stranger().get(path).expect_status(200);
        let away =
            |link: &String| !(link.starts_with('/') || link.starts_with('#')) || link.starts_with("//");
        let strays: Vec<_> = links(&page.text()).into_iter().filter(away).collect();
        assert!(strays.is_empty(), "{path}: {strays:?}");
    }
}

#[test]
fn no_path_leads_out_of_a_folder() {
    let demo = shared();
    let site = demo.site("careers");
    let mut recruiter = sign_in(site, recruiters(site)[0]);
    for up in [
        "..",
        "%2e%2e",
        "..%2f..",
        "%2e%2e%2f%2e%2e",
        "..%5c..",
        "....//",
        "%252e%252e",
    ] {
        for file in [
            "site.toml",
            "data.db",
            "charter.toml",
            "master.key",
            "etc%2fpasswd",
        ] {
            for base in [
                "/assets",
                "/desk/files",
                "/me/files",
                "/jobs",
                "/follow",
                "/api/v1/vacancies",
                "",
            ] {
                for path in [
                    format!("{base}/{up}/{file}"),
                    format!("{base}/{up}%2f{file}"),
                    format!("{base}/{file}"),
                ] {
                    let answer = recruiter.get(&path);
                    let status = if path.starts_with("/me/") {
                        [404, 303]
                    } else {
                        [404, 404]
                    };
                    assert!(status.contains(&answer.status), "{path}: {}", answer.status);
                    assert!(
                        !answer.text().contains("[mail]") && !answer.text().contains("root:"),
                        "{path}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_answer_carries_the_headers_that_guard_it() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvheaders");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    let (user, item) = one_found(site, &who);
    let mut recruiter = sign_in(site, user);
    let id = item["id"].as_str().expect("an id");
    let panel = recruiter.open(&format!("/desk/applications/{id}"));
    let file = links_to(&panel, "/desk/files/").pop().expect("a CV");
    let job = format!("/jobs/{}", slugs(site)[0]);
    for path in [
        "/",
        "/jobs",
        &job,
        "/apply",
        "/privacy",
        "/cookies",
        "/sign-in",
        "/nothing",
        "/desk",
        "/me",
        "/livez",
        "/robots.txt",
        "/api/v1/vacancies",
        "/api/v1/applications",
        &panel.path,
        &file,
        "/desk/files/none",
    ] {
        let answer = recruiter.get(path);
        let header = |name: &str| answer.header(name).unwrap_or_default().to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("base-uri 'none'") && policy.contains("frame-ancestors"),
            "{path}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe"),
            "{path}: {policy}"
        );
        assert!(
            !policy.contains("http:") && !policy.contains('*'),
            "{path}: {policy}"
        );
        let personal = path.starts_with("/desk") || path.starts_with("/me");
        assert!(
            !personal || header("cache-control").contains("no-store"),
            "{path}: {}",
            header("cache-control")
        );
        assert!(answer.header("server").is_none(), "{path} says what serves it");
    }
    let answer = recruiter.get(&file);
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(
        !policy.contains("script-src") && policy.contains("form-action 'none'"),
        "{policy}"
    );
    let disposition = answer.header("content-disposition").unwrap_or_default();
    assert!(disposition.starts_with("inline; filename=\""), "{disposition}");
    let shown = recruiter
        .get("/jobs?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .expect_status(200);
    assert!(
        !shown.text().contains("<script>alert"),
        "a search is shown as text"
    );
}

#[test]
fn a_files_name_is_only_a_name() {
    let demo = shared();
    let site = demo.site("careers");
    for (nth, (typed, shown)) in [
        ("..\\..\\etc\\passwd.pdf", "passwd.pdf"),
        ("../../site.toml/x.pdf", "x.pdf"),
        ("a%0D%0ASet-Cookie: b=c.pdf", "a%0D%0ASet-Cookie: b=c.pdf"),
        (
            "<img src=x onerror=alert(1)>.pdf",
            "<img src=x onerror=alert(1)>.pdf",
        ),
        ("é\u{202e}fdp.pdf", "é\u{202e}fdp.pdf"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut who = Applicant::new(&format!("vvfile{}", ["a", "b", "c", "d", "e"][nth]));
        who.cv_name = typed.to_owned();
        who.apply(&mut site.stranger(), "/apply").expect_status(303);
        let (user, item) = one_found(site, &who);
        let mut recruiter = sign_in(site, user);
        let panel = recruiter.open(&format!(
            "/desk/applications/{}",
            item["id"].as_str().expect("an id")
        ));
        assert!(words(&panel).contains(shown), "{shown} in {}", words(&panel));
        assert!(!panel.text().contains("<img src=x"));
        let file = recruiter
            .get(&links_to(&panel, "/desk/files/")[0])
            .expect_status(200);
        assert!(file.header("set-cookie").is_none(), "{:?}", file.headers);
        let disposition = file.header("content-disposition").unwrap_or_default();
        assert!(
            disposition.is_ascii() && !disposition.contains(".."),
            "{disposition}"
        );
    }
}
