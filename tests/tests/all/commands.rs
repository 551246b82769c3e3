//! Owns: the command line as an operator uses it: charters checked and rendered, a real site founded, peopled, served,
//! its charter changed under way; exit codes 0 (done), 1 (the answer is no), 2 (it can't be carried out).

use crate::house::read;
use crate::operator::{House, charter, run};
use crate::people::{between, words};
use acceptance::http::{Client, Request};
use acceptance::smtp::Sink;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A charter with one thing changed, in a file of its own.
fn changed(folder: &Path, from: &str, to: &str) -> String {
    let text = read("charters/careers.toml");
    assert!(text.contains(from), "nothing to change");
    let file = folder.join("changed.toml");
    fs::write(&file, text.replacen(from, to, 1)).expect("written");
    file.to_string_lossy().into_owned()
}

#[test]
fn the_shipped_charters_are_in_order_and_a_broken_one_says_where() {
    let house = House::new();
    house
        .run(&["charter", "check", &charter("careers"), &charter("agency")])
        .code(0);
    let json = house
        .run(&[
            "charter",
            "check",
            "--json",
            &charter("careers"),
            &charter("agency"),
        ])
        .code(0);
    let findings: Value = serde_json::from_str(&json.out).expect("one value");
    let findings = findings.as_array().expect("a list");
    assert!(
        findings.iter().all(|finding| finding["level"] != "error"),
        "{findings:?}"
    );
    assert_eq!(json.out.trim_end().lines().count(), 1, "on one line");

    let cases = [
        (
            "[retention.contact]\nlabel",
            "[retention.contact]\nlable",
            "Did you mean “label”?",
        ),
        ("kind = \"contact\"", "kind = \"contract\"", "contact"),
        ("retention = \"contact\"", "retention = \"contcat\"", "contact"),
        ("max = \"P12M\"", "max = \"12 months\"", "P"),
        ("version = 1", "version = \"one\"", "version"),
        ("[charter]", "[charter", "]"),
    ];
    let text = read("charters/careers.toml");
    for (from, to, says) in cases {
        let file = changed(house.0.path(), from, to);
        let said = house.run(&["charter", "check", &file]).code(1);
        let wanted = text[..text.find(from).expect("there")].lines().count();
        let lines: Vec<usize> = said
            .out
            .lines()
            .filter_map(|line| {
                line.strip_prefix(&format!("{file}:"))?
                    .split(':')
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        let near = |line: &usize| line.abs_diff(wanted) <= 3;
        assert!(lines.iter().any(near), "line {wanted} or so: {}", said.out);
        assert!(
            said.out.contains("error") && said.out.contains(says),
            "{says}: {}",
            said.out
        );
        let json = house.run(&["charter", "check", "--json", &file]).code(1);
        let findings: Value = serde_json::from_str(&json.out).expect("one value");
        assert!(
            findings[0]["line"].as_u64() > Some(0) && findings[0]["column"].as_u64() > Some(0),
            "{findings}"
        );
        // One good file beside a broken one: the answer is no.
        house
            .run(&["charter", "check", &charter("agency"), &file])
            .code(1);
        house.run(&["charter", "render", &file]).code(2);
    }
    let french = house
        .run(&[
            "charter",
            "check",
            "--lang",
            "fr",
            &changed(house.0.path(), "may = [\"recruit\"", "mya = [\"recruit\""),
        ])
        .code(1);
    assert!(french.out.contains("Vouliez-vous"), "{}", french.out);
    house.run(&["charter", "check", "nowhere.toml"]).code(2);
    house.run(&["charter", "check"]).code(2);
    house.run(&["charter", "bless", "x"]).code(2);
}

#[test]
fn a_finding_says_its_clause_and_its_check_and_a_policy_is_rendered_with_what_it_lacks() {
    let house = House::new();
    let file = changed(house.0.path(), "retention = \"contact\"", "retention = []");
    let said = house.run(&["charter", "check", &file]).code(0);
    let line = said
        .out
        .lines()
        .find(|line| line.contains("[purpose.no-retention]"));
    assert!(
        line.is_some_and(|line| line.contains("gap [purpose.no-retention] purpose.contact: ")),
        "{}",
        said.out
    );
    let json = house.run(&["charter", "check", "--json", &file]).code(0);
    let findings: Value = serde_json::from_str(&json.out).expect("one value");
    let mut all = findings.as_array().expect("a list").iter();
    let missing = all
        .find(|finding| finding["rule"] == "purpose.no-retention")
        .expect("it");
    assert_eq!(missing["number"], 2);
    assert_eq!(missing["clause"], "purpose.contact");
    // Published with its gap, and told of it; law it can't become.
    for words in [["charter", "render", &file], ["charter", "register", &file]] {
        let said = house.run(&words).code(0);
        assert!(
            !said.out.is_empty() && said.err.contains("purpose.contact"),
            "{}",
            said.err
        );
    }
    let refused = house.run(&["site", "new", "jobs", "--charter", &file]).code(2);
    assert!(refused.err.contains("purpose.contact"), "{}", refused.err);
}

#[test]
fn charters_are_compared_laid_out_and_drafted() {
    let house = House::new();
    let mut layout = vec!["charter".to_owned(), "fmt".to_owned(), "--check".to_owned()];
    layout.extend(["careers", "portal", "jobboard", "agency", "experts"].map(charter));
    let layout: Vec<&str> = layout.iter().map(String::as_str).collect();
    assert_eq!(house.run(&layout).code(0).out, "");
    let spaced = changed(house.0.path(), "version = 1", "version    = 1");
    assert_eq!(
        house
            .run(&["charter", "fmt", "--check", &spaced])
            .code(1)
            .out
            .trim_end(),
        spaced
    );
    house.run(&["charter", "fmt", &spaced]).code(0);
    let laid_out = fs::read_to_string(&spaced).expect("it");
    assert_eq!(laid_out, read("charters/careers.toml"));

    let careers = charter("careers");
    assert_eq!(
        house.run(&["charter", "diff", &careers, &careers]).code(0).out,
        ""
    );
    let wider = changed(house.0.path(), "authority = \"PT72H\"", "authority = \"PT96H\"");
    for (language, says) in [
        ("en", "breach: authority: 72 hours → 96 hours (to be announced)."),
        ("fr", "à annoncer"),
    ] {
        let said = house
            .run(&["charter", "diff", &careers, &wider, "--lang", language])
            .code(0);
        assert!(
            said.out.replace(['\u{a0}', '\u{202f}'], " ").contains(says),
            "{}",
            said.out
        );
    }
    let json = house
        .run(&["charter", "diff", &careers, &wider, "--json"])
        .code(0);
    let changes: Value = serde_json::from_str(&json.out).expect("one value");
    assert_eq!(
        (&changes[0]["clause"], &changes[0]["needs"]),
        (&"breach".into(), &"notice".into())
    );
    house.run(&["charter", "diff", &careers, "nowhere.toml"]).code(2);

    let table = house.path("table.csv");
    let rows = "Finalités;Données collectées;Personnes concernées;Durée\nTraiter les candidatures;nom, prénom, CV;Candidats;2 ans\nEnvoyer la lettre d’information;adresse e-mail;;\n";
    fs::write(&table, rows).expect("written");
    let said = house
        .run(&["charter", "draft", "--from", &table.to_string_lossy()])
        .code(0);
    assert!(
        said.out.contains("P2Y") && said.out.contains("gaps = ["),
        "{}",
        said.out
    );
    let drafted = house.path("drafted.toml");
    fs::write(&drafted, &said.out).expect("written");
    let checked = house.run(&["charter", "check", &drafted.to_string_lossy()]);
    assert!(checked.out.contains("gap [rule.gap]"), "{}", checked.out);
    house.run(&["charter", "draft", "--from", "nowhere.csv"]).code(2);
}

/// `vivier … | head`: whoever reads may stop early, and nothing is said of it.
#[test]
fn an_answer_that_nobody_reads_to_the_end_ends_quietly() {
    let house = House::new();
    let broken = changed(
        house.0.path(),
        "retention = \"contact\"",
        "retention = \"contcat\"",
    );
    let shipped = charter("jobboard");
    for (words, code) in [
        (vec!["charter", "render", &shipped], 0),
        (vec!["charter", "schema"], 0),
        (vec!["charter", "check", &broken], 1),
    ] {
        let mut command = house.command(&words);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("vivier");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!(ended.status.code(), Some(code), "{words:?}");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{words:?}");
    }
}

/// A full disk isn't a reader who has enough: the answer didn't come out.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_no_answer() {
    let house = House::new();
    let mut command = house.command(&["charter", "schema"]);
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a full disk");
    let ended = command.stdout(full).output().expect("vivier");
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(
        said.contains("can’t be written") || said.contains("can't be written"),
        "{said}"
    );
}

#[test]
fn the_record_is_rendered_in_both_languages_and_three_forms() {
    let house = House::new();
    for (language, title, reference) in [
        ("fr", "Registre des activités", "Référence,"),
        ("en", "Record of processing", "Reference,"),
    ] {
        for (format, start) in [("html", "<!doctype html>"), ("md", "# "), ("csv", reference)] {
            let file = charter("agency");
            let words = [
                "charter", "register", &file, "--lang", language, "--format", format,
            ];
            let said = house.run(&words).code(0);
            assert!(said.out.starts_with(start), "{}", said.out);
            assert!(format == "csv" || said.out.contains(title));
            for expected in [
                "Cabinet Exemple",
                "dpo@cabinet.example",
                "purpose.apply",
                "Hébergeur Exemple SAS",
            ] {
                assert!(said.out.contains(expected), "{language} {format}: no {expected}");
            }
            assert!(said.err.is_empty(), "{}", said.err);
        }
    }
    house.run(&["charter", "register", "nowhere.toml"]).code(2);
}

#[test]
fn the_policy_is_rendered_in_both_languages_and_both_forms() {
    let house = House::new();
    for (name, controller) in [("careers", "Groupe Exemple"), ("agency", "Cabinet Exemple")] {
        for (language, title) in [("fr", "Politique"), ("en", "Privacy policy")] {
            for (format, clause) in [
                ("html", "id=\"retention.application\""),
                ("md", "retention.application"),
            ] {
                let words = [
                    "charter",
                    "render",
                    &charter(name),
                    "--lang",
                    language,
                    "--format",
                    format,
                ];
                let said = house.run(&words).code(0);
                for expected in [controller, title, clause] {
                    assert!(
                        said.out.contains(expected),
                        "{name} {language} {format}: no {expected}"
                    );
                }
                assert!(said.err.is_empty(), "{}", said.err);
            }
        }
    }
}

#[test]
fn a_site_is_founded_only_in_order() {
    let house = House::new();
    let sites = house.path("sites");
    for name in ["", "../up", "Upper", "a/b", "a b", "x.y", &"a".repeat(41)] {
        house.found(name, "http://jobs.localhost").code(2);
    }
    let file = changed(house.0.path(), "readers = [", "raeders = [");
    house.run(&["site", "new", "jobs", "--charter", &file]).code(2);
    house
        .run(&["site", "new", "jobs", "--charter", "nowhere.toml"])
        .code(2);
    // Who copies one folder must hold nothing readable.
    for (name, variable, path) in [
        ("VIVIER_KEYS", "key store", sites.join("jobs/keys")),
        ("VIVIER_KEYS", "key store", sites.join("jobs")),
        (
            "VIVIER_MASTER_KEY_FILE",
            "master key",
            sites.join("jobs/master.key"),
        ),
        (
            "VIVIER_MASTER_KEY_FILE",
            "master key",
            house.path("keys/master.key"),
        ),
    ] {
        let mut command = house.command(&["site", "new", "jobs", "--charter", &charter("careers")]);
        command.env(name, &path);
        let said = run(command, "").code(2);
        assert!(
            said.err.contains(name) && said.err.contains(variable),
            "{}",
            said.err
        );
        assert!(
            !sites.join("jobs").exists() && !path.exists(),
            "nothing half-made stays"
        );
    }
    let nowhere = "postgres://nobody@127.0.0.1:1/nothing";
    let words = [
        "site",
        "new",
        "jobs",
        "--charter",
        &charter("careers"),
        "--database",
        nowhere,
    ];
    let said = house.run(&words).code(2);
    assert!(said.err.contains("can't be reached"), "{}", said.err);
    house.found("jobs", "http://jobs.localhost").code(0);
    for file in ["site.toml", "charter.toml", "data.db"] {
        assert!(sites.join("jobs").join(file).is_file(), "{file}");
    }
    assert!(house.path("keys/jobs.keys.db").is_file() && house.path("master/master.key").is_file());
    let said = house.found("jobs", "http://jobs.localhost").code(2);
    assert!(said.err.contains("already"), "{}", said.err);
    // Served with its keys moved into its folder, it isn't.
    let mut command = house.command(&["doctor"]);
    command.env("VIVIER_KEYS", sites.join("jobs"));
    fs::copy(house.path("keys/jobs.keys.db"), sites.join("jobs/jobs.keys.db")).expect("copied");
    let said = run(command, "").code(1);
    assert!(said.out.contains("wrong site jobs"), "{}", said.out);
}

#[test]
fn doctor_list_and_check_say_what_is_wrong() {
    let house = House::new();
    let nothing = house.run(&["doctor"]).code(1);
    assert!(
        nothing.out.contains("wrong the master key's file"),
        "{}",
        nothing.out
    );
    house.run(&["site", "list"]).code(2);
    house.run(&["serve", "--listen", "127.0.0.1:0"]).code(2);
    let sink = Sink::start();
    for name in ["one", "two"] {
        house.found(name, &format!("http://{name}.localhost")).code(0);
        let toml = house.path("sites").join(name).join("site.toml");
        let text = fs::read_to_string(&toml).expect("it was made");
        let smtp = text.replace("127.0.0.1:25", &sink.address().to_string());
        fs::write(toml, smtp).expect("written");
    }
    let well = house.run(&["doctor"]).code(0);
    for variable in [
        "VIVIER_SITES",
        "VIVIER_KEYS",
        "VIVIER_MASTER_KEY_FILE",
        "VIVIER_LISTEN",
        "VIVIER_NOW",
    ] {
        assert!(well.out.contains(variable), "{variable}");
    }
    let list = house.run(&["site", "list"]).code(0);
    assert_eq!(
        list.out
            .lines()
            .map(|line| line.split('\t').next())
            .collect::<Vec<_>>(),
        [Some("one"), Some("two")]
    );
    let check = house.run(&["site", "check"]).code(0);
    assert!(
        check.out.contains("one: in order; charter careers version 1"),
        "{}",
        check.out
    );
    for purpose in ["screen (screen)", "audience (audience)"] {
        let line = format!("one: not offered: {purpose}");
        assert!(check.out.lines().any(|said| said == line), "{}", check.out);
    }
    for offered in ["apply (", "contact (", "access_records (", "answer_rights ("] {
        assert!(
            !check.out.contains(&format!("not offered: {offered}")),
            "{}",
            check.out
        );
    }

    // One that is broken stops no other.
    let file = house.path("sites/one/site.toml");
    let text = fs::read_to_string(&file).expect("a text");
    fs::write(&file, format!("titel = 'x'\n{text}")).expect("written");
    let said = house.run(&["site", "check"]).code(1);
    assert!(
        said.out.contains("titel") && said.out.contains("two: in order"),
        "{}",
        said.out
    );
    house.run(&["doctor"]).code(1);
    let serving = house.serve();
    serving.visitor("two.localhost").get("/jobs").expect_status(200);
    assert_ne!(serving.visitor("one.localhost").get("/jobs").status, 200);
}

#[test]
fn accounts_are_added_by_standard_input_and_a_charter_changes_under_way() {
    let house = House::new();
    house.found("jobs", "http://jobs.localhost").code(0);
    let password = "vv long enough words";
    for (role, email, password, says) in [
        ("recruiter", "a@jobs.example", "short", "at least 15"),
        ("recruiter", "a@jobs.example", "", "at least 15"),
        (
            "recruiter",
            "a@jobs.example",
            "passwordpassword",
            "the first that anybody would try",
        ),
        ("wizard", "a@jobs.example", password, "no such role"),
        ("recruiter", "nobody", password, "e-mail"),
    ] {
        let said = house.add("jobs", role, email, password).code(2);
        assert!(said.err.contains(says), "{says}: {}", said.err);
    }
    house
        .add("nowhere", "recruiter", "a@jobs.example", password)
        .code(2);
    let recruiter = house
        .add("jobs", "recruiter", "a@jobs.example", &format!("{password}\n"))
        .code(0);
    assert_eq!(recruiter.out.trim().len(), 32, "its id: {}", recruiter.out);
    assert!(
        !recruiter.out.contains("vv") && !recruiter.err.contains("vv"),
        "{}{}",
        recruiter.out,
        recruiter.err
    );
    let said = house.add("jobs", "recruiter", "A@jobs.example", password).code(2);
    assert!(said.err.contains("exists already"), "{}", said.err);

    // Time is not for the operator of a real site to move.
    let mut moved = house.command(&["serve", "--listen", "127.0.0.1:0"]);
    moved.env("VIVIER_NOW", "2027-11-21T00:00:00Z");
    let said = run(moved, "").code(2);
    assert!(said.err.contains("VIVIER_NOW"), "{}", said.err);

    let serving = house.serve();
    let mut visitor = serving.visitor("jobs.localhost");
    let page = visitor.open("/desk").expect_status(200);
    let mut form = page.form("/sign-in");
    form.set("email", "a@jobs.example").set("password", password);
    let answer = visitor.submit(&form, &page).expect_status(303);
    let desk = visitor.follow(answer).expect_status(200);
    assert!(words(&desk).contains("Vvoperator"), "{}", words(&desk));
    // What only a demo has.
    visitor
        .get(&format!("/demo/sign-in/{}", house_id(&desk.text())))
        .expect_status(404);
    visitor.get("/desk/kit").expect_status(404);
    // Another host is another's.
    assert_ne!(serving.visitor("evil.example").get("/jobs").status, 200);

    let site = house.path("sites/jobs");
    let draft = site.join("charter.toml");
    let protects = house.add("jobs", "dpo", "p@jobs.example", password).code(0);
    let activate_as = |staff: &str| {
        let folder = site.to_str().expect("a path");
        house.run(&["charter", "activate", "--site", folder, "--as", staff])
    };
    let activate = || activate_as(protects.out.trim());
    let first = footer(&mut visitor);
    assert!(first.0 == "1", "{first:?}");
    let text = fs::read_to_string(&draft).expect("a draft");
    let broken = text
        .replacen("version = 1", "version = 2", 1)
        .replacen("readers = [", "raeders = [", 1);
    let early = text.replacen("version = 1", "version = 2", 1);
    let unlawful = early.replacen("authority = \"PT72H\"", "authority = \"P30D\"", 1);
    for (bad, says) in [
        (&broken, "Did you mean"),
        (&text, "higher number"),
        (&unlawful, "72"),
        (&early, "before it is activated"),
    ] {
        fs::write(&draft, bad).expect("written");
        let said = activate().code(1);
        assert!(said.out.contains(says), "{says}: {}", said.out);
    }
    thread::sleep(Duration::from_millis(1_500));
    assert_eq!(footer(&mut visitor), first, "the site keeps the activated one");

    let today = kernel::Clock::system().now().date(&kernel::Zone::paris());
    let next = early
        .lines()
        .map(|line| match line.starts_with("effective = ") {
            true => format!("effective = {today}\n"),
            false => format!("{line}\n"),
        })
        .collect::<String>();
    fs::write(&draft, next).expect("written");
    let said = activate_as(recruiter.out.trim()).code(2);
    assert!(said.err.contains("duty"), "{}", said.err);
    let said = activate().code(0);
    let digest = said.out.trim().rsplit(' ').next().unwrap_or_default().to_owned();
    let until = Instant::now() + Duration::from_secs(10);
    while footer(&mut visitor) == first && Instant::now() < until {
        thread::sleep(Duration::from_millis(100));
    }
    let second = footer(&mut visitor);
    assert_eq!(second.0, "2");
    assert!(
        digest.starts_with(&second.1) && second.1 != first.1,
        "{digest} {second:?}"
    );
    assert!(words(&visitor.open("/privacy?lang=en")).contains("Version 2"));
    // A start runs the last activated one, whatever lies in the folder.
    drop(serving);
    fs::write(&draft, &broken).expect("written");
    let mut again = house.serve();
    assert_eq!(footer(&mut again.visitor("jobs.localhost")), second);
    // And it stops when told to, in order.
    let stopped = Command::new("kill")
        .args(["-TERM", &again.child.id().to_string()])
        .status();
    assert!(stopped.expect("kill runs").success());
    assert!(again.child.wait().expect("it ends").success());
}

/// Any id on the page.
fn house_id(page: &str) -> String {
    let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
    let mut ids = page.split(|c: char| !hex(c)).filter(|word| word.len() == 32);
    ids.next()
        .unwrap_or("0123456789abcdef0123456789abcdef")
        .to_owned()
}

/// The version and the digest in the foot of the public pages.
fn footer(visitor: &mut Client) -> (String, String) {
    let page = visitor
        .send(&Request::get("/jobs?lang=en"))
        .expect_status(200)
        .text();
    let foot = between(&page, "<footer", "</footer>");
    let version = between(foot, "version ", "<").trim().to_owned();
    (version, between(foot, "<code>", "</code>").to_owned())
}
