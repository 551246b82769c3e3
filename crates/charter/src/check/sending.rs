//! Owns: checks of processors, trackers and machines. Doesn't own: prohibitions that they might break (`never`).

use kernel::Word as _;

use super::{Checker, Level};
use crate::{
    model::{Ai, Processor, Tracker, What},
    render::in_eea,
    vocabulary::{AiTask, Consent, PurposeKind, Receives, Service, TrackerClass, Transfer},
};

impl Checker<'_> {
    pub(super) fn sending(&mut self) {
        let charter = self.charter;
        for processor in charter.processors() {
            self.receives(processor);
            self.where_and_how(processor);
        }
        charter
            .trackers()
            .iter()
            .for_each(|tracker| self.tracker(tracker));
        charter.ai().iter().for_each(|ai| self.ai(ai));
        self.services();
    }

    fn receives(&mut self, processor: &Processor) {
        let rule = &processor.rule;
        if processor.purposes.is_empty() {
            let cite = Some(("RGPD, art. 28(3)", "GDPR, art. 28(3)"));
            let (fr, en) = (
                "Dites à quelles finalités il sert.",
                "Say which purposes it serves.",
            );
            self.add(
                Level::Gap,
                "processor.no-purpose",
                rule,
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
        let What::Fields(fields) = &processor.receives else {
            return;
        };
        for field in fields {
            let charter = self.charter;
            let mut served = processor.purposes.iter().filter_map(|name| charter.purpose(name));
            if !served.any(|purpose| purpose.field_names().any(|name| name == field)) {
                let cite = Some(("RGPD, art. 5(1)(b) et (c)", "GDPR, art. 5(1)(b) and (c)"));
                let fr = format!("Il reçoit « {field} », qu’aucune de ses finalités n’utilise : retirez-le.");
                let en = format!("It receives “{field}”, which none of its purposes uses: take it out.");
                self.add(Level::Error, "processor.receives-uncollected", rule, cite, fr, en);
            }
            if processor.must_not_receive.contains(field) {
                let fr = format!("« {field} » figure dans receives et dans must_not_receive : choisissez.");
                let en = format!("“{field}” stands in receives and in must_not_receive: choose.");
                self.add(Level::Error, "processor.contradiction", rule, None, fr, en);
            }
        }
    }

    fn where_and_how(&mut self, processor: &Processor) {
        let rule = &processor.rule;
        let personal = processor.receives != What::Shape(Receives::NothingPersonal);
        if processor.storage.is_empty() && personal {
            let cite = Some(("RGPD, art. 13(1)(f)", "GDPR, art. 13(1)(f)"));
            let (fr, en) = (
                "Dites dans quels pays il enregistre les données.",
                "Say in which countries it stores the data.",
            );
            self.add(
                Level::Gap,
                "processor.no-country",
                rule,
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
        let outside = processor
            .storage
            .iter()
            .chain(&processor.transit)
            .find(|code| !in_eea(code));
        if let Some(code) = outside
            && personal
            && processor.transfer == Transfer::None
        {
            let cite = Some(("RGPD, art. 44 à 46", "GDPR, art. 44 to 46"));
            let fr = format!(
                "Les données sortent de l’Espace économique européen ({code}) : dites sur quelle base dans « transfer »."
            );
            let en =
                format!("Data leave the European Economic Area ({code}): say on which basis in “transfer”.");
            self.add(Level::Error, "processor.no-transfer-basis", rule, cite, fr, en);
        }
        if processor.entity.is_some() && personal && processor.contract.is_none() {
            let cite = Some(("RGPD, art. 28(3)", "GDPR, art. 28(3)"));
            let (fr, en) = (
                "Indiquez où se trouve le contrat : contract.",
                "Say where the contract is: contract.",
            );
            self.add(
                Level::Gap,
                "processor.no-contract",
                rule,
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
    }

    /// A site needs a place to stand and a way to answer.
    fn services(&mut self) {
        let charter = self.charter;
        let has = |service: Service| {
            charter
                .processors()
                .iter()
                .any(|processor| processor.service == service)
        };
        let cite = Some(("RGPD, art. 13(1)(e)", "GDPR, art. 13(1)(e)"));
        if !has(Service::Hosting) {
            let service = Service::Hosting.word();
            let fr = format!(
                "Dites qui héberge le site : un processor « {service} » (entity = \"controller\" si c’est vous)."
            );
            let en = format!(
                "Say who hosts the site: a processor “{service}” (entity = \"controller\" if it is you)."
            );
            self.absent(Level::Gap, "processor.no-hosting", "processor", cite, fr, en);
        }
        let answers = [
            PurposeKind::Apply,
            PurposeKind::ApplyUnsolicited,
            PurposeKind::AnswerContact,
        ];
        if answers.into_iter().any(|kind| charter.offers(kind)) && !has(Service::Mail) {
            let service = Service::Mail.word();
            let fr = format!(
                "Sans processor « {service} », aucun e-mail ne peut partir : ni confirmation, ni réponse."
            );
            let en = format!(
                "Without a processor “{service}” no e-mail can leave: neither confirmation nor answer."
            );
            self.absent(Level::Gap, "processor.no-mail", "processor", cite, fr, en);
        }
    }

    fn tracker(&mut self, tracker: &Tracker) {
        if tracker.consent == Consent::Exempt && !tracker.class.is_exempt() {
            let cite = Some((
                "Loi Informatique et Libertés, art. 82",
                "Loi Informatique et Libertés, art. 82",
            ));
            let class = tracker.class.word();
            let fr = format!("Un traceur « {class} » attend un consentement : consent = \"opt_in\".");
            let en = format!("A tracker of class “{class}” waits for consent: consent = \"opt_in\".");
            self.add(Level::Error, "tracker.needs-consent", &tracker.rule, cite, fr, en);
        }
        if matches!(
            tracker.class,
            TrackerClass::AudienceExempt | TrackerClass::Analytics
        ) {
            self.within(
                "audience_tracker",
                "tracker.too-long",
                &tracker.rule,
                tracker.max_age,
            );
        }
    }

    fn ai(&mut self, ai: &Ai) {
        if !self.charter.offers(PurposeKind::Screen) {
            let word = PurposeKind::Screen.word();
            let fr = format!("Une aide automatique sans finalité « {word} » : déclarez-la.");
            let en = format!("A machine helps without a purpose “{word}”: declare it.");
            self.add(Level::Error, "ai.no-purpose", &ai.rule, None, fr, en);
        }
        if ai.task == AiTask::Suitability && !(ai.contest && ai.explain) {
            let cite = Some((
                "RGPD, art. 22(3) ; règlement (UE) 2024/1689, art. 86",
                "GDPR, art. 22(3); Regulation (EU) 2024/1689, art. 86",
            ));
            let (fr, en) = (
                "Une estimation d’adéquation se conteste et s’explique : contest = true, explain = true.",
                "An estimate of suitability can be contested and is explained: contest = true, explain = true.",
            );
            self.add(
                Level::Error,
                "ai.no-contest",
                &ai.rule,
                cite,
                fr.to_owned(),
                en.to_owned(),
            );
        }
        if let Some(log) = ai.log {
            self.within("ai_log", "ai.log-too-short", &ai.rule, log);
        }
    }
}
