//! Owns: `vivier charter check | draft | render | register | diff | fmt | schema | activate`. Doesn't own: the language (`charter`).

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use charter::{Charter, Level, render};
use clap::{Subcommand, ValueEnum};
use kernel::{Clock, Locale};
use serde::Serialize;

use crate::{output, place::Place};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Check charters: 0 when none has an error, else 1.
    Check {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
        /// The language of the messages.
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
    /// Render the public policy of a charter.
    Render {
        /// The file.
        file: PathBuf,
        /// Its language.
        #[arg(long, default_value = "fr")]
        lang: Lang,
        /// Its form.
        #[arg(long, default_value = "md")]
        format: Format,
        /// As a site's page shows it: what this program doesn't offer is marked.
        #[arg(long)]
        site: bool,
    },
    /// What changes from one charter to another, clause by clause: for whom, and what it takes.
    Diff {
        /// The older one.
        old: PathBuf,
        /// The newer one.
        new: PathBuf,
        /// One JSON value on standard output.
        #[arg(long)]
        json: bool,
        /// The language of the messages.
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
    /// Lay charters out as all are: 1 when one of them isn't and only a look was asked.
    Fmt {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Change nothing; name the files that would change.
        #[arg(long)]
        check: bool,
        /// The language of the messages.
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
    /// Write a first charter from a table of purposes, data, people and durations.
    Draft {
        /// The table: CSV or TSV, UTF-8, headings in French or English.
        #[arg(long)]
        from: PathBuf,
        /// The language of the messages.
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
    /// Render the record of processing activities (GDPR art. 30) of a charter.
    Register {
        /// The file.
        file: PathBuf,
        /// Its language.
        #[arg(long, default_value = "fr")]
        lang: Lang,
        /// Its form.
        #[arg(long, default_value = "md")]
        format: RegisterFormat,
    },
    /// The language: a JSON Schema for editors, or its reference.
    Schema {
        /// A JSON Schema, or the reference in Markdown.
        #[arg(long, default_value = "json")]
        format: SchemaFormat,
    },
    /// Make the draft in a site's folder law.
    Activate {
        /// The site's folder.
        #[arg(long)]
        site: PathBuf,
        /// The member of staff who decides it, by number: they need the duty to protect.
        #[arg(long = "as")]
        staff: String,
        /// The language of the messages.
        #[arg(long, default_value = "en")]
        lang: Lang,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Lang {
    Fr,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Html,
    Md,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum RegisterFormat {
    Html,
    Md,
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SchemaFormat {
    Json,
    Md,
}

impl From<Lang> for Locale {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Self::Fr,
            Lang::En => Self::En,
        }
    }
}

pub(super) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check { files, json, lang } => check(&files, json, lang.into()),
        Command::Render {
            file,
            lang,
            format,
            site,
        } => {
            let charter = published(&file, lang.into())?;
            let policy = match site {
                true => render::policy_where(&charter, lang.into(), &app::offer()),
                false => render::policy(&charter, lang.into()),
            };
            output::say(&match format {
                Format::Html => render::to_page(&policy),
                Format::Md => render::to_markdown(&policy),
            });
            Ok(ExitCode::SUCCESS)
        }
        Command::Diff { old, new, json, lang } => diff(&old, &new, json, lang.into()),
        Command::Fmt { files, check, lang } => lay_out(&files, check, lang.into()),
        Command::Draft { from, lang } => draft(&from, lang.into()),
        Command::Register { file, lang, format } => {
            let charter = published(&file, lang.into())?;
            // A file by itself knows no site: nothing is marked as not offered.
            let lang = lang.into();
            let register = render::register(&charter, lang, None);
            output::say(&match format {
                RegisterFormat::Html => render::to_page(&register),
                RegisterFormat::Md => render::to_markdown(&register),
                RegisterFormat::Csv => render::register_csv(&charter, lang, None).trim_end().to_owned(),
            });
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema { format } => {
            output::say(&match format {
                SchemaFormat::Json => serde_json::to_string_pretty(&charter::schema())?,
                SchemaFormat::Md => charter::reference().trim_end().to_owned(),
            });
            Ok(ExitCode::SUCCESS)
        }
        Command::Activate { site, staff, lang } => activate(&site, &staff, lang.into()).await,
    }
}

/// One line of the check's answer.
#[derive(Serialize)]
struct Said {
    file: String,
    line: usize,
    column: usize,
    level: &'static str,
    rule: &'static str,
    /// Of the twenty numbered checks, the one that it comes from.
    number: Option<u8>,
    clause: Option<String>,
    message: String,
    suggestion: Option<String>,
    reference: Option<String>,
    reason: Option<String>,
}

impl Said {
    /// `file:line:column: warning [rule] clause: message (reference) – reason`
    fn line_of_text(&self) -> String {
        let clause = self
            .clause
            .as_ref()
            .map(|clause| format!("{clause}: "))
            .unwrap_or_default();
        let mut line = format!(
            "{}:{}:{}: {} [{}] {clause}{}",
            self.file, self.line, self.column, self.level, self.rule, self.message
        );
        if let Some(reference) = self.reference.as_ref().filter(|it| !self.message.contains(*it)) {
            line.push_str(&format!(" ({reference})"));
        }
        if let Some(reason) = &self.reason {
            line.push_str(&format!(" – {reason}"));
        }
        line
    }
}

/// One line of a difference.
#[derive(Serialize)]
struct Differs<'c> {
    #[serde(flatten)]
    change: &'c charter::Change,
    message: String,
}

/// Writes each file anew where its layout differs; one that is no charter stays as it is.
fn lay_out(files: &[PathBuf], only_look: bool, locale: Locale) -> anyhow::Result<ExitCode> {
    let mut good = true;
    for file in files {
        let before = text(file)?;
        match Charter::laid_out(&before) {
            Ok(after) if after == before => {}
            Ok(after) => {
                output::say(&file.display().to_string());
                good &= !only_look;
                if !only_look {
                    std::fs::write(file, after).with_context(|| format!("{}", file.display()))?;
                }
            }
            Err(problems) => {
                good = false;
                for problem in problems {
                    let (line, column, message) = (problem.line, problem.column, problem.message(locale));
                    output::say(&format!("{}:{line}:{column}: {message}", file.display()));
                }
            }
        }
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn diff(old: &Path, new: &Path, json: bool, locale: Locale) -> anyhow::Result<ExitCode> {
    let changes = parsed(old, locale)?.diff(&parsed(new, locale)?);
    if json {
        let said: Vec<Differs<'_>> = changes
            .iter()
            .map(|change| Differs {
                change,
                message: change.message(locale),
            })
            .collect();
        output::say(&serde_json::to_string(&said)?);
    } else {
        for change in &changes {
            output::say(&format!("{}: {}", change.clause, change.message(locale)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the charter; what the table leaves open stands in it as gaps.
fn draft(from: &std::path::Path, locale: Locale) -> anyhow::Result<ExitCode> {
    let file = from.display();
    let mut bytes = Vec::new();
    std::fs::File::open(from)
        .and_then(|table| table.take(charter::MOST_TABLE_BYTES + 1).read_to_end(&mut bytes))
        .with_context(|| format!("{file}"))?;
    let today = Clock::system().now().date(&kernel::Zone::paris());
    match charter::draft(&bytes, today) {
        Ok(text) => {
            output::say(text.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => anyhow::bail!("{file}: {}", error.message(locale)),
    }
}

fn check(files: &[PathBuf], json: bool, locale: Locale) -> anyhow::Result<ExitCode> {
    let mut said = Vec::new();
    for file in files {
        let name = file.display().to_string();
        match Charter::parse_bytes(&read(file)?) {
            Err(problems) => said.extend(problems.iter().map(|problem| Said {
                file: name.clone(),
                line: problem.line,
                column: problem.column,
                level: "error",
                rule: problem.rule,
                number: None,
                clause: None,
                message: problem.message(locale),
                suggestion: problem.suggestion.clone(),
                reference: None,
                reason: None,
            })),
            Ok(charter) => said.extend(charter.check().iter().map(|finding| {
                Said {
                    file: name.clone(),
                    line: finding.place.map_or(0, |place| place.line),
                    column: finding.place.map_or(0, |place| place.column),
                    level: kernel::Word::word(finding.level),
                    rule: finding.rule,
                    number: finding.number(),
                    clause: Some(finding.clause.to_string()),
                    message: finding.message(locale).to_owned(),
                    suggestion: None,
                    reference: finding
                        .reference(locale)
                        .map(|reference| render::typeset(reference, locale)),
                    reason: finding.reason(locale).map(str::to_owned),
                }
            })),
        }
    }
    let good = said
        .iter()
        .all(|said| said.level != kernel::Word::word(Level::Error));
    if json {
        output::say(&serde_json::to_string(&said)?);
    } else {
        for said in &said {
            output::say(&said.line_of_text());
        }
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn activate(folder: &Path, staff: &str, locale: Locale) -> anyhow::Result<ExitCode> {
    let staff = staff
        .parse()
        .context("--as takes the number that `vivier user add` printed")?;
    let (place, name) = Place::of_site(folder)?;
    let draft = place.folder(&name).join("charter.toml");
    let text = text(&draft)?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let answer = guard.activate(&text, staff, locale).await;
    guard.close().await;
    match answer {
        Ok(version) => {
            let (number, digest) = (version.charter.version(), version.charter.digest());
            let from = version.from.rfc3339();
            output::say(&format!(
                "{name}: version {number} applies from {from}, digest {digest}"
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(guard::Error::Charter(problems)) => {
            for line in problems.lines() {
                output::say(&format!("{}:{line}", draft.display()));
            }
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

/// A charter to be read by people, whatever is still to be said in it; what keeps it from becoming law is told beside.
fn published(file: &Path, locale: Locale) -> anyhow::Result<Charter> {
    let charter = parsed(file, locale)?;
    for finding in charter.check().iter().filter(|finding| finding.blocks()) {
        let (clause, rule, message) = (&finding.clause, finding.rule, finding.message(locale));
        output::complain(&format!("{}: [{rule}] {clause}: {message}", file.display()));
    }
    Ok(charter)
}

/// The charter in a file, or its first problem.
fn parsed(file: &Path, locale: Locale) -> anyhow::Result<Charter> {
    Charter::parse_bytes(&read(file)?).map_err(|problems| {
        let first = problems
            .first()
            .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message(locale)));
        anyhow::anyhow!("{}:{}", file.display(), first.unwrap_or_default())
    })
}

/// A charter's bytes, and one more than it may have when there are more.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let most = u64::try_from(Charter::MOST_BYTES)?;
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|open| open.take(most + 1).read_to_end(&mut bytes))
        .with_context(|| format!("{}", file.display()))?;
    Ok(bytes)
}

fn text(file: &Path) -> anyhow::Result<String> {
    String::from_utf8(read(file)?).with_context(|| format!("{}", file.display()))
}
