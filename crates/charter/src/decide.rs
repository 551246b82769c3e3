//! Owns: the questions the doors ask: may this be collected, read, sent, and until when is it kept.
//! Doesn't own: asking them (`guard`), the facts behind a condition (the capabilities).
//!
//! Everything not declared is refused. [`Charter::may_read`] is asked for every opened value: it costs four
//! look-ups and allocates nothing.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use kernel::{Locale, Timestamp, Word as _, Zone};

use crate::{
    Charter, ClauseId, Form, FormField, Processor, Purpose, Retention, Share, Trigger, Until,
    model::What,
    render::typeset,
    vocabulary::{Ack, Condition, FieldKind, FormKind, Receives},
};

/// Look-ups built once, when the charter is parsed. They grow with the file: a table of role × purpose × field
/// would be quicker still, and a hostile draft of a few hundred kilobytes could make it fill the memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    fields: HashMap<String, usize>,
    purposes: HashMap<String, Readings>,
}

/// Who reads what for one purpose.
#[derive(Debug, Clone, Default)]
struct Readings {
    /// Which of the charter's purposes.
    at: usize,
    fields: HashSet<String>,
    roles: HashMap<String, Grants>,
}

/// What one role reads for one purpose.
#[derive(Debug, Clone, Default)]
struct Grants {
    /// When it reads every field.
    every: Conditions,
    /// When it reads one field, beside.
    some: HashMap<String, Conditions>,
}

impl Index {
    pub(crate) fn field(&self, name: &str) -> Option<usize> {
        self.fields.get(name).copied()
    }

    /// Builds the look-ups from what was parsed.
    pub(crate) fn build(charter: &Charter) -> Self {
        let fields = charter
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| (field.name.clone(), at))
            .collect();
        let purposes = charter.purposes.iter().enumerate();
        let purposes = purposes
            .map(|(at, purpose)| (purpose.name.clone(), Readings::of(at, purpose)))
            .collect();
        Self { fields, purposes }
    }
}

impl Readings {
    fn of(at: usize, purpose: &Purpose) -> Self {
        let mut roles: HashMap<String, Grants> = HashMap::new();
        for reader in &purpose.readers {
            let grants = roles.entry(reader.role.clone()).or_default();
            match &reader.fields {
                None => grants.every.add(reader.when),
                Some(fields) => {
                    for field in fields {
                        grants.some.entry(field.clone()).or_default().add(reader.when);
                    }
                }
            }
        }
        Self {
            at,
            fields: purpose.field_names().map(str::to_owned).collect(),
            roles,
        }
    }

    fn conditions(&self, role: &str, field: &str) -> Conditions {
        match self.roles.get(role) {
            Some(grants) if self.fields.contains(field) => grants
                .every
                .and(grants.some.get(field).copied().unwrap_or_default()),
            _ => Conditions::default(),
        }
    }
}

/// A set of conditions any of which must hold; empty when nobody may read.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Conditions(u8);

impl Conditions {
    fn add(&mut self, condition: Condition) {
        self.0 |= 1 << condition as u8;
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the condition is one of them.
    #[must_use]
    pub const fn contains(self, condition: Condition) -> bool {
        self.0 & (1 << condition as u8) != 0
    }

    /// True when the role reads whatever the facts are.
    #[must_use]
    pub const fn always(self) -> bool {
        self.contains(Condition::All)
    }

    /// True when nobody may.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        Condition::ALL
            .iter()
            .copied()
            .filter(move |condition| self.contains(*condition))
    }
}

impl fmt::Debug for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A reading the charter allows, when one of the conditions holds.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Reading<'c> {
    /// Any of these must hold.
    pub conditions: Conditions,
    /// The clause that allows it.
    pub clause: &'c ClauseId,
    /// The purpose read for.
    pub purpose: &'c Purpose,
}

/// What may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The fields that were named.
    Fields,
    /// Only a form of the data that identifies nobody.
    Anonymous,
    /// Nothing about anybody.
    NothingPersonal,
}

/// A sending the charter allows.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Sending<'c> {
    /// In which shape.
    pub shape: Shape,
    /// The clause that allows it.
    pub clause: &'c ClauseId,
    /// To whom.
    pub processor: &'c Processor,
}

/// Why the charter says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalReason {
    /// No form of that name.
    NoForm,
    /// The form doesn't ask this field.
    NotAsked,
    /// No purpose of that name.
    NoPurpose,
    /// The purpose doesn't use this field.
    NotUsed,
    /// No role of that name.
    NoRole,
    /// The purpose doesn't name the role among its readers of this field.
    NotAReader,
    /// No processor of that name.
    NoProcessor,
    /// The processor doesn't serve the purpose.
    NotServed,
    /// The processor doesn't receive this field.
    NotReceived,
    /// The processor must not receive this field.
    MustNotReceive,
    /// The address is to be left alone: its owner asked for it.
    LeftAlone,
}

/// The charter says no: what, why, and the clause that says so. Its message names fields and rules, never a
/// value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Locale::En))]
#[non_exhaustive]
pub struct Refusal {
    /// The clause that decides: for something undeclared, the section where it would stand.
    pub clause: ClauseId,
    /// Why.
    pub reason: RefusalReason,
    /// What was refused: the name of a field, role, purpose, form or processor, cut to 64 characters.
    pub subject: String,
}

impl Refusal {
    fn new(clause: ClauseId, reason: RefusalReason, subject: &str) -> Self {
        Self {
            clause,
            reason,
            subject: subject.chars().take(64).collect(),
        }
    }

    /// Whole sentence for people.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        typeset(&self.sentence(locale), locale)
    }

    fn sentence(&self, locale: Locale) -> String {
        let Self {
            clause,
            reason,
            subject,
        } = self;
        match locale {
            Locale::Fr => {
                let why = match reason {
                    RefusalReason::NoForm => "la charte ne connaît pas ce formulaire",
                    RefusalReason::NotAsked => "ce formulaire ne demande pas ce champ",
                    RefusalReason::NoPurpose => "la charte ne connaît pas cette finalité",
                    RefusalReason::NotUsed => "cette finalité n’utilise pas ce champ",
                    RefusalReason::NoRole => "la charte ne connaît pas ce rôle",
                    RefusalReason::NotAReader => "ce rôle ne figure pas parmi les lecteurs",
                    RefusalReason::NoProcessor => "la charte ne connaît pas ce destinataire",
                    RefusalReason::NotServed => "ce destinataire n’intervient pas pour cette finalité",
                    RefusalReason::NotReceived => "ce destinataire ne reçoit pas ce champ",
                    RefusalReason::MustNotReceive => "ce destinataire ne doit pas recevoir ce champ",
                    RefusalReason::LeftAlone => {
                        "la personne à cette adresse a demandé à ne plus être sollicitée"
                    }
                };
                format!("Refusé pour « {subject} » : {why} (clause {clause}).")
            }
            Locale::En => {
                let why = match reason {
                    RefusalReason::NoForm => "the charter knows no such form",
                    RefusalReason::NotAsked => "this form doesn’t ask this field",
                    RefusalReason::NoPurpose => "the charter knows no such purpose",
                    RefusalReason::NotUsed => "this purpose doesn’t use this field",
                    RefusalReason::NoRole => "the charter knows no such role",
                    RefusalReason::NotAReader => "this role isn’t among the readers",
                    RefusalReason::NoProcessor => "the charter knows no such recipient",
                    RefusalReason::NotServed => "this recipient doesn’t serve this purpose",
                    RefusalReason::NotReceived => "this recipient doesn’t receive this field",
                    RefusalReason::MustNotReceive => "this recipient must not receive this field",
                    RefusalReason::LeftAlone => "the person at this address asked to be left alone",
                };
                format!("Refused for “{subject}”: {why} (clause {clause}).")
            }
        }
    }
}

impl Charter {
    /// May the form take the field?
    ///
    /// # Errors
    /// [`Refusal`] when the form doesn't list it.
    pub fn may_collect(&self, form: &str, field: &str) -> Result<&FormField, Refusal> {
        let Some(form) = self.form(form) else {
            return Err(Refusal::new(
                ClauseId::section("form"),
                RefusalReason::NoForm,
                form,
            ));
        };
        form.may_collect(field)
    }

    /// What may be written down of somebody found at that source, for that purpose: what comes from there and the purpose
    /// uses. Their names and an address to tell them at are a must.
    #[must_use]
    pub fn form_of_source(&self, source: &str, purpose: &str) -> Option<Form> {
        let source = self.sources().iter().find(|one| one.name == source)?;
        let purpose = self
            .purpose(purpose)
            .filter(|purpose| source.purposes.contains(&purpose.name))?;
        let comes = |field: &&str| source.fields.iter().any(|name| name == field);
        let fields = purpose
            .field_names()
            .filter(comes)
            .filter_map(|name| self.field(name))
            .filter(|field| field.kind != FieldKind::Data)
            .map(|field| FormField {
                required: matches!(field.name.as_str(), "given_name" | "family_name" | "email"),
                field: field.clone(),
            });
        let form = Form {
            rule: source.rule.clone(),
            name: source.rule.clause.to_string(),
            purpose: purpose.name.clone(),
            kind: FormKind::Profile,
            languages: self.languages().to_vec(),
            ack: Ack::None,
            consents: Vec::new(),
            fields: fields.collect(),
            title: None,
        };
        let names = |name: &str| form.field(name).is_some();
        (names("email") && (names("given_name") || names("family_name"))).then_some(form)
    }

    /// May the field be held for the purpose, however it comes? For what no form asks: an account's name, its means to
    /// sign in.
    ///
    /// # Errors
    /// [`Refusal`] when the purpose doesn't use it.
    pub fn may_hold(&self, purpose: &str, field: &str) -> Result<&Purpose, Refusal> {
        let Some(purpose) = self.purpose(purpose) else {
            return Err(Refusal::new(
                ClauseId::section("purpose"),
                RefusalReason::NoPurpose,
                purpose,
            ));
        };
        if purpose.field_names().any(|name| name == field) {
            Ok(purpose)
        } else {
            Err(Refusal::new(
                purpose.rule.clause.clone(),
                RefusalReason::NotUsed,
                field,
            ))
        }
    }

    /// May somebody of the role read the field for the purpose, and under which conditions?
    ///
    /// # Errors
    /// [`Refusal`] when the purpose doesn't name the role among its readers of the field.
    pub fn may_read(&self, role: &str, purpose: &str, field: &str) -> Result<Reading<'_>, Refusal> {
        if let Some(readings) = self.index.purposes.get(purpose) {
            let conditions = readings.conditions(role, field);
            if let Some(purpose) = self.purposes.get(readings.at)
                && !conditions.is_empty()
            {
                return Ok(Reading {
                    conditions,
                    clause: &purpose.rule.clause,
                    purpose,
                });
            }
        }
        Err(self.reading_refused(role, purpose, field))
    }

    fn reading_refused(&self, role: &str, purpose: &str, field: &str) -> Refusal {
        let Some(purpose) = self.purpose(purpose) else {
            return Refusal::new(ClauseId::section("purpose"), RefusalReason::NoPurpose, purpose);
        };
        let clause = purpose.rule.clause.clone();
        if !purpose.field_names().any(|name| name == field) {
            return Refusal::new(clause, RefusalReason::NotUsed, field);
        }
        if self.role(role).is_none() {
            return Refusal::new(ClauseId::section("role"), RefusalReason::NoRole, role);
        }
        Refusal::new(clause, RefusalReason::NotAReader, role)
    }

    /// The retentions whose clocks a dossier of the purpose has. The shortest wins; see [`Charter::until`].
    pub fn clocks(&self, purpose: &str) -> impl Iterator<Item = &Retention> {
        let names = self
            .purpose(purpose)
            .map_or(&[][..], |purpose| &purpose.retention);
        names.iter().filter_map(|name| self.retention(name))
    }

    /// For what it is recorded who read what; `None` where the charter has nothing recorded.
    #[must_use]
    pub fn access_records(&self) -> Option<&Purpose> {
        let records = |purpose: &&Purpose| purpose.field_names().any(|field| field == "access_record");
        self.purposes().iter().find(records)
    }

    /// Until when a dossier of the purpose is kept, given the last moment of each thing that happened to it:
    /// the earliest end of its clocks. `None` while none of them has started.
    #[must_use]
    pub fn until(&self, purpose: &str, happened: &[(Trigger, Timestamp)], zone: &Zone) -> Option<Until<'_>> {
        self.clocks(purpose)
            .filter_map(|retention| {
                Some(Until {
                    at: retention.until(happened, zone)?,
                    retention,
                })
            })
            .min_by_key(|until| until.at)
    }

    /// May these fields go to the processor for the purpose, and in which shape?
    ///
    /// # Errors
    /// [`Refusal`] at the first field that may not.
    pub fn may_send(&self, processor: &str, purpose: &str, fields: &[&str]) -> Result<Sending<'_>, Refusal> {
        let Some(processor) = self.processor(processor) else {
            return Err(Refusal::new(
                ClauseId::section("processor"),
                RefusalReason::NoProcessor,
                processor,
            ));
        };
        let clause = &processor.rule.clause;
        let receiver = Receiver {
            clause,
            purposes: &processor.purposes,
            receives: &processor.receives,
            must_not_receive: &processor.must_not_receive,
        };
        receiver.may_have(self, purpose, fields)?;
        let shape = match &processor.receives {
            What::Fields(_) | What::Shape(Receives::All) => Shape::Fields,
            What::Shape(Receives::Anonymous) => Shape::Anonymous,
            What::Shape(Receives::NothingPersonal | Receives::Aggregate) => Shape::NothingPersonal,
        };
        Ok(Sending {
            shape,
            clause,
            processor,
        })
    }

    /// May these fields be given to those of the share, for the purpose?
    ///
    /// # Errors
    /// [`Refusal`] at the first field that may not.
    pub fn may_share(&self, share: &str, purpose: &str, fields: &[&str]) -> Result<&Share, Refusal> {
        let Some(share) = self.share(share) else {
            return Err(Refusal::new(
                ClauseId::section("share"),
                RefusalReason::NoProcessor,
                share,
            ));
        };
        let receiver = Receiver {
            clause: &share.rule.clause,
            purposes: &share.purposes,
            receives: &share.receives,
            must_not_receive: &share.must_not_receive,
        };
        receiver.may_have(self, purpose, fields)?;
        Ok(share)
    }
}

/// Whoever receives something, as a processor or for purposes of their own.
struct Receiver<'c> {
    clause: &'c ClauseId,
    purposes: &'c [String],
    receives: &'c What,
    must_not_receive: &'c [String],
}

impl Receiver<'_> {
    fn may_have(&self, charter: &Charter, purpose: &str, fields: &[&str]) -> Result<(), Refusal> {
        let Some(purpose) = charter.purpose(purpose) else {
            return Err(Refusal::new(
                ClauseId::section("purpose"),
                RefusalReason::NoPurpose,
                purpose,
            ));
        };
        if !self.purposes.contains(&purpose.name) {
            return Err(Refusal::new(
                self.clause.clone(),
                RefusalReason::NotServed,
                &purpose.name,
            ));
        }
        for field in fields {
            let reason = if self.must_not_receive.iter().any(|name| name == field) {
                RefusalReason::MustNotReceive
            } else if !purpose.field_names().any(|name| name == *field) {
                return Err(Refusal::new(
                    purpose.rule.clause.clone(),
                    RefusalReason::NotUsed,
                    field,
                ));
            } else if !receives(self.receives, field) {
                RefusalReason::NotReceived
            } else {
                continue;
            };
            return Err(Refusal::new(self.clause.clone(), reason, field));
        }
        Ok(())
    }
}

impl Form {
    /// May it take the field?
    ///
    /// # Errors
    /// [`Refusal`] when it doesn't list it.
    pub fn may_collect(&self, field: &str) -> Result<&FormField, Refusal> {
        self.field(field)
            .ok_or_else(|| Refusal::new(self.rule.clause.clone(), RefusalReason::NotAsked, field))
    }

    /// May one agree to that purpose by it?
    ///
    /// # Errors
    /// [`Refusal`] when it doesn't offer it.
    pub fn may_agree(&self, purpose: &str) -> Result<(), Refusal> {
        if self.consents.iter().any(|name| name == purpose) {
            Ok(())
        } else {
            Err(Refusal::new(
                self.rule.clause.clone(),
                RefusalReason::NotAsked,
                purpose,
            ))
        }
    }
}

/// Whether a field may be named at all in a sending of that kind.
fn receives(what: &What, field: &str) -> bool {
    match what {
        What::Fields(fields) => fields.iter().any(|name| name == field),
        What::Shape(shape) => *shape == Receives::All,
    }
}

mod alone;
#[cfg(test)]
mod tests;
