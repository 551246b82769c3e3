//! Owns: `[copy.NAME]`, `[share.NAME]`, `[source.NAME]`. Doesn't own: whether they are lawful (`check`).

use super::{
    purposes::{self, basis_if_there},
    reader::Kind,
    section::Section,
    sending::{countries, forbidden, receives},
};
use crate::{
    Text,
    model::{Copy, Field, Purpose, Share, Source},
    vocabulary::{Party, ShareNotice, Transfer},
};

/// The copies, in the order of the file.
pub(super) fn copies(root: &Section<'_, '_>, purposes: &[Purpose]) -> Vec<Copy> {
    let Some(section) = root.table("copy") else {
        return Vec::new();
    };
    let children = section.children();
    let read = |child| read_copy(child, purposes);
    children.iter().filter_map(read).collect()
}

fn read_copy(section: &Section<'_, '_>, purposes: &[Purpose]) -> Option<Copy> {
    section.known();
    for key in ["of", "at", "retention"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let (mode, rule) = (section.required_word("mode"), section.rule("copy"));
    let of = section.references("of", Kind::Purpose);
    let of_copy = |name: &str| {
        let mut copied = purposes.iter().filter(|purpose| of.contains(&purpose.name));
        copied.any(|purpose| purpose.field_names().any(|field| field == name))
    };
    let readers = purposes::readers(section, &of_copy);
    Some(Copy {
        rule,
        name: section.name.clone(),
        from: section
            .str("from")
            .and_then(|name| section.reader.reference(Kind::Copy, name)),
        at: section
            .str("at")
            .and_then(|name| section.reader.reference(Kind::Processor, name))?,
        mode: mode?,
        fields: section
            .has("fields")
            .then(|| section.references("fields", Kind::Field)),
        lag: section.duration("lag"),
        readers,
        retention: section.references("retention", Kind::Retention),
        about: section.text("about"),
        of,
    })
}

/// The sharings, in the order of the file.
pub(super) fn shares(root: &Section<'_, '_>, fields: &[Field]) -> Vec<Share> {
    let Some(section) = root.table("share") else {
        return Vec::new();
    };
    let children = section.children();
    let read = |child| read_share(child, fields);
    children.iter().filter_map(read).collect()
}

fn read_share(section: &Section<'_, '_>, fields: &[Field]) -> Option<Share> {
    section.known();
    for key in ["purposes", "receives"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let (with, mode) = (section.required_word("with"), section.required_word("mode"));
    let rule = section.rule("share");
    Some(Share {
        rule,
        name: section.name.clone(),
        with: with?,
        mode: mode?,
        purposes: section.references("purposes", Kind::Purpose),
        receives: receives(section),
        must_not_receive: forbidden(section, fields),
        at_least: section.number("at_least", 10_000),
        basis: basis_if_there(section, "basis"),
        notice: section.word("notice").unwrap_or(ShareNotice::Policy),
        party: section.word("party").unwrap_or(Party::SeparateController),
        storage: countries(section, "storage"),
        transfer: section.word("transfer").unwrap_or(Transfer::None),
        passes_on: section.words("passes_on"),
        retention: section.references("retention", Kind::Retention),
        entity: name_or_text(section, "entity"),
        contact: name_or_text(section, "contact"),
        about: section.text("about"),
    })
}

/// A name that reads the same in both languages, or a description in each.
fn name_or_text(section: &Section<'_, '_>, key: &str) -> Option<Text> {
    if section.has(key) {
        section.text_or_string(key)
    } else {
        None
    }
}

/// The sources, in the order of the file.
pub(super) fn sources(root: &Section<'_, '_>) -> Vec<Source> {
    let Some(section) = root.table("source") else {
        return Vec::new();
    };
    section.children().iter().filter_map(read_source).collect()
}

fn read_source(section: &Section<'_, '_>) -> Option<Source> {
    section.known();
    if !section.has("purposes") {
        section.missing("purposes");
    }
    let (kind, rule) = (section.required_word("kind"), section.rule("source"));
    Some(Source {
        rule,
        name: section.name.clone(),
        kind: kind?,
        purposes: section.references("purposes", Kind::Purpose),
        fields: section.references("fields", Kind::Field),
        fresh: section.duration("fresh"),
        entity: name_or_text(section, "entity"),
        about: section.text("about"),
    })
}
