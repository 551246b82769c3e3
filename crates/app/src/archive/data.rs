//! Owns: `data.json`: every row and value for a program, with the charter's field and clause behind each and until when
//! it is kept. Its form is docs/EXPORT.md. Doesn't own: what is in it (`guard::export`).

use guard::export::{Content, Dossier, Fact, File, Row, Value as Held};
use serde_json::{Map, Value, json};

use super::{About, FORMAT, consents};

pub(super) fn json(about: &About<'_>) -> Value {
    let (charter, everything) = (about.charter, about.everything);
    let controller = charter.controller();
    let dossiers: Vec<Value> = everything
        .dossiers
        .iter()
        .map(|dossier| of_dossier(about, dossier))
        .collect();
    let rest: Vec<Value> = everything
        .rest
        .iter()
        .map(|row| of_row(about, row, &Value::Null))
        .collect();
    let offers: Map<String, Value> = about
        .offers
        .iter()
        .map(|(id, title)| (id.to_string(), json!(title)))
        .collect();
    json!({
        "format": FORMAT,
        "made_at": about.now.rfc3339(),
        "site": about.site.url("/"),
        "controller": {
            "name": controller.name,
            "address": controller.address,
            "contact": controller.contact,
            "dpo": controller.dpo,
            "authority": controller.authority,
        },
        "charter": {
            "id": charter.id(),
            "version": charter.version(),
            "digest": charter.digest().to_string(),
            "policy": about.site.url("/privacy"),
        },
        "people": everything.people,
        "dossiers": dossiers,
        "rest": rest,
        "consents": consents::records(about),
        "offers": offers,
    })
}

fn of_dossier(about: &About<'_>, dossier: &Dossier) -> Value {
    let purpose = about.charter.purpose(&dossier.held.purpose);
    let until = dossier.held.until.as_ref();
    let at = until.map_or(Value::Null, |until| json!(until.at.rfc3339()));
    let rows: Vec<Value> = dossier.rows.iter().map(|row| of_row(about, row, &at)).collect();
    json!({
        "id": dossier.held.dossier,
        "person": dossier.person,
        "purpose": dossier.held.purpose,
        "clause": purpose.map(|purpose| &purpose.rule.clause),
        "basis": purpose.map(|purpose| purpose.basis.kind),
        "opened_at": dossier.held.opened_at.rfc3339(),
        "charter_version": dossier.charter,
        "until": until.map(|until| json!({
            "at": until.at.rfc3339(),
            "retention": until.retention,
            "clause": format!("retention.{}", until.retention),
        })),
        "restricted": dossier.restricted,
        "rows": rows,
        "files": dossier.files.iter().map(|file| of_file(about, file, &at)).collect::<Vec<_>>(),
    })
}

fn of_row(about: &About<'_>, row: &Row, until: &Value) -> Value {
    let facts: Map<String, Value> = row
        .facts
        .iter()
        .map(|(column, fact)| ((*column).to_owned(), of_fact(fact)))
        .collect();
    let values: Vec<Value> = row
        .values
        .iter()
        .map(|value| of_value(about, value, until))
        .collect();
    json!({ "table": row.table, "id": row.id, "facts": facts, "values": values })
}

/// A word, a number, a moment (RFC 3339) or a day stand for themselves.
fn of_fact(fact: &Fact) -> Value {
    match fact {
        Fact::Nothing => Value::Null,
        Fact::Word(word) => json!(word),
        Fact::Number(number) => json!(number),
        Fact::At(at) => json!(at.rfc3339()),
        Fact::Day(day) => json!(day),
        Fact::Reference(id) => json!(id),
        Fact::Staff(role) => json!({ "staff": true, "role": role }),
        Fact::SomebodyElse => json!({ "somebody_else": true }),
        Fact::Unreadable => json!({ "unreadable": true }),
    }
}

fn of_value(about: &About<'_>, value: &Held, until: &Value) -> Value {
    let mut told = json!({
        "column": value.column,
        "field": value.field,
        "clause": clause(about, &value.field),
        "until": until,
    });
    let (key, says) = match &value.content {
        Content::Shown(shown) => ("value", json!(shown)),
        Content::Fingerprint(digits) => ("fingerprint", json!(digits)),
        Content::Unreadable => ("unreadable", json!(true)),
        Content::Withheld => ("withheld", json!(true)),
    };
    told[key] = says;
    told
}

fn of_file(about: &About<'_>, file: &File, until: &Value) -> Value {
    json!({
        "id": file.id,
        "field": file.field,
        "clause": clause(about, &file.field),
        "until": until,
        "kind": file.kind,
        "bytes": file.size,
        "path": file.path(),
        "unreadable": file.name.is_none(),
    })
}

fn clause(about: &About<'_>, field: &str) -> Option<String> {
    about
        .charter
        .field(field)
        .map(|field| field.rule.clause.to_string())
}
