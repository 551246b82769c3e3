//! Owns: the keys of the sections that stand once, and of `[clause.NAME]`. Doesn't own: the others.

use kernel::Locale;

use super::{Key, Named, Shape, Takes, key, must, words};
use crate::{
    parse::reader::Kind,
    vocabulary::{Channel, Identity, Measure, Moment, NewPurpose, Opposition, Prohibition, Right},
};

#[rustfmt::skip] // a table
pub(super) const CHARTER: Shape = Shape {
    name: "charter",
    named: Named::Once,
    about: "which text this is",
    keys: &[
        must("id", Takes::Text, "the charter’s own name, the same in all its versions"),
        key("format", Takes::Number(crate::FORMAT), "the version of this language that it is written in; 1 unless said"),
        must("version", Takes::Number(1_000_000), "counts up with every version"),
        must("effective", Takes::Date, "from when it applies"),
        key("updated", Takes::Date, "when it was last edited"),
        must("languages", Takes::Words(words::<Locale>), "the languages it is published in, the site’s own first"),
        key("law", Takes::Text, "the file of legal figures it is checked against: `\"fr-recruitment-2026\"`"),
        key("scope", Takes::Both, "to whom and what it applies"),
        key("annexed_to", Takes::Both, "the document it is annexed to"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const CONTROLLER: Shape = Shape {
    name: "controller",
    named: Named::Once,
    about: "who answers for the data",
    keys: &[
        must("name", Takes::Text, "name"),
        key("form", Takes::Text, "legal form"),
        key("capital", Takes::Text, "share capital, as printed"),
        key("address", Takes::Text, "postal address"),
        key("register", Takes::Text, "registration"),
        key("site", Takes::Text, "the site’s address on the web"),
        key("contact", Takes::Text, "e-mail for general questions"),
        key("phone", Takes::Text, "telephone"),
        key("dpo", Takes::Text, "the data protection officer’s e-mail"),
        key("authority", Takes::Text, "the supervisory authority’s name"),
        key("authority_url", Takes::Text, "its address on the web"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const RIGHT: Shape = Shape {
    name: "right",
    named: Named::Once,
    about: "which rights people have, where and how soon",
    keys: &[
        key("offers", Takes::Items("right", words::<Right>), "the rights that the policy names"),
        key("by", Takes::Words(words::<Channel>), "how to exercise them"),
        key("questions_by", Takes::Words(words::<Channel>), "how to ask a mere question"),
        key("deadline", Takes::Duration, "time to answer; `P1M` unless said"),
        key("extension", Takes::Duration, "time that may be added, with a reason"),
        key("identity", Takes::Word(words::<Identity>), "when a proof of identity is asked; `on_doubt` unless said"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const NOTICE: Shape = Shape {
    name: "notice",
    named: Named::Once,
    about: "when people are told something beyond the published policy",
    keys: &[
        key("sourced", Takes::Duration, "how soon somebody found elsewhere is told"),
        key("at", Takes::Items("moment", words::<Moment>), "the moments at which people are told"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const CHANGE: Shape = Shape {
    name: "change",
    named: Named::Once,
    about: "how changes of the policy are told and taken",
    keys: &[
        key("by", Takes::Words(words::<Channel>), "where they are announced"),
        key("lead", Takes::Duration, "how long before they apply"),
        key("new_purpose", Takes::Word(words::<NewPurpose>), "what a new purpose takes; `consent` unless said"),
        key("opposition", Takes::Word(words::<Opposition>), "what somebody may do who opposes"),
        key("use_accepts", Takes::Bool, "whether using the service on is acceptance; never of what needs consent"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const BREACH: Shape = Shape {
    name: "breach",
    named: Named::Once,
    about: "how soon a breach is told",
    keys: &[
        key("authority", Takes::Duration, "to the authority; `PT72H` unless said"),
        key("persons", Takes::Duration, "to the persons"),
        key("processors", Takes::Duration, "by a processor to the controller"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const SECURITY: Shape = Shape {
    name: "security",
    named: Named::Once,
    about: "how data are protected",
    keys: &[
        key("measures", Takes::Items("measure", words::<Measure>), "what is done"),
        key("backup_window", Takes::Duration, "how long after its erasure something may still be found in a backup"),
        key("two_factors", Takes::Names(Kind::Role), "the roles that sign in with two factors"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const NEVER: Shape = Shape {
    name: "never",
    named: Named::Once,
    about: "what the controller doesn’t do, whatever another rule says",
    keys: &[
        key("rules", Takes::Items("rule", words::<Prohibition>), "the prohibitions; `purposes` limits one to some purposes"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const CLAUSE: Shape = Shape {
    name: "clause",
    named: Named::Freely,
    about: "the charter’s own words beside a rule: they may add, they may not contradict",
    keys: &[
        must("about", Takes::Clause, "the rule or section it stands beside"),
        key("fr", Takes::Text, "in French"),
        key("en", Takes::Text, "in English"),
    ],
};

/// The keys of a word that is a rule of its own, beside the word and what every rule has.
pub(super) const ITEM: &[Key] = &[key(
    "purposes",
    Takes::Names(Kind::Purpose),
    "the purposes it is limited to; all unless said",
)];

/// The key that holds the word itself.
#[rustfmt::skip] // a table
pub(super) const ITEM_WORDS: &[Key] = &[
    must("right", Takes::Word(words::<Right>), "which"),
    must("moment", Takes::Word(words::<Moment>), "which"),
    must("measure", Takes::Word(words::<Measure>), "which"),
    must("rule", Takes::Word(words::<Prohibition>), "which"),
];
