//! Owns: x
use crate::{Charter, ClauseId};
use kernel::{Date, Locale};

/// The public policy in one language.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Policy {
    /// The language it is written in.
    pub locale: Locale,
    /// "Politique de confidentialité de Groupe Exemple".
    pub title: String,
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
#[derive(Debug, Clone)]
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
}

/// A clause as published.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PublicClause {
    /// The id of the rule it publishes: the anchor, and what a mark of proof stands beside.
    pub id: ClauseId,
    /// Its heading, when it has one.
    pub title: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// Terms and what they say: "Base légale" – "…".
    Terms(Vec<(String, String)>),
    /// A table with a caption; the first row is its head, the first cell of a row its heading.
    Table {
        /// What it shows.
        caption: String,
        /// The column headings.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// The clause it leads to.
    pub clause: Option<ClauseId>,
}

/// The public policy in that language; the same clauses in both.
#[must_use]
pub fn policy(charter: &Charter, locale: Locale) -> Policy {
    Policy {
        locale,
        title: charter.controller().name.clone(),
        version: charter.version(),
        effective: charter.effective(),
        updated: charter.updated(),
        digest: charter.digest().to_string(),
        sections: vec![],
    }
}
