//! Owns: `vivier site new | list | check`. Doesn't own: founding (`guard`).

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, ensure};
use clap::Subcommand;
use guard::{Guard, Nature};
use kernel::{Clock, Locale, Rng, Word as _};
use platform::config::{MailFile, SiteFile};

use crate::{output, place::Place};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a site: its folder, its key store, its charter in force.
    New {
        /// Its folder's name: letters, digits and hyphens.
        name: String,
        /// The charter it starts with.
        #[arg(long)]
        charter: PathBuf,
        /// Where it will be reached.
        #[arg(long)]
        url: Option<String>,
        /// The PostgreSQL URL of an empty database; without it SQLite in the site's folder.
        #[arg(long)]
        database: Option<String>,
        /// Folder with one folder per site.
        #[arg(long)]
        sites: Option<PathBuf>,
    },
    /// List the sites.
    List {
        /// Folder with one folder per site.
        #[arg(long)]
        sites: Option<PathBuf>,
    },
    /// Check that each site can be opened, and what its charter offers that isn't built.
    Check {
        /// Folder with one folder per site.
        #[arg(long)]
        sites: Option<PathBuf>,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::New {
            name,
            charter,
            url,
            database,
            sites,
        } => Box::pin(new(&name, &charter, url, database, sites)).await,
        Command::List { sites } => list(sites),
        Command::Check { sites } => check(sites).await,
    }
}

async fn new(
    name: &str,
    charter: &PathBuf,
    url: Option<String>,
    database: Option<String>,
    sites: Option<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let plain = !name.is_empty()
        && name.len() <= 40
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    ensure!(
        plain,
        "{name:?} is no name for a site: use lower-case letters, digits and hyphens"
    );
    let text = std::fs::read_to_string(charter).with_context(|| format!("{}", charter.display()))?;
    let proposed =
        guard::change::proposal(&text, Locale::En).with_context(|| format!("{}", charter.display()))?;
    let place = Place::configured(sites);
    let folder = place.folder(name);
    ensure!(
        !folder.exists(),
        "{}: there is a folder of that name already",
        folder.display()
    );
    let url = url.unwrap_or_else(|| format!("https://{name}.example"));
    let host = url
        .split("://")
        .nth(1)
        .unwrap_or(&url)
        .split(['/', ':'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let controller = proposed.controller();
    let file = SiteFile {
        title: controller.name.clone(),
        hosts: vec![host],
        url,
        zone: "Europe/Paris".to_owned(),
        language: None,
        database,
        accent: None,
        backup: None,
        mail: MailFile {
            from: controller
                .contact
                .clone()
                .unwrap_or_else(|| format!("jobs@{name}.example")),
            smtp: Some("smtp://127.0.0.1:25".to_owned()),
        },
    };
    let settings = place.settings(name, &file, Clock::system());
    // Before anything is written: a key in the wrong place is none to leave behind.
    settings.apart()?;
    if let Some(parent) = place.master_key.parent() {
        std::fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
    }
    guard::open::make_master_key(&place.master_key, &Rng::system())?;
    std::fs::create_dir_all(&folder)?;
    let founded = Guard::found(settings, Nature::Real, &text, Locale::En).await;
    let guard = match founded {
        Ok(guard) => guard,
        Err(error) => {
            // Nothing half-made stays: the folder was ours a moment ago.
            std::fs::remove_dir_all(&folder)?;
            return Err(error.into());
        }
    };
    guard.close().await;
    std::fs::write(folder.join("site.toml"), file.to_toml())?;
    std::fs::write(folder.join("charter.toml"), text)?;
    output::complain(&format!(
        "{}: made. Next: look at site.toml there, then `vivier user add`.",
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn list(sites: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let place = Place::configured(sites);
    let mut good = true;
    for name in place.names()? {
        match SiteFile::read(&place.folder(&name)) {
            Ok(file) => output::say(&format!("{name}\t{}\t{}", file.url, file.title)),
            // One that is broken hides no other.
            Err(error) => {
                good = false;
                // A fault in TOML is told over several lines, with its place drawn; a list has one for each site.
                let why = error.to_string();
                let words: Vec<&str> = why.split_whitespace().collect();
                output::say(&format!("{name}\t{}", words.join(" ")));
            }
        }
    }
    Ok(answer(good))
}

async fn check(sites: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let place = Place::configured(sites);
    let mut good = true;
    for name in place.names()? {
        match place.look(&name, Clock::system()).await {
            Ok(Err(pending)) => {
                good = false;
                output::say(&format!("{name}: {}", super::migrations_pending(&pending)));
            }
            Ok(Ok(guard)) => {
                let charter = guard.charter();
                output::say(&format!(
                    "{name}: in order; charter {} version {}",
                    charter.id(),
                    charter.version()
                ));
                let offer = app::offer();
                let missing = charter.purposes().iter().filter(|one| !offer.serves(one));
                for purpose in missing {
                    output::say(&format!(
                        "{name}: not offered: {} ({})",
                        purpose.name,
                        purpose.kind.word()
                    ));
                }
                for (kind, count) in guard.failed_jobs().await? {
                    good = false;
                    output::say(&format!("{name}: {count} given up: {kind}"));
                }
                guard.close().await;
            }
            Err(error) => {
                good = false;
                output::say(&format!("{name}: {}", output::line(&error)));
            }
        }
    }
    Ok(answer(good))
}

/// 0 for yes, 1 for no.
fn answer(good: bool) -> ExitCode {
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
