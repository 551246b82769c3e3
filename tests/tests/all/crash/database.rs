//! Owns: a real site whose PostgreSQL goes away and comes back: what people are told meanwhile, that nothing is
//! half-written, that nobody has to restart anything. Doesn't own: the wire that is cut ([`super::proxy`]).

use super::people::{self, Applicant, Dice, Tally};
use super::proxy::Wire;
use acceptance::demo::vivier;
use acceptance::html;
use acceptance::http::{Answer, Client, Request};
use acceptance::smtp::Sink;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PASSWORD: &str = "trois mots bien longs";
const RECRUITER: &str = "recruiter@groupe.example";
/// A mail that was just being sent when the wire broke is taken up again once its worker could give it back: after
/// 10 s, or 70 s where that happens three times. A lease alone takes 120 s.
const AGAIN: Duration = Duration::from_secs(100);

/// A database of its own in the tests' cluster; it goes with this.
pub(crate) struct Database {
    cluster: String,
    name: String,
}

impl Database {
    /// One whose name begins so.
    pub(crate) fn create(kind: &str, end: &str) -> Self {
        let cluster =
            std::env::var("VIVIER_TEST_POSTGRES").expect("VIVIER_TEST_POSTGRES: run by `cargo xtask test`");
        let name = format!("vivier_{kind}_{}{end}", std::process::id());
        let database = Self { cluster, name };
        database.psql(&database.cluster, &format!("CREATE DATABASE {}", database.name));
        database
    }

    fn address(&self) -> SocketAddr {
        let (_, rest) = self.cluster.split_once('@').expect("user@host:port/database");
        let (address, _) = rest.split_once('/').expect("user@host:port/database");
        address
            .replace("localhost", "127.0.0.1")
            .parse()
            .expect("host:port")
    }

    /// Its URL by way of that address.
    fn url_by(&self, way: SocketAddr) -> String {
        let (user, _) = self.cluster.split_once('@').expect("user@host:port/database");
        format!("{user}@{way}/{}", self.name)
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        let (before, _) = self.cluster.rsplit_once('/').expect("a database's name");
        format!("{before}/{}", self.name)
    }

    /// What the database itself answers.
    pub(crate) fn ask(&self, words: &str) -> String {
        self.psql(&self.url(), words).trim().to_owned()
    }

    fn count(&self, table: &str) -> usize {
        let said = self.ask(&format!("SELECT count(*) FROM {table}"));
        said.parse().unwrap_or_else(|_| panic!("{said}"))
    }

    fn psql(&self, url: &str, words: &str) -> String {
        let output = Command::new("psql")
            .args([url, "-XAtqc", words])
            .output()
            .expect("psql");
        assert!(
            output.status.success(),
            "{words}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let words = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let _left_to_the_cluster = Command::new("psql")
            .args([&self.cluster, "-XAtqc", &words])
            .output();
    }
}

/// A real site, served; ended when dropped.
pub(crate) struct Served {
    child: Child,
    server: SocketAddr,
    folder: TempDir,
}

impl Served {
    /// With its keys in a folder, or in a PostgreSQL URL with `{site}` in it.
    pub(crate) fn start(database: &str, keys: Option<&str>, sink: &Sink) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("keys").display().to_string();
        let keys = keys.unwrap_or(&own);
        let charter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../charters/careers.toml");
        let url = "http://careers.localhost";
        let mut new = command(
            folder.path(),
            keys,
            &["site", "new", "careers", "--url", url, "--database", database],
        );
        done(new.arg("--charter").arg(charter), "");
        let site = folder.path().join("sites/careers");
        let file = fs::read_to_string(site.join("site.toml")).expect("it was made");
        let smtp = format!("smtp://{}", sink.address());
        fs::write(site.join("site.toml"), file.replace("smtp://127.0.0.1:25", &smtp))
            .expect("it can be written");
        let mut add = command(
            folder.path(),
            keys,
            &["user", "add", "--role", "recruiter", "--email", RECRUITER],
        );
        done(
            add.args(["--given-name", "Camille", "--family-name", "Exemple", "--site"])
                .arg(&site),
            PASSWORD,
        );

        let mut serve = command(folder.path(), keys, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = serve
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("vivier serve");
        let mut lines = BufReader::new(child.stderr.take().expect("its messages"))
            .lines()
            .map_while(Result::ok);
        let server = lines.find_map(|line| line.split_once("serving on ")?.1.parse().ok());
        let log = fs::File::create(folder.path().join("log")).expect("a log");
        // Read to the end, so that it never waits for us.
        thread::spawn(move || lines.for_each(|line| drop(writeln!(&log, "{line}"))));
        Self {
            child,
            server: server.expect("it says where it serves"),
            folder,
        }
    }

    pub(crate) fn stranger(&self) -> Client {
        Client::new(self.server, "careers.localhost")
    }

    pub(crate) fn recruiter(&self) -> Client {
        let mut client = self.stranger();
        let page = client.open("/sign-in");
        let mut form = page.form("/sign-in");
        form.set("email", RECRUITER).set("password", PASSWORD);
        let answer = client.submit(&form, &page);
        client.follow(answer).expect_status(200);
        client
    }

    /// The sealed files, half-written ones included.
    fn files(&self) -> Vec<PathBuf> {
        files_under(&self.folder.path().join("sites/careers/files"))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _status = self.child.wait();
        if thread::panicking() {
            println(&self.log());
        }
    }
}

fn command(folder: &Path, keys: &str, words: &[&str]) -> Command {
    let mut command = vivier();
    command
        .args(words)
        .env("VIVIER_SITES", folder.join("sites"))
        .env("VIVIER_KEYS", keys)
        .env("VIVIER_MASTER_KEY_FILE", folder.join("master.key"));
    command
}

fn done(command: &mut Command, input: &str) {
    let mut child = command
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("vivier");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(input.as_bytes())
        .expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

pub(super) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_under(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The page says in the reader's language that it isn't possible now, when to come back, and a number to quote.
pub(super) fn is_unavailable(answer: &Answer, language: &str) {
    let title = match language {
        "fr" => "Le service est momentanément indisponible",
        _ => "The service is unavailable for the moment",
    };
    let text = answer.text();
    assert_eq!(answer.status, 503, "{text}");
    assert!(
        answer
            .header("retry-after")
            .is_some_and(|seconds| seconds.parse::<u32>().is_ok()),
        "{:?}",
        answer.headers
    );
    assert_eq!(answer.header("content-language"), Some(language));
    assert!(
        text.contains(&format!("<html lang=\"{language}\"")) && text.contains(title),
        "{text}"
    );
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut numbers = words.filter(|word| {
        let valid = |part: &str| {
            part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        };
        word.split_once('-')
            .is_some_and(|(one, two)| valid(one) && valid(two))
    });
    assert!(numbers.next().is_some(), "no reference: {text}");
}

/// Sends again until it is taken.
pub(super) fn until_taken(client: &mut Client, request: &Request, patience: Duration) {
    let until = Instant::now() + patience;
    loop {
        let answer = client.send(request);
        match answer.status {
            303 => return,
            503 if Instant::now() < until => thread::sleep(Duration::from_millis(200)),
            status => panic!("{status}: {}", answer.text()),
        }
    }
}

/// The CV of an applicant as the desk gives it, found as a recruiter finds it.
fn cv_of(applicant: &Applicant, recruiter: &mut Client) -> Vec<u8> {
    let link = |page: &Answer, start: &str| {
        let links = html::links(&page.text())
            .into_iter()
            .filter(|link| link.starts_with(start));
        let links: BTreeSet<String> = links
            .map(|link| link.split('?').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(links.len(), 1, "{}: {start} {links:?}", applicant.token);
        links.into_iter().next().unwrap_or_default()
    };
    let found = recruiter
        .open(&format!("/desk/applications?q={}", applicant.token))
        .expect_status(200);
    let opened = recruiter
        .open(&link(&found, "/desk/applications/"))
        .expect_status(200);
    recruiter
        .get(&link(&opened, "/desk/files/"))
        .expect_status(200)
        .body
}

#[test]
fn a_database_that_goes_and_comes_back_takes_nothing_with_it() {
    let database = Database::create("gone", "");
    let wire = Wire::to(database.address());
    let sink = Sink::start();
    let served = Served::start(&database.url_by(wire.address()), None, &sink);
    let mut recruiter = served.recruiter();
    gone_and_back(&database, &wire, &served, &sink, &mut recruiter);
    an_answer_lost_at_commit(&database, &wire, &served, &mut recruiter);
    many_cuts_under_load(&database, &wire, &served, &sink, &mut recruiter);
    assert!(!served.log().contains("panicked"), "{}", served.log());
}

/// The key store on the same server goes and comes back with it.
#[test]
fn a_key_store_that_goes_with_its_server_comes_back_with_it() {
    let database = Database::create("data", "");
    let keys = Database::create("keys", "_careers");
    let wire = Wire::to(database.address());
    let sink = Sink::start();
    let by_site = keys.url_by(wire.address()).replace("_careers", "_{site}");
    let served = Served::start(&database.url_by(wire.address()), Some(&by_site), &sink);
    let mut recruiter = served.recruiter();
    let before = keys.count("keys");
    gone_and_back(&database, &wire, &served, &sink, &mut recruiter);
    assert!(keys.count("keys") >= before + 4, "each person's keys lie there");
    assert!(!served.folder.path().join("keys").exists(), "and nowhere else");
    assert!(!served.log().contains("panicked"), "{}", served.log());
}

fn gone_and_back(database: &Database, wire: &Wire, served: &Served, sink: &Sink, recruiter: &mut Client) {
    let dossiers = database.count("dossiers");

    // It is gone while two fill in their forms.
    let mut applying = ["fr", "en"].map(|language| {
        let applicant = Applicant::new(0xdb, language.len() + usize::from(language == "fr"));
        let mut client = served.stranger().speaking(language);
        let request = applicant.form(&mut client, "/apply").expect("the form");
        (applicant, client, request, language)
    });
    wire.cut();
    for (_, client, request, language) in &mut applying {
        is_unavailable(&client.send(request), language);
        assert_eq!(client.get("/livez").status, 200);
        assert_eq!(client.get("/readyz").status, 503);
    }
    is_unavailable(&recruiter.get("/desk/applications"), "en");
    assert_eq!(
        served.files(),
        Vec::<PathBuf>::new(),
        "nothing of a refused form is left"
    );
    assert_eq!(
        (database.count("applications"), database.count("dossiers")),
        (0, dossiers)
    );

    // It is back, and nobody restarted anything: the same forms are taken, once each.
    wire.mend();
    for (applicant, client, request, _) in &mut applying {
        until_taken(client, request, Duration::from_secs(20));
        assert_eq!(client.send(request).status, 303, "a second time changes nothing");
        assert_eq!(client.get("/readyz").status, 200);
        sink.wait_for(AGAIN, |mail| mail.to == [applicant.email()]);
        assert_eq!(cv_of(applicant, recruiter), applicant.cv());
    }
    assert_eq!((database.count("applications"), served.files().len()), (2, 2));
}

/// The application is in the database and nobody knows; told to try again, the sender does, and it is whole.
fn an_answer_lost_at_commit(database: &Database, wire: &Wire, served: &Served, recruiter: &mut Client) {
    for nth in 100..105 {
        let (applicant, mut client) = (Applicant::new(0xdb, nth), served.stranger());
        let request = applicant.form(&mut client, "/apply").expect("the form");
        // The worker and the ledger commit as well: when they rest, the next one to is the application.
        while database.count("jobs") + database.count("ledger_queue") > 0 {
            thread::sleep(Duration::from_millis(100));
        }
        let before = (database.count("applications"), wire.swallowed());
        wire.swallow_next_commit();
        let answer = client.send(&request);
        until_taken(&mut client, &request, Duration::from_secs(20));
        assert_eq!(cv_of(&applicant, recruiter), applicant.cv());
        assert_eq!(database.count("applications"), before.0 + 1);
        assert_eq!(wire.swallowed(), before.1 + 1);
        if answer.status != 303 {
            return is_unavailable(&answer, "en");
        }
    }
    panic!("it was always another's COMMIT");
}

/// The wire breaks at random moments while people apply.
fn many_cuts_under_load(
    database: &Database,
    wire: &Wire,
    served: &Served,
    sink: &Sink,
    recruiter: &mut Client,
) {
    const MANY: usize = 60;
    let (before, tally, pages) = (
        database.count("applications"),
        Tally::default(),
        ["/apply".to_owned()],
    );
    let mut dice = Dice::new(u64::from(std::process::id()));
    thread::scope(|scope| {
        for nth in 0..3 {
            let (client, tally, pages) = (served.stranger(), &tally, &pages);
            scope.spawn(move || people::apply(client, pages, 0xdbdb, MANY, tally, Dice::new(nth)));
        }
        let until = Instant::now() + Duration::from_secs(120);
        while tally.count() < MANY && !tally.is_over() && Instant::now() < until {
            thread::sleep(dice.millis(1_000));
            wire.cut();
            thread::sleep(dice.millis(300));
            wire.mend();
            thread::sleep(Duration::from_millis(500));
        }
        tally.over.store(true, Ordering::SeqCst);
    });
    let wrong = tally.wrong.lock().expect("no panic").clone();
    assert!(
        wrong.is_empty() && tally.count() == MANY,
        "{} acknowledged: {wrong:#?}",
        tally.count()
    );
    assert_eq!(database.count("applications"), before + MANY);
    let [unavailable, broke] =
        [&tally.unavailable, &tally.unanswered].map(|count| count.load(Ordering::SeqCst));
    println(&format!(
        "{MANY} applications, {unavailable} sendings answered 503, {broke} broke off"
    ));
    for applicant in tally.acknowledged.lock().expect("no panic").iter() {
        assert_eq!(cv_of(applicant, recruiter), applicant.cv());
        sink.wait_for(AGAIN, |mail| mail.to == [applicant.email()]);
    }
}

#[expect(clippy::print_stderr, reason = "what a run was like, or why it failed")]
fn println(text: &str) {
    eprintln!("{text}");
}
