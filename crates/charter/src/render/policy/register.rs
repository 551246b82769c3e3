//! Owns: the record of processing activities (GDPR art. 30(1)): as a document, and as the rows of a table. Doesn't own:
//! its HTML and Markdown (`render::html`, `render::markdown`), what people read (the policy's chapters).

use kernel::Locale;

use super::{Block, Offer, Policy, Row, Section, Table, Term, Writer};
use crate::{
    Charter,
    model::{Processor, Purpose, Share, What},
    render::words::{
        capitalised, keep, list_words, measure, people_words, places::in_eea, reader_words, recipient,
        retention_rule, service, shape, transfer, typeset,
    },
    vocabulary::{Receives, Transfer},
};

/// The record of processing activities in one language: a document of the same make as the policy, with the same ids.
///
/// What the site doesn't offer is in it, and marked: the record says what the controller may do and does.
#[must_use]
pub fn register(charter: &Charter, locale: Locale, offer: Option<&Offer>) -> Policy {
    let writer = Writer {
        charter,
        locale,
        offer,
    };
    let mut sections: Vec<Section> = [
        writer.controller(),
        writer.activities(),
        writer.receivers(),
        writer.security(),
    ]
    .into_iter()
    .flatten()
    .collect();
    sections.iter_mut().for_each(|section| writer.typeset(section));
    let register = Policy {
        title: writer.say(
            "Registre des activités de traitement",
            "Record of processing activities",
        ),
        ..writer.document(sections)
    };
    match offer {
        Some(offer) => offer.mark(charter, register),
        None => register,
    }
}

/// The record as CSV (RFC 4180, UTF-8): a heading, then one line for each purpose.
///
/// A cell that a spreadsheet would take for a formula starts with an apostrophe.
#[must_use]
pub fn register_csv(charter: &Charter, locale: Locale, offer: Option<&Offer>) -> String {
    let writer = Writer {
        charter,
        locale,
        offer,
    };
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |cells: Vec<String>| {
        // Writing to memory can't fail, and every line has as many cells.
        let _ = csv.write_record(cells.iter().map(|cell| harmless(&typeset(cell, locale))));
    };
    let lines: Vec<Vec<Term>> = charter
        .purposes()
        .iter()
        .map(|purpose| writer.line(purpose))
        .collect();
    if let Some(first) = lines.first() {
        write(first.iter().map(|term| term.term.clone()).collect());
    }
    for line in &lines {
        write(line.iter().map(|term| term.says.join("\n")).collect());
    }
    String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// CSV injection (OWASP): a cell that starts like a formula is no longer one.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

impl Writer<'_> {
    fn activities(self) -> Option<Section> {
        let purposes = self.charter.purposes();
        let clauses = purposes.iter().map(|purpose| {
            let title = Some(purpose.title(self.locale).to_owned());
            self.clause(&purpose.rule, title, vec![Block::Terms(self.activity(purpose))])
        });
        let count = purposes.len();
        let summary = match self.locale {
            Locale::Fr => format!("Activités inscrites : {count}. Chacune est une finalité de la charte."),
            Locale::En => format!("Activities recorded: {count}. Each is a purpose of the charter."),
        };
        self.section(
            "activities",
            ("Les activités", "The activities"),
            summary,
            clauses.collect(),
        )
    }

    /// What article 30(1) asks of an activity, with its basis; security is said once for all.
    fn activity(self, purpose: &Purpose) -> Vec<Term> {
        let locale = self.locale;
        let people = purpose.people.iter().map(|people| people_words(*people, locale));
        let people: Vec<&str> = people.collect();
        // The rest of what the policy says of them is for the person.
        let bases = 1 + usize::from(purpose.optional_basis.is_some());
        let bases = self.bases(purpose).into_iter().take(bases);
        let readers = purpose
            .readers
            .iter()
            .map(|reader| reader_words(self.charter, reader, locale));
        let limits = self.charter.clocks(&purpose.name);
        let limits = limits.map(|one| [retention_rule(one, locale), self.kept_on(one)].concat());
        vec![
            self.column(("Base légale", "Legal basis"), bases),
            self.column(
                ("Personnes concernées", "Data subjects"),
                [list_words(&people, locale)],
            ),
            self.column(
                ("Catégories de données", "Categories of data"),
                [self.categories(purpose.field_names()).join(", ")],
            ),
            self.column(("Données", "Data"), [self.labels(purpose.field_names())]),
            self.column(("Accès interne", "Internal access"), readers),
            self.column(("Destinataires", "Recipients"), self.destinations(purpose)),
            self.column(
                ("Transferts hors de l’EEE", "Transfers outside the EEA"),
                self.transfers(purpose),
            ),
            self.column(("Délais d’effacement", "Time limits for erasure"), limits),
        ]
    }

    /// An activity as a line that stands by itself: its id, its name, and who answers.
    fn line(self, purpose: &Purpose) -> Vec<Term> {
        let controller = self.charter.controller();
        // Of a file by itself nobody knows.
        let offered = self.offer.map(|offer| match offer.serves(purpose) {
            true => self.say("oui", "yes"),
            false => self.say("non", "no"),
        });
        let named = [
            Some(&controller.name),
            controller.address.as_ref(),
            controller.contact.as_ref(),
        ];
        let named: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
        let mut line = vec![
            self.term("Référence", "Reference", [purpose.rule.clause.to_string()]),
            self.column(("Finalité", "Purpose"), [purpose.title(self.locale)]),
        ];
        line.extend(self.activity(purpose));
        line.push(self.measures(purpose));
        line.extend(offered.map(|said| self.column(("Proposé par le site", "Offered by the site"), [said])));
        line.push(self.column(("Responsable du traitement", "Controller"), [named.join(", ")]));
        line.push(self.term(
            "Délégué à la protection des données",
            "Data protection officer",
            [controller.dpo.clone().unwrap_or_else(|| "–".to_owned())],
        ));
        line
    }

    /// Those of all activities and its own; the document says them once, in a chapter of their own.
    fn measures(self, purpose: &Purpose) -> Term {
        let security = self.charter.security().into_iter();
        let measures = security
            .flat_map(|security| &security.measures)
            .filter(|item| item.purposes.is_empty() || item.purposes.contains(&purpose.name));
        self.column(
            ("Mesures de sécurité", "Security measures"),
            measures.map(|item| measure(item.word, self.locale)),
        )
    }

    /// A column: a dash where there is nothing to say.
    fn column<S: AsRef<str>>(self, (fr, en): (&str, &str), says: impl IntoIterator<Item = S>) -> Term {
        let says = says.into_iter().map(|said| capitalised(said.as_ref()));
        let mut says: Vec<String> = says.filter(|said| !said.is_empty()).collect();
        if says.is_empty() {
            says.push("–".to_owned());
        }
        self.term(fr, en, says)
    }

    fn transfers(self, purpose: &Purpose) -> Vec<String> {
        let processors = self.processors_of(purpose).into_iter();
        let processors = processors.filter(|one| one.receives != What::Shape(Receives::NothingPersonal));
        let processors = processors.map(|one| {
            (
                self.entity_of(one),
                [&one.storage[..], &one.transit[..]].concat(),
                one.transfer,
            )
        });
        let shares = self.shares_of(purpose).into_iter();
        let shares = shares.map(|one| (self.recipient_of(one), one.storage.clone(), one.transfer));
        let found: Vec<String> = processors
            .chain(shares)
            .filter_map(|(who, mut countries, basis)| {
                countries.retain(|code| !in_eea(code));
                if countries.is_empty() && basis == Transfer::None {
                    return None;
                }
                let (where_to, how) = (self.countries(&countries), self.safeguard(basis));
                Some(match where_to.is_empty() {
                    true => format!("{who}, {how}"),
                    false => format!("{who} ({where_to}), {how}"),
                })
            })
            .collect();
        match found.is_empty() {
            true => vec![self.say("Aucun", "None")],
            false => found,
        }
    }

    fn safeguard(self, basis: Transfer) -> String {
        match basis {
            Transfer::None => self.say("sans garantie déclarée", "no safeguard declared"),
            basis => transfer(basis, self.locale).to_owned(),
        }
    }

    fn entity_of(self, processor: &Processor) -> String {
        processor
            .entity
            .clone()
            .unwrap_or_else(|| capitalised(&self.own_servers()))
    }

    fn recipient_of(self, share: &Share) -> String {
        share
            .entity(self.locale)
            .map_or_else(|| capitalised(recipient(share.with, self.locale)), capitalised)
    }

    /// Everybody to whom data go, in a line each.
    fn receivers(self) -> Option<Section> {
        let head = [
            ("Destinataire", "Recipient"),
            ("En qualité de", "As"),
            ("Reçoit", "Receives"),
            ("Pays", "Countries"),
            ("Garantie", "Safeguard"),
            ("Garde", "Keeps"),
            ("Contrat", "Contract"),
        ];
        let processors = self
            .charter
            .processors()
            .iter()
            .map(|one| self.processor_row(one));
        let shares = self.charter.shares().iter().map(|one| self.share_row(one));
        let rows: Vec<Row> = processors.chain(shares).collect();
        let table = Table {
            caption: self.say("Chaque destinataire en une ligne", "Every recipient in a line"),
            head: head.iter().map(|(fr, en)| self.say(fr, en)).collect(),
            rows,
        };
        let summary = self.say(
            "Sous-traitants, serveurs et tiers qui reçoivent des données.",
            "Processors, servers and third parties that receive data.",
        );
        let clauses = match table.rows.is_empty() {
            true => Vec::new(),
            false => vec![self.lead("processor", vec![Block::Table(table)])],
        };
        self.section(
            "recipients",
            ("Les destinataires", "The recipients"),
            summary,
            clauses,
        )
    }

    fn processor_row(self, one: &Processor) -> Row {
        let countries = [&one.storage[..], &one.transit[..]].concat();
        let contract = one.contract.clone().unwrap_or_else(|| "–".to_owned());
        Row {
            id: Some(one.rule.clause.clone()),
            leads_to: None,
            cells: vec![
                self.entity_of(one),
                service(one.service, self.locale).to_owned(),
                capitalised(&self.received(&one.receives)),
                self.countries(&countries),
                match one.transfer {
                    Transfer::None => "–".to_owned(),
                    basis => capitalised(transfer(basis, self.locale)),
                },
                capitalised(&keep(one.keeps, self.locale)),
                contract,
            ],
        }
    }

    fn share_row(self, one: &Share) -> Row {
        let dash = || "–".to_owned();
        let limits = one
            .retention
            .iter()
            .filter_map(|name| self.charter.retention(name));
        let limits: Vec<String> = limits
            .map(|one| crate::render::retention_words(one, self.locale))
            .collect();
        let countries = self.countries(&one.storage);
        Row {
            id: Some(one.rule.clause.clone()),
            leads_to: None,
            cells: vec![
                self.recipient_of(one),
                self.say("Responsable pour son compte", "Controller on its own account"),
                capitalised(&self.received(&one.receives)),
                if countries.is_empty() { dash() } else { countries },
                match one.transfer {
                    Transfer::None => dash(),
                    basis => capitalised(transfer(basis, self.locale)),
                },
                if limits.is_empty() {
                    dash()
                } else {
                    capitalised(&limits.join(", "))
                },
                dash(),
            ],
        }
    }

    /// What is received, by kinds.
    fn received(self, what: &What) -> String {
        match what {
            What::Fields(fields) => self.categories(fields.iter().map(String::as_str)).join(", "),
            What::Shape(receives) => shape(*receives, self.locale).to_owned(),
        }
    }
}
