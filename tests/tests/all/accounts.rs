//! Owns: the stories of accounts through the public pages: a forgotten password, wrong ones by the thousand, a candidate's
//! own password, sessions, invitations and roles. Doesn't own: what each role sees of candidates ([`crate::roles`]).

mod factors;

pub(crate) use factors::app_code;

use crate::own::Own;
use crate::people::{Applicant, form_to, path_of, sign_in, small, token, words};
use acceptance::demo::{Demo, Site};
use acceptance::http::{Answer, Client, Request};
use acceptance::smtp::{Mail, Sink};
use std::time::Duration;

const WORDS: &str = "seven grey herons over Nantes";
const DEMO_PASSWORD: &str = "vivier-demo-exemple";

/// A demo whose mails arrive.
struct Story {
    demo: Demo,
    sink: Sink,
    _own: Own,
}

impl Story {
    fn new() -> Self {
        let (own, sink) = (Own::new(), Sink::start());
        let demo = own.demo().smtp(sink.address()).start();
        Self {
            demo,
            sink,
            _own: own,
        }
    }

    /// The link of a mail to that address, the first being 0.
    fn link(&self, site: &Site, to: &str, nth: usize) -> String {
        let ours = |mail: &Mail| mail.to == [to.to_owned()];
        let mail = self.sink.wait_for_nth(Duration::from_secs(60), nth, ours);
        path_of(site, mail.links().first().expect("a link")).to_owned()
    }

    /// How many mails came to that address.
    fn mails(&self, to: &str) -> usize {
        let mails = self.sink.mails();
        mails.iter().filter(|mail| mail.to == [to.to_owned()]).count()
    }
}

/// Told how long to wait after too many tries.
#[track_caller]
fn waits(answer: &Answer) {
    assert_eq!(answer.status, 429, "{}", words(answer));
    let seconds = answer.header("retry-after").and_then(|wait| wait.parse().ok());
    assert!(seconds.is_some_and(|seconds: u32| (1..=300).contains(&seconds)));
}

/// Signs in at that page with whatever was typed.
fn enter(client: &mut Client, path: &str, email: &str, password: &str) -> Answer {
    let page = client.open(path).expect_status(200);
    let mut form = page.form(path);
    form.set("email", email).set("password", password);
    client.submit(&form, &page)
}

/// Asks for a link to choose another password.
fn ask(client: &mut Client, path: &str, email: &str) -> Answer {
    let page = client.open(path).expect_status(200);
    let mut form = page.form(path);
    form.set("email", email);
    client.submit(&form, &page)
}

/// Chooses a password by a link.
fn choose(client: &mut Client, link: &str, password: &str) -> Answer {
    let page = client.open(link).expect_status(200);
    let mut form = page.form(link);
    form.set("password", password);
    client.submit(&form, &page)
}

#[test]
fn a_forgotten_password_is_chosen_anew_by_mail() {
    let story = Story::new();
    let site = story.demo.site("careers");
    let user = site.user("dpo");
    let mut open = sign_in(site, user);
    let mut client = site.stranger();
    // The same answer whether the address is known or not, and to a second asking.
    for email in [user.email.as_str(), "nobody@careers.example", user.email.as_str()] {
        let answer = ask(&mut client, "/sign-in/recover", email).expect_status(303);
        assert_eq!(answer.header("location"), Some("/password/sent"));
        assert!(answer.text().is_empty() && answer.header("set-cookie").is_none());
    }
    ask(&mut client, "/sign-in/recover", "not an address").expect_status(422);
    let first = story.link(site, &user.email, 0);
    let second = story.link(site, &user.email, 1);
    let weak = choose(&mut client, &second, "passwordpassword").expect_status(422);
    assert!(
        words(&weak).contains("first passwords anybody would try"),
        "{}",
        words(&weak)
    );
    assert!(!weak.text().contains("passwordpassword"));
    let done = choose(&mut client, &second, WORDS).expect_status(303);
    assert!(
        client.cookies.contains_key("vivier_device"),
        "the browser is known"
    );
    assert_eq!(done.header("location"), Some("/sign-in?done=password-set"));
    assert!(words(&client.follow(done)).contains("Your password is saved"));
    // Both links are used up, and say what to do; so does one that never was.
    for link in [
        &first,
        &second,
        &format!("/password/{}", "A".repeat(43)),
        &"/password/x".to_owned(),
    ] {
        let over = client.open(link).expect_status(410);
        assert!(words(&over).contains("ask for another link"), "{}", words(&over));
        let form = small(link, None, &[("password", DEMO_PASSWORD)]);
        client.submit(&form, &over).expect_status(410);
    }
    open.get("/desk/vacancies").expect_status(303);
    enter(&mut client, "/sign-in", &user.email, DEMO_PASSWORD).expect_status(422);
    enter(&mut client, "/sign-in", &user.email, WORDS).expect_status(303);
    client.get("/desk/vacancies").expect_status(200);
    assert_eq!(story.mails("nobody@careers.example"), 0);
}

#[test]
fn a_thousand_wrong_passwords_shut_nobody_else_out() {
    let story = Story::new();
    let site = story.demo.site("careers");
    let (user, other) = (site.user("recruiter"), site.user("admin"));
    let mut known = sign_in(site, user);
    assert!(known.cookies.contains_key("vivier_device"));
    known.cookies.remove("vivier_session");
    let mut attacker = site.stranger();
    let page = attacker.open("/sign-in").expect_status(200);
    let (mut wrong, mut refused) = (0, 0);
    for nth in 0..1_000 {
        let mut form = page.form("/sign-in");
        form.set("email", &user.email)
            .set("password", &format!("guess number {nth}"));
        // Whoever writes another address into the header every time is believed by nobody.
        let request = Request::form(&form, "/sign-in")
            .header("X-Forwarded-For", &format!("10.0.{}.{}", nth / 250, nth % 250));
        let answer = attacker.send(&request);
        match answer.status {
            422 => wrong += 1,
            429 => {
                let seconds = answer.header("retry-after").and_then(|wait| wait.parse().ok());
                assert!(seconds.is_some_and(|seconds: u32| (1..=60).contains(&seconds)));
                assert!(
                    words(&answer).contains("Too many wrong tries"),
                    "{}",
                    words(&answer)
                );
                refused += 1;
            }
            status => panic!("{status}"),
        }
    }
    // One more a minute, however long the thousand took.
    assert!(
        (10..30).contains(&wrong) && refused + wrong == 1_000,
        "{wrong} heard, {refused} refused"
    );
    enter(&mut attacker, "/sign-in", &user.email, DEMO_PASSWORD).expect_status(429);
    enter(&mut known, "/sign-in", &user.email, DEMO_PASSWORD).expect_status(303);
    enter(&mut site.stranger(), "/sign-in", &other.email, DEMO_PASSWORD).expect_status(303);
    // Who has no browser that is known gets in by their mailbox; the attacker's asking for mails doesn't stop that.
    for _ in 0..8 {
        ask(&mut attacker, "/sign-in/recover", &user.email).expect_status(303);
    }
    let link = story.link(site, &user.email, 4);
    let mut owner = site.stranger();
    choose(&mut owner, &link, WORDS).expect_status(303);
    assert_eq!(story.mails(&user.email), 5);
    // And the attacker's going on doesn't stop them then, from the same place.
    for nth in 0..12 {
        enter(
            &mut attacker,
            "/sign-in",
            &user.email,
            &format!("another guess {nth}"),
        );
    }
    enter(&mut attacker, "/sign-in", &user.email, WORDS).expect_status(429);
    enter(&mut owner, "/sign-in", &user.email, WORDS).expect_status(303);
    owner.get("/desk/vacancies").expect_status(200);
}

#[test]
fn asking_for_mails_at_one_door_uses_none_up_at_the_other() {
    let story = Story::new();
    let site = story.demo.site("careers");
    let (user, who) = (site.user("recruiter"), Applicant::new("vvflooded"));
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    let mut attacker = site.stranger();
    for _ in 0..8 {
        ask(&mut attacker, "/sign-in/recover", &who.email).expect_status(303);
        ask(&mut attacker, "/me/sign-in", &user.email).expect_status(303);
        ask(&mut attacker, "/me/sign-in/recover", &user.email).expect_status(303);
    }
    // Nothing was sent by that, and what is asked at the right door is.
    ask(&mut site.stranger(), "/me/sign-in", &who.email).expect_status(303);
    let link = story.link(site, &who.email, 1);
    site.stranger().open(&link).expect_status(200);
    ask(&mut site.stranger(), "/sign-in/recover", &user.email).expect_status(303);
    let link = story.link(site, &user.email, 0);
    choose(&mut site.stranger(), &link, WORDS).expect_status(303);
    assert_eq!((story.mails(&who.email), story.mails(&user.email)), (2, 1));
}

#[test]
fn an_application_is_filed_however_many_mails_its_address_got() {
    let story = Story::new();
    let site = story.demo.site("agency");
    let mut who = Applicant::new("vvmailed");
    let email = who.email.clone();
    for nth in 0..23_u8 {
        who = Applicant::new(&format!("vvmailed{}", char::from(b'a' + nth)));
        who.email.clone_from(&email);
        who.apply(&mut site.stranger(), "/apply").expect_status(303);
    }
    let filed = crate::people::recruiters(site)
        .iter()
        .map(|user| crate::people::found(site, user, &format!("&q={email}")).len())
        .max();
    assert_eq!(filed, Some(23));
    // Somebody else's mail leaves after theirs: by then those have come.
    let other = Applicant::new("vvmailedtoo");
    other.apply(&mut site.stranger(), "/apply").expect_status(303);
    story.link(site, &other.email, 0);
    story.link(site, &email, 19);
    assert_eq!(story.mails(&email), 20);
}

#[test]
fn a_candidate_may_set_a_password_and_leave_it() {
    let story = Story::new();
    let site = story.demo.site("agency");
    let who = Applicant::new("vvaccount");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    // No password yet: wrong says the same as to anybody, and recovery sends what opens the area.
    enter(&mut site.stranger(), "/me/sign-in/password", &who.email, WORDS).expect_status(422);
    ask(&mut site.stranger(), "/me/sign-in/recover", &who.email).expect_status(303);
    let link = story.link(site, &who.email, 1);
    assert!(link.starts_with("/follow/"), "{link}");
    let mut client = site.stranger();
    client.open(&link).expect_status(200);
    let page = client.open("/me/security").expect_status(200);
    let mut form = page.form("/me/security/password");
    assert!(!form.controls.contains(&"current".to_owned()));
    form.set("password", "too short");
    let short = client.submit(&form, &page).expect_status(422);
    assert!(words(&short).contains("at least 15 characters"));
    let common = "first passwords anybody would try";
    form.set("password", &who.email);
    let own = client.submit(&form, &page).expect_status(422);
    assert!(words(&own).contains(common), "their own address: {}", words(&own));
    form.set("password", WORDS);
    let answer = client.submit(&form, &page).expect_status(303);
    assert!(words(&client.follow(answer)).contains("Your password is changed"));
    let mut elsewhere = site.stranger();
    enter(&mut elsewhere, "/me/sign-in/password", &who.email, WORDS).expect_status(303);
    elsewhere.get("/me").expect_status(200);
    enter(&mut site.stranger(), "/sign-in", &who.email, WORDS).expect_status(422);
    // Forgotten: a link to choose another, and everything else is over.
    ask(&mut site.stranger(), "/me/sign-in/recover", &who.email).expect_status(303);
    let link = story.link(site, &who.email, 2);
    assert!(link.starts_with("/password/"), "{link}");
    let own = choose(&mut site.stranger(), &link, &who.email).expect_status(422);
    assert!(words(&own).contains(common), "{}", words(&own));
    let done = choose(&mut site.stranger(), &link, "quiet gravel under the viaduct").expect_status(303);
    assert_eq!(
        done.header("location"),
        Some("/me/sign-in/password?done=password-set")
    );
    client.get("/me").expect_status(303);
    elsewhere.get("/me").expect_status(303);
}

#[test]
fn sessions_are_seen_and_ended() {
    let story = Story::new();
    let site = story.demo.site("careers");
    let user = site.user("recruiter");
    let (mut here, mut there, mut third) = (sign_in(site, user), sign_in(site, user), sign_in(site, user));
    let page = here.open("/desk/account").expect_status(200);
    let form = page.form("/desk/account/sessions");
    let token = form.value("_csrf").expect("a token").to_owned();
    let ids: Vec<String> = page
        .text()
        .split("name=\"end\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(id, _)| id.to_owned()))
        .filter(|id| id.len() == 32)
        .collect();
    assert_eq!(ids.len(), 2, "the others can be ended one by one");
    let end = |client: &mut Client, token: &str, which: &str| {
        let form = small("/desk/account/sessions", Some(token), &[("end", which)]);
        client.submit(&form, &page)
    };
    // Not by somebody else, not without the token.
    let mut colleague = sign_in(site, site.user("dpo"));
    let foreign = colleague.open("/desk/account").form("/desk/account/sessions");
    end(&mut colleague, foreign.value("_csrf").expect("one"), &ids[0]).expect_status(404);
    end(&mut here, "", &ids[0]).expect_status(403);
    end(&mut here, &token, "nonsense").expect_status(400);
    end(&mut here, &token, &ids[0]).expect_status(303);
    let left = [
        there.get("/desk/vacancies").status,
        third.get("/desk/vacancies").status,
    ];
    assert_eq!(
        left.iter().filter(|status| **status == 200).count(),
        1,
        "{left:?}"
    );
    end(&mut here, &token, "others").expect_status(303);
    assert_eq!(
        [
            there.get("/desk/vacancies").status,
            third.get("/desk/vacancies").status
        ],
        [303, 303]
    );
    let out = end(&mut here, &token, "all").expect_status(303);
    assert_eq!(out.header("location"), Some("/?done=signed-out"));
    here.get("/desk/vacancies").expect_status(303);
    // Changing the password: the current one is asked, tries at it are counted, the other sessions end.
    let (mut here, mut there) = (sign_in(site, user), sign_in(site, user));
    let page = here.open("/desk/account").expect_status(200);
    let change = |client: &mut Client, current: &str, new: &str| {
        let mut form = page.form("/desk/account/password");
        form.set("current", current).set("password", new);
        client.submit(&form, &page)
    };
    let wrong = change(&mut here, WORDS, WORDS).expect_status(422);
    assert!(words(&wrong).contains("isn’t your current password"));
    change(&mut here, DEMO_PASSWORD, WORDS).expect_status(303);
    here.get("/desk/vacancies").expect_status(200);
    there.get("/desk/vacancies").expect_status(303);
    for _ in 0..10 {
        change(&mut here, DEMO_PASSWORD, WORDS).expect_status(422);
    }
    waits(&change(&mut here, WORDS, DEMO_PASSWORD));
}

#[test]
fn the_administrator_invites_and_a_role_taken_away_is_gone_at_once() {
    let story = Story::new();
    let site = story.demo.site("careers");
    let mut admin = sign_in(site, site.user("admin"));
    let invite = |admin: &mut Client, email: &str| {
        let page = admin.open("/desk/staff").expect_status(200);
        let mut form = page.form("/desk/staff");
        form.set("given_name", "Marie")
            .set("family_name", "Vvinvited")
            .set("email", email)
            .set("role", "recruiter");
        admin.submit(&form, &page)
    };
    let taken = invite(&mut admin, &site.user("dpo").email).expect_status(422);
    assert!(words(&taken).contains("signs in with this address already"));
    invite(&mut admin, "marie").expect_status(422);
    let answer = invite(&mut admin, "marie@careers.example").expect_status(303);
    let list = admin.follow(answer).expect_status(200);
    assert!(
        words(&list).contains("Marie Vvinvited Invited marie@careers.example"),
        "{}",
        words(&list)
    );
    // Twice the same form invites once.
    invite(&mut admin, "marie@careers.example").expect_status(429);
    let link = story.link(site, "marie@careers.example", 0);
    let mut marie = site.stranger();
    let welcome = marie.open(&link).expect_status(200);
    assert!(words(&welcome).contains("Welcome"));
    choose(&mut marie, &link, WORDS).expect_status(303);
    marie.open(&link).expect_status(410);
    enter(&mut marie, "/sign-in", "marie@careers.example", WORDS).expect_status(303);
    let open = marie.open("/desk/vacancies/new").expect_status(200);
    let mut draft = open.form("/desk/vacancies/new");
    for (name, value) in [
        ("title", "Vvtoolate"),
        ("place", "Nantes"),
        ("description", "Vvtoolate"),
    ] {
        draft.set(name, value);
    }
    // Her role is taken away while her page is open.
    let page = admin.open("/desk/staff").expect_status(200);
    let id = page
        .text()
        .split("/desk/staff/")
        .filter_map(|rest| rest.get(..32))
        .filter(|id| page.text().contains(&format!("id=\"role-{id}\"")))
        .find(|id| {
            let (_, row) = page
                .text()
                .split_once(&format!("id=\"role-{id}\""))
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .expect("a row");
            row.split("</tr>")
                .next()
                .is_some_and(|row| row.contains("Vvinvited"))
        })
        .expect("her row")
        .to_owned();
    let mut role = form_to(&page, &format!("/desk/staff/{id}/role"));
    role.set("role", "sales");
    let answer = admin.submit(&role, &page).expect_status(303);
    assert!(words(&admin.follow(answer)).contains("The role is changed"));
    let refused = marie.submit(&draft, &open).expect_status(401);
    assert!(words(&refused).contains("Sign in"), "{}", words(&refused));
    marie.get("/desk/vacancies").expect_status(303);
    enter(&mut marie, "/sign-in", "marie@careers.example", WORDS).expect_status(303);
    marie.get("/desk/vacancies/new").expect_status(403);
    // And then the account.
    let page = admin.open("/desk/staff").expect_status(200);
    admin
        .submit(&form_to(&page, &format!("/desk/staff/{id}/end")), &page)
        .expect_status(303);
    marie.get("/desk").expect_status(303);
    enter(&mut marie, "/sign-in", "marie@careers.example", WORDS).expect_status(422);
    let page = admin.open("/desk/staff").expect_status(200);
    let (own, _) = page
        .text()
        .split_once("Your own account")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("own row");
    assert!(
        !own.rsplit("<tr>").next().expect("a row").contains("/role"),
        "nobody takes their own away"
    );
}

#[test]
fn only_the_administrator_sees_accounts_and_nobody_s_candidates() {
    let demo = crate::own::shared();
    for site in demo.sites() {
        for user in site.users.iter().filter(|user| user.password.is_some()) {
            let mut client = sign_in(site, user);
            let admin = user.role == "admin";
            let page = client.get("/desk/staff");
            assert_eq!(page.status, if admin { 200 } else { 403 }, "{}", user.role);
            assert_eq!(
                page.text().contains(&site.user("dpo").email),
                admin,
                "{}",
                user.role
            );
            assert!(!page.text().contains("@people.example") && !page.text().contains("@applicants.example"));
            client.get("/desk/account").expect_status(200);
            if admin {
                continue;
            }
            let token = token(&mut client);
            let nobody = "0".repeat(32);
            for (action, fields) in [
                (
                    "/desk/staff".to_owned(),
                    vec![
                        ("given_name", "V"),
                        ("family_name", "V"),
                        ("email", "vv@careers.example"),
                        ("role", "admin"),
                    ],
                ),
                (format!("/desk/staff/{nobody}/role"), vec![("role", "admin")]),
                (format!("/desk/staff/{nobody}/invite"), vec![]),
                (format!("/desk/staff/{nobody}/end"), vec![]),
            ] {
                let form = small(&action, Some(&token), &fields);
                client.submit(&form, &page).expect_status(403);
            }
        }
        let mut candidate = site.candidate();
        candidate.get("/me/security").expect_status(200);
        for path in ["/desk/staff", "/desk/account"] {
            candidate.get(path).expect_status(303);
            site.stranger().get(path).expect_status(303);
        }
        site.stranger().get("/me/security").expect_status(303);
        sign_in(site, site.user("dpo"))
            .get("/me/security")
            .expect_status(303);
    }
}
