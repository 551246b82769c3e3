//! Owns: stories of an application that is passed on to somebody with purposes of their own (E18 as the experts' charter has
//! it, on a site whose charter shares): what goes and to whom, who is told, whom its person is directed to, and what the
//! recipient hears of it afterwards. Doesn't own: what a share lets go (`guard::share`).

use crate::export::unpacked;
use crate::looks::one_at_a_time;
use crate::own::Own;
use crate::people::{Applicant, form_to, kept_mail, links_to, one_found, path_in, sign_in, slugs, words};
use crate::receipts::erased;
use crate::versions::write_charter;
use acceptance::browser::{self, Page};
use acceptance::demo::{Demo, Site};
use acceptance::http::{Answer, Client};
use std::fs;

const SHARE: &str = include_str!("../../../crates/charter/tests/parts/clients.toml");
const CLIENT: &str = "Atelier Exemple";
const CONTACT: &str = "rgpd@atelier.example";

/// The agency, from the day on which its clients receive the applications to their offers.
fn sharing(own: &Own) -> Demo {
    let today = kernel::Clock::system().now().date(&kernel::Zone::paris());
    let day = today.plus_days(10);
    let demo = own.demo().start();
    let site = demo.site("agency");
    let text = fs::read_to_string(crate::house::root().join("charters/agency.toml")).expect("a charter");
    let text = text.replacen("version = 1", "version = 2", 1);
    let text = text.replacen("effective = 2026-09-01", &format!("effective = {day}"), 1);
    write_charter(site, &format!("{text}{SHARE}"));
    let mut officer = sign_in(site, site.user("dpo"));
    let page = officer.open("/desk/charter").expect_status(200);
    let mut form = page.form("/desk/charter/activate");
    form.set("on", &day.to_string());
    officer.submit(&form, &page).expect_status(303);
    drop(demo);
    own.demo().now(&format!("{}T10:00:00Z", day.plus_days(1))).start()
}

/// Somebody who applied to an offer: in their area, and the page of their application at the desk of who looks after it.
fn applied(site: &Site, who: &Applicant) -> (Client, Client, String) {
    let job = format!("/jobs/{}/apply", slugs(site).first().expect("an offer"));
    who.apply(&mut site.stranger().speaking("fr"), &job)
        .expect_status(303);
    let mut person = site.stranger().speaking("en");
    person
        .open(&path_in(site, &kept_mail(site, &who.email, 1), "/follow/"))
        .expect_status(200);
    let (user, item) = one_found(site, who);
    let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    (person, sign_in(site, user).speaking("en"), panel)
}

/// Passes it on by the form; gives the panel as it is then.
fn pass_on(recruiter: &mut Client, panel: &str) -> Answer {
    let path = format!("{panel}/share/clients");
    let page = recruiter.open(&path).expect_status(200);
    let mut form = form_to(&page, &path);
    form.set("recipient", CLIENT).set("contact", CONTACT);
    if form.controls.iter().any(|name| name == "to") {
        form.set("to", "other");
    }
    let sent = recruiter.submit(&form, &page).expect_status(303);
    recruiter.follow(sent).expect_status(200)
}

/// What who protects reads of whom to tell.
fn to_be_told(site: &Site) -> String {
    let mut dpo = sign_in(site, site.user("dpo")).speaking("en");
    dpo.open("/desk/processors").expect_status(200).text()
}

#[test]
fn what_is_passed_on_is_what_the_charter_says_and_its_recipient_hears_what_becomes_of_it() {
    let own = Own::new();
    let demo = sharing(&own);
    let site = demo.site("agency");
    let who = Applicant::new("vvpassedon");
    let (mut person, mut recruiter, panel) = applied(site, &who);

    // Nothing goes to nobody.
    let path = format!("{panel}/share/clients");
    let page = recruiter.open(&path).expect_status(200);
    assert!(
        links_to(&recruiter.open(&panel), &path).contains(&path),
        "from the panel"
    );
    let mut form = form_to(&page, &path);
    form.set("recipient", "  ").set("contact", CONTACT);
    let refused = recruiter.submit(&form, &page).expect_status(422);
    assert!(
        words(&refused).contains("Enter the organisation’s name"),
        "{}",
        words(&refused)
    );
    assert!(refused.text().contains(CONTACT), "what was typed stays");

    let shown = pass_on(&mut recruiter, &panel);
    let file = links_to(&shown, "/desk/shared/").remove(0);
    let reference = file.trim_start_matches("/desk/shared/").to_owned();
    let given = unpacked(&recruiter.get(&file).expect_status(200).body);
    let index = String::from_utf8(given["index.html"].clone()).expect("text");
    for says in [CLIENT, &reference, &who.family_name, &who.phone] {
        assert!(index.contains(says), "no {says} in {index}");
    }
    for never in ["écrit", &who.subject] {
        assert!(!index.contains(never), "{never} isn't received");
    }
    let cv = given.iter().find(|(name, _)| name.starts_with("files/"));
    assert_eq!(cv.map(|(_, bytes)| bytes), Some(&who.cv), "{:?}", given.keys());
    assert_eq!(given.len(), 3, "the page, its looks, the CV: {:?}", given.keys());
    // Who received something is offered again.
    assert!(words(&recruiter.open(&path)).contains(CLIENT));

    // The person is told, and directed to it.
    let mail = kept_mail(site, &who.email, 2);
    for says in [CLIENT, CONTACT, "/privacy#share.clients"] {
        assert!(mail.contains(says), "no {says} in {mail}");
    }
    let own_page = panel.replace("/desk/", "/me/");
    for path in [own_page.as_str(), "/me/rights?open=given"] {
        let said = words(&person.open(path).expect_status(200));
        assert!(said.contains(CLIENT) && said.contains(CONTACT), "{path}: {said}");
    }
    for stranger in [site.stranger(), sign_in(site, site.user("dpo"))] {
        let mut stranger = stranger;
        assert_ne!(stranger.get(&file).status, 200);
    }

    // Corrected, and then erased: it hears of both, under its reference and by nobody's name.
    assert!(!to_be_told(site).contains(CLIENT));
    let page = person.open("/me/rights").expect_status(200);
    let mut form = form_to(&page, "/me/rights/details");
    form.set("phone", "06 39 98 00 99");
    person.submit(&form, &page).expect_status(303);
    let list = to_be_told(site);
    assert!(
        list.contains(CLIENT) && list.contains("Rectification of data"),
        "{list}"
    );
    let (_, progress) = erased(&mut person, false);
    let said = words(&progress);
    assert!(said.contains(CLIENT) && said.contains(CONTACT), "{said}");
    let list = to_be_told(site);
    assert!(list.contains("Erasure of data"), "{list}");
    assert!(list.contains(&reference) && list.contains(CONTACT), "{list}");
    for personal in [who.email.as_str(), who.family_name.as_str(), "06 39 98 00 99"] {
        assert!(!list.contains(personal), "{personal}");
    }
    recruiter.get(&file).expect_status(404);
}

#[test]
fn passing_on_is_done_by_the_keyboard_without_scripts_and_its_pages_pass_axe() {
    let own = Own::new();
    let demo = sharing(&own);
    let site = demo.site("agency");
    let base = site.url.trim_end_matches('/');
    let (typed, first) = (Applicant::new("vvpassedkeys"), Applicant::new("vvpassedaxe"));
    let (_, by_keys, keyed) = applied(site, &typed);
    let (person, mut recruiter, panel) = applied(site, &first);
    let seen = |path: &str, recruiter: &Client| Page::new(path).seen_by("consultant", recruiter);
    let form_of = |panel: &str| {
        let path = format!("{panel}/share/clients");
        (format!("form[action=\"{path}\"]"), path)
    };
    let (form, path) = form_of(&keyed);
    let answered = seen(&path, &by_keys)
        .only_in("fr")
        .typing("recipient", CLIENT)
        .typing("contact", CONTACT)
        .after_asking(&format!("{form} button"));
    let _turn = one_at_a_time();
    if let Err(report) = browser::answers(base, &[answered]) {
        panic!("{report}");
    }
    assert!(words(&by_keys.clone().open(&keyed)).contains(CLIENT));

    pass_on(&mut recruiter, &panel);
    let dpo = sign_in(site, site.user("dpo"));
    let mut corrected = person.clone();
    let rights = corrected.open("/me/rights").expect_status(200);
    let mut details = form_to(&rights, "/me/rights/details");
    details.set("phone", "06 39 98 00 98");
    corrected.submit(&details, &rights).expect_status(303);
    let (form, path) = form_of(&panel);
    let pages = [
        seen(&path, &recruiter),
        seen(&path, &recruiter).after_sending(&form),
        seen(&panel, &recruiter),
        Page::new(&panel.replace("/desk/", "/me/")).seen_by("person", &person),
        Page::new("/me/rights?open=given").seen_by("person", &person),
        Page::new("/desk/processors").seen_by("dpo", &dpo),
    ];
    if let Err(report) = browser::axe(base, &pages) {
        panic!("{report}");
    }
}
