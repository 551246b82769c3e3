//! Owns: [`Charter`], the parsed whole, and its look-ups. Doesn't own: the doors' questions (`decide`).

use std::collections::HashMap;

use kernel::{Date, Locale};

use crate::{
    ClauseId, Digest, Field, Form, FormKind, People, Place, Problem, Processor, Purpose, PurposeKind,
    Retention, Role, Tracker,
    decide::Index,
    model::{
        Ai, Breach, Change, Controller, Copy, FreeClause, Header, Never, Rights, Security, Share, Source,
        Sourcing,
    },
    parse,
};

/// A privacy policy that the program runs on. Parsed whole and never changed: a new version is a new one.
#[derive(Debug, Clone)]
pub struct Charter {
    pub(crate) digest: Digest,
    pub(crate) header: Header,
    pub(crate) controller: Controller,
    pub(crate) fields: Vec<Field>,
    pub(crate) forms: Vec<Form>,
    pub(crate) purposes: Vec<Purpose>,
    pub(crate) retentions: Vec<Retention>,
    pub(crate) roles: Vec<Role>,
    pub(crate) processors: Vec<Processor>,
    pub(crate) copies: Vec<Copy>,
    pub(crate) shares: Vec<Share>,
    pub(crate) sources: Vec<Source>,
    pub(crate) trackers: Vec<Tracker>,
    pub(crate) ai: Vec<Ai>,
    pub(crate) rights: Option<Rights>,
    pub(crate) change: Option<Change>,
    pub(crate) breach: Option<Breach>,
    pub(crate) sourcing: Option<Sourcing>,
    pub(crate) security: Option<Security>,
    pub(crate) never: Option<Never>,
    pub(crate) clauses: Vec<FreeClause>,
    /// Where each rule stands in the file.
    pub(crate) places: HashMap<ClauseId, Place>,
    pub(crate) index: Index,
}

impl Charter {
    /// Reads a charter.
    ///
    /// # Errors
    /// Every [`Problem`] of the text at once, in the order of the file (the first two hundred).
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        parse::parse(text)
    }

    /// A file of more bytes is no charter.
    pub const MOST_BYTES: usize = parse::MOST_BYTES;

    /// The same from a file's bytes, which may be no text at all.
    ///
    /// # Errors
    /// As [`Charter::parse`], and a [`Problem`] where the bytes stop being UTF-8.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        parse::parse_bytes(bytes)
    }

    /// SHA-256 of the file's bytes.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Its name, the same in all versions.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.header.id
    }

    /// Its version, counting up.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.header.version
    }

    /// From when it applies.
    #[must_use]
    pub const fn effective(&self) -> Date {
        self.header.effective
    }

    /// The same charter, applying from the day that was decided for it: its own words say from when at the earliest. Its
    /// digest stays that of its bytes.
    #[must_use]
    pub fn taking_effect(mut self, on: Date) -> Self {
        self.header.effective = on;
        self
    }

    /// When it was last edited.
    #[must_use]
    pub const fn updated(&self) -> Option<Date> {
        self.header.updated
    }

    /// The languages it is published in, the site's own first; never empty.
    #[must_use]
    pub fn languages(&self) -> &[Locale] {
        &self.header.languages
    }

    /// Its header, whole.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Who answers for the data.
    #[must_use]
    pub const fn controller(&self) -> &Controller {
        &self.controller
    }

    /// Its forms, in the order of the file.
    #[must_use]
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The form of that name.
    #[must_use]
    pub fn form(&self, name: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == name)
    }

    /// The form of that kind offered in the language; `None` when there is none in it.
    #[must_use]
    pub fn form_of(&self, kind: FormKind, locale: Locale) -> Option<&Form> {
        self.forms
            .iter()
            .find(|form| form.kind == kind && form.languages.contains(&locale))
    }

    /// Its purposes, in the order of the file.
    #[must_use]
    pub fn purposes(&self) -> &[Purpose] {
        &self.purposes
    }

    /// The form of that kind for that group of people, offered in the language.
    #[must_use]
    pub fn form_for(&self, kind: FormKind, people: People, locale: Locale) -> Option<&Form> {
        self.forms.iter().find(|form| {
            let serves = self
                .purpose(&form.purpose)
                .is_some_and(|purpose| purpose.people.contains(&people));
            form.kind == kind && form.languages.contains(&locale) && serves
        })
    }

    /// The purpose of that name.
    #[must_use]
    pub fn purpose(&self, name: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.name == name)
    }

    /// The purposes of that kind.
    pub fn purposes_of(&self, kind: PurposeKind) -> impl Iterator<Item = &Purpose> {
        self.purposes.iter().filter(move |purpose| purpose.kind == kind)
    }

    /// Whether a purpose of that kind is declared: it switches capabilities on.
    #[must_use]
    pub fn offers(&self, kind: PurposeKind) -> bool {
        self.purposes_of(kind).next().is_some()
    }

    /// The field of that name, built in or declared, whether a purpose uses it or not.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.index.field(name).and_then(|at| self.fields.get(at))
    }

    /// The fields that at least one purpose asks or uses.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| {
            self.purposes
                .iter()
                .any(|purpose| purpose.field_names().any(|name| name == field.name))
        })
    }

    /// Its roles, in the order of the file.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The role of that name.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == name)
    }

    /// Its retentions, in the order of the file.
    #[must_use]
    pub fn retentions(&self) -> &[Retention] {
        &self.retentions
    }

    /// The retention of that name.
    #[must_use]
    pub fn retention(&self, name: &str) -> Option<&Retention> {
        self.retentions.iter().find(|retention| retention.name == name)
    }

    /// Its processors, in the order of the file.
    #[must_use]
    pub fn processors(&self) -> &[Processor] {
        &self.processors
    }

    /// The processor of that name.
    #[must_use]
    pub fn processor(&self, name: &str) -> Option<&Processor> {
        self.processors.iter().find(|processor| processor.name == name)
    }

    /// What people call that field; one that the charter doesn't know any more, by its name.
    #[must_use]
    pub fn field_label<'a>(&'a self, name: &'a str, locale: Locale) -> &'a str {
        self.field(name).map_or(name, |field| field.label(locale))
    }

    /// The copies, in the order of the file.
    #[must_use]
    pub fn copies(&self) -> &[Copy] {
        &self.copies
    }

    /// The sharings, in the order of the file.
    #[must_use]
    pub fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// The share of that name.
    #[must_use]
    pub fn share(&self, name: &str) -> Option<&Share> {
        self.shares.iter().find(|share| share.name == name)
    }

    /// The sources, in the order of the file.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Its trackers, in the order of the file.
    #[must_use]
    pub fn trackers(&self) -> &[Tracker] {
        &self.trackers
    }

    /// The tracker of that name.
    #[must_use]
    pub fn tracker(&self, name: &str) -> Option<&Tracker> {
        self.trackers.iter().find(|tracker| tracker.name == name)
    }

    /// The uses of machines' judgement.
    #[must_use]
    pub fn ai(&self) -> &[Ai] {
        &self.ai
    }

    /// The rights section.
    #[must_use]
    pub const fn rights(&self) -> Option<&Rights> {
        self.rights.as_ref()
    }

    /// How changes are told.
    #[must_use]
    pub const fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    /// How breaches are told.
    #[must_use]
    pub const fn breach(&self) -> Option<&Breach> {
        self.breach.as_ref()
    }

    /// How soon people found elsewhere are told.
    #[must_use]
    pub const fn sourcing(&self) -> Option<&Sourcing> {
        self.sourcing.as_ref()
    }

    /// The security section.
    #[must_use]
    pub const fn security(&self) -> Option<&Security> {
        self.security.as_ref()
    }

    /// The prohibitions.
    #[must_use]
    pub const fn never(&self) -> Option<&Never> {
        self.never.as_ref()
    }

    /// The charter's own words.
    #[must_use]
    pub fn clauses(&self) -> &[FreeClause] {
        &self.clauses
    }

    /// Where a rule stands in the file.
    #[must_use]
    pub fn place(&self, clause: &ClauseId) -> Option<Place> {
        self.places.get(clause).copied()
    }
}
