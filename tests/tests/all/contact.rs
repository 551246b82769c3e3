//! Owns: stories of the contact form and of who reads what it brings: asked as the charter asks, read by whom it names,
//! judged, passed on, answered. Doesn't own: who is let in at which address ([`crate::matrix`]).

use crate::own::shared;
use crate::people::{
    Applicant, application_form, form_to, kept_mail, links_to, message_of, path_in, sign_in, words,
};
use acceptance::demo::Site;
use acceptance::http::{Answer, Client};

/// The form's fields as the charter lists them, in its order.
const FIELDS: [(&str, &[&str]); 2] = [
    (
        "careers",
        &["family_name", "given_name", "email", "message", "phone"],
    ),
    (
        "agency",
        &[
            "given_name",
            "family_name",
            "email",
            "phone",
            "subject",
            "company",
            "position",
            "message",
        ],
    ),
];

#[test]
fn the_form_asks_what_its_charter_lists_in_both_languages_and_sets_no_cookie() {
    let demo = shared();
    for (name, fields) in FIELDS {
        for (language, title) in [("fr", "Nous contacter"), ("en", "Contact us")] {
            let mut client = demo.site(name).stranger().speaking(language);
            let home = client.open("/jobs").expect_status(200);
            assert_eq!(
                links_to(&home, "/contact"),
                ["/contact"],
                "{name}: it is in the menu"
            );
            let page = client.open("/contact").expect_status(200);
            let form = application_form(&page);
            let mut asked: Vec<&str> = form.controls.iter().map(String::as_str).collect();
            asked.retain(|name| !name.starts_with('_'));
            asked.dedup();
            assert_eq!(asked, fields, "A02, D12, D13: {name} {language}");
            let said = words(&page);
            assert!(
                said.contains(title) && said.contains("retention.contact"),
                "{said}"
            );
            if name == "agency" {
                let choices = match language {
                    "fr" => [
                        "Candidat",
                        "Recruteur",
                        "Autre",
                        "Vivement conseillé si vous êtes client",
                    ],
                    _ => [
                        "Candidate",
                        "Recruiter",
                        "Other",
                        "Strongly advised if you are a client",
                    ],
                };
                for choice in choices {
                    assert!(said.contains(choice), "D13, D14: {choice} in {said}");
                }
            }
            assert!(client.cookies.is_empty(), "{name}: {:?}", client.cookies);
        }
    }
}

#[test]
fn what_is_not_asked_is_refused_and_what_is_wrong_is_asked_again() {
    let demo = shared();
    for (name, undeclared) in [("careers", "company"), ("agency", "cv")] {
        let site = demo.site(name);
        let who = Applicant::new(&format!("vvcontactbad{name}"));
        let mut client = site.stranger();
        let (page, mut form) = who.message(&mut client, "other");
        form.forge(undeclared, "Vvnothing");
        let answer = client.submit(&form, &page).expect_status(422);
        let said = words(&answer);
        assert!(said.contains(&format!("Refused for “{undeclared}”")), "{said}");
        assert!(!links_to(&answer, "/privacy#").is_empty(), "with its clause");

        let (page, mut form) = who.message(&mut client, "other");
        form.set("email", "nobody").set("message", " ");
        let answer = client.submit(&form, &page).expect_status(422);
        let said = words(&answer);
        assert!(said.contains("this answer is needed"), "{said}");
        let mut again = application_form(&answer);
        assert_eq!(again.value("given_name"), Some(who.given_name.as_str()));
        assert!(nobody_wrote(site, &who));
        again.set("email", &who.email).set("message", "Vvcorrected");
        let sent = client.submit(&again, &answer).expect_status(303);
        assert_eq!(sent.header("location"), Some("/contact/sent"));
        // Sent a second time, it is filed once.
        client.submit(&again, &answer).expect_status(303);
        let (mut reader, path) = message_of(site, &who);
        assert!(words(&reader.open(&path)).contains("Vvcorrected"));
    }
}

#[test]
fn the_sender_is_told_by_a_mail_that_names_nobody() {
    let demo = shared();
    for (name, language, says) in [
        ("careers", "fr", "est bien arrivé"),
        ("agency", "en", "has arrived"),
    ] {
        let site = demo.site(name);
        let who = Applicant::new(&format!("vvcontacttold{name}"));
        let mut client = site.stranger().speaking(language);
        let sent = who.write(&mut client).expect_status(303);
        assert!(words(&client.follow(sent)).contains("e-mail"));
        let mail = kept_mail(site, &who.email, 1);
        assert!(mail.contains(says) && mail.contains("/privacy"), "{mail}");
        // The demo's page shows whom it went to; the words themselves name nobody.
        let (_, text) = mail.split_once(&who.email).expect("to them");
        assert!(
            !text.contains(&who.family_name) && !text.contains(&who.given_name),
            "{mail}"
        );
    }
}

#[test]
fn sales_reads_a_client_s_request_once_the_recruitment_department_passes_it_on() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvcontactsales");
    who.write(&mut site.stranger()).expect_status(303);
    let (mut recruiter, path) = message_of(site, &who);
    let mut sales = sign_in(site, site.user("sales"));
    sales.get(&path).expect_status(404);
    assert!(!finds(&mut sales, &who), "A09");
    let page = recruiter.open(&path).expect_status(200);
    press(
        &mut recruiter,
        &page,
        &format!("{path}/client"),
        &[("client", "yes")],
    )
    .expect_status(303);
    assert!(finds(&mut sales, &who));
    let seen = sales.open(&path).expect_status(200);
    assert!(words(&seen).contains(&who.family_name));
    assert!(
        !seen.text().contains(&format!("{path}/client")),
        "who was let in lets nobody in"
    );
    let page = recruiter.open(&path).expect_status(200);
    press(
        &mut recruiter,
        &page,
        &format!("{path}/client"),
        &[("client", "no")],
    )
    .expect_status(303);
    sales.get(&path).expect_status(404);
    assert!(!finds(&mut sales, &who));
}

#[test]
fn a_consultant_reads_what_the_webmaster_addresses_to_them_and_nothing_else() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvcontactclient");
    let mut client = site.stranger();
    let (page, mut form) = who.message(&mut client, "recruiter");
    form.set("company", "Fonderie Vvchimera");
    client.submit(&form, &page).expect_status(303);
    let (mut webmaster, path) = message_of(site, &who);
    let consultants: Vec<_> = site
        .users
        .iter()
        .filter(|user| user.role == "consultant")
        .collect();
    for user in &consultants {
        sign_in(site, user).get(&path).expect_status(404);
    }
    let page = webmaster.open(&path).expect_status(200);
    let said = words(&page);
    assert!(
        said.contains("Fonderie Vvchimera") && said.contains("Recruiter"),
        "{said}"
    );
    assert!(said.contains("Claude Esquisse"), "colleagues by name: {said}");
    let form = form_to(&page, &format!("{path}/address"));
    assert_eq!(form.value("staff"), Some(""), "to nobody yet");
    let choice = page.text();
    let (_, choice) = choice.split_once("name=\"staff\"").expect("a choice");
    let first = choice.split("<option value=\"").nth(2).expect("a colleague");
    let id = first.split('"').next().expect("an id").to_owned();
    press(
        &mut webmaster,
        &page,
        &format!("{path}/address"),
        &[("staff", &id)],
    )
    .expect_status(303);
    let reads = |user: &&&acceptance::demo::User| finds(&mut sign_in(site, user), &who);
    assert_eq!(consultants.iter().filter(reads).count(), 1, "D15");
}

#[test]
fn of_no_interest_can_be_undone_and_says_when_it_goes() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvcontactnothing");
    who.write(&mut site.stranger()).expect_status(303);
    let (mut webmaster, path) = message_of(site, &who);
    let page = webmaster.open(&path).expect_status(200);
    assert!(words(&page).contains("retention.contact"), "{}", words(&page));
    let judge = format!("{path}/judge");
    press(&mut webmaster, &page, &judge, &[("verdict", "irrelevant")]).expect_status(303);
    let said = words(&webmaster.open(&path).expect_status(200));
    assert!(
        said.contains("retention.irrelevant") && said.contains("then the message is erased"),
        "D18: {said}"
    );
    press(&mut webmaster, &page, &judge, &[("verdict", "relevant")]).expect_status(409);
    let list = webmaster
        .open(&format!("/desk/messages?q={}", who.email))
        .expect_status(200);
    press(&mut webmaster, &list, &format!("{path}/undo"), &[]).expect_status(303);
    let after = words(&webmaster.open(&path).expect_status(200));
    assert!(after.contains("retention.contact"), "{after}");
    press(&mut webmaster, &list, &format!("{path}/undo"), &[]).expect_status(409);
}

#[test]
fn an_answer_leaves_by_mail_and_stays_with_the_message() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvcontactanswer");
    who.write(&mut site.stranger().speaking("fr")).expect_status(303);
    let (mut recruiter, path) = message_of(site, &who);
    let page = recruiter.open(&path).expect_status(200);
    let answer = format!("{path}/answer");
    let mut form = form_to(&page, &answer);
    form.set("text", " \n ");
    let again = recruiter.submit(&form, &page).expect_status(422);
    assert!(words(&again).contains("Write your answer before you send it"));
    form.set("text", "Bonjour,\n\nRappelons-nous, vvreplied.");
    recruiter.submit(&form, &page).expect_status(303);
    recruiter.submit(&form, &page).expect_status(303);
    let mail = kept_mail(site, &who.email, 2);
    assert!(mail.contains("vvreplied") && mail.contains("/privacy"), "{mail}");
    let said = words(&recruiter.open(&path).expect_status(200));
    assert_eq!(
        said.matches("vvreplied").count(),
        1,
        "sent twice, answered once: {said}"
    );
}

#[test]
fn the_review_lists_what_nobody_has_judged_for_more_than_a_week_and_the_menu_counts_it() {
    let demo = shared();
    let site = demo.site("agency");
    let mut webmaster = sign_in(site, site.user("webmaster"));
    let page = webmaster.open("/desk/messages?review=1").expect_status(200);
    let listed = links_to(&page, "/desk/messages/").len();
    assert!(listed > 0, "the demo has some: {}", words(&page));
    let text = page.text();
    let (_, entry) = text
        .split_once("href=\"/desk/messages\"")
        .expect("the menu's entry");
    let (entry, _) = entry.split_once("</a>").expect("its end");
    assert!(
        entry.contains(&format!("<span class=\"count\">{listed}</span>")),
        "{listed}: {entry}"
    );
    // One that has just come isn't among them.
    let who = Applicant::new("vvcontactfresh");
    who.write(&mut site.stranger()).expect_status(303);
    let (_, path) = message_of(site, &who);
    let page = webmaster.open("/desk/messages?review=1").expect_status(200);
    let listed = links_to(&page, "/desk/messages/");
    assert!(!listed.iter().any(|link| link.starts_with(&path)), "D18");
    // This charter promises one; the other has none.
    let recruiter = &mut demo.site("careers").recruiter();
    assert!(!recruiter.open("/desk/messages").text().contains("review=1"));
}

#[test]
fn the_sender_sees_what_is_kept_of_their_message_and_who_read_it() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvcontactkept");
    who.write(&mut site.stranger()).expect_status(303);
    let (mut recruiter, path) = message_of(site, &who);
    recruiter.open(&path).expect_status(200);
    kept_mail(site, &who.email, 1);
    let mut client = site.stranger();
    let page = client.open("/me/sign-in").expect_status(200);
    let mut form = page.form("/me/sign-in");
    form.set("email", &who.email);
    client.submit(&form, &page).expect_status(303);
    let mail = kept_mail(site, &who.email, 2);
    client.open(&path_in(site, &mail, "/follow/")).expect_status(200);
    let kept = words(&client.open("/me/data").expect_status(200));
    assert!(
        kept.contains("Your message") && kept.contains("retention.contact"),
        "{kept}"
    );
    let reads = words(&client.open("/me/reads").expect_status(200));
    assert!(reads.contains("the recruitment department"), "{reads}");
}

/// Sends the form to that address with what was chosen.
fn press(client: &mut Client, page: &Answer, path: &str, chosen: &[(&str, &str)]) -> Answer {
    let mut form = form_to(page, path);
    for (name, value) in chosen {
        if form.controls.iter().any(|control| control == name) {
            form.set(name, value);
        } else {
            // A button's name is sent by pressing it.
            form.forge(name, value);
        }
    }
    client.submit(&form, page)
}

/// Whether somebody's list has the message.
fn finds(client: &mut Client, who: &Applicant) -> bool {
    let list = client
        .open(&format!("/desk/messages?q={}", who.email))
        .expect_status(200);
    !links_to(&list, "/desk/messages/").is_empty()
}

fn nobody_wrote(site: &Site, who: &Applicant) -> bool {
    let reader = if site.name == "careers" {
        "recruiter"
    } else {
        "webmaster"
    };
    !finds(&mut sign_in(site, site.user(reader)), who)
}
