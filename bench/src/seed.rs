//! Owns: sites full of applications, filed one by one through the doors with keys, seals and clocks, made in memory
//! where no sync costs and kept for the next run. Doesn't own: what is in them ([`crate::invented`]).

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use app::{
    Face, Site,
    applications::{model::Source, service},
    confirm::Confirm,
    vacancies::{self, Vacancy},
};
use bytes::Bytes;
use charter::FormKind;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use guard::{Guard, Nature, NewStaff, Settings, collect::Collected};
use kernel::{Clock, Locale, Rng, Timestamp, Zone};
use platform::config::{MailFile, SiteFile};

use crate::{Bench, invented};

/// The one site of a folder of sites.
pub(crate) const NAME: &str = "bench";
/// The host that leads to it.
pub(crate) const HOST: &str = "bench.localhost";
const CHARTER: &str = include_str!("../../charters/careers.toml");
/// Applications to the vacancy whose table is measured.
pub(crate) const ASKED: usize = 300;
/// Bytes of a CV, where files aren't what is measured.
pub(crate) const CV: usize = 600;
/// Over so many days before now.
const DAYS: i64 = 60;
/// Published by every site, so that two differ by who applied and by nothing else.
pub(crate) const OFFERS: usize = 333;
/// To be raised when sites seeded before can't be measured any more.
const EDITION: u32 = 3;

/// The settings of the site that lies in `folder`, laid out as `vivier demo` does.
pub(crate) fn settings(folder: &Path, clock: Clock) -> Settings {
    Settings {
        name: NAME.to_owned(),
        folder: folder.join("sites").join(NAME),
        database: None,
        keys: folder.join("keys").display().to_string(),
        master_key: folder.join("master").join("master.key"),
        mail_from: "Bench <jobs@bench.example>".to_owned(),
        smtp: None,
        zone: Zone::paris(),
        clock,
        rng: Rng::system(),
        holdings: app::holdings(),
    }
}

/// What the site shows of itself.
pub(crate) fn face() -> Face {
    Face {
        title: "Bench".to_owned(),
        url: format!("http://{HOST}"),
        accent: None,
        theme: None,
    }
}

/// Founds a site with a recruiter and so many published vacancies.
pub(crate) async fn found(
    folder: &Path,
    vacancies: usize,
    clock: &Clock,
    now: Timestamp,
) -> anyhow::Result<(Guard, Vec<Vacancy>)> {
    fs::create_dir_all(folder.join("master"))?;
    let settings = settings(folder, clock.clone());
    guard::open::make_master_key(&settings.master_key, &Rng::system())?;
    let guard = Guard::found(settings, Nature::Demo, CHARTER, Locale::En).await?;
    let recruiter = NewStaff {
        role: "recruiter",
        given_name: "Camille",
        family_name: "Exemplaire",
        email: "recruiter@bench.example",
        password: "vivier-bench-exemple",
    };
    let recruiter = guard.add_staff(recruiter).await?;
    let all = invented::vacancies(&Rng::seeded(1), vacancies, Some(recruiter), now);
    vacancies::service::put(&guard, &all).await?;
    Ok((guard, all))
}

/// A folder with a site of so many applications, a working copy that may be written into; gone with the handle.
pub(crate) fn site(bench: &Bench, applications: usize) -> anyhow::Result<tempfile::TempDir> {
    keep(bench, &format!("{EDITION}-{applications}"), |kept| {
        in_memory(bench, kept, fill(applications, CV))
    })
}

/// As [`site`], each application with a CV of so many bytes.
pub(crate) fn site_of(bench: &Bench, applications: usize, cv: usize) -> anyhow::Result<tempfile::TempDir> {
    keep(bench, &format!("{EDITION}-{applications}-{cv}"), |kept| {
        in_memory(bench, kept, fill(applications, cv))
    })
}

/// A working copy of the site of that name, which is made when an earlier run hasn't.
pub(crate) fn keep(
    bench: &Bench,
    name: &str,
    make: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<tempfile::TempDir> {
    let kept = bench.folder.join(name);
    if !kept.join("whole").is_file() {
        drop(fs::remove_dir_all(&kept));
        eprintln!("  seeding {name} …");
        make(&kept)?;
        fs::write(kept.join("whole"), "")?;
    }
    let working = tempfile::tempdir_in(&bench.folder)?;
    copy(&kept, working.path(), true)?;
    // It says of what is kept that it is whole, and nothing of a copy.
    fs::remove_file(working.path().join("whole"))?;
    Ok(working)
}

/// Fills a site in memory and copies it to where it is kept.
pub(crate) fn in_memory(
    bench: &Bench,
    kept: &Path,
    fill: impl AsyncFnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let memory = Path::new("/dev/shm");
    let made = tempfile::tempdir_in(if memory.is_dir() { memory } else { &bench.folder })?;
    bench.runtime.block_on(fill(made.path()))?;
    copy(made.path(), kept, false)
}

fn fill(applications: usize, cv: usize) -> impl AsyncFnOnce(&Path) -> anyhow::Result<()> {
    async move |folder: &Path| filled(folder, applications, cv).await
}

async fn filled(folder: &Path, applications: usize, cv: usize) -> anyhow::Result<()> {
    let now = Clock::system().now();
    let then = Clock::manual(now.plus_seconds(-DAYS * 86_400));
    let (guard, vacancies) = found(folder, OFFERS, &then, then.now()).await?;
    let site = Site::start(guard.clone(), face()).await?;
    let rng = Rng::seeded(2);
    let step = DAYS * 86_400 / i64::try_from(applications + 1)?;
    let every = (applications / ASKED).max(1);
    let sought = (applications / 5).max(1);
    let one = |nth: usize| {
        then.advance(step);
        let mut applicant = invented::applicant(&rng, nth);
        if nth % sought == 1 {
            (applicant.given_name, applicant.family_name) =
                (invented::SOUGHT.0.to_owned(), invented::SOUGHT.1.to_owned());
        }
        let to = match nth.is_multiple_of(every) && nth / every < ASKED {
            true => &vacancies[0],
            false => &vacancies[1 + nth % (vacancies.len() - 1)],
        };
        apply(&site, applicant, to, invented::pdf(&rng, cv), Confirm::No)
    };
    stream::iter((0..applications).map(one))
        .buffer_unordered(8)
        .try_collect::<()>()
        .await?;
    then.advance(now.as_millis() / 1_000 - then.now().as_millis() / 1_000);
    // What the site would have tended within these days.
    guard.tend_once(true).await?;
    guard.close().await;
    describe(folder)
}

/// The site's `site.toml`, as `vivier serve` reads it.
pub(crate) fn describe(folder: &Path) -> anyhow::Result<()> {
    let file = SiteFile {
        title: "Bench".to_owned(),
        url: format!("http://{HOST}"),
        hosts: vec![HOST.to_owned()],
        zone: "Europe/Paris".to_owned(),
        language: None,
        database: None,
        accent: None,
        backup: None,
        mail: MailFile {
            from: "Bench <jobs@bench.example>".to_owned(),
            smtp: None,
        },
    };
    fs::write(folder.join("sites").join(NAME).join("site.toml"), file.to_toml())?;
    Ok(())
}

/// One application, through the doors; a mail is queued only when it is to be confirmed, for there is nobody to send it.
pub(crate) async fn apply(
    site: &Site,
    applicant: invented::Applicant,
    to: &Vacancy,
    cv: Vec<u8>,
    confirm: Confirm<'_>,
) -> anyhow::Result<()> {
    let charter = site.guard().charter();
    let form = charter
        .form_of(FormKind::TargetedApplication, Locale::En)
        .context("the charter takes applications to offers")?;
    let mut collecting = site.guard().collect(&form.name, Locale::En)?;
    for (field, value) in [
        ("given_name", applicant.given_name),
        ("family_name", applicant.family_name),
        ("email", applicant.email),
        ("phone", applicant.phone),
    ] {
        collecting.text(field, value).await?;
    }
    let whole = stream::iter([Ok(Bytes::from(cv))]);
    collecting.file("cv", "cv.pdf", whole).await?;
    let Collected::Complete(answers) = collecting.finish().await? else {
        bail!("an invented application isn't complete");
    };
    service::submit(site, *answers, Some(to), Source::Site, Locale::En, confirm).await?;
    Ok(())
}

/// Copies a folder; `linked`, the sealed files are the same ones on the disk, for they are never written again.
pub(crate) fn copy(from: &Path, to: &Path, linked: bool) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, place): (PathBuf, PathBuf) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&source, &place, linked)?;
        } else if linked && from.ancestors().any(|folder| folder.ends_with("files")) {
            fs::hard_link(&source, &place)?;
        } else {
            fs::copy(&source, &place)?;
        }
    }
    Ok(())
}
