//! Owns: `vivier key backup | verify | restore | rotate`. Doesn't own: keys, none of which ever comes here
//! (`guard::keys`).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::ensure;
use clap::Subcommand;
use guard::keys::{self, Found, KeysVerified, Measured};
use kernel::{Clock, Rng};
use platform::config::SiteFile;

use super::backup::say;
use crate::{output, place::Place};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a generation of the key store and read it back; older ones go.
    Backup {
        /// A folder, file:///path, or s3://bucket/prefix; another one than the data's.
        #[arg(long)]
        to: String,
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Look over the generations at a target, or the key store itself: 1 when something is wrong.
    Verify {
        /// The target; without it the key store.
        target: Option<String>,
        /// The site's folder, which may be lost.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Put the newest whole generation in the place of a key store that is lost.
    Restore {
        /// The target.
        target: String,
        /// The site's folder, which may be lost.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Give the master key a successor, for all sites; none may be served meanwhile.
    Rotate {
        /// Folder with one folder per site.
        #[arg(long)]
        sites: Option<PathBuf>,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Backup { to, site, json } => backup(&to, &site, json).await,
        Command::Verify { target, site, json } => verify(target.as_deref(), &site, json).await,
        Command::Restore { target, site, json } => restore(&target, &site, json).await,
        Command::Rotate { sites, json } => rotate(sites, json).await,
    }
}

async fn backup(to: &str, site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_site(site)?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let made = Box::pin(guard.back_up_keys(to)).await;
    guard.close().await;
    let made = made?;
    say(json, &made, || {
        format!(
            "{name}: generation {}: {} keys opened, {} destroyed, {} entries in the journal and {} in the ledger; \
             {} older removed",
            made.generation,
            made.active,
            made.destroyed,
            made.journal,
            made.ledger,
            made.removed.len()
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn verify(target: Option<&str>, site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_folder(site)?;
    let Some(target) = target else {
        let (found, whole) = Box::pin(keys::check(&place.settings_of_lost(&name, None))).await?;
        say(json, &found, || line(&found))?;
        return Ok(if whole {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    };
    // A site that can be opened remembers what was found, for its desk.
    let found = match place.open(&name, Clock::system()).await {
        Ok((guard, _)) => {
            let found = Box::pin(guard.verify_keys(target)).await;
            guard.close().await;
            found?
        }
        Err(_) => Box::pin(keys::verify(&place.settings_of_lost(&name, None), target)).await?,
    };
    say(json, &found, || told(&found))?;
    Ok(if found.is_in_order() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn restore(target: &str, site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_folder(site)?;
    let found = Box::pin(keys::install(&place.settings_of_lost(&name, None), target)).await?;
    say(json, &found, || told(&found))?;
    if !found.is_in_order() {
        output::complain(&found.told());
    }
    output::complain(
        "within the hour after the site is served, keys of dossiers that it doesn't have are destroyed",
    );
    Ok(ExitCode::SUCCESS)
}

async fn rotate(sites: Option<PathBuf>, json: bool) -> anyhow::Result<ExitCode> {
    let place = Place::configured(sites);
    let mut settings = Vec::new();
    for name in place.names()? {
        let file = SiteFile::read(&place.folder(&name))?;
        settings.push(place.settings(&name, &file, Clock::system()));
    }
    ensure!(!settings.is_empty(), "{}: no site", place.sites.display());
    let rotated = Box::pin(keys::rotate(&settings, &Rng::system())).await?;
    say(json, &rotated, || {
        let sites = rotated
            .sites
            .iter()
            .map(|(name, count)| format!("{name}: {count} keys"));
        sites.collect::<Vec<_>>().join("\n")
    })?;
    output::complain(&format!(
        "print and lock away the new master key; {} opens the generations made before: remove it after the next `vivier key backup`",
        rotated.before.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn told(found: &KeysVerified) -> String {
    let mut lines: Vec<String> = found.generations.iter().map(line).collect();
    if lines.is_empty() {
        return found.told();
    }
    lines.extend(found.window.as_ref().map(Measured::told));
    lines.join("\n")
}

fn line(found: &Found) -> String {
    let state = found.problem.as_deref().unwrap_or("in order");
    format!(
        "{}\t{}\t{} keys, {} destroyed: {state}",
        found.generation, found.made_at, found.active, found.destroyed
    )
}
