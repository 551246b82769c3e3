//! Owns: a person's own area, as they use it: what is kept and why, who read what, leaving. Doesn't own: what others
//! learn of them ([`crate::strangers`]), the same in Chromium ([`crate::looks`]).

use crate::own::{Own, shared};
use crate::people::{
    Applicant, between, follows, kept_mail, links_to, one_found, path_in, sign_in, small, words,
};
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

    // A password of their own is a way in too.
    let words_of_theirs = "seven grey herons over Nantes";
    let page = person.open("/me/security").expect_status(200);
    let mut form = page.form("/me/security/password");
    form.set("password", words_of_theirs);
    person.submit(&form, &page).expect_status(303);
    let by_password = |mut client: Client| {
        let page = client.open("/me/sign-in/password").expect_status(200);
        let mut form = page.form("/me/sign-in/password");
        form.set("email", &who.email).set("password", words_of_theirs);
        let status = client.submit(&form, &page).status;
        (client, status)
    };
    let (mut elsewhere, entered) = by_password(elsewhere);
    assert_eq!(entered, 303);

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
    assert_eq!(by_password(site.stranger()).1, 422, "the password is gone");
    let over = site.stranger().get(&link).expect_status(404);
    assert!(words(&over).contains("no longer works"), "{}", words(&over));
    assert!(
        over.text().contains("action=\"/me/sign-in\""),
        "it says how to get another"
    );
}

#[test]
fn an_address_changes_once_both_mailboxes_say_so() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvmoves");
    let (mut person, own) = follows(site, &who, "en");
    let (mut elsewhere, old_link) = (
        site.stranger(),
        path_in(site, &kept_mail(site, &who.email, 1), "/follow/"),
    );
    elsewhere.open(&old_link).expect_status(200);

    // What isn't one, what they have, and another's: told, told, and not told.
    let page = person.open("/me/details").expect_status(200);
    for (typed, said) in [
        ("nobody", "Enter an e-mail address"),
        (who.email.as_str(), "already your address"),
    ] {
        let mut form = page.form("/me/address");
        form.set("email", typed);
        let answer = person.submit(&form, &page).expect_status(422);
        assert!(words(&answer).contains(said), "{}", words(&answer));
        assert!(
            answer.text().contains(&format!("value=\"{typed}\"")),
            "what was typed stays"
        );
    }
    let to = format!("moved.{}", who.email);
    let mut form = page.form("/me/address");
    form.set("email", &to);
    let answer = person.submit(&form, &page).expect_status(303);
    let page = person.follow(answer).expect_status(200);
    assert!(
        words(&page).contains(&format!("Waiting to change to {to}")),
        "{}",
        words(&page)
    );

    let (new, old) = (kept_mail(site, &to, 1), kept_mail(site, &who.email, 2));
    assert!(
        !new.contains(&format!(" {}", who.email)) && !new.contains(&who.family_name),
        "it names nobody: {new}"
    );
    let confirm = "/me/address/confirm/";
    let (new, old) = (path_in(site, &new, confirm), path_in(site, &old, confirm));
    // Opening a link is what mail scanners do: nothing comes of it.
    for link in [&new, &old, &new] {
        let seen = site.stranger().open(link).expect_status(200);
        assert!(!words(&seen).contains('@'), "{}", words(&seen));
    }
    let mut reader = site.stranger();
    for (link, said) in [
        (&new, "old mailbox"),
        (&new, "old mailbox"),
        (&old, "Your address is changed"),
    ] {
        let page = reader.open(link).expect_status(200);
        let answer = press(&mut reader, &page, link).expect_status(303);
        let page = reader.follow(answer).expect_status(200);
        assert!(words(&page).contains(said), "{}", words(&page));
    }
    // Everything that the old mailbox or another browser holds is over, the links themselves too.
    for client in [&mut person, &mut elsewhere] {
        client.get(&own.path).expect_status(303);
    }
    for link in [&old_link, &new, &old] {
        site.stranger().get(link).expect_status(404);
    }
    for (address, mails) in [(&who.email, 2), (&to, 2)] {
        let mut asking = site.stranger();
        let page = asking.open("/me/sign-in");
        let mut form = page.form("/me/sign-in");
        form.set("email", address);
        asking.submit(&form, &page).expect_status(303);
        if *address == to {
            let mail = kept_mail(site, address, mails);
            let mut back = site.stranger().speaking("en");
            back.open(&path_in(site, &mail, "/follow/")).expect_status(200);
            assert!(words(&back.open("/me/details")).contains(&to));
            back.get(&own.path).expect_status(200);
        }
    }
    for bad in ["x", &"A".repeat(43), "%00", "..%2f.."] {
        site.stranger().get(&format!("{confirm}{bad}")).expect_status(404);
    }
}

#[test]
fn what_was_sent_with_the_same_address_is_joined_and_parted_by_who_proved_it() {
    let demo = shared();
    let site = demo.site("agency");
    let first = Applicant::new("vvtwins");
    let (mut person, one) = follows(site, &first, "en");
    let mut second = Applicant::new("vvtwinstoo");
    second.email.clone_from(&first.email);
    second
        .apply(&mut site.stranger().speaking("en"), "/apply")
        .expect_status(303);
    let link = path_in(site, &kept_mail(site, &first.email, 2), "/follow/");

    let home = person.open("/me").expect_status(200);
    assert_eq!(
        links_to(&home, "/me/applications/"),
        std::slice::from_ref(&one.path)
    );
    assert!(
        words(&home).contains("with your e-mail address"),
        "{}",
        words(&home)
    );
    let page = person.open("/me/details").expect_status(200);
    assert!(
        !words(&page).contains(&second.family_name) && !words(&page).contains(&second.phone),
        "nothing is opened"
    );
    let action = |page: &Answer, step: &str| {
        let forms = acceptance::html::forms(&page.text()).into_iter();
        forms
            .map(|form| form.action)
            .find(|action| action.ends_with(step))
            .unwrap_or_else(|| panic!("no {step}"))
    };
    let join = action(&page, "/join");
    // Not somebody else's to join, whoever knows its address.
    let mut other = site.candidate();
    let theirs = other.open("/me/details");
    let token = theirs.form("/me/address").value("_csrf").map(str::to_owned);
    let forged = |action: &str| small(action, token.as_deref(), &[]);
    other.submit(&forged(&join), &theirs).expect_status(404);
    for missing in [
        "/me/people/x/join",
        "/me/people/0123456789abcdef0123456789abcdef/join",
        "/me/people/0123456789abcdef0123456789abcdef/part",
    ] {
        other.submit(&forged(missing), &theirs).expect_status(404);
    }

    press(&mut person, &page, &join).expect_status(303);
    let mut apart = site.stranger().speaking("en");
    let two = apart.open(&link).expect_status(200);
    for client in [&mut person, &mut apart] {
        let mut seen = links_to(&client.open("/me"), "/me/applications/");
        seen.sort();
        let mut both = [one.path.clone(), two.path.clone()];
        both.sort();
        assert_eq!(seen, both);
    }
    assert!(words(&person.open("/me/details")).contains(&second.family_name));
    let page = person.open("/me/details");
    press(&mut person, &page, &action(&page, "/part")).expect_status(303);
    person.get(&two.path).expect_status(404);
    apart.get(&one.path).expect_status(404);
    apart.get(&two.path).expect_status(200);
}

#[test]
fn a_language_is_kept_for_pages_and_mails() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvspeaks");
    let (mut person, _) = follows(site, &who, "en");
    let page = person.open("/me/details").expect_status(200);
    let mut form = page.form("/me/language");
    form.set("language", "fr");
    let answer = person.submit(&form, &page).expect_status(303);
    assert!(words(&person.follow(answer)).contains("Mes coordonnées"));
    let token = form.value("_csrf").expect("a token");
    let form = small("/me/language", Some(token), &[("language", "de")]);
    person.submit(&form, &page).expect_status(400);

    // Asked for in English, by a stranger: the mail and the area are in the person's language.
    let mut asking = site.stranger().speaking("en");
    let page = asking.open("/me/sign-in");
    let mut form = page.form("/me/sign-in");
    form.set("email", &who.email);
    asking.submit(&form, &page).expect_status(303);
    let mail = kept_mail(site, &who.email, 2);
    assert!(mail.contains("Voici le lien"), "{mail}");
    let area = asking.open(&path_in(site, &mail, "/follow/")).expect_status(200);
    assert!(words(&area).contains("Mes candidatures"), "{}", words(&area));
}

#[test]
fn a_link_leads_to_where_one_wanted_to_go() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvwanted");
    follows(site, &who, "en");
    let mut mails = 1;
    for (wanted, to) in [
        ("/me/data", "/me/data"),
        ("/me/reads?before=2026-01-01", "/me/reads?before=2026-01-01"),
        // Nowhere else: not the desk, not another site.
        ("/desk", "/me"),
        ("//evil.example/me", "/me"),
    ] {
        let encoded: String = wanted.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let mut asking = site.stranger().speaking("en");
        let page = asking
            .open(&format!("/me/sign-in?to={encoded}"))
            .expect_status(200);
        let mut form = page.form("/me/sign-in");
        form.set("email", "nobody");
        let page = asking.submit(&form, &page).expect_status(422);
        let mut form = page.form("/me/sign-in");
        form.set("email", &who.email);
        asking.submit(&form, &page).expect_status(303);
        mails += 1;
        let link = path_in(site, &kept_mail(site, &who.email, mails), "/follow/");
        let followed = site.stranger().speaking("en").get(&link).expect_status(303);
        assert_eq!(followed.header("location"), Some(to), "{wanted} by {link}");
    }
    // The area itself sends there.
    let asked = site.stranger().get("/me/data").expect_status(303);
    assert_eq!(asked.header("location"), Some("/me/sign-in?to=%2Fme%2Fdata"));
    // What somebody adds to a link by hand leads nowhere else either.
    let mail = kept_mail(site, &who.email, mails);
    let link = path_in(site, &mail, "/follow/");
    let link = link.split('?').next().expect("a path");
    for to in ["%2F%2Fevil.example", "%2Fdesk", "%2Fmenu", "%2F%5Cevil"] {
        let followed = site.stranger().get(&format!("{link}?to={to}")).expect_status(303);
        assert_eq!(followed.header("location"), Some("/me"), "{to}");
    }
}

#[test]
fn a_link_that_has_ended_leads_to_the_form_for_another() {
    let own = Own::new();
    let who = Applicant::new("vvexpired");
    let demo = own.demo().now("2027-01-12T09:00:00Z").start();
    let site = demo.site("careers");
    follows(site, &who, "en");
    let ask = |site: &acceptance::demo::Site, nth: usize| {
        let mut asking = site.stranger().speaking("en");
        let page = asking.open("/me/sign-in");
        let mut form = page.form("/me/sign-in");
        form.set("email", &who.email);
        asking.submit(&form, &page).expect_status(303);
        path_in(site, &kept_mail(site, &who.email, nth), "/follow/")
    };
    let link = ask(site, 2);
    site.stranger().get(&link).expect_status(303);
    drop(demo);
    let demo = own.demo().now("2027-01-12T10:01:00Z").start();
    let site = demo.site("careers");
    let mut late = site.stranger().speaking("en");
    let over = late.get(&link).expect_status(404);
    assert!(words(&over).contains("no longer works"), "{}", words(&over));
    assert!(late.cookies.is_empty(), "it signs nobody in");
    let mut form = over.form("/me/sign-in");
    form.set("email", &who.email);
    late.submit(&form, &over).expect_status(303);
    let newer = path_in(site, &kept_mail(site, &who.email, 3), "/follow/");
    assert_ne!(newer, link);
    late.open(&newer).expect_status(200);
}

/// Presses the button of the form that goes there.
fn press(client: &mut Client, page: &Answer, action: &str) -> Answer {
    client.submit(&page.form(action), page)
}
