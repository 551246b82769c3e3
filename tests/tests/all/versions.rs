//! Owns: how a site gets its next charter: proposed in a file, shown at the desk, activated for a day by a human, in
//! force by itself from that day on, whatever is killed meanwhile. Doesn't own: what is between two versions (the
//! charter's own tests), who is let in at which address ([`crate::matrix`]).

use crate::operator::python;
use crate::own::Own;
use crate::people::{Applicant, between, sign_in, words};
use acceptance::demo::{Demo, Site};
use acceptance::html::links;
use acceptance::http::{Answer, Client};
use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// Some of an application was given with a consent: what widens that says why, or isn't activated.
const WHY: &str = "reason = { fr = \"Nos recrutements durent plus d’un an.\", en = \"Our recruitments take more than a year.\" }";

/// What lies in the site's folder as its next version: applications are kept for another time, breaches are told
/// sooner.
pub(crate) fn next_charter(site: &Site, version: u32, effective: &str) -> String {
    let file = format!("charters/{}.toml", site.name);
    let text = fs::read_to_string(crate::house::root().join(file)).expect("a charter");
    let effective = format!("effective = {effective}");
    let text = text.replacen("version = 1", &format!("version = {version}"), 1);
    let text = text.replacen("effective = 2026-09-01", &effective, 1);
    let next = text.replacen("authority = \"PT72H\"", "authority = \"PT48H\"", 1);
    let (before, after) = next.split_once("[retention.application]").expect("a retention");
    let next = format!(
        "{before}[retention.application]{}",
        after.replacen("\"P12M\"", &format!("\"P18M\"\n{WHY}"), 1)
    );
    assert!(next.contains(&effective) && next.contains("P18M") && next.contains("PT48H"));
    next
}

pub(crate) fn write_charter(site: &Site, text: &str) {
    fs::write(site.dir.join("charter.toml"), text).expect("written");
}

/// Version and digest in the header of an answer.
fn law(answer: &Answer) -> (u32, String) {
    let header = answer.header("vivier-charter").unwrap_or_default();
    let version = between(header, "version=", ",").parse().expect(header);
    (version, between(header, "sha-256=\"", "\"").to_owned())
}

fn dpo(site: &Site) -> Client {
    sign_in(site, site.user("dpo"))
}

/// At that instant, on the same data.
fn at(own: &Own, instant: &str) -> Demo {
    own.demo().now(instant).start()
}

fn careers(demo: &Demo) -> Site {
    demo.site("careers").clone()
}

#[test]
fn a_proposal_is_shown_and_nothing_follows_from_a_bad_one() {
    let own = Own::new();
    let demo = at(&own, "2026-12-01T10:00:00Z");
    let site = careers(&demo);
    let mut officer = dpo(&site);
    let first = law(&site.stranger().get("/jobs"));
    assert_eq!(first.0, 1);
    let good = next_charter(&site, 2, "2026-12-03");
    for (language, nothing, broken, past) in [
        (
            "fr",
            "Rien n’est proposé",
            "Vouliez-vous dire « readers »",
            "avant d’être activée",
        ),
        (
            "en",
            "Nothing is proposed",
            "Did you mean “readers”",
            "before it is activated",
        ),
    ] {
        let mut officer = dpo(&site).speaking(language);
        write_charter(
            &site,
            &fs::read_to_string(crate::house::root().join("charters/careers.toml")).expect("it"),
        );
        let page = officer.open("/desk/charter").expect_status(200);
        assert!(plain(&page).contains(nothing), "{}", words(&page));
        assert!(page.text().contains(&first.1), "the running one's digest");

        let text = good.replacen("readers = [", "raeders = [", 1);
        let line = text
            .lines()
            .position(|line| line.starts_with("raeders"))
            .expect("it")
            + 1;
        write_charter(&site, &text);
        let page = officer.open("/desk/charter").expect_status(200);
        assert!(plain(&page).contains(broken), "{}", words(&page));
        assert!(plain(&page).contains(&line.to_string()) && page.text().contains("charter.unknown-key"));
        assert!(!page.text().contains("/desk/charter/activate"));

        // One without its reason can't be activated either.
        write_charter(&site, &good.replacen(WHY, "", 1));
        let page = officer.open("/desk/charter").expect_status(200);
        assert!(page.text().contains("change.needs-consent"), "{}", words(&page));
        assert!(!page.text().contains("/desk/charter/activate"));

        // One that would have applied yesterday can't be activated, and says what to do.
        write_charter(&site, &next_charter(&site, 2, "2026-11-30"));
        let page = officer.open("/desk/charter").expect_status(200);
        assert!(
            plain(&page).contains(past) && page.text().contains("charter.effective-past"),
            "{}",
            words(&page)
        );
        assert!(!page.text().contains("/desk/charter/activate"));
    }

    // Good: what changes, for whom, what it takes; the menu counts it.
    write_charter(&site, &good);
    for (language, says) in [
        (
            "fr",
            [
                "12 mois",
                "18 mois",
                "Pour : les candidates et candidats",
                "72 heures",
                "48 heures",
                "Ne demande rien",
            ],
        ),
        (
            "en",
            [
                "12 months",
                "18 months",
                "For: candidates",
                "72 hours",
                "48 hours",
                "Asks for nothing",
            ],
        ),
    ] {
        let page = dpo(&site)
            .speaking(language)
            .open("/desk/charter")
            .expect_status(200);
        for said in says {
            assert!(plain(&page).contains(said), "{said}: {}", words(&page));
        }
    }
    let page = officer.open("/desk/charter").expect_status(200);
    assert!(
        links(&page.text()).contains(&"/desk/charter".to_owned()),
        "in the menu"
    );
    let form = page.form("/desk/charter/activate");
    assert_eq!(form.value("on"), Some("2026-12-03"), "the earliest is offered");
    for (day, status) in [("2026-12-02", 422), ("2020-01-01", 422), ("", 422), ("soon", 422)] {
        let mut form = page.form("/desk/charter/activate");
        form.set("on", day);
        let answer = officer.submit(&form, &page).expect_status(status);
        assert!(
            answer.text().contains("aria-invalid"),
            "{day}: {}",
            words(&answer)
        );
    }
    // The file changed since the page was drawn.
    write_charter(&site, &format!("{good}\n# Another.\n"));
    officer.submit(&form, &page).expect_status(409);
    // Nobody else, even with the whole form.
    write_charter(&site, &good);
    for role in ["admin", "recruiter", "it"] {
        let mut other = sign_in(&site, site.user(role));
        let own = other.open("/desk/vacancies").expect_status(200);
        let mut form = page.form("/desk/charter/activate");
        form.forge("_csrf", crate::people::token(&mut other).as_str());
        other.submit(&form, &own).expect_status(403);
        other.open("/desk/charter").expect_status(403);
    }
    assert_eq!(law(&site.stranger().get("/jobs")), first);
    assert_eq!(site.stranger().get("/privacy/versions/2").status, 404);
    assert!(!plain(&site.stranger().open("/jobs?lang=en")).contains("Our privacy policy changes"));
    assert!(plain(&site.stranger().open("/privacy/next?lang=en")).contains("No change is announced"));
}

#[test]
fn an_activated_version_applies_from_its_day_on_whatever_is_killed() {
    let own = Own::new();
    let demo = at(&own, "2026-12-01T10:00:00Z");
    let site = careers(&demo);
    let first = law(&site.stranger().get("/jobs"));
    write_charter(&site, &next_charter(&site, 2, "2026-12-02"));
    let activate = |site: &Site, day: &str| {
        let mut officer = dpo(site);
        let page = officer.open("/desk/charter?lang=en").expect_status(200);
        let mut form = page.form("/desk/charter/activate");
        form.set("on", day);
        let digest = form.value("digest").expect("it").to_owned();
        let answer = officer.submit(&form, &page).expect_status(303);
        (officer.follow(answer).expect_status(200), digest)
    };
    // Activated, taken back, activated again for another day.
    let (page, _) = activate(&site, "2026-12-02");
    let mut officer = dpo(&site);
    let form = page.form("/desk/charter/withdraw");
    let mut form_of_own = officer
        .open("/desk/charter")
        .expect_status(200)
        .form("/desk/charter/withdraw");
    form_of_own.set("digest", form.value("digest").expect("it"));
    officer.submit(&form_of_own, &page).expect_status(303);
    assert!(plain(&site.stranger().open("/privacy/next?lang=en")).contains("No change is announced"));
    let (page, digest) = activate(&site, "2026-12-03");
    assert!(plain(&page).contains("3 December 2026"), "{}", words(&page));

    // Announced on every page and in both languages, as it will be.
    for (language, soon, day) in [
        (
            "fr",
            "Notre politique de confidentialité change le 3 décembre 2026",
            "18 mois",
        ),
        ("en", "Our privacy policy changes on 3 December 2026", "18 months"),
    ] {
        let mut visitor = site.stranger().speaking(language);
        for path in ["/jobs", "/apply"] {
            assert!(
                plain(&visitor.open(path).expect_status(200)).contains(soon),
                "{path}"
            );
        }
        assert!(plain(&visitor.open("/privacy/next").expect_status(200)).contains(day));
        assert!(plain(&visitor.open("/privacy/versions/2").expect_status(200)).contains(day));
        assert!(!plain(&visitor.open("/privacy").expect_status(200)).contains(day));
        visitor.open("/privacy/versions").expect_status(200);
    }
    for path in ["/jobs", "/api/v1/vacancies", "/nowhere", "/desk"] {
        assert_eq!(law(&site.stranger().get(path)), first, "{path}");
    }
    // What is activated is the text, not the file.
    write_charter(&site, "not = a charter");
    apply(&site, "vvearly");

    // Killed between activation and its day, and again around the moment.
    demo.kill();
    let demo = at(&own, "2026-12-02T22:59:20Z");
    let site = careers(&demo);
    assert_eq!(law(&site.stranger().get("/jobs")), first);
    apply(&site, "vvlast");
    demo.kill();
    own.demo()
        .now("2026-12-02T22:59:57Z")
        .start_and_kill(Duration::from_millis(3_100));
    let demo = at(&own, "2026-12-02T22:59:50Z");
    let site = careers(&demo);
    let until = Instant::now() + Duration::from_secs(40);
    while law(&site.stranger().get("/livez")).0 == 1 && Instant::now() < until {
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(law(&site.stranger().get("/jobs")), (2, digest.clone()));
    apply(&site, "vvafter");
    let privacy = site.stranger().open("/privacy?lang=en").expect_status(200);
    assert!(
        plain(&privacy).contains("Version 2") && plain(&privacy).contains("In force since 3 December 2026")
    );
    assert!(privacy.text().contains(&digest[..12]), "in the foot");
    let earlier = site
        .stranger()
        .open("/privacy/versions/1?lang=en")
        .expect_status(200);
    assert!(plain(&earlier).contains("no longer applies") && earlier.text().contains(&first.1[..16]));
    assert!(
        plain(&site.stranger().open("/jobs?lang=en"))
            .contains("Our privacy policy changed on 3 December 2026")
    );
    let desk = dpo(&site).open("/desk/charter?lang=en").expect_status(200);
    assert!(
        desk.text().contains(&digest) && plain(&desk).contains("can’t be read"),
        "{}",
        words(&desk)
    );

    // Until the sequencer has the entry.
    let until = Instant::now() + Duration::from_secs(20);
    let looked = loop {
        let looked = Looked::at(&site);
        if looked.ledger.contains_key("charter_in_force") || Instant::now() > until {
            break looked;
        }
        thread::sleep(Duration::from_millis(200));
    };
    looked.holds(&digest);
}

fn apply(site: &Site, word: &str) {
    let who = Applicant::new(word);
    who.apply(&mut site.stranger().speaking("fr"), "/apply")
        .expect_status(303);
}

/// A page's words with plain spaces.
fn plain(page: &Answer) -> String {
    words(page).replace(['\u{a0}', '\u{202f}'], " ")
}

/// What lies in the database and in the ledger.
#[derive(serde::Deserialize)]
struct Looked {
    /// By table: when each row was written, under which version.
    rows: BTreeMap<String, Vec<(Option<i64>, i64)>>,
    /// Number, digest, from when.
    versions: Vec<(i64, String, Option<i64>)>,
    /// How many entries of each kind about charters.
    ledger: BTreeMap<String, usize>,
}

const LOOK: &str = r#"
import json, sqlite3, sys
data, keys = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(f"file:{sys.argv[2]}?mode=ro", uri=True)
rows = {}
for (table,) in data.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
    columns = [row[1] for row in data.execute(f"PRAGMA table_info({table})")]
    if "charter_version" in columns:
        when = next((c for c in ("opened_at", "written_at", "made_at", "added_at", "at", "proven_at") if c in columns), "NULL")
        rows[table] = data.execute(f"SELECT {when}, charter_version FROM {table}").fetchall()
ledger = {}
for (kind,) in keys.execute("SELECT kind FROM ledger WHERE kind LIKE 'charter_%'"):
    ledger[kind] = ledger.get(kind, 0) + 1
versions = data.execute("SELECT version, digest, effective_at FROM charter_versions ORDER BY version").fetchall()
print(json.dumps({"rows": rows, "ledger": ledger, "versions": versions}))
"#;

impl Looked {
    fn at(site: &Site) -> Self {
        let data = site.dir.ancestors().nth(2).expect("the demo's folder");
        let keys = data.join("keys").join(format!("{}.keys.db", site.name));
        let said = python(LOOK, [&site.dir.join("data.db"), &keys]);
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// Every row bears the version that applied when it was written; each version is one text; each step of it stands
    /// in the ledger as often as it was made.
    fn holds(&self, digest: &str) {
        let [(1, ..), (2, second, Some(from))] = self.versions.as_slice() else {
            panic!("{:?}", self.versions);
        };
        assert_eq!(second, digest);
        for (table, rows) in &self.rows {
            for (at, version) in rows {
                assert!([1, 2].contains(version), "{table}: {version}");
                if let Some(at) = at {
                    assert_eq!(*version, if at < from { 1 } else { 2 }, "{table}, {at}, {from}");
                }
            }
        }
        // Those that an application writes have rows of both; clocks were set anew, for another time.
        for table in ["dossiers", "people", "files", "mails"] {
            let rows = &self.rows[table];
            for wanted in [1, 2] {
                assert!(
                    rows.iter().any(|(_, version)| *version == wanted),
                    "{table}: none of {wanted}"
                );
            }
        }
        let made: Vec<(&str, usize)> = self
            .ledger
            .iter()
            .map(|(kind, count)| (kind.as_str(), *count))
            .collect();
        let expected = [
            ("charter_activated", 3),
            ("charter_in_force", 1),
            ("charter_withdrawn", 1),
        ];
        assert_eq!(made, expected);
    }
}
