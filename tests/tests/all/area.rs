//! Owns: a person's own area, as they use it: what is kept and why, who read what, leaving. Doesn't own: what others
//! learn of them ([`crate::strangers`]), the same in Chromium ([`crate::looks`]).

use crate::own::shared;
use crate::people::{Applicant, between, follows, kept_mail, links_to, one_found, path_in, sign_in, words};
use acceptance::http::{Answer, Client};

#[test]
fn what_is_kept_is_said_with_clauses_that_exist() {
    let demo = shared();
    for (site, language, until) in [("careers", "en", "until"), ("agency", "fr", "jusqu’au")] {
        let site = demo.site(site);
        let who = Applicant::new(&format!("vvkept{}", site.name));
        let (mut person, own) = follows(site, &who, language);
        let data = person.open("/me/data").expect_status(200);
        for word in [who.cv_name.as_str(), until] {
            assert!(words(&data).contains(word), "no {word} in {}", words(&data));
        }
        let policy = person.open("/privacy").text();
        let leave = person.open("/me/leave").expect_status(200);
        let mut clauses = Vec::new();
        for page in [&data, &own, &leave, &person.open("/me/reads")] {
            clauses.extend(links_to(page, "/privacy#"));
        }
        assert!(clauses.len() > 10, "{clauses:?}");
        for clause in clauses {
            let anchor = clause.trim_start_matches("/privacy#");
            assert!(
                policy.contains(&format!("id=\"{anchor}\"")),
                "{clause} leads nowhere"
            );
        }
        for right in ["right.erase", "retention.application"] {
            assert!(
                leave.text().contains(right) || data.text().contains(right),
                "{right}"
            );
        }

        // Their own file, to download; nobody else's.
        let file = links_to(&data, "/me/files/").remove(0);
        assert_eq!(person.get(&file).expect_status(200).body, who.cv);
        site.candidate().get(&file).expect_status(404);
        let asked = site.stranger().get("/me/data").expect_status(303);
        assert!(
            asked
                .header("location")
                .is_some_and(|to| to.starts_with("/me/sign-in"))
        );
    }
}

#[test]
fn who_read_what_is_told_by_role_and_never_by_name() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvreads");
    let (mut person, _) = follows(site, &who, "en");
    let (user, item) = one_found(site, &who);
    let before = words(&person.open("/me/reads"));
    assert!(!before.contains("recruitment department: "), "{before}");
    let mut recruiter = sign_in(site, user);
    let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    for _ in 0..2 {
        recruiter.open(&panel).expect_status(200);
    }
    let page = person.open("/me/reads").expect_status(200);
    let told = words(&page);
    for word in [
        "the recruitment department",
        "Process your unsolicited application",
        "opened",
    ] {
        assert!(told.contains(word), "no {word} in {told}");
    }
    let desk = recruiter.open("/desk/vacancies").text();
    let name = between(&desk, "<span><strong>", "</strong>");
    for part in name.split(' ') {
        assert!(!told.contains(part), "{part} in {told}");
    }
    assert!(words(&person.open("/me")).contains("the recruitment department"));
    // Another's records are theirs alone, and a day that is none is no day.
    assert!(!words(&site.candidate().open("/me/reads")).contains(&who.family_name));
    for query in [
        "before=2020-01-01",
        "before=yesterday",
        "before=%00",
        "before=9999-99-99",
        "after=0.0",
    ] {
        let status = person.get(&format!("/me/reads?{query}")).status;
        assert_eq!(status, 200, "{query}");
    }
}

#[test]
fn leaving_withdraws_everything_and_ends_every_way_in() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvleaves");
    let (mut person, own) = follows(site, &who, "en");
    let link = path_in(site, &kept_mail(site, &who.email, 1), "/follow/");
    let mut elsewhere = site.stranger();
    elsewhere.open(&link).expect_status(200);

    let leave = person.open("/me/leave").expect_status(200);
    assert!(links_to(&leave, "/me/applications/").contains(&own.path));
    press(&mut person, &leave, "/me/leave/withdraw").expect_status(303);
    assert!(words(&person.open(&own.path)).contains("You withdrew this application"));
    assert_eq!(one_found(site, &who).1["stage"], "withdrawn");
    let leave = person.open("/me/leave").expect_status(200);
    assert!(
        !leave.text().contains("action=\"/me/leave/withdraw\""),
        "nothing is left to withdraw"
    );

    let answer = press(&mut person, &leave, "/me/leave/sign-out").expect_status(303);
    assert!(words(&person.follow(answer)).contains("signed out everywhere"));
    person.get("/me").expect_status(303);
    elsewhere.get("/me").expect_status(303);
    let over = site.stranger().get(&link).expect_status(404);
    assert!(words(&over).contains("no longer works"), "{}", words(&over));
    assert!(
        over.text().contains("action=\"/me/sign-in\""),
        "it says how to get another"
    );
}

/// Presses the button of the form that goes there.
fn press(client: &mut Client, page: &Answer, action: &str) -> Answer {
    client.submit(&page.form(action), page)
}
