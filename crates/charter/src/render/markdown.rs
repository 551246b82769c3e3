//! Owns: the policy as Markdown (CommonMark with tables). Doesn't own: its words.

use kernel::Locale;

use super::{
    policy::{Block, Policy, PublicClause, Table},
    words::date_words,
};

/// The policy as Markdown; each clause is preceded by an anchor with its id.
#[must_use]
pub fn to_markdown(policy: &Policy) -> String {
    let mut parts = vec![format!("# {}", escape(&policy.title))];
    parts.push(format!("{}. {}", escape(&policy.controller), dates(policy)));
    for section in &policy.sections {
        parts.push(format!("## {}", escape(&section.title)));
        parts.push(format!("*{}*", escape(&section.summary)));
        section
            .clauses
            .iter()
            .for_each(|clause| write_clause(&mut parts, clause));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn dates(policy: &Policy) -> String {
    let (version, effective) = (policy.version, date_words(policy.effective, policy.locale));
    let updated = policy.updated.map(|updated| date_words(updated, policy.locale));
    match (policy.locale, updated) {
        (Locale::Fr, None) => format!("Version {version}, applicable à partir du {effective}."),
        (Locale::En, None) => format!("Version {version}, applies from {effective}."),
        (Locale::Fr, Some(updated)) => {
            format!("Version {version}, applicable à partir du {effective}, mise à jour le {updated}.")
        }
        (Locale::En, Some(updated)) => {
            format!("Version {version}, applies from {effective}, updated on {updated}.")
        }
    }
}

fn write_clause(parts: &mut Vec<String>, clause: &PublicClause) {
    let anchor = format!("<a id=\"{}\"></a>", clause.id);
    parts.push(match &clause.title {
        Some(title) => format!("### {anchor}{}", escape(title)),
        None => anchor,
    });
    for block in &clause.blocks {
        parts.push(match block {
            Block::Text(text) => escape(text),
            Block::List(items) => bullets(items.iter().map(|item| escape(item))),
            Block::Terms(terms) => bullets(terms.iter().map(|term| match term.says.as_slice() {
                [only] => format!("**{}**: {}", escape(&term.term), escape(only)),
                many => {
                    let many: Vec<String> = many
                        .iter()
                        .map(|says| format!("\n  - {}", escape(says)))
                        .collect();
                    format!("**{}**{}", escape(&term.term), many.concat())
                }
            })),
            Block::Table(table) => write_table(table),
        });
    }
}

fn bullets(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
    items.join("\n")
}

fn write_table(table: &Table) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines = vec![
        format!("**{}**\n", escape(&table.caption)),
        row(&mut table.head.iter().map(|cell| escape(cell))),
        row(&mut table.head.iter().map(|_| "---".to_owned())),
    ];
    for line in &table.rows {
        lines.push(row(&mut line.cells.iter().enumerate().map(|(at, cell)| {
            match (at, &line.id, &line.leads_to) {
                (0, Some(id), _) => format!("<a id=\"{id}\"></a>{}", escape(cell)),
                (0, None, Some(to)) => format!("[{}](#{to})", escape(cell)),
                _ => escape(cell),
            }
        })));
    }
    lines.join("\n")
}

/// Text that CommonMark shows as it is, on one line.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for (at, letter) in text.chars().enumerate() {
        let special = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~'
        ) || (at == 0 && matches!(letter, '#' | '-' | '+' | '='));
        match letter {
            '\n' | '\r' => safe.push(' '),
            _ if special => safe.extend(['\\', letter]),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_charter_says_can_be_markup() {
        assert_eq!(escape("# a*b_c <x> |"), "\\# a\\*b\\_c \\<x\\> \\|");
        assert_eq!(escape("one\n# two"), "one # two");
    }
}
