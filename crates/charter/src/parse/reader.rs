//! Owns: [`Reader`]: the text being read, its problems, the names and places of its rules. Doesn't own: reading a
//! table (`section`).

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    ops::Range,
};

use kernel::{Locale, Word as _};

use crate::{
    ClauseId, Place, Problem,
    source::{Lines, did_you_mean},
};

/// More problems than this tell nobody anything.
const MOST_PROBLEMS: usize = 200;

/// Bytes of the text.
pub(crate) type Span = Range<usize>;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A kind of rule that others refer to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Field,
    Purpose,
    Retention,
    Role,
    Processor,
    Copy,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Field,
        Self::Purpose,
        Self::Retention,
        Self::Role,
        Self::Processor,
        Self::Copy,
    ];

    pub(crate) const fn section(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Purpose => "purpose",
            Self::Retention => "retention",
            Self::Role => "role",
            Self::Processor => "processor",
            Self::Copy => "copy",
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
            (Self::Processor, Locale::Fr) => "Aucun prestataire",
            (Self::Processor, Locale::En) => "No processor",
            (Self::Copy, Locale::Fr) => "Aucune copie",
            (Self::Copy, Locale::En) => "No copy",
        }
    }
}

/// The text being read, what is wrong with it, and the names its rules bear.
pub(crate) struct Reader<'t> {
    lines: Lines<'t>,
    problems: RefCell<Vec<Problem>>,
    pub(crate) languages: Vec<Locale>,
    names: HashMap<Kind, HashSet<String>>,
    places: RefCell<HashMap<ClauseId, Place>>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            lines: Lines::of(text),
            problems: RefCell::default(),
            languages: vec![Locale::Fr],
            names: HashMap::new(),
            places: RefCell::default(),
        }
    }

    /// Reads a text in which every wording stands in both languages.
    pub(crate) fn bilingual(text: &'t str) -> Self {
        Self {
            languages: Locale::ALL.to_vec(),
            ..Self::new(text)
        }
    }

    pub(crate) fn place(&self, span: &Span) -> Place {
        self.lines.place(span.start)
    }

    pub(crate) fn declare(&mut self, kind: Kind, name: &str) {
        self.names.entry(kind).or_default().insert(name.to_owned());
    }

    fn is_full(&self) -> bool {
        self.problems.borrow().len() >= MOST_PROBLEMS
    }

    /// Records a problem; `fr` and `en` are whole sentences.
    pub(crate) fn problem(&self, span: &Span, rule: &'static str, fr: String, en: String) {
        self.suggest(span, rule, None, fr, en);
    }

    /// The same, with the word that was probably meant.
    pub(crate) fn suggest(
        &self,
        span: &Span,
        rule: &'static str,
        meant: Option<String>,
        fr: String,
        en: String,
    ) {
        if !self.is_full() {
            let problem = Problem::new(self.place(span), rule, meant, fr, en);
            self.problems.borrow_mut().push(problem);
        }
    }

    /// The name, when a rule of the kind bears it; a problem otherwise.
    pub(crate) fn reference(&self, kind: Kind, name: At<&str>) -> Option<String> {
        let names = self.names.get(&kind);
        if names.is_some_and(|names| names.contains(name.value)) {
            return Some(name.value.to_owned());
        }
        if self.is_full() {
            return None;
        }
        let (written, section) = (excerpt(name.value), kind.section());
        self.suggest(
            &name.span,
            "charter.unknown-reference",
            did_you_mean(name.value, names.into_iter().flatten().map(String::as_str)),
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
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    /// Remembers where a rule stands.
    pub(crate) fn stands(&self, clause: &ClauseId, span: &Span) {
        self.places.borrow_mut().insert(clause.clone(), self.place(span));
    }

    /// Whether a rule or section of that id has been read.
    pub(crate) fn knows(&self, clause: &ClauseId) -> bool {
        self.places.borrow().contains_key(clause)
    }

    /// Where each rule stands.
    pub(crate) fn into_places(self) -> HashMap<ClauseId, Place> {
        self.places.into_inner()
    }

    /// True while nothing is wrong.
    pub(crate) fn is_clean(&self) -> bool {
        self.problems.borrow().is_empty()
    }
}

/// At most forty characters of what was written: a problem quotes, it doesn't copy.
pub(crate) fn excerpt(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.to_owned(),
    }
}
