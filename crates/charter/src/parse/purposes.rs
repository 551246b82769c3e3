//! Owns: `[purpose.NAME]`, `[retention.NAME]`, `[role.NAME]`. Doesn't own: forms and fields (`data`).

use kernel::Word as _;
use toml::{Spanned, de::DeValue};

use super::{
    data,
    reader::{At, Kind},
    section::Section,
};
use crate::{
    model::{Ask, Asked, Basis, Field, Floor, Purpose, Reader, Retention, Role},
    vocabulary::{Action, BasisKind, Combine, Condition, OnSilence, PurposeKind},
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
    section.rule_only(&[
        "kind",
        "title",
        "about",
        "people",
        "asks",
        "fields",
        "basis",
        "optional_basis",
        "readers",
        "retention",
    ]);
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
    Some(Purpose {
        kind: kind(section)?,
        title: section.text("title"),
        about: section.text("about"),
        people: section.words("people"),
        readers: section
            .values("readers")
            .into_iter()
            .filter_map(|value| reader(section, value, &of_purpose))
            .collect(),
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

fn basis_if_there(section: &Section<'_, '_>, key: &str) -> Option<Basis> {
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
    table.only(&["kind", "ref", "interest", "balancing"]);
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

/// `"recruiter"`, or `{ role = "it", when = "technical", fields = ["connection"] }`.
fn reader<'t>(
    section: &Section<'_, 't>,
    value: &Spanned<DeValue<'t>>,
    of_purpose: &dyn Fn(&str) -> bool,
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
    table.only(&["role", "when", "fields"]);
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
    for field in fields.iter().flatten().filter(|field| !of_purpose(field)) {
        let purpose = &section.name;
        section.reader.problem(
            &table.span_of("fields"),
            "charter.reader-beyond-purpose",
            format!("« {field} » n’est pas une donnée de [purpose.{purpose}]."),
            format!("“{field}” isn’t among the data of [purpose.{purpose}]."),
        );
    }
    Some(Reader {
        role: role?,
        when,
        fields,
    })
}

/// The retentions, in the order of the file.
pub(super) fn retentions(root: &Section<'_, '_>) -> Vec<Retention> {
    let Some(section) = root.table("retention") else {
        return Vec::new();
    };
    section.children().iter().filter_map(read_retention).collect()
}

fn read_retention(section: &Section<'_, '_>) -> Option<Retention> {
    section.rule_only(&["label", "from", "combine", "max", "then", "ask", "min", "hold"]);
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
        max: max?,
        ask,
        min,
    })
}

/// `ask = { silence_after = "P1M", on_silence = "erase" }`
fn ask(section: &Section<'_, '_>) -> Option<Ask> {
    let table = section.table("ask")?;
    table.only(&["silence_after", "on_silence"]);
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

/// `min = { period = "P10Y", ref = "code de commerce L123-22" }`
fn floor(section: &Section<'_, '_>) -> Option<Floor> {
    let table = section.table("min")?;
    table.only(&["period", "ref"]);
    if !table.has("period") {
        table.missing("period");
    }
    if !table.has("ref") {
        table.missing("ref");
    }
    let reference = table.text_or_string("ref");
    Some(Floor {
        period: table.duration("period")?,
        reference: reference?,
    })
}

/// The roles, in the order of the file.
pub(super) fn roles(root: &Section<'_, '_>) -> Vec<Role> {
    let Some(section) = root.table("role") else {
        return Vec::new();
    };
    let read = |section: &Section<'_, '_>| {
        section.rule_only(&["label", "may"]);
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
