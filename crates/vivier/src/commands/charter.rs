//! Owns: `vivier charter check | render | schema | activate`. Doesn't own: the language (`charter`).

use std::{path::PathBuf, process::ExitCode};

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
        Command::Render { file, lang, format } => {
            let charter = guard::change::proposal(&read(&file)?, lang.into())?;
            let policy = render::policy(&charter, lang.into());
            output::say(&match format {
                Format::Html => render::to_html(&policy, render::HtmlOptions::default()),
                Format::Md => render::to_markdown(&policy),
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
        Command::Activate { site, lang } => activate(&site, lang.into()).await,
    }
}

/// One line of the check's answer.
#[derive(Serialize)]
struct Said {
    file: String,
    line: usize,
    column: usize,
    level: &'static str,
    rule: String,
    message: String,
    suggestion: Option<String>,
}

fn check(files: &[PathBuf], json: bool, locale: Locale) -> anyhow::Result<ExitCode> {
    let mut said = Vec::new();
    for file in files {
        let name = file.display().to_string();
        match Charter::parse(&read(file)?) {
            Err(problems) => said.extend(problems.iter().map(|problem| Said {
                file: name.clone(),
                line: problem.line,
                column: problem.column,
                level: "error",
                rule: problem.rule.to_owned(),
                message: problem.message(locale),
                suggestion: problem.suggestion.clone(),
            })),
            Ok(charter) => said.extend(charter.check().iter().map(|finding| Said {
                file: name.clone(),
                line: finding.place.map_or(0, |place| place.line),
                column: finding.place.map_or(0, |place| place.column),
                level: kernel::Word::word(finding.level),
                rule: finding.rule.to_owned(),
                message: finding.message(locale).to_owned(),
                suggestion: None,
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
            output::say(&format!(
                "{}:{}:{}: {} [{}] {}",
                said.file, said.line, said.column, said.level, said.rule, said.message
            ));
        }
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn activate(folder: &std::path::Path, locale: Locale) -> anyhow::Result<ExitCode> {
    let (place, name) = Place::of_site(folder)?;
    let draft = place.folder(&name).join("charter.toml");
    let text = read(&draft)?;
    let (guard, _) = place.open(&name, Clock::system()).await?;
    let answer = guard.activate(&text, None, locale).await;
    guard.close().await;
    match answer {
        Ok(activated) => {
            output::say(&format!(
                "{name}: version {} is in force, digest {}",
                activated.version, activated.digest
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

fn read(file: &std::path::Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))
}
