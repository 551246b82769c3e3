//! Owns: the ends of what is kept, seen from outside: a demo whose clock is moved from the day on which everything is given
//! to the last evening on which it must be there and to the day after; and what has lost its clock, so that the look is
//! seen to fail (A18–A20, D06, D16–D19, D23). Doesn't own: every day of a year (`app::applications`), the arithmetic of the
//! ends (`guard::keep`).

use crate::operator::python;
use crate::own::Own;
use crate::people::{
    Applicant, form_to, kept_mail, links_to, message_of, one_found, path_in, recruiters, sign_in, small,
    token, words,
};
use acceptance::demo::{Demo, Site, User};
use acceptance::html;
use acceptance::http::{Answer, Client};
use std::ffi::OsString;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// The day on which everything is given; the ends are counted from here, in Paris.
const GIVEN: &str = "2027-03-01T09:00:00Z";
/// When what is of no interest is gone: the time for undoing and the charter's hour are over.
const HOURS_LATER: &str = "2027-03-01T11:30:00Z";
/// The last evening of twelve months, and within the 24 hours after.
const LAST_EVENING: &str = "2028-03-01T18:00:00Z";
const AFTER: &str = "2028-03-02T09:00:00Z";
/// The last evening of the month for an answer, and within the 24 hours after.
const LAST_WORD: &str = "2028-04-01T18:00:00Z";
const SILENT: &str = "2028-04-02T09:00:00Z";
const PASSWORD: &str = "seven grey herons over Nantes";

/// Where the desk has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Applications,
    Messages,
    Pool,
}

/// Something that is kept of somebody.
#[derive(Debug, Clone)]
struct Kept {
    who: Applicant,
    list: List,
    /// Its page at the desk.
    path: String,
}

impl Kept {
    fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Somebody who reads it.
    fn reader(&self, site: &Site) -> Client {
        let recruits = recruiters(site)[0];
        let user = match self.list {
            List::Applications | List::Pool => recruits,
            List::Messages => site
                .users
                .iter()
                .find(|user| user.role == "webmaster")
                .unwrap_or(recruits),
        };
        sign_in(site, user)
    }

    /// Where its sealed files lie, if it has any.
    fn files(&self, site: &Site) -> PathBuf {
        site.dir.join("files").join(&self.id()[30..]).join(self.id())
    }

    /// Its page, the list that finds it, its files: all or none.
    fn is_there(&self, site: &Site) -> bool {
        let mut reader = self.reader(site);
        let there = reader.get(&self.path).status == 200;
        let list = match self.list {
            List::Applications => "/desk/applications",
            List::Messages => "/desk/messages",
            List::Pool => "/desk/pool",
        };
        let found = reader
            .open(&format!("{list}?q={}", self.who.email))
            .expect_status(200);
        let found = links_to(&found, list)
            .iter()
            .any(|link| link.starts_with(&self.path));
        assert_eq!(found, there, "{self:?} is found when it opens");
        let has_files = self.list != List::Messages;
        assert_eq!(
            self.files(site).is_dir(),
            there && has_files,
            "{self:?}: its files"
        );
        there
    }

    /// Waits until the sweep has come to it; gives whether it is gone with everything.
    #[track_caller]
    fn goes(&self, site: &Site) {
        let mut reader = self.reader(site);
        wait(&format!("{} {:?} goes", self.who.email, self.list), || {
            reader.get(&self.path).status == 404
        });
        assert!(!self.is_there(site));
    }
}

#[track_caller]
fn wait(what: &str, mut done: impl FnMut() -> bool) {
    for _ in 0..300 {
        if done() {
            return;
        }
        thread::sleep(Duration::from_millis(200));
    }
    panic!("never: {what}");
}

/// Takes the clocks of these away, as nobody but a test does: nothing looks at them any more.
fn lose_clocks(site: &Site, of: &[&Kept]) {
    let script = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], timeout=20)\n\
                  for id in sys.argv[2:]:\n    \
                  assert c.execute('UPDATE clocks SET next_at = 9e15, asks_at = NULL WHERE dossier = ?', [id]).rowcount == 1\n\
                  c.commit()";
    let data = site.dir.join("data.db").into_os_string();
    let ids = of.iter().map(|kept| OsString::from(kept.id()));
    python(script, std::iter::once(data).chain(ids));
}

/// Applies unsolicited; with a box ticked, where one is named.
fn applies(site: &Site, word: &str, ticked: Option<&str>) -> Kept {
    let who = Applicant::new(word);
    let mut client = site.stranger().speaking("en");
    let (page, mut form) = who.form(&mut client, "/apply");
    if let Some(name) = ticked {
        form.forge(name, "yes");
    }
    client.submit(&form, &page).expect_status(303);
    let (_, item) = one_found(site, &who);
    let path = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    Kept {
        who,
        list: List::Applications,
        path,
    }
}

fn writes(site: &Site, word: &str, subject: &str) -> Kept {
    let who = Applicant::new(word);
    let mut client = site.stranger().speaking("en");
    let (page, form) = who.message(&mut client, subject);
    client.submit(&form, &page).expect_status(303);
    let (_, path) = message_of(site, &who);
    Kept {
        who,
        list: List::Messages,
        path,
    }
}

/// Presses a button of a page by what it sends.
fn press(client: &mut Client, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = form_to(page, path).value("_csrf").map(str::to_owned);
    client.submit(&small(path, csrf.as_deref(), fields), page)
}

/// Follows the link of the confirmation and sets a password: an area of their own.
fn sets_a_password(site: &Site, who: &Applicant) {
    let mut person = site.stranger().speaking("en");
    let link = path_in(site, &kept_mail(site, &who.email, 1), "/follow/");
    person.open(&link).expect_status(200);
    let page = person.open("/me/security").expect_status(200);
    let mut form = page.form("/me/security/password");
    form.set("password", PASSWORD);
    person.submit(&form, &page).expect_status(303);
}

/// What their area answers to their password.
fn enters(site: &Site, who: &Applicant) -> u16 {
    let mut person = site.stranger();
    let page = person.open("/me/sign-in/password").expect_status(200);
    let mut form = page.form("/me/sign-in/password");
    form.set("email", &who.email).set("password", PASSWORD);
    person.submit(&form, &page).status
}

/// The links by which somebody is asked whether to keep on, once there are so many.
fn questions(site: &Site, who: &Applicant, count: usize) -> Vec<String> {
    let mut client = Client::new(site.server(), &format!("localhost:{}", site.server().port()));
    let to = format!("→ {} ", who.email);
    let mut found = Vec::new();
    wait(&format!("{} is asked", who.email), || {
        let page = client.get("/mails?lang=en").expect_status(200).text();
        let mails = page.split("<article").skip(1).filter(|mail| mail.contains(&to));
        let asks = mails.map(html::text).filter(|mail| mail.contains("/renew/"));
        found = asks.map(|mail| path_in(site, &mail, "/renew/")).collect();
        found.len() >= count
    });
    assert_eq!(found.len(), count, "{}: asked about each once", who.email);
    found
}

/// Answers without signing in.
fn answers(site: &Site, link: &str, answer: &str) {
    let mut person = site.stranger().speaking("en");
    let page = person.open(link).expect_status(200);
    press(&mut person, &page, link, &[("answer", answer)]).expect_status(200);
}

/// A recruiter's hands on an application: opened and moved, which prolongs nothing.
fn is_worked_with(site: &Site, kept: &Kept) {
    let mut reader = kept.reader(site);
    let page = reader.open(&kept.path).expect_status(200);
    let csrf = token(&mut reader);
    let moved = small(
        &format!("{}/stage", kept.path),
        Some(&csrf),
        &[("stage", "interview")],
    );
    reader.submit(&moved, &page).expect_status(303);
}

struct Careers {
    message: Kept,
    application: Kept,
    area: Kept,
    active: Kept,
    /// Whose clocks are lost.
    lost: [Kept; 2],
}

impl Careers {
    fn given(demo: &Demo) -> Self {
        let site = demo.site("careers");
        let [area, active] = ["vvendsarea", "vvendsactive"].map(|word| applies(site, word, None));
        for kept in [&area, &active] {
            sets_a_password(site, &kept.who);
        }
        Self {
            message: writes(site, "vvendswrites", "other"),
            application: applies(site, "vvendsapplies", None),
            area,
            active,
            lost: [
                applies(site, "vvendslostone", None),
                writes(site, "vvendslosttwo", "other"),
            ],
        }
    }

    fn all(&self) -> [&Kept; 4] {
        [&self.message, &self.application, &self.area, &self.active]
    }
}

struct Agency {
    message: Kept,
    irrelevant: Kept,
    addressed: Kept,
    refused: Kept,
    silent: Kept,
    stays: Kept,
    declines: Kept,
    pooled: Kept,
    pool_stays: Kept,
    lost: Kept,
    consultant: User,
}

impl Agency {
    fn given(demo: &Demo) -> Self {
        let site = demo.site("agency");
        let apply = |word| applies(site, word, None);
        Self {
            message: writes(site, "vvendsagency", "other"),
            irrelevant: writes(site, "vvendsnothing", "other"),
            addressed: writes(site, "vvendsaddressed", "candidate"),
            refused: apply("vvendsrefused"),
            silent: apply("vvendssilent"),
            stays: apply("vvendsstays"),
            declines: apply("vvendsdeclines"),
            pooled: joins_the_pool(site, "vvendspooled"),
            pool_stays: joins_the_pool(site, "vvendspoolstays"),
            lost: apply("vvendslostagency"),
            consultant: recruiters(site)[0].clone(),
        }
    }

    /// Two are judged to be of no interest; one is passed on to a consultant, who finds it relevant.
    fn are_judged(&self, site: &Site) {
        let mut webmaster = self.irrelevant.reader(site);
        let page = webmaster.open(&self.irrelevant.path).expect_status(200);
        let judge = format!("{}/judge", self.irrelevant.path);
        press(&mut webmaster, &page, &judge, &[("verdict", "irrelevant")]).expect_status(303);

        let path = &self.addressed.path;
        let page = webmaster.open(path).expect_status(200);
        let mut form = form_to(&page, &format!("{path}/address"));
        let staff = self.consultant.sign_in_url.rsplit('/').next().expect("an id");
        form.set("staff", staff);
        webmaster.submit(&form, &page).expect_status(303);
        let mut consultant = sign_in(site, &self.consultant);
        let page = consultant.open(path).expect_status(200);
        press(
            &mut consultant,
            &page,
            &format!("{path}/judge"),
            &[("verdict", "relevant")],
        )
        .expect_status(303);
        consultant.open(path).expect_status(200);

        let path = &self.refused.path;
        let page = consultant
            .open(&format!("{path}?reason=terms"))
            .expect_status(200);
        let refuse = form_to(&page, &format!("{path}/refuse"));
        consultant.submit(&refuse, &page).expect_status(303);
    }
}

/// Applies with the box ticked, and a consultant takes them in.
fn joins_the_pool(site: &Site, word: &str) -> Kept {
    let applied = applies(site, word, Some("_agree.pool"));
    let mut desk = applied.reader(site);
    let inbox = desk.open("/desk/pool?view=inbox").expect_status(200);
    let take = form_to(&inbox, &format!("/desk/pool/take/{}", applied.id()));
    desk.submit(&take, &inbox).expect_status(303);
    let found = desk
        .open(&format!("/desk/pool?q={}", applied.who.email))
        .expect_status(200);
    let mut entries = links_to(&found, "/desk/pool/");
    entries.retain(|link| !link.contains("/from/"));
    let path = entries
        .first()
        .and_then(|link| link.split('?').next())
        .expect("an entry");
    Kept {
        path: path.to_owned(),
        list: List::Pool,
        who: applied.who,
    }
}

#[test]
fn what_is_kept_is_there_to_its_last_evening_and_gone_the_day_after() {
    let own = Own::new();
    let at = |now: &str| own.demo().now(now).start();

    let demo = at(GIVEN);
    let (careers, agency) = (Careers::given(&demo), Agency::given(&demo));
    agency.are_judged(demo.site("agency"));
    is_worked_with(demo.site("careers"), &careers.application);
    demo.kill();

    // D18, D23: at once, everywhere. D15, D19: relevant, it has left the mailbox and lies in the back office.
    let demo = at(HOURS_LATER);
    let site = demo.site("agency");
    for kept in [&agency.irrelevant, &agency.refused] {
        kept.goes(site);
    }
    let mut consultant = sign_in(site, &agency.consultant);
    wait("the mailbox is emptied", || {
        consultant.get(&agency.addressed.path).status == 404
    });
    assert!(agency.addressed.is_there(site));
    lose_clocks(site, &[&agency.lost]);
    lose_clocks(demo.site("careers"), &careers.lost.each_ref());
    demo.kill();

    let demo = at(LAST_EVENING);
    let (one, two) = (demo.site("careers"), demo.site("agency"));
    for kept in careers.all() {
        assert!(kept.is_there(one), "{kept:?} is there to the end of its last day");
    }
    for kept in [
        &agency.message,
        &agency.addressed,
        &agency.silent,
        &agency.pooled,
        &agency.pool_stays,
        &agency.stays,
        &agency.declines,
    ] {
        assert!(kept.is_there(two), "{kept:?} is there to the end of its last day");
    }
    assert_eq!(enters(one, &careers.active.who), 303, "who comes back is active");
    demo.kill();

    let demo = at(AFTER);
    let (one, two) = (demo.site("careers"), demo.site("agency"));
    for kept in careers.all() {
        // A18, A19: what a recruiter did, and that its person signed in, prolongs nothing.
        kept.goes(one);
    }
    // A20: with twelve months without activity the account is gone; who came back has theirs.
    assert_eq!(enters(one, &careers.area.who), 422);
    // D16, D23: a message is never kept longer; D06, D16: what may go on is asked about, by itself.
    for kept in [&agency.message, &agency.addressed] {
        kept.goes(two);
    }
    for (kept, answer) in [
        (&agency.silent, None),
        (&agency.pooled, None),
        (&agency.stays, Some("keep")),
        (&agency.pool_stays, Some("keep")),
        (&agency.declines, Some("erase")),
    ] {
        // Whoever is in the pool is asked about that, and about the application that brought them.
        let links = questions(two, &kept.who, if kept.list == List::Pool { 2 } else { 1 });
        assert!(kept.is_there(two), "{kept:?} is asked about and there");
        for link in links {
            if let Some(answer) = answer {
                answers(two, &link, answer);
            }
        }
    }
    agency.declines.goes(two);
    demo.kill();

    let demo = at(LAST_WORD);
    for kept in [&agency.silent, &agency.pooled, &agency.stays, &agency.pool_stays] {
        assert!(
            kept.is_there(demo.site("agency")),
            "{kept:?}: the month for an answer isn't over"
        );
    }
    demo.kill();

    let demo = at(SILENT);
    let (one, two) = (demo.site("careers"), demo.site("agency"));
    // D06, D16: silence prolongs nothing, a yes does.
    for kept in [&agency.silent, &agency.pooled] {
        kept.goes(two);
    }
    for kept in [&agency.stays, &agency.pool_stays] {
        assert!(kept.is_there(two), "{kept:?} was agreed to anew");
    }
    // The look can fail: of whom the clock was lost, everything is there still.
    assert!(agency.lost.is_there(two));
    for kept in &careers.lost {
        assert!(kept.is_there(one), "{kept:?}");
    }
    let mut reader = careers.lost[0].reader(one);
    assert!(words(&reader.open(&careers.lost[0].path)).contains(&careers.lost[0].who.family_name));
}
