//! Owns: [`Rule`], what every rule has beside its content, and [`Attest`]. Doesn't own: proving it (`guard::prove`).

use kernel::{Duration, Locale};
use serde::Serialize;

use crate::{ClauseId, Text, vocabulary::Strength};

/// What every rule has beside its content.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Rule {
    /// Its id, the same in the file, the policy, refusals and records.
    pub clause: ClauseId,
    /// Which promises of the policy it keeps (`A18`): the tests' thread from policy to code.
    pub promises: Vec<String>,
    /// Why it departs from what the checker advises; published with the rule.
    pub reason: Option<Text>,
    /// Which evidence stands behind it; empty leaves that to the provers.
    pub evidence: Vec<Strength>,
    /// Who vouches for what no software sees.
    pub attest: Option<Attest>,
    /// What somebody must still settle; the check lists each.
    pub gaps: Vec<String>,
}

/// A statement that a person signs, with a date and an end: for a building, a contract, a way of working.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Attest {
    /// The role that signs.
    pub by: String,
    /// How long a statement holds.
    pub every: Duration,
    /// What it rests on: a path or an address.
    pub document: Option<String>,
    pub(crate) says: Option<Text>,
}

impl Rule {
    /// A rule with nothing beside its id.
    pub(crate) const fn of(clause: ClauseId) -> Self {
        Self {
            clause,
            promises: Vec::new(),
            reason: None,
            evidence: Vec::new(),
            attest: None,
            gaps: Vec::new(),
        }
    }
}

impl Attest {
    /// What is stated, when that isn't the whole rule.
    #[must_use]
    pub fn says(&self, locale: Locale) -> Option<&str> {
        self.says.as_ref().map(|says| says.get(locale))
    }
}
