//! Owns: the archive of everything held about a person, as they download it and as it is made for them on the command
//! line, opened by another hand than the one that wrote it. Doesn't own: that nothing is left out (beside the tables, in
//! `app`).

use crate::operator::{House, python};
use crate::own::{Own, copy, shared};
use crate::people::{Applicant, follows, message_of, one_found, sign_in, words};
use acceptance::demo::Site;
use acceptance::http::Answer;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

const ARCHIVE: &str = "/me/data/archive";

/// Each file of an archive and its bytes.
pub(crate) fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut files = BTreeMap::new();
    for nth in 0..zip.len() {
        let mut file = zip.by_index(nth).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        files.insert(name, bytes);
    }
    files
}

/// What Python's own reader says is wrong with an archive: the name of the first broken file, or `None`.
fn python_says(zip: &Path) -> String {
    let script =
        "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nprint(z.testzip(), len(z.namelist()))";
    python(script, [zip])
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("text")
}

fn downloaded(answer: Answer) -> BTreeMap<String, Vec<u8>> {
    let answer = answer.expect_status(200);
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    let disposition = answer.header("content-disposition").expect("how it is saved");
    assert!(
        disposition.starts_with("attachment; filename=\""),
        "{disposition}"
    );
    let cached = answer.header("cache-control").expect("who keeps it");
    assert!(cached.contains("no-store"), "{cached}");
    unpacked(&answer.body)
}

#[test]
fn a_person_downloads_everything_with_their_cv_as_they_sent_it() {
    let demo = shared();
    for (name, language, title) in [
        ("careers", "en", "Everything we keep about you"),
        ("agency", "fr", "Tout ce que nous gardons sur vous"),
    ] {
        let site = demo.site(name);
        let who = Applicant::new(&format!("vvexport{name}"));
        let other = Applicant::new(&format!("vvnobodyelse{name}"));
        other.apply(&mut site.stranger(), "/apply").expect_status(303);
        let (mut person, _) = follows(site, &who, language);
        let (user, item) = one_found(site, &who);
        let mut recruiter = sign_in(site, user);
        recruiter
            .open(&format!(
                "/desk/applications/{}",
                item["id"].as_str().expect("an id")
            ))
            .expect_status(200);
        let page = person.open("/me/data").expect_status(200);
        assert!(
            page.text().contains(&format!("href=\"{ARCHIVE}\"")),
            "{}",
            page.text()
        );
        let files = downloaded(person.get(ARCHIVE));

        let cv = files
            .iter()
            .find(|(name, _)| name.starts_with("files/"))
            .expect("the CV");
        assert_eq!(
            (cv.0.as_str(), cv.1),
            (format!("files/01-CV vvexport{name}.pdf").as_str(), &who.cv)
        );
        let (data, html) = (text(&files, "data.json"), text(&files, "index.html"));
        assert!(html.contains(title) && html.contains(&format!("lang=\"{language}\"")));
        for word in [&who.given_name, &who.family_name, &who.email, &who.cv_name] {
            assert!(
                data.contains(word.as_str()) && html.contains(word.as_str()),
                "no {word}"
            );
        }
        // Nothing runs, and nothing is fetched from anywhere.
        for fetched in [
            "<script",
            "<img",
            "<iframe",
            "http-equiv",
            "src=",
            "@import",
            "url(",
        ] {
            assert!(
                !html.contains(fetched) && !text(&files, "style.css").contains(fetched),
                "{fetched}"
            );
        }
        let href = format!("href=\"files/01-CV%20vvexport{name}.pdf\"");
        assert!(html.contains(&href), "no {href}");
        // Staff by their role, others not at all.
        let staff = user.email.as_str();
        for text in [&data, &html] {
            for nobody in [staff, other.family_name.as_str(), other.email.as_str()] {
                assert!(!text.contains(nobody), "{nobody} in a copy of somebody else's");
            }
        }
        let data: Value = serde_json::from_str(&data).expect("JSON");
        assert_eq!(
            (&data["format"], &data["charter"]["id"]),
            (&1.into(), &name.into())
        );
        let resume: Value = serde_json::from_str(&text(&files, "resume.json")).expect("JSON");
        assert_eq!(resume["basics"]["email"], who.email);
        // Their own download is told to nobody as a reading.
        let reads = words(&person.open("/me/reads"));
        assert!(
            !reads.contains("data protection officer") && !reads.contains("délégué"),
            "{reads}"
        );
    }
}

#[test]
fn nobody_downloads_what_is_anothers() {
    let demo = shared();
    let site = demo.site("careers");
    let asked = site.stranger().get(ARCHIVE).expect_status(303);
    assert!(
        asked
            .header("location")
            .is_some_and(|to| to.starts_with("/me/sign-in"))
    );
    let mut staff = site.recruiter();
    staff.get(ARCHIVE).expect_status(303);
    let who = Applicant::new("vvmine");
    let (mut person, _) = follows(site, &who, "en");
    let theirs = downloaded(site.candidate().get(ARCHIVE));
    assert!(!text(&theirs, "data.json").contains("vvmine"));
    // No address leads to another's: there is none with a number in it.
    let (_, item) = one_found(site, &who);
    let of = item["person"].as_str().unwrap_or_default();
    for path in [
        format!("{ARCHIVE}/{of}"),
        format!("/me/{of}/archive"),
        format!("/desk/people/{of}/archive"),
    ] {
        person.get(&path).expect_status(404);
        site.stranger().get(&path).expect_status(404);
    }
    assert!(
        text(
            &downloaded(person.get(&format!("{ARCHIVE}?person={of}"))),
            "data.json"
        )
        .contains("vvmine")
    );
}

#[test]
fn what_was_sent_by_the_contact_form_is_in_it() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvexportwrites");
    let (mut person, _) = follows(site, &who, "fr");
    let mut again = who.clone();
    again.motivation = "Une question de vvexportwrites, sans plus.".to_owned();
    again
        .write(&mut site.stranger().speaking("fr"))
        .expect_status(303);
    let (mut reader, path) = message_of(site, &who);
    reader.open(&path).expect_status(200);
    // Until it is joined it is another's: whoever typed that address may be anybody.
    assert!(!text(&downloaded(person.get(ARCHIVE)), "data.json").contains("sans plus"));
    let page = person.open("/me/details").expect_status(200);
    let joins = acceptance::html::forms(&page.text());
    let join = joins.into_iter().find(|form| form.action.ends_with("/join"));
    person
        .submit(&join.expect("somebody to join"), &page)
        .expect_status(303);
    let files = downloaded(person.get(ARCHIVE));
    for name in ["data.json", "index.html"] {
        assert!(text(&files, name).contains("sans plus"), "{name}");
    }
}

#[test]
fn who_protects_makes_one_on_the_command_line() {
    let house = House::new();
    copy(Own::new().folder(), house.0.path());
    let demo = acceptance::demo::Demo::with().data(house.0.path()).start();
    let site: &Site = demo.site("careers");
    let who = Applicant::new("vvexported");
    let (mut person, _) = follows(site, &who, "fr");
    let folder = house.path("sites/careers");
    let folder = folder.to_str().expect("a path");
    let found = house
        .run(&["person", "find", &who.email, "--site", folder])
        .code(0)
        .out
        .clone();
    let id = found.trim();
    let number = |role: &str| {
        let mut parts = site.user(role).sign_in_url.split(['/', '?']);
        parts.find(|part| part.len() == 32).expect("a number").to_owned()
    };
    let export = |id: &str, role: &str, out: &[&str]| {
        let words = ["person", "export", id, "--site", folder, "--as", &number(role)];
        house.run(&[&words[..], out].concat())
    };

    let refused = export(id, "recruiter", &["--out", "no.zip"]).code(2);
    assert!(refused.err.contains("duty to protect"), "{}", refused.err);
    assert!(!house.path("no.zip").exists());
    export("nobody", "dpo", &[]).code(2);
    let nobody = "0".repeat(32);
    assert!(
        export(&nobody, "dpo", &[])
            .code(1)
            .err
            .contains("nothing is held")
    );

    let said = export(id, "dpo", &["--out", "theirs.zip"]);
    assert_eq!(said.code(0).out.trim(), "theirs.zip");
    let made = house.path("theirs.zip");
    assert_eq!(
        python_says(&made),
        "None 5",
        "every file whole: four pages and a CV"
    );
    let files = unpacked(&fs::read(&made).expect("the archive"));
    let cv = files
        .iter()
        .find(|(name, _)| name.starts_with("files/"))
        .expect("the CV");
    assert_eq!(cv.1, &who.cv);
    assert!(
        text(&files, "index.html").contains("lang=\"fr\""),
        "in the person's language"
    );
    // What is there stays, and the person sees that it was read.
    assert!(
        export(id, "dpo", &["--out", "theirs.zip"])
            .code(2)
            .err
            .contains("already")
    );
    let reads = words(&person.open("/me/reads?lang=en"));
    assert!(reads.contains("data protection officer"), "{reads}");
}
