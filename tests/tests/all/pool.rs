//! Owns: stories of the talent pool: a box that is unticked and that nothing depends on, keeping who agreed, asking who
//! didn't, writing down who was found, a message's way into it, taking a yes back. Doesn't own: who is let in at which
//! address ([`crate::matrix`]), clocks ([`crate::upkeep`]).

use crate::own::shared;
use crate::people::{
    Applicant, application_form, form_to, kept_mail, links_to, message_of, one_found, path_in, recruiters,
    sign_in, small, token, words,
};
use acceptance::demo::Site;
use acceptance::http::Client;

const BOX: &str = "_agree.pool";

/// Somebody applies unsolicited, with the box ticked or not.
fn applies(site: &Site, who: &Applicant, ticked: bool) {
    let mut client = site.stranger().speaking("en");
    let (page, mut form) = who.form(&mut client, "/apply");
    if ticked {
        form.forge(BOX, "yes");
    }
    client.submit(&form, &page).expect_status(303);
}

/// A consultant, signed in.
fn consultant(site: &Site) -> Client {
    sign_in(site, recruiters(site)[0])
}

/// The pool's entries that a search finds.
fn found(client: &mut Client, view: &str, words: &str) -> Vec<String> {
    let page = client
        .open(&format!("/desk/pool?view={view}&q={words}"))
        .expect_status(200);
    let mut links = links_to(&page, "/desk/pool/");
    links.retain(|link| !link.contains("/from/"));
    links
        .iter()
        .map(|link| link.split('?').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_box_is_unticked_and_sending_does_not_depend_on_it() {
    let demo = shared();
    let site = demo.site("agency");
    for (language, says) in [
        ("fr", "Votre envoi n’en dépend pas"),
        ("en", "doesn’t depend on it"),
    ] {
        let mut client = site.stranger().speaking(language);
        let page = client.open("/apply").expect_status(200);
        let form = application_form(&page);
        assert!(form.controls.iter().any(|name| name == BOX), "D04: it is asked");
        assert_eq!(form.value(BOX), None, "and unticked");
        assert!(words(&page).contains(says), "{language}");
    }
    // Another purpose than the form offers can't be agreed to by it.
    let who = Applicant::new("vvpoolforged");
    let mut client = site.stranger().speaking("en");
    let (page, mut form) = who.form(&mut client, "/apply");
    form.forge("_agree.newsletter", "yes");
    let answer = client.submit(&form, &page).expect_status(422);
    assert!(!links_to(&answer, "/privacy#").is_empty(), "with its clause");
    // A form that comes back keeps what was ticked.
    let (page, mut form) = who.form(&mut client, "/apply");
    form.forge(BOX, "yes").set("email", "nobody");
    let answer = client.submit(&form, &page).expect_status(422);
    assert!(
        answer
            .text()
            .contains("name=\"_agree.pool\" value=\"yes\" checked")
    );

    let careers = demo.site("careers");
    let page = careers.stranger().open("/apply").expect_status(200);
    assert!(
        !page.text().contains("_agree."),
        "a charter without a pool asks for none"
    );
}

#[test]
fn who_agreed_is_kept_found_and_taken_out_by_their_own_word() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvpoolagreed");
    applies(site, &who, true);
    let mut desk = consultant(site);
    assert!(found(&mut desk, "", &who.email).is_empty(), "out of every search");
    let (_, item) = one_found(site, &who);
    let application = item["id"].as_str().expect("an id").to_owned();
    let inbox = desk.open("/desk/pool?view=inbox").expect_status(200);
    assert!(
        !links_to(&inbox, &format!("/desk/applications/{application}")).is_empty(),
        "D17"
    );
    let form = form_to(&inbox, &format!("/desk/pool/take/{application}"));
    desk.submit(&form, &inbox).expect_status(303);
    let entries = found(&mut desk, "", &who.email);
    assert_eq!(entries.len(), 1);
    let panel = desk.open(&entries[0]).expect_status(200);
    let said = words(&panel);
    for says in [
        who.family_name.as_str(),
        &who.cv_name,
        "retention.pool",
        "vvpoolagreed écrit",
    ] {
        assert!(said.contains(says), "{says} in {said}");
    }
    let cv = links_to(&panel, &format!("{}/files/", entries[0]))
        .pop()
        .expect("a CV");
    assert_eq!(desk.get(&cv).expect_status(200).body, who.cv);

    // Put forward: told by mail, and theirs to withdraw.
    let form = form_to(&panel, &format!("{}/forward", entries[0]));
    desk.submit(&form, &panel).expect_status(303);
    let mail = kept_mail(site, &who.email, 2);
    assert!(mail.contains("/follow/"), "{mail}");
    let mut me = site.stranger().speaking("en");
    let own = me.open(&path_in(site, &mail, "/follow/")).expect_status(200);
    assert!(own.path.starts_with("/me/applications/"));

    let area = me.open("/me").expect_status(200);
    assert!(words(&area).contains("You agreed to be kept for other jobs"));
    let mut form = form_to(&area, "/me/pool");
    form.forge("agree", "no");
    me.submit(&form, &area).expect_status(303);
    assert!(found(&mut desk, "", &who.email).is_empty(), "at once");
    desk.get(&entries[0]).expect_status(404);
    // And given again as easily, by a tick.
    let area = me.open("/me").expect_status(200);
    let mut form = form_to(&area, "/me/pool");
    assert_eq!(form.value("agree"), None, "unticked");
    form.forge("agree", "yes");
    me.submit(&form, &area).expect_status(303);
    assert!(words(&me.open("/me")).contains("Nobody has looked yet"));
}

#[test]
fn who_was_found_is_told_where_and_answers_without_signing_in() {
    let demo = shared();
    let site = demo.site("agency");
    for (word, answer) in [("vvpoolyes", "yes"), ("vvpoolno", "no")] {
        let who = Applicant::new(word);
        let mut desk = consultant(site);
        let page = desk.open("/desk/pool/from/networks").expect_status(200);
        let mut form = application_form(&page);
        form.set("given_name", &who.given_name)
            .set("family_name", &who.family_name);
        // Without an address nobody could be told.
        let again = desk.submit(&form, &page).expect_status(422);
        let mut form = application_form(&again);
        let (address, education) = (format!("3 quai {word}"), format!("Licence {word}"));
        form.set("email", &who.email)
            .set("phone", &who.phone)
            .set("address", &address)
            .set("experience", &format!("Dix ans {word}"))
            .set("education", &education);
        desk.submit(&form, &again).expect_status(303);
        let asked = found(&mut desk, "asked", &who.email);
        assert_eq!(asked.len(), 1);
        let panel = desk.open(&asked[0]).expect_status(200);
        assert!(!words(&panel).contains("Dix ans"), "nothing else is done with it");
        assert!(found(&mut desk, "", &who.email).is_empty());

        let mail = kept_mail(site, &who.email, 1);
        for says in ["CNIL", "dpo@cabinet.example", "/privacy"] {
            assert!(mail.contains(says), "GDPR art. 14: {says} in {mail}");
        }
        let path = path_in(site, &mail, "/pool/");
        let mut them = site.stranger().speaking("en");
        let question = them.open(&path).expect_status(200);
        assert!(
            !words(&question).contains(&who.family_name),
            "whoever holds the link is told no name"
        );
        let mut form = form_to(&question, &path);
        form.forge("answer", answer);
        them.submit(&form, &question).expect_status(303);
        let told = them.get(&path);
        match answer {
            "yes" => assert!(words(&told).contains("Noted: you are in our talent pool")),
            // Told so, or gone already with what it was about.
            _ => assert!(words(&told).contains("erase") || told.status == 404),
        }
        // Once answered, a link takes no second answer.
        let mut second = form_to(&question, &path);
        second.forge("answer", if answer == "yes" { "no" } else { "yes" });
        them.submit(&second, &question);
        assert_eq!(
            found(&mut desk, "", &who.email).len(),
            usize::from(answer == "yes")
        );
        if answer == "yes" {
            let said = words(&desk.open(&asked[0]).expect_status(200));
            let experience = format!("Dix ans {word}");
            for given in [
                &who.family_name,
                &who.email,
                &who.phone,
                &address,
                &experience,
                &education,
            ] {
                assert!(said.contains(given.as_str()), "D03: {given} in {said}");
            }
        }
    }
    let mut nobody = site.stranger();
    nobody
        .get("/pool/0123456789abcdef0123456789abcdef")
        .expect_status(404);
}

#[test]
fn what_comes_from_a_source_is_what_the_charter_says_from_the_desks_own_page() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvpoolsource");
    let mut desk = consultant(site);
    let fill = |form: &mut acceptance::html::Form| {
        form.set("given_name", &who.given_name)
            .set("family_name", &who.family_name)
            .set("email", &who.email);
    };
    let page = desk.open("/desk/pool/from/networks").expect_status(200);
    let mut form = application_form(&page);
    fill(&mut form);
    form.forge("motivation", "x");
    let answer = desk.submit(&form, &page).expect_status(422);
    assert!(
        links_to(&answer, "/privacy#")
            .iter()
            .any(|link| link.ends_with("source.networks")),
        "with its clause"
    );
    // Without the session's own token nothing is written down.
    let mut form = application_form(&page);
    fill(&mut form);
    form.parts.retain(|part| part.name != "_csrf");
    desk.submit(&form, &page).expect_status(403);
    assert!(found(&mut desk, "asked", &who.email).is_empty());
    desk.get("/desk/pool/from/unsolicited").expect_status(404);
    desk.get("/desk/pool/from/nothing").expect_status(404);
}

#[test]
fn a_relevant_message_leaves_the_mailbox_for_the_pool() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvpoolmessage");
    let mut client = site.stranger().speaking("en");
    let (page, form) = who.message(&mut client, "candidate");
    client.submit(&form, &page).expect_status(303);
    let (mut webmaster, path) = message_of(site, &who);
    let user = recruiters(site)[0];
    let page = webmaster.open(&path).expect_status(200);
    let mut form = form_to(&page, &format!("{path}/address"));
    let staff = user.sign_in_url.rsplit('/').next().expect("an id");
    form.set("staff", staff);
    webmaster.submit(&form, &page).expect_status(303);

    let mut desk = sign_in(site, user);
    let page = desk.open(&path).expect_status(200);
    let form = form_to(&page, &format!("{path}/pool"));
    desk.submit(&form, &page).expect_status(303);
    desk.get(&path).expect_status(404);
    assert_eq!(found(&mut desk, "asked", &who.email).len(), 1);
    webmaster.open(&path).expect_status(200);
    // Only the address of a link in the site ever left it: the mail to the person, and none to the addressee.
    let mail = kept_mail(site, &who.email, 2);
    assert!(mail.contains("/pool/"), "{mail}");
}

#[test]
fn a_charter_without_a_pool_has_none() {
    let demo = shared();
    let site = demo.site("careers");
    let mut desk = consultant(site);
    desk.get("/desk/pool").expect_status(403);
    let token = token(&mut desk);
    let page = desk.open("/desk/vacancies");
    let take = small(
        "/desk/pool/take/0123456789abcdef0123456789abcdef",
        Some(&token),
        &[],
    );
    desk.submit(&take, &page).expect_status(403);
}
