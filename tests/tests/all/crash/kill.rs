//! Owns: `kill -9` at random moments while people apply, a recruiter refuses and the mail server has its moods.
//! Doesn't own: the people ([`super::people`]).
//!
//! `VIVIER_CRASH_SEED` repeats a run's chances (not the scheduler's), `VIVIER_CRASH_KILLS` and
//! `VIVIER_CRASH_APPLICATIONS` make it shorter or longer.

use super::look::Look;
use super::people::{self, Applicant, Dice, Tally};
use acceptance::demo::{Demo, Site, Start};
use acceptance::smtp::{Mail, Mood, Sink};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const CLIENTS: u64 = 6;
/// So many kills more after the last application, while its mails leave.
const LATE: usize = 6;

struct Plan {
    seed: u64,
    kills: usize,
    applications: usize,
}

impl Plan {
    fn from_environment() -> Self {
        let number = |name: &str| {
            std::env::var(name)
                .ok()
                .map(|text| text.parse::<u64>().expect(name))
        };
        let some = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_millis());
        Self {
            seed: number("VIVIER_CRASH_SEED").unwrap_or(u64::try_from(some).unwrap_or(0) % 100_000_000),
            kills: usize::try_from(number("VIVIER_CRASH_KILLS").unwrap_or(20)).expect("a number"),
            applications: usize::try_from(number("VIVIER_CRASH_APPLICATIONS").unwrap_or(1_000))
                .expect("a number"),
        }
    }
}

/// The demo, whose every start is four minutes later than the one before: what a killed worker had claimed can be
/// claimed again (its lease is over), and refusals leave four starts after they were made.
struct Power {
    start: Start,
    starts: usize,
}

impl Power {
    fn next(&mut self) -> Start {
        self.starts += 1;
        self.at(self.starts * 4)
    }

    fn at(&self, minutes: usize) -> Start {
        let (day, hour, minute) = (1 + minutes / 1_440, minutes / 60 % 24, minutes % 60);
        self.start
            .clone()
            .now(&format!("2026-12-{day:02}T{hour:02}:{minute:02}:00Z"))
    }
}

/// Ends the people's work when the one who kills fails.
struct Ends<'a>(&'a Tally);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

#[test]
fn kills_lose_nothing_and_double_nothing() {
    let plan = Plan::from_environment();
    say(&format!("VIVIER_CRASH_SEED={}", plan.seed));
    let began = Instant::now();
    let mut dice = Dice::new(plan.seed);
    let (sink, calm) = moody_sink(&mut dice);
    let folder = tempfile::tempdir().expect("a folder");
    let start = Demo::with()
        .data(folder.path())
        .smtp(sink.address())
        .listen(steady_port());
    let mut power = Power { start, starts: 0 };
    let demo = power.next().start();
    let site = demo.site("careers").clone();
    let first_start = began.elapsed();

    let pages = pages(&site);
    let tally = Tally::default();
    let recruiter = site.recruiter();
    let token = site.user("recruiter").token.clone().expect("a token");
    let loaded = Instant::now();
    let (demo, refused, kills) = thread::scope(|scope| {
        let _ends = Ends(&tally);
        for nth in 0..CLIENTS {
            let (client, pages, tally, seed) = (site.stranger(), &pages, &tally, plan.seed);
            let dice = Dice::new(seed ^ (nth + 1));
            scope.spawn(move || people::apply(client, pages, seed, plan.applications, tally, dice));
        }
        let refusing =
            scope.spawn(|| people::refuse(&site, &token, recruiter.clone(), &tally, plan.applications));
        let (demo, kills) = kill_again_and_again(&plan, demo, &mut power, &tally, &mut dice);
        wait(&tally, Duration::from_secs(120), || {
            tally.count() == plan.applications
        });
        let refused = refusing.join().expect("no panic");
        (demo, refused, kills)
    });
    let loaded = loaded.elapsed();
    let demo = (0..LATE).fold(demo, |demo, _| {
        thread::sleep(dice.millis(3_000));
        demo.kill();
        power.next().start()
    });
    // The last time; then a day later, when every retry is due and orphans are swept.
    demo.kill();
    calm.store(true, Ordering::SeqCst);
    let demo = power.at(power.starts * 4 + 1_440).start();
    let site = demo.site("careers").clone();
    let settled = Instant::now();
    let look = settle(&site);
    let settled = settled.elapsed();

    let applicants: Vec<Applicant> = (0..plan.applications)
        .map(|nth| Applicant::new(plan.seed, nth))
        .collect();
    let ids = all_are_there_once(&site, &applicants, &token);
    files_are_whole(&site, &look, &applicants, &ids);
    let doubled = mails_arrived(&sink, &look, &applicants, &ids, &refused);
    for site in demo.sites() {
        nothing_is_half_written(&Look::at(site));
    }
    assert!(!demo.log().contains("panicked"), "{}", demo.log());
    let unknown = look.mails.iter().filter(|(.., state)| state == "unknown").count();
    say(&format!(
        "{} kills, {} applications; sendings: {} broke off, {} answered 503, {} hung up on; {} refusals ({unknown} \
         unknown), {} mails ({doubled} twice, {} handed over in vain); first start {first_start:.0?}, load {loaded:.0?}, \
         settling {settled:.0?}, all {:.0?}",
        kills + LATE + 1,
        plan.applications,
        tally.unanswered.load(Ordering::SeqCst),
        tally.unavailable.load(Ordering::SeqCst),
        tally.hung_up.load(Ordering::SeqCst),
        refused.len(),
        sink.mails().len(),
        sink.lost().len(),
        began.elapsed(),
    ));
}

/// Gives the demo that was started last, and how many were killed.
fn kill_again_and_again(
    plan: &Plan,
    mut demo: Demo,
    power: &mut Power,
    tally: &Tally,
    dice: &mut Dice,
) -> (Demo, usize) {
    let mut kills = 0;
    for nth in 0..plan.kills {
        if !dice.one_in(3) {
            // All over the applications, and not before the share of this kill; else soon after the start.
            let share = plan.applications * (nth + 1) / (plan.kills + 2);
            wait(tally, Duration::from_secs(120), || tally.count() >= share);
        }
        thread::sleep(dice.millis(400));
        demo.kill();
        kills += 1;
        if dice.one_in(4) {
            power.next().start_and_kill(dice.millis(900));
            kills += 1;
        }
        demo = power.next().start();
    }
    (demo, kills)
}

fn wait(tally: &Tally, patience: Duration, done: impl Fn() -> bool) {
    let until = Instant::now() + patience;
    while !done() {
        let wrong = tally.wrong.lock().expect("no panic");
        assert!(wrong.is_empty(), "{wrong:#?}");
        drop(wrong);
        assert!(Instant::now() < until, "only {} are acknowledged", tally.count());
        thread::sleep(Duration::from_millis(5));
    }
}

/// A mail server that outlives every kill and isn't always in the mood; calm when told so.
fn moody_sink(dice: &mut Dice) -> (Sink, Arc<AtomicBool>) {
    let calm = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&calm);
    let dice = Mutex::new(Dice::new(dice.below(u64::MAX)));
    let sink = Sink::moody(move || {
        if told.load(Ordering::SeqCst) {
            return Mood::Takes;
        }
        let (rest, mood) = {
            let mut dice = dice.lock().expect("no panic");
            (dice.millis(15), dice.below(20))
        };
        // Long enough for a kill to fall between its 250 and the commit.
        thread::sleep(rest);
        match mood {
            0 => Mood::TakesAndHangsUp,
            1 => Mood::HangsUp,
            2 => Mood::PutsOff,
            _ => Mood::Takes,
        }
    });
    (sink, calm)
}

/// A port to come back to, outside the range from which others are given free ones.
fn steady_port() -> SocketAddr {
    (0..500)
        .map(|nth| {
            SocketAddr::from((
                [127, 0, 0, 1],
                u16::try_from(20_000 + (std::process::id() + nth) % 10_000).expect("a port"),
            ))
        })
        .find(|address| TcpListener::bind(address).is_ok())
        .expect("a free port")
}

/// Where one can apply: without an offer, and to some of them.
fn pages(site: &Site) -> Vec<String> {
    let offers = site
        .stranger()
        .get("/api/v1/vacancies?limit=5")
        .expect_status(200)
        .json();
    let offers = offers["items"].as_array().cloned().unwrap_or_default();
    let path = |offer: &serde_json::Value| {
        let url = offer["url"].as_str().unwrap_or_default();
        format!("{}/apply", url.strip_prefix(&site.url).unwrap_or(url))
    };
    let pages: Vec<String> = offers.iter().map(path).chain(["/apply".to_owned()]).collect();
    assert_eq!(pages.len(), 6, "{pages:?}");
    pages
}

fn settle(site: &Site) -> Look {
    let until = Instant::now() + Duration::from_secs(180);
    loop {
        let look = Look::at(site);
        if look.is_quiet() {
            return look;
        }
        assert!(
            Instant::now() < until,
            "it doesn't come to rest: {:?}, {} keys unsettled",
            look.jobs,
            look.unsettled
        );
        thread::sleep(Duration::from_millis(500));
    }
}

/// Each application once, with its name and e-mail, and none that nobody sent; gives their ids by e-mail.
fn all_are_there_once(site: &Site, applicants: &[Applicant], token: &str) -> BTreeMap<String, String> {
    let mut api = site.stranger().bearing(token);
    let mut ids = BTreeMap::new();
    let mut names: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = api
            .get(&format!("/api/v1/applications?limit=100{after}"))
            .expect_status(200)
            .json();
        for item in page["items"].as_array().into_iter().flatten() {
            let text = |field: &str| item[field].as_str().unwrap_or_default().to_owned();
            if text("email").ends_with("@crash.example") {
                assert_eq!(
                    ids.insert(text("email"), text("id")),
                    None,
                    "{} is there twice",
                    text("email")
                );
                names.insert(text("email"), (text("given_name"), text("family_name")));
            }
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    let expected: BTreeMap<_, _> = applicants
        .iter()
        .map(|person| (person.email(), (person.given_name(), person.token.clone())))
        .collect();
    let (missing, strange): (Vec<_>, Vec<_>) = (
        expected
            .keys()
            .filter(|email| !names.contains_key(*email))
            .collect(),
        names
            .keys()
            .filter(|email| !expected.contains_key(*email))
            .collect(),
    );
    assert!(
        missing.is_empty() && strange.is_empty(),
        "missing {missing:?}, from nobody {strange:?}"
    );
    assert_eq!(names, expected);
    ids
}

/// Every CV downloads byte by byte as it was sent; the desk shows a sample of them.
fn files_are_whole(site: &Site, look: &Look, applicants: &[Applicant], ids: &BTreeMap<String, String>) {
    let mut recruiter = site.recruiter();
    let files: BTreeMap<&str, &str> = look
        .files
        .iter()
        .map(|(dossier, id)| (dossier.as_str(), id.as_str()))
        .collect();
    for (nth, person) in applicants.iter().enumerate() {
        let id = &ids[&person.email()];
        let file = files
            .get(id.as_str())
            .unwrap_or_else(|| panic!("{} has no CV", person.token));
        let cv = recruiter
            .get(&format!("/desk/files/{file}"))
            .expect_status(200)
            .body;
        assert!(
            cv == person.cv(),
            "the CV of {} isn't what was sent: {} bytes",
            person.token,
            cv.len()
        );
        if nth % 50 == 0 {
            let panel = recruiter
                .get(&format!("/desk/applications/{id}"))
                .expect_status(200)
                .text();
            for shown in [
                &person.given_name(),
                &person.email(),
                &format!("/desk/files/{file}"),
            ] {
                assert!(panel.contains(shown.as_str()), "the desk doesn't show {shown}");
            }
        }
    }
}

/// One confirmation each, and one refusal where refused; gives how many came twice.
fn mails_arrived(
    sink: &Sink,
    look: &Look,
    applicants: &[Applicant],
    ids: &BTreeMap<String, String>,
    refused: &[Applicant],
) -> usize {
    let mut came: BTreeMap<String, Vec<Mail>> = BTreeMap::new();
    for mail in sink.mails() {
        came.entry(message(&mail)).or_default().push(mail);
    }
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    for mail in sink.mails().iter().chain(&sink.lost()) {
        *tried.entry(message(mail)).or_default() += 1;
    }
    let owners: BTreeMap<&str, &Applicant> = applicants
        .iter()
        .map(|person| (ids[&person.email()].as_str(), person))
        .collect();
    let mut confirmed = BTreeSet::new();
    let mut told = BTreeSet::new();
    let mut sent: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, dossier, kind, state) in &look.mails {
        let Some(person) = owners.get(dossier.as_str()) else {
            continue;
        };
        let copies = came.remove(id).unwrap_or_default();
        let what = format!(
            "the {kind} to {} is {state} and came {} times",
            person.token,
            copies.len()
        );
        assert!(
            copies.iter().all(|copy| *copy == copies[0]),
            "{what}, not always the same"
        );
        assert!(
            copies.iter().all(|copy| copy.to == [person.email()]),
            "{what}, to somebody else"
        );
        *sent.entry(dossier.as_str()).or_default() += usize::from(state == "sent");
        match (kind.as_str(), state.as_str()) {
            ("confirmation", "sent") => {
                assert!(!copies.is_empty(), "{what}");
                assert!(confirmed.insert(person.token.as_str()), "{what}: there are two");
            }
            ("refusal", "sent" | "unknown") => {
                assert!(
                    tried.get(id).copied().unwrap_or(0) <= 1,
                    "{what}: it was sent again"
                );
                assert!(state == "unknown" || copies.len() == 1, "{what}");
                assert!(told.insert(person.token.as_str()), "{what}: there are two");
            }
            _ => panic!("{what}"),
        }
    }
    assert_eq!(confirmed.len(), applicants.len(), "each has their confirmation");
    assert_eq!(
        told,
        refused.iter().map(|person| person.token.as_str()).collect(),
        "who is refused is told, and nobody else"
    );
    // What was withdrawn or never filed has sent nothing: no mail is left over.
    assert_eq!(
        came.keys().collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "mails of nobody"
    );
    // Of each mail sent there is one record, however often it was handed over.
    let recorded: BTreeMap<&str, usize> = look
        .disclosures
        .iter()
        .map(|(dossier, count)| (dossier.as_str(), *count))
        .collect();
    for (dossier, count) in &sent {
        let records = recorded.get(dossier).copied().unwrap_or(0);
        assert_eq!(records, *count, "{dossier}: records of sending, and mails sent");
    }
    let all = sink.mails();
    all.len() - all.iter().map(message).collect::<BTreeSet<_>>().len()
}

/// The id of the mail's row.
fn message(mail: &Mail) -> String {
    let id = mail.header("message-id").unwrap_or_default();
    id.split('@').next().unwrap_or_default().to_owned()
}

fn nothing_is_half_written(look: &Look) {
    assert!(look.incoming.is_empty(), "half-written: {:?}", look.incoming);
    let (rows, placed): (BTreeSet<_>, BTreeSet<_>) =
        (look.files.iter().collect(), look.placed.iter().collect());
    let lost: Vec<_> = rows.difference(&placed).collect();
    let nobodys: Vec<_> = placed.difference(&rows).collect();
    assert!(
        lost.is_empty() && nobodys.is_empty(),
        "rows without a file {lost:?}, files without a row {nobodys:?}"
    );
    assert!(
        look.keyless.is_empty(),
        "dossiers without a key: {:?}",
        look.keyless
    );
    assert!(look.jobs.is_empty(), "given up: {:?}", look.jobs);
    for (name, chain) in [("ledger", &look.ledger), ("journal", &look.journal)] {
        assert_eq!(
            chain.broken, None,
            "the {name} of {} rows is broken",
            chain.length
        );
    }
    assert!(
        !look.applications.is_empty() && look.ledger.length > 0,
        "there is something to look at"
    );
}

#[expect(clippy::print_stderr, reason = "a run is repeated by its seed")]
fn say(line: &str) {
    eprintln!("{line}");
}
