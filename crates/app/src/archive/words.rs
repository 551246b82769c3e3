//! Owns: what tables, columns and the words in them are called on the page that a person reads. Doesn't own: the page
//! ([`super::page`]); for programs they keep their own names.

use charter::render;

use super::About;

/// Columns that say nothing to a reader: the order of rows, the house's own numbering, what another column says in words.
/// They are in `data.json`.
pub(super) const HIDDEN: [&str; 10] = [
    "actor",
    "charter_version",
    "decision",
    "field",
    "id",
    "mail",
    "next_at",
    "nth",
    "share",
    "used_step",
];

/// Words that have a text of their own elsewhere: table, column, what stands before and after the word in its key.
const ELSEWHERE: [(&str, &str, &str, &str); 4] = [
    ("applications", "stage", "application-person-", "-title"),
    ("application_steps", "stage", "application-person-", "-title"),
    ("applications", "source", "application-source-", ""),
    ("decisions", "reason", "application-reason-", ""),
];

/// A table's name.
pub(super) fn table(about: &About<'_>, table: &str) -> String {
    first(about, [format!("archive-table-{table}")]).unwrap_or_else(|| table.replace('_', " "))
}

/// A column's name.
pub(super) fn column(about: &About<'_>, column: &str) -> String {
    first(about, [format!("archive-column-{column}")]).unwrap_or_else(|| column.replace('_', " "))
}

/// The name of what a personal column holds: the charter's for its field; of a column that holds one thing among several
/// of a field, the column's.
pub(super) fn value(about: &About<'_>, column: &str, field: &str) -> String {
    let own = [format!("archive-column-{column}")];
    let own = first(about, own).filter(|_| column != field && column != "value");
    own.unwrap_or_else(|| label(about, field))
}

/// A role by its name for people.
pub(super) fn role(about: &About<'_>, role: Option<&str>) -> String {
    match role {
        None => about.text("archive-former-staff"),
        Some(guard::SERVICE) => about.text("archive-service"),
        Some(role) => about
            .charter
            .role(role)
            .map_or(role, |known| known.label(about.locale))
            .to_owned(),
    }
}

/// Why nobody goes on using a thing.
pub(super) fn restricted(about: &About<'_>, why: &str) -> String {
    let known = first(about, [format!("archive-restricted-{why}")]);
    known.unwrap_or_else(|| retention(about, why))
}

/// A word as it stands in that column.
pub(super) fn word(about: &About<'_>, table: &str, column: &str, word: &str) -> String {
    let (charter, locale) = (about.charter, about.locale);
    match column {
        "purpose" => charter
            .purpose(word)
            .map_or(word, |purpose| purpose.title(locale))
            .to_owned(),
        "processor" => {
            let processor = charter.processor(word);
            let entity = processor.and_then(|processor| processor.entity.clone());
            entity.unwrap_or_else(|| charter.controller().name.clone())
        }
        // Named by themselves.
        "recipient" | "contact" => word.to_owned(),
        "retention" => retention(about, word),
        "role" => role(about, Some(word)),
        "fields" => {
            let fields: Vec<String> = word.split(' ').map(|field| label(about, field)).collect();
            fields.join(", ")
        }
        _ => {
            let elsewhere = ELSEWHERE
                .iter()
                .find(|(of, name, ..)| (*of, *name) == (table, column));
            let elsewhere = elsewhere.map(|(_, _, before, after)| format!("{before}{word}{after}"));
            let own = [
                format!("archive-word-{column}-{word}"),
                format!("archive-word-{word}"),
            ];
            first(about, elsewhere.into_iter().chain(own)).unwrap_or_else(|| word.replace('_', " "))
        }
    }
}

fn retention(about: &About<'_>, name: &str) -> String {
    let words = |retention| render::typeset(&render::retention_rule(retention, about.locale), about.locale);
    about
        .charter
        .retention(name)
        .map_or_else(|| name.to_owned(), words)
}

fn label(about: &About<'_>, field: &str) -> String {
    about.charter.field_label(field, about.locale).to_owned()
}

/// The first of these texts that there is.
fn first(about: &About<'_>, keys: impl IntoIterator<Item = String>) -> Option<String> {
    let key = keys.into_iter().find(|key| about.site.kit().has_text(key))?;
    Some(about.text(&key))
}
