//! Owns: what the tests of several capabilities do on a site: sign somebody in, open an offer, let the jobs run, look into
//! its files. Doesn't own: the scenarios.

use std::path::Path;

use charter::FormKind;
use guard::{AccountKind, Actor, Caller, Device, NewStaff, Person, collect::Collected};
use kernel::{Currency, Id, Locale};
use platform::jobs::Worker;

use crate::{
    Site,
    confirm::Confirm,
    contact::{self, model::Message},
    vacancies::{
        self, Vacancy,
        model::{Contract, Offer, Period, Remote},
    },
};

const PASSWORD: &str = "long enough words";

/// Whoever calls, from one address.
pub(crate) fn caller() -> Caller {
    Caller {
        address: [192, 0, 2, 1].into(),
        device: Device::UNKNOWN,
        known: None,
    }
}

/// A new member of staff, signed in.
pub(crate) async fn staff(site: &Site, role: &str, email: &str) -> Actor {
    let guard = site.guard();
    let new = NewStaff {
        role,
        given_name: "Camille",
        family_name: "Exemple",
        email,
        password: PASSWORD,
    };
    guard.add_staff(new).await.unwrap();
    let signed_in = guard
        .sign_in(AccountKind::Staff, email, PASSWORD, &caller())
        .await
        .unwrap();
    guard.actor_of_session(signed_in.session.secret()).await.unwrap()
}

/// A person, come by a link.
pub(crate) async fn person(site: &Site, person: Id<Person>) -> Actor {
    let guard = site.guard();
    let mut tx = guard.begin().await.unwrap();
    let ends_at = guard.now().plus_seconds(60);
    let link = guard.make_link(&mut tx, person, None, ends_at).await.unwrap();
    tx.commit().await.unwrap();
    let (session, _) = guard.follow_link(link.secret(), Device::UNKNOWN).await.unwrap();
    guard.actor_of_session(session.secret()).await.unwrap()
}

/// An offer as a form gives it.
pub(crate) fn offer() -> Offer {
    Offer {
        language: Locale::Fr,
        title: "Soudeur·se".to_owned(),
        summary: String::new(),
        description: "Souder.".to_owned(),
        next_steps: String::new(),
        place: "Nantes".to_owned(),
        country: "FR".to_owned(),
        contract: Contract::Permanent,
        remote: Remote::None,
        salary_min: None,
        salary_max: None,
        salary_period: Period::Year,
        currency: Currency::Eur,
    }
}

/// An open vacancy of that recruiter's.
pub(crate) async fn vacancy(site: &Site, actor: &Actor) -> Vacancy {
    let guard = site.guard();
    let id = vacancies::service::write(guard, actor, offer()).await.unwrap().id;
    vacancies::service::publish(guard, actor, id).await.unwrap();
    site.publish().await.unwrap();
    vacancies::service::find(guard.db(), id).await.unwrap()
}

/// Somebody writes by the French contact form, and isn't told that it arrived.
pub(crate) async fn write(site: &Site, values: &[(&str, &str)]) -> Id<Message> {
    let guard = site.guard();
    let charter = guard.charter();
    let form = charter.form_of(FormKind::Contact, Locale::Fr).unwrap();
    let mut collecting = guard.collect(&form.name, Locale::Fr).unwrap();
    for (name, value) in values {
        collecting.text(name, (*value).to_owned()).await.unwrap();
    }
    let Collected::Complete(answers) = collecting.finish().await.unwrap() else {
        panic!("complete")
    };
    let arrived = contact::arrival::submit(site, *answers, Locale::Fr, Confirm::No);
    arrived.await.unwrap()
}

/// Runs every job that is due.
pub(crate) async fn work(site: &Site) {
    let guard = site.guard();
    let (db, clock) = (guard.db().clone(), guard.clock().clone());
    let worker = Worker::new(db, clock, site.clone(), &crate::jobs(), site.bell());
    worker.run_due().await.unwrap();
}

/// Whether any file under the folder holds the bytes.
pub(crate) fn readable(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .any(|path| match path.is_dir() {
            true => readable(&path, needle),
            false => std::fs::read(path)
                .unwrap()
                .windows(needle.len())
                .any(|window| window == needle),
        })
}
