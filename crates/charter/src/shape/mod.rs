//! Owns: which sections and keys the language has and what each takes, as one table: the parser refuses what isn't in
//! it, the schema and the reference are written from it. Doesn't own: reading values (`parse`), what they mean.

mod data;
mod governance;
mod purposes;
mod sending;

use crate::parse::reader::Kind;

/// A section: `[controller]`, or one table for each name: `[purpose.apply]`.
pub(crate) struct Shape {
    /// `purpose`.
    pub(crate) name: &'static str,
    /// What stands between the dots.
    pub(crate) named: Named,
    /// What it says, a phrase in English.
    pub(crate) about: &'static str,
    /// Its keys, beside those every rule has.
    pub(crate) keys: &'static [Key],
}

/// Whether a section stands once or under names.
#[derive(Clone, Copy)]
pub(crate) enum Named {
    /// `[controller]`
    Once,
    /// `[purpose.NAME]`
    Freely,
    /// `[ai.TASK]`: the names are words.
    By(Words),
}

/// The words of an enumeration.
pub(crate) type Words = fn() -> Vec<&'static str>;

/// A key of a section or of a table within it.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    pub(crate) required: bool,
    /// What it says, a phrase in English.
    pub(crate) about: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    /// A text.
    Text,
    /// A text in each language: `{ fr = "…", en = "…" }`.
    Both,
    /// Either of them.
    TextOrBoth,
    /// `true` or `false`.
    Bool,
    /// A whole number from 1 to so many.
    Number(u32),
    /// A day without quotes.
    Date,
    /// An ISO 8601 duration.
    Duration,
    /// `"none"` or a duration.
    NoneOrDuration,
    /// A word.
    Word(Words),
    /// A list of words, or a single one.
    Words(Words),
    /// A list of words, each of which may be a rule of its own: `{ KEY = "word", promises = [...] }`.
    Items(&'static str, Words),
    /// The name of a rule.
    Name(Kind),
    /// A list of such names, or a single one.
    Names(Kind),
    /// The id of a clause.
    Clause,
    /// A list of texts.
    Texts,
    /// ISO 3166-1 codes.
    Countries,
    /// A list of fields, `?` behind those that may be left out.
    Asked,
    /// The same, or a table for each that changes something.
    Asks(&'static [Key]),
    /// A word, or a list of fields.
    WordOrFields(Words),
    /// Fields and categories.
    FieldsOrCategories,
    /// A word, or a table.
    WordOr(Words, &'static [Key]),
    /// A list of names of rules, or of tables.
    NamesOr(Kind, &'static [Key]),
    /// A table.
    Table(&'static [Key]),
    /// A list of tables.
    Tables(&'static [Key]),
}

const fn key(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key {
        name,
        takes,
        required: false,
        about,
    }
}

/// A key that must be there.
const fn must(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key {
        required: true,
        ..key(name, takes, about)
    }
}

fn words<W: kernel::Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.word()).collect()
}

/// What every rule may say beside.
#[rustfmt::skip] // a table
pub(crate) const RULE: &[Key] = &[
    key("promises", Takes::Texts, "the numbers of the promises that it keeps: `\"A18\"`"),
    key("reason", Takes::Both, "why it departs from what the checker advises; published"),
    key("evidence", Takes::Words(words::<crate::Strength>), "which evidence stands behind it"),
    key("attest", Takes::Table(ATTEST), "who signs for what no software sees"),
    key("gaps", Takes::Texts, "what somebody must still settle; the checker lists each"),
];

#[rustfmt::skip] // a table
pub(crate) const ATTEST: &[Key] = &[
    must("by", Takes::Name(Kind::Role), "the role that signs"),
    must("every", Takes::Duration, "how long a statement holds"),
    key("document", Takes::Text, "what it rests on: a path or an address"),
    key("says", Takes::Both, "what is stated, when that isn’t the whole rule"),
];

/// Every section, in the order of reading.
pub(crate) const SECTIONS: [&Shape; 20] = [
    &governance::CHARTER,
    &governance::CONTROLLER,
    &purposes::ROLE,
    &data::FIELD,
    &purposes::PURPOSE,
    &data::FORM,
    &data::SOURCE,
    &purposes::RETENTION,
    &sending::PROCESSOR,
    &sending::COPY,
    &sending::SHARE,
    &sending::TRACKER,
    &sending::AI,
    &governance::RIGHT,
    &governance::NOTICE,
    &governance::CHANGE,
    &governance::BREACH,
    &governance::SECURITY,
    &governance::NEVER,
    &governance::CLAUSE,
];

/// The section of that name.
pub(crate) fn section(name: &str) -> Option<&'static Shape> {
    SECTIONS.iter().copied().find(|shape| shape.name == name)
}

/// Where a section stands in the order of reading.
pub(crate) fn position(name: &str) -> usize {
    let position = SECTIONS.iter().position(|shape| shape.name == name);
    position.unwrap_or(SECTIONS.len())
}

/// The names of the keys that may stand at a path within the file: none for a path that the language doesn't have.
pub(crate) fn names_at(path: &str) -> Vec<&'static str> {
    if path.is_empty() {
        return SECTIONS.iter().map(|shape| shape.name).collect();
    }
    let keys = keys_at(path).unwrap_or_default();
    keys.iter().map(|key| key.name).collect()
}

/// The words that may stand at a path within the file.
#[cfg(test)]
pub(crate) fn words_at(path: &str) -> Vec<&'static str> {
    let found = path
        .rsplit_once('.')
        .and_then(|(table, name)| Some(keys_at(table)?.into_iter().find(|key| key.name == name)?.takes));
    match found {
        Some(
            Takes::Word(words) | Takes::Words(words) | Takes::WordOr(words, _) | Takes::WordOrFields(words),
        ) => words(),
        _ => Vec::new(),
    }
}

/// The keys of the table at a path within the file: `purpose.apply.readers`.
fn keys_at(path: &str) -> Option<Vec<&'static Key>> {
    let mut steps = path.split('.');
    let shape = section(steps.next()?)?;
    if !matches!(shape.named, Named::Once) {
        steps.next()?;
    }
    let mut keys: Vec<&'static Key> = shape.keys.iter().chain(RULE).collect();
    for step in steps {
        keys = inner(keys.iter().find(|key| key.name == step)?.takes)?;
    }
    Some(keys)
}

/// The keys of the table that stands where a key takes this, when one may.
pub(crate) fn inner(takes: Takes) -> Option<Vec<&'static Key>> {
    match takes {
        Takes::Items(word, _) => {
            let own = governance::ITEM_WORDS.iter().filter(|key| key.name == word);
            Some(own.chain(governance::ITEM).chain(RULE).collect())
        }
        Takes::Both | Takes::TextOrBoth => Some(BOTH.iter().collect()),
        Takes::Asks(keys)
        | Takes::WordOr(_, keys)
        | Takes::NamesOr(_, keys)
        | Takes::Table(keys)
        | Takes::Tables(keys) => Some(keys.iter().collect()),
        _ => None,
    }
}

const BOTH: &[Key] = &[
    key("fr", Takes::Text, "in French"),
    key("en", Takes::Text, "in English"),
];
