//! Owns: reading a charter's text into the model, every problem at once. Doesn't own: judging what was read
//! (`check`).
//!
//! The names of all rules are collected first, so that each reference is checked where it is written, with its
//! own line and column.

mod data;
mod governance;
mod keeping;
mod purposes;
pub(crate) mod reader;
mod rules;
pub(crate) mod section;
mod sending;
mod sharing;

use std::collections::HashMap;

use kernel::{Locale, Word as _};
use toml::de::DeTable;

use self::{
    reader::{Kind, Reader},
    section::Section,
};
use crate::{Charter, Digest, Place, Problem, builtin, decide::Index, source::Lines};

/// A charter of this many bytes has gone wrong: the longest real policy makes some forty thousand.
pub(crate) const MOST_BYTES: usize = 500_000;

/// See [`Charter::parse_bytes`].
pub(crate) fn parse_bytes(bytes: &[u8]) -> Result<Charter, Vec<Problem>> {
    if bytes.len() > MOST_BYTES {
        return Err(vec![too_large()]);
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return parse(text),
        Err(error) => error,
    };
    let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let good = String::from_utf8_lossy(good);
    Err(vec![Problem::new(
        Lines::of(&good).place(good.len()),
        "charter.not-utf-8",
        None,
        "Ces octets ne sont pas du texte en UTF-8 : enregistrez le fichier dans ce codage.".to_owned(),
        "These bytes aren’t UTF-8 text: save the file in that encoding.".to_owned(),
    )])
}

fn too_large() -> Problem {
    Problem::new(
        Place { line: 1, column: 1 },
        "charter.too-large",
        None,
        format!("Le fichier dépasse {MOST_BYTES} octets : ce n’est pas une charte."),
        format!("The file is larger than {MOST_BYTES} bytes: it is no charter."),
    )
}

/// See [`Charter::parse`].
pub(crate) fn parse(text: &str) -> Result<Charter, Vec<Problem>> {
    if text.len() > MOST_BYTES {
        return Err(vec![too_large()]);
    }
    let mut reader = Reader::new(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let (span, said) = (error.span().unwrap_or(0..0), error.message());
        reader.problem(
            &span,
            "charter.syntax",
            format!("Ce n’est pas du TOML valide ({said})."),
            format!("This isn’t valid TOML ({said})."),
        );
    }
    if !errors.is_empty() {
        return Err(reader.into_problems());
    }
    declare(&mut reader, document.get_ref());
    let charter = assemble(text, &reader, document.get_ref());
    match charter {
        Some(mut charter) if reader.is_clean() => {
            charter.places = reader.into_places();
            charter.index = Index::build(&charter);
            Ok(charter)
        }
        _ => Err(reader.into_problems()),
    }
}

/// Learns the languages and the names of all rules.
fn declare(reader: &mut Reader<'_>, document: &DeTable<'_>) {
    let languages = document
        .get("charter")
        .and_then(|header| header.get_ref().get("languages"));
    if let Some(list) = languages.and_then(|list| list.get_ref().as_array()) {
        reader.languages = list
            .iter()
            .filter_map(|value| Locale::from_word(value.get_ref().as_str()?).ok())
            .collect();
    }
    for name in builtin::names() {
        reader.declare(Kind::Field, name);
    }
    for kind in Kind::ALL {
        let tables = document
            .get(kind.section())
            .and_then(|section| section.get_ref().as_table());
        for (name, _) in tables.into_iter().flatten() {
            reader.declare(kind, name.get_ref());
        }
    }
}

/// Reads section after section. `None` only when a problem was recorded.
fn assemble(text: &str, reader: &Reader<'_>, document: &DeTable<'_>) -> Option<Charter> {
    let root = Section::root(reader, document);
    root.known();
    let fields = data::fields(&root);
    let purposes = purposes::purposes(&root, &fields);
    let (header, controller) = (governance::header(&root), governance::controller(&root));
    let mut charter = Charter {
        digest: Digest::of(text.as_bytes()),
        forms: data::forms(&root, &fields, &purposes),
        retentions: keeping::retentions(&root),
        roles: purposes::roles(&root),
        processors: sending::processors(&root, &fields),
        copies: sharing::copies(&root, &purposes),
        shares: sharing::shares(&root, &fields),
        sources: sharing::sources(&root),
        trackers: sending::trackers(&root),
        ai: sending::ai(&root),
        rights: governance::rights(&root),
        change: governance::change(&root),
        breach: governance::breach(&root),
        sourcing: governance::sourcing(&root),
        security: governance::security(&root),
        never: governance::never(&root),
        clauses: Vec::new(),
        header: header?,
        controller: controller?,
        fields,
        purposes,
        places: HashMap::new(),
        index: Index::default(),
    };
    charter.clauses = governance::clauses(&root);
    Some(charter)
}

#[cfg(test)]
mod tests;
