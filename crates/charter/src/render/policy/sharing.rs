//! Owns: the chapters on copies, sharings and sources. Doesn't own: processors (`recipients`).

use super::{Block, PublicClause, Section, Term, Writer};
use crate::{
    model::{Copy, Share, Source, What},
    render::words::{
        capitalised, copy_mode, duration_words, list_words, party, reader_words, recipient, retention_words,
        right, service, shape, share_mode, share_notice, source_kind, transfer, uncapitalised,
    },
    vocabulary::Transfer,
};
use kernel::Locale;

impl Writer<'_> {
    /// Each source.
    pub(super) fn sources(self) -> Option<Section> {
        let sources = self.charter.sources();
        if sources.is_empty() {
            return None;
        }
        let intro = self.say(
            "La source de vos données est gardée avec elles, et vous pouvez la demander.",
            "The source of your data is kept with them, and you may ask for it.",
        );
        let mut clauses = vec![self.lead("source", vec![Block::Text(intro)])];
        clauses.extend(sources.iter().map(|source| self.source(source)));
        let summary = self.say(
            "De vous d’abord, et des sources énumérées ici.",
            "From you first, and from the sources listed here.",
        );
        self.section(
            "sources",
            ("D’où viennent vos données", "Where your data come from"),
            summary,
            clauses,
        )
    }

    fn source(self, source: &Source) -> PublicClause {
        let kind = source_kind(source.kind, self.locale);
        let title = match source.entity(self.locale) {
            Some(entity) => format!("{kind}{}{entity}", self.say(" : ", ": ")),
            None => kind.to_owned(),
        };
        let mut terms = vec![self.term("Pour", "For", [capitalised(&self.titles(&source.purposes))])];
        if !source.fields.is_empty() {
            let fields = self.labels(source.fields.iter().map(String::as_str));
            terms.push(self.term("Données", "Data", [capitalised(&fields)]));
        }
        if let Some(fresh) = source.fresh {
            let fresh = duration_words(fresh, self.locale);
            terms.push(self.term(
                "Fraîcheur",
                "Freshness",
                [match self.locale {
                    Locale::Fr => format!("Mises à jour depuis {fresh} au plus"),
                    Locale::En => format!("Updated {fresh} ago at most"),
                }],
            ));
        }
        self.told(&source.rule, title, source.about(self.locale), terms)
    }

    /// A clause of a heading, the charter's own words and terms.
    fn told(
        self,
        rule: &crate::model::Rule,
        title: String,
        about: Option<&str>,
        terms: Vec<Term>,
    ) -> PublicClause {
        let about = about.map(|about| Block::Text(about.to_owned()));
        let blocks = about.into_iter().chain([Block::Terms(terms)]).collect();
        self.clause(rule, Some(title), blocks)
    }

    /// Each copy: of what, where, how long, who reads it.
    pub(super) fn copies(self) -> Option<Section> {
        let copies = self.charter.copies();
        if copies.is_empty() {
            return None;
        }
        let intro = self.say(
            "Une copie ne sert à rien d’autre que ce qui est dit ici, et s’efface comme il est dit.",
            "A copy serves nothing but what is said here, and is erased as said.",
        );
        let mut clauses = vec![self.lead("copy", vec![Block::Text(intro)])];
        clauses.extend(copies.iter().map(|copy| self.copy(copy)));
        let summary = self.say(
            "Où vos données se trouvent aussi, et jusqu’à quand.",
            "Where else your data lie, and until when.",
        );
        self.section("copies", ("Les copies", "Copies"), summary, clauses)
    }

    fn copy(self, copy: &Copy) -> PublicClause {
        let locale = self.locale;
        let at = self.charter.processor(&copy.at);
        let who = at.map(|at| at.entity.clone().unwrap_or_else(|| self.own_servers()));
        let place = at.zip(who.as_ref()).map(|(at, who)| {
            format!(
                "{} ({}, {})",
                who,
                uncapitalised(service(at.service, locale)),
                self.countries(&at.storage)
            )
        });
        let mut terms = vec![
            self.term("De quoi", "Of what", [capitalised(&self.titles(&copy.of))]),
            self.term("Où", "Where", [capitalised(&place.unwrap_or_default())]),
        ];
        if let Some(fields) = &copy.fields {
            let fields = self.labels(fields.iter().map(String::as_str));
            terms.push(self.term("Données", "Data", [capitalised(&fields)]));
        }
        terms.push(self.term(
            "Quand elle est faite",
            "When it is made",
            [match (copy.lag, locale) {
                (None, _) => self.say("En même temps que l’original", "Together with the original"),
                (Some(lag), Locale::Fr) => {
                    format!("Au plus tard {} après l’original", duration_words(lag, locale))
                }
                (Some(lag), Locale::En) => {
                    format!("{} after the original at the latest", duration_words(lag, locale))
                }
            }],
        ));
        let mut readers: Vec<String> = copy
            .readers
            .iter()
            .map(|reader| capitalised(&reader_words(self.charter, reader, locale)))
            .collect();
        if readers.is_empty() {
            readers.push(self.say("Personne", "Nobody"));
        }
        terms.push(self.term("Qui y accède", "Who has access", readers));
        terms.push(self.term("Durée", "How long", self.ends(&copy.retention)));
        let mode = copy_mode(copy.mode, locale);
        let mut alike = self
            .charter
            .copies()
            .iter()
            .filter(|other| other.mode == copy.mode);
        let title = match who.filter(|_| alike.nth(1).is_some()) {
            Some(who) => format!("{mode} – {who}"),
            None => mode.to_owned(),
        };
        self.told(&copy.rule, title, copy.about(locale), terms)
    }

    /// The durations of named retentions, with which of several wins.
    fn ends(self, names: &[String]) -> Vec<String> {
        let retentions = names.iter().filter_map(|name| self.charter.retention(name));
        let mut says: Vec<String> = retentions
            .map(|retention| capitalised(&retention_words(retention, self.locale)))
            .collect();
        if says.len() > 1 {
            says.push(self.say(
                "La plus courte de ces durées l’emporte",
                "The shortest of these wins",
            ));
        }
        says
    }

    /// Each sharing: with whom, how, which data, who answers.
    pub(super) fn shares(self) -> Option<Section> {
        let shares = self.charter.shares();
        if shares.is_empty() {
            return None;
        }
        let intro = self.say(
            "Ceux-ci utilisent les données pour leur propre compte. Nous ne leur transmettons que ce qui est énuméré ici.",
            "These use the data on their own account. We pass on to them only what is listed here.",
        );
        let mut clauses = vec![self.lead("share", vec![Block::Text(intro)])];
        clauses.extend(shares.iter().map(|share| self.share(share)));
        let summary = self.say(
            "Qui d’autre reçoit vos données, à quelle occasion et à quelles conditions.",
            "Who else receives your data, on which occasion and on which conditions.",
        );
        self.section(
            "shares",
            ("À qui nous les transmettons", "To whom we pass them on"),
            summary,
            clauses,
        )
    }

    /// Whether another share names the same recipients no closer.
    fn is_one_of_several(self, share: &Share) -> bool {
        let mut alike = self.charter.shares().iter();
        alike.any(|other| {
            other.name != share.name && other.with == share.with && other.entity(self.locale).is_none()
        })
    }

    fn share(self, share: &Share) -> PublicClause {
        let locale = self.locale;
        let title = match share.entity(locale) {
            Some(entity) => format!(
                "{}{}{entity}",
                capitalised(recipient(share.with, locale)),
                self.say(" : ", ": ")
            ),
            None if self.is_one_of_several(share) => format!(
                "{} – {}",
                capitalised(recipient(share.with, locale)),
                self.titles(&share.purposes)
            ),
            None => capitalised(recipient(share.with, locale)),
        };
        let receives = match &share.receives {
            What::Fields(fields) => self.labels(fields.iter().map(String::as_str)),
            What::Shape(receives) => shape(*receives, locale).to_owned(),
        };
        let mut receives = vec![capitalised(&receives)];
        if let Some(least) = share.at_least {
            receives.push(match locale {
                Locale::Fr => format!("Chaque groupe compte au moins {least} personnes"),
                Locale::En => format!("Each group counts at least {least} people"),
            });
        }
        let mut terms = vec![
            self.term("Quand", "When", [share_mode(share.mode, locale).to_owned()]),
            self.term("Pour", "For", [capitalised(&self.titles(&share.purposes))]),
            self.term("Reçoit", "Receives", receives),
        ];
        if !share.must_not_receive.is_empty() {
            let not = self.labels(share.must_not_receive.iter().map(String::as_str));
            terms.push(self.term("Ne reçoit pas", "Doesn’t receive", [capitalised(&not)]));
        }
        if let Some(basis) = &share.basis {
            let basis = crate::render::basis_words(basis, locale);
            terms.push(self.term("Base légale", "Legal basis", [capitalised(&basis)]));
        }
        let told = share_notice(share.notice, locale).to_owned();
        terms.push(self.term("Vous en êtes informé", "You are told", [told]));
        terms.push(self.term("Son rôle", "Its part", [party(share.party, locale).to_owned()]));
        terms.extend(self.where_shared(share));
        self.told(&share.rule, title, share.about(locale), terms)
    }

    /// Where it goes, until when, and how rights are exercised there.
    fn where_shared(self, share: &Share) -> Vec<Term> {
        let locale = self.locale;
        let mut terms = Vec::new();
        if !share.storage.is_empty() {
            terms.push(self.term("Pays", "Countries", [self.countries(&share.storage)]));
        }
        if share.transfer != Transfer::None {
            let how = capitalised(transfer(share.transfer, locale));
            terms.push(self.term("Transfert", "Transfer", [how]));
        }
        if !share.retention.is_empty() {
            terms.push(self.term("Accès jusqu’à", "Access until", self.ends(&share.retention)));
        }
        if let Some(contact) = share.contact(locale) {
            terms.push(self.term(
                "Pour ce qu’il détient",
                "About what it holds",
                [match locale {
                    Locale::Fr => format!("Adressez-vous à lui : {contact}"),
                    Locale::En => format!("Turn to it: {contact}"),
                }],
            ));
        }
        if !share.passes_on.is_empty() {
            let rights: Vec<String> = share
                .passes_on
                .iter()
                .map(|one| uncapitalised(right(*one, locale).0))
                .collect();
            terms.push(self.term(
                "Nous lui signalons",
                "We notify it of",
                [capitalised(&list_words(&rights, locale))],
            ));
        }
        terms
    }
}
