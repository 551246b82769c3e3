//! Owns: stories of people who use their rights, and of who answers them: what a button does at once, what is asked in
//! words and answered in time, what a letter brings, what nobody else sees (A30, D04, D26). Doesn't own: the deadline's
//! arithmetic (`guard::rights`), who is let in at which address ([`crate::matrix`]).

use crate::backups::back_after;
use crate::own::{Own, shared};
use crate::people::{
    Applicant, between, follows, form_to, kept_mail, links_to, one_found, sign_in, small, words,
};
use acceptance::demo::Site;
use acceptance::html;
use acceptance::http::{Answer, Client};

/// Presses a button of a page: the form to that path, with what it sends.
fn press(client: &mut Client, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = html::forms(&page.text())
        .iter()
        .find_map(|form| form.value("_csrf").map(str::to_owned));
    client.submit(&small(path, token.as_deref(), fields), page)
}

/// Asks in words; gives the address of the request's page.
fn ask(person: &mut Client, kind: &str, text: &str) -> String {
    let page = person.open("/me/rights").expect_status(200);
    let mut form = form_to(&page, "/me/rights");
    form.set("kind", kind).set("text", text);
    let sent = person.submit(&form, &page).expect_status(303);
    let to = sent.header("location").expect("its page");
    to.split('?').next().unwrap_or_default().to_owned()
}

/// The ids of the page's parts that stand open.
fn unfolded(page: &Answer) -> Vec<String> {
    let text = page.text();
    let open = text.split("<details class=\"more part\" open>").skip(1);
    open.map(|part| between(part, "<div class=\"stack\" id=\"", "\"").to_owned())
        .collect()
}

/// The value of the first button of that name on a page.
fn button(page: &Answer, name: &str) -> String {
    between(&page.text(), &format!("name=\"{name}\" value=\""), "\"").to_owned()
}

/// Somebody who wrote a message comes in by a link to their mailbox.
fn comes_in(site: &Site, who: &Applicant) -> Client {
    let mut person = site.stranger().speaking("en");
    let page = person.open("/me/sign-in").expect_status(200);
    let mut form = page.form("/me/sign-in");
    form.set("email", &who.email);
    person.submit(&form, &page).expect_status(303);
    let link = crate::people::path_in(site, &kept_mail(site, &who.email, 2), "/follow/");
    person.open(&link).expect_status(200);
    person
}

fn dpo(site: &Site) -> Client {
    sign_in(site, site.user("dpo"))
}

#[test]
fn anybody_reads_how_to_use_each_right_that_the_charter_names() {
    let demo = shared();
    for (name, language, says) in [
        ("careers", "fr", "doute raisonnable"),
        ("careers", "en", "reasonable doubt"),
        ("agency", "fr", "Par courrier"),
        ("agency", "en", "By post"),
    ] {
        let site = demo.site(name);
        let mut client = site.stranger().speaking(language);
        let page = client.open("/rights").expect_status(200);
        let said = words(&page);
        assert!(said.contains(says), "{name} {language}: {said}");
        let clauses = links_to(&page, "/privacy#right");
        for right in [
            "access",
            "rectify",
            "erase",
            "restrict",
            "portability",
            "object",
            "complaint",
        ] {
            let clause = format!("/privacy#right.{right}");
            assert!(clauses.contains(&clause), "A30, D26: {clause} in {clauses:?}");
        }
        assert!(said.contains("CNIL"), "where to complain");
        assert!(
            page.text().contains("mailto:dpo@") || said.contains("dpo@"),
            "where to write"
        );
        assert!(
            html::forms(&page.text())
                .iter()
                .all(|form| form.method == "get" || form.action.contains("lang")),
            "it asks nothing"
        );
        assert!(client.cookies.is_empty());
    }
}

#[test]
fn a_request_goes_its_way_with_a_mail_at_each_step() {
    let demo = shared();
    for (name, language, [received, extended, answered]) in [
        (
            "careers",
            "fr",
            [
                "est parvenue à",
                "prend plus de temps",
                "Au sujet de votre demande",
            ],
        ),
        ("agency", "en", ["reached", "takes longer", "About your request"]),
    ] {
        let site = demo.site(name);
        let who = Applicant::new(&format!("vvasks{name}"));
        let (mut person, _) = follows(site, &who, language);
        let path = ask(&mut person, "access", "Vvwhatyouhave");
        let mail = kept_mail(site, &who.email, 2);
        assert!(mail.contains(received) && mail.contains("/me/rights"), "{mail}");
        let (_, text) = mail.split_once(&who.email).expect("to them");
        assert!(
            !text.contains(&who.family_name) && !text.contains("Vvwhatyouhave"),
            "{text}"
        );

        let mut dpo = dpo(site);
        let queue = dpo.open("/desk/rights").expect_status(200);
        assert!(words(&queue).contains(&who.family_name));
        let desk = path.replace("/me/", "/desk/");
        let page = dpo.open(&desk).expect_status(200);
        assert!(words(&page).contains("Vvwhatyouhave") && words(&page).contains(&who.email));
        let copy = press(&mut dpo, &page, &format!("{desk}/copy"), &[]).expect_status(200);
        assert_eq!(copy.header("content-type"), Some("application/zip"));
        assert!(
            copy.body.starts_with(b"PK"),
            "everything held, to be handed to them"
        );
        // Without a reason there is no more time, and what was wrong is said.
        let again = press(&mut dpo, &page, &desk, &[("step", "extend"), ("text", " ")]).expect_status(422);
        assert!(words(&again).contains("more time is needed") || words(&again).contains("plus de temps"));
        press(&mut dpo, &page, &desk, &[("step", "take")]).expect_status(303);
        press(
            &mut dpo,
            &page,
            &desk,
            &[("step", "extend"), ("text", "Vvmanyfiles")],
        )
        .expect_status(303);
        let mail = kept_mail(site, &who.email, 3);
        assert!(mail.contains(extended) && mail.contains("Vvmanyfiles"), "{mail}");
        press(
            &mut dpo,
            &page,
            &desk,
            &[("step", "extend"), ("text", "Once more")],
        )
        .expect_status(409);
        press(
            &mut dpo,
            &page,
            &desk,
            &[("step", "answer"), ("text", "Vvhereitis")],
        )
        .expect_status(303);
        let mail = kept_mail(site, &who.email, 4);
        assert!(mail.contains(answered) && mail.contains("Vvhereitis"), "{mail}");
        let own = person.open(&path).expect_status(200);
        let said = words(&own);
        for word in ["Vvwhatyouhave", "Vvmanyfiles", "Vvhereitis"] {
            assert!(said.contains(word), "{word} in {said}");
        }
        assert!(!said.contains(&site.user("dpo").email), "staff by their role");
        press(&mut dpo, &page, &desk, &[("step", "answer"), ("text", "Twice")]).expect_status(409);
        let rights = person.open("/me/rights").expect_status(200);
        press(&mut person, &rights, &format!("{path}/withdraw"), &[]).expect_status(409);
        let ended = dpo.open("/desk/rights?state=ended").expect_status(200);
        assert!(ended.text().contains(&desk));
    }
}

#[test]
fn a_refusal_says_why_and_where_to_complain() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvrefusedright");
    let (mut person, _) = follows(site, &who, "en");
    let path = ask(&mut person, "explanation", "Why?");
    let (mut dpo, desk) = (dpo(site), path.replace("/me/", "/desk/"));
    let page = dpo.open(&desk).expect_status(200);
    press(
        &mut dpo,
        &page,
        &desk,
        &[("step", "identity"), ("text", "Vvdoubt")],
    )
    .expect_status(303);
    let mail = kept_mail(site, &who.email, 3);
    assert!(
        mail.contains("Vvdoubt") && mail.contains("who is writing"),
        "{mail}"
    );
    assert!(words(&person.open(&path)).contains("the time in which we answer goes on"));
    press(
        &mut dpo,
        &page,
        &desk,
        &[("step", "refuse"), ("text", "Vvthethirdthisweek")],
    )
    .expect_status(303);
    let mail = kept_mail(site, &who.email, 4);
    for says in ["Vvthethirdthisweek", "complain to CNIL", "go to court"] {
        assert!(mail.contains(says), "{says}: {mail}");
    }
    assert!(words(&person.open(&path)).contains("complain to CNIL"));
}

#[test]
fn nobody_but_who_protects_sees_a_request_and_nobody_sees_anothers() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvalone");
    let (mut person, _) = follows(site, &who, "en");
    let path = ask(&mut person, "access", "Vvforthedpo");
    let (mut other, _) = follows(site, &Applicant::new("vvother"), "en");
    other.get(&path).expect_status(404);
    let page = other.open("/me/rights").expect_status(200);
    assert!(!page.text().contains(&path));
    press(&mut other, &page, &format!("{path}/withdraw"), &[]).expect_status(404);
    for user in site
        .users
        .iter()
        .filter(|user| user.role != "dpo" && user.password.is_some())
    {
        let mut client = sign_in(site, user);
        client.get("/desk/rights").expect_status(403);
        client.get(&path.replace("/me/", "/desk/")).expect_status(403);
        client.get("/desk/rights/enter").expect_status(403);
    }
    let own = person.open(&path).expect_status(200);
    press(&mut person, &own, &format!("{path}/withdraw"), &[]).expect_status(303);
    assert!(words(&person.open(&path)).contains("Taken back"));
}

#[test]
fn what_is_wrong_with_a_request_is_said_and_nothing_typed_is_lost() {
    let demo = shared();
    let site = demo.site("careers");
    for (language, [kind, text]) in [
        ("en", ["Choose the right", "Say what you ask"]),
        ("fr", ["Choisissez le droit", "Dites ce que vous demandez"]),
    ] {
        let (mut person, _) = follows(site, &Applicant::new(&format!("vvbadright{language}")), language);
        let page = person.open("/me/rights").expect_status(200);
        let mut form = form_to(&page, "/me/rights");
        form.forge("kind", "post_mortem").set("text", "Vvtyped");
        let again = person.submit(&form, &page).expect_status(422);
        assert!(
            words(&again).contains(kind),
            "this charter declares no such right"
        );
        assert!(again.text().contains("Vvtyped"));
        form.forge("kind", "access").set("text", " ");
        let again = person.submit(&form, &page).expect_status(422);
        assert!(words(&again).contains(text));
        form.forge("undeclared", "Vvmore");
        person.submit(&form, &page).expect_status(422);
        for (path, fields) in [
            (
                "/me/rights/consent",
                [("consent", "0123456789abcdef0123456789abcdef")],
            ),
            ("/me/rights/object", [("purpose", "apply")]),
            (
                "/me/rights/restrict",
                [("dossier", "0123456789abcdef0123456789abcdef")],
            ),
            ("/me/rights/lift", [("dossier", "all")]),
            ("/me/rights/directives", [("directives", "Vv")]),
        ] {
            press(&mut person, &page, path, &fields).expect_status(404);
        }
    }
}

#[test]
fn what_is_restricted_is_gone_from_the_desk_until_it_is_lifted() {
    let demo = shared();
    for name in ["careers", "agency"] {
        let site = demo.site(name);
        let who = Applicant::new(&format!("vvrestricts{name}"));
        let (mut person, _) = follows(site, &who, "en");
        let (user, item) = one_found(site, &who);
        let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
        let mut recruiter = sign_in(site, user);
        recruiter.get(&panel).expect_status(200);
        let page = person.open("/me/rights").expect_status(200);
        // One POST.
        press(&mut person, &page, "/me/rights/restrict", &[("dossier", "all")]).expect_status(303);
        recruiter.get(&panel).expect_status(404);
        let list = recruiter.open(&format!("/desk/applications?q={}", who.email));
        assert!(!list.text().contains(&who.family_name), "{name}: A30, D26");
        let token = crate::people::token(&mut recruiter);
        let stage = small(&format!("{panel}/stage"), Some(&token), &[("stage", "interview")]);
        recruiter.submit(&stage, &list).expect_status(404);
        let own = person.open("/me").expect_status(200);
        assert!(
            !links_to(&own, "/me/applications/").is_empty(),
            "they see it themselves"
        );
        let page = person.open("/me/rights").expect_status(200);
        press(&mut person, &page, "/me/rights/lift", &[("dossier", "all")]).expect_status(303);
        recruiter.get(&panel).expect_status(200);
    }
}

#[test]
fn a_consent_is_withdrawn_by_one_button_and_what_stood_on_it_is_gone() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvconsents");
    let mut client = site.stranger().speaking("en");
    let (page, mut form) = who.form(&mut client, "/apply");
    form.attach(
        "documents",
        "Diplôme vvconsents.pdf",
        "application/pdf",
        &crate::people::pdf("vvdiploma"),
    );
    client.submit(&form, &page).expect_status(303);
    let link = crate::people::path_in(site, &kept_mail(site, &who.email, 1), "/follow/");
    let mut person = site.stranger().speaking("en");
    person.open(&link).expect_status(200);
    let (user, item) = one_found(site, &who);
    let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    let mut recruiter = sign_in(site, user);
    assert!(recruiter.open(&panel).text().contains("Diplôme vvconsents"));
    let files = links_to(&recruiter.open(&panel), "/desk/files/");

    let page = person.open("/me/rights").expect_status(200);
    let consent = button(&page, "consent");
    press(&mut person, &page, "/me/rights/consent", &[("consent", &consent)]).expect_status(303);
    let panel_after = recruiter.open(&panel).expect_status(200);
    assert!(!panel_after.text().contains("Diplôme vvconsents"));
    assert!(
        panel_after.text().contains(&who.cv_name),
        "the rest stands on another ground"
    );
    let gone = files
        .iter()
        .filter(|file| recruiter.get(file).status == 404)
        .count();
    assert_eq!(gone, 1, "{files:?}");
    let page = person.open("/me/rights").expect_status(200);
    assert!(words(&page).contains("withdrawn on"));
    press(&mut person, &page, "/me/rights/consent", &[("consent", &consent)]).expect_status(409);
    let (mut other, _) = follows(site, &Applicant::new("vvconsentsother"), "en");
    let page = other.open("/me/rights").expect_status(200);
    press(&mut other, &page, "/me/rights/consent", &[("consent", &consent)]).expect_status(404);
}

#[test]
fn an_objection_takes_a_message_from_every_reader() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvobjects");
    who.write(&mut site.stranger().speaking("en")).expect_status(303);
    let (mut recruiter, message) = crate::people::message_of(site, &who);
    let mut person = comes_in(site, &who);
    recruiter.get(&message).expect_status(200);
    let page = person.open("/me/rights").expect_status(200);
    press(&mut person, &page, "/me/rights/object", &[("purpose", "contact")]).expect_status(303);
    recruiter.get(&message).expect_status(404);
    let inbox = recruiter
        .open(&format!("/desk/messages?q={}", who.email))
        .expect_status(200);
    assert!(!inbox.text().contains(&message), "it is in no list");
    let page = person.open("/me/rights").expect_status(200);
    assert!(words(&page).contains("you objected on"));
    press(&mut person, &page, "/me/rights/object", &[("purpose", "contact")]).expect_status(409);
}

#[test]
fn what_can_be_decided_is_folded_and_what_was_asked_for_stands_open() {
    let demo = shared();
    let site = demo.site("careers");
    let (mut person, _) = follows(site, &Applicant::new("vvfolded"), "en");
    let page = person.open("/me/rights").expect_status(200);
    assert!(unfolded(&page).is_empty());
    let mut form = form_to(&page, "/me/rights");
    form.set("kind", "access").set("text", " ");
    let again = person.submit(&form, &page).expect_status(422);
    assert_eq!(unfolded(&again), ["words"]);
    let done = press(&mut person, &page, "/me/rights/restrict", &[("dossier", "all")]).expect_status(303);
    assert_eq!(unfolded(&person.follow(done)), ["restrict"]);
    for path in ["/me/rights", "/me/data"] {
        let all = person.open(&format!("{path}?open=all")).expect_status(200);
        let parts = all.text().matches("<details class=\"more part\"").count();
        assert!(parts > 4 && unfolded(&all).len() == parts, "{path}: {parts}");
        assert!(unfolded(&person.open(&format!("{path}?open=%22%3E"))).is_empty());
    }
}

#[test]
fn a_name_is_corrected_at_once_and_found_by_what_is_right() {
    let demo = shared();
    let site = demo.site("agency");
    let who = Applicant::new("vvmistyped");
    let (mut person, _) = follows(site, &who, "en");
    let (user, _) = one_found(site, &who);
    let page = person.open("/me/rights").expect_status(200);
    let mut form = form_to(&page, "/me/rights/details");
    form.set("given_name", " ").set("phone", "what?");
    let again = person.submit(&form, &page).expect_status(422);
    assert!(words(&again).contains("this answer is needed"));
    assert_eq!(unfolded(&again), ["rectify"], "what came back is seen");
    form.set("given_name", "Élodie")
        .set("family_name", "Vvcorrected")
        .set("phone", "06 39 98 12 34");
    person.submit(&form, &page).expect_status(303);
    let mut recruiter = sign_in(site, user);
    let found = recruiter
        .open("/desk/applications?q=Vvcorrected")
        .expect_status(200);
    assert_eq!(links_to(&found, "/desk/applications/").len(), 1, "D04");
    let lost = recruiter.open(&format!("/desk/applications?q={}", who.family_name));
    assert!(links_to(&lost, "/desk/applications/").is_empty());
}

#[test]
fn a_letter_is_entered_for_whom_it_finds_and_opens_nothing_of_theirs() {
    let demo = shared();
    let site = demo.site("careers");
    let who = Applicant::new("vvletter");
    let (mut person, _) = follows(site, &who, "en");
    let mut dpo = dpo(site);
    let page = dpo.open("/desk/rights/enter").expect_status(200);
    let find = |client: &mut Client, email: &str| {
        let mut form = form_to(&page, "/desk/rights/find");
        form.set("email", email);
        client.submit(&form, &page)
    };
    let nobody = find(&mut dpo, "nobody@letters.example").expect_status(200);
    assert!(
        words(&nobody).contains("Nobody is filed so") || words(&nobody).contains("Personne n’est enregistré")
    );
    find(&mut dpo, "").expect_status(422);
    let found = find(&mut dpo, &who.email).expect_status(200);
    assert!(
        !found.text().contains(&who.family_name),
        "nothing of theirs is opened"
    );
    let mut form = form_to(&found, "/desk/rights/enter");
    form.set("kind", "erase")
        .set("way", "post")
        .set("received", "2999-01-01")
        .set("text", "Vvbyletter");
    let again = dpo.submit(&form, &found).expect_status(422);
    assert!(again.text().contains("Vvbyletter"));
    let today = kernel::Clock::system().now().date(&kernel::Zone::paris());
    form.set("received", &today.plus_days(-3).to_string());
    let sent = dpo.submit(&form, &found).expect_status(303);
    let desk = sent
        .header("location")
        .expect("its page")
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned();
    let mail = kept_mail(site, &who.email, 2);
    assert!(mail.contains("reached"), "{mail}");
    let opened = dpo.open(&desk).expect_status(200);
    assert!(
        words(&opened).contains("Vvbyletter")
            && ["isn’t proven", "n’est pas prouvée"]
                .iter()
                .any(|says| words(&opened).contains(says)),
        "the mailbox isn’t proven"
    );
    assert!(
        person
            .open("/me/rights")
            .text()
            .contains(&desk.replace("/desk/", "/me/")),
        "they see it"
    );
    // Somebody else's id is none that the look-up finds.
    let other = Applicant::new("vvletterother");
    follows(site, &other, "en");
    let (_, item) = one_found(site, &other);
    form.parts.retain(|part| part.name != "person");
    form.forge("person", item["person"].as_str().expect("an id"));
    dpo.submit(&form, &found).expect_status(404);

    // And erased at their word; the request stays to prove it.
    let page = dpo.open(&desk).expect_status(200);
    press(&mut dpo, &page, &desk, &[("step", "erase")]).expect_status(303);
    let mut waited = 0;
    while person.get("/me").status == 200 {
        waited += 1;
        assert!(waited < 100, "it isn’t erased");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let page = dpo.open(&desk).expect_status(200);
    assert!(words(&page).contains("Vvbyletter"));
    press(
        &mut dpo,
        &page,
        &desk,
        &[("step", "answer"), ("text", "Vvallisgone")],
    )
    .expect_status(303);
    assert!(kept_mail(site, &who.email, 2).contains("Vvallisgone"));
}

#[test]
fn a_death_ends_every_way_in() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let who = Applicant::new("vvdied");
    let (mut person, _) = follows(site, &who, "en");
    let (user, item) = one_found(site, &who);
    let path = ask(&mut person, "access", "A copy");
    let (mut dpo, desk) = (dpo(site), path.replace("/me/", "/desk/"));
    let page = dpo.open(&desk).expect_status(200);
    press(&mut dpo, &page, &desk, &[("step", "death")]).expect_status(303);
    person.get("/me").expect_status(303);
    let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    sign_in(site, user).get(&panel).expect_status(404);
    press(&mut dpo, &page, &desk, &[("step", "death")]).expect_status(409);
}

#[test]
fn what_was_withdrawn_and_restricted_stays_so_after_a_restore() {
    let who = Applicant::new("vvrestoredright");
    let documents = "Diplôme vvrestoredright.pdf";
    let objects = Applicant::new("vvrestoredobjection");
    let back = back_after(
        |site| {
            let mut client = site.stranger().speaking("en");
            let (page, mut form) = who.form(&mut client, "/apply");
            form.attach(
                "documents",
                documents,
                "application/pdf",
                &crate::people::pdf("vvdiploma"),
            );
            client.submit(&form, &page).expect_status(303);
            let (user, _) = one_found(site, &who);
            assert_eq!(user.role, "recruiter");
            objects
                .write(&mut site.stranger().speaking("en"))
                .expect_status(303);
            crate::people::message_of(site, &objects);
        },
        |site| {
            let link = crate::people::path_in(site, &kept_mail(site, &who.email, 1), "/follow/");
            let mut person = site.stranger().speaking("en");
            person.open(&link).expect_status(200);
            let page = person.open("/me/rights").expect_status(200);
            let consent = button(&page, "consent");
            press(&mut person, &page, "/me/rights/consent", &[("consent", &consent)]).expect_status(303);
            let mut person = comes_in(site, &objects);
            let page = person.open("/me/rights").expect_status(200);
            press(&mut person, &page, "/me/rights/object", &[("purpose", "contact")]).expect_status(303);
        },
    );
    let site = back.demo.site("careers");
    let (user, item) = one_found(site, &who);
    let panel = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    let page = sign_in(site, user).open(&panel).expect_status(200);
    assert!(!page.text().contains(documents), "the consent is withdrawn still");
    assert!(page.text().contains(&who.cv_name));
    let inbox = sign_in(site, user).open(&format!("/desk/messages?q={}", objects.email));
    assert!(
        links_to(&inbox, "/desk/messages/").is_empty(),
        "the objection stands still"
    );
}
