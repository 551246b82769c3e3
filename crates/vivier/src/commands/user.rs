//! Owns: `vivier user add`. Doesn't own: accounts (`guard`).

use std::{io::Read as _, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Subcommand;
use guard::NewStaff;
use kernel::Clock;

use crate::{output, place::Place};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Add a member of staff. The password is read from standard input, so that no list of processes shows it.
    Add {
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
        /// One of the charter's roles.
        #[arg(long)]
        role: String,
        /// The address to sign in with.
        #[arg(long)]
        email: String,
        /// Given name.
        #[arg(long)]
        given_name: String,
        /// Family name.
        #[arg(long)]
        family_name: String,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let Command::Add {
        site,
        role,
        email,
        given_name,
        family_name,
    } = command;
    let (place, name) = Place::of_site(&site)?;
    let mut password = String::new();
    std::io::stdin()
        .take(4_096)
        .read_to_string(&mut password)
        .context("the password is read from standard input")?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let new = NewStaff {
        role: &role,
        given_name: &given_name,
        family_name: &family_name,
        email: &email,
        password: password.trim_end_matches(['\r', '\n']),
    };
    let added = guard.add_staff(new).await;
    guard.close().await;
    output::say(&added?.to_string());
    Ok(ExitCode::SUCCESS)
}
