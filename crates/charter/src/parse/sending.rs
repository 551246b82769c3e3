//! Owns: `[processor.NAME]`, `[tracker.NAME]`, `[ai.TASK]`. Doesn't own: whether they are lawful (`check`).

use std::collections::HashSet;

use kernel::Word as _;

use super::{
    purposes,
    reader::{At, Kind},
    section::Section,
};
use crate::{
    model::{Ai, Field, Keep, Processor, Tracker, What},
    vocabulary::{AiInput, Category, Consent, Receives, Training, Transfer},
};

/// The processors, in the order of the file.
pub(super) fn processors(root: &Section<'_, '_>, fields: &[Field]) -> Vec<Processor> {
    let Some(section) = root.table("processor") else {
        return Vec::new();
    };
    let children = section.children();
    let read = |child| read_processor(child, fields);
    children.iter().filter_map(read).collect()
}

fn read_processor(section: &Section<'_, '_>, fields: &[Field]) -> Option<Processor> {
    section.known();
    for key in ["storage", "purposes", "receives"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let service = section.required_word("service");
    let entity = section.required_string("entity");
    let transfer = if section.has("transfer") {
        section.word("transfer")?
    } else {
        Transfer::None
    };
    Some(Processor {
        rule: section.rule("processor"),
        name: section.name.clone(),
        service: service?,
        entity: (entity != "controller").then_some(entity),
        purposes: section.references("purposes", Kind::Purpose),
        storage: countries(section, "storage"),
        transit: countries(section, "transit"),
        transfer,
        receives: receives(section),
        must_not_receive: forbidden(section, fields),
        keeps: keeps(section),
        deletion: section.word("deletion"),
        logging: section.word("logging"),
        contract: section.string("contract"),
        sub_processors: section
            .strings("sub_processors")
            .iter()
            .map(|text| text.value.to_owned())
            .collect(),
        standards: section.words("standards"),
        readers: section
            .has("readers")
            .then(|| purposes::readers(section, &|_| true)),
        about: section.text("about"),
        takes_itself: section.text("takes_itself"),
    })
}

/// `must_not_receive`: fields, or categories, which are all their fields: `["identity", "phone"]`.
pub(super) fn forbidden(section: &Section<'_, '_>, fields: &[Field]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in section.strings("must_not_receive") {
        let is_field = fields.iter().any(|field| field.name == text.value);
        let names: Vec<String> = match Category::from_word(text.value) {
            Ok(category) if !is_field => {
                let of_category = fields.iter().filter(|field| field.category == category);
                of_category.map(|field| field.name.clone()).collect()
            }
            _ => section.reader.reference(Kind::Field, text).into_iter().collect(),
        };
        found.extend(names);
    }
    let mut seen = HashSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found
}

/// ISO 3166-1 alpha-2 codes.
pub(super) fn countries(section: &Section<'_, '_>, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    for At { value, span } in section.strings(key) {
        if value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase()) {
            found.push(value.to_owned());
        } else {
            section.reader.problem(
                &span,
                "charter.country",
                "Un pays s’écrit en deux capitales (ISO 3166-1) : \"FR\", \"IE\".".to_owned(),
                "A country is two capitals (ISO 3166-1): \"FR\", \"IE\".".to_owned(),
            );
        }
    }
    found
}

/// A list of fields, or one word: `"anonymous"`.
pub(super) fn receives(section: &Section<'_, '_>) -> What {
    let is_word = matches!(section.values("receives").as_slice(), [only] if {
        only.get_ref().as_str().is_some_and(|text| Receives::from_word(text).is_ok())
    });
    if is_word {
        return section
            .word("receives")
            .map_or_else(|| What::Fields(Vec::new()), What::Shape);
    }
    What::Fields(section.references("receives", Kind::Field))
}

/// `"none"`, a duration, or nothing said: as long as the controller.
fn keeps(section: &Section<'_, '_>) -> Keep {
    match section.str("retention") {
        None => Keep::WithUs,
        Some(text) if text.value == "none" => Keep::Nothing,
        Some(_) => section.duration("retention").map_or(Keep::WithUs, Keep::For),
    }
}

/// The trackers, in the order of the file.
pub(super) fn trackers(root: &Section<'_, '_>) -> Vec<Tracker> {
    let Some(section) = root.table("tracker") else {
        return Vec::new();
    };
    section.children().iter().filter_map(read_tracker).collect()
}

fn read_tracker(section: &Section<'_, '_>) -> Option<Tracker> {
    section.known();
    if !section.has("max_age") {
        section.missing("max_age");
    }
    let (kind, class) = (section.required_word("kind"), section.required_word("class"));
    let about = section.required_text("about");
    let consent = if section.has("consent") {
        section.word("consent")?
    } else {
        Consent::OptIn
    };
    Some(Tracker {
        rule: section.rule("tracker"),
        name: section.name.clone(),
        kind: kind?,
        class: class?,
        consent,
        max_age: section.duration("max_age")?,
        data_max_age: section.duration("data_max_age"),
        renews: section.bool("renews").unwrap_or(false),
        entity: section.string("entity"),
        about,
    })
}

/// The machines, each under its task: `[ai.summary]`.
pub(super) fn ai(root: &Section<'_, '_>) -> Vec<Ai> {
    let Some(section) = root.table("ai") else {
        return Vec::new();
    };
    section.children().iter().filter_map(read_ai).collect()
}

fn read_ai(section: &Section<'_, '_>) -> Option<Ai> {
    section.known();
    let task = section.to_word(
        "ai",
        At {
            value: section.name.as_str(),
            span: section.span.clone(),
        },
    );
    let human = section.required_word("human");
    Some(Ai {
        rule: section.rule("ai"),
        task: task?,
        input: if section.has("input") {
            section.word("input")?
        } else {
            AiInput::Anonymous
        },
        human: human?,
        contest: section.bool("contest").unwrap_or(false),
        explain: section.bool("explain").unwrap_or(false),
        train_on: section.word("train_on").unwrap_or(Training::Never),
        uses: section.references("uses", Kind::Field),
        dpia: section.string("dpia"),
        log: section.duration("log"),
    })
}
