//! Owns: where sites, keys and the master key lie, and turning a site's folder into a running [`Site`]. Doesn't own:
//! what is in them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use app::{Face, Site};
use guard::{Guard, Settings, backup::Plan};
use kernel::{Clock, Rng, Zone};
use platform::{
    config::{BackupFile, SiteFile, variable},
    jobs::Worker,
    tasks,
};

/// Where everything lies.
#[derive(Clone)]
pub(crate) struct Place {
    /// The folder with one folder per site.
    pub(crate) sites: PathBuf,
    /// The folder of the key stores, or a PostgreSQL URL.
    pub(crate) keys: String,
    /// The master key's file.
    pub(crate) master_key: PathBuf,
}

impl Place {
    /// As the environment says; `sites` from the command line goes before it.
    pub(crate) fn configured(sites: Option<PathBuf>) -> Self {
        Self {
            sites: sites
                .or_else(|| variable("VIVIER_SITES").map(PathBuf::from))
                .unwrap_or_else(|| "sites".into()),
            keys: variable("VIVIER_KEYS").unwrap_or_else(|| "keys".to_owned()),
            master_key: variable("VIVIER_MASTER_KEY_FILE").map_or_else(|| "master.key".into(), PathBuf::from),
        }
    }

    /// The place of one site's folder: `--site DIR`.
    pub(crate) fn of_site(folder: &Path) -> anyhow::Result<(Self, String)> {
        let folder =
            std::fs::canonicalize(folder).with_context(|| format!("{}: no such site", folder.display()))?;
        Self::of_folder(&folder)
    }

    /// As [`Place::of_site`], of a folder that may be lost or still to come.
    pub(crate) fn of_folder(folder: &Path) -> anyhow::Result<(Self, String)> {
        let folder = std::path::absolute(folder)?;
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .context("a site's folder has a name")?;
        let sites = folder.parent().context("a site's folder lies in another")?;
        Ok((Self::configured(Some(sites.to_owned())), name.to_owned()))
    }

    /// The names of all sites: the folders with a `site.toml`.
    pub(crate) fn names(&self) -> anyhow::Result<Vec<String>> {
        let folder = std::fs::read_dir(&self.sites).with_context(|| {
            format!(
                "{}: no folder of sites; make a site with `vivier site new`",
                self.sites.display()
            )
        })?;
        let mut names = Vec::new();
        for entry in folder {
            let entry = entry?;
            if entry.path().join("site.toml").is_file() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// The folder of a site.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.sites.join(name)
    }

    /// What the doors need to open a site.
    pub(crate) fn settings(&self, name: &str, file: &SiteFile, clock: Clock) -> Settings {
        Settings {
            name: name.to_owned(),
            folder: self.folder(name),
            database: file.database.clone(),
            keys: self.keys.clone(),
            master_key: self.master_key.clone(),
            mail_from: file.mail.from.clone(),
            smtp: file.mail.smtp.clone(),
            zone: file.zone(),
            clock,
            rng: Rng::system(),
            holdings: app::holdings(),
        }
    }

    /// Opens the doors of a site to look at it; `Err` in it names what the next `vivier serve` would bring into its
    /// schema, and until then it stays closed to this program.
    pub(crate) async fn look(
        &self,
        name: &str,
        clock: Clock,
    ) -> anyhow::Result<Result<Guard, Vec<&'static str>>> {
        let file = SiteFile::read(&self.folder(name))?;
        let pending = Guard::pending(&self.settings(name, &file, clock.clone())).await?;
        if !pending.is_empty() {
            return Ok(Err(pending));
        }
        Ok(Ok(Guard::open(self.settings(name, &file, clock)).await?))
    }

    /// As [`Place::settings`], of a site whose folder is lost or is to come out of a backup, and that of its database.
    pub(crate) fn settings_of_lost(&self, name: &str, database: Option<String>) -> Settings {
        Settings {
            name: name.to_owned(),
            folder: self.folder(name),
            database,
            keys: self.keys.clone(),
            master_key: self.master_key.clone(),
            mail_from: String::new(),
            smtp: None,
            zone: Zone::utc(),
            clock: Clock::system(),
            rng: Rng::system(),
            holdings: app::holdings(),
        }
    }

    /// Opens the doors of a site.
    pub(crate) async fn open(&self, name: &str, clock: Clock) -> anyhow::Result<(Guard, SiteFile)> {
        let file = SiteFile::read(&self.folder(name))?;
        let guard = Guard::open(self.settings(name, &file, clock)).await?;
        Ok((guard, file))
    }

    /// A site with its pages ready and nothing running beside it.
    pub(crate) async fn site(&self, guard: Guard, file: &SiteFile) -> anyhow::Result<Site> {
        let theme = self.folder(guard.name()).join("theme");
        let face = Face {
            title: file.title.clone(),
            url: file.url.trim_end_matches('/').to_owned(),
            accent: file.accent.clone(),
            theme: theme.is_dir().then_some(theme),
        };
        Ok(Site::start(guard, face).await?)
    }

    /// Starts a site: its pages ready, its worker, its watch of the charter and its tending running.
    pub(crate) async fn start(&self, guard: Guard, file: &SiteFile) -> anyhow::Result<Site> {
        let site = self.site(guard.clone(), file).await?;
        let worker = Worker::new(
            guard.db().clone(),
            guard.clock().clone(),
            site.clone(),
            &app::jobs(),
            site.bell(),
        );
        let worker = Arc::new(worker);
        tasks::keep("worker", move || {
            let worker = Arc::clone(&worker);
            async move { worker.run().await }
        });
        if let Some(BackupFile { to, keys, every }) = file.backup.clone() {
            let (backed_up, plan) = (guard.clone(), Plan { to, keys, every });
            tasks::keep("backup", move || {
                guard::backup::keep_up(backed_up.clone(), plan.clone())
            });
        }
        let watched = guard.clone();
        tasks::keep("watch", move || guard::watch(watched.clone()));
        tasks::keep("tend", move || guard::tend(guard.clone()));
        Ok(site)
    }
}
