//! Owns: `[purpose.NAME]`, `[role.NAME]`, and how bases and readers are written. Doesn't own: forms and fields
//! (`data`), retentions (`keeping`).

use kernel::Word as _;
use toml::{Spanned, de::DeValue};

use super::{
    data,
    reader::{At, Kind, Span},
    section::Section,
};
use crate::{
    model::{Asked, Basis, Communication, Field, Purpose, Reader, Role, Statistics},
    vocabulary::{BasisKind, Condition, Intake, Objection, PurposeKind},
};

/// The purposes, in the order of the file.
pub(super) fn purposes(root: &Section<'_, '_>, fields: &[Field]) -> Vec<Purpose> {
    let Some(section) = root.table("purpose") else {
        return Vec::new();
    };
    section
        .children()
        .iter()
        .filter_map(|purpose| read_purpose(purpose, fields))
        .collect()
}

fn read_purpose(section: &Section<'_, '_>, fields: &[Field]) -> Option<Purpose> {
    section.known();
    for key in ["people", "basis", "readers", "retention"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let asks = asks(section, fields);
    let uses = section.references("fields", Kind::Field);
    for both in uses
        .iter()
        .filter(|name| asks.iter().any(|asked| asked.field == **name))
    {
        section.twice(&section.span_of("fields"), both);
    }
    let rule = section.rule("purpose");
    let basis = basis(section, "basis");
    let of_purpose =
        |name: &str| asks.iter().any(|asked| asked.field == name) || uses.iter().any(|used| used == name);
    let groups_by = section.references("groups_by", Kind::Field);
    for field in groups_by.iter().filter(|field| !of_purpose(field)) {
        beyond(section, &section.span_of("groups_by"), field);
    }
    Some(Purpose {
        kind: kind(section)?,
        title: section.text("title"),
        about: section.text("about"),
        people: section.words("people"),
        readers: readers(section, &of_purpose),
        only_when: section.word("only_when"),
        intake: section.word("intake").unwrap_or(Intake::Direct),
        objection: section.word("objection").unwrap_or(Objection::Grounds),
        groups_by,
        statistics: Statistics {
            counts: section.words("counts"),
            at_least: section.number("at_least", 10_000),
        },
        communication: Communication {
            by: section.words("by"),
            opt_in: section.word("opt_in"),
            stop: section.words("stop"),
            lists: data::choices(section, "lists"),
        },
        retention: section.references("retention", Kind::Retention),
        optional_basis: basis_if_there(section, "optional_basis"),
        basis: basis?,
        name: section.name.clone(),
        rule,
        asks,
        uses,
    })
}

/// The kind, which is the name unless said otherwise.
fn kind(section: &Section<'_, '_>) -> Option<PurposeKind> {
    let written = section.str("kind").or_else(|| {
        (!section.has("kind")).then(|| At {
            value: section.name.as_str(),
            span: section.span.clone(),
        })
    })?;
    section.to_word("kind", written)
}

fn asks(section: &Section<'_, '_>, fields: &[Field]) -> Vec<Asked> {
    let mut asks: Vec<Asked> = Vec::new();
    for text in section.strings("asks") {
        let span = text.span.clone();
        if let Some(asked) = data::asked(section, text, fields) {
            if asks.iter().any(|earlier| earlier.field == asked.field) {
                section.twice(&span, &asked.field);
            } else {
                asks.push(asked);
            }
        }
    }
    asks
}

pub(super) fn basis_if_there(section: &Section<'_, '_>, key: &str) -> Option<Basis> {
    if section.has(key) {
        basis(section, key)
    } else {
        None
    }
}

/// `"precontract"`, or `{ kind = "legitimate_interest", interest = { fr = "…", en = "…" } }`.
fn basis(section: &Section<'_, '_>, key: &str) -> Option<Basis> {
    let value = *section.values(key).first()?;
    if value.get_ref().is_str() {
        let kind = section.word(key)?;
        return Some(Basis {
            kind,
            reference: None,
            interest: None,
            balancing: None,
        });
    }
    let table = section.element(key, value)?;
    table.known();
    let kind: BasisKind = table.required_word("kind")?;
    let only_for = |written: &str, wanted: BasisKind| {
        if table.has(written) && kind != wanted {
            let wanted = wanted.word();
            section.reader.problem(
                &table.span_of(written),
                "charter.basis",
                format!("« {written} » ne va qu’avec la base « {wanted} »."),
                format!("“{written}” goes only with the basis “{wanted}”."),
            );
        }
    };
    only_for("ref", BasisKind::LegalObligation);
    only_for("interest", BasisKind::LegitimateInterest);
    only_for("balancing", BasisKind::LegitimateInterest);
    Some(Basis {
        kind,
        reference: table.text_or_string("ref"),
        interest: table.text("interest"),
        balancing: table.string("balancing"),
    })
}

/// A field that the purpose doesn't have.
fn beyond(section: &Section<'_, '_>, span: &Span, field: &str) {
    let path = &section.path;
    section.reader.problem(
        span,
        "charter.reader-beyond-purpose",
        format!("« {field} » n’est pas une donnée de [{path}]."),
        format!("“{field}” isn’t among the data of [{path}]."),
    );
}

/// The readers of a purpose or a copy, each reading only of its fields.
pub(super) fn readers(section: &Section<'_, '_>, of_rule: &dyn Fn(&str) -> bool) -> Vec<Reader> {
    let values = section.values("readers").into_iter();
    values
        .filter_map(|value| reader(section, value, of_rule))
        .collect()
}

/// `"recruiter"`, or `{ role = "it", when = "technical", fields = ["connection"] }`.
fn reader<'t>(
    section: &Section<'_, 't>,
    value: &Spanned<DeValue<'t>>,
    of_rule: &dyn Fn(&str) -> bool,
) -> Option<Reader> {
    if let Some(role) = value.get_ref().as_str() {
        let role = section.reader.reference(
            Kind::Role,
            At {
                value: role,
                span: value.span(),
            },
        )?;
        return Some(Reader {
            role,
            when: Condition::All,
            fields: None,
        });
    }
    let table = section.element("readers", value)?;
    table.known();
    if !table.has("role") {
        table.missing("role");
    }
    let role = table
        .str("role")
        .and_then(|role| section.reader.reference(Kind::Role, role));
    let when = if table.has("when") {
        table.word("when")?
    } else {
        Condition::All
    };
    let fields = table
        .has("fields")
        .then(|| table.references("fields", Kind::Field));
    for field in fields.iter().flatten().filter(|field| !of_rule(field)) {
        beyond(section, &table.span_of("fields"), field);
    }
    Some(Reader {
        role: role?,
        when,
        fields,
    })
}

/// The roles, in the order of the file.
pub(super) fn roles(root: &Section<'_, '_>) -> Vec<Role> {
    let Some(section) = root.table("role") else {
        return Vec::new();
    };
    let read = |section: &Section<'_, '_>| {
        section.known();
        let label = section.required_text("label");
        Role {
            rule: section.rule("role"),
            name: section.name.clone(),
            may: section.words("may"),
            label,
        }
    };
    section.children().iter().map(read).collect()
}
