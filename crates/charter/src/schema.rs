//! Owns: the JSON Schema of the language, for editors that complete and check while one writes. Doesn't own: the
//! table it is written from (`shape`); what a schema can't say (names that must exist, dates, the law) stays with the
//! parser and `check`.

use serde_json::{Map, Value, json};

use crate::shape::{self, Key, Named, RULE, SECTIONS, Shape, Takes, Words};

/// What may name a rule.
const NAME: &str = "^[a-z][a-z0-9_]{0,63}$";

/// The JSON Schema (draft 2020-12) of a charter.
#[must_use]
pub fn schema() -> Value {
    let sections: Map<String, Value> = SECTIONS
        .iter()
        .map(|shape| (shape.name.to_owned(), section(shape)))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:vivier:charter:{}", crate::FORMAT),
        "title": "Vivier charter",
        "type": "object",
        "properties": sections,
        "required": ["charter", "controller"],
        "additionalProperties": false,
        "$defs": {
            "rule": { "type": "string", "pattern": NAME },
            "text": { "type": "string", "minLength": 1 },
            "both": {
                "type": "object",
                "properties": { "fr": { "$ref": "#/$defs/text" }, "en": { "$ref": "#/$defs/text" } },
                "minProperties": 1,
                "additionalProperties": false,
            },
            "duration": { "type": "string", "pattern": "^P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$" },
            "country": { "type": "string", "pattern": "^[A-Z]{2}$" },
            "asked": { "type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}\\??$" },
            "clause": { "type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}(\\.[a-z][a-z0-9_]{0,63})?$" },
            "promise": { "type": "string", "pattern": "^[A-Z][0-9]{1,3}$" },
        },
    })
}

fn section(shape: &Shape) -> Value {
    let rule = table(shape.keys.iter().chain(RULE));
    let mut schema = match shape.named {
        Named::Once => rule,
        Named::Freely => json!({
            "type": "object",
            "patternProperties": { NAME: rule },
            "additionalProperties": false,
        }),
        Named::By(names) => json!({
            "type": "object",
            "properties": names().into_iter().map(|name| (name.to_owned(), rule.clone())).collect::<Map<_, _>>(),
            "additionalProperties": false,
        }),
    };
    schema["description"] = json!(shape.about);
    schema
}

/// A table of these keys and no other.
fn table<'k>(keys: impl Iterator<Item = &'k Key>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in keys {
        let mut schema = value(key);
        schema["description"] = json!(key.about);
        properties.insert(key.name.to_owned(), schema);
        if key.required {
            required.push(key.name);
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(key: &Key) -> Value {
    let inner = || table(shape::inner(key.takes).unwrap_or_default().into_iter());
    match key.takes {
        Takes::Text => defined("text"),
        Takes::Both => defined("both"),
        Takes::TextOrBoth => json!({ "anyOf": [defined("text"), defined("both")] }),
        Takes::Bool => json!({ "type": "boolean" }),
        Takes::Number(most) => json!({ "type": "integer", "minimum": 1, "maximum": most }),
        // A TOML day is a day to editors; JSON has no such type.
        Takes::Date => json!({ "type": "string", "format": "date" }),
        Takes::Duration => defined("duration"),
        Takes::NoneOrDuration => json!({ "anyOf": [{ "const": "none" }, defined("duration")] }),
        Takes::Word(words) => one_of(words),
        Takes::Words(words) => one_or_many(&one_of(words)),
        Takes::Items(_, words) => one_or_many(&json!({ "anyOf": [one_of(words), inner()] })),
        Takes::Name(_) => defined("rule"),
        Takes::Names(_) | Takes::FieldsOrCategories => one_or_many(&defined("rule")),
        Takes::Clause => defined("clause"),
        Takes::Texts if key.name == "promises" => one_or_many(&defined("promise")),
        Takes::Texts => one_or_many(&defined("text")),
        Takes::Countries => one_or_many(&defined("country")),
        Takes::Asked => one_or_many(&defined("asked")),
        Takes::Asks(_) => one_or_many(&json!({ "anyOf": [defined("asked"), inner()] })),
        Takes::WordOrFields(words) => json!({ "anyOf": [one_of(words), one_or_many(&defined("rule"))] }),
        Takes::WordOr(words, _) => json!({ "anyOf": [one_of(words), inner()] }),
        Takes::NamesOr(..) => one_or_many(&json!({ "anyOf": [defined("rule"), inner()] })),
        Takes::Table(_) => inner(),
        Takes::Tables(_) => one_or_many(&inner()),
    }
}

fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn one_of(words: Words) -> Value {
    json!({ "enum": words() })
}

/// A list, or a single value without brackets.
fn one_or_many(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}
