//! Owns: what the published policy says of a clause before and after a change, line by line, in the policy's own words.
//! Doesn't own: which clauses change and what that takes (`crate::diff`).

use kernel::Locale;
use serde::Serialize;

use super::policy::{Block, Policy, policy};
use crate::{Charter, ClauseId};

/// A line of a clause that isn't the same before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// What the line is about, where the policy names it: "Base légale".
    pub term: Option<String>,
    /// What was said and isn't any more.
    pub before: Vec<String>,
    /// What is said now and wasn't.
    pub after: Vec<String>,
}

/// Two versions of a charter as people read them, to look up what becomes of each clause.
pub struct Comparison {
    older: Policy,
    newer: Policy,
}

/// What a clause says: its heading, and lines with what each is about.
type Said = (Option<String>, Vec<(Option<String>, String)>);

impl Comparison {
    /// Of these two, in that language.
    #[must_use]
    pub fn new(older: &Charter, newer: &Charter, locale: Locale) -> Self {
        Self {
            older: policy(older, locale),
            newer: policy(newer, locale),
        }
    }

    /// The clause's heading in the newer version, or what it was in the older: its own, or its chapter's.
    #[must_use]
    pub fn title(&self, clause: &ClauseId) -> Option<String> {
        let title = |policy| said(policy, clause).0;
        title(&self.newer).or_else(|| title(&self.older))
    }

    /// The lines of the clause that differ, in reading order; empty for a clause that the policy doesn't publish in
    /// words of its own.
    #[must_use]
    pub fn lines(&self, clause: &ClauseId) -> Vec<Compared> {
        let (before, after) = (said(&self.older, clause).1, said(&self.newer, clause).1);
        let mut lines: Vec<Compared> = Vec::new();
        let gone = before.iter().filter(|line| !after.contains(line));
        let come = after.iter().filter(|line| !before.contains(line));
        let sides = gone
            .map(|line| (line, true))
            .chain(come.map(|line| (line, false)));
        for ((term, text), is_gone) in sides {
            let at = lines
                .iter()
                .position(|line| line.term == *term)
                .unwrap_or(lines.len());
            if at == lines.len() {
                lines.push(Compared {
                    term: term.clone(),
                    before: Vec::new(),
                    after: Vec::new(),
                });
            }
            let Some(line) = lines.get_mut(at) else { continue };
            let side = if is_gone {
                &mut line.before
            } else {
                &mut line.after
            };
            side.push(text.clone());
        }
        lines
    }
}

fn said(policy: &Policy, clause: &ClauseId) -> Said {
    let mut own = policy.sections.iter().flat_map(|section| &section.clauses);
    if let Some(own) = own.find(|own| own.id == *clause) {
        let chapter = policy
            .sections
            .iter()
            .find(|section| section.clauses.iter().any(|one| one.id == *clause));
        let title = own
            .title
            .clone()
            .or_else(|| chapter.map(|chapter| chapter.title.clone()));
        return (title, own.blocks.iter().flat_map(of_block).collect());
    }
    // Some rules are a row of a table, not a clause of their own.
    let clauses = policy.sections.iter().flat_map(|section| &section.clauses);
    let tables = clauses
        .flat_map(|clause| &clause.blocks)
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
    for table in tables {
        if let Some(row) = table.rows.iter().find(|row| row.id.as_ref() == Some(clause)) {
            let named = table
                .head
                .iter()
                .cloned()
                .map(Some)
                .zip(row.cells.iter().cloned());
            return (row.cells.first().cloned(), named.skip(1).collect());
        }
    }
    (None, Vec::new())
}

fn of_block(block: &Block) -> Vec<(Option<String>, String)> {
    match block {
        Block::Text(text) => vec![(None, text.clone())],
        Block::List(items) => items.iter().map(|item| (None, item.clone())).collect(),
        Block::Terms(terms) => terms
            .iter()
            .flat_map(|term| {
                term.says
                    .iter()
                    .map(|says| (Some(term.term.clone()), says.clone()))
            })
            .collect(),
        Block::Table(table) => table
            .rows
            .iter()
            .map(|row| {
                let (first, rest) = row
                    .cells
                    .split_first()
                    .map_or((None, &[][..]), |(first, rest)| (Some(first.clone()), rest));
                (first, rest.join(" · "))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRM: &str = include_str!("../../tests/firm.toml");

    fn charter(text: &str) -> Charter {
        Charter::parse(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    #[test]
    fn only_the_lines_that_differ_are_given_in_both_languages() {
        let from = "from = \"last_contact\"\nmax = \"P12M\"";
        assert!(FIRM.contains(from));
        let (older, newer) = (
            charter(FIRM),
            charter(&FIRM.replacen(from, "from = \"last_contact\"\nmax = \"P7M\"", 1)),
        );
        for (locale, twelve, seven) in [
            (Locale::Fr, "12\u{a0}mois", "7\u{a0}mois"),
            (Locale::En, "12\u{a0}months", "7\u{a0}months"),
        ] {
            let compared = Comparison::new(&older, &newer, locale);
            let changes = older.diff(&newer);
            let lines: Vec<Compared> = changes
                .iter()
                .flat_map(|change| compared.lines(&change.clause))
                .collect();
            assert!(!lines.is_empty());
            for line in &lines {
                assert!(line.before.iter().any(|said| said.contains(twelve)), "{line:?}");
                assert!(line.after.iter().any(|said| said.contains(seven)), "{line:?}");
            }
            let same = Comparison::new(&older, &older, locale);
            assert!(changes.iter().all(|change| same.lines(&change.clause).is_empty()));
            assert!(changes.iter().all(|change| same.title(&change.clause).is_some()));
        }
    }

    #[test]
    fn what_comes_or_goes_is_told_whole() {
        let older = charter(FIRM);
        let clause = older
            .purposes()
            .first()
            .map(|purpose| purpose.rule.clause.clone())
            .unwrap();
        let without = Policy {
            sections: Vec::new(),
            ..policy(&older, Locale::En)
        };
        let compared = Comparison {
            older: without,
            newer: policy(&older, Locale::En),
        };
        let lines = compared.lines(&clause);
        assert!(
            !lines.is_empty()
                && lines
                    .iter()
                    .all(|line| line.before.is_empty() && !line.after.is_empty())
        );
    }
}
