//! Owns: what an operator does beside a running server, and what is looked at before one starts: nothing is taken from
//! an upload, nothing is migrated by looking, each fault is named with what to do. Doesn't own: the commands' answers
//! when all is well ([`crate::commands`]).

use crate::operator::{House, python, run};
use crate::own::shared;
use crate::people::{Applicant, application_form, files_under};
use acceptance::http::Request;
use acceptance::smtp::Sink;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

const PASSWORD: &str = "trois mots bien longs";

/// A site whose mails a server takes.
fn site_with_mail(house: &House, name: &str, sink: &Sink) {
    house.found(name, &format!("http://{name}.localhost")).code(0);
    rewrite(
        &house.path("sites").join(name).join("site.toml"),
        "smtp://127.0.0.1:25",
        &format!("smtp://{}", sink.address()),
    );
}

fn rewrite(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{}: no {from}", file.display());
    fs::write(file, text.replace(from, to)).expect("written");
}

/// One statement on a site's database, as nobody but a test does.
fn on_the_database(site: &Path, statement: &str) -> String {
    let script = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\n\
                  print(c.execute(sys.argv[2]).fetchall())\nc.commit()";
    python(script, [site.join("data.db").as_os_str(), OsStr::new(statement)])
}

#[test]
fn commands_take_nothing_from_an_upload_under_way() {
    let (house, sink) = (House::new(), Sink::start());
    site_with_mail(&house, "jobs", &sink);
    let serving = house.serve();
    let mut visitor = serving.visitor("jobs.localhost");
    let mut who = Applicant::new("vvunderway");
    who.cv.resize(1_200_000, b'%');
    let page = visitor.open("/apply").expect_status(200);
    let mut form = application_form(&page);
    who.fill(&mut form);
    let incoming = house.path("sites/jobs/files/incoming");
    let answer = visitor.send_haltingly(&Request::form(&form, "/apply"), || {
        let until = Instant::now() + Duration::from_secs(20);
        while files_under(&incoming).is_empty() {
            assert!(Instant::now() < until, "nothing comes in");
            thread::sleep(Duration::from_millis(20));
        }
        house.run(&["doctor"]).code(0);
        house.run(&["site", "check"]).code(0);
        house.add("jobs", "recruiter", "r@jobs.example", PASSWORD).code(0);
    });
    answer.expect("an answer").expect_status(303);
    sink.wait_for_mail_to(&who.email);
}

#[test]
fn looking_brings_nothing_into_a_schema() {
    let (house, sink) = (House::new(), Sink::start());
    site_with_mail(&house, "jobs", &sink);
    let site = house.path("sites/jobs");
    // As a newer program finds it: one of its migrations isn't there yet.
    let last = "(SELECT MAX(name) FROM storage_migrations WHERE name LIKE 'guard/%')";
    let name = on_the_database(&site, &format!("SELECT {last}"));
    let name = name.split('\'').nth(1).expect("a migration").to_owned();
    on_the_database(
        &site,
        &format!("DELETE FROM storage_migrations WHERE name = {last}"),
    );
    for command in [&["doctor"][..], &["site", "check"]] {
        let said = house.run(command).code(1);
        assert!(
            said.out.contains(&format!("migrations pending: {name}")),
            "{}",
            said.out
        );
    }
    let count = format!("SELECT COUNT(*) FROM storage_migrations WHERE name = '{name}'");
    assert_eq!(on_the_database(&site, &count).trim(), "[(0,)]");
}

#[test]
fn doctor_names_each_fault_and_what_to_do() {
    let (house, sink) = (House::new(), Sink::start());
    site_with_mail(&house, "jobs", &sink);
    let well = house.run(&["doctor"]).code(0);
    for good in [
        "ok    VIVIER_LISTEN",
        "ok    site jobs, the mail server",
        "ok    site jobs, the files",
    ] {
        assert!(well.out.contains(good), "{good}: {}", well.out);
    }
    for (variable, value, says) in [
        ("VIVIER_LISTEN", "here", "no address to serve on"),
        ("VIVIER_NOW", "tomorrow", "write it as 2027"),
        ("VIVIER_PROXIES", "many", "write 0 to 255"),
        ("VIVIER_LOG", "info,guard=loud", "write it as info"),
    ] {
        let mut command = house.command(&["doctor"]);
        command.env(variable, value);
        let said = run(command, "").code(1);
        let line = said
            .out
            .lines()
            .find(|line| line.starts_with(&format!("wrong {variable}")));
        assert!(
            line.is_some_and(|line| line.contains(says)),
            "{variable}: {}",
            said.out
        );
    }
    // Whatever is run, a filter that isn't used is said.
    let mut command = house.command(&["site", "list"]);
    command.env("VIVIER_LOG", "info,guard=loud");
    let said = run(command, "").code(0);
    assert!(
        said.err.contains("VIVIER_LOG") && said.err.contains("guard=loud"),
        "{}",
        said.err
    );

    let toml = house.path("sites/jobs/site.toml");
    let closed = "smtp://127.0.0.1:9";
    rewrite(&toml, &format!("smtp://{}", sink.address()), closed);
    let said = house.run(&["doctor"]).code(1);
    assert!(
        said.out.contains("wrong site jobs, the mail server"),
        "{}",
        said.out
    );
    rewrite(&toml, &format!("smtp = \"{closed}\"\n"), "");
    let said = house.run(&["doctor"]).code(1);
    let line = said.out.lines().find(|line| line.starts_with("wrong site jobs:"));
    assert!(
        line.is_some_and(|line| line.contains("set smtp under [mail] in its site.toml")),
        "{}",
        said.out
    );
    let said = house.run(&["serve", "--listen", "127.0.0.1:0"]).code(2);
    assert!(
        said.err.contains("jobs is not served") && said.err.contains("smtp"),
        "{}",
        said.err
    );
}

#[test]
fn a_broken_site_hides_no_other_from_the_list() {
    let house = House::new();
    for name in ["first", "second", "third"] {
        house.found(name, &format!("http://{name}.localhost")).code(0);
    }
    fs::write(house.path("sites/second/site.toml"), "titel = 'x'").expect("written");
    let list = house.run(&["site", "list"]).code(1);
    let lines: Vec<&str> = list.out.lines().collect();
    assert!(
        matches!(&lines[..], [first, second, third]
            if first.starts_with("first\thttp://first") && second.starts_with("second\t") && second.contains("titel")
                && third.starts_with("third\thttp://third")),
        "{lines:?}"
    );
}

#[test]
fn a_demo_tells_programs_what_was_agreed_and_no_more() {
    let demo = shared();
    let said: Json = serde_json::from_str(demo.said()).expect("one value on one line");
    let keys = |value: &Json| {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    let set = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(keys(&said), set(&["sites"]));
    let sites = said["sites"].as_array().expect("a list");
    assert_eq!(sites.len(), 2);
    for site in sites {
        assert_eq!(keys(site), set(&["name", "url", "dir", "users"]));
        for user in site["users"].as_array().expect("a list") {
            assert_eq!(
                keys(user),
                set(&["role", "email", "password", "sign_in_url", "token"])
            );
        }
    }
}
