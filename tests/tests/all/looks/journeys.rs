//! Owns: the stories of a candidate and of every staff role in Chromium, each by the keyboard alone and by touch, with
//! scripts and without, at two widths, in two languages; and passkeys. Doesn't own: what they do there (`tests/browser/journeys/`).

use super::one_at_a_time;
use super::pages::offer_in;
use crate::house::read;
use crate::operator::House;
use crate::own::Own;
use crate::people::{Applicant, between, one_found, recruiters, sign_in};
use acceptance::browser;
use acceptance::demo::{Demo, Site, User};
use acceptance::http::Client;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::Path;

/// Who plays which story at which site.
const PARTS: [(&str, &str, &str); 14] = [
    ("careers", "candidate", "candidate"),
    ("careers", "writer", "writer"),
    ("careers", "recruiter", "recruiter"),
    ("careers", "sales", "onlooker"),
    ("careers", "it", "onlooker"),
    ("careers", "dpo", "guardian"),
    ("careers", "admin", "admin"),
    ("agency", "candidate", "candidate"),
    ("agency", "writer", "writer"),
    ("agency", "consultant", "recruiter"),
    ("agency", "webmaster", "publisher"),
    ("agency", "it", "onlooker"),
    ("agency", "dpo", "guardian"),
    ("agency", "admin", "admin"),
];

/// A way to tell a story: width, language, whether by the keyboard alone, whether with scripts.
type Way = (u16, &'static str, bool, bool);

/// Half of all ways there are, chosen so that any three of the four meet in every way (a fractional factorial design of
/// resolution IV); in pairs that have nothing in common.
const WAYS: [[Way; 2]; 4] = [
    [(390, "fr", true, true), (1440, "en", false, false)],
    [(390, "fr", false, false), (1440, "en", true, true)],
    [(390, "en", true, false), (1440, "fr", false, true)],
    [(390, "en", false, true), (1440, "fr", true, false)],
];

/// The ways in which the nth part is told, of each kind half: a pair at each site, and two where a role is at one site only
/// or a candidate's, who so is seen in all of them.
fn told(nth: usize) -> Vec<Way> {
    let (_, role, story) = PARTS[nth];
    let at_both = PARTS.iter().filter(|(_, other, _)| *other == role).count() > 1;
    let pairs = if at_both && story != "candidate" { 1 } else { 2 };
    let begin = nth * pairs;
    let pairs = (begin..begin + pairs).map(|pair| WAYS[pair % WAYS.len()]);
    pairs.flatten().collect()
}

/// What the desk's menu offers a role, at one site or at both, written by hand from the charters.
const MENUS: [(&str, &[&str]); 8] = [
    (
        "careers recruiter",
        &[
            "/desk/applications",
            "/desk/messages",
            "/desk/vacancies",
            "/desk/figures",
            "/desk/tokens",
        ],
    ),
    (
        "agency consultant",
        &[
            "/desk/applications",
            "/desk/messages",
            "/desk/pool",
            "/desk/vacancies",
            "/desk/figures",
            "/desk/tokens",
        ],
    ),
    (
        "careers sales",
        &[
            "/desk/applications",
            "/desk/messages",
            "/desk/vacancies",
            "/desk/tokens",
        ],
    ),
    (
        "careers it",
        &[
            "/desk/applications",
            "/desk/messages",
            "/desk/vacancies",
            "/desk/upkeep",
            "/desk/tokens",
        ],
    ),
    (
        "agency it",
        &[
            "/desk/applications",
            "/desk/vacancies",
            "/desk/upkeep",
            "/desk/tokens",
        ],
    ),
    (
        "agency webmaster",
        &["/desk/messages", "/desk/vacancies", "/desk/tokens"],
    ),
    (
        "dpo",
        &[
            "/desk/vacancies",
            "/desk/charter",
            "/desk/register",
            "/desk/keeping",
            "/desk/processors",
            "/desk/rights",
            "/desk/upkeep",
            "/desk/tokens",
        ],
    ),
    ("admin", &["/desk/vacancies", "/desk/staff", "/desk/tokens"]),
];

/// What a role is told isn't its own, likewise; `{id}` is an application that exists.
const CLOSED: [(&str, &[(&str, u16)]); 7] = [
    ("recruiter", &[("/desk/staff", 403), ("/desk/register", 403)]),
    ("consultant", &[("/desk/staff", 403), ("/desk/register", 403)]),
    (
        "sales",
        &[
            ("/desk/applications/{id}", 404),
            ("/desk/vacancies/new", 403),
            ("/desk/staff", 403),
            ("/desk/register", 403),
        ],
    ),
    (
        "it",
        &[
            ("/desk/applications/{id}", 404),
            ("/desk/vacancies/new", 403),
            ("/desk/staff", 403),
            ("/desk/register", 403),
        ],
    ),
    (
        "webmaster",
        &[
            ("/desk/applications", 403),
            ("/desk/applications/{id}", 403),
            ("/desk/staff", 403),
            ("/desk/register", 403),
        ],
    ),
    (
        "dpo",
        &[
            ("/desk/applications", 403),
            ("/desk/applications/{id}", 403),
            ("/desk/vacancies/new", 403),
            ("/desk/staff", 403),
        ],
    ),
    (
        "admin",
        &[
            ("/desk/applications", 403),
            ("/desk/applications/{id}", 403),
            ("/desk/vacancies/new", 403),
            ("/desk/register", 403),
        ],
    ),
];

#[test]
fn every_role_of_both_charters_has_its_story() {
    for site in ["careers", "agency"] {
        let text = read(&format!("charters/{site}.toml"));
        let roles = text.lines().filter_map(|line| line.strip_prefix("[role."));
        let mut expected: BTreeSet<&str> = roles.map(|role| role.trim_end_matches(']')).collect();
        expected.extend(["candidate", "writer"]);
        let played: BTreeSet<&str> = PARTS
            .iter()
            .filter(|(at, ..)| *at == site)
            .map(|(_, role, _)| *role)
            .collect();
        assert_eq!(played, expected, "{site}");
    }
    let told: Vec<Vec<Way>> = (0..PARTS.len()).map(told).collect();
    for (ways, part) in told.iter().zip(PARTS) {
        let of = |is: fn(&Way) -> bool| ways.iter().filter(|way| is(way)).count() * 2;
        let halves = [
            of(|way| way.0 == 390),
            of(|way| way.1 == "fr"),
            of(|way| way.2),
            of(|way| way.3),
        ];
        assert_eq!(halves, [ways.len(); 4], "{part:?}");
    }
    for site in ["careers", "agency"] {
        let here = told.iter().zip(PARTS).filter(|(_, (at, ..))| *at == site);
        let ways: BTreeSet<Way> = here.flat_map(|(ways, _)| ways).copied().collect();
        assert_eq!(ways.len(), 8, "{site} is seen in every way");
    }
    for left_out in 0..4 {
        let threes = WAYS
            .as_flattened()
            .iter()
            .map(|(width, language, keyboard, scripts)| {
                let mut three = [*width == 390, *language == "fr", *keyboard, *scripts];
                three[left_out] = false;
                three
            });
        let different = threes.collect::<BTreeSet<_>>().len();
        assert_eq!(different, 8, "all but the one at {left_out}");
    }
}

#[test]
fn a_candidate_and_every_role_play_their_story_in_every_way() {
    // They open and close offers and accounts, which others who count them should not see.
    let own = Own::new();
    let demo = own.demo().start();
    let folder = tempfile::tempdir().expect("a folder");
    let mut tales = Vec::new();
    // Each site has a lane of its own: what two do at one site at once would be mixed. The parts take turns: whoever did the
    // same a moment ago meets the limits that are set to that.
    for round in 0..WAYS.len() {
        for (nth, (site, role, story)) in PARTS.into_iter().enumerate() {
            let Some(way) = told(nth).get(round).copied() else {
                continue;
            };
            let tale = Tale {
                site: demo.site(site),
                role,
                story,
                way,
                folder: folder.path(),
            };
            tales.push(tale.needs());
        }
    }
    if let Ok(only) = std::env::var("VIVIER_TEST_TALES") {
        tales.retain(|tale| {
            only.split(',')
                .any(|word| tale["title"].as_str().is_some_and(|title| title.contains(word)))
        });
    }
    play(&tales);
}

/// One story, told one way.
struct Tale<'t> {
    site: &'t Site,
    role: &'static str,
    story: &'static str,
    way: Way,
    folder: &'t Path,
}

impl Tale<'_> {
    /// All it needs to know.
    fn needs(&self) -> Value {
        let (width, language, keyboard, scripts) = self.way;
        let mut needs = Map::new();
        let common = json!({
            "story": self.story, "role": self.role, "lane": self.site.name, "base": self.site.url,
            "main": format!("http://localhost:{}", self.site.server().port()),
            "width": width, "language": language, "keyboard": keyboard, "scripts": scripts,
            "title": self.word(),
        });
        let more = match self.role {
            "candidate" => self.candidate(),
            "writer" => self.writer(),
            _ => self.staff(),
        };
        for part in [common, more] {
            needs.extend(part.as_object().expect("an object").clone());
        }
        needs.into()
    }

    /// A word of its own, as people's names have it.
    fn word(&self) -> String {
        let (width, language, keyboard, _) = self.way;
        let width = if width == 390 { "small" } else { "large" };
        let way = if keyboard { "keys" } else { "plain" };
        format!("vv{}{}{language}{width}{way}", self.site.name, self.role)
    }

    fn candidate(&self) -> Value {
        let (_, language, ..) = self.way;
        let mut who = Applicant::new(&self.word());
        // Large enough for the script to send it with its progress shown.
        who.cv.extend("% nothing more to say\n".repeat(20_000).bytes());
        let cv = self.folder.join(&who.cv_name);
        fs::write(&cv, &who.cv).expect("written");
        // The agency's charter has its form for offers in French alone; in English one applies unsolicited.
        let offered = self.site.name == "careers" || language == "fr";
        let readers = recruiters(self.site).into_iter();
        let recruiter = readers.clone().next().expect("a recruiter").role.as_str();
        json!({
            "offer": offered.then(|| offer(self.site, language)), "cv": cv, "moved": format!("moved.{}", who.email),
            "readers": readers.map(|user| cookies(&sign_in(self.site, user))).collect::<Vec<_>>(),
            "reader": label(self.site, recruiter, language),
            "who": {
                "given_name": who.given_name, "family_name": who.family_name, "email": who.email,
                "phone": who.phone, "subject": who.subject, "motivation": who.motivation, "cv_name": who.cv_name,
            },
        })
    }

    /// Who only writes, and who reads it at the desk.
    fn writer(&self) -> Value {
        let who = Applicant::new(&self.word());
        let reads = |user: &&User| ["recruiter", "webmaster"].contains(&user.role.as_str());
        let reader = self
            .site
            .users
            .iter()
            .find(reads)
            .expect("somebody reads messages");
        let to = if self.site.name == "careers" {
            "sales"
        } else {
            "consultant"
        };
        let to = self.site.user(to);
        json!({
            "who": {
                "given_name": who.given_name, "family_name": who.family_name, "email": who.email,
                "phone": who.phone, "message": who.motivation, "company": format!("Fonderie {}", self.word()),
            },
            "reader": { "email": reader.email, "password": reader.password },
            "to": { "email": to.email, "password": to.password },
        })
    }

    fn staff(&self) -> Value {
        let (_, language, ..) = self.way;
        let of = |role: &str| label(self.site, role, language);
        let here = format!("{} {}", self.site.name, self.role);
        let of_role = |(role, _): &&(&str, &[&str])| *role == self.role || *role == here;
        let (_, menu) = MENUS.iter().find(of_role).expect("a menu");
        let (_, closed) = CLOSED
            .iter()
            .find(|(role, _)| *role == self.role)
            .expect("a list");
        let word = self.word();
        let count = if self.story == "recruiter" { 3 } else { 1 };
        let (mut user, id) = received(self.site, &word, count);
        if self.story != "recruiter" {
            user = self.site.user(self.role);
        }
        let closed: Vec<Value> = closed
            .iter()
            .map(|(path, status)| json!([path.replace("{id}", &id), status]))
            .collect();
        let treatment = match language {
            "fr" => "Traiter votre candidature à une offre",
            _ => "Process your application to a vacancy",
        };
        let recruits = recruiters(self.site)[0].role.as_str();
        json!({
            "user": { "email": user.email, "password": user.password },
            "label": of(self.role), "menu": menu, "closed": closed, "word": word, "treatment": treatment,
            "colleague": {
                "given_name": "Vianney", "family_name": word, "email": format!("{word}@colleagues.example"),
                "role": "it", "label": of("it"), "next": recruits, "nextLabel": of(recruits),
            },
            "offer": {
                "title": format!("Métier {word}"), "place": "Nantes", "summary": "Un poste inventé.",
                "description": "## Le poste\n\nUne **invention**, avec :\n\n- une liste\n- courte",
            },
        })
    }
}

/// What the charter calls a role.
fn label(site: &Site, role: &str, language: &str) -> String {
    let charter = read(&format!("charters/{}.toml", site.name));
    let section = between(&charter, &format!("[role.{role}]\n"), "\n\n").to_owned();
    between(&section, &format!("{language} = \""), "\"").to_owned()
}

/// The newest offer in a language, and a word of it to search by.
fn offer(site: &Site, language: &str) -> Value {
    let (path, title) = offer_in(site, language);
    let words = title.split(|c: char| !c.is_alphabetic());
    let search = words.max_by_key(|word| word.chars().count()).expect("a word");
    json!({ "path": path, "search": search })
}

/// Applications of that word to the newest offer in French: who reads them, and the first one's id.
fn received<'s>(site: &'s Site, word: &str, count: u8) -> (&'s User, String) {
    let apply = format!("{}/apply", offer_in(site, "fr").0);
    let mut first = None;
    for nth in 0..count {
        let mut who = Applicant::new(&format!("{word}{}", char::from(b'a' + nth)));
        word.clone_into(&mut who.family_name);
        who.apply(&mut site.stranger().speaking("fr"), &apply)
            .expect_status(303);
        first.get_or_insert(who);
    }
    let (user, item) = one_found(site, &first.expect("one at least"));
    (user, item["id"].as_str().expect("an id").to_owned())
}

#[test]
fn staff_and_candidates_sign_in_by_a_passkey() {
    let demo = Demo::shared();
    let (careers, agency) = (demo.site("careers"), demo.site("agency"));
    let user = careers.user("dpo");
    let tale = |site: &Site, language: &str, client: &Client, pages: [&str; 3], password: Option<&str>| {
        json!({
            "story": "passkeys", "base": site.url, "language": language, "width": 390, "cookies": cookies(client),
            "account": pages[0], "door": pages[1], "home": pages[2], "password": password,
        })
    };
    let staff = ["/desk/account", "/sign-in", "/desk"];
    let person = ["/me/security", "/me/sign-in/password", "/me"];
    play(&[
        tale(
            careers,
            "en",
            &sign_in(careers, user),
            staff,
            user.password.as_deref(),
        ),
        tale(agency, "fr", &agency.candidate(), person, None),
    ]);
}

#[test]
fn a_passkey_is_the_second_factor_that_a_charter_asks_for() {
    let words = "seven grey herons over Nantes";
    let house = House::new();
    let asked = "[security]\ntwo_factors = [\"recruiter\"]\n";
    let draft = house.path("strict.toml");
    fs::write(
        &draft,
        read("charters/careers.toml").replace("[security]\n", asked),
    )
    .expect("written");
    // A passkey is the address's own, so it must be known before anybody is served there.
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free.expect("a port");
    let url = format!("http://jobs.localhost:{}", address.port());
    let draft = draft.to_str().expect("a path");
    house
        .run(&["site", "new", "jobs", "--charter", draft, "--url", &url])
        .code(0);
    let mut tales = Vec::new();
    for (language, width) in [("fr", 390), ("en", 1440)] {
        let email = format!("{language}@jobs.example");
        house.add("jobs", "recruiter", &email, words).code(0);
        tales.push(json!({
            "story": "factor", "base": url, "language": language, "width": width,
            "user": { "email": email, "password": words },
        }));
    }
    let _serving = house.serve_at(&address.to_string());
    play(&tales);
}

/// A client's session, for a browser.
fn cookies(client: &Client) -> Vec<Value> {
    let cookies = client.cookies.iter();
    cookies
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect()
}

fn play(tales: &[Value]) {
    let _turn = one_at_a_time();
    if let Err(report) = browser::journeys(tales) {
        panic!("{report}");
    }
}
