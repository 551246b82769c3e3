//! Owns: `vivier sweep` and `vivier person`: what is due, and one person's dossiers, from the command line. Doesn't own:
//! sweeping, finding and erasing (`guard`).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use guard::{Guard, Staff, keep::erase::Why};
use kernel::{Date, Id, Timestamp};
use platform::config::{self, SiteFile};
use serde_json::json;

use super::export;
use crate::{output, place::Place};

#[derive(Args)]
pub(super) struct Arguments {
    /// The site's folder.
    #[arg(long)]
    site: PathBuf,
    /// As if it were that day's end. On a real site a day to come is only looked at.
    #[arg(long)]
    as_of: Option<String>,
    /// Only count what is due.
    #[arg(long)]
    dry_run: bool,
    /// One JSON value on standard output.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
pub(super) enum Person {
    /// The people filed under an e-mail address: their numbers.
    Find {
        /// The address.
        email: String,
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
    },
    /// Write everything held about a person into an archive, to be handed to them. They see that it was opened.
    Export {
        /// Their number.
        id: String,
        /// Where to; without it, a ZIP named after the number in the present folder. A file that is there stays.
        #[arg(long)]
        out: Option<PathBuf>,
        /// The member of staff who hands it to them, by number: they need the duty to protect.
        #[arg(long = "as")]
        staff: String,
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
    },
    /// Erase everything of a person.
    Erase {
        /// Their number.
        id: String,
        /// The member of staff who decides it, by number: they need the duty to protect.
        #[arg(long = "as")]
        staff: String,
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
    },
}

/// Sweeps. The answer is no (1) when the sweep waits for a human.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let guard = open(&arguments.site).await?;
    let done = sweep(&guard, &arguments).await;
    guard.close().await;
    done
}

async fn sweep(guard: &Guard, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let now = guard.now();
    let as_of = match &arguments.as_of {
        Some(day) => end_of(guard, day)?,
        None => now,
    };
    let dry = arguments.dry_run || (as_of > now && !guard.is_demo());
    if dry {
        let due = guard.count_due(as_of).await?;
        match arguments.json {
            true => output::say(&json!({ "dry_run": true, "due": due }).to_string()),
            false => {
                for one in due {
                    output::say(&format!("{}\t{}\t{}", one.purpose, one.retention, one.dossiers));
                }
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let swept = guard.sweep(as_of).await?;
    match arguments.json {
        true => output::say(&json!({ "dry_run": false, "swept": swept }).to_string()),
        false => output::say(&format!(
            "erased {}, restricted {}",
            swept.erased, swept.restricted
        )),
    }
    if let Some(why) = swept.stopped {
        output::complain(&format!(
            "nothing was erased ({}): who is charged with data protection confirms at /desk/keeping",
            kernel::Word::word(why)
        ));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

fn end_of(guard: &Guard, day: &str) -> anyhow::Result<Timestamp> {
    let day = Date::parse(day).context("--as-of takes a day, such as 2027-11-21")?;
    Ok(day.plus_days(1).start(guard.zone()))
}

/// Finds, exports or erases somebody.
pub(super) async fn person(command: Person) -> anyhow::Result<ExitCode> {
    match command {
        Person::Find { email, site } => {
            let guard = open(&site).await?;
            let found = guard.find_people(&email).await;
            guard.close().await;
            let found = found?;
            for id in &found {
                output::say(&id.to_string());
            }
            Ok(ExitCode::from(u8::from(found.is_empty())))
        }
        Person::Export { id, out, staff, site } => {
            let (person, staff) = numbers(&id, &staff)?;
            export::run(person, staff, out, &site).await
        }
        Person::Erase { id, staff, site } => {
            let guard = open(&site).await?;
            let done = erase(&guard, &id, &staff).await;
            guard.close().await;
            done
        }
    }
}

async fn erase(guard: &Guard, id: &str, staff: &str) -> anyhow::Result<ExitCode> {
    let (person, staff) = numbers(id, staff)?;
    let erasure = guard.erase_for(person, staff, Why::Request).await?;
    let done = guard.carry_out(erasure).await?;
    output::say(&format!("erased {}, kept {}", done.erased, done.kept));
    output::complain(&format!(
        "the page for its person, with the signed receipt: /erased/{erasure}"
    ));
    Ok(ExitCode::from(u8::from(done.erased == 0)))
}

fn numbers(person: &str, staff: &str) -> anyhow::Result<(Id<guard::Person>, Id<Staff>)> {
    match (person.parse(), staff.parse()) {
        (Ok(person), Ok(staff)) => Ok((person, staff)),
        _ => bail!("a number has 32 hexadecimal digits; `vivier person find` gives a person's"),
    }
}

async fn open(site: &Path) -> anyhow::Result<Guard> {
    Ok(open_with(site).await?.0)
}

/// The doors of a site, where it lies, and what its `site.toml` says.
pub(super) async fn open_with(site: &Path) -> anyhow::Result<(Guard, Place, SiteFile)> {
    let (place, name) = Place::of_site(site)?;
    let (clock, moved) = config::clock()?;
    let (guard, file) = place.open(&name, clock).await?;
    if moved && !guard.is_demo() {
        bail!("VIVIER_NOW moves the clock of a real site: unset it");
    }
    Ok((guard, place, file))
}
