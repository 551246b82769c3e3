//! Owns: [`Section`], a table read key by key: its keys, plain values and tables. Doesn't own: words, lists and
//! what every rule has (`rules`), which keys a section has (one file each beside this one).

use std::str::FromStr;

use kernel::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::reader::{At, Reader, Span, excerpt};
use crate::{ClauseId, clause::is_name, shape, source::did_you_mean};

/// A table of the file, read key by key.
pub(crate) struct Section<'r, 't> {
    pub(crate) reader: &'r Reader<'t>,
    table: &'r DeTable<'t>,
    /// As a person would write its heading: `purpose.apply`.
    pub(crate) path: String,
    /// Its name within its kind: `apply`.
    pub(crate) name: String,
    pub(crate) span: Span,
}

impl<'r, 't> Section<'r, 't> {
    pub(crate) fn root(reader: &'r Reader<'t>, table: &'r DeTable<'t>) -> Self {
        Self {
            reader,
            table,
            path: String::new(),
            name: String::new(),
            span: 0..0,
        }
    }

    /// Reports every key that the language doesn't know here.
    pub(crate) fn known(&self) {
        self.only(&shape::names_at(&self.path));
    }

    /// Reports every key that isn't among `keys`.
    pub(crate) fn only(&self, keys: &[&str]) {
        for (key, _) in self.table {
            let written = key.get_ref().as_ref();
            if keys.contains(&written) {
                continue;
            }
            let (here, quoted) = (self.heading(), excerpt(written));
            let known = keys.join(", ");
            self.reader.suggest(
                &key.span(),
                "charter.unknown-key",
                did_you_mean(written, keys.iter().copied()),
                format!("« {quoted} » n’existe pas {}. Clés possibles : {known}.", here.0),
                format!("There is no “{quoted}” {}. Possible keys: {known}.", here.1),
            );
        }
    }

    fn heading(&self) -> (String, String) {
        if self.path.is_empty() {
            ("parmi les sections".to_owned(), "among the sections".to_owned())
        } else {
            (format!("dans [{}]", self.path), format!("in [{}]", self.path))
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// The value and the span of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'r Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// Where the value of a key stands, else the section.
    pub(crate) fn span_of(&self, key: &str) -> Span {
        self.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// Reports that a key that must be there isn't.
    pub(crate) fn missing(&self, key: &str) {
        let path = &self.path;
        self.reader.problem(
            &self.span,
            "charter.missing-key",
            format!("Il manque « {key} » dans [{path}]."),
            format!("[{path}] needs “{key}”."),
        );
    }

    /// Reports a value of the wrong type.
    pub(crate) fn wrong(&self, span: &Span, key: &str, fr: &str, en: &str) {
        self.reader.problem(
            span,
            "charter.wrong-type",
            format!("« {key} » attend {fr}."),
            format!("“{key}” takes {en}."),
        );
    }

    /// A text of one line or more.
    pub(crate) fn str(&self, key: &str) -> Option<At<&'r str>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                self.wrong(
                    &value.span(),
                    key,
                    "un texte qui ne soit pas vide",
                    "a text that isn’t empty",
                );
                None
            }
            Some(text) => Some(At {
                value: text,
                span: value.span(),
            }),
            None => {
                self.wrong(
                    &value.span(),
                    key,
                    "un texte entre guillemets",
                    "a text in quotes",
                );
                None
            }
        }
    }

    pub(crate) fn string(&self, key: &str) -> Option<String> {
        self.str(key).map(|text| text.value.trim().to_owned())
    }

    /// A text that must be there; empty, with a problem recorded, when it isn't.
    pub(crate) fn required_string(&self, key: &str) -> String {
        if !self.has(key) {
            self.missing(key);
        }
        self.string(key).unwrap_or_default()
    }

    pub(crate) fn bool(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong(&value.span(), key, "true ou false", "true or false");
        }
        found
    }

    /// A whole number from 1 to `most`.
    pub(crate) fn number(&self, key: &str, most: u32) -> Option<u32> {
        let value = self.get(key)?;
        let found = value.get_ref().as_integer().filter(|number| number.radix() == 10);
        let found = found
            .and_then(|number| number.as_str().parse().ok())
            .filter(|number| (1..=most).contains(number));
        if found.is_none() {
            let (fr, en) = (
                format!("un nombre entier de 1 à {most}"),
                format!("a whole number from 1 to {most}"),
            );
            self.wrong(&value.span(), key, &fr, &en);
        }
        found
    }

    /// A day, written bare (`2026-10-01`).
    pub(crate) fn date(&self, key: &str) -> Option<Date> {
        let value = self.get(key)?;
        let written = value
            .get_ref()
            .as_datetime()
            .filter(|datetime| datetime.time.is_none());
        let found = written.and_then(|datetime| Date::parse(&datetime.to_string()));
        if found.is_none() {
            let (fr, en) = (
                "une date sans guillemets : 2026-10-01",
                "a date without quotes: 2026-10-01",
            );
            self.wrong(&value.span(), key, fr, en);
        }
        found
    }

    /// A text that must read as a `T`: a duration, the id of a clause.
    pub(crate) fn parsed<T: FromStr>(&self, key: &str, fr: &str, en: &str) -> Option<T> {
        let text = self.str(key)?;
        let found = text.value.parse().ok();
        if found.is_none() {
            self.wrong(&text.span, key, fr, en);
        }
        found
    }

    /// An ISO 8601 duration.
    pub(crate) fn duration(&self, key: &str) -> Option<kernel::Duration> {
        self.parsed(
            key,
            "une durée ISO 8601 entre guillemets : \"P12M\" (12 mois), \"P90D\" (90 jours), \"PT72H\" (72 heures)",
            "an ISO 8601 duration in quotes: \"P12M\" (12 months), \"P90D\" (90 days), \"PT72H\" (72 hours)",
        )
    }

    /// A table under a key.
    pub(crate) fn table(&self, key: &str) -> Option<Self> {
        let (found, value) = self.table.get_key_value(key)?;
        let table = self.sub(found.span(), key, value)?;
        if self.path.is_empty() {
            self.reader.stands(&ClauseId::section(key), &table.span);
        }
        Some(table)
    }

    pub(crate) fn sub(&self, span: Span, key: &str, value: &'r Spanned<DeValue<'t>>) -> Option<Self> {
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        };
        match value.get_ref().as_table() {
            Some(table) => Some(Self {
                reader: self.reader,
                table,
                path,
                name: key.to_owned(),
                span,
            }),
            None => {
                self.reader.problem(
                    &value.span(),
                    "charter.wrong-type",
                    format!("« {path} » est une section : écrivez [{path}]."),
                    format!("“{path}” is a section: write [{path}]."),
                );
                None
            }
        }
    }

    /// A table standing in a list, as in `readers = [{ role = "it" }]`.
    pub(crate) fn element(&self, key: &str, value: &'r Spanned<DeValue<'t>>) -> Option<Self> {
        match value.get_ref().as_table() {
            Some(table) => Some(Self {
                reader: self.reader,
                table,
                path: format!("{}.{key}", self.path),
                name: key.to_owned(),
                span: value.span(),
            }),
            None => {
                self.wrong(
                    &value.span(),
                    key,
                    "une table entre accolades",
                    "a table in braces",
                );
                None
            }
        }
    }

    /// The tables under this one, in the order of the file: `[purpose.apply]`, `[purpose.secure]`. A name that
    /// can't be part of a clause's id is a problem.
    pub(crate) fn children(&self) -> Vec<Self> {
        let mut children: Vec<Self> = Vec::new();
        for (key, value) in self.table {
            let name = key.get_ref().as_ref();
            if !is_name(name) {
                let quoted = excerpt(name);
                self.reader.problem(
                    &key.span(),
                    "charter.bad-name",
                    format!(
                        "« {quoted} » ne peut pas nommer une règle : minuscules, chiffres et _, 64 au plus."
                    ),
                    format!("“{quoted}” can’t name a rule: lower-case letters, digits and _, 64 at most."),
                );
            } else if let Some(child) = self.sub(key.span(), name, value) {
                children.push(child);
            }
        }
        children.sort_by_key(|child| child.span.start);
        children
    }
}
