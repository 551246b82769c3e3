//! Owns: [`Reader`] (the text, its problems, the names it declares) and [`Section`], a table read key by key.
//! Doesn't own: which keys a section has (one file each beside this one).

use std::{cell::RefCell, collections::HashMap, ops::Range, str::FromStr};

use kernel::{Date, Locale, Word};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    ClauseId, Place, Problem, Text,
    clause::is_name,
    model::{Item, Rule},
    source::{Lines, did_you_mean},
};

/// More problems than this tell nobody anything.
const MOST_PROBLEMS: usize = 200;

/// Bytes of the text.
pub(super) type Span = Range<usize>;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// A kind of rule that others refer to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Field,
    Purpose,
    Retention,
    Role,
}

impl Kind {
    pub(super) const fn section(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Purpose => "purpose",
            Self::Retention => "retention",
            Self::Role => "role",
        }
    }

    const fn named(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Field, Locale::Fr) => "Aucun champ",
            (Self::Field, Locale::En) => "No field",
            (Self::Purpose, Locale::Fr) => "Aucune finalité",
            (Self::Purpose, Locale::En) => "No purpose",
            (Self::Retention, Locale::Fr) => "Aucune durée de conservation",
            (Self::Retention, Locale::En) => "No retention",
            (Self::Role, Locale::Fr) => "Aucun rôle",
            (Self::Role, Locale::En) => "No role",
        }
    }
}

/// The text being read, what is wrong with it, and the names its rules bear.
pub(super) struct Reader<'t> {
    lines: Lines<'t>,
    problems: RefCell<Vec<Problem>>,
    pub(super) languages: Vec<Locale>,
    names: Vec<(Kind, String)>,
    places: RefCell<HashMap<ClauseId, Place>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            lines: Lines::of(text),
            problems: RefCell::default(),
            languages: vec![Locale::Fr],
            names: Vec::new(),
            places: RefCell::default(),
        }
    }

    pub(super) fn place(&self, span: &Span) -> Place {
        self.lines.place(span.start)
    }

    pub(super) fn declare(&mut self, kind: Kind, name: &str) {
        self.names.push((kind, name.to_owned()));
    }

    fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .filter(move |(of, _)| *of == kind)
            .map(|(_, name)| name.as_str())
    }

    /// Records a problem; `fr` and `en` are whole sentences.
    pub(super) fn problem(&self, span: &Span, rule: &'static str, fr: String, en: String) {
        self.suggest(span, rule, None, fr, en);
    }

    fn suggest(&self, span: &Span, rule: &'static str, meant: Option<String>, fr: String, en: String) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            problems.push(Problem::new(self.place(span), rule, meant, fr, en));
        }
    }

    /// The name, when a rule of the kind bears it; a problem otherwise.
    pub(super) fn reference(&self, kind: Kind, name: At<&str>) -> Option<String> {
        if self.names(kind).any(|known| known == name.value) {
            return Some(name.value.to_owned());
        }
        let (written, section) = (excerpt(name.value), kind.section());
        self.suggest(
            &name.span,
            "charter.unknown-reference",
            did_you_mean(name.value, self.names(kind)),
            format!(
                "{} « {written} » dans cette charte : déclarez [{section}.{written}].",
                kind.named(Locale::Fr)
            ),
            format!(
                "{} “{written}” in this charter: declare [{section}.{written}].",
                kind.named(Locale::En)
            ),
        );
        None
    }

    /// The problems found, in the order of the text.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    /// Remembers where a rule stands.
    fn stands(&self, clause: &ClauseId, span: &Span) {
        self.places.borrow_mut().insert(clause.clone(), self.place(span));
    }

    /// Whether a rule or section of that id has been read.
    pub(super) fn knows(&self, clause: &ClauseId) -> bool {
        self.places.borrow().contains_key(clause)
    }

    /// Where each rule stands.
    pub(super) fn into_places(self) -> HashMap<ClauseId, Place> {
        self.places.into_inner()
    }

    /// True while nothing is wrong.
    pub(super) fn is_clean(&self) -> bool {
        self.problems.borrow().is_empty()
    }
}

/// At most forty characters of what was written: a problem quotes, it doesn't copy.
pub(super) fn excerpt(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.to_owned(),
    }
}

/// A table of the file, read key by key.
pub(super) struct Section<'r, 't> {
    pub(super) reader: &'r Reader<'t>,
    table: &'r DeTable<'t>,
    /// As a person would write its heading: `purpose.apply`.
    pub(super) path: String,
    /// Its name within its kind: `apply`.
    pub(super) name: String,
    pub(super) span: Span,
}

impl<'r, 't> Section<'r, 't> {
    pub(super) fn root(reader: &'r Reader<'t>, table: &'r DeTable<'t>) -> Self {
        Self {
            reader,
            table,
            path: String::new(),
            name: String::new(),
            span: 0..0,
        }
    }

    /// Reports every key that isn't among `keys`, or that every rule may have.
    pub(super) fn rule_only(&self, keys: &[&str]) {
        self.only(&[keys, &["promises", "reason"]].concat());
    }

    /// Reports every key that isn't among `keys`.
    pub(super) fn only(&self, keys: &[&str]) {
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

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// The value and the span of a key.
    fn get(&self, key: &str) -> Option<&'r Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// Where the value of a key stands, else the section.
    pub(super) fn span_of(&self, key: &str) -> Span {
        self.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// Reports that a key that must be there isn't.
    pub(super) fn missing(&self, key: &str) {
        let path = &self.path;
        self.reader.problem(
            &self.span,
            "charter.missing-key",
            format!("Il manque « {key} » dans [{path}]."),
            format!("[{path}] needs “{key}”."),
        );
    }

    /// Reports a value of the wrong type.
    fn wrong(&self, span: &Span, key: &str, fr: &str, en: &str) {
        self.reader.problem(
            span,
            "charter.wrong-type",
            format!("« {key} » attend {fr}."),
            format!("“{key}” takes {en}."),
        );
    }

    /// A text of one line or more.
    pub(super) fn str(&self, key: &str) -> Option<At<&'r str>> {
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

    pub(super) fn string(&self, key: &str) -> Option<String> {
        self.str(key).map(|text| text.value.trim().to_owned())
    }

    /// A text that must be there; empty, with a problem recorded, when it isn't.
    pub(super) fn required_string(&self, key: &str) -> String {
        if !self.has(key) {
            self.missing(key);
        }
        self.string(key).unwrap_or_default()
    }

    pub(super) fn bool(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong(&value.span(), key, "true ou false", "true or false");
        }
        found
    }

    /// A whole number from 1 to `most`.
    pub(super) fn number(&self, key: &str, most: u32) -> Option<u32> {
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
    pub(super) fn date(&self, key: &str) -> Option<Date> {
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
    pub(super) fn parsed<T: FromStr>(&self, key: &str, fr: &str, en: &str) -> Option<T> {
        let text = self.str(key)?;
        let found = text.value.parse().ok();
        if found.is_none() {
            self.wrong(&text.span, key, fr, en);
        }
        found
    }

    /// An ISO 8601 duration.
    pub(super) fn duration(&self, key: &str) -> Option<kernel::Duration> {
        self.parsed(
            key,
            "une durée ISO 8601 entre guillemets : \"P12M\" (12 mois), \"P90D\" (90 jours), \"PT72H\" (72 heures)",
            "an ISO 8601 duration in quotes: \"P12M\" (12 months), \"P90D\" (90 days), \"PT72H\" (72 hours)",
        )
    }

    /// One word of a closed vocabulary.
    pub(super) fn word<W: Word>(&self, key: &str) -> Option<W> {
        self.to_word(key, self.str(key)?)
    }

    /// A word that must be there.
    pub(super) fn required_word<W: Word>(&self, key: &str) -> Option<W> {
        if !self.has(key) {
            self.missing(key);
        }
        self.word(key)
    }

    pub(super) fn to_word<W: Word>(&self, key: &str, text: At<&str>) -> Option<W> {
        let found = W::from_word(text.value).ok();
        if found.is_none() {
            let words: Vec<&str> = W::ALL.iter().map(|word| word.word()).collect();
            let (written, known) = (excerpt(text.value), words.join(", "));
            self.reader.suggest(
                &text.span,
                "charter.unknown-word",
                did_you_mean(text.value, words),
                format!("« {written} » n’est pas un mot que « {key} » connaisse. Mots possibles : {known}."),
                format!("“{written}” is no word that “{key}” knows. Possible words: {known}."),
            );
        }
        found
    }

    /// A list of words; a single one may stand without brackets. A word twice is a problem.
    pub(super) fn words<W: Word + PartialEq>(&self, key: &str) -> Vec<W> {
        let mut found = Vec::new();
        for text in self.strings(key) {
            let span = text.span.clone();
            if let Some(word) = self.to_word::<W>(key, text) {
                if found.contains(&word) {
                    self.twice(&span, word.word());
                } else {
                    found.push(word);
                }
            }
        }
        found
    }

    pub(super) fn twice(&self, span: &Span, what: &str) {
        let what = excerpt(what);
        self.reader.problem(
            span,
            "charter.twice",
            format!("« {what} » figure deux fois : gardez-en un."),
            format!("“{what}” stands twice: keep one."),
        );
    }

    /// The values of a list; a single value may stand without brackets.
    pub(super) fn values(&self, key: &str) -> Vec<&'r Spanned<DeValue<'t>>> {
        match self.get(key) {
            None => Vec::new(),
            Some(value) => value
                .get_ref()
                .as_array()
                .map_or_else(|| vec![value], |list| list.iter().collect()),
        }
    }

    /// A list of texts; a single one may stand without brackets.
    pub(super) fn strings(&self, key: &str) -> Vec<At<&'r str>> {
        let read = |value: &'r Spanned<DeValue<'t>>| {
            let text = value.get_ref().as_str().map(|text| At {
                value: text,
                span: value.span(),
            });
            if text.is_none() {
                self.wrong(
                    &value.span(),
                    key,
                    "des textes entre guillemets",
                    "texts in quotes",
                );
            }
            text
        };
        self.values(key).into_iter().filter_map(read).collect()
    }

    /// A list of names of rules of that kind.
    pub(super) fn references(&self, key: &str, kind: Kind) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in self.strings(key) {
            let span = name.span.clone();
            if let Some(name) = self.reader.reference(kind, name) {
                if found.contains(&name) {
                    self.twice(&span, &name);
                } else {
                    found.push(name);
                }
            }
        }
        found
    }

    /// A table under a key.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let (found, value) = self.table.get_key_value(key)?;
        let table = self.sub(found.span(), key, value)?;
        if self.path.is_empty() {
            self.reader.stands(&ClauseId::section(key), &table.span);
        }
        Some(table)
    }

    fn sub(&self, span: Span, key: &str, value: &'r Spanned<DeValue<'t>>) -> Option<Self> {
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
    pub(super) fn element(&self, key: &str, value: &'r Spanned<DeValue<'t>>) -> Option<Self> {
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
    pub(super) fn children(&self) -> Vec<Self> {
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

    /// A text in both languages: `{ fr = "…", en = "…" }`. Each language of the charter must be there; the
    /// other may be left out and then reads the same.
    pub(super) fn text(&self, key: &str) -> Option<Text> {
        let table = self.table(key)?;
        table.only(&["fr", "en"]);
        table.pair()
    }

    /// The same, or one text that reads the same in every language: `"code de commerce L123-22"`.
    pub(super) fn text_or_string(&self, key: &str) -> Option<Text> {
        if self.get(key)?.get_ref().is_str() {
            return self.string(key).map(|text| Text::new(text.clone(), text));
        }
        self.text(key)
    }

    /// The `fr` and `en` of this very table.
    pub(super) fn pair(&self) -> Option<Text> {
        let (fr, en) = (self.string("fr"), self.string("en"));
        for locale in &self.reader.languages {
            if !self.has(locale.word()) {
                self.missing(locale.word());
            }
        }
        let either = fr.clone().or_else(|| en.clone())?;
        Some(Text::new(
            fr.unwrap_or_else(|| either.clone()),
            en.unwrap_or(either),
        ))
    }

    /// A text in both languages that must be there.
    pub(super) fn required_text(&self, key: &str) -> Text {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or_else(|| Text::fixed("", ""))
    }

    /// What every rule has, with its place remembered; `section` is the kind of rule: `purpose`.
    pub(super) fn rule(&self, section: &str) -> Rule {
        self.rule_as(ClauseId::of(section, &self.name))
    }

    /// The same for a section that is a single rule: `controller`.
    pub(super) fn single_rule(&self) -> Rule {
        self.rule_as(ClauseId::section(&self.name))
    }

    fn rule_as(&self, clause: ClauseId) -> Rule {
        self.reader.stands(&clause, &self.span);
        let promises = self
            .strings("promises")
            .into_iter()
            .filter_map(|promise| self.promise(promise))
            .collect();
        Rule {
            clause,
            promises,
            reason: self.text("reason"),
        }
    }

    /// The number of a promise: a capital letter and two digits.
    fn promise(&self, promise: At<&str>) -> Option<String> {
        let bytes = promise.value.as_bytes();
        let good = matches!(bytes, [letter, rest @ ..] if letter.is_ascii_uppercase()
            && (1..=3).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit));
        if !good {
            self.wrong(
                &promise.span,
                "promises",
                "des numéros tels que \"A18\"",
                "numbers such as \"A18\"",
            );
        }
        good.then(|| promise.value.to_owned())
    }

    /// A list of words each of which is a rule: `rules = ["sell", { rule = "ad_tracker", promises = ["A17"] }]`.
    pub(super) fn items<W: Word + PartialEq>(
        &self,
        key: &str,
        section: &str,
        word_key: &str,
    ) -> Vec<Item<W>> {
        let mut items: Vec<Item<W>> = Vec::new();
        for value in self.values(key) {
            let (word, rule) = if let Some(text) = value.get_ref().as_str() {
                let word = self.to_word::<W>(
                    key,
                    At {
                        value: text,
                        span: value.span(),
                    },
                );
                (
                    word,
                    Rule {
                        clause: ClauseId::section(section),
                        promises: Vec::new(),
                        reason: None,
                    },
                )
            } else if let Some(element) = self.element(key, value) {
                element.rule_only(&[word_key]);
                (
                    element.required_word::<W>(word_key),
                    element.rule_as(ClauseId::section(section)),
                )
            } else {
                continue;
            };
            let Some(word) = word else { continue };
            if items.iter().any(|item| item.word == word) {
                self.twice(&value.span(), word.word());
                continue;
            }
            let clause = ClauseId::of(section, word.word());
            self.reader.stands(&clause, &value.span());
            items.push(Item {
                rule: Rule { clause, ..rule },
                word,
            });
        }
        self.reader.stands(&ClauseId::section(section), &self.span);
        items
    }
}
