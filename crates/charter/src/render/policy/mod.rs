//! Owns: [`Policy`], the public policy as sections of clauses, the same clauses in both languages.
//! Doesn't own: HTML and Markdown (`render::html`, `render::markdown`), the marks beside the clauses.
//!
//! Written in layers: a box that says it in short, then one chapter for each question people ask. Every rule of
//! the charter is one clause here and bears the same id.

mod conduct;
mod data;
mod governance;
mod overview;
mod purposes;
mod recipients;
mod register;
mod sharing;

use kernel::{Date, Locale};
use serde::Serialize;

pub use register::{register, register_csv};

use super::Offer;
use super::words::{every_duration, pick, typeset};
use crate::{
    Charter, ClauseId,
    model::{FreeClause, Purpose, Rule},
    vocabulary::Strength,
};

/// The public policy in one language.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Policy {
    /// The language it is written in.
    pub locale: Locale,
    /// "Politique de confidentialité".
    pub title: String,
    /// Who answers for the data.
    pub controller: String,
    /// The charter's version.
    pub version: u32,
    /// From when it applies.
    pub effective: Date,
    /// When it was last edited.
    pub updated: Option<Date>,
    /// The digest of the charter's bytes, in hexadecimal.
    pub digest: String,
    /// In reading order.
    pub sections: Vec<Section>,
}

/// A chapter of the policy.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// Its anchor, the same in both languages: `purposes`.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// In one or two sentences.
    pub summary: String,
    /// In reading order.
    pub clauses: Vec<PublicClause>,
    /// True for a long chapter of details, whose clauses with a heading a page folds until they are wanted.
    pub folded: bool,
}

/// A clause as published.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PublicClause {
    /// The id of the rule it publishes: the anchor, and what a mark of proof stands beside.
    pub id: ClauseId,
    /// Its heading, when it has one.
    pub title: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// False for what the charter allows and the site doesn't do; the clause says so itself.
    pub offered: bool,
}

/// A piece of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// Terms and what is said of each.
    Terms(Vec<Term>),
    /// A table.
    Table(Table),
}

/// A term and what is said of it: one thing, or a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// "Base légale".
    pub term: String,
    /// One entry or more.
    pub says: Vec<String>,
}

/// A table: the first cell of a row is its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The column headings.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The rule it publishes, when that has no clause of its own: its anchor.
    pub id: Option<ClauseId>,
    /// The clause its heading leads to.
    pub leads_to: Option<ClauseId>,
    /// As many as the table has columns.
    pub cells: Vec<String>,
}

/// The chapters of details, and how many make a long one. Trackers, machines and rights are read as a whole.
const DETAILS: [&str; 7] = [
    "purposes",
    "data",
    "sources",
    "readers",
    "recipients",
    "copies",
    "shares",
];
const MANY: usize = 4;

impl PublicClause {
    /// Whether a long chapter folds it: it has a heading to find it by.
    #[must_use]
    pub const fn folds(&self) -> bool {
        self.title.is_some()
    }
}

/// The public policy in that language; the same clauses in both.
#[must_use]
pub fn policy(charter: &Charter, locale: Locale) -> Policy {
    let writer = Writer {
        charter,
        locale,
        offer: None,
    };
    writer.policy()
}

/// The same as a site shows it: what isn't offered is marked, and left out of the short layer.
#[must_use]
pub fn policy_where(charter: &Charter, locale: Locale, offer: &Offer) -> Policy {
    let writer = Writer {
        charter,
        locale,
        offer: Some(offer),
    };
    offer.mark(charter, writer.policy())
}

/// What every chapter is written with.
#[derive(Clone, Copy)]
struct Writer<'c> {
    charter: &'c Charter,
    locale: Locale,
    /// What the site does of it; `None` for the charter by itself, which knows no site.
    offer: Option<&'c Offer>,
}

impl Writer<'_> {
    fn say(self, fr: &str, en: &str) -> String {
        pick(self.locale, (fr, en)).to_owned()
    }

    fn policy(self) -> Policy {
        let chapters = [
            self.overview(),
            self.controller(),
            self.purposes(),
            self.data(),
            self.sources(),
            self.readers(),
            self.keeping(),
            self.recipients(),
            self.copies(),
            self.shares(),
            self.trackers(),
            self.machines(),
            self.security(),
            self.never(),
            self.rights(),
            self.changes(),
        ];
        let mut sections: Vec<Section> = chapters.into_iter().flatten().collect();
        for free in self.charter.clauses() {
            self.place(&mut sections, free);
        }
        for section in &mut sections {
            self.typeset(section);
        }
        self.document(sections)
    }

    /// Whether the site offers it.
    fn offers(self, purpose: &Purpose) -> bool {
        self.offer.is_none_or(|offer| offer.serves(purpose))
    }

    /// Whether the site does what the rule says.
    fn does(self, rule: &Rule) -> bool {
        self.offer
            .is_none_or(|offer| offer.includes(self.charter, &rule.clause))
    }

    fn document(self, sections: Vec<Section>) -> Policy {
        let charter = self.charter;
        Policy {
            locale: self.locale,
            title: self.say("Politique de confidentialité", "Privacy policy"),
            controller: charter.controller().name.clone(),
            version: charter.version(),
            effective: charter.effective(),
            updated: charter.updated(),
            digest: charter.digest().to_string(),
            sections,
        }
    }

    /// A chapter, unless it has nothing to say.
    fn section(
        self,
        id: &'static str,
        (fr, en): (&str, &str),
        summary: String,
        clauses: Vec<PublicClause>,
    ) -> Option<Section> {
        let detailed = |clause: &&PublicClause| clause.folds();
        (!clauses.is_empty()).then(|| Section {
            folded: DETAILS.contains(&id) && clauses.iter().filter(detailed).count() >= MANY,
            id,
            title: self.say(fr, en),
            summary,
            clauses,
        })
    }

    /// The clause of a rule, with the reason the charter gives for it.
    fn clause(self, rule: &Rule, title: Option<String>, mut blocks: Vec<Block>) -> PublicClause {
        if let Some(reason) = &rule.reason {
            blocks.push(Block::Text(reason.get(self.locale).to_owned()));
        }
        blocks.extend(self.vouched(rule).map(Block::Text));
        if !rule.gaps.is_empty() {
            blocks.push(Block::Text(self.say(
                "Cette clause est encore incomplète.",
                "This clause is still incomplete.",
            )));
        }
        PublicClause {
            id: rule.clause.clone(),
            title,
            blocks,
            offered: true,
        }
    }

    /// Who vouches for what no software sees, or that nothing stands behind it.
    fn vouched(self, rule: &Rule) -> Option<String> {
        if let Some(attest) = &rule.attest {
            let role = self
                .charter
                .role(&attest.by)
                .map_or("", |role| role.label(self.locale));
            let every = every_duration(attest.every, self.locale);
            let mut said = match self.locale {
                Locale::Fr => format!(
                    "Aucun logiciel ne peut le constater. Une attestation en est signée par {role} et renouvelée {every}."
                ),
                Locale::En => format!(
                    "No software can see this. A statement of it is signed by {role} and renewed {every}."
                ),
            };
            if let Some(says) = attest.says(self.locale) {
                said = format!("{said} {says}");
            }
            return Some(said);
        }
        (rule.evidence == [Strength::Declared])
            .then(|| self.say("Déclaré, non vérifié.", "Declared, not verified."))
    }

    /// The clause of a whole section of the file.
    fn lead(self, section: &str, blocks: Vec<Block>) -> PublicClause {
        PublicClause {
            id: ClauseId::section(section),
            title: None,
            blocks,
            offered: true,
        }
    }

    fn term(self, fr: &str, en: &str, says: impl IntoIterator<Item = String>) -> Term {
        Term {
            term: self.say(fr, en),
            says: says.into_iter().collect(),
        }
    }

    /// Puts the charter's own words right behind the rule they speak of.
    fn place(self, sections: &mut [Section], free: &FreeClause) {
        let clause = self.clause(
            &free.rule,
            None,
            vec![Block::Text(free.text(self.locale).to_owned())],
        );
        let whole = free.about.as_str().split('.').next().unwrap_or_default();
        let found = find(sections, free.about.as_str()).or_else(|| find(sections, whole));
        if let Some((section, at)) = found
            && let Some(section) = sections.get_mut(section)
        {
            section.clauses.insert(at + 1, clause);
        } else if let Some(section) = sections.first_mut() {
            section.clauses.push(clause);
        }
    }

    /// Sets every text of a chapter by the rules of its language.
    fn typeset(self, section: &mut Section) {
        let set = |text: &mut String| *text = typeset(text, self.locale);
        set(&mut section.title);
        set(&mut section.summary);
        for clause in &mut section.clauses {
            clause.title.iter_mut().for_each(set);
            for block in &mut clause.blocks {
                match block {
                    Block::Text(text) => set(text),
                    Block::List(items) => items.iter_mut().for_each(set),
                    Block::Terms(terms) => terms.iter_mut().for_each(|term| {
                        set(&mut term.term);
                        term.says.iter_mut().for_each(set);
                    }),
                    Block::Table(table) => {
                        set(&mut table.caption);
                        table.head.iter_mut().for_each(set);
                        table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(set);
                    }
                }
            }
        }
    }
}

/// Where the clause of that id stands: chapter and place within it.
fn find(sections: &[Section], id: &str) -> Option<(usize, usize)> {
    sections.iter().enumerate().find_map(|(section, chapter)| {
        let at = chapter
            .clauses
            .iter()
            .position(|clause| clause.id.as_str() == id)?;
        Some((section, at))
    })
}

#[cfg(test)]
mod tests;
