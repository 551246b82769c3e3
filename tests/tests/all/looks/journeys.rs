//! Owns: the main job in Chromium: candidates with scripts and without, recruiters by keyboard and by phone. Doesn't
//! own: what they do there (`tests/browser/journeys/`).

use super::one_at_a_time;
use super::pages::offer_in;
use crate::people::{Applicant, kept_mail, one_found, path_in, sign_in};
use acceptance::browser;
use acceptance::demo::{Demo, Site, User};
use acceptance::http::Client;
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_candidate_applies_by_phone_in_french_without_scripts() {
    let demo = Demo::shared();
    let site = demo.site("careers");
    let offer = offer(site);
    applies(site, "fr", 390, false, Some(offer));
}

#[test]
fn a_candidate_applies_unsolicited_in_english_with_scripts() {
    let demo = Demo::shared();
    applies(demo.site("agency"), "en", 1440, true, None);
}

#[test]
fn a_recruiter_works_by_the_keyboard_alone() {
    let demo = Demo::shared();
    let site = demo.site("careers");
    let user = received(site, "vvkeyboard", 3);
    play(
        "desk",
        json!({
            "base": site.url, "language": "en", "width": 1440, "scripts": true, "word": "vvkeyboard",
            "user": { "email": user.email, "password": user.password },
        }),
    );
}

#[test]
fn a_recruiter_works_by_phone_without_scripts() {
    let demo = Demo::shared();
    let site = demo.site("agency");
    let user = received(site, "vvphone", 1);
    play(
        "phone",
        json!({
            "base": site.url, "language": "fr", "width": 390, "scripts": false, "word": "vvphone",
            "user": { "email": user.email, "password": user.password },
        }),
    );
}

#[test]
fn a_person_uses_their_area_by_phone_in_french_without_scripts() {
    lives_in_their_area("fr", 390, false, false);
}

#[test]
fn a_person_uses_their_area_by_the_keyboard_alone_in_english() {
    lives_in_their_area("en", 1440, true, true);
}

/// Somebody whose application was read looks at everything, changes their address and leaves.
fn lives_in_their_area(language: &str, width: u16, scripts: bool, keyboard: bool) {
    let demo = Demo::shared();
    let site = demo.site("careers");
    let who = Applicant::new(&format!("vvarea{language}{width}"));
    who.apply(&mut site.stranger().speaking(language), "/apply")
        .expect_status(303);
    let (user, item) = one_found(site, &who);
    let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    sign_in(site, user).open(&panel).expect_status(200);
    let link = path_in(site, &kept_mail(site, &who.email, 1), "/follow/");
    play(
        "area",
        json!({
            "base": site.url, "main": format!("http://localhost:{}", site.server().port()),
            "language": language, "width": width, "scripts": scripts, "keyboard": keyboard, "link": link,
            "moved": format!("moved.{}", who.email), "who": { "email": who.email, "cv_name": who.cv_name },
        }),
    );
}

#[test]
fn staff_sign_in_by_a_passkey() {
    let demo = Demo::shared();
    let site = demo.site("careers");
    let user = site.user("dpo");
    let client = sign_in(site, user);
    passkey(
        site,
        "en",
        &client,
        ["/desk/account", "/sign-in", "/desk"],
        user.password.as_deref(),
    );
}

#[test]
fn a_candidate_signs_in_by_a_passkey() {
    let demo = Demo::shared();
    let site = demo.site("agency");
    let client = site.candidate();
    passkey(
        site,
        "fr",
        &client,
        ["/me/security", "/me/sign-in/password", "/me"],
        None,
    );
}

fn passkey(site: &Site, language: &str, client: &Client, pages: [&str; 3], password: Option<&str>) {
    let [account, door, home] = pages;
    let cookies: Vec<Value> = client
        .cookies
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    play(
        "passkeys",
        json!({
            "base": site.url, "language": language, "width": 390, "scripts": true, "cookies": cookies,
            "account": account, "door": door, "home": home, "password": password,
        }),
    );
}

/// The newest offer in French, and a word of it to search by.
fn offer(site: &Site) -> Value {
    let (path, title) = offer_in(site, "fr");
    let words = title.split(|c: char| !c.is_alphabetic());
    let search = words.max_by_key(|word| word.chars().count()).expect("a word");
    json!({ "path": path, "search": search })
}

fn applies(site: &Site, language: &str, width: u16, scripts: bool, offer: Option<Value>) {
    let mut who = Applicant::new(&format!("vvlooks{language}{width}"));
    // Large enough for the script to send it with its progress shown.
    who.cv.extend("% nothing more to say\n".repeat(20_000).bytes());
    let folder = tempfile::tempdir().expect("a folder");
    let cv = folder.path().join(&who.cv_name);
    fs::write(&cv, &who.cv).expect("written");
    play(
        "candidate",
        json!({
            "base": site.url, "main": format!("http://localhost:{}", site.server().port()),
            "language": language, "width": width, "scripts": scripts, "offer": offer, "cv": cv,
            "who": {
                "given_name": who.given_name, "family_name": who.family_name, "email": who.email,
                "phone": who.phone, "subject": who.subject, "motivation": who.motivation, "cv_name": who.cv_name,
            },
        }),
    );
}

/// Applications of that word to the newest offer in French, and who reads them.
fn received<'s>(site: &'s Site, word: &str, count: u8) -> &'s User {
    let apply = format!("{}/apply", offer_in(site, "fr").0);
    let mut reader = None;
    for nth in 0..count {
        let mut who = Applicant::new(&format!("{word}{}", char::from(b'a' + nth)));
        word.clone_into(&mut who.family_name);
        who.apply(&mut site.stranger().speaking("fr"), &apply)
            .expect_status(303);
        reader = Some(one_found(site, &who).0);
    }
    reader.expect("an application")
}

fn play(story: &str, with: Value) {
    let _turn = one_at_a_time();
    if let Err(report) = browser::journey(story, &with) {
        panic!("{report}");
    }
}
