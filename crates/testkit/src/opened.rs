//! Owns: opening a demo's folder with its key store, and reading all that its staff may read: every application, every
//! file, every mail. Doesn't own: a way round the doors; there is none.

use std::{collections::HashSet, path::Path};

use app::{
    Face, Site,
    applications::service::{self, Wanted},
};
use futures_util::TryStreamExt as _;
use guard::{Actor, Guard, Settings};
use kernel::{Clock, Rng, Zone};
use serde::Serialize;

use crate::{Error, wait};

/// All that was opened.
#[derive(Debug, Default)]
pub struct Opened {
    /// Names, addresses, answers, letters, names of files: as JSON.
    pub texts: Vec<String>,
    /// The bytes of the files.
    pub files: Vec<Vec<u8>>,
    /// How many applications there were.
    pub applications: usize,
}

/// Opens one site of the demo that lies in `folder`, which nobody else may be serving, and reads everything.
///
/// # Errors
/// Whatever can't be opened: a key that isn't there, a value that was tampered with.
pub fn open_everything(folder: &Path, site: &str) -> Result<Opened, Error> {
    wait(async {
        let guard = Guard::open(settings(folder, site)).await?;
        let opened = read(&guard).await;
        guard.close().await;
        opened
    })
}

/// Where a demo keeps what.
fn settings(folder: &Path, site: &str) -> Settings {
    Settings {
        name: site.to_owned(),
        folder: folder.join("sites").join(site),
        database: None,
        keys: folder.join("keys").display().to_string(),
        master_key: folder.join("master").join("master.key"),
        mail_from: "Testkit <testkit@demo.example>".to_owned(),
        smtp: None,
        zone: Zone::paris(),
        clock: Clock::system(),
        rng: Rng::system(),
        holdings: app::holdings(),
    }
}

async fn read(guard: &Guard) -> Result<Opened, Error> {
    let face = Face {
        title: String::new(),
        url: "http://testkit.localhost".to_owned(),
        accent: None,
        theme: None,
    };
    let site = Site::start(guard.clone(), face).await?;
    let (mut opened, mut seen) = (Opened::default(), HashSet::new());
    for (member, _) in guard.demo_staff().await? {
        let session = guard.demo_sign_in(member).await?;
        let actor = guard.actor_of_session(session.secret()).await?;
        opened.add(&guard.own_name(&actor).await?)?;
        if service::permit(guard, &actor).is_ok() {
            read_as(&site, &actor, &mut opened, &mut seen).await?;
        }
    }
    for mail in guard.demo_mails(100_000).await? {
        opened.add(&mail)?;
    }
    opened.applications = seen.len();
    Ok(opened)
}

/// What one member of staff may read and nobody before them did.
async fn read_as(
    site: &Site,
    actor: &Actor,
    opened: &mut Opened,
    seen: &mut HashSet<String>,
) -> Result<(), Error> {
    let permit = service::permit(site.guard(), actor)?;
    let mut after = None;
    loop {
        let page = service::list(site, actor, &Wanted::default(), after.as_ref(), 100).await?;
        for row in page.rows {
            if !seen.insert(row.application.id.to_string()) {
                continue;
            }
            opened.add(&row.person)?;
            let one = service::open(site, actor, row.application.id).await?;
            opened.add(&one.held.answers)?;
            for (file, name) in one.held.files {
                opened.add(&name)?;
                let mut chunks = std::pin::pin!(site.guard().open_file(&permit, file.id).await?.bytes);
                let mut bytes = Vec::new();
                while let Some(chunk) = chunks.try_next().await? {
                    bytes.extend_from_slice(&chunk);
                }
                opened.files.push(bytes);
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

impl Opened {
    fn add(&mut self, value: &impl Serialize) -> Result<(), Error> {
        self.texts.push(serde_json::to_string(value)?);
        Ok(())
    }
}
