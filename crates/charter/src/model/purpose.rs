//! Owns: [`Purpose`], its basis and readers, and [`Role`]. Doesn't own: who is a recruiter today (`guard`).

use kernel::Locale;

use super::Rule;
use crate::{
    Text, render,
    vocabulary::{BasisKind, Condition, Duty, People, PurposeKind},
};

/// Why data is used: whose, which, on which ground, read by whom, kept how long.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Purpose {
    /// Its id (`purpose.apply`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// What it is, of the closed list; two purposes may share a kind.
    pub kind: PurposeKind,
    /// Whose data.
    pub people: Vec<People>,
    /// What its forms may ask.
    pub asks: Vec<Asked>,
    /// What it uses beside: made by the service, or collected elsewhere.
    pub uses: Vec<String>,
    /// Its ground.
    pub basis: Basis,
    /// The ground of what the person may leave out, when another.
    pub optional_basis: Option<Basis>,
    /// Who reads.
    pub readers: Vec<Reader>,
    /// The retentions whose clocks run; the shortest wins.
    pub retention: Vec<String>,
    pub(crate) title: Option<Text>,
    pub(crate) about: Option<Text>,
}

impl Purpose {
    /// What it is for, as a heading: "Traiter votre candidature".
    #[must_use]
    pub fn title(&self, locale: Locale) -> &str {
        self.title.as_ref().map_or_else(
            || render::purpose_title(self.kind, locale),
            |title| title.get(locale),
        )
    }

    /// What the charter adds to it in its own words.
    #[must_use]
    pub fn about(&self, locale: Locale) -> Option<&str> {
        self.about.as_ref().map(|about| about.get(locale))
    }

    /// The names of all its fields, asked and used.
    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.asks
            .iter()
            .map(|asked| asked.field.as_str())
            .chain(self.uses.iter().map(String::as_str))
    }
}

/// A field that a purpose's forms may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub field: String,
    /// False for `"phone?"`.
    pub required: bool,
}

/// The legal basis of a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Basis {
    /// Which.
    pub kind: BasisKind,
    /// For a legal obligation: the text that obliges.
    pub reference: Option<Text>,
    /// For a legitimate interest: the interest, a noun phrase ("la sécurité du site").
    pub interest: Option<Text>,
    /// For a legitimate interest: where its balancing is written down.
    pub balancing: Option<String>,
}

/// A role that reads for a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reader {
    /// Which role.
    pub role: String,
    /// When.
    pub when: Condition,
    /// Which fields; `None` is all of the purpose's.
    pub fields: Option<Vec<String>>,
}

/// A group of the controller's people.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Role {
    /// Its id (`role.recruiter`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// What it is charged with.
    pub may: Vec<Duty>,
    pub(crate) label: Text,
}

impl Role {
    /// Its name for people: "le service recrutement".
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        self.label.get(locale)
    }

    /// Whether it is charged with the duty.
    #[must_use]
    pub fn has(&self, duty: Duty) -> bool {
        self.may.contains(&duty)
    }
}
