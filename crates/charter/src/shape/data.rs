//! Owns: the keys of `[field.NAME]`, `[form.NAME]`, `[source.NAME]`. Doesn't own: the others.

use kernel::Locale;

use super::{Key, Named, Shape, Takes, key, must, words};
use crate::{
    parse::reader::Kind,
    vocabulary::{
        Ack, Category, FieldKind, FileType, FormKind, Necessity, Origin, Prefill, Sensitivity, SourceKind,
    },
};

#[rustfmt::skip] // a table
pub(super) const FIELD: Shape = Shape {
    name: "field",
    named: Named::Freely,
    about: "one thing that may be asked or held about a person; many are built in and need no section",
    keys: &[
        key("category", Takes::Word(words::<Category>), "what kind of thing it says; must be there unless built in"),
        key("kind", Takes::Word(words::<FieldKind>), "how it is entered; must be there unless built in"),
        key("source", Takes::Word(words::<Origin>), "where it comes from"),
        key("sensitivity", Takes::Word(words::<Sensitivity>), "how much harm it can do"),
        key("necessity", Takes::Word(words::<Necessity>), "whether forms insist on it"),
        key("label", Takes::Both, "its name for people; must be there unless built in"),
        key("why", Takes::Both, "why it is asked, shown beside it; must be there unless built in"),
        key("hint", Takes::Both, "what to write into it"),
        key("choices", Takes::Tables(CHOICE), "what can be chosen"),
        key("prefilled", Takes::Word(words::<Prefill>), "what the service fills in"),
        key("max_length", Takes::Number(100_000), "characters at most"),
        key("max_megabytes", Takes::Number(100), "megabytes at most, for each file"),
        key("max_files", Takes::Number(20), "files at most"),
        key("accepts", Takes::Words(words::<FileType>), "the types of file it takes"),
        key("searched", Takes::Bool, "whether recruiters may search by it"),
        key("matched", Takes::Bool, "whether it may weigh in a match"),
        key("to_model", Takes::Bool, "whether it may feed a language model, in the form that identifies nobody"),
        key("when", Takes::Table(WHEN), "the answer to another field after which it is asked"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const CHOICE: &[Key] = &[
    must("value", Takes::Text, "what is submitted and stored"),
    key("fr", Takes::Text, "in French"),
    key("en", Takes::Text, "in English"),
];

#[rustfmt::skip] // a table
const WHEN: &[Key] = &[
    must("field", Takes::Name(Kind::Field), "the other field"),
    must("is", Takes::Text, "the value chosen there"),
];

#[rustfmt::skip] // a table
pub(super) const FORM: Shape = Shape {
    name: "form",
    named: Named::Freely,
    about: "what a page asks, in order; it refuses every other field",
    keys: &[
        must("purpose", Takes::Name(Kind::Purpose), "the purpose that it serves"),
        must("kind", Takes::Word(words::<FormKind>), "which page shows it"),
        key("languages", Takes::Words(words::<Locale>), "the languages it is offered in; all unless said"),
        key("title", Takes::Both, "its title; that of its kind unless said"),
        key("ack", Takes::Word(words::<Ack>), "what the person confirms by sending it; `none` unless said"),
        key("consents", Takes::Names(Kind::Purpose), "the purposes that one may agree to beside: a box each, unticked"),
        key("fields", Takes::Asks(FORM_FIELD), "its fields in order; what its purpose asks unless said"),
    ],
};

#[rustfmt::skip] // a table
const FORM_FIELD: &[Key] = &[
    must("field", Takes::Text, "the field, `?` behind it when it may be left out"),
    key("label", Takes::Both, "its name in this form"),
    key("hint", Takes::Both, "what to write into it"),
    key("choices", Takes::Tables(CHOICE), "what can be chosen"),
    key("prefilled", Takes::Word(words::<Prefill>), "what the service fills in"),
    key("max_length", Takes::Number(100_000), "characters at most"),
    key("max_megabytes", Takes::Number(100), "megabytes at most, for each file"),
    key("max_files", Takes::Number(20), "files at most"),
];

#[rustfmt::skip] // a table
pub(super) const SOURCE: Shape = Shape {
    name: "source",
    named: Named::Freely,
    about: "a place that data come from",
    keys: &[
        must("kind", Takes::Word(words::<SourceKind>), "what it is"),
        must("purposes", Takes::Names(Kind::Purpose), "for which purposes"),
        key("entity", Takes::TextOrBoth, "which one"),
        key("fields", Takes::Names(Kind::Field), "what comes from it"),
        key("fresh", Takes::Duration, "how old what comes from it is at most"),
        key("about", Takes::Both, "more in the charter’s own words"),
    ],
};
