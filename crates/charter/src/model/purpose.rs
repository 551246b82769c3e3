//! Owns: [`Purpose`], its basis and readers, and [`Role`]. Doesn't own: who is a recruiter today (`guard`).

use kernel::Locale;
use serde::Serialize;

use super::{Choice, Rule};
use crate::{
    Text, render,
    vocabulary::{
        BasisKind, Channel, Condition, Count, Duty, Intake, Need, Objection, OptIn, People, PurposeKind,
        StopWay,
    },
};

/// Why data is used: whose, which, on which ground, read by whom, kept how long.
#[derive(Debug, Clone, Serialize)]
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
    /// The fact without which it uses nothing.
    pub only_when: Option<Need>,
    /// Where what arrives goes first.
    pub intake: Intake,
    /// How the person objects, where it rests on a legitimate interest.
    pub objection: Objection,
    /// The fields by which people are put into groups; empty for no groups.
    pub groups_by: Vec<String>,
    /// What is only counted.
    pub statistics: Statistics,
    /// What is sent to people for it.
    pub communication: Communication,
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

/// What a purpose counts: figures without any person's id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Statistics {
    /// Which figures; empty for none.
    pub counts: Vec<Count>,
    /// A figure about fewer people is withheld.
    pub at_least: Option<u32>,
}

/// What is sent to people for a purpose, and how they stop it.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Communication {
    /// By which ways; empty when nothing is sent for it beyond answers.
    pub by: Vec<Channel>,
    /// How somebody joins.
    pub opt_in: Option<OptIn>,
    /// How somebody leaves.
    pub stop: Vec<StopWay>,
    /// The lists one may join apart.
    pub lists: Vec<Choice>,
}

/// A field that a purpose's forms may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its name.
    pub field: String,
    /// False for `"phone?"`.
    pub required: bool,
}

/// The legal basis of a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
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
