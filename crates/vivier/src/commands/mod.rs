//! Owns: the command line: its words, and one file per group of commands. Doesn't own: what they do to a site.

mod backup;
mod charter;
mod doctor;
mod export;
mod key;
mod receipt;
mod serve;
mod site;
mod sweep;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// A recruitment platform that runs on its privacy policy.
#[derive(Parser)]
#[command(name = "vivier", version, about, disable_help_subcommand = true)]
pub(crate) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Try it: two sites with invented people, on one port.
    Demo(crate::demo::Arguments),
    /// Serve the sites of a folder.
    Serve(serve::Arguments),
    /// Make, list and check sites.
    #[command(subcommand)]
    Site(site::Command),
    /// Check, render and activate charters.
    #[command(subcommand)]
    Charter(charter::Command),
    /// Backups of a site's data.
    #[command(subcommand)]
    Backup(backup::Command),
    /// The key store's own backups, and the master key.
    #[command(subcommand)]
    Key(key::Command),
    /// Signed receipts: whether one is true.
    #[command(subcommand)]
    Receipt(receipt::Command),
    /// Accounts of staff.
    #[command(subcommand)]
    User(user::Command),
    /// Erase what is due, or only count it. A served site does it by itself.
    Sweep(sweep::Arguments),
    /// One person: their number, a copy of everything held about them, erasing it.
    #[command(subcommand)]
    Person(sweep::Person),
    /// What is configured, and what is wrong with it.
    Doctor {
        /// Folder with one folder per site.
        #[arg(long)]
        sites: Option<PathBuf>,
    },
}

/// What a command that only looks says of a site whose schema is older than this program.
fn migrations_pending(pending: &[&str]) -> String {
    format!(
        "migrations pending: {}; the next `vivier serve` of this program applies them, so stop an older one first",
        pending.join(", ")
    )
}

impl Line {
    /// Carries the command out. The exit code is 0 when done and 1 when the answer is no; an error means 2.
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Demo(arguments) => Box::pin(crate::demo::run(arguments)).await,
            Command::Serve(arguments) => serve::run(arguments).await,
            Command::Site(command) => site::run(command).await,
            Command::Charter(command) => charter::run(command).await,
            Command::Backup(command) => backup::run(command).await,
            Command::Key(command) => key::run(command).await,
            Command::Receipt(command) => receipt::run(command).await,
            Command::User(command) => user::run(command).await,
            Command::Sweep(arguments) => sweep::run(arguments).await,
            Command::Person(command) => sweep::person(command).await,
            Command::Doctor { sites } => doctor::run(sites).await,
        }
    }
}
