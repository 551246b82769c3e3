//! Owns: the keys of `[processor.NAME]`, `[copy.NAME]`, `[share.NAME]`, `[tracker.NAME]`, `[ai.TASK]`. Doesn't own: the
//! others.

use super::{
    Named, Shape, Takes, key, must,
    purposes::{BASIS, READER},
    words,
};
use crate::{
    parse::reader::Kind,
    vocabulary::{
        AiInput, AiTask, BasisKind, Consent, CopyMode, Deletion, Human, Logging, Party, Receives, Recipient,
        Right, Service, ShareMode, ShareNotice, Standard, TrackerClass, TrackerKind, Training, Transfer,
    },
};

#[rustfmt::skip] // a table
pub(super) const PROCESSOR: Shape = Shape {
    name: "processor",
    named: Named::Freely,
    about: "somebody who handles data for the controller, or a server of its own through which they leave",
    keys: &[
        must("service", Takes::Word(words::<Service>), "what it does"),
        must("entity", Takes::Text, "who it is; `\"controller\"` for a server of one’s own"),
        key("about", Takes::Both, "how it works, in the charter’s own words"),
        must("purposes", Takes::Names(Kind::Purpose), "the purposes it serves"),
        must("storage", Takes::Countries, "where it stores"),
        key("transit", Takes::Countries, "where data may pass"),
        key("transfer", Takes::Word(words::<Transfer>), "what makes leaving the European Economic Area lawful; `none` unless said"),
        must("receives", Takes::WordOrFields(words::<Receives>), "what it receives"),
        key("must_not_receive", Takes::FieldsOrCategories, "what it must never see; a category is all its fields"),
        key("takes_itself", Takes::Both, "what people give on its own pages, which never reaches the controller"),
        key("retention", Takes::NoneOrDuration, "how long it keeps what it received; as long as the controller unless said"),
        key("deletion", Takes::Word(words::<Deletion>), "how what it holds goes away"),
        key("logging", Takes::Word(words::<Logging>), "what its own logs hold"),
        key("readers", Takes::NamesOr(Kind::Role, READER), "who of the controller’s people reaches what it holds"),
        key("standards", Takes::Words(words::<Standard>), "what it is certified against or follows"),
        key("contract", Takes::Text, "the contract of GDPR art. 28(3): a path or an address"),
        key("sub_processors", Takes::Texts, "whom it uses in turn"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const COPY: Shape = Shape {
    name: "copy",
    named: Named::Freely,
    about: "a copy that lies elsewhere than the original: a backup, a cache, a mailbox",
    keys: &[
        must("of", Takes::Names(Kind::Purpose), "the purposes whose data it holds"),
        key("from", Takes::Name(Kind::Copy), "the copy it is made from; the original unless said"),
        must("at", Takes::Name(Kind::Processor), "the processor where it lies"),
        must("mode", Takes::Word(words::<CopyMode>), "what it is for"),
        key("fields", Takes::Names(Kind::Field), "what it holds; all of its purposes unless said"),
        key("lag", Takes::Duration, "how long after the original it is made at most; together with it unless said"),
        key("readers", Takes::NamesOr(Kind::Role, READER), "who reads it; nobody unless said"),
        must("retention", Takes::Names(Kind::Retention), "the retentions whose clocks run for it; the shortest wins"),
        key("about", Takes::Both, "how it is made, in the charter’s own words"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const SHARE: Shape = Shape {
    name: "share",
    named: Named::Freely,
    about: "data that go to somebody who uses them on their own account",
    keys: &[
        must("with", Takes::Word(words::<Recipient>), "who receives"),
        key("entity", Takes::TextOrBoth, "which one"),
        must("mode", Takes::Word(words::<ShareMode>), "how it comes about"),
        must("purposes", Takes::Names(Kind::Purpose), "for which purposes of this charter"),
        must("receives", Takes::WordOrFields(words::<Receives>), "what they receive"),
        key("must_not_receive", Takes::FieldsOrCategories, "what they must never see; a category is all its fields"),
        key("at_least", Takes::Number(10_000), "a figure about fewer people isn’t shared"),
        key("basis", Takes::WordOr(words::<BasisKind>, BASIS), "the ground of the sharing, when another than the purposes’"),
        key("notice", Takes::Word(words::<ShareNotice>), "when the person is told; by the `policy` unless said"),
        key("party", Takes::Word(words::<Party>), "what the recipient is; `separate_controller` unless said"),
        key("storage", Takes::Countries, "where it stores"),
        key("transfer", Takes::Word(words::<Transfer>), "what makes leaving the European Economic Area lawful; `none` unless said"),
        key("passes_on", Takes::Words(words::<Right>), "the rights whose exercise is passed on to it"),
        key("retention", Takes::Names(Kind::Retention), "the retentions after which its access ends"),
        key("contact", Takes::TextOrBoth, "how to reach it about what it holds"),
        key("about", Takes::Both, "more in the charter’s own words"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const TRACKER: Shape = Shape {
    name: "tracker",
    named: Named::Freely,
    about: "something read from or written to a visitor’s device, under its name in the browser",
    keys: &[
        must("kind", Takes::Word(words::<TrackerKind>), "how it works"),
        must("class", Takes::Word(words::<TrackerClass>), "what it serves"),
        key("consent", Takes::Word(words::<Consent>), "whether it waits for a yes; `opt_in` unless said"),
        must("max_age", Takes::Duration, "how long it lives at most"),
        key("data_max_age", Takes::Duration, "how long what it tells is kept"),
        key("renews", Takes::Bool, "whether a visit starts its life anew"),
        key("entity", Takes::Text, "who sets it; the site itself unless said"),
        must("about", Takes::Both, "what it does, one sentence"),
    ],
};

#[rustfmt::skip] // a table
pub(super) const AI: Shape = Shape {
    name: "ai",
    named: Named::By(words::<AiTask>),
    about: "a use of a machine’s judgement",
    keys: &[
        key("input", Takes::Word(words::<AiInput>), "what it sees; `anonymous` unless said"),
        must("human", Takes::Word(words::<Human>), "the human’s part"),
        key("contest", Takes::Bool, "whether the person may contest its result"),
        key("explain", Takes::Bool, "whether its main reasons are explained to the person"),
        key("train_on", Takes::Word(words::<Training>), "whether a model is trained on the data; `never` unless said"),
        key("uses", Takes::Names(Kind::Field), "what it weighs"),
        key("log", Takes::Duration, "how long its pseudonymous log is kept"),
        key("dpia", Takes::Text, "its impact assessment: a path or an address"),
    ],
};
