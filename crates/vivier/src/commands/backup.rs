//! Owns: `vivier backup create | verify | restore | drill`. Doesn't own: backups (`guard::backup`).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use guard::backup::{self, Verified};
use kernel::Clock;
use serde::Serialize;

use crate::{output, place::Place};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a backup, while the site is served or not; the keys aren't in it (`vivier key backup`).
    Create {
        /// A folder, file:///path, or s3://bucket/prefix.
        #[arg(long)]
        to: String,
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Look over every object of a target: 0 when it is in order, else 1 with each place.
    Verify {
        /// The target.
        target: String,
        /// The site's folder, which may be lost: its name says whose keys open the target.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Restore the newest backup into a new folder, of the name of its site, whose keys are today's.
    Restore {
        /// The target.
        target: String,
        /// The new folder.
        #[arg(long)]
        to: PathBuf,
        /// Another backup than the newest.
        #[arg(long)]
        backup: Option<String>,
        /// The PostgreSQL URL of an empty database; without it SQLite in the folder.
        #[arg(long)]
        database: Option<String>,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Rehearse a restore beside the site: 1 when something doesn't open.
    Drill {
        /// The target.
        #[arg(long)]
        from: String,
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Create { to, site, json } => create(&to, &site, json).await,
        Command::Verify { target, site, json } => verify(&target, &site, json).await,
        Command::Restore {
            target,
            to,
            backup,
            database,
            json,
        } => restore(&target, &to, backup.as_deref(), database, json).await,
        Command::Drill { from, site, json } => drill(&from, &site, json).await,
    }
}

async fn create(to: &str, site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_site(site)?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let made = Box::pin(guard.back_up(to)).await;
    guard.close().await;
    let made = made?;
    say(json, &made, || {
        format!(
            "{name}: backup {}: {} rows, {} files of {} bytes; {} bytes are new",
            made.id, made.rows, made.files, made.bytes, made.added
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn verify(target: &str, site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_folder(site)?;
    // A site that can be opened remembers what was found, for its desk.
    let found = match place.open(&name, Clock::system()).await {
        Ok((guard, _)) => {
            let found = Box::pin(guard.verify_backups(target)).await;
            guard.close().await;
            found?
        }
        Err(_) => Box::pin(backup::verify(&place.settings_of_lost(&name, None), target)).await?,
    };
    say(json, &found, || told(&found))?;
    Ok(if found.flaws.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn told(found: &Verified) -> String {
    let backups = found.backups.iter().map(|(id, moment)| format!("{id}\t{moment}"));
    let flaws = found
        .flaws
        .iter()
        .map(|flaw| format!("{}: {}", flaw.place, flaw.problem));
    let count = format!(
        "{} backups, {} packs, {} pieces, {} bytes: {}",
        found.backups.len(),
        found.packs,
        found.pieces,
        found.bytes,
        match found.flaws.len() {
            0 => "in order".to_owned(),
            flaws => format!("{flaws} flaws"),
        }
    );
    backups.chain(flaws).chain([count]).collect::<Vec<_>>().join("\n")
}

async fn restore(
    target: &str,
    to: &Path,
    wanted: Option<&str>,
    database: Option<String>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_folder(to)?;
    let settings = place.settings_of_lost(&name, database);
    let restored = Box::pin(backup::restore(settings, target, wanted, app::REPLAYS)).await?;
    say(json, &restored, || {
        format!(
            "{}: restored as of {}: {} rows, {} files; {} dossiers are erased and stay so, {} withdrawals and \
             objections hold again, {} mails wait for a human",
            to.display(),
            restored.taken_at.rfc3339(),
            restored.rows,
            restored.files,
            restored.erased,
            restored.replayed,
            restored.held
        )
    })?;
    output::complain(
        "everybody signs in again, programs need new tokens; look over the accounts that were ended since the backup",
    );
    Ok(ExitCode::SUCCESS)
}

async fn drill(from: &str, site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_site(site)?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let drilled = Box::pin(guard.drill(from)).await;
    guard.close().await;
    let drilled = drilled?;
    say(json, &drilled, || {
        format!(
            "{name}: backup {}: {} rows came back, {} dossiers and {} files opened, {} didn't",
            drilled.id,
            drilled.rows,
            drilled.dossiers,
            drilled.files,
            drilled.failed.len()
        )
    })?;
    Ok(if drilled.failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The answer: one JSON value, or words.
pub(super) fn say(json: bool, value: &impl Serialize, words: impl FnOnce() -> String) -> anyhow::Result<()> {
    let answer = if json {
        serde_json::to_string(value)?
    } else {
        words()
    };
    output::say(&answer);
    Ok(())
}
