//! Owns: peopling a demo: offers, staff, and invented people who applied or wrote over the last weeks, through the same
//! doors as anyone. Doesn't own: their texts ([`super::offers`], [`super::people`], [`super::cv`]), their messages
//! ([`super::messages`]), who of them is in the pool ([`super::pool`]).

use anyhow::{Context as _, bail};
use app::{
    Face, Site,
    applications::{
        model::{Application, Source, Stage},
        own, service,
    },
    confirm::Confirm,
    vacancies::{
        self, Vacancy,
        model::{Offer, State, slug},
    },
};
use charter::{Form, FormKind};
use guard::{Actor, Device, Guard, NewStaff, Staff, collect::Collected, decide::Reason};
use kernel::{Clock, Id, Rng};
use platform::{config::SiteFile, jobs::Worker};

use super::{
    Kind, LOCALE, NATURE, PASSWORD, cv, email,
    messages::{self, Inbox},
    offers,
    people::{self, Invented},
    pool,
};
use crate::place::Place;

/// How many people apply.
const PEOPLE: usize = 300;
/// Of so many who apply, one more only writes.
const ONE_WRITES_OF: usize = 7;
/// Over so many days before now.
const DAYS: i64 = 60;
/// From this chance on, of a hundred, somebody withdraws; at that one, their application is in review.
const WITHDRAWS: usize = 97;
const IN_REVIEW: usize = 60;

/// Founds the site and peoples it, in a time of its own that ends now.
pub(super) async fn found(place: &Place, kind: &Kind, file: &SiteFile, clock: &Clock) -> anyhow::Result<()> {
    let then = Clock::manual(clock.now().plus_seconds(-DAYS * 86_400));
    let mut settings = place.settings(kind.name, file, then.clone());
    settings.smtp = None;
    let guard = Guard::found(settings, NATURE, kind.charter, LOCALE).await?;
    let face = Face {
        title: file.title.clone(),
        url: file.url.clone(),
        accent: None,
        theme: None,
    };
    let site = Site::start(guard.clone(), face).await?;
    let rng = Rng::seeded(seed(kind) + 1);
    let staff = add_staff(&guard, kind, &then).await?;
    let recruiters = recruiters(kind, &staff);
    let vacancies = publish(&guard, kind, &recruiters, &rng).await?;
    let writing = PEOPLE / ONE_WRITES_OF;
    site.publish().await?;
    let people = people::invent(&rng_of_people(kind), kind.name, PEOPLE + writing + pool::FOUND);
    let (applying, others) = people.split_at(PEOPLE);
    let (writing, found) = others.split_at(writing);
    let mut writing = writing.iter();
    let step = DAYS * 86_400 / i64::try_from(PEOPLE + 1)?;
    // A stream of their own: who writes changes nothing for who applies.
    let chance = Rng::seeded(seed(kind) + 2);
    let inbox = Inbox::of(&guard, kind, &staff)?;
    let mut desk = Desk {
        guard: guard.clone(),
        recruiters,
        actor: None,
    };
    for (nth, person) in applying.iter().enumerate() {
        then.advance(step);
        apply(&site, &mut desk, person, &vacancies, nth, &rng).await?;
        if nth % ONE_WRITES_OF == ONE_WRITES_OF - 1
            && let Some(person) = writing.next()
        {
            // The last few get their mail, so that there is something to look at.
            let confirm = if writing.len() < 3 {
                Confirm::Yes
            } else {
                Confirm::No
            };
            let written = messages::write(&site, kind, person, confirm, &chance).await?;
            let actor = desk.actor(Some(inbox.reader)).await?;
            messages::deal_with(&site, &actor, &inbox, written, person.language, &chance).await?;
        }
    }
    pool::find(&site, &desk.actor(None).await?, found).await?;
    then.advance(step);
    // What waits is settled here: a demo started with an SMTP server sends what happens from then on.
    let worker = Worker::new(
        guard.db().clone(),
        then.clone(),
        site.clone(),
        &app::jobs(),
        site.bell(),
    );
    worker.run_due().await?;
    guard.tend_once(true).await?;
    guard.close().await;
    Ok(())
}

/// The first of a site's invented people: the candidate whom the index page lets in.
pub(super) fn first_person(kind: &Kind) -> Invented {
    people::invent(&rng_of_people(kind), kind.name, 1).remove(0)
}

/// The same people each time: a stream of their own, so that nothing else they are mixed with changes them.
fn rng_of_people(kind: &Kind) -> Rng {
    Rng::seeded(seed(kind))
}

fn seed(kind: &Kind) -> u64 {
    20_261_121 + kind.name.len() as u64
}

async fn add_staff(guard: &Guard, kind: &Kind, then: &Clock) -> anyhow::Result<Vec<Id<Staff>>> {
    let mut staff = Vec::new();
    for (nth, (role, given_name, family_name)) in kind.staff.iter().enumerate() {
        let email = email(kind, nth);
        let new = NewStaff {
            role,
            given_name,
            family_name,
            email: &email,
            password: PASSWORD,
        };
        staff.push(guard.add_staff(new).await?);
        // One after the other, so that they have an order.
        then.advance(1);
    }
    Ok(staff)
}

fn recruiters(kind: &Kind, staff: &[Id<Staff>]) -> Vec<Id<Staff>> {
    let recruits = |role: &str| matches!(role, "recruiter" | "consultant");
    kind.staff
        .iter()
        .zip(staff)
        .filter(|((role, ..), _)| recruits(role))
        .map(|(_, id)| *id)
        .collect()
}

async fn publish(
    guard: &Guard,
    kind: &Kind,
    recruiters: &[Id<Staff>],
    rng: &Rng,
) -> anyhow::Result<Vec<Vacancy>> {
    let offers: Vec<Offer> = if kind.name == "careers" {
        offers::careers()
    } else {
        offers::agency()
    };
    let vacancies: Vec<Vacancy> = (1..)
        .zip(offers)
        .map(|(nth, offer)| {
            let reference = format!("{}-{nth:04}", kind.name.to_uppercase());
            let at = guard
                .now()
                .plus_seconds(i64::try_from(rng.below(50 * 86_400)).unwrap_or(0));
            Vacancy {
                id: Id::new(rng, at),
                slug: slug(&offer.title, &reference),
                reference,
                state: State::Published,
                offer,
                recruiter: rng.pick(recruiters).copied(),
                made_at: at,
                published_at: Some(at),
                closed_at: None,
            }
        })
        .collect();
    vacancies::service::put(guard, &vacancies).await?;
    Ok(vacancies)
}

/// The recruiters at work, one signed in at a time.
struct Desk {
    guard: Guard,
    recruiters: Vec<Id<Staff>>,
    actor: Option<(Id<Staff>, Actor, kernel::Timestamp)>,
}

impl Desk {
    /// The recruiter of a vacancy, or any, signed in.
    async fn actor(&mut self, wanted: Option<Id<Staff>>) -> anyhow::Result<Actor> {
        let id = wanted
            .or_else(|| self.recruiters.first().copied())
            .context("a demo has recruiters")?;
        let now = self.guard.now();
        if let Some((of, actor, since)) = &self.actor
            && *of == id
            && now.as_millis() - since.as_millis() < 3_600_000
        {
            return Ok(actor.clone());
        }
        let session = self.guard.demo_sign_in(id).await?;
        let actor = self.guard.actor_of_session(session.secret()).await?;
        // What is done here is done in this process: no session stays open for it.
        self.guard.end_session(session.secret()).await?;
        self.actor = Some((id, actor.clone(), now));
        Ok(actor)
    }
}

/// One person applies, and the house deals with it, the older the further.
async fn apply(
    site: &Site,
    desk: &mut Desk,
    person: &Invented,
    vacancies: &[Vacancy],
    nth: usize,
    rng: &Rng,
) -> anyhow::Result<()> {
    let guard = site.guard();
    let charter = guard.charter();
    let now = guard.now();
    let fitting: Vec<&Vacancy> = vacancies
        .iter()
        .filter(|vacancy| vacancy.published_at.is_some_and(|at| at <= now) && person.fits(&vacancy.offer))
        .collect();
    let targeted = charter.form_of(FormKind::TargetedApplication, person.language);
    let vacancy = rng
        .pick(&fitting)
        .copied()
        .filter(|_| rng.below(7) > 0 && targeted.is_some());
    let form = match vacancy {
        Some(_) => targeted,
        None => charter.form_of(FormKind::UnsolicitedApplication, person.language),
    };
    let form = form.context("the demo's charters take applications")?;
    let Collected::Complete(answers) = fill(guard, form, person, vacancy, nth, rng).await? else {
        bail!("an invented person's form isn't complete");
    };
    let source = *rng
        .pick(&[Source::Site, Source::Site, Source::Site, Source::Link])
        .context("a source")?;
    // The last few get their mail, so that there is something to look at.
    let confirm = if nth + 12 >= PEOPLE {
        Confirm::Yes
    } else {
        Confirm::No
    };
    let id = service::submit(site, *answers, vacancy, source, person.language, confirm).await?;
    let chance = rng.below(100);
    // Who withdrew more than a month ago is gone: the charters promise it, and the sweep keeps it.
    let chance = if chance >= WITHDRAWS && nth < PEOPLE - PEOPLE / 3 {
        IN_REVIEW
    } else {
        chance
    };
    deal_with(site, desk, id, vacancy, chance, rng).await?;
    if pool::is_kept(form, nth) {
        let actor = desk.actor(vacancy.and_then(|vacancy| vacancy.recruiter)).await?;
        pool::keep(site, &actor, id).await?;
    }
    Ok(())
}

async fn fill(
    guard: &Guard,
    form: &Form,
    person: &Invented,
    vacancy: Option<&Vacancy>,
    nth: usize,
    rng: &Rng,
) -> anyhow::Result<Collected> {
    let mut collecting = guard.collect(&form.name, person.language)?;
    let title = vacancy.map_or(person.subject.as_str(), |vacancy| vacancy.offer.title.as_str());
    for field in &form.fields {
        let text = match field.name.as_str() {
            "given_name" => person.given_name.clone(),
            "family_name" => person.family_name.clone(),
            "email" => person.email.clone(),
            "phone" => person.phone.clone(),
            "subject" => title.to_owned(),
            "motivation" => person.motivation.clone(),
            "cv" => {
                let bytes = cv::pdf(person, title, rng);
                let name = format!("CV {} {}.pdf", person.given_name, person.family_name);
                collecting.file("cv", &name, one(bytes)).await?;
                continue;
            }
            "documents" if rng.below(8) == 0 => {
                collecting
                    .file("documents", cv::DOCUMENT_NAME, one(cv::document(person)))
                    .await?;
                continue;
            }
            _ => continue,
        };
        collecting.text(&field.name, text).await?;
    }
    pool::agree(form, &mut collecting, nth).await?;
    Ok(collecting.finish().await?)
}

/// A file that comes in one piece.
fn one(bytes: Vec<u8>) -> impl futures_util::Stream<Item = Result<bytes::Bytes, guard::Error>> + Unpin {
    futures_util::stream::iter([Ok(bytes::Bytes::from(bytes))])
}

/// What the house did: by chance, in the proportions of an ordinary month.
async fn deal_with(
    site: &Site,
    desk: &mut Desk,
    id: Id<Application>,
    vacancy: Option<&Vacancy>,
    chance: usize,
    rng: &Rng,
) -> anyhow::Result<()> {
    if chance < 38 {
        return Ok(());
    }
    let actor = desk.actor(vacancy.and_then(|vacancy| vacancy.recruiter)).await?;
    service::open(site, &actor, id).await?;
    let stages: &[Stage] = match chance {
        38..52 => &[],
        52..70 => &[Stage::InReview],
        70..82 => &[Stage::InReview, Stage::Interview],
        82..87 => &[Stage::Interview, Stage::Offer],
        87..90 => &[Stage::Interview, Stage::Offer, Stage::Hired],
        _ => &[Stage::InReview],
    };
    for stage in stages {
        service::move_to(site, &actor, id, *stage).await?;
    }
    match chance {
        90..97 => {
            let reasons = [
                Reason::Experience,
                Reason::Qualification,
                Reason::OtherCandidate,
                Reason::Terms,
            ];
            let reason = *rng.pick(&reasons).context("a reason")?;
            // Whoever applied to no offer and is refused may be gone within the hour: they stay in review.
            if vacancy.is_some() {
                service::refuse(site, &actor, id, reason).await?;
            }
        }
        WITHDRAWS.. => {
            let guard = site.guard();
            let person = service::person_of(site, &actor, id).await?;
            let mut tx = guard.begin().await?;
            let link = guard
                .make_link(&mut tx, person, None, guard.now().plus_seconds(60))
                .await?;
            tx.commit().await?;
            let (session, _) = guard.follow_link(link.secret(), Device::UNKNOWN).await?;
            let person = guard.actor_of_session(session.secret()).await?;
            own::withdraw(site, &person, id).await?;
        }
        _ => {}
    }
    Ok(())
}
