//! Owns: the chapters on processors, trackers and machines. Doesn't own: readers inside (`purposes`).

use kernel::Locale;

use super::{Block, PublicClause, Section, Term, Writer};
use crate::{
    model::{Ai, Processor, Purpose, Tracker, What},
    render::words::{
        ai_task, capitalised, country_name, deletion, duration_words, human, keep, list_words, logging,
        reader_words, service, shape, standard, tracker_class, tracker_kind, training, transfer,
        uncapitalised,
    },
    vocabulary::{AiInput, Consent, Receives},
};

/// So many purposes are still named one by one; of so many left out, those are named instead.
const MOST_NAMED: usize = 8;
const LEFT_OUT: usize = 3;

impl Writer<'_> {
    /// Each processor: what it gets, where, how long.
    pub(super) fn recipients(self) -> Option<Section> {
        let processors = self.charter.processors();
        if processors.is_empty() {
            return None;
        }
        let intro = self.say(
            "Ils n’agissent que sur nos instructions et ne reçoivent que ce qui est énuméré ici.",
            "They act only on our instructions and receive only what is listed here.",
        );
        let mut clauses = vec![self.lead("processor", vec![Block::Text(intro)])];
        clauses.extend(processors.iter().map(|processor| self.processor(processor)));
        let summary = self.say(
            "Les prestataires et les serveurs par lesquels vos données passent.",
            "The providers and servers through which your data pass.",
        );
        self.section(
            "recipients",
            ("À qui nous les confions", "To whom we entrust them"),
            summary,
            clauses,
        )
    }

    fn processor(self, processor: &Processor) -> PublicClause {
        let locale = self.locale;
        let who = match &processor.entity {
            Some(entity) => entity.clone(),
            None => self.own_servers(),
        };
        let receives = match &processor.receives {
            What::Fields(fields) => self.labels(fields.iter().map(String::as_str)),
            What::Shape(receives) => shape(*receives, locale).to_owned(),
        };
        let titles = self.serves(&processor.purposes);
        let mut terms = vec![
            self.term("Reçoit", "Receives", [capitalised(&receives)]),
            self.term("Pour", "For", titles),
            self.term(
                "Pays de stockage",
                "Stored in",
                [self.countries(&processor.storage)],
            ),
        ];
        terms.retain(|term| !term.says.is_empty());
        if let Some(takes) = processor.takes_itself(locale) {
            let takes = match locale {
                Locale::Fr => format!(
                    "{} : sur ses propres pages ; nous ne le recevons pas",
                    capitalised(takes)
                ),
                Locale::En => format!("{}: on its own pages; we don’t receive it", capitalised(takes)),
            };
            terms.push(self.term("Recueille lui-même", "Collects itself", [takes]));
        }
        if !processor.must_not_receive.is_empty() {
            let not = self.labels(processor.must_not_receive.iter().map(String::as_str));
            terms.insert(
                1,
                self.term("Ne reçoit pas", "Doesn’t receive", [capitalised(&not)]),
            );
        }
        if !processor.transit.is_empty() {
            terms.push(self.term(
                "Pays de passage",
                "Passing through",
                [self.countries(&processor.transit)],
            ));
        }
        terms.push(self.term(
            "Transfert",
            "Transfer",
            [capitalised(transfer(processor.transfer, locale))],
        ));
        if processor.receives != What::Shape(Receives::NothingPersonal) {
            terms.push(self.term("Garde", "Keeps", [capitalised(&keep(processor.keeps, locale))]));
        }
        if let Some(how) = processor.deletion {
            terms.push(self.term("Effacement", "Erasure", [capitalised(deletion(how, locale))]));
        }
        if let Some(what) = processor.logging {
            terms.push(self.term("Ses journaux", "Its logs", [capitalised(logging(what, locale))]));
        }
        if let Some(readers) = &processor.readers {
            let mut who: Vec<String> = readers
                .iter()
                .map(|reader| capitalised(&reader_words(self.charter, reader, locale)))
                .collect();
            if who.is_empty() {
                who.push(self.say("Personne chez nous", "Nobody among us"));
            }
            terms.push(self.term("Qui y accède chez nous", "Who among us has access", who));
        }
        if !processor.standards.is_empty() {
            let standards: Vec<&str> = processor
                .standards
                .iter()
                .map(|one| standard(*one, locale))
                .collect();
            terms.push(self.term("Conformité", "Conformity", [list_words(&standards, locale)]));
        }
        if processor.contract.is_some() {
            terms.push(self.term(
                "Contrat",
                "Contract",
                [self.say(
                    "Au sens de l’article 28 du RGPD, communiqué sur demande",
                    "Under article 28 GDPR, made available on request",
                )],
            ));
        }
        if !processor.sub_processors.is_empty() {
            let others = list_words(&processor.sub_processors, locale);
            terms.push(self.term("Fait appel à", "Relies on", [others]));
        }
        let title = format!(
            "{}{}{who}",
            service(processor.service, locale),
            self.say(" : ", ": ")
        );
        let about = processor.about(locale).map(|about| Block::Text(about.to_owned()));
        let blocks = about.into_iter().chain([Block::Terms(terms)]).collect();
        self.clause(&processor.rule, Some(title), blocks)
    }

    /// The titles of these purposes; where they are nearly all there are, what is missing says more.
    fn serves(self, names: &[String]) -> Vec<String> {
        let title = |purpose: &Purpose| purpose.title(self.locale).to_owned();
        let (named, others): (Vec<&Purpose>, Vec<&Purpose>) = self
            .charter
            .purposes()
            .iter()
            .partition(|purpose| names.contains(&purpose.name));
        if named.len() < MOST_NAMED || others.len() > LEFT_OUT {
            return named.into_iter().map(title).collect();
        }
        let all = self.say("Tous les usages de cette politique", "Every use in this policy");
        if others.is_empty() {
            return vec![all];
        }
        let but: Vec<String> = others.into_iter().map(|one| uncapitalised(&title(one))).collect();
        let but = but.join(&self.say(" ; ", "; "));
        vec![match self.locale {
            Locale::Fr => format!("{all}, sauf : {but}"),
            Locale::En => format!("{all} but these: {but}"),
        }]
    }

    pub(super) fn own_servers(self) -> String {
        self.say("nos propres serveurs", "our own servers")
    }

    pub(super) fn countries(self, codes: &[String]) -> String {
        let names: Vec<&str> = codes.iter().map(|code| country_name(code, self.locale)).collect();
        list_words(&names, self.locale)
    }

    /// Each tracker, or that there is none.
    pub(super) fn trackers(self) -> Option<Section> {
        let trackers = self.charter.trackers();
        let set: Vec<&Tracker> = trackers
            .iter()
            .filter(|tracker| self.does(&tracker.rule))
            .collect();
        let summary = if set.is_empty() {
            self.say("Ce site n’en dépose aucun.", "This site sets none.")
        } else if set.iter().all(|tracker| tracker.consent == Consent::Exempt) {
            self.say(
                "Seulement ce qu’il faut pour fonctionner et retenir vos choix ; rien qui demande votre consentement.",
                "Only what is needed to work and to remember your choices; nothing that requires your consent.",
            )
        } else {
            self.say(
                "Ceux qui demandent votre consentement attendent votre accord.",
                "Those that require your consent wait for your yes.",
            )
        };
        let block = Block::Text(self.say(
            "Vous pouvez les bloquer ou les effacer dans les réglages de votre navigateur.",
            "You can block or delete them in your browser’s settings.",
        ));
        let mut clauses = vec![self.lead("tracker", vec![block])];
        clauses.extend(trackers.iter().map(|tracker| self.tracker(tracker)));
        self.section(
            "trackers",
            ("Cookies et traceurs", "Cookies and trackers"),
            summary,
            clauses,
        )
    }

    fn tracker(self, tracker: &Tracker) -> PublicClause {
        let locale = self.locale;
        let what = format!(
            "{}, {}",
            tracker_kind(tracker.kind, locale),
            tracker_class(tracker.class, locale)
        );
        let age = duration_words(tracker.max_age, locale);
        let consent = match tracker.consent {
            Consent::Exempt => self.say("Non requis", "Not required"),
            Consent::OptIn => self.say("Demandé avant", "Asked beforehand"),
        };
        let renewed = match tracker.renews {
            true => self.say(
                ", comptés de votre dernière visite",
                ", counted from your last visit",
            ),
            false => String::new(),
        };
        let mut terms = vec![
            self.term(
                "À quoi il sert",
                "What it does",
                [tracker.about(locale).to_owned()],
            ),
            self.term("Nature", "Kind", [capitalised(&what)]),
            self.term(
                "Durée de vie",
                "Lifetime",
                [format!("{age}{}", self.say(" au plus", " at most")) + &renewed],
            ),
            self.term("Consentement", "Consent", [consent]),
        ];
        if let Some(kept) = tracker.data_max_age {
            let kept = duration_words(kept, locale);
            terms.push(self.term(
                "Ce qu’il apprend est gardé",
                "What it learns is kept",
                [format!("{kept}{}", self.say(" au plus", " at most"))],
            ));
        }
        if let Some(entity) = &tracker.entity {
            terms.push(self.term("Déposé par", "Set by", [entity.clone()]));
        }
        self.clause(
            &tracker.rule,
            Some(tracker.name.clone()),
            vec![Block::Terms(terms)],
        )
    }

    /// Each use of a machine's judgement.
    pub(super) fn machines(self) -> Option<Section> {
        let ai = self.charter.ai();
        if ai.is_empty() {
            return None;
        }
        let intro = self.say(
            "Son résultat est présenté comme tel, avec ses raisons, à la personne qui examine votre dossier.",
            "Its result is shown as such, with its reasons, to the person who reviews your file.",
        );
        let mut clauses = vec![self.lead("ai", vec![Block::Text(intro)])];
        clauses.extend(ai.iter().map(|one| self.machine(one)));
        let summary = self.say(
            "Où une machine aide, ce qu’elle voit, et ce qui reste à l’humain.",
            "Where a machine helps, what it sees, and what remains with people.",
        );
        self.section(
            "machines",
            ("Intelligence artificielle", "Artificial intelligence"),
            summary,
            clauses,
        )
    }

    fn machine(self, ai: &Ai) -> PublicClause {
        let locale = self.locale;
        let input = match ai.input {
            AiInput::Anonymous => self.say(
                "Des éléments où rien ne vous identifie",
                "Elements in which nothing identifies you",
            ),
            AiInput::Local => self.say(
                "Votre texte, sans qu’il quitte nos serveurs",
                "Your text, without it leaving our servers",
            ),
            AiInput::Document => self.say("Votre document", "Your document"),
        };
        let yes = |it: bool| {
            if it {
                self.say("Oui", "Yes")
            } else {
                self.say("Non", "No")
            }
        };
        let mut terms: Vec<Term> = vec![
            self.term("Ce qu’elle voit", "What it sees", [input]),
            self.term("L’humain", "The human", [capitalised(human(ai.human, locale))]),
            self.term("Vous pouvez contester", "You may contest", [yes(ai.contest)]),
            self.term("Raisons expliquées", "Reasons explained", [yes(ai.explain)]),
            self.term(
                "Sert à entraîner un modèle",
                "Trains a model",
                [capitalised(training(ai.train_on, locale))],
            ),
        ];
        if !ai.uses.is_empty() {
            let uses = self.labels(ai.uses.iter().map(String::as_str));
            terms.insert(
                1,
                self.term(
                    "Ce qu’elle prend en compte",
                    "What it weighs",
                    [capitalised(&uses)],
                ),
            );
        }
        if ai.dpia.is_some() {
            let done = self.say("Faite (RGPD, art. 35)", "Done (GDPR, art. 35)");
            terms.push(self.term("Analyse d’impact", "Impact assessment", [done]));
        }
        if let Some(log) = ai.log {
            terms.push(self.term("Journal", "Log", [duration_words(log, locale)]));
        }
        self.clause(
            &ai.rule,
            Some(ai_task(ai.task, locale).to_owned()),
            vec![Block::Terms(terms)],
        )
    }
}
