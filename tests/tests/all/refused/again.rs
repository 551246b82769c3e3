//! Owns: stories of a form that is sent more than once: a double click, a reload, a correction.

use super::{Place, has_their_cv, somebody, unchanged};
use crate::people::{Applicant, application_form, found, held, path_of, pdf, recruiters};
use acceptance::html::Form;
use acceptance::http::Answer;
use acceptance::smtp::Sink;
use std::thread;
use std::time::Duration;

pub(super) fn twice(site: &Place, sink: &Sink) {
    let (applications, files) = held(site);
    let who = somebody(site, "twice");
    let mut client = site.stranger();
    let (page, form) = who.form(&mut client, &site.path);
    let first = client.submit(&form, &page).expect_status(303);
    let second = client.submit(&form, &page).expect_status(303);
    assert_eq!(first.header("location"), second.header("location"));
    unchanged(site, (applications + 1, files + 1));
    has_their_cv(site, &who);
    sink.wait_for_mail_to(&who.email);
    // The same person, a form of their own: that is another application, and nothing joins the two.
    who.apply(&mut client, &site.path).expect_status(303);
    unchanged(site, (applications + 2, files + 2));
}

pub(super) fn at_once(site: &Place, _: &Sink) {
    let (applications, files) = held(site);
    let who = somebody(site, "atonce");
    let (page, form) = who.form(&mut site.stranger(), &site.path);
    send_at_once(site, &form, &page);
    unchanged(site, (applications + 1, files + 1));
    has_their_cv(site, &who);
}

fn send_at_once(site: &Place, form: &Form, page: &Answer) {
    let send = || site.stranger().submit(form, page);
    let answers = thread::scope(|scope| {
        let sending: Vec<_> = (0..4).map(|_| scope.spawn(send)).collect();
        sending
            .into_iter()
            .map(|sent| sent.join().expect("an answer"))
            .collect::<Vec<_>>()
    });
    for answer in answers {
        answer.expect_status(303);
    }
}

pub(super) fn corrected_twice(site: &Place, _: &Sink) {
    let (applications, files) = held(site);
    let who = somebody(site, "corrected");
    let mut client = site.stranger();
    let (page, mut form) = who.form(&mut client, &site.path);
    form.set("phone", "none");
    let answer = client.submit(&form, &page).expect_status(422);
    let mut corrected = application_form(&answer);
    corrected.set("phone", &who.phone);
    send_at_once(site, &corrected, &answer);
    has_their_cv(site, &who);
    // A reload, a step back with one thing more: all of it comes too late to harm.
    client.submit(&corrected, &answer).expect_status(303);
    let mut worse = corrected.clone();
    worse.forge("birth_date", "2000-01-01");
    client.submit(&worse, &answer).expect_status(422);
    worse.parts.retain(|part| part.name != "birth_date");
    worse.attach("cv", "other.pdf", "application/pdf", &pdf("another"));
    client.submit(&worse, &answer).expect_status(303);
    has_their_cv(site, &who);
    unchanged(site, (applications + 1, files + 1));
}

pub(super) fn replaced(site: &Place, _: &Sink) {
    let (applications, files) = held(site);
    let mut who = somebody(site, "replaced");
    let mut client = site.stranger();
    let (page, mut form) = who.form(&mut client, &site.path);
    form.set("phone", "none");
    let answer = client.submit(&form, &page).expect_status(422);
    who.cv = pdf("the newer life");
    let mut corrected = application_form(&answer);
    corrected
        .set("phone", &who.phone)
        .attach("cv", "newer.pdf", "application/pdf", &who.cv);
    client.submit(&corrected, &answer).expect_status(303);
    has_their_cv(site, &who);
    unchanged(site, (applications + 1, files + 1));
}

pub(super) fn mistyped(site: &Place, sink: &Sink) {
    let who = somebody(site, "mistyped");
    is_not_found_by_another(
        site,
        sink,
        &who,
        |form, _| form.set("phone", "none"),
        |form, who| form.set("phone", &who.phone),
    );
    // With nothing wrong but the file, which comes last.
    let who = somebody(site, "mislaid");
    is_not_found_by_another(
        site,
        sink,
        &who,
        |form, _| form.attach("cv", "cv.pdf", "application/pdf", b"no such thing"),
        |form, who| form.attach("cv", "cv.pdf", "application/pdf", &who.cv),
    );
}

/// What somebody does to a form.
type Touch = for<'f> fn(&'f mut Form, &Applicant) -> &'f mut Form;

/// Sends a form with somebody else's address and another fault, then the right one.
fn is_not_found_by_another(site: &Place, sink: &Sink, who: &Applicant, spoil: Touch, mend: Touch) {
    let wrong = format!("other{}", who.email);
    let mut client = site.stranger();
    let (page, mut form) = who.form(&mut client, &site.path);
    spoil(form.set("email", &wrong), who);
    let answer = client.submit(&form, &page).expect_status(422);
    let mut corrected = application_form(&answer);
    mend(corrected.set("email", &who.email), who);
    client.submit(&corrected, &answer).expect_status(303);
    let link = sink.wait_for_mail_to(&who.email).links().remove(0);
    client.open(path_of(site, &link)).expect_status(200);
    assert!(found(site, recruiters(site)[0], &format!("&q={wrong}")).is_empty());
    // Whoever owns that other mailbox asks for their applications, and then the true one does.
    for address in [&wrong, &who.email] {
        let ask = site.stranger().open("/me/sign-in");
        let mut form = ask.form("/me/sign-in");
        form.set("email", address);
        site.stranger().submit(&form, &ask).expect_status(303);
    }
    sink.wait_for(Duration::from_secs(30), |mail| {
        mail.to.contains(&who.email) && mail.links() != [link.clone()] && !mail.links().contains(&link)
    });
    assert!(
        !sink.mails().iter().any(|mail| mail.to.contains(&wrong)),
        "a stranger was sent a link"
    );
}
