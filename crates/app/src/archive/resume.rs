//! Owns: `resume.json`: what is held of the person as a JSON Resume (schema 1.0.0), for a program that takes one. Doesn't
//! own: reading a CV; what isn't held as such isn't made up, and the CV itself lies beside it.

use guard::export::{Content, Row};
use serde_json::{Map, Value, json};

use super::About;
use crate::answers;

const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

pub(super) fn json(about: &About<'_>) -> Value {
    let held = |field: &str| given(about, field);
    let mut basics = Map::new();
    let parts = ["given_name", "family_name"].map(held);
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        basics.insert("name".to_owned(), json!(parts.join(" ")));
    }
    for (key, field) in [("email", "email"), ("phone", "phone"), ("label", "profession")] {
        if let Some(value) = held(field) {
            basics.insert(key.to_owned(), json!(value));
        }
    }
    if let Some(address) = held("address") {
        basics.insert("location".to_owned(), json!({ "address": address }));
    }
    if let Some(url) = held("social_link").filter(|link| link.starts_with("https://")) {
        basics.insert("profiles".to_owned(), json!([{ "url": url }]));
    }
    json!({
        "$schema": SCHEMA,
        "basics": basics,
        "meta": { "version": "v1.0.0", "lastModified": about.now.rfc3339() },
    })
}

/// What the person gave for a field: of who they are, of the main one first; then of what a form asked beside, the newest
/// first.
fn given(about: &About<'_>, field: &str) -> Option<String> {
    let everything = about.everything;
    let identities = everything.people.iter().flat_map(|person| {
        let dossiers = everything.dossiers.iter();
        dossiers.filter(|dossier| dossier.held.dossier == person.cast())
    });
    let identities = identities.flat_map(|dossier| &dossier.rows);
    let identities = identities.filter(|row| row.table == "people");
    let answers = everything
        .rows()
        .filter(|row| answers::TABLES.iter().any(|table| table.name == row.table));
    identities.chain(answers).find_map(|row| value(row, field))
}

fn value(row: &Row, field: &str) -> Option<String> {
    row.values.iter().find_map(|value| match &value.content {
        Content::Shown(shown) if value.field == field => json!(shown).as_str().map(str::to_owned),
        _ => None,
    })
}
