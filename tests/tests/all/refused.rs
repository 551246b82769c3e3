//! Owns: bad input at the public forms: each is told what is wrong, and leaves nothing behind. On a demo of its own,
//! since what the site holds is counted before and after. Doesn't own: ill will ([`crate::walls`]).

mod again;
mod answers;
mod uploads;

use crate::own::Own;
use crate::people::{Applicant, held, links_to, one_found, sign_in, slugs, words};
use acceptance::demo::Site;
use acceptance::html::Form;
use acceptance::http::{Answer, Client};
use acceptance::smtp::Sink;
use std::ops::Deref;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

/// A form of a site that the stories are told at.
struct Place<'a> {
    site: &'a Site,
    path: String,
    /// What tells its people from the other forms'.
    mark: &'static str,
}

impl Deref for Place<'_> {
    type Target = Site;

    fn deref(&self) -> &Site {
        self.site
    }
}

impl<'a> Place<'a> {
    /// The form without an offer, and that of an offer where the charter has it in English, which the stories are told
    /// in.
    fn all(site: &'a Site) -> Vec<Self> {
        let offer = slugs(site).into_iter().next().expect("an offer");
        let at = |path, mark| Place { site, path, mark };
        let free = at("/apply".to_owned(), "free");
        let offers = at(format!("/jobs/{offer}/apply"), "offer");
        match site.stranger().get(&offers.path).status {
            200 => vec![free, offers],
            _ => vec![free],
        }
    }
}

/// One story: its name, and what is told.
type Story = (&'static str, fn(&Place, &Sink));

const STORIES: [Story; 17] = [
    (
        "an undeclared field is refused with its clause",
        answers::undeclared,
    ),
    ("an undeclared field in French", answers::undeclared_in_french),
    ("a second answer to one question is refused", answers::repeated),
    ("what is missing is asked for again", answers::missing),
    ("what is malformed is asked for again", answers::malformed),
    ("a file that can't be taken is named", uploads::bad_files),
    ("an upload that breaks off leaves nothing", uploads::broken_off),
    ("a form that is none is refused", uploads::no_form),
    ("a text without end is cut short", answers::huge_texts),
    (
        "a body over the limit isn't read to its end",
        uploads::over_the_limit,
    ),
    ("an e-mail address with a line break is none", answers::no_address),
    ("the same form twice is one application", again::twice),
    ("the same form at once is one application", again::at_once),
    (
        "a corrected form sent again keeps its file",
        again::corrected_twice,
    ),
    ("a replaced file is gone", again::replaced),
    ("strange letters go through", answers::strange_letters),
    ("an address mistyped at first finds nobody", again::mistyped),
];

#[test]
fn bad_input_is_told_and_leaves_nothing() {
    let (own, sink) = (Own::new(), Sink::start());
    let demo = own.demo().smtp(sink.address()).start();
    let (mut failed, mut told_at_offers) = (Vec::new(), false);
    for (says, story) in STORIES {
        for site in demo.sites() {
            let places = Place::all(site);
            told_at_offers |= places.len() > 1;
            for place in places {
                // Every story is told, whatever became of the one before.
                if panic::catch_unwind(AssertUnwindSafe(|| story(&place, &sink))).is_err() {
                    failed.push(format!("{says} ({}, {})", site.name, place.path));
                }
            }
        }
    }
    assert!(failed.is_empty(), "what went wrong is told above: {failed:#?}");
    assert!(told_at_offers, "no site has an offer's form in English");
    let log = demo.log();
    assert!(!log.contains("vvbad"), "nobody's word stands in the log");
    assert!(!log.contains("ERROR"), "nothing of this is our fault:\n{log}");
}

/// Somebody of a word of their own, which no story shares.
fn somebody(place: &Place, word: &str) -> Applicant {
    Applicant::new(&format!("vvbad{word}{}{}", place.name, place.mark))
}

/// Whether the site holds as much as before; a file on its way may take a moment to go.
#[track_caller]
fn unchanged(site: &Site, before: (usize, usize)) {
    let until = Instant::now() + Duration::from_secs(5);
    while held(site) != before && Instant::now() < until {
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(held(site), before, "{}: applications and files", site.name);
}

/// Sends a form with one thing wrong; gives the page that says so.
fn again(client: &mut Client, form: &Form, page: &Answer, field: &str, says: &str) -> Answer {
    let answer = client.submit(form, page).expect_status(422);
    assert!(
        links_to(&answer, "#f-").contains(&format!("#f-{field}")),
        "{field}: no line in the summary"
    );
    assert!(
        answer.text().contains(&format!("id=\"f-{field}\"")),
        "{field}: the line leads to it"
    );
    assert!(
        answer.text().contains(&format!("id=\"e-{field}\"")),
        "{field}: no word beside it"
    );
    assert!(
        answer.text().contains("autofocus"),
        "{field}: the summary has the focus"
    );
    assert!(
        words(&answer).contains(says),
        "{field}: no “{says}” in {}",
        words(&answer)
    );
    answer
}

/// Whether the one application of somebody has the very CV they sent.
fn has_their_cv(site: &Site, who: &Applicant) {
    let (user, item) = one_found(site, who);
    let mut recruiter = sign_in(site, user);
    let panel = recruiter.open(&format!(
        "/desk/applications/{}",
        item["id"].as_str().expect("an id")
    ));
    let files = links_to(&panel, "/desk/files/");
    assert!(!files.is_empty(), "no file at {}", panel.path);
    let cv = recruiter.get(&files[files.len() - 1]).expect_status(200);
    assert!(cv.body == who.cv, "the CV isn't the one that was sent");
}
