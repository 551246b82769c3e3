//! Owns: [`Again`], a form that goes back to its sender with what is wrong, and what of it stays. Doesn't own: what is wrong
//! with an answer ([`super::check`]).

use std::collections::{BTreeMap, BTreeSet};

use super::{Collecting, Problem};
use crate::Shown;

/// A form with something wrong: what was typed, for its sender alone.
pub struct Again {
    /// What is wrong, in the order of the form.
    pub problems: Vec<Problem>,
    /// What was typed, by field.
    pub typed: BTreeMap<String, Shown<String>>,
    /// Whether what the form wants confirmed was.
    pub acknowledged: bool,
    /// The purposes that were agreed to beside.
    pub agreed: BTreeSet<String>,
    /// The names of the files that came whole and stay attached, by field.
    pub attached: BTreeMap<String, Vec<Shown<String>>>,
    /// The value of the hidden [`DRAFT`] input, by which they stay.
    pub draft: String,
}

impl Collecting {
    pub(super) fn again(&mut self) -> Again {
        self.armed = false;
        // What is no field (the box to tick) stands last, as on the page.
        let fields = &self.form.fields;
        let order = |field: &str| {
            let at = fields.iter().position(|own| own.name == field);
            at.unwrap_or(fields.len())
        };
        self.problems.sort_by_key(|problem| order(&problem.field));
        let mut attached: BTreeMap<String, Vec<Shown<String>>> = BTreeMap::new();
        for kept in &self.draft.files {
            attached
                .entry(kept.field.clone())
                .or_default()
                .push(Shown::new(kept.name.clone()));
        }
        Again {
            problems: std::mem::take(&mut self.problems),
            typed: self
                .values
                .iter()
                .map(|(field, value)| (field.clone(), Shown::new(value.to_string())))
                .collect(),
            acknowledged: self.acknowledged,
            agreed: std::mem::take(&mut self.agreed),
            attached,
            draft: self.draft.seal(&self.guard),
        }
    }
}
