//! Owns: the house's rules that no compiler holds, read off the source. Each rule bears a text that breaks it and
//! one that doesn't, so that each is seen able to fail.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A rule over files as git has them.
struct Rule {
    says: &'static str,
    /// Which files, by path.
    of: fn(&str) -> bool,
    /// The first line (or word on the whole) that breaks it, given path and text.
    broken_by: fn(&str, &str) -> Option<String>,
    /// A path and a text that break it.
    bad: (&'static str, &'static [&'static str]),
    /// A path and a text, as near as can be, that don't.
    good: (&'static str, &'static [&'static str]),
}

const RULES: &[Rule] = &[
    Rule {
        says: "a capability's store is its own; others ask its service",
        of: |path| path.starts_with("crates/app/src/") && rust(path),
        broken_by: foreign_store,
        bad: (
            "crates/app/src/privacy/pages.rs",
            &["use crate::applications::store;"],
        ),
        good: (
            "crates/app/src/privacy/pages.rs",
            &["use crate::privacy::store; use super::store;", "store::all()"],
        ),
    },
    Rule {
        says: "only vault and storage make a Ciphertext",
        of: |path| in_the_house(path) && !within(path, &["vault", "storage"]),
        broken_by: |_, text| line_with(text, &["Ciphertext::"]),
        bad: (
            "crates/guard/src/keep.rs",
            &["let sealed = Ciphertext::from(bytes);"],
        ),
        good: ("crates/guard/src/keep.rs", &["fn keep(sealed: Ciphertext) {}"]),
    },
    Rule {
        says: "SQL is storage's: nobody else names sqlx",
        of: |path| in_the_house(path) && !within(path, &["storage"]),
        broken_by: |_, text| line_with(text, &["sqlx::"]),
        bad: ("crates/app/src/jobs.rs", &["sqlx::query(\"\")"]),
        good: ("crates/app/src/jobs.rs", &["// what sqlx gives"]),
    },
    Rule {
        says: "mail leaves through gateway: nobody else names lettre",
        of: |path| in_the_house(path) && !within(path, &["gateway"]),
        broken_by: |_, text| line_with(text, &["lettre::"]),
        bad: ("crates/guard/src/send.rs", &["use lettre::Message;"]),
        good: ("crates/guard/src/send.rs", &["/// A lettre de motivation."]),
    },
    Rule {
        says: "a dossier's key is taken from the vault where a door reads, files or receives; a credential's or a mailbox's proof where it is checked; a backup's where it is rehearsed",
        of: |path| in_the_house(path) && !within(path, &["vault"]) && !KEY_HOLDERS.contains(&path),
        broken_by: |_, text| line_with(text, &["vault.key(", "vault.keys("]),
        bad: (
            "crates/guard/src/send.rs",
            &["let key = self.vault.key(dossier).await?;"],
        ),
        good: (
            "crates/guard/src/send.rs",
            &["let reading = self.read(&permit, View::One, &[dossier]).await?;"],
        ),
    },
    Rule {
        says: "a dossier's key opens a value where a door reads; a credential, a token's name or an address where guard itself uses it",
        of: |path| in_the_house(path) && !within(path, &["vault"]) && !KEY_OPENERS.contains(&path),
        broken_by: |_, text| line_with(&chained(text), &["key.open("]),
        bad: (
            "crates/guard/src/send.rs",
            &["let plain = filed", "    .key", "    .open(cell, &sealed)?;"],
        ),
        good: (
            "crates/guard/src/send.rs",
            &["let to = reading.open(dossier, \"email\", cell, id, &sealed)?;"],
        ),
    },
    Rule {
        says: "a log line is written in full, tracing::info!, where the next rule reads it",
        of: |path| in_the_house(path) && !within(path, &["testkit"]),
        broken_by: |_, text| imported_levels(text),
        bad: (
            "crates/app/src/applications/jobs.rs",
            &["use tracing::{Instrument as _, info};"],
        ),
        good: (
            "crates/app/src/applications/jobs.rs",
            &["use tracing::Instrument as _;", "// use tracing::info!"],
        ),
    },
    Rule {
        says: "a log line's words are fixed: nothing is put into them",
        of: |path| in_the_house(path) && !within(path, &["testkit"]),
        broken_by: |_, text| {
            let mut words = log_arguments(text).filter(|argument| argument.starts_with('"'));
            words.find(|words| words.contains(['{', '}']))
        },
        bad: (
            "crates/app/src/applications/jobs.rs",
            &["tracing::info!(\"{typed} came\");"],
        ),
        good: (
            "crates/app/src/applications/jobs.rs",
            &["tracing::info!(kind, \"one came\");", "format!(\"{typed}\")"],
        ),
    },
    Rule {
        says: "a log line takes only what is listed as nobody's: ids, words, numbers, errors",
        of: |path| in_the_house(path) && !within(path, &["testkit"]),
        broken_by: |_, text| logged(text).find(|value| !is_nobodys(value)),
        bad: (
            "crates/app/src/applications/jobs.rs",
            &[
                "tracing::info!(",
                "    error = %json!(row.person.name),",
                "    \"read, opened\"",
                ");",
            ],
        ),
        good: (
            "crates/app/src/applications/jobs.rs",
            &["tracing::info!(site = guard.name(), %error, \"a (bracket, a comma\");"],
        ),
    },
    Rule {
        says: "a file starts with `//!`: what it owns and doesn't",
        of: |path| rust(path) && (path.contains("/src/") || path.starts_with("tests/")),
        broken_by: |_, text| (!text.starts_with("//! ")).then(|| "line 1".to_owned()),
        bad: ("crates/kernel/src/id.rs", &["use std::fmt;", "//! Owns: ids."]),
        good: ("crates/kernel/src/id.rs", &["//! Owns: ids.", "use std::fmt;"]),
    },
    Rule {
        says: "a file is one thought: 600 lines at most",
        of: in_the_house,
        broken_by: |_, text| (text.lines().count() > 600).then(|| format!("{} lines", text.lines().count())),
        bad: ("crates/kernel/src/id.rs", &["//! Owns: ids."; 601]),
        good: ("crates/kernel/src/id.rs", &["//! Owns: ids."; 600]),
    },
    Rule {
        says: "an exception says why: expect with a reason, never allow; no test is switched off",
        of: rust,
        broken_by: |_, text| {
            line_with(
                text,
                &[
                    concat!("#[", "allow("),
                    concat!("#![", "allow("),
                    concat!("#[", "ignore"),
                ],
            )
        },
        bad: ("xtask/src/main.rs", &[concat!("#![", "allow(dead_code)]")]),
        good: ("xtask/src/main.rs", &["#![expect(dead_code, reason = \"soon\")]"]),
    },
    Rule {
        says: "every crate is under the workspace's lints and says what it is",
        // The fuzzers are a workspace of their own, for another compiler.
        of: |path| path.ends_with("/Cargo.toml") && !path.starts_with("fuzz/"),
        broken_by: |_, text| {
            let linted = text.contains("[lints]\nworkspace = true");
            let described = text.contains("description = \"") && !text.contains("description = \"TODO\"");
            (!linted || !described).then(|| "no `[lints] workspace = true`, or no description".to_owned())
        },
        bad: (
            "crates/web/Cargo.toml",
            &["description = \"Pages.\"", "[lints.rust]", "workspace = true"],
        ),
        good: (
            "crates/web/Cargo.toml",
            &["description = \"Pages.\"", "[lints]", "workspace = true"],
        ),
    },
    Rule {
        says: "npm packages are pinned to one version",
        of: |path| path.ends_with("package.json"),
        broken_by: |_, text| unpinned(text),
        bad: (
            "tests/browser/package.json",
            &["{ \"dependencies\": { \"axe-core\": \"^4.14.1\" } }"],
        ),
        good: (
            "tests/browser/package.json",
            &["{ \"type\": \"module\", \"dependencies\": { \"axe-core\": \"4.14.1\" } }"],
        ),
    },
    Rule {
        says: "no file names a machine's folders or a package registry's host",
        of: |path| !path.ends_with(".lock") && !path.ends_with("-lock.json"),
        broken_by: |_, text| {
            line_with(
                text,
                &PLACES.map(|place| place.concat()).each_ref().map(String::as_str),
            )
        },
        bad: ("docs/OPERATIONS.md", &["See https://", "registry.", "npmjs.org"]),
        good: (
            "docs/OPERATIONS.md",
            &["See /home/vivier/work/site and crates.io"],
        ),
    },
];

/// In two halves, or this file would break its own rule.
const PLACES: [[&str; 2]; 7] = [
    [" /ro", "ot/"],
    [" /wo", "rk/"],
    ["\"/wo", "rk/"],
    ["registry.", "npmjs.org"],
    ["index.", "crates.io"],
    ["deb.", "debian.org"],
    ["arti", "factory"],
];

/// Where dossier keys are taken from the vault.
const KEY_HOLDERS: [&str; 5] = [
    "crates/guard/src/backup/drill.rs",
    "crates/guard/src/read.rs",
    "crates/guard/src/dossier.rs",
    "crates/guard/src/collect/keys.rs",
    "crates/guard/src/access/joined.rs",
];

/// Where a dossier's key opens a value: the doors that read, and what guard opens for its own use.
const KEY_OPENERS: [&str; 7] = [
    "crates/guard/src/backup/drill.rs",
    "crates/guard/src/read.rs",
    "crates/guard/src/files.rs",
    "crates/guard/src/access/address.rs",
    "crates/guard/src/access/credentials.rs",
    "crates/guard/src/access/joined.rs",
    "crates/guard/src/access/tokens.rs",
];

/// What may be logged, by its name: each was looked at, and none can hold what a person typed.
const LOGGED: [&str; 17] = [
    "attempts",
    "cause",
    "clause",
    "column",
    "error",
    "event",
    "kind",
    "mail",
    "reason",
    "reference",
    "route",
    "row",
    "site",
    "status",
    "table",
    "version",
    "path",
];

/// What may be logged under another name than its own: each expression was looked at.
const LOGGED_AS: [&str; 17] = [
    "cause = %Causes(cause.as_ref())",
    "clause = self.clause()",
    "column = cell.1",
    "event = happened.last().map_or(\"\", |(event, _)| event.word())",
    "kind = %&*job.kind",
    "kind = ?io.kind()",
    "kind = error.rule",
    "kind = kind(error)",
    "mail = %id",
    "mail = %mail",
    "row = %row",
    "site = guard",
    "site = guard.name()",
    "site = self.name()",
    "site = site.guard().name()",
    "table = cell.0",
    "version = number",
];

/// Whether a value of a log line is listed as nobody's: by its name, or, where it is given another, by both.
fn is_nobodys(value: &str) -> bool {
    match value.split_once(" = ") {
        Some(_) => LOGGED_AS.contains(&value),
        None => LOGGED.contains(&value.trim_start_matches(['%', '?'])),
    }
}

/// The first import of a level's macro.
fn imported_levels(text: &str) -> Option<String> {
    let levels = ["error", "warn", "info", "debug", "trace", "event"];
    let imports = |line: &&str| {
        let words = line.strip_prefix("use tracing::").unwrap_or_default();
        let mut words = words.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.any(|word| levels.contains(&word))
    };
    // An import that rustfmt broke into lines is one again.
    let joined = text.replace("{\n", "{").replace(",\n", ",");
    joined.lines().map(str::trim).find(imports).map(str::to_owned)
}

/// The values that a file's log lines take, as they are written.
fn logged(text: &str) -> impl Iterator<Item = String> {
    log_arguments(text).filter(|argument| !argument.starts_with('"'))
}

/// All that stands in a file's log lines, words and values.
fn log_arguments(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("tracing::")
        .filter_map(|(at, word)| {
            let call = &text[at + word.len()..];
            let (level, arguments) = call.split_once("!(")?;
            level.chars().all(char::is_alphabetic).then_some(arguments)
        })
        .flat_map(arguments)
}

/// What stands between the commas up to the bracket that closes the call.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    let mut found = vec![String::new()];
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if c == ',' && depth == 1 && !quoted {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    let found = found.iter().map(|argument| argument.trim().to_owned());
    found.filter(|argument| !argument.is_empty()).collect()
}

fn rust(path: &str) -> bool {
    path.ends_with(".rs")
}

/// A source file of a room.
fn in_the_house(path: &str) -> bool {
    path.starts_with("crates/") && rust(path)
}

fn within(path: &str, crates: &[&str]) -> bool {
    crates
        .iter()
        .any(|name| path.starts_with(&format!("crates/{name}/")))
}

/// The text with each chain of calls in one line.
fn chained(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    lines.fold(String::new(), |mut joined, line| {
        if !line.starts_with('.') {
            joined.push('\n');
        }
        joined.push_str(line);
        joined
    })
}

/// The first line that has one of these words.
fn line_with(text: &str, words: &[&str]) -> Option<String> {
    let mut lines = text.lines().enumerate();
    let (number, line) = lines.find(|(_, line)| words.iter().any(|word| line.contains(word)))?;
    Some(format!("line {}: {}", number + 1, line.trim()))
}

/// The first line naming `other::store` from a file that isn't of the capability `other`.
fn foreign_store(path: &str, text: &str) -> Option<String> {
    let own = path.strip_prefix("crates/app/src/")?.split('/').next()?;
    let foreign = |line: &str| {
        line.match_indices("::store").any(|(at, store)| {
            let whole_word = !line[at + store.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
            let before = line[..at]
                .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap_or_default();
            whole_word && ![own, "self", "super"].contains(&before)
        })
    };
    let (number, line) = text.lines().enumerate().find(|(_, line)| foreign(line))?;
    Some(format!("line {}: {}", number + 1, line.trim()))
}

/// The first dependency that isn't three numbers.
fn unpinned(package: &str) -> Option<String> {
    let package: serde_json::Value = serde_json::from_str(package).ok()?;
    let kinds = ["dependencies", "devDependencies", "optionalDependencies"];
    let mut all = kinds
        .iter()
        .filter_map(|kind| package[kind].as_object())
        .flatten();
    let three_numbers = |version: &str| {
        version
            .split('.')
            .map(str::parse::<u32>)
            .filter(Result::is_ok)
            .count()
            == 3
    };
    let (name, version) = all.find(|(_, version)| !version.as_str().is_some_and(three_numbers))?;
    Some(format!("{name} {version}"))
}

/// The repository's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A text file of the repository.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text of these lines.
pub(crate) fn lines(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The Rust files of the repository, by their path.
pub(crate) fn sources() -> Vec<(String, String)> {
    let mut files = files();
    files.retain(|(path, _)| rust(path));
    files
}

/// All text files that git has or would take.
fn files() -> Vec<(String, String)> {
    let words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    // Whoever owns the clone: in a container it may be another than who runs the tests.
    let output = Command::new("git")
        .args(["-c", "safe.directory=*"])
        .args(words)
        .current_dir(root())
        .output()
        .expect("git runs");
    let paths = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let text = |path: &str| {
        Some((
            path.to_owned(),
            String::from_utf8(fs::read(root().join(path)).ok()?).ok()?,
        ))
    };
    paths.split_terminator('\0').filter_map(text).collect()
}

#[test]
fn the_house_keeps_its_rules() {
    let files = files();
    assert!(
        files.iter().any(|(path, _)| path == "Cargo.toml"),
        "git lists no files"
    );
    let mut broken = Vec::new();
    for rule in RULES {
        for (path, text) in files.iter().filter(|(path, _)| (rule.of)(path)) {
            broken.extend((rule.broken_by)(path, text).map(|why| format!("{}: {path}: {why}", rule.says)));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_rule_can_be_broken() {
    for Rule {
        says,
        of,
        broken_by,
        bad,
        good,
    } in RULES
    {
        for ((path, text), breaks) in [(bad, true), (good, false)] {
            let text = if bad.1.contains(&"npmjs.org") {
                text.concat()
            } else {
                lines(text)
            };
            assert!(of(path), "{says}: doesn't look at {path}");
            assert_eq!(broken_by(path, &text).is_some(), breaks, "{says}: {text}");
        }
    }
}

#[test]
fn stores_are_recognised_by_whole_words() {
    let path = "crates/app/src/account/service.rs";
    for (line, foreign) in [
        ("crate::vacancies::store::find", true),
        ("use crate::{account::store, vacancies::store};", true),
        ("super::super::privacy::store()", true),
        ("crate::account::store::find", false),
        ("super::store::find", false),
        ("crate::vacancies::storefront", false),
        ("gateway::stored", false),
    ] {
        assert_eq!(foreign_store(path, line).is_some(), foreign, "{line}");
    }
}
