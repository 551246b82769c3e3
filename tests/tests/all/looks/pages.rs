//! Owns: the pages of a site as each of its people meets them, good and bad: the list that axe goes through. What it
//! needs (an application to refuse, an offer to close) it makes itself.

use crate::accounts::app_code;
use crate::people::{
    Applicant, application_form, follows, form_to, kept_mail, links_to, message_of, one_found, path_in,
    path_of, recruiters, sign_in, slugs,
};
use crate::versions::{next_charter, write_charter};
use acceptance::browser::Page;
use acceptance::demo::Site;
use acceptance::http::{Answer, Client};
use std::thread;
use std::time::Duration;

/// Each page with the status that it is expected to answer when it is opened.
pub(super) fn all(site: &Site) -> Vec<(u16, Page)> {
    let mut pages = strangers(site);
    pages.extend(candidates(site));
    pages.extend(staffs(site));
    for (status, page) in &pages {
        let mut client = site.stranger().speaking(page.only.as_deref().unwrap_or("en"));
        client.cookies = page.cookies().collect();
        let path = page.path.split('#').next().unwrap_or_default();
        client.open(path).expect_status(*status);
    }
    pages
}

/// What anybody sees, and what they see who fill in badly.
fn strangers(site: &Site) -> Vec<(u16, Page)> {
    let form = "main form[data-form]";
    let wrong = |page: Page| {
        page.typing("given_name", "Ana")
            .typing("email", "not an address")
            .typing("phone", "what?")
            .after_sending(form)
    };
    let mut pages: Vec<(u16, Page)> = [
        Page::new("/"),
        Page::new("/jobs"),
        Page::new("/jobs?contract=permanent&remote=partial"),
        Page::new("/jobs?q=nobodyatall"),
        Page::new("/apply"),
        Page::new("/apply").after_sending(form),
        wrong(Page::new("/apply")),
        Page::new("/applied"),
        Page::new("/contact"),
        Page::new("/contact").after_sending(form),
        wrong(Page::new("/contact")),
        Page::new("/contact/sent"),
        Page::new("/privacy"),
        Page::new("/privacy/next"),
        Page::new("/privacy/versions"),
        Page::new("/privacy/versions/1"),
        Page::new("/rights"),
        Page::new("/cookies"),
        Page::new("/sign-in"),
        Page::new("/sign-in").after_sending("main form[data-form]"),
        Page::new("/sign-in")
            .typing("email", "nobody@looks.example")
            .typing("password", "not a password")
            .after_sending("main form >> nth=0"),
        Page::new("/me/sign-in"),
        Page::new("/me/sign-in").after_sending("main form >> nth=0"),
        Page::new("/me/sign-in/sent"),
        Page::new("/sign-in/recover"),
        Page::new("/sign-in/recover").after_sending("main form >> nth=0"),
        Page::new("/me/sign-in/recover"),
        Page::new("/me/sign-in/password"),
        Page::new("/me/sign-in/password").after_sending("main form >> nth=0"),
        Page::new("/password/sent"),
    ]
    .map(|page| (200, page))
    .into();
    let link = password_link(site);
    let choose = || Page::new(&link);
    let short = choose()
        .typing("password", "short")
        .after_sending("main form >> nth=0");
    pages.extend([choose(), short].map(|page| (200, page)));
    pages.push((410, Page::new("/password/nothing")));
    for language in ["fr", "en"] {
        let (job, _) = offer_in(site, language);
        pages.push((200, Page::new(&job)));
        let path = format!("{job}/apply");
        // A charter may have its form in one language; the offer then says so.
        let read = site.stranger().speaking(language).open(&job);
        if links_to(&read, &path).is_empty() {
            continue;
        }
        let apply = Page::new(&path).only_in(language);
        let offered = [
            Page::new(&format!("{job}/applied")).only_in(language),
            apply.clone(),
            apply.clone().after_sending(form),
            wrong(apply),
        ];
        pages.extend(offered.map(|page| (200, page)));
    }
    let nothing = [
        "/nowhere",
        "/jobs/nothing-0000",
        "/follow/nonsense",
        "/renew/nonsense",
    ];
    pages.extend(nothing.map(|path| (404, Page::new(path))));
    pages.push((200, Page::new(&erased(site))));
    pages.push((410, Page::new(&closed_offer(site))));
    pages
}

/// How far the erasure is of somebody who wanted everything of theirs erased.
fn erased(site: &Site) -> String {
    let (mut person, _) = follows(site, &Applicant::new("vverased"), "en");
    let leave = person.open("/me/leave").expect_status(200);
    let gone = person.submit(&form_to(&leave, "/me/leave/erase"), &leave);
    let gone = gone.expect_status(303);
    gone.header("location").expect("the page of it").to_owned()
}

/// A link to choose another password, from the mail that a member of staff asked for.
fn password_link(site: &Site) -> String {
    let user = site.user("it");
    let mut client = site.stranger();
    let page = client.open("/sign-in/recover").expect_status(200);
    let mut form = page.form("/sign-in/recover");
    form.set("email", &user.email);
    client.submit(&form, &page).expect_status(303);
    path_in(site, &kept_mail(site, &user.email, 1), "/password/")
}

/// What a candidate sees of their own.
fn candidates(site: &Site) -> Vec<(u16, Page)> {
    let mut candidate = site.candidate();
    let own = links_to(&candidate.open("/me"), "/me/applications/").remove(0);
    is_read(site, &own);
    let asked = asks(&mut candidate);
    let links = moving(site);
    let seen = |(status, path): (u16, &str)| (status, Page::new(path).seen_by("candidate", &candidate));
    let mut pages: Vec<(u16, Page)> = [
        (200, "/me"),
        (200, "/me/data?open=all"),
        (200, "/me/reads"),
        (200, "/me/reads?before=2020-01-01"),
        (200, "/me/details"),
        (200, "/me/leave"),
        (200, "/me/rights?open=all"),
        (200, asked.as_str()),
        (404, "/me/rights/nothing"),
        (200, "/me/security"),
        (200, own.as_str()),
        (404, "/me/applications/nothing"),
    ]
    .map(seen)
    .into();
    let form = Page::new("/me/details").seen_by("candidate", &candidate);
    pages.push((
        200,
        form.typing("email", "nobody")
            .after_sending("form[action='/me/address']"),
    ));
    for (status, path) in [
        (200, links[0].as_str()),
        (200, links[1].as_str()),
        (200, "/me/address/waiting?for=old"),
        (200, "/me/address/waiting?for=new"),
        (200, "/me/address/changed"),
        (404, "/me/address/confirm/nothing"),
    ] {
        pages.push((status, Page::new(path)));
    }
    pages.extend(twins(site));
    pages
}

/// A request of theirs, in words: its page.
fn asks(person: &mut Client) -> String {
    let page = person.open("/me/rights").expect_status(200);
    let mut form = form_to(&page, "/me/rights");
    form.set("kind", "access").set("text", "A copy of all of it");
    let sent = person.submit(&form, &page).expect_status(303);
    let to = sent.header("location").expect("its page");
    to.split('?').next().unwrap_or_default().to_owned()
}

/// Somebody whose change of address waits: the links to both mailboxes.
fn moving(site: &Site) -> [String; 2] {
    let who = Applicant::new(&format!("vvlooksmoves{}", site.name));
    let (mut person, _) = follows(site, &who, "en");
    let page = person.open("/me/details").expect_status(200);
    let to = format!("moved.{}", who.email);
    let mut form = page.form("/me/address");
    form.set("email", &to);
    person.submit(&form, &page).expect_status(303);
    [kept_mail(site, &to, 1), kept_mail(site, &who.email, 2)]
        .map(|mail| path_in(site, &mail, "/me/address/confirm/"))
}

/// Somebody with whose address another applied, and who waits for another address: what they are asked.
fn twins(site: &Site) -> Vec<(u16, Page)> {
    let first = Applicant::new(&format!("vvlookstwin{}", site.name));
    let (mut person, _) = follows(site, &first, "en");
    let mut second = Applicant::new(&format!("vvlookstwo{}", site.name));
    second.email.clone_from(&first.email);
    second.apply(&mut site.stranger(), "/apply").expect_status(303);
    let page = person.open("/me/details").expect_status(200);
    let mut form = page.form("/me/address");
    form.set("email", &format!("moved.{}", first.email));
    person.submit(&form, &page).expect_status(303);
    let seen = |path| (200, Page::new(path).seen_by("twin", &person));
    ["/me", "/me/details"].map(seen).into()
}

/// Somebody opens that application, so that there is something to show under who read what.
fn is_read(site: &Site, own: &str) {
    let panel = own.replace("/me/", "/desk/");
    let opened = recruiters(site)
        .into_iter()
        .any(|user| sign_in(site, user).get(&panel).status == 200);
    assert!(opened, "nobody may read {panel}");
}

/// The desk, as a recruiter sees it, and as somebody does who may not.
fn staffs(site: &Site) -> Vec<(u16, Page)> {
    let (waiting, refused) = (
        Panel::new(site, "vvlookswaiting"),
        Panel::new(site, "vvlooksrefused"),
    );
    refused.clone().refuse();
    let mut recruiter = site.recruiter();
    let list = recruiter.open("/desk/applications").expect_status(200);
    let panel = links_to(&list, "/desk/applications/").remove(0);
    let offers = recruiter.open("/desk/vacancies").expect_status(200);
    let offer = links_to(&offers, "/desk/vacancies/")
        .into_iter()
        .find(|link| !link.ends_with("/new"))
        .expect("an offer");

    let seen = |(status, path): (u16, &str)| (status, Page::new(path).seen_by("recruiter", &recruiter));
    let mut pages: Vec<(u16, Page)> = [
        (200, "/desk"),
        (200, "/desk/applications"),
        (200, panel.as_str()),
        (200, "/desk/applications?stage=new&source=site&q=a"),
        (200, "/desk/applications?q=nobodyatall"),
        (404, "/desk/applications/nothing"),
        (200, "/desk/vacancies"),
        (200, "/desk/figures"),
        (200, offer.as_str()),
        (200, "/desk/vacancies/new"),
        (200, "/desk/tokens"),
        (200, "/desk/kit"),
        (200, "/desk/account"),
        (404, "/desk/nowhere"),
    ]
    .map(seen)
    .into();
    let form = Page::new("/desk/vacancies/new").seen_by("recruiter", &recruiter);
    pages.push((200, form.after_sending("main form[data-form]")));
    let preview = format!("{}?reason=experience#refuse", waiting.path);
    pages.push((200, Page::new(&preview).seen_by("recruiter", &waiting.recruiter)));
    pages.push((
        200,
        Page::new(&refused.path).seen_by("recruiter", &refused.recruiter),
    ));

    pages.extend(messages(site));
    if site.name == "agency" {
        pages.extend(pool(site, &recruiter));
    }
    pages.extend(second_factor(site));
    let admin = sign_in(site, site.user("admin"));
    let team = || Page::new("/desk/staff").seen_by("admin", &admin);
    pages.push((200, team()));
    pages.push((200, team().after_sending("main form[data-form]")));
    let mut dpo = sign_in(site, site.user("dpo"));
    pages.push((403, Page::new("/desk/applications").seen_by("dpo", &dpo)));
    pages.push((200, Page::new("/desk/register").seen_by("dpo", &dpo)));
    // A message of no interest ends within the hour, where the charter says so.
    let going = dpo.open("/desk/keeping").expect_status(200).text();
    assert!(
        site.name != "agency" || going.contains("<tbody>"),
        "nothing goes tonight"
    );
    pages.push((200, Page::new("/desk/keeping").seen_by("dpo", &dpo)));
    pages.push((200, Page::new("/desk/upkeep").seen_by("dpo", &dpo)));
    pages.extend(requests(site, &mut dpo));
    pages.push((200, Page::new("/desk/processors").seen_by("dpo", &dpo)));
    pages.extend(next_version(site, dpo));
    pages
}

/// The pool, as whoever recruits for it sees it: who is in, who is asked, what waits, somebody of each, and writing one down.
fn pool(site: &Site, recruiter: &Client) -> Vec<(u16, Page)> {
    let mut client = recruiter.clone();
    let mut first = |path: &str| {
        let list = client.open(path).expect_status(200);
        let mut links = links_to(&list, "/desk/pool/");
        links.retain(|link| !link.contains("/from/"));
        links.remove(0)
    };
    let (kept, asked) = (first("/desk/pool"), first("/desk/pool?view=asked"));
    let seen = |path: &str| Page::new(path).seen_by("recruiter", recruiter);
    let mut pages: Vec<(u16, Page)> = [
        seen("/desk/pool"),
        seen("/desk/pool?view=asked"),
        seen("/desk/pool?view=inbox"),
        seen("/desk/pool?view=inbox&review=1"),
        seen("/desk/pool?q=nobodyatall"),
        seen(&kept),
        seen(&asked),
        seen("/desk/pool/from/networks"),
        seen("/desk/pool/from/networks").after_sending("main form[data-form]"),
    ]
    .map(|page| (200, page))
    .into();
    pages.push((404, seen("/desk/pool/nothing")));
    let [open, answered] = ["vvlooksfound", "vvlooksagrees"].map(|word| found(site, recruiter, word));
    let mut them = site.stranger();
    let page = them.open(&answered).expect_status(200);
    let mut form = form_to(&page, &answered);
    form.forge("answer", "yes");
    them.submit(&form, &page).expect_status(303);
    pages.extend([open, answered].map(|link| (200, Page::new(&link))));
    pages
}

/// Somebody is written down whom a recruiter found: the link by which they are asked.
fn found(site: &Site, recruiter: &Client, word: &str) -> String {
    let (mut client, who) = (recruiter.clone(), Applicant::new(word));
    let page = client.open("/desk/pool/from/networks").expect_status(200);
    let mut form = application_form(&page);
    form.set("given_name", &who.given_name)
        .set("family_name", &who.family_name)
        .set("email", &who.email);
    client.submit(&form, &page).expect_status(303);
    path_in(site, &kept_mail(site, &who.email, 1), "/pool/")
}

/// Links of the pool, each to be answered in a language of its own.
pub(super) fn questions(site: &Site) -> Vec<Page> {
    let recruiter = sign_in(site, recruiters(site)[0]);
    let link = |language: &str| found(site, &recruiter, &format!("vvkeyboard{language}"));
    [("fr", "yes"), ("en", "no")]
        .map(|(language, answer)| answered_by(&link(language), language, answer))
        .into()
}

/// A page to be answered by that button, in that language.
fn answered_by(link: &str, language: &str, answer: &str) -> Page {
    Page::new(link)
        .only_in(language)
        .after_asking(&format!("button[name=answer][value={answer}]"))
}

/// What a renewal's link opens, before and after an answer, and others to be answered; there have to be mails that ask.
pub(super) fn renewals(site: &Site) -> (Vec<Page>, Vec<Page>) {
    let links = asking(site, 4);
    let mut them = site.stranger();
    let page = them.open(&links[0]).expect_status(200);
    let mut form = form_to(&page, &links[0]);
    form.forge("answer", "keep");
    them.submit(&form, &page).expect_status(200);
    (
        links[..2].iter().map(|link| Page::new(link)).collect(),
        vec![
            answered_by(&links[2], "fr", "keep"),
            answered_by(&links[3], "en", "erase"),
        ],
    )
}

/// The links of so many mails that ask whether to keep on, once they are there.
fn asking(site: &Site, number: usize) -> Vec<String> {
    let mut visitor = Client::new(site.server(), &format!("localhost:{}", site.server().port()));
    let start = format!("{}/renew/", site.url.trim_end_matches('/'));
    for _ in 0..150 {
        let mails = visitor.get("/mails").expect_status(200).text();
        let mut links: Vec<String> = mails
            .split(&start)
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_'))
            .filter_map(|mut words| words.next().map(|token| format!("/renew/{token}")))
            .collect();
        links.sort();
        links.dedup();
        if links.len() >= number {
            return links;
        }
        thread::sleep(Duration::from_millis(200));
    }
    panic!("{}: nobody is asked", site.name);
}

/// The inbox and its panels: one message as it came, one that was answered, one of no interest; and whom none is open to.
fn messages(site: &Site) -> Vec<(u16, Page)> {
    let written = |word: &str| {
        let who = Applicant::new(&format!("{word}{}", site.name));
        who.write(&mut site.stranger().speaking("fr")).expect_status(303);
        message_of(site, &who)
    };
    let (mut reader, came) = written("vvlookscame");
    let (_, answered) = written("vvlooksanswered");
    let (_, worthless) = written("vvlooksworthless");
    let page = reader.open(&answered).expect_status(200);
    let mut form = form_to(&page, &format!("{answered}/answer"));
    form.set("text", "Merci de votre message.\nBien à vous");
    reader.submit(&form, &page).expect_status(303);
    let page = reader.open(&worthless).expect_status(200);
    let mut form = form_to(&page, &format!("{worthless}/judge"));
    form.forge("verdict", "irrelevant");
    reader.submit(&form, &page).expect_status(303);
    let seen = |path: &str| Page::new(path).seen_by("reader", &reader);
    let mut pages: Vec<(u16, Page)> = [
        seen("/desk/messages"),
        seen("/desk/messages?state=unread&from=other&q=a"),
        seen("/desk/messages?review=1"),
        seen(&came),
        seen(&came).after_sending("#answer form"),
        seen(&answered),
        seen(&worthless),
    ]
    .map(|page| (200, page))
    .into();
    pages.push((404, seen("/desk/messages/nothing")));
    if site.name == "careers" {
        let it = sign_in(site, site.user("it"));
        pages.push((200, Page::new("/desk/messages").seen_by("it", &it)));
    }
    pages
}

/// The queue, a request, one that is entered for somebody who wrote otherwise.
fn requests(site: &Site, dpo: &mut Client) -> Vec<(u16, Page)> {
    let who = Applicant::new(&format!("vvlooksasks{}", site.name));
    let (mut person, _) = follows(site, &who, "en");
    let asked = asks(&mut person).replace("/me/", "/desk/");
    let queue = dpo.open("/desk/rights").expect_status(200);
    assert!(queue.text().contains(&asked), "{asked} isn't in the queue");
    let seen = |path: &str| Page::new(path).seen_by("dpo", dpo);
    let find = || seen("/desk/rights/enter");
    vec![
        (200, seen("/desk/rights")),
        (200, seen("/desk/rights?state=ended")),
        (200, seen(&asked)),
        (200, seen(&asked).after_sending("form:has(button[value=answer])")),
        (404, seen("/desk/rights/nothing")),
        (200, find()),
        (200, find().after_sending("main form[data-form]")),
        (
            200,
            find()
                .typing("email", &who.email)
                .after_asking("main form[data-form]"),
        ),
        (
            200,
            find()
                .typing("email", "nobody@looks.example")
                .after_asking("main form[data-form]"),
        ),
    ]
}

/// A next version: at one site activated, with a broken file of another behind it; at the other proposed.
fn next_version(site: &Site, mut dpo: Client) -> Vec<(u16, Page)> {
    let today = kernel::Clock::system().now().date(&kernel::Zone::paris());
    let text = next_charter(site, 2, &today.plus_days(2).to_string());
    write_charter(site, &text);
    let seen = |path: &str, dpo: &Client| (200, Page::new(path).seen_by("dpo", dpo));
    if site.name != "careers" {
        let early = Page::new("/desk/charter")
            .typing("on", "2020-01-01")
            .after_sending("main form[data-form]");
        return vec![seen("/desk/charter", &dpo), (200, early.seen_by("dpo", &dpo))];
    }
    let page = dpo.open("/desk/charter").expect_status(200);
    let form = page.form("/desk/charter/activate");
    dpo.submit(&form, &page).expect_status(303);
    write_charter(site, &text.replacen("readers = [", "raeders = [", 1));
    ["/desk/charter", "/privacy/versions/2"]
        .map(|path| seen(path, &dpo))
        .into()
}

/// Setting up an app that gives codes, and being asked for one.
fn second_factor(site: &Site) -> Vec<(u16, Page)> {
    let user = site.user("it");
    let mut client = sign_in(site, user);
    let account = client.open("/desk/account").expect_status(200);
    let mut form = account.form("/desk/account/app");
    form.set("current_app", user.password.as_deref().expect("one"));
    let answer = client.submit(&form, &account).expect_status(303);
    let page = client.follow(answer).expect_status(200);
    let mut form = page.form("/desk/account/app");
    form.set("code", &app_code(&page));
    client.submit(&form, &page).expect_status(200);
    // Another app is being set up beside it.
    let account = client.open("/desk/account").expect_status(200);
    let mut form = account.form("/desk/account/app");
    form.set("current_app", user.password.as_deref().expect("one"));
    client.submit(&form, &account).expect_status(303);

    let mut halfway = site.stranger();
    let page = halfway.open("/sign-in").expect_status(200);
    let mut form = page.form("/sign-in");
    form.set("email", &user.email)
        .set("password", user.password.as_deref().expect("one"));
    halfway.submit(&form, &page).expect_status(303);
    let seen = |path: &str, client: &Client| Page::new(path).seen_by("it", client);
    [
        seen("/desk/account", &client),
        seen("/desk/account/app", &client),
        seen("/sign-in/code", &halfway),
        seen("/sign-in/code", &halfway)
            .typing("code", "000000")
            .after_sending("main form[data-form]"),
    ]
    .map(|page| (200, page))
    .into()
}

/// The panel of an application made for this, and who may open it.
#[derive(Clone)]
struct Panel {
    path: String,
    recruiter: Client,
}

impl Panel {
    /// Somebody of that name applies to the newest offer in French.
    fn new(site: &Site, word: &str) -> Self {
        let (job, _) = offer_in(site, "fr");
        let who = Applicant::new(&format!("{word}{}", site.name));
        who.apply(&mut site.stranger().speaking("fr"), &format!("{job}/apply"))
            .expect_status(303);
        let (user, item) = one_found(site, &who);
        Self {
            path: format!("/desk/applications/{}", item["id"].as_str().expect("an id")),
            recruiter: sign_in(site, user),
        }
    }

    fn refuse(&mut self) {
        let page = self
            .recruiter
            .open(&format!("{}?reason=experience", self.path))
            .expect_status(200);
        self.press(&page, "/refuse");
    }

    fn press(&mut self, page: &Answer, what: &str) {
        press(&mut self.recruiter, page, what);
    }
}

/// The path and the title of the newest offer in a language: a form may be asked in its offer's language alone.
pub(super) fn offer_in(site: &Site, language: &str) -> (String, String) {
    let list = site.stranger().get("/api/v1/vacancies?limit=100").json();
    let mut offers = list["items"].as_array().expect("a list").iter();
    let offer = offers
        .find(|offer| offer["language"] == language)
        .unwrap_or_else(|| panic!("no offer in {language}"));
    let text = |name: &str| offer[name].as_str().expect("a text").to_owned();
    (path_of(site, &text("url")).to_owned(), text("title"))
}

/// Sends the form whose address ends so.
fn press(client: &mut Client, page: &Answer, what: &str) {
    let form = acceptance::html::forms(&page.text())
        .into_iter()
        .find(|form| {
            form.action
                .split('?')
                .next()
                .is_some_and(|path| path.ends_with(what))
        })
        .unwrap_or_else(|| panic!("{}: no form to …{what}", page.path));
    client.submit(&form, page).expect_status(303);
}

/// The public address of an offer that was open for a moment.
fn closed_offer(site: &Site) -> String {
    let mut recruiter = site.recruiter();
    let title = "Tester of closed doors";
    let page = recruiter.open("/desk/vacancies/new").expect_status(200);
    let mut form = page.form("/desk/vacancies/new");
    form.set("title", title)
        .set("place", "Lille")
        .set("summary", "An offer to close.")
        .set("description", "It is here to be closed.");
    let answer = recruiter.submit(&form, &page).expect_status(303);
    let draft = recruiter.follow(answer).expect_status(200);
    press(&mut recruiter, &draft, "/publish");
    let slug = slugs(site)
        .into_iter()
        .find(|slug| slug.starts_with("tester-of-closed"))
        .expect("it is published");
    let path = draft.path.split('?').next().unwrap_or_default().to_owned();
    let open = recruiter.open(&path).expect_status(200);
    press(&mut recruiter, &open, "/close");
    format!("/jobs/{slug}")
}
