//! Owns: what somebody learns of another: nothing. Ids that aren't theirs, addresses that are another's, passwords
//! they don't know. Doesn't own: ill will in what is sent ([`crate::walls`]).

use crate::own::{Own, shared};
use crate::people::{Applicant, found, links_to, one_found, path_of, recruiters, sign_in, slugs, words};
use acceptance::demo::Site;
use acceptance::http::{Answer, Client, Request};
use acceptance::smtp::Sink;
use std::time::Duration;

/// An id in good form that nothing has.
const NOBODY: &str = "0123456789abcdef0123456789abcdef";

/// Ids that are none.
const NONE: [&str; 8] = [
    "1",
    "..",
    "%2e%2e%2fdata.db",
    "0123456789ABCDEF0123456789ABCDEF",
    "01234567-89ab-cdef-0123-456789abcdef",
    "%00",
    "%ff%fe",
    "0123456789abcdef0123456789abcdef'--",
];

#[test]
fn an_id_that_is_nobodys_answers_404_to_everyone() {
    let demo = shared();
    for site in demo.sites() {
        let other = demo
            .sites()
            .iter()
            .find(|other| other.name != site.name)
            .expect("two sites");
        let (theirs, at_home) = (an_application(other), an_application(site));
        let mut visitors = [
            ("a stranger", site.stranger()),
            ("a candidate", site.candidate()),
            ("a recruiter", sign_in(site, recruiters(site)[0])),
        ];
        for (who, client) in &mut visitors {
            for id in NONE
                .iter()
                .copied()
                .chain([NOBODY, theirs.id.as_str(), theirs.slug.as_str()])
            {
                for path in [
                    format!("/jobs/{id}"),
                    format!("/jobs/{id}/apply"),
                    format!("/jobs/{id}/applied"),
                    format!("/follow/{id}"),
                ] {
                    expect(who, client, &path, 404);
                }
                let path = format!("/api/v1/vacancies/{id}");
                expect(who, client, &path, 404);
            }
        }
        let [_, (_, candidate), (_, recruiter)] = &mut visitors;
        for id in NONE
            .iter()
            .copied()
            .chain([NOBODY, theirs.id.as_str(), theirs.file.as_str()])
        {
            for path in [
                format!("/desk/applications/{id}"),
                format!("/desk/files/{id}"),
                format!("/desk/vacancies/{id}"),
            ] {
                expect("a recruiter", recruiter, &path, 404);
            }
            for path in [format!("/me/applications/{id}"), format!("/me/files/{id}")] {
                expect("a candidate", candidate, &path, 404);
            }
        }
        // What is there, and isn't this candidate's; and what is the desk's.
        for path in [
            format!("/me/applications/{}", at_home.id),
            format!("/me/files/{}", at_home.file),
        ] {
            expect("a candidate", candidate, &path, 404);
        }
        for path in [
            format!("/desk/applications/{}", at_home.id),
            format!("/desk/files/{}", at_home.file),
        ] {
            let answer = candidate.get(&path).expect_status(303);
            assert!(
                answer
                    .header("location")
                    .is_some_and(|to| to.starts_with("/sign-in")),
                "{path}"
            );
        }
    }
}

fn expect(who: &str, client: &mut Client, path: &str, status: u16) -> Answer {
    let answer = client.get(path);
    assert_eq!(answer.status, status, "{who} at {path}: {}", words(&answer));
    answer
}

/// An application of the demo's, as its recruiter sees it.
struct There {
    id: String,
    file: String,
    slug: String,
}

fn an_application(site: &Site) -> There {
    let user = recruiters(site)[0];
    let id = found(site, user, "")[0]["id"].as_str().expect("an id").to_owned();
    let panel = sign_in(site, user).open(&format!("/desk/applications/{id}"));
    let file = links_to(&panel, "/desk/files/").pop().expect("a CV");
    let file = file.trim_start_matches("/desk/files/").to_owned();
    There {
        id,
        file,
        slug: slugs(site).remove(0),
    }
}

#[test]
fn another_persons_address_shows_and_joins_nothing() {
    let (own, sink) = (Own::new(), Sink::start());
    let demo = own.demo().smtp(sink.address()).start();
    for site in demo.sites() {
        let first = Applicant::new(&format!("vvfirst{}", site.name));
        let alone = first.apply(&mut site.stranger(), "/apply").expect_status(303);
        let link = sink.wait_for_mail_to(&first.email).links().remove(0);
        let mut owner = site.stranger();
        let area = owner.open(path_of(site, &link)).expect_status(200);
        let before = links_to(&owner.open("/me"), "/me/applications/");

        // Somebody else gives the first one's address: the same answer, word for word.
        let mut second = Applicant::new(&format!("vvsecond{}", site.name));
        second.email.clone_from(&first.email);
        let mut stranger = site.stranger();
        let answer = second.apply(&mut stranger, "/apply").expect_status(303);
        assert_eq!(answer.header("location"), alone.header("location"));
        let (one, other) = (site.stranger().follow(alone), stranger.follow(answer));
        assert_eq!(words(&one), words(&other));
        assert!(
            stranger.cookies.keys().all(|name| name == web::LANGUAGE_COOKIE),
            "applying signs nobody in"
        );

        // Its mail goes to the mailbox, whose owner alone may follow it; the first one's area hasn't grown.
        let mail = sink.wait_for(Duration::from_secs(30), |mail| {
            mail.to.contains(&first.email) && !mail.links().contains(&link)
        });
        assert!(!mail.text().contains(&first.family_name) && !mail.text().contains(&second.family_name));
        assert_eq!(links_to(&owner.open("/me"), "/me/applications/"), before);
        let mut later = site.stranger();
        let apart = later.open(path_of(site, &mail.links()[0])).expect_status(200);
        assert_ne!(apart.path, area.path);
        assert_eq!(
            links_to(&later.open("/me"), "/me/applications/"),
            std::slice::from_ref(&apart.path)
        );
        later.get(&area.path).expect_status(404);
        owner.get(&apart.path).expect_status(404);
        let mut withdraw = area.form(&format!("{}/withdraw", area.path));
        withdraw.action = format!("{}/withdraw", apart.path);
        owner.submit(&withdraw, &area).expect_status(404);
        assert!(
            words(&owner.open(&area.path)).contains(&first.cv_name),
            "nothing of the first was changed"
        );
        // At the desk they are two.
        let query = format!("&q={}", first.email);
        let mut names: Vec<String> = recruiters(site)
            .iter()
            .flat_map(|user| found(site, user, &query))
            .map(|item| item["family_name"].to_string())
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 2, "{names:?}");
    }
}

#[test]
fn a_wrong_password_and_an_unknown_address_answer_the_same() {
    let demo = shared();
    let site = demo.site("careers");
    let known = recruiters(site)[0];
    let candidate = &site.user("candidate").email;
    let mut told = Vec::new();
    for (email, password) in [
        (known.email.as_str(), "not this one at all"),
        ("nobody@careers.example", "not this one at all"),
        // A candidate has no password; staff's own in other letters is another.
        (candidate, "vivier-demo-exemple"),
        (known.email.as_str(), "VIVIER-DEMO-EXEMPLE"),
        ("nobody", "not this one at all"),
        (known.email.as_str(), &"x".repeat(300)),
    ] {
        let mut client = site.stranger();
        let page = client.open("/sign-in");
        let mut form = page.form("/sign-in");
        form.set("email", email).set("password", password);
        let answer = client.submit(&form, &page).expect_status(422);
        assert!(client.cookies.is_empty(), "{email} is signed in");
        assert!(!answer.text().contains(password), "a password is never echoed");
        told.push(answer.text().replace(email, "…"));
    }
    assert!(
        words(&Answer {
            body: told[0].clone().into_bytes(),
            ..site.stranger().get("/")
        })
        .contains("doesn’t match")
    );
    for other in &told[1..] {
        assert_eq!(other, &told[0]);
    }
    // And the link for candidates: the same for whom we know and for whom we don't.
    let ask = |email: &str| {
        let mut client = site.stranger();
        let page = client.open("/me/sign-in");
        let mut form = page.form("/me/sign-in");
        form.set("email", email);
        let answer = client.submit(&form, &page).expect_status(303);
        client.follow(answer).text()
    };
    assert_eq!(ask(candidate), ask("nobody@people.example"));
    assert_eq!(ask(candidate), ask(&known.email));
}

#[test]
fn a_session_opens_its_own_site_and_nothing_else() {
    let demo = shared();
    for site in demo.sites() {
        for other in demo.sites().iter().filter(|other| other.name != site.name) {
            for (client, path) in [
                (sign_in(other, recruiters(other)[0]), "/desk/applications"),
                (other.candidate(), "/me"),
            ] {
                let mut here = site.stranger();
                here.cookies.clone_from(&client.cookies);
                let answer = here.get(path).expect_status(303);
                assert!(answer.header("location").is_some_and(|to| to.contains("sign-in")));
            }
            // Their sign-in, link and accounts are unknown here.
            let mut here = site.stranger();
            for user in &other.users {
                here.get(path_of(other, &user.sign_in_url)).expect_status(404);
            }
            let page = here.open("/sign-in");
            let mut form = page.form("/sign-in");
            let staff = recruiters(other)[0];
            form.set("email", &staff.email)
                .set("password", staff.password.as_deref().expect("one"));
            here.submit(&form, &page).expect_status(422);
        }
    }
    let nowhere = Client::new(demo.site("careers").server(), "evil.example").get("/jobs");
    assert_ne!(nowhere.status, 200, "a host that is no site's shows no site");
}

#[test]
fn drafts_are_nobodys_and_closed_offers_are_gone() {
    let own = Own::new();
    let demo = own.demo().start();
    for site in demo.sites() {
        let mut recruiter = sign_in(site, recruiters(site)[0]);
        let page = recruiter.open("/desk/vacancies/new").expect_status(200);
        let mut form = page.form("/desk/vacancies/new");
        form.set("title", "Vvoffer <b>&amp;")
            .set("place", "Nantes")
            .set(
                "description",
                "# Work\n\n[link](javascript:alert(1)) <script>alert(1)</script>",
            )
            .set("language", "fr");
        let answer = recruiter.submit(&form, &page).expect_status(303);
        let draft = recruiter.follow(answer).expect_status(200);
        let id = draft.path.split(['/', '?']).nth(3).expect("its id").to_owned();
        assert!(
            slugs(site).iter().all(|slug| !slug.contains("vvoffer")),
            "a draft isn't listed"
        );
        let mut stranger = site.stranger().speaking("fr");
        let slug = format!("vvoffer-b-amp-{}-0031", site.name);
        for path in [
            format!("/jobs/{slug}"),
            format!("/jobs/{slug}/apply"),
            format!("/api/v1/vacancies/{id}"),
        ] {
            stranger.get(&path).expect_status(404);
        }

        let publish = draft.form(&format!("/desk/vacancies/{id}/publish"));
        recruiter.submit(&publish, &draft).expect_status(303);
        recruiter.submit(&publish, &draft).expect_status(409);
        assert!(slugs(site).contains(&slug), "{slug} among {:?}", slugs(site));
        let job = stranger.get(&format!("/jobs/{slug}")).expect_status(200);
        assert!(
            !job.text().contains("<script>alert") && !job.text().contains("javascript:"),
            "{}",
            job.text()
        );
        let who = Applicant::new(&format!("vvlate{}", site.name));
        let (page, form) = who.form(&mut stranger, &format!("/jobs/{slug}/apply"));

        let offer = recruiter.open(&format!("/desk/vacancies/{id}"));
        let close = offer.form(&format!("/desk/vacancies/{id}/close"));
        recruiter.submit(&close, &offer).expect_status(303);
        let gone = stranger.get(&format!("/jobs/{slug}")).expect_status(410);
        assert!(
            words(&gone).contains("nous ne recevons plus de candidatures"),
            "{}",
            words(&gone)
        );
        assert!(!gone.text().contains("application/ld+json") && gone.text().contains("noindex"));
        let mut similar = links_to(&gone, "/jobs/");
        // The languages of the page lead to itself.
        similar.retain(|link| !link.contains('?'));
        assert!((1..=3).contains(&similar.len()), "{similar:?}");
        for like in similar {
            assert_ne!(like, format!("/jobs/{slug}"), "not the one that is gone");
            stranger.get(&like).expect_status(200);
        }
        let feed = stranger.get("/jobs.xml").expect_status(200).text();
        assert!(!feed.contains(&slug) && feed.contains("/jobs/"));
        stranger.get(&format!("/jobs/{slug}/apply")).expect_status(410);
        // Whoever was filling in the form at that moment is told.
        stranger.submit(&form, &page).expect_status(410);
        stranger
            .get(&format!("/api/v1/vacancies/{id}"))
            .expect_status(404);
        assert!(!slugs(site).contains(&slug));
        assert!(found(site, recruiters(site)[0], &format!("&q={}", who.email)).is_empty());
    }
}

#[test]
fn a_post_is_no_get_and_a_get_no_post() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvmethods");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    let (user, item) = one_found(site, &who);
    let id = item["id"].as_str().expect("an id");
    let mut recruiter = sign_in(site, user);
    for path in ["stage", "refuse", "undo"]
        .map(|step| format!("/desk/applications/{id}/{step}?stage=interview&reason=terms"))
    {
        recruiter.get(&path).expect_status(404);
    }
    for path in [
        "/sign-out",
        "/desk/vacancies/0123456789abcdef0123456789abcdef/publish",
        "/me/applications/1/withdraw",
    ] {
        recruiter.get(path).expect_status(404);
    }
    recruiter.get("/desk").expect_status(303);
    // A session opens nothing of the API's.
    for (method, path) in [
        ("POST", "/jobs"),
        ("PUT", "/apply"),
        ("DELETE", "/desk/applications"),
        ("PATCH", "/"),
        ("TRACE", "/"),
        ("POST", "/api/v1/applications"),
    ] {
        let answer = recruiter.send(&Request::get(path).method(method));
        assert!(
            [401, 403, 404, 405].contains(&answer.status),
            "{method} {path}: {}",
            answer.status
        );
    }
    assert_eq!(one_found(site, &who).1["stage"], "new");
}
