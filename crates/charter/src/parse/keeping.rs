//! Owns: `[retention.NAME]`. Doesn't own: the arithmetic (`model::keeping`), whether it is lawful (`check`).

use kernel::Duration;

use super::{reader::Kind, section::Section};
use crate::{
    Text,
    model::{Archive, Ask, Floor, Retention},
    vocabulary::{Action, Combine, OnSilence},
};

/// The retentions, in the order of the file.
pub(super) fn retentions(root: &Section<'_, '_>) -> Vec<Retention> {
    let Some(section) = root.table("retention") else {
        return Vec::new();
    };
    section.children().iter().filter_map(read_retention).collect()
}

fn read_retention(section: &Section<'_, '_>) -> Option<Retention> {
    section.known();
    for key in ["from", "max"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let (max, ask, min) = (section.duration("max"), ask(section), floor(section));
    Some(Retention {
        rule: section.rule("retention"),
        name: section.name.clone(),
        from: section.words("from"),
        combine: section.word("combine").unwrap_or(Combine::FirstOf),
        then: section.word("then").unwrap_or(Action::Erase),
        hold: section.words("hold"),
        label: section.text("label"),
        review: section.duration("review"),
        archive: archive(section),
        max: max?,
        ask,
        min,
    })
}

/// `ask = { silence_after = "P1M", on_silence = "erase" }`
fn ask(section: &Section<'_, '_>) -> Option<Ask> {
    let table = section.table("ask")?;
    table.known();
    if !table.has("silence_after") {
        table.missing("silence_after");
    }
    let on_silence = if table.has("on_silence") {
        table.word("on_silence")?
    } else {
        OnSilence::Erase
    };
    Some(Ask {
        silence_after: table.duration("silence_after")?,
        on_silence,
    })
}

/// `min = { period = "P10Y", ref = "code de commerce L123-22", fields = ["invoice"], readers = ["books"] }`
fn floor(section: &Section<'_, '_>) -> Option<Floor> {
    let (period, reference, fields, readers) = kept_on(&section.table("min")?)?;
    Some(Floor {
        period,
        reference,
        fields,
        readers,
    })
}

/// `archive = { period = "P5Y", ref = "code du travail L1134-5", fields = ["decision"], readers = ["legal"] }`
fn archive(section: &Section<'_, '_>) -> Option<Archive> {
    let (period, reference, fields, readers) = kept_on(&section.table("archive")?)?;
    Some(Archive {
        period,
        reference,
        fields,
        readers,
    })
}

/// What a floor and an archive say alike: how long, by which text, which fields, read by whom.
fn kept_on(table: &Section<'_, '_>) -> Option<(Duration, Text, Vec<String>, Vec<String>)> {
    table.known();
    for key in ["period", "ref"] {
        if !table.has(key) {
            table.missing(key);
        }
    }
    let (fields, readers) = (
        table.references("fields", Kind::Field),
        table.references("readers", Kind::Role),
    );
    let (period, reference) = (table.duration("period"), table.text_or_string("ref"));
    Some((period?, reference?, fields, readers))
}
