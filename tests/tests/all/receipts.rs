//! Owns: receipts as their person has them: downloaded from the page of the erasure and of an application, verified offline
//! with the binary, refused once they were changed; and asking to be left alone. Doesn't own: what a receipt says bit by bit
//! (`guard::receipt`), the desk's list in Chromium ([`crate::looks`]).

use crate::operator::{House, Said, charter, run};
use crate::own::shared;
use crate::people::{Applicant, follows, form_to, links_to, sign_in, words};
use acceptance::demo::{Site, vivier};
use acceptance::http::{Answer, Client};
use acceptance::smtp::Sink;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder }
    }

    fn save(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    /// The keys that the site publishes, as anybody saves them.
    fn keys(&self, site: &Site) -> PathBuf {
        let keys = site.stranger().get("/.well-known/vivier-receipts.json");
        self.save("keys.json", &keys.expect_status(200).body)
    }
}

/// `vivier receipt verify`, where no site is.
fn verify(file: &Path, more: &[&str]) -> Said {
    let mut command = vivier();
    command
        .args(["receipt", "verify", file.to_str().expect("a path")])
        .args(more)
        .current_dir(std::env::temp_dir());
    run(command, "")
}

/// The one JSON value that it prints.
fn answer(said: &Said) -> serde_json::Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.out))
}

/// Presses the button, ticking what is to be ticked; gives the page of the erasure once it is done.
pub(crate) fn erased(person: &mut Client, alone: bool) -> (String, Answer) {
    let leave = person.open("/me/leave").expect_status(200);
    let mut form = form_to(&leave, "/me/leave/erase");
    assert_eq!(form.value("alone"), None, "nothing is ticked beforehand");
    if alone {
        form.set("alone", "yes");
    }
    let gone = person.submit(&form, &leave).expect_status(303);
    let path = gone.header("location").expect("its page").to_owned();
    for _ in 0..150 {
        let page = person.get(&path).expect_status(200);
        if page.text().contains("/receipt.json") {
            return (path, page);
        }
        thread::sleep(Duration::from_millis(200));
    }
    panic!("{path}: never done");
}

/// Where the page of an erasure leads to its receipt.
fn receipt_link(page: &Answer) -> String {
    let mut links = links_to(page, "/erased/").into_iter();
    links
        .find(|link| link.ends_with("receipt.json"))
        .expect("its receipt")
}

#[test]
fn who_is_erased_keeps_a_receipt_that_is_true_without_us() {
    let demo = shared();
    for (site, language) in [("careers", "en"), ("agency", "fr")] {
        let site = demo.site(site);
        let who = Applicant::new(&format!("vvreceipt{}", site.name));
        let (mut person, own) = follows(site, &who, language);

        // Of the application, from its own page, while it is theirs.
        let mut receipts = links_to(&own, "/me/receipts/");
        assert!(!receipts.is_empty(), "a receipt of the application");
        let first = receipts.remove(0);
        let applied = person.get(&first).expect_status(200);
        assert!(
            applied
                .header("content-disposition")
                .is_some_and(|name| name.contains("receipt-application-"))
        );
        site.candidate().get(&first).expect_status(404);
        site.stranger().get(&first).expect_status(303);

        let (_, page) = erased(&mut person, false);
        let link = receipt_link(&page);
        // Whoever has the address: there is no session any more, and nothing personal in it.
        let receipt = site.stranger().get(&link).expect_status(200);
        let text = receipt.text();
        for word in [
            who.email.as_str(),
            who.given_name.as_str(),
            who.family_name.as_str(),
        ] {
            assert!(!text.contains(word), "{word} in {text}");
        }

        let kept = Kept::new();
        let keys = kept.keys(site);
        let keys = ["--key", keys.to_str().expect("a path")];
        for (name, receipt) in [("applied.json", &applied), ("erased.json", &receipt)] {
            let file = kept.save(name, &receipt.body);
            let said = verify(&file, &keys).code(0).out;
            assert!(
                said.starts_with("true\n") && said.contains("which the site publishes"),
                "{said}"
            );
            let json = answer(&verify(&file, &["--json"]).code(0));
            assert_eq!(
                (json["valid"].as_bool(), json["against"].as_str()),
                (Some(true), Some("itself"))
            );
            assert_eq!(
                json["receipt"]["kind"],
                if name == "erased.json" {
                    "erasure"
                } else {
                    "application"
                }
            );
        }
        let erasure: serde_json::Value = receipt.json();
        assert!(
            erasure["what"]["erased"]
                .as_object()
                .is_some_and(|erased| !erased.is_empty())
        );

        // One figure another: refused, and the part is named.
        let other = text.replacen("\"erased\": {", "\"erased\": {\n      \"purpose.a\": 1,", 1);
        assert_ne!(other, text);
        let file = kept.save("other.json", other.as_bytes());
        let said = verify(&file, &keys).code(1).out;
        assert!(said.contains("not true: what: this part was changed"), "{said}");
        let json = answer(&verify(&file, &["--json"]).code(1));
        assert_eq!(
            json["flaw"],
            serde_json::json!({ "place": "what", "problem": "changed" })
        );

        // The other site's keys signed none of it.
        let foreign = demo
            .sites()
            .iter()
            .find(|other| other.name != site.name)
            .expect("two sites");
        let foreign = kept.keys(foreign);
        let file = kept.save("erased.json", &receipt.body);
        let said = verify(&file, &["--key", foreign.to_str().expect("a path")])
            .code(1)
            .out;
        assert!(said.contains("not true: key"), "{said}");
    }
}

#[test]
fn what_can_t_be_told_is_neither_true_nor_false() {
    let kept = Kept::new();
    verify(&kept.folder.path().join("none.json"), &[]).code(2);
    let newer = kept.save("newer.json", b"{\n  \"format\": 2,\n  \"anything\": []\n}\n");
    let said = verify(&newer, &[]).code(2);
    assert!(said.err.contains("newer program"), "{}", said.err);
    for text in ["", "{}", "not a receipt", "{\"format\": 1}"] {
        let file = kept.save("wrong.json", text.as_bytes());
        let said = verify(&file, &[]).code(1);
        assert!(
            said.out.starts_with("not true: line 1: this isn't a receipt"),
            "{}",
            said.out
        );
    }
    let file = kept.save("keys.json", b"{}");
    let said = verify(
        &kept.save("x.json", b"{}"),
        &["--key", file.to_str().expect("a path")],
    );
    said.code(1);
}

#[test]
fn the_site_s_own_ledger_holds_what_a_receipt_says() {
    let demo = shared();
    let site = demo.site("agency");
    let (mut person, _) = follows(site, &Applicant::new("vvreceiptledger"), "fr");
    let (_, page) = erased(&mut person, false);
    let receipt = site.stranger().get(&receipt_link(&page)).expect_status(200);
    let kept = Kept::new();
    let file = kept.save("erased.json", &receipt.body);
    let data = site.dir.parent().and_then(Path::parent).expect("the demo's data");
    let against = |file: &Path| {
        let mut command = vivier();
        command
            .args(["receipt", "verify", file.to_str().expect("a path"), "--site"])
            .arg(&site.dir)
            .env("VIVIER_KEYS", data.join("keys"))
            .env("VIVIER_MASTER_KEY_FILE", data.join("master/master.key"));
        run(command, "")
    };
    let said = against(&file).code(0).out;
    assert!(said.contains("and the site's ledger holds it"), "{said}");
}

#[test]
fn who_asks_to_be_left_alone_is_told_what_is_kept_and_until_when() {
    let demo = shared();
    let agency = demo.site("agency");
    let (mut person, _) = follows(agency, &Applicant::new("vvalone"), "en");
    let leave = person.open("/me/leave").expect_status(200);
    let said = words(&leave);
    for word in [
        "leave me alone",
        "fingerprint",
        "goes if you apply again",
        "until",
    ] {
        assert!(said.contains(word), "no {word} in {said}");
    }
    assert!(links_to(&leave, "/privacy#").contains(&"/privacy#purpose.suppression".to_owned()));
    let (path, page) = erased(&mut person, true);
    assert!(path.ends_with("?done=left-alone"), "{path}");
    assert!(words(&page).contains("left alone"), "{}", words(&page));

    // Where the charter declares no such purpose, nothing is offered, and nothing taken.
    let careers = demo.site("careers");
    let (mut person, _) = follows(careers, &Applicant::new("vvnotalone"), "en");
    let leave = person.open("/me/leave").expect_status(200);
    assert!(!leave.text().contains("name=\"alone\""));
    let (path, _) = {
        let mut form = form_to(&leave, "/me/leave/erase");
        form.forge("alone", "yes");
        let gone = person.submit(&form, &leave).expect_status(303);
        (gone.header("location").expect("its page").to_owned(), gone)
    };
    assert!(!path.contains("left-alone"), "{path}");
}

#[test]
fn who_protects_sees_whom_to_tell_and_nobody_else_does() {
    let demo = shared();
    for site in demo.sites() {
        let mut dpo = sign_in(site, site.user("dpo"));
        let page = dpo.open("/desk/processors").expect_status(200);
        // Their own mail server is told nothing: these charters send by nobody else's.
        assert!(page.text().contains("/desk/processors"), "in the menu");
        site.recruiter().get("/desk/processors").expect_status(403);
    }
}

#[test]
fn a_processor_that_received_something_is_told_and_the_person_hears_its_answer() {
    const PASSWORD: &str = "trois mots bien longs";
    let (house, sink) = (House::new(), Sink::start());
    // The careers site, whose mails leave by somebody else's server.
    let text = fs::read_to_string(charter("careers")).expect("a charter");
    let (before, processor) = text.split_at(text.find("[processor.mail]").expect("its mail"));
    let processor = processor
        .replacen("entity = \"controller\"", "entity = \"Courriels Exemple\"", 1)
        .replacen(
            "retention = \"none\"\ndeletion = \"ttl\"",
            "deletion = \"manual\"",
            1,
        );
    let path = house.path("elsewhere.toml");
    fs::write(&path, format!("{before}{processor}")).expect("written");
    let path = path.to_str().expect("a path");
    let url = "http://jobs.localhost";
    house
        .run(&["site", "new", "jobs", "--charter", path, "--url", url])
        .code(0);
    let settings = house.path("sites/jobs/site.toml");
    let plain = fs::read_to_string(&settings).expect("its settings");
    let other = format!("smtp://{}", sink.address());
    fs::write(&settings, plain.replace("smtp://127.0.0.1:25", &other)).expect("written");
    house.add("jobs", "dpo", "dpo@jobs.example", PASSWORD).code(0);
    let serving = house.serve();

    let who = Applicant::new("vvtoldelsewhere");
    who.apply(&mut serving.visitor("jobs.localhost").speaking("en"), "/apply")
        .expect_status(303);
    let mail = sink.wait_for_mail_to(&who.email);
    let link = mail.links().into_iter().find(|link| link.contains("/follow/"));
    let link = link.expect("the link to follow it");
    let mut person = serving.visitor("jobs.localhost").speaking("en");
    person
        .open(link.strip_prefix(url).expect("ours"))
        .expect_status(200);
    let (path, page) = erased(&mut person, false);
    let said = words(&page);
    assert!(
        said.contains("Courriels Exemple: to be told, not done yet"),
        "{said}"
    );

    let mut dpo = serving.visitor("jobs.localhost").speaking("en");
    let page = dpo.open("/desk/processors");
    let mut form = page.form("/sign-in");
    form.set("email", "dpo@jobs.example").set("password", PASSWORD);
    let entered = dpo.submit(&form, &page);
    dpo.follow(entered);
    let list = dpo.open("/desk/processors").expect_status(200);
    let letter = list.text();
    let id = mail.header("Message-ID").expect("every mail has one");
    let id = id.trim_matches(['<', '>', ' ']);
    assert!(letter.contains(id), "{id} isn't in the letter");
    for personal in [who.email.as_str(), who.family_name.as_str()] {
        assert!(!letter.contains(personal), "{personal}");
    }
    for (answer, told) in [("told", "told on"), ("answered", "and answered on")] {
        let list = dpo.open("/desk/processors").expect_status(200);
        let mut form = form_to(&list, "/desk/processors");
        form.parts.retain(|part| part.name != "answer");
        form.forge("answer", answer);
        dpo.submit(&form, &list).expect_status(303);
        let said = words(&person.get(&path).expect_status(200));
        assert!(said.contains(told), "no {told} in {said}");
    }
    let list = dpo.open("/desk/processors").expect_status(200);
    assert!(words(&list).contains("Nobody is to be told"));
}
