//! Owns: the main job, told from both ends: somebody finds an offer, applies, follows; somebody at the desk reads,
//! moves, refuses, undoes. On both sites, in both languages.

use crate::own::{Own, shared};
use crate::people::{
    Applicant, application_form, between, form_to, found, links_to, one_found, path_of, recruiters, sign_in,
    slugs, words,
};
use acceptance::demo::{Demo, Site};
use acceptance::html;
use acceptance::http::{Answer, Client};
use acceptance::smtp::{Mail, Sink};
use std::thread;
use std::time::Duration;

/// What the stories say in the language they are told in.
struct Said {
    language: &'static str,
    arrived: &'static str,
    mail: &'static str,
    new: [&'static str; 3],
    follow_new: &'static str,
    follow_read: &'static str,
    follow_interview: &'static str,
    follow_refused: &'static str,
    reason: &'static str,
    withdrawn: &'static str,
}

const ENGLISH: Said = Said {
    language: "en",
    arrived: "Your application has arrived",
    mail: "has arrived",
    new: ["New", "Read", "Site"],
    follow_new: "The recruitment team hasn’t read it yet",
    follow_read: "Read by the recruitment team",
    follow_interview: "We would like to meet you",
    follow_refused: "Not taken further",
    reason: "calls for experience",
    withdrawn: "You withdrew this application",
};

const FRENCH: Said = Said {
    language: "fr",
    arrived: "Votre candidature est arrivée",
    mail: "est bien arrivée",
    new: ["Nouvelle", "Lire", "Site"],
    follow_new: "L’équipe de recrutement ne l’a pas encore lue",
    follow_read: "Lue par l’équipe de recrutement",
    follow_interview: "Nous souhaitons vous rencontrer",
    follow_refused: "Sans suite",
    reason: "demande une expérience",
    withdrawn: "Vous avez retiré cette candidature",
};

/// An application under way, seen from both ends.
struct Story {
    site: &'static str,
    who: Applicant,
    said: &'static Said,
    id: String,
    candidate: Client,
    recruiter: Client,
}

#[test]
fn applications_go_from_the_offer_to_the_decision_on_both_sites() {
    let (own, sink) = (Own::new(), Sink::start());
    let morning = own
        .demo()
        .smtp(sink.address())
        .now("2027-03-01T09:00:00Z")
        .start();
    let mut stories = [
        Story::begin(&morning, "careers", "vvjourneyone", &ENGLISH, &sink),
        Story::begin(&morning, "agency", "vvjourneytwo", &FRENCH, &sink),
    ];
    for story in &mut stories {
        story.is_read(morning.site(story.site));
        story.is_moved();
        story.is_refused_and_taken_back(&sink);
        story.is_refused();
    }
    for story in &stories {
        assert_eq!(
            mails_to(&sink, &story.who.email).len(),
            1,
            "no refusal leaves at once"
        );
    }
    morning.kill();

    let later = own
        .demo()
        .smtp(sink.address())
        .now("2027-03-01T09:45:00Z")
        .start();
    for story in &mut stories {
        story.learns_the_refusal(later.site(story.site), &sink);
    }
}

impl Story {
    /// From the list of offers to the person's own page.
    fn begin(demo: &Demo, site: &'static str, word: &str, said: &'static Said, sink: &Sink) -> Self {
        let (site, who) = (demo.site(site), Applicant::new(word));
        let mut candidate = site.stranger().speaking(said.language);
        let list = candidate.open("/jobs").expect_status(200);
        let offer = links_to(&list, "/jobs/").into_iter().next().expect("an offer");
        let job = candidate.open(&offer).expect_status(200);
        let title = between(&job.text(), "<h1", "</h1>")
            .split_once('>')
            .expect("a heading")
            .1
            .to_owned();
        let title = html::text(&title);

        let apply = format!("{offer}/apply");
        assert!(!links_to(&job, &apply).is_empty(), "{offer} leads to its form");
        let answer = who.apply(&mut candidate, &apply).expect_status(303);
        assert_eq!(
            answer.header("location"),
            Some(format!("{offer}/applied").as_str())
        );
        let arrived = candidate.follow(answer).expect_status(200);
        assert!(words(&arrived).contains(said.arrived), "{}", words(&arrived));
        assert!(!words(&arrived).contains(&who.email), "it confirms no address");

        let mail = sink.wait_for_mail_to(&who.email);
        assert!(
            mail.text().contains(said.mail) && mail.text().contains(&title),
            "{}",
            mail.text()
        );
        assert!(
            !mail.text().contains(&who.family_name),
            "the mailbox isn't proven yet: it names nobody"
        );
        let links = mail.links();
        let link = links
            .iter()
            .find(|link| link.contains("/follow/"))
            .expect("a link");
        // From the mail, in a browser that has no cookie yet.
        let mut candidate = site.stranger().speaking(said.language);
        let own = candidate.open(path_of(site, link)).expect_status(200);
        let id = own
            .path
            .strip_prefix("/me/applications/")
            .expect("their application")
            .to_owned();
        assert!(
            words(&own).contains(said.follow_new) && words(&own).contains(&title),
            "{}",
            words(&own)
        );
        assert!(words(&own).contains(&who.cv_name), "{}", words(&own));
        let file = links_to(&own, "/me/files/").pop().expect("their CV");
        assert_eq!(candidate.get(&file).expect_status(200).body, who.cv);
        assert_eq!(links_to(&candidate.open("/me"), "/me/applications/").len(), 1);

        let (user, item) = one_found(site, &who);
        assert_eq!(item["id"], id.as_str());
        assert_eq!(
            (&item["stage"], &item["next_action"]),
            (&"new".into(), &"read".into())
        );
        assert_eq!(
            (&item["source"], &item["waiting_days"]),
            (&"site".into(), &0.into())
        );
        assert_eq!(item["language"], said.language);
        let recruiter = sign_in(site, user).speaking(said.language);
        Self {
            site: if site.name == "careers" {
                "careers"
            } else {
                "agency"
            },
            who,
            said,
            id,
            candidate,
            recruiter,
        }
    }

    fn panel(&self) -> String {
        format!("/desk/applications/{}", self.id)
    }

    fn seen_by_the_person(&mut self) -> String {
        let page = self.candidate.open(&format!("/me/applications/{}", self.id));
        words(&page.expect_status(200))
    }

    /// The row, the panel, the very bytes of the CV; and the person sees that it was read.
    fn is_read(&mut self, site: &Site) {
        let list = self
            .recruiter
            .open(&format!("/desk/applications?q={}", self.who.email))
            .expect_status(200);
        let row = html::text(between(
            &list.text(),
            &format!("<tr id=\"row-{}\"", self.id),
            "</tr>",
        ));
        let name = format!("{} {}", self.who.given_name, self.who.family_name);
        for expected in self.said.new.iter().chain(&[name.as_str()]) {
            assert!(row.contains(expected), "no {expected} in {row}");
        }
        assert!(
            !self.seen_by_the_person().contains(self.said.follow_read),
            "a list reads nobody"
        );

        let panel = self.recruiter.open(&self.panel()).expect_status(200);
        for typed in [&self.who.email, &self.who.phone] {
            assert!(words(&panel).contains(typed), "no {typed}");
        }
        if site.name == "agency" {
            assert!(
                panel.text().contains("écrit &lt;b&gt;ici"),
                "what was typed is text, not markup"
            );
        }
        let file = links_to(&panel, "/desk/files/").pop().expect("the CV");
        let cv = self.recruiter.get(&file).expect_status(200);
        assert_eq!(cv.body, self.who.cv, "the very same bytes");
        assert_eq!(cv.header("content-type"), Some("application/pdf"));
        assert!(self.seen_by_the_person().contains(self.said.follow_read));
        let (_, item) = one_found(site, &self.who);
        assert_eq!(item["next_action"], "review");
    }

    fn is_moved(&mut self) {
        let panel = self.recruiter.open(&self.panel());
        let mut form = form_to(&panel, &format!("{}/stage", self.panel()));
        form.set("stage", "interview");
        let answer = self.recruiter.submit(&form, &panel).expect_status(303);
        let panel = self.recruiter.follow(answer).expect_status(200);
        // A stage where it stands already, and one that is a decision or the person's own.
        for (stage, status) in [
            ("interview", 409),
            ("refused", 409),
            ("withdrawn", 409),
            ("nowhere", 400),
        ] {
            let mut form = form_to(&panel, &format!("{}/stage", self.panel()));
            form.parts.retain(|part| part.name != "stage");
            form.forge("stage", stage);
            self.recruiter.submit(&form, &panel).expect_status(status);
        }
        assert!(self.seen_by_the_person().contains(self.said.follow_interview));
    }

    /// Refuses by the panel's own forms; gives the page after it.
    fn is_refused(&mut self) -> Answer {
        let panel = self.recruiter.open(&self.panel());
        let mut choose = panel.form(&format!("{}#refuse", self.panel()));
        choose.set("reason", "experience");
        choose.action = self.panel();
        let preview = self.recruiter.submit(&choose, &panel).expect_status(200);
        assert!(
            words(&preview).contains(self.said.reason),
            "the mail as it will be sent"
        );
        let form = form_to(&preview, &format!("{}/refuse", self.panel()));
        let answer = self.recruiter.submit(&form, &preview).expect_status(303);
        let panel = self.recruiter.follow(answer).expect_status(200);
        assert!(
            self.seen_by_the_person().contains(self.said.follow_interview),
            "not told yet, so not so yet"
        );
        panel
    }

    fn is_refused_and_taken_back(&mut self, sink: &Sink) {
        let panel = self.is_refused();
        let undo = form_to(&panel, &format!("{}/undo", self.panel()));
        let answer = self.recruiter.submit(&undo, &panel).expect_status(303);
        let panel = self.recruiter.follow(answer).expect_status(200);
        assert!(!panel.text().contains("/undo"), "nothing left to undo");
        self.recruiter.submit(&undo, &panel).expect_status(409);
        assert!(!self.seen_by_the_person().contains(self.said.follow_refused));
        assert_eq!(
            mails_to(sink, &self.who.email).len(),
            1,
            "the confirmation, and no more"
        );
    }

    fn learns_the_refusal(&mut self, site: &Site, sink: &Sink) {
        let mail = sink.wait_for(Duration::from_secs(30), |mail| {
            mail.to.contains(&self.who.email) && mail.text().contains(self.said.reason)
        });
        assert!(mail.text().contains(&self.who.family_name), "{}", mail.text());
        assert!(mail.text().contains("/privacy"), "{}", mail.text());
        assert_eq!(
            mails_to(sink, &self.who.email).len(),
            2,
            "one confirmation, one refusal"
        );
        // The same sessions, at the port of today.
        for client in [&mut self.candidate, &mut self.recruiter] {
            let mut again = site.stranger().speaking(self.said.language);
            again.cookies.clone_from(&client.cookies);
            *client = again;
        }
        // The page follows once the sending is recorded, a moment after the server has the mail.
        let mut looks = 0;
        while !self.seen_by_the_person().contains(self.said.follow_refused) {
            looks += 1;
            assert!(looks < 150, "it is told by mail and not on the page");
            thread::sleep(Duration::from_millis(200));
        }
        let panel = self.recruiter.open(&self.panel()).expect_status(200);
        assert!(!panel.text().contains("/undo"), "too late to undo");
        let mut undo = panel.form("/sign-out");
        undo.action = format!("{}/undo", self.panel());
        self.recruiter.submit(&undo, &panel).expect_status(409);
    }
}

fn mails_to(sink: &Sink, address: &str) -> Vec<Mail> {
    let mut mails = sink.mails();
    mails.retain(|mail| mail.to.iter().any(|to| to == address));
    mails
}

#[test]
fn a_person_withdraws_an_unsolicited_application() {
    let (own, sink) = (Own::new(), Sink::start());
    let demo = own.demo().smtp(sink.address()).start();
    for (site, said) in [("careers", &FRENCH), ("agency", &ENGLISH)] {
        let (site, who) = (demo.site(site), Applicant::new(&format!("vvleaves{site}")));
        let mut candidate = site.stranger().speaking(said.language);
        let answer = who.apply(&mut candidate, "/apply").expect_status(303);
        assert_eq!(answer.header("location"), Some("/applied"));
        let mail = sink.wait_for_mail_to(&who.email);
        let link = mail.links().remove(0);
        let own = candidate.open(path_of(site, &link)).expect_status(200);
        let withdraw = own.form(&format!("{}/withdraw", own.path));
        // From another site's page, or by somebody who guesses the form: nothing is withdrawn.
        let mut forged = withdraw.clone();
        forged.parts.retain(|part| part.name != "_csrf");
        candidate.submit(&forged, &own).expect_status(403);
        forged.forge("_csrf", "0");
        candidate.submit(&forged, &own).expect_status(403);
        let answer = candidate.submit(&withdraw, &own).expect_status(303);
        let page = candidate.follow(answer).expect_status(200);
        assert!(words(&page).contains(said.withdrawn), "{}", words(&page));
        assert!(!page.text().contains("/withdraw\""), "nothing left to withdraw");
        candidate.submit(&withdraw, &own).expect_status(409);

        let (user, item) = one_found(site, &who);
        assert_eq!(
            (&item["stage"], &item["vacancy"]),
            (&"withdrawn".into(), &serde_json::Value::Null)
        );
        let mut recruiter = sign_in(site, user);
        let id = item["id"].as_str().expect("an id");
        let panel = recruiter
            .open(&format!("/desk/applications/{id}"))
            .expect_status(200);
        assert!(
            !panel.text().contains("/stage") && !panel.text().contains("/refuse"),
            "it has ended"
        );

        // Another link, asked for by address; a second person of another address gets none of it.
        let mut later = site.stranger();
        let ask = later.open("/me").expect_status(200);
        let mut form = ask.form("/me/sign-in");
        form.set("email", &who.email.to_uppercase());
        let answer = later.submit(&form, &ask).expect_status(303);
        assert_eq!(answer.header("location"), Some("/me/sign-in/sent"));
        let mail = sink.wait_for(Duration::from_secs(30), |mail| {
            mail.to.iter().any(|to| to.eq_ignore_ascii_case(&who.email))
                && mail.links() != [link.clone()]
                && !mail.text().contains(said.mail)
        });
        let home = later.open(path_of(site, &mail.links()[0])).expect_status(200);
        assert_eq!(
            links_to(&home, "/me/applications/"),
            [format!("/me/applications/{id}")]
        );
    }
}

#[test]
fn the_forms_ask_what_the_charters_say_and_nothing_else() {
    let demo = shared();
    let careers = [
        "_draft",
        "given_name",
        "family_name",
        "email",
        "phone",
        "cv",
        "documents",
    ];
    let agency = [
        "_draft",
        "given_name",
        "family_name",
        "email",
        "phone",
        "subject",
        "motivation",
        "cv",
        "_agree.pool", // to be kept for other offers: apart, and not ticked
    ];
    for (site, fields) in [("careers", careers.as_slice()), ("agency", agency.as_slice())] {
        let site = demo.site(site);
        let targeted = format!("/jobs/{}/apply", slugs(site)[0]);
        let offer = &site.stranger().get("/api/v1/vacancies?limit=1").json()["items"][0];
        for path in ["/apply", targeted.as_str()] {
            let page = site.stranger().speaking("fr").open(path).expect_status(200);
            let form = application_form(&page);
            assert_eq!(form.controls, fields, "{} {path}", site.name);
            assert_eq!((form.method.as_str(), form.multipart), ("post", true));
            assert!(form.action.starts_with(path), "{}", form.action);
            if site.name == "agency" {
                // D13: the offer's reference is filled in; else one is asked which job is sought.
                let title = offer["title"].as_str().expect("a title");
                let filled = form.value("subject").unwrap_or_default();
                assert_eq!(
                    filled.ends_with(&format!(" – {title}")),
                    path != "/apply",
                    "{filled}"
                );
                let hint = words(&page).contains("L’intitulé du poste pour lequel vous postulez");
                assert_eq!(hint, path == "/apply");
            }
        }
    }
}

#[test]
fn the_agency_takes_applications_to_offers_in_french_only() {
    let demo = shared();
    let site = demo.site("agency");
    let slug = slugs(site).remove(0);
    let (job, apply) = (format!("/jobs/{slug}"), format!("/jobs/{slug}/apply"));
    let page = site.stranger().open(&job).expect_status(200);
    assert!(words(&page).contains("taken in French"), "{}", words(&page));
    assert!(links_to(&page, &apply).is_empty() && !links_to(&page, "/apply").is_empty());
    let away = site.stranger().get(&apply).expect_status(303);
    assert_eq!(away.header("location"), Some(job.as_str()));
    let mut client = site.stranger().speaking("fr");
    assert!(!links_to(&client.open(&job), &apply).is_empty());
    // A French form can't be had in English by its address either.
    let (page, mut form) = Applicant::new("vvenglish").form(&mut client, &apply);
    form.action = format!("{apply}?lang=en");
    client.submit(&form, &page).expect_status(404);
}

#[test]
fn a_consultant_sees_the_applications_to_their_own_offers_only() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvassigned");
    let slug = slugs(site).remove(0);
    who.apply(
        &mut site.stranger().speaking("fr"),
        &format!("/jobs/{slug}/apply"),
    )
    .expect_status(303);
    let (theirs, item) = one_found(site, &who);
    let others = recruiters(site)
        .into_iter()
        .filter(|user| user.email != theirs.email);
    for other in others {
        let mut other = sign_in(site, other);
        let id = item["id"].as_str().expect("an id");
        other.get(&format!("/desk/applications/{id}")).expect_status(404);
        let list = other
            .open(&format!("/desk/applications?q={}", who.email))
            .expect_status(200);
        assert!(!list.text().contains(id) && !list.text().contains(&who.family_name));
        for (step, answer) in [
            ("stage", Some(("stage", "interview"))),
            ("refuse", Some(("reason", "terms"))),
            ("undo", None),
        ] {
            let mut form = list.form("/sign-out");
            form.action = format!("/desk/applications/{id}/{step}");
            if let Some((name, value)) = answer {
                form.forge(name, value);
            }
            other.submit(&form, &list).expect_status(404);
        }
        // Nor its file, by an address that the first consultant has.
        let mut first = sign_in(site, theirs);
        let panel = first.open(&format!("/desk/applications/{id}"));
        let file = links_to(&panel, "/desk/files/").pop().expect("a CV");
        other.get(&file).expect_status(404);
    }
    assert_eq!(
        found(site, theirs, &format!("&q={}", who.email))[0]["stage"],
        "new"
    );
}
