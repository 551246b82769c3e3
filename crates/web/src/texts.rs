//! Owns: the texts of all capabilities in both languages, checked at start. Doesn't own: any text but the kit's.

use std::{borrow::Cow, collections::BTreeMap};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::Entry;
use kernel::{Locale, Word as _};
use unic_langid::LanguageIdentifier;

use crate::{kit::KitError, words};

/// An argument of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Words, put in as they are.
    Text(String),
    /// A number: chooses the plural form and is written as the language writes it.
    Number(f64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}
impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

/// A text not yet said: its key and arguments, put into words once the reader's language is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Say {
    /// The text's key.
    pub key: Cow<'static, str>,
    /// Its arguments.
    pub args: Vec<(&'static str, Arg)>,
}

impl Say {
    /// The text of that key, without arguments.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self {
            key: Cow::Borrowed(key),
            args: Vec::new(),
        }
    }

    /// With one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Where a text was written, for messages about it.
pub(crate) struct Source {
    /// `applications/locales/fr.ftl`, or a path in the site's theme.
    pub(crate) file: String,
    pub(crate) locale: Locale,
    pub(crate) text: String,
    /// True for a site's theme, which may replace a text that exists and add none.
    pub(crate) overrides: bool,
}

/// Every text, ready to be said.
pub(crate) struct Book {
    fr: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Book {
    /// Binds the sources together.
    pub(crate) fn bind(sources: Vec<Source>) -> Result<Self, KitError> {
        let mut book = Self {
            fr: bundle(Locale::Fr),
            en: bundle(Locale::En),
        };
        let mut keys: BTreeMap<Locale, BTreeMap<String, (String, usize)>> = BTreeMap::new();
        for source in sources {
            let known = keys.entry(source.locale).or_default();
            let resource = parse(&source)?;
            for key in entry_keys(&resource) {
                let place = (source.file.clone(), line_of_key(&source.text, &key));
                match (known.get(&key), source.overrides) {
                    (Some((file, line)), false) => {
                        return Err(KitError::DuplicateText {
                            key,
                            first: format!("{file}:{line}"),
                            second: format!("{}:{}", place.0, place.1),
                        });
                    }
                    (None, true) => {
                        return Err(KitError::UnknownText {
                            key,
                            place: format!("{}:{}", place.0, place.1),
                            hint: "a theme may replace a text that Vivier has, and add none",
                        });
                    }
                    _ => known.insert(key, place),
                };
            }
            let bundle = match source.locale {
                Locale::Fr => &mut book.fr,
                Locale::En => &mut book.en,
            };
            if source.overrides {
                bundle.add_resource_overriding(resource);
            } else {
                // Overriding is the only error there is, and it was looked for above.
                let _ = bundle.add_resource(resource);
            }
        }
        check_pairs(&keys)?;
        Ok(book)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.fr.has_message(key)
    }

    /// The text in the language; `Err` names what is missing.
    pub(crate) fn say(&self, locale: Locale, key: &str, args: &FluentArgs<'_>) -> Result<String, String> {
        let bundle = match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        };
        let pattern = bundle
            .get_message(key)
            .and_then(|message| message.value())
            .ok_or_else(|| format!("no text {key}"))?;
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut faults);
        match faults.first() {
            None => Ok(text.into_owned()),
            Some(fault) => Err(format!("text {key}: {fault}")),
        }
    }
}

/// Arguments as fluent wants them.
pub(crate) fn fluent_args<'a>(args: &'a [(&'a str, Arg)]) -> FluentArgs<'a> {
    args.iter()
        .map(|(name, arg)| {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            (*name, value)
        })
        .collect()
}

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let (id, formatter): (&str, fn(&FluentValue<'_>, &_) -> Option<String>) = match locale {
        Locale::Fr => ("fr", |value, _| number(value, Locale::Fr)),
        Locale::En => ("en-GB", |value, _| number(value, Locale::En)),
    };
    let id = id.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(formatter));
    bundle
}

fn number(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(words::number(number.value, locale)),
        _ => None,
    }
}

fn parse(source: &Source) -> Result<FluentResource, KitError> {
    FluentResource::try_new(source.text.clone()).map_err(|(_, errors)| {
        let (line, reason) = errors.first().map_or((1, String::new()), |error| {
            (line_at(&source.text, error.pos.start), error.kind.to_string())
        });
        KitError::BrokenText {
            file: source.file.clone(),
            line,
            reason,
        }
    })
}

fn entry_keys(resource: &FluentResource) -> Vec<String> {
    resource
        .entries()
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            Entry::Term(term) => Some(format!("-{}", term.id.name)),
            _ => None,
        })
        .collect()
}

/// The line, from 1, that a byte of the text is on.
fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}

fn line_of_key(text: &str, key: &str) -> usize {
    let starts = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(starts).map_or(1, |index| index + 1)
}

fn check_pairs(keys: &BTreeMap<Locale, BTreeMap<String, (String, usize)>>) -> Result<(), KitError> {
    for locale in Locale::ALL.iter().copied() {
        for (other, theirs) in keys.iter().filter(|(other, _)| **other != locale) {
            for (key, (file, line)) in theirs {
                if !keys.get(&locale).is_some_and(|ours| ours.contains_key(key)) {
                    return Err(KitError::UntranslatedText {
                        key: key.clone(),
                        has: *other,
                        lacks: locale,
                        place: format!("{file}:{line}"),
                    });
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(file: &str, locale: Locale, text: &str) -> Source {
        Source {
            file: file.to_owned(),
            locale,
            text: text.to_owned(),
            overrides: file.starts_with("theme"),
        }
    }

    fn fault(sources: Vec<Source>) -> String {
        Book::bind(sources)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn says_plurals_and_numbers_as_the_language_does() {
        let fr = "jobs = { $count ->\n    [one] { $count } offre\n   *[other] { $count } offres\n }\n";
        let en = "jobs = { $count ->\n    [one] { $count } job\n   *[other] { $count } jobs\n }\n";
        let book = Book::bind(vec![source("a", Locale::Fr, fr), source("a", Locale::En, en)]).unwrap();
        let say = |locale, count: i32| {
            book.say(locale, "jobs", &fluent_args(&[("count", count.into())]))
                .unwrap()
        };
        assert_eq!(say(Locale::Fr, 0), "0 offre");
        assert_eq!(say(Locale::En, 0), "0 jobs");
        assert_eq!(say(Locale::Fr, 12_500), "12\u{202f}500 offres");
        assert_eq!(say(Locale::En, 12_500), "12,500 jobs");
        assert!(book.say(Locale::En, "jobs", &FluentArgs::new()).is_err());
        assert!(book.say(Locale::En, "none", &FluentArgs::new()).is_err());
    }

    #[test]
    fn a_broken_text_is_named_with_its_line() {
        let broken = fault(vec![source(
            "jobs/locales/fr.ftl",
            Locale::Fr,
            "a = un\n\nb deux\nc = trois\n",
        )]);
        assert!(broken.contains("jobs/locales/fr.ftl:3"), "{broken}");
    }

    #[test]
    fn duplicates_and_gaps_are_errors() {
        let twice = fault(vec![
            source("a.ftl", Locale::Fr, "x = 1\n"),
            source("b.ftl", Locale::Fr, "\nx = 2\n"),
        ]);
        assert!(twice.contains("a.ftl:1") && twice.contains("b.ftl:2"), "{twice}");
        let gap = fault(vec![
            source("a.ftl", Locale::Fr, "x = 1\n"),
            source("a.ftl", Locale::En, "y = 1\n"),
        ]);
        assert!(
            gap.contains("en") && gap.contains('x') || gap.contains('y'),
            "{gap}"
        );
    }

    #[test]
    fn a_theme_replaces_and_adds_none() {
        let base = || {
            vec![
                source("a.ftl", Locale::Fr, "x = 1\n"),
                source("a.ftl", Locale::En, "x = 1\n"),
            ]
        };
        let mut sources = base();
        sources.push(source("theme/locales/fr.ftl", Locale::Fr, "x = autre\n"));
        let book = Book::bind(sources).unwrap();
        assert_eq!(book.say(Locale::Fr, "x", &FluentArgs::new()).unwrap(), "autre");
        let mut sources = base();
        sources.push(source("theme/locales/fr.ftl", Locale::Fr, "# hello\nz = autre\n"));
        let fault = fault(sources);
        assert!(fault.contains("theme/locales/fr.ftl:2"), "{fault}");
    }
}
