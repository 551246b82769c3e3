//! Owns: the reference of the language in Markdown: every section, key and word. Doesn't own: the table it is written
//! from (`shape`), the lesson around it (`docs/CHARTER.md`).

use std::fmt::Write as _;

use kernel::{Locale, Word as _};

use crate::{
    Field, FieldKind, builtin,
    render::capitalised,
    shape::{self, Key, Named, RULE, SECTIONS, Takes},
};

/// Every section, key and word of the language, as Markdown.
#[must_use]
pub fn reference() -> String {
    let mut text = String::new();
    for shape in SECTIONS {
        let heading = match shape.named {
            Named::Once => format!("[{}]", shape.name),
            Named::Freely => format!("[{}.NAME]", shape.name),
            Named::By(_) => format!("[{}.WORD]", shape.name),
        };
        write(
            &mut text,
            format_args!("### `{heading}`\n\n{}.\n\n", capitalised(shape.about)),
        );
        if let Named::By(words) = shape.named {
            write(&mut text, format_args!("WORD: {}.\n\n", listed(&words())));
        }
        keys(&mut text, shape.keys.iter());
    }
    text.push_str("### What every rule may say beside\n\n");
    keys(&mut text, RULE.iter());
    text.push_str("### Built-in fields\n\n");
    text.push_str("Those in *italics* are made or observed by the service: no form can ask for them.\n\n");
    text.push_str("| field | category | in French | in English |\n| --- | --- | --- | --- |\n");
    builtin::fields()
        .iter()
        .for_each(|field| field_row(&mut text, field));
    text
}

fn field_row(text: &mut String, field: &Field) {
    let name = match field.kind {
        FieldKind::Data => format!("*{}*", field.name),
        _ => format!("`{}`", field.name),
    };
    let (category, fr, en) = (
        field.category.word(),
        field.label(Locale::Fr),
        field.label(Locale::En),
    );
    write(text, format_args!("| {name} | `{category}` | {fr} | {en} |\n"));
}

/// A table of keys, those of inner tables right behind the key that takes them.
fn keys<'k>(text: &mut String, keys: impl Iterator<Item = &'k Key>) {
    text.push_str("| key | takes | says |\n| --- | --- | --- |\n");
    for key in keys {
        row(text, key, "");
        for inner in shape::inner(key.takes).into_iter().flatten() {
            let plain = matches!(key.takes, Takes::Both | Takes::TextOrBoth);
            let of_rule = RULE.iter().any(|rule| std::ptr::eq(rule, inner));
            if !plain && !of_rule {
                row(text, inner, &format!("{}.", key.name));
            }
        }
    }
    text.push('\n');
}

fn row(text: &mut String, key: &Key, within: &str) {
    let must = if key.required { " (must)" } else { "" };
    write(
        text,
        format_args!(
            "| `{within}{}`{must} | {} | {} |\n",
            key.name,
            takes(key.takes),
            key.about
        ),
    );
}

fn takes(takes: Takes) -> String {
    match takes {
        Takes::Text => "a text".to_owned(),
        Takes::Both => "a text in each language".to_owned(),
        Takes::TextOrBoth => "a text, or one in each language".to_owned(),
        Takes::Bool => "`true` or `false`".to_owned(),
        Takes::Number(most) => format!("1 to {most}"),
        Takes::Date => "a day: `2026-10-01`".to_owned(),
        Takes::Duration => "a duration: `P12M`".to_owned(),
        Takes::NoneOrDuration => "`none` or a duration".to_owned(),
        Takes::Word(words) => listed(&words()),
        Takes::Words(words) => format!("some of {}", listed(&words())),
        Takes::Items(_, words) => format!("some of {}; each a word or a table", listed(&words())),
        Takes::Name(kind) => format!("the name of a {}", kind.section()),
        Takes::Names(kind) => format!("names of {}s", kind.section().replace("copy", "copie")),
        Takes::Clause => "the id of a clause: `purpose.apply`".to_owned(),
        Takes::Texts => "texts".to_owned(),
        Takes::Countries => "countries: `\"FR\"`".to_owned(),
        Takes::Asked => "fields, `?` behind those that may be left out".to_owned(),
        Takes::Asks(_) => "fields, `?` behind those that may be left out, or tables".to_owned(),
        Takes::WordOrFields(words) => format!("{}, or fields", listed(&words())),
        Takes::FieldsOrCategories => "fields and categories".to_owned(),
        Takes::WordOr(words, _) => format!("{}, or a table", listed(&words())),
        Takes::NamesOr(kind, _) => format!("names of {}s, or tables", kind.section()),
        Takes::Table(_) => "a table".to_owned(),
        Takes::Tables(_) => "tables".to_owned(),
    }
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn write(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a `String` can't fail.
    let _ = text.write_fmt(what);
}
