//! Owns: the keys of `[role.NAME]`, `[purpose.NAME]`, `[retention.NAME]`. Doesn't own: the others.

use super::{Key, Named, Shape, Takes, data::CHOICE, key, must, words};
use crate::{
    parse::reader::Kind,
    vocabulary::{
        Action, BasisKind, Channel, Combine, Condition, Count, Duty, Hold, Intake, Need, Objection,
        OnSilence, OptIn, People, PurposeKind, StopWay, Trigger,
    },
};

#[rustfmt::skip] // a table
pub(super) const ROLE: Shape = Shape {
    name: "role",
    named: Named::Freely,
    about: "a group of the controller’s people",
    keys: &[
        must("label", Takes::Both, "its name for people, with the article: “le service recrutement”"),
        key("may", Takes::Words(words::<Duty>), "what it is charged with; desks and menus follow it"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const PURPOSE: Shape = Shape {
    name: "purpose",
    named: Named::Freely,
    about: "why data are used: whose, which, on which ground, read by whom, kept how long; the purposes declared switch the capabilities on",
    keys: &[
        key("kind", Takes::Word(words::<PurposeKind>), "what it is; its name unless said"),
        key("title", Takes::Both, "what it is for, as a heading; that of its kind unless said"),
        key("about", Takes::Both, "more in the charter’s own words"),
        must("people", Takes::Words(words::<People>), "whose data"),
        key("asks", Takes::Asked, "what its forms may ask; `\"phone?\"` may be left out"),
        key("fields", Takes::Names(Kind::Field), "what it uses beside: made by the service or collected elsewhere"),
        must("basis", Takes::WordOr(words::<BasisKind>, BASIS), "its legal basis"),
        key("optional_basis", Takes::WordOr(words::<BasisKind>, BASIS), "the basis of what may be left out"),
        must("readers", Takes::NamesOr(Kind::Role, READER), "who reads; `[]` is nobody but the person"),
        must("retention", Takes::Names(Kind::Retention), "the retentions whose clocks run; the shortest wins"),
        key("only_when", Takes::Word(words::<Need>), "the fact without which it uses nothing"),
        key("intake", Takes::Word(words::<Intake>), "where what arrives goes first; `direct` unless said"),
        key("objection", Takes::Word(words::<Objection>), "how one objects to a legitimate interest; on `grounds` unless said"),
        key("groups_by", Takes::Names(Kind::Field), "the fields by which people are put into groups, segments, cohorts"),
        key("counts", Takes::Words(words::<Count>), "what is only counted, without any person’s id"),
        key("at_least", Takes::Number(10_000), "a figure about fewer people is withheld"),
        key("by", Takes::Words(words::<Channel>), "the ways by which messages are sent for it"),
        key("opt_in", Takes::Word(words::<OptIn>), "how one joins"),
        key("stop", Takes::Words(words::<StopWay>), "how one stops them"),
        key("lists", Takes::Tables(CHOICE), "the lists one may join apart"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const BASIS: &[Key] = &[
    must("kind", Takes::Word(words::<BasisKind>), "which"),
    key("ref", Takes::TextOrBoth, "for a legal obligation: the text that obliges"),
    key("interest", Takes::Both, "for a legitimate interest: the interest, a noun phrase"),
    key("balancing", Takes::Text, "for a legitimate interest: where its balancing is written down"),
];

#[rustfmt::skip] // a table
pub(super) const READER: &[Key] = &[
    must("role", Takes::Name(Kind::Role), "which role"),
    key("when", Takes::Word(words::<Condition>), "when; `all` unless said"),
    key("fields", Takes::Names(Kind::Field), "which fields; all unless said"),
];

#[rustfmt::skip] // a table
pub(super) const RETENTION: Shape = Shape {
    name: "retention",
    named: Named::Freely,
    about: "how long something is kept, counted from what, and what happens then",
    keys: &[
        key("label", Takes::Both, "what is kept so, as a heading"),
        must("from", Takes::Words(words::<Trigger>), "what it counts from"),
        key("combine", Takes::Word(words::<Combine>), "which of several rules; `first_of` unless said"),
        must("max", Takes::Duration, "how long at most"),
        key("then", Takes::Word(words::<Action>), "what happens at the end; `erase` unless said"),
        key("ask", Takes::Table(ASK), "whether a renewal is asked when `max` ends"),
        key("min", Takes::Table(KEPT), "what the law says must stay, restricted"),
        key("archive", Takes::Table(KEPT), "what goes to a restricted archive at the end, and for how long"),
        key("review", Takes::Duration, "how often somebody goes through what is kept"),
        key("hold", Takes::Words(words::<Hold>), "what may suspend the end"),
    ],
};

#[rustfmt::skip] // a table
const ASK: &[Key] = &[
    must("silence_after", Takes::Duration, "how long an answer is awaited"),
    key("on_silence", Takes::Word(words::<OnSilence>), "what silence means; `erase` unless said"),
];

#[rustfmt::skip] // a table
const KEPT: &[Key] = &[
    must("period", Takes::Duration, "how long"),
    must("ref", Takes::TextOrBoth, "the text behind it"),
    key("fields", Takes::Names(Kind::Field), "what stays"),
    key("readers", Takes::Names(Kind::Role), "who may open it; nobody unless said"),
];
