//! Owns: `vivier receipt verify | renew-key`. Doesn't own: what a receipt is and when it is true (`guard::receipt`).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use guard::receipt::{Flaw, Kind, Problem, Published, Receipt};
use kernel::{Clock, Word as _};
use serde::Serialize;

use super::backup::say;
use crate::place::Place;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Whether a receipt is true: 1 when it isn't. Needs no network.
    Verify {
        /// The receipt.
        file: PathBuf,
        /// The keys that the site publishes, saved to a file: whether it is one of theirs.
        #[arg(long, conflicts_with = "site")]
        key: Option<PathBuf>,
        /// The site's folder: whether its ledger holds what the receipt says.
        #[arg(long)]
        site: Option<PathBuf>,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Give the key that signs receipts a successor: what it signed stays true.
    RenewKey {
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
    },
}

/// Against what a receipt was held, beside itself.
#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Against {
    /// Nothing: whose key it is, nobody has said.
    Itself,
    /// The keys that the site publishes.
    PublishedKeys,
    /// The site's ledger and keys.
    Ledger,
}

#[derive(Serialize)]
struct Verdict {
    valid: bool,
    against: Against,
    flaw: Option<Flaw>,
    receipt: Option<Receipt>,
}

pub(super) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Verify {
            file,
            key,
            site,
            json,
        } => verify(&file, key.as_deref(), site.as_deref(), json).await,
        Command::RenewKey { site, json } => renew(&site, json).await,
    }
}

async fn verify(
    file: &Path,
    key: Option<&Path>,
    site: Option<&Path>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let bytes = read(file)?;
    let (against, receipt, flaw) = match Receipt::read(&bytes) {
        Err(flaw) if flaw.problem == Problem::NewerFormat => {
            bail!(
                "{}: made by a newer program than this one, which can't tell",
                file.display()
            );
        }
        Err(flaw) => (Against::Itself, None, Some(flaw)),
        Ok(receipt) => {
            let (against, flaw) = match (key, site) {
                (Some(key), _) => (Against::PublishedKeys, published(key)?.flaw_of(&receipt)),
                (None, Some(site)) => (Against::Ledger, held_against(site, &receipt).await?),
                (None, None) => (Against::Itself, None),
            };
            (against, Some(receipt), flaw)
        }
    };
    let verdict = Verdict {
        valid: flaw.is_none(),
        against,
        flaw,
        receipt,
    };
    say(json, &verdict, || told(&verdict))?;
    Ok(ExitCode::from(u8::from(!verdict.valid)))
}

fn published(file: &Path) -> anyhow::Result<Published> {
    let keys = Published::read(&read(file)?);
    keys.with_context(|| format!("{}: not the keys that a site publishes", file.display()))
}

/// A receipt and a list of keys are small; more than a mebibyte is neither.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(|| file.display().to_string())?;
    opened
        .take(1 << 20)
        .read_to_end(&mut bytes)
        .with_context(|| file.display().to_string())?;
    Ok(bytes)
}

async fn held_against(site: &Path, receipt: &Receipt) -> anyhow::Result<Option<Flaw>> {
    let (place, name) = Place::of_site(site)?;
    let guard = match place.look(&name, Clock::system()).await? {
        Ok(guard) => guard,
        Err(pending) => bail!("{}", super::migrations_pending(&pending)),
    };
    let flaw = guard.flaw_of_receipt(receipt).await;
    guard.close().await;
    Ok(flaw?)
}

async fn renew(site: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_site(site)?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let key = guard.renew_receipt_key().await;
    guard.close().await;
    let key = key?;
    say(json, &serde_json::json!({ "key": key }), || {
        format!("{name}: the key {key} signs from now on")
    })?;
    Ok(ExitCode::SUCCESS)
}

fn told(verdict: &Verdict) -> String {
    let mut lines = Vec::new();
    match (&verdict.flaw, &verdict.receipt) {
        (Some(flaw), _) => lines.push(format!("not true: {}: {}", flaw.place, why(flaw.problem))),
        (None, Some(receipt)) => {
            lines.push("true".to_owned());
            lines.extend(words(receipt));
            lines.push(match verdict.against {
                Against::Itself => format!(
                    "signed by the key {}: whether that is this site's, {} tells (--key FILE)",
                    receipt.key.id, receipt.key.published
                ),
                Against::PublishedKeys => {
                    format!("signed by the key {}, which the site publishes", receipt.key.id)
                }
                Against::Ledger => format!(
                    "signed by the site's key {}, and the site's ledger holds it",
                    receipt.key.id
                ),
            });
        }
        (None, None) => {}
    }
    lines.join("\n")
}

/// What a receipt says, in words.
fn words(receipt: &Receipt) -> Vec<String> {
    let what = &receipt.what;
    let of = what.words.get("purpose").map_or("", String::as_str);
    let first = match receipt.kind {
        Kind::Erasure => {
            let erased: u64 = what.erased.values().sum();
            let kept: u64 = what.kept.values().sum();
            let whose = match what.words.get("scope").map(String::as_str) {
                Some("person") => "everything of a person",
                _ => "a dossier",
            };
            format!("erased {whose}: {erased} gone, {kept} kept and restricted")
        }
        Kind::Application => format!("received an application ({of})"),
        Kind::ConsentGiven => format!("received a consent ({of})"),
        Kind::Withdrawn => format!("received a withdrawal ({of})"),
    };
    let mut lines = vec![
        format!("{} ({}) has {first}", receipt.controller, receipt.site),
        format!("on {}", receipt.at),
    ];
    let each = what
        .erased
        .iter()
        .map(|(clause, count)| format!("{count} of {clause} gone"));
    let stays = what
        .kept
        .iter()
        .map(|(clause, count)| format!("{count} kept by {clause}"));
    lines.extend(each.chain(stays));
    lines.push(format!(
        "under version {} of its charter ({}): {}",
        receipt.charter.version,
        receipt.charter.digest,
        what.clauses.join(", ")
    ));
    if let Some(subject) = &receipt.subject {
        lines.push(format!("about the pseudonym {subject}"));
    }
    lines.push(format!(
        "entry {} of its ledger ({})",
        receipt.ledger.entry,
        receipt.kind.word()
    ));
    lines
}

fn why(problem: Problem) -> &'static str {
    match problem {
        Problem::Unreadable => "this isn't a receipt",
        Problem::NewerFormat => "made by a newer program",
        Problem::Rewritten => "written in another way than it was given out",
        Problem::Changed => "this part was changed after it was signed",
        Problem::Unsigned => "the signature isn't that key's over this",
        Problem::UnknownKey => "the key is none of those that the site publishes",
        Problem::RetiredKey => "the key had a successor by then",
        Problem::NotInLedger => "the site's ledger doesn't hold it",
        Problem::OtherInLedger => "the site's ledger says something else here",
        Problem::BrokenLedger => "the site's ledger isn't whole",
    }
}
